//! Where a congress stands.

use serde::{Deserialize, Serialize};

/// Where a congress stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The season expects it; nothing is known yet.
    Expected,
    /// It had a day and lost it.
    Postponed,
    /// It has a day.
    Dated,
    /// The unit is ready.
    Prepared,
    /// The superior reviewed it.
    Reviewed,
    /// It met, but the numbers are not in.
    Held,
    /// The unit reported; the level above has yet to confirm.
    Reported,
    /// The report went back for rework and does not count.
    Returned,
    /// The level above confirmed the report.
    Confirmed,
    /// The superior ratified the result.
    Ratified,
    /// It will not be held.
    Cancelled,
    /// A successor unit holds it.
    HandedOver,
}

impl State {
    /// Every state, in the order of progress.
    pub const ALL: [Self; 12] = [
        Self::Expected,
        Self::Postponed,
        Self::Dated,
        Self::Prepared,
        Self::Reviewed,
        Self::Held,
        Self::Reported,
        Self::Returned,
        Self::Confirmed,
        Self::Ratified,
        Self::Cancelled,
        Self::HandedOver,
    ];

    /// The name in the database, addresses and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Postponed => "postponed",
            Self::Dated => "dated",
            Self::Prepared => "prepared",
            Self::Reviewed => "reviewed",
            Self::Held => "held",
            Self::Reported => "reported",
            Self::Returned => "returned",
            Self::Confirmed => "confirmed",
            Self::Ratified => "ratified",
            Self::Cancelled => "cancelled",
            Self::HandedOver => "handed_over",
        }
    }

    /// Whether the congress has met.
    #[must_use]
    pub fn is_held(self) -> bool {
        matches!(
            self,
            Self::Held | Self::Reported | Self::Confirmed | Self::Ratified
        )
    }

    /// Whether the congress counts towards the season's total.
    #[must_use]
    pub fn is_expected_of_unit(self) -> bool {
        !matches!(self, Self::Cancelled | Self::HandedOver)
    }
}
