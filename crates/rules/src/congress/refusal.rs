//! Why a fact about a congress was refused.

use super::state::State;
use crate::Day;

/// Why a fact was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The congress is in a state in which this cannot happen.
    NotNow {
        /// What was asked.
        verb: &'static str,
        /// Where the congress stands.
        state: State,
    },
    /// A report already stands (a second one is never a correction).
    AlreadyReported {
        /// Held on this day, says the report that stands.
        held: Day,
    },
    /// The last day lies before the first.
    DaysReversed,
    /// The day of holding lies after the day of reporting.
    HeldInFuture {
        /// The day claimed.
        held: Day,
        /// Today.
        today: Day,
    },
    /// More present than convened.
    MorePresentThanConvened {
        /// Present.
        present: u32,
        /// Convened.
        convened: u32,
    },
    /// More elected than convened, or deputies beyond the committee.
    ElectedDoNotAddUp,
    /// Numbers of people elected although the congress elects nobody (R44).
    NothingToElect,
    /// A change needs a reason.
    ReasonNeeded,
    /// A text of more than [`super::LONGEST_TEXT`] characters.
    TextTooLong {
        /// Which: `reason`, `findings`, `decision`, `difficulties`.
        field: &'static str,
    },
    /// Fewer members than the bound and no consent of the superior (R31).
    DelegatesNeedConsent {
        /// The bound.
        bound: u32,
    },
    /// At the bound or above it a members' congress is not possible (R31).
    TooManyForMembers {
        /// The bound.
        bound: u32,
    },
}

impl Refusal {
    /// The code shown to people and programs; `docs/rulebook` explains each.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotNow { .. } => "E-CON-01",
            Self::AlreadyReported { .. } => "E-CON-02",
            Self::DaysReversed => "E-CON-03",
            Self::HeldInFuture { .. } => "E-CON-04",
            Self::MorePresentThanConvened { .. } => "E-CON-05",
            Self::ElectedDoNotAddUp => "E-CON-06",
            Self::NothingToElect => "E-CON-07",
            Self::ReasonNeeded => "E-CON-08",
            Self::DelegatesNeedConsent { .. } => "E-CON-09",
            Self::TooManyForMembers { .. } => "E-CON-10",
            Self::TextTooLong { .. } => "E-CON-25",
        }
    }
}
