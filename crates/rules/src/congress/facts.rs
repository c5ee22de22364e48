//! What can be recorded of a congress.

use serde::{Deserialize, Serialize};

use crate::{Day, UnitId};

/// Who meets (R31: below the profile's bound all members, from it delegates;
/// the superior may consent to delegates below it).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// All official members (đại hội đảng viên).
    Members,
    /// Elected delegates (đại hội đại biểu).
    Delegates,
}

/// The four contents a congress can have (seed 003; §2.1). A unit formed by a
/// merger may hold only the first two: then it elects nobody (R44).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Contents {
    /// Review of the past resolution, directions for the new term.
    pub review: bool,
    /// Opinions on the drafts of the higher congresses.
    pub opinions: bool,
    /// Election of the committee, secretary and deputy.
    pub committee: bool,
    /// Election of delegates to the congress above.
    pub delegates: bool,
}

impl Contents {
    /// All four.
    pub const FOUR: Self = Self {
        review: true,
        opinions: true,
        committee: true,
        delegates: true,
    };
    /// Review and opinions only: the committee is appointed.
    pub const TWO: Self = Self {
        review: true,
        opinions: true,
        committee: false,
        delegates: false,
    };

    /// How many of the four it holds.
    #[must_use]
    pub fn count(self) -> u8 {
        [self.review, self.opinions, self.committee, self.delegates]
            .into_iter()
            .map(u8::from)
            .sum()
    }
}

/// When a congress is to meet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Planned {
    /// The first day, the preparatory session included.
    pub first: Day,
    /// The last day.
    pub last: Day,
    /// Half-days of the preparatory session (phiên trù bị), inside the days.
    #[serde(default)]
    pub preparatory_half_days: u8,
}

/// What a unit reports of its congress, in numbers of people.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Numbers {
    /// Official members or delegates convened.
    pub convened: u32,
    /// Of these, present.
    pub present: u32,
    /// Elected to the committee, the secretary and deputies among them.
    pub elected_committee: u32,
    /// Whether a secretary was elected.
    pub elected_secretary: bool,
    /// Deputy secretaries elected.
    pub elected_deputies: u32,
    /// Delegates elected to the congress above.
    pub elected_delegates: u32,
    /// Opinions gathered on the drafts.
    pub opinions: u32,
}

/// Something that happened to a congress.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    /// Form, ordinal and contents were settled (they may be settled again).
    Settled {
        /// Members or delegates.
        form: Form,
        /// "lần thứ": stored as data, since mergers restart it or do not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ordinal: Option<u16>,
        /// Which of the four contents.
        contents: Contents,
        /// The superior consented to delegates although members are few.
        #[serde(default)]
        consent: bool,
    },
    /// A day was set, or changed with a reason.
    Dated {
        /// When it is to meet.
        #[serde(flatten)]
        planned: Planned,
        /// Why the day changed; required from the second time on.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    /// The day was given up, no new one is set yet.
    Postponed {
        /// Why.
        reason: String,
    },
    /// The unit says documents, personnel and hall are ready.
    Prepared,
    /// The superior reviewed it (duyệt đại hội).
    Reviewed {
        /// What the superior asked for.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        findings: String,
    },
    /// It met. The entry's day is its last day.
    Held {
        /// The first day.
        first: Day,
    },
    /// The unit reported (báo cáo nhanh).
    Reported {
        /// The numbers.
        numbers: Numbers,
        /// Difficulties, in the unit's words.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        difficulties: String,
    },
    /// The level above sent the report back, or took back a holding recorded by
    /// mistake: what was said to have happened no longer counts.
    Returned {
        /// Why.
        reason: String,
    },
    /// The level above confirmed the report.
    Confirmed,
    /// The superior ratified the result (chuẩn y).
    Ratified {
        /// The decision's number.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        decision: String,
    },
    /// It will not be held.
    Cancelled {
        /// Why.
        reason: String,
    },
    /// A successor unit holds it instead.
    HandedOver {
        /// The successor.
        to: UnitId,
        /// Why.
        reason: String,
    },
    /// It is to be held after all: a cancellation or a hand-over was undone.
    Resumed {
        /// Why.
        reason: String,
    },
}

impl Fact {
    /// The name in records and programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Settled { .. } => "settled",
            Self::Dated { .. } => "dated",
            Self::Postponed { .. } => "postponed",
            Self::Prepared => "prepared",
            Self::Reviewed { .. } => "reviewed",
            Self::Held { .. } => "held",
            Self::Reported { .. } => "reported",
            Self::Returned { .. } => "returned",
            Self::Confirmed => "confirmed",
            Self::Ratified { .. } => "ratified",
            Self::Cancelled { .. } => "cancelled",
            Self::HandedOver { .. } => "handed_over",
            Self::Resumed { .. } => "resumed",
        }
    }
}

/// A fact with the day it belongs to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The day.
    pub on: Day,
    /// The fact.
    #[serde(flatten)]
    pub fact: Fact,
}
