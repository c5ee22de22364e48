//! Offices, how they are voted, and the chains of their elections.

use serde::{Deserialize, Serialize};

use super::Office;
use crate::congress::Form;
use crate::profile::Parameter;

/// How people vote on something (190-QĐ/TW, Điều 3).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoteForm {
    /// Bỏ phiếu kín.
    SecretBallot,
    /// Biểu quyết giơ tay, sử dụng thẻ.
    ShowOfCards,
}

/// Who elects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Electorate {
    /// The congress.
    Congress,
    /// The new committee at its first meeting, or another body it names.
    Meeting,
}

/// Who votes, for the denominator: the exclusions differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// A congress of all official members.
    MemberCongress,
    /// A congress of delegates.
    DelegateCongress,
    /// A meeting of an elected body.
    Meeting,
}

impl Body {
    /// Who votes where this electorate elects at a congress of this form.
    #[must_use]
    pub fn of(electorate: Electorate, form: Form) -> Self {
        match (electorate, form) {
            (Electorate::Meeting, _) => Self::Meeting,
            (Electorate::Congress, Form::Members) => Self::MemberCongress,
            (Electorate::Congress, Form::Delegates) => Self::DelegateCongress,
        }
    }
}

/// Who settles how many are elected.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatsBy {
    /// Those who elect vote on the number.
    Vote,
    /// The superior allocates it; there is no vote on it (R58).
    Allocation,
    /// There is one seat.
    One,
}

/// Which of a congress's contents an election belongs to (R44).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContentNeeded {
    /// Election of the committee and its offices.
    Committee,
    /// Election of delegates to the congress above.
    Delegates,
}

/// Whether a list must be longer than the seats.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurplusDemand {
    /// It must (Điều 14.1: committee and standing committee).
    Required,
    /// It may.
    Allowed,
}

/// Whether an opinion ballot on outside nominees comes before the list (R59).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OpinionBallot {
    /// Always (Điều 17.4: committee elections).
    Mandatory,
    /// Where the presidium so decides.
    AsDecided,
    /// Never.
    None,
}

/// What happens when no further ballot may be held.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exhausted {
    /// The superior appoints (R30).
    SuperiorAppoints,
    /// The seats stay open.
    SeatsStayOpen,
}

/// How many ballots an office may take.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoundsRule {
    /// The most ballots, the first included; `None`: as often as the congress
    /// decides (R22).
    #[serde(default)]
    pub most: Option<Parameter<u8>>,
    /// What follows the last.
    pub then: Parameter<Exhausted>,
}

/// An office people are elected to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeRule {
    /// The code elections carry.
    pub code: Office,
    /// The name on a Vietnamese screen and paper.
    pub name_vi: String,
    /// The name on an English screen.
    pub name_en: String,
    /// How it is voted.
    pub vote: Parameter<VoteForm>,
    /// Who elects.
    pub elected_by: Electorate,
    /// The forms of congress that have it (R45); empty: both.
    #[serde(default)]
    pub forms: Vec<Form>,
    /// The content of the congress it belongs to (R44); `None`: always there.
    #[serde(default)]
    pub content: Option<ContentNeeded>,
    /// Who settles the number of seats.
    pub seats: SeatsBy,
    /// The most seats, where the rules say so (R29: a branch committee, 7).
    #[serde(default)]
    pub most_seats: Option<Parameter<u32>>,
    /// Whether the list must be longer than the seats.
    pub surplus: Parameter<SurplusDemand>,
    /// The body candidates must already belong to; `None`: anybody eligible.
    #[serde(default)]
    pub from: Option<Office>,
    /// The narrower body candidates must belong to where there is one: a
    /// committee without a standing committee elects its secretary from itself.
    #[serde(default)]
    pub within: Option<Office>,
    /// Whose members vote where a meeting elects.
    #[serde(default)]
    pub voters: Option<Office>,
    /// The offices nobody is known to hold beside this one: who holds one of them
    /// may stand, and the page warns.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart_from: Option<Parameter<Vec<Office>>>,
    /// The opinion ballot on outside nominees (R59).
    pub opinion_ballot: Parameter<OpinionBallot>,
    /// How many ballots; `None`: as for all offices.
    #[serde(default)]
    pub rounds: Option<RoundsRule>,
}

/// One election of a chain.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepRule {
    /// What is elected.
    pub office: Office,
    /// What must be done before.
    #[serde(default)]
    pub after: Vec<Office>,
    /// Whether it is held only where it is asked for (a deputy where needed).
    #[serde(default)]
    pub if_needed: bool,
    /// Whether an introduction ballot comes before it (direct election).
    #[serde(default)]
    pub introduction: bool,
    /// The chain stops here when the person planned for this office is not
    /// elected to one of these bodies, until the superior answers (R46).
    #[serde(default)]
    pub planned_must_be_in: Vec<Office>,
}

/// How a unit is led, which decides its chain of elections.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A branch: everything is elected at its congress.
    Branch,
    /// A committee that elects its leaders at its first meeting.
    Committee,
}

/// A chain of elections.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChainRule {
    /// The name in files.
    pub code: String,
    /// How the unit is led.
    pub shape: Shape,
    /// For units of at least so many official members (R29).
    #[serde(default)]
    pub members_from: Option<Parameter<u32>>,
    /// For units of fewer official members (R29).
    #[serde(default)]
    pub members_below: Option<Parameter<u32>>,
    /// For the trial in which the congress elects the secretary.
    #[serde(default)]
    pub trial: bool,
    /// The elections.
    pub steps: Vec<StepRule>,
}
