//! Why something about a season was refused.

use std::fmt;

use crate::{Day, UnitId};

/// Why a window, a handling or a re-dating was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The window ends after the superior's, without its consent (R55).
    LaterThanSuperior {
        /// Whose plan sets the end.
        superior: UnitId,
        /// The superior's last day.
        limit: Day,
    },
    /// The window opens before the superior's, without its consent (R55).
    EarlierThanSuperior {
        /// Whose plan sets the opening.
        superior: UnitId,
        /// The superior's first day.
        limit: Day,
    },
    /// The window's last day lies before its first.
    WindowReversed,
    /// The window closes before the superior's opens: no day would be left.
    NoDayLeft {
        /// Whose plan sets the opening.
        superior: UnitId,
        /// The superior's first day.
        opens: Day,
    },
    /// A change needs a reason.
    ReasonNeeded,
    /// A finding that blocks gives way to the superior's recorded consent only.
    ConsentNeeded,
    /// No working day with room was found within two years.
    NoFreeDay {
        /// The unit for which none was found.
        unit: UnitId,
    },
    /// The unit has no date that could be moved.
    NotDated {
        /// The unit.
        unit: UnitId,
    },
    /// The congress of this unit has met: its day is a fact now.
    AlreadyHeld {
        /// The unit.
        unit: UnitId,
    },
}

impl Refusal {
    /// The code; `docs/rulebook/season.md` explains each.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::LaterThanSuperior { .. } => "E-SEA-01",
            Self::EarlierThanSuperior { .. } => "E-SEA-02",
            Self::WindowReversed => "E-SEA-03",
            Self::NoDayLeft { .. } => "E-SEA-04",
            Self::ReasonNeeded => "E-SEA-05",
            Self::ConsentNeeded => "E-SEA-06",
            Self::NoFreeDay { .. } => "E-SEA-07",
            Self::NotDated { .. } => "E-SEA-08",
            Self::AlreadyHeld { .. } => "E-SEA-09",
        }
    }

    /// The unit above whose recorded consent would let it pass.
    #[must_use]
    pub fn superior(&self) -> Option<UnitId> {
        match self {
            Self::LaterThanSuperior { superior, .. }
            | Self::EarlierThanSuperior { superior, .. }
            | Self::NoDayLeft { superior, .. } => Some(*superior),
            _ => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.code())?;
        match self {
            Self::LaterThanSuperior { limit, .. } => {
                write!(
                    f,
                    "the superior's plan ends on {limit}; going past it needs its recorded consent"
                )
            }
            Self::EarlierThanSuperior { limit, .. } => {
                write!(
                    f,
                    "the superior's plan opens on {limit}; going before it needs its recorded consent"
                )
            }
            Self::WindowReversed => f.write_str("the last day lies before the first"),
            Self::NoDayLeft { opens, .. } => {
                write!(
                    f,
                    "the superior's plan opens on {opens} only: no day would be left"
                )
            }
            Self::ReasonNeeded => f.write_str("say why"),
            Self::ConsentNeeded => {
                f.write_str("the superior's consent is needed: who, when, by which instrument")
            }
            Self::NoFreeDay { .. } => f.write_str("no working day with room within two years"),
            Self::NotDated { .. } => f.write_str("the unit has no date that could be moved"),
            Self::AlreadyHeld { .. } => {
                f.write_str("the congress has met; its day can no longer be moved")
            }
        }
    }
}

impl std::error::Error for Refusal {}
