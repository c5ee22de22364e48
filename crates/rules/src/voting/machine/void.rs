//! What ends before its time, or loses what it held.

use super::{Annulled, Election};
use crate::voting::archive::Counted;
use crate::voting::refusal::{Refusal, said};

impl Election {
    /// A list under way falls with the ballot it stood on.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] once it is closed; [`Refusal::ReasonNeeded`].
    pub fn fall(self, reason: &str) -> Result<Self, Refusal> {
        match &self {
            Self::Draft(_) => Ok(Self::Annulled(Annulled {
                from: self.state().to_owned(),
                reason: said(reason)?,
                was: None,
            })),
            other => Err(other.not_now("fall")),
        }
    }

    /// The papers were destroyed: what stood on single ballots goes with them, the
    /// result and its steps stay. No archive can be written from then on, and
    /// nothing is decided any more.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] before the result was announced.
    pub fn forget_ballots(mut self) -> Result<Self, Refusal> {
        match &mut self {
            Self::Announced(_) | Self::Ratified(_) => self.empty(),
            Self::Annulled(annulled) => {
                if let Some(was) = &mut annulled.was {
                    was.empty();
                }
            }
            other => return Err(other.not_now("forget_ballots")),
        }
        Ok(self)
    }

    /// What stood on single ballots goes.
    fn empty(&mut self) {
        let ruled = match self {
            // The passes had them in order.
            Self::Compared(compared) => return compared.ballots.clear(),
            Self::Ruled(ruled) => ruled.as_mut(),
            Self::Resulted(resulted) => &mut resulted.ruled,
            Self::Confirmed(confirmed) => &mut confirmed.resulted.ruled,
            Self::Announced(announced) => &mut announced.confirmed.resulted.ruled,
            Self::Ratified(ratified) => &mut ratified.announced.confirmed.resulted.ruled,
            _ => return,
        };
        ruled.counted = Counted::Ballots(Vec::new());
    }

    /// It is void: papers turned out wrong, or the superior annulled it. What
    /// comes after is another election. An opinion or introduction ballot can be
    /// dropped at any time: nothing waits for it then.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] before papers of an election are handed out, and once
    /// it is void; [`Refusal::ReasonNeeded`].
    pub fn annul(self, reason: &str) -> Result<Self, Refusal> {
        // Its list is reopened instead.
        let reopens = match &self {
            Self::Draft(draft) => draft.purpose.elects(),
            Self::ListApproved(listed) => listed.draft.purpose.elects(),
            Self::Printed(printed) => printed.definition.purpose.elects(),
            _ => false,
        };
        match &self {
            Self::Annulled(_) => Err(self.not_now("annul")),
            _ if reopens => Err(self.not_now("annul")),
            _ => Ok(Self::Annulled(Annulled {
                from: self.state().to_owned(),
                reason: said(reason)?,
                was: self.papers_are_out().then(|| Box::new(self)),
            })),
        }
    }

    /// Whether it is void: nothing follows from it any more.
    #[must_use]
    pub fn is_void(&self) -> bool {
        matches!(self, Self::Annulled(_))
    }

    /// Whether it was begun by mistake and dropped before papers went out: it
    /// leaves nothing behind.
    #[must_use]
    pub fn is_dropped(&self) -> bool {
        matches!(self, Self::Annulled(annulled) if annulled.was.is_none())
    }

    /// Whether papers have been handed out.
    #[must_use]
    pub fn papers_are_out(&self) -> bool {
        match self {
            Self::Draft(_) | Self::ListApproved(_) | Self::Printed(_) => false,
            Self::Annulled(annulled) => annulled.was.is_some(),
            _ => true,
        }
    }
}
