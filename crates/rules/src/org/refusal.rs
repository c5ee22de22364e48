//! Why a change of units is refused.

use std::fmt;

use serde::Serialize;

use super::text::TextFault;
use super::{Kind, Level};
use crate::{Day, UnitId};

/// Why a change is refused, with the units and codes concerned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// No such unit exists on that day.
    UnitUnknown { unit: UnitId, day: Day },
    /// The name for life of a new unit was given to another before.
    UnitTaken { unit: UnitId },
    /// Another unit carries the code on `from` or from then on.
    CodeTaken { code: String, by: UnitId, from: Day },
    /// The text cannot be a code.
    CodeMalformed { code: String, fault: TextFault },
    /// The text cannot be a name.
    NameMalformed { name: String, fault: TextFault },
    /// More than ten million members.
    MembersTooMany { members: u32 },
    /// The profile has no such level.
    LevelUnknown { level: Level },
    /// The profile has no such kind.
    KindUnknown { kind: Kind },
    /// The level of the unit above is not above the unit's own.
    LevelNotAbove {
        unit: UnitId,
        level: Level,
        parent: UnitId,
        parent_level: Level,
    },
    /// The unit above does not exist on `day`, on which it would be needed.
    ParentMissing {
        unit: UnitId,
        parent: UnitId,
        day: Day,
    },
    /// The units would stand above each other in a circle.
    Circle { units: Vec<UnitId> },
    /// A unit that ends still has these units under it, then or later.
    ChildrenRemain { unit: UnitId, children: Vec<UnitId> },
    /// A merger of fewer than two units, or a split into fewer than two.
    TooFew { given: usize },
    /// A unit is named twice.
    NamedTwice { unit: UnitId },
    /// The units of a merger are not of one level.
    LevelsDiffer { units: Vec<UnitId> },
    /// Of two units of a merger one stands above the other.
    OneAboveOther { upper: UnitId, lower: UnitId },
    /// Everything is already so on that day.
    NothingChanges { unit: UnitId },
    /// A child of a unit that splits goes to none of the parts.
    ChildLeftOver { child: UnitId },
    /// What a part of a split is given is not a child of the unit.
    NotAChild { child: UnitId, of: UnitId },
    /// The members of the parts are not those of the unit that splits.
    MembersDoNotAddUp { had: u32, parts: u64 },
    /// A unit cannot end on the day on which it begins: records do not vanish.
    BeginsThatDay { unit: UnitId, day: Day },
    /// A merger or a split of a unit that is already on record as ending
    /// later: the two endings would contradict each other.
    EndsLater { unit: UnitId, until: Day },
}

impl Refusal {
    /// The refusal's number, which screens, handbook and support share.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnitUnknown { .. } => "E-ORG-01",
            Self::UnitTaken { .. } => "E-ORG-02",
            Self::CodeTaken { .. } => "E-ORG-03",
            Self::CodeMalformed { .. } => "E-ORG-04",
            Self::NameMalformed { .. } => "E-ORG-05",
            Self::MembersTooMany { .. } => "E-ORG-06",
            Self::LevelUnknown { .. } => "E-ORG-07",
            Self::KindUnknown { .. } => "E-ORG-08",
            Self::LevelNotAbove { .. } => "E-ORG-09",
            Self::ParentMissing { .. } => "E-ORG-10",
            Self::Circle { .. } => "E-ORG-11",
            Self::ChildrenRemain { .. } => "E-ORG-12",
            Self::TooFew { .. } => "E-ORG-13",
            Self::NamedTwice { .. } => "E-ORG-14",
            Self::LevelsDiffer { .. } => "E-ORG-15",
            Self::OneAboveOther { .. } => "E-ORG-16",
            Self::NothingChanges { .. } => "E-ORG-17",
            Self::ChildLeftOver { .. } => "E-ORG-18",
            Self::NotAChild { .. } => "E-ORG-19",
            Self::MembersDoNotAddUp { .. } => "E-ORG-20",
            Self::BeginsThatDay { .. } => "E-ORG-21",
            Self::EndsLater { .. } => "E-ORG-22",
        }
    }

    /// The units concerned, so that a screen can name them.
    #[must_use]
    pub fn units(&self) -> Vec<UnitId> {
        match self {
            Self::UnitUnknown { unit, .. }
            | Self::UnitTaken { unit }
            | Self::NamedTwice { unit }
            | Self::NothingChanges { unit }
            | Self::BeginsThatDay { unit, .. }
            | Self::EndsLater { unit, .. } => vec![*unit],
            Self::CodeTaken { by, .. } => vec![*by],
            Self::LevelNotAbove { unit, parent, .. } | Self::ParentMissing { unit, parent, .. } => {
                vec![*unit, *parent]
            }
            Self::Circle { units } | Self::LevelsDiffer { units } => units.clone(),
            Self::ChildrenRemain { children, .. } => children.clone(),
            Self::OneAboveOther { upper, lower } => vec![*upper, *lower],
            Self::ChildLeftOver { child } | Self::NotAChild { child, .. } => vec![*child],
            Self::CodeMalformed { .. }
            | Self::NameMalformed { .. }
            | Self::MembersTooMany { .. }
            | Self::LevelUnknown { .. }
            | Self::KindUnknown { .. }
            | Self::TooFew { .. }
            | Self::MembersDoNotAddUp { .. } => Vec::new(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.code())?;
        match self {
            Self::UnitUnknown { unit, day } => write!(f, "there is no unit {unit} on {day}"),
            Self::UnitTaken { unit } => write!(f, "{unit} is a unit already"),
            Self::CodeTaken { code, by, from } => {
                write!(f, "code {code} belongs to unit {by} from {from}")
            }
            Self::CodeMalformed { code, fault } => write!(f, "\"{code}\" is not a code: {fault}"),
            Self::NameMalformed { name, fault } => write!(f, "\"{name}\" is not a name: {fault}"),
            Self::MembersTooMany { members } => {
                write!(f, "{members} members are more than a unit can have")
            }
            Self::LevelUnknown { level } => write!(f, "there is no level {level}"),
            Self::KindUnknown { kind } => write!(f, "there is no kind {kind}"),
            Self::LevelNotAbove {
                level,
                parent_level,
                ..
            } => {
                write!(
                    f,
                    "a unit of level {level} cannot stand under one of level {parent_level}"
                )
            }
            Self::ParentMissing { parent, day, .. } => {
                write!(f, "the unit above, {parent}, does not exist on {day}")
            }
            Self::Circle { units } => write!(
                f,
                "{} units would stand above each other in a circle",
                units.len()
            ),
            Self::ChildrenRemain { children, .. } => {
                write!(f, "{} units still stand under it", children.len())
            }
            Self::TooFew { given } => write!(f, "at least two units are needed, not {given}"),
            Self::NamedTwice { unit } => write!(f, "unit {unit} is named twice"),
            Self::LevelsDiffer { .. } => f.write_str("the units are not of one level"),
            Self::OneAboveOther { upper, lower } => {
                write!(f, "unit {upper} stands above unit {lower}")
            }
            Self::NothingChanges { .. } => f.write_str("it is so already"),
            Self::ChildLeftOver { child } => write!(f, "unit {child} goes to none of the parts"),
            Self::NotAChild { child, of } => write!(f, "unit {child} does not stand under {of}"),
            Self::MembersDoNotAddUp { had, parts } => {
                write!(f, "the parts have {parts} members, the unit had {had}")
            }
            Self::BeginsThatDay { day, .. } => {
                write!(f, "the unit begins on {day} and cannot end on it")
            }
            Self::EndsLater { until, .. } => {
                write!(f, "the unit is already on record as ending on {until}")
            }
        }
    }
}

impl std::error::Error for Refusal {}
