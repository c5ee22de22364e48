//! One election of a chain.

use serde::{Deserialize, Serialize};

use crate::PersonId;
use crate::voting::preliminary::Held;
use crate::voting::profile::Office;

/// Where one election of a chain stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Not begun.
    Waiting,
    /// A ballot is under way: the how-manieth, from 1.
    UnderWay(u8),
    /// It is over, with so many seats open.
    Done {
        /// Seats nobody has.
        open: u32,
        /// Ballots it took.
        rounds: u8,
    },
    /// The congress does not hold it (only where it is held if needed).
    Skipped,
    /// The superior appointed (R30).
    Appointed,
}

/// One election of a chain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// What is elected.
    pub office: Office,
    /// What comes before.
    pub after: Vec<Office>,
    /// Held only where it is asked for.
    pub if_needed: bool,
    /// Whether an introduction ballot comes before it.
    pub introduction: bool,
    /// How that ballot was held; `None`: it was not.
    pub introduced: Option<Held>,
    /// The bodies the person planned for it must be elected to (R46).
    pub planned_must_be_in: Vec<Office>,
    /// Those the superior approved for it.
    pub planned: Vec<PersonId>,
    /// Where it stands.
    pub state: StepState,
    /// Who was elected or appointed.
    pub elected: Vec<PersonId>,
}

impl Step {
    pub(super) fn alone(office: &Office, after: &[Office]) -> Self {
        Self {
            office: office.clone(),
            after: after.to_vec(),
            if_needed: false,
            introduction: false,
            introduced: None,
            planned_must_be_in: Vec::new(),
            planned: Vec::new(),
            state: StepState::Waiting,
            elected: Vec::new(),
        }
    }

    /// Whether it has not begun.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.state == StepState::Waiting
    }

    /// Whether what comes after may begin.
    #[must_use]
    pub fn is_over(&self) -> bool {
        !matches!(self.state, StepState::Waiting | StepState::UnderWay(_))
    }
}

impl StepState {
    /// The name in the database and in refusals.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::UnderWay(_) => "under_way",
            Self::Done { .. } => "done",
            Self::Skipped => "skipped",
            Self::Appointed => "appointed",
        }
    }
}
