//! One struct per state of an election; each carries what the states before it
//! fixed.

use serde::{Deserialize, Serialize};

use super::Election;
use crate::Actor;
use crate::Day;
use crate::PersonId;
use crate::voting::archive::Counted;
use crate::voting::attendance::Attendance;
use crate::voting::ballot::Ballot;
use crate::voting::count::{Decision, Definition, Outcome, Papers, Purpose, Ruling};
use crate::voting::list::Row;
use crate::voting::profile::{Body, ElectionRules, Office};

/// The list is being made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// What is elected.
    pub office: Office,
    /// Who votes.
    pub body: Body,
    /// What the ballot is for.
    pub purpose: Purpose,
    /// The how-manieth ballot for this office, from 1.
    pub round: u8,
}

/// A vote by raised cards, as it was counted (Điều 3).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardVote {
    /// For.
    pub agree: u32,
    /// Against.
    pub disagree: u32,
    /// Neither.
    pub abstain: u32,
}

/// What those who elect approved by raised cards.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// What is elected.
    pub draft: Draft,
    /// Seats.
    pub seats: u8,
    /// Seats for alternates on the same list; 0: none.
    pub alternates: u8,
    /// The list in ballot order.
    pub rows: Vec<Row>,
    /// The vote on the number; `None` where it is allocated (R58).
    pub number_vote: Option<CardVote>,
    /// The vote on the list; `None` for an opinion or introduction ballot, whose
    /// names nobody approves.
    #[serde(default)]
    pub list_vote: Option<CardVote>,
}

/// The paper is laid out and printed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Printed {
    /// What was approved.
    pub listed: Listed,
    /// What is voted on, with the layout.
    pub definition: Definition,
    /// Papers printed.
    pub printed: Option<u32>,
}

/// Papers are handed out. From here on the rules are those pinned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// The paper.
    pub paper: Printed,
    /// The rules, whole.
    pub rules: ElectionRules,
    /// The counting committee.
    pub tellers: Vec<PersonId>,
}

/// The boxes are opened and the papers counted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Closed {
    /// What was open.
    pub open: Open,
    /// Who was there.
    pub attendance: Attendance,
    /// The papers.
    pub papers: Papers,
    /// Why the figures were put right, or the papers counted again, each time.
    #[serde(default)]
    pub corrections: Vec<String>,
}

/// Ballots are being keyed, or sheets filled.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counting {
    /// What was closed.
    pub closed: Closed,
}

/// Independent counts agree, ballot by ballot (R51).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// What was closed.
    pub closed: Closed,
    /// The ballots as all passes or the third person have them.
    pub ballots: Vec<Ballot>,
}

/// A ruling of the counting committee on one ballot of a comparison.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulingRecord {
    /// The ballot's place in the comparison, from 0.
    pub place: u32,
    /// What was ruled.
    pub ruling: Ruling,
    /// Why, in the committee's words.
    #[serde(default)]
    pub note: String,
    /// Whose account entered it.
    pub by: Actor,
}

/// Every doubtful or invalid ballot is ruled on. Ballots have no order any
/// more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruled {
    /// What was closed.
    pub closed: Closed,
    /// What is counted.
    pub counted: Counted,
}

/// The result is there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resulted {
    /// What was counted.
    pub ruled: Ruled,
    /// What people decided.
    pub decisions: Vec<Decision>,
    /// The result.
    pub outcome: Outcome,
    /// Who confirmed it first.
    pub confirmed_by: Option<Actor>,
}

/// Two people confirmed the result.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// The result.
    pub resulted: Resulted,
    /// The second of the two.
    pub second: Actor,
}

/// The congress heard the result.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announced {
    /// The result.
    pub confirmed: Confirmed,
    /// When.
    pub on: Day,
}

/// The superior ratified it (chuẩn y).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratified {
    /// What was announced.
    pub announced: Announced,
    /// When.
    pub on: Day,
    /// By which instrument.
    pub instrument: String,
}

/// It is void: an error found in time, or the superior annulled it (Điều 33).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annulled {
    /// The state it was in.
    pub from: String,
    /// Why, and by whose decision.
    pub reason: String,
    /// What was void from then on, as it stood; `None`: no paper was out.
    #[serde(default)]
    pub was: Option<Box<Election>>,
}
