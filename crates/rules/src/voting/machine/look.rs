//! What an election says of itself.

use super::{Closed, Election, Resulted};
use crate::voting::profile::ElectionRules;
use crate::voting::refusal::Refusal;

impl Election {
    /// The rules it is counted by, once it has opened.
    #[must_use]
    pub fn rules(&self) -> Option<&ElectionRules> {
        self.closed()
            .map(|closed| &closed.open.rules)
            .or(match self {
                Self::Open(open) => Some(&open.rules),
                _ => None,
            })
    }

    /// Whether these are the rules it opened with: an edited profile has no
    /// effect on it, and whoever counts with one is told.
    ///
    /// # Errors
    /// [`Refusal::RulesChanged`].
    pub fn check_rules(&self, rules: &ElectionRules) -> Result<(), Refusal> {
        match self.rules() {
            Some(pinned) if pinned != rules => Err(Refusal::RulesChanged),
            _ => Ok(()),
        }
    }

    /// What was closed, from then on.
    #[must_use]
    pub fn closed(&self) -> Option<&Closed> {
        match self {
            Self::Closed(closed) => Some(closed),
            Self::Counting(counting) => Some(&counting.closed),
            Self::Compared(compared) => Some(&compared.closed),
            Self::Ruled(ruled) => Some(&ruled.closed),
            _ => self.resulted().map(|resulted| &resulted.ruled.closed),
        }
    }

    /// It, or what it was before it became void: for those who read, never for
    /// what happens next.
    #[must_use]
    pub fn as_it_was(&self) -> &Self {
        match self {
            Self::Annulled(annulled) => annulled.was.as_deref().unwrap_or(self),
            other => other,
        }
    }

    /// The result, from then on.
    #[must_use]
    pub fn resulted(&self) -> Option<&Resulted> {
        match self {
            Self::Resulted(resulted) => Some(resulted),
            Self::Confirmed(confirmed) => Some(&confirmed.resulted),
            Self::Announced(announced) => Some(&announced.confirmed.resulted),
            Self::Ratified(ratified) => Some(&ratified.announced.confirmed.resulted),
            _ => None,
        }
    }
}
