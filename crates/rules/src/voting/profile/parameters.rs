//! What an instrument on elections sets, piece by piece.

use serde::{Deserialize, Serialize};

use super::{Body, Office};
use crate::profile::Parameter;
use crate::voting::ballot::BallotKind;

/// A part of a whole that must be reached or exceeded, exact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Upper part of the fraction.
    pub numerator: u32,
    /// Lower part of the fraction; never 0.
    pub denominator: u32,
    /// Whether exactly that much is too little ("more than half").
    pub strictly: bool,
}

impl Share {
    /// The least whole number that is enough of `whole`: more than half of 272
    /// is 137 (R1), more than 30 % of 270 is 82 (R25).
    #[must_use]
    pub fn need(self, whole: u32) -> u64 {
        let product = u64::from(whole) * u64::from(self.numerator);
        let denominator = u64::from(self.denominator.max(1));
        if self.strictly {
            product / denominator + 1
        } else {
            product.div_ceil(denominator)
        }
    }
}

/// Who may nominate and stand (§1.2).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NominationRules {
    /// Whether probationary members may nominate at a members' congress.
    pub probationary_nominate: Parameter<bool>,
    /// Whether probationary members may stand.
    pub probationary_stand: Parameter<bool>,
    /// Whether at a delegates' congress only official delegates nominate and
    /// stand for delegates to the congress above.
    pub delegates_only: Parameter<bool>,
    /// Whether members of the convening committee keep to its list (R26).
    pub committee_keeps_to_list: Parameter<bool>,
    /// The body whose members keep to the list prepared for a meeting (R26).
    #[serde(default)]
    pub meeting_keeps_to_list: Option<Parameter<Office>>,
    /// Support an outside nominee needs, of those attending (R25).
    #[serde(default)]
    pub outside_support: Option<Parameter<Share>>,
    /// Whether those who count may stand (R27).
    pub tellers_stand: Parameter<bool>,
    /// Whether a team that helps the presidium counts opinion ballots, not the
    /// counting committee.
    #[serde(default)]
    pub helpers_count_opinions: Option<Parameter<bool>>,
}

/// A number of seats for which the surplus is another one.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmallCommittee {
    /// From so many seats …
    pub from: u32,
    /// … to so many …
    pub to: u32,
    /// … the surplus is at most this.
    pub most: u32,
}

/// How much longer than the seats a list may be (Điều 14, R23, R24).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SurplusRules {
    /// The cap in thousandths of the seats, rounded down; `None`: no cap.
    #[serde(default)]
    pub cap_permille: Option<Parameter<u32>>,
    /// Numbers of seats with a cap of their own.
    #[serde(default)]
    pub small: Option<Parameter<SmallCommittee>>,
    /// The least cap where the list must be longer than the seats: the cap in
    /// thousandths of one or two seats is nothing, and a list cannot be both.
    #[serde(default)]
    pub at_least: Option<Parameter<u32>>,
    /// What the convening committee prepares, in thousandths: advice.
    #[serde(default)]
    pub band_permille: Option<Parameter<[u32; 2]>>,
    /// How outside nominees are chosen after an opinion ballot when there are
    /// too many: from the most votes down.
    #[serde(default)]
    pub by_opinion_votes: Option<Parameter<bool>>,
}

/// Which ballot an election has (§1.4).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotRules {
    /// With more names than seats.
    pub with_surplus: Parameter<BallotKind>,
    /// With several names for one seat; `None`: as with surplus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_of_several: Option<Parameter<BallotKind>>,
    /// With as many names as seats, several.
    pub without_surplus: Parameter<BallotKind>,
    /// With one name.
    pub single: Parameter<BallotKind>,
    /// Of several names about whom opinions are asked or who are introduced;
    /// `None`: as without surplus.
    #[serde(default)]
    pub preliminary: Option<Parameter<BallotKind>>,
    /// Whose stamp a paper bears, in its frame; `None`: the frame says nothing of
    /// whose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stamp_vi: Option<String>,
    /// Whose stamp the paper of a branch bears, where it has none of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branch_stamp_vi: Option<String>,
}

/// What tells whether a ballot falls under a criterion.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Test {
    /// More names left or marked than seats (I2).
    TooMany,
    /// Nobody voted for on a list with surplus (I3).
    Nobody,
    /// On a single-name ballot both boxes or none (I4).
    NotOneBox,
    /// For one person of several both boxes or none (V4).
    PersonNotOneBox,
    /// Not a paper of the counting committee (I1): seen by whoever keys.
    NotIssued,
    /// A name outside the list (I5): seen.
    NameAdded,
    /// Signed, written on, marked, numbered (I6): seen.
    WrittenOn,
    /// Several inks (I6): seen.
    SeveralInks,
    /// Another reason the instrument gives (I7): seen.
    Other,
    /// A mark that can be read in two ways: seen.
    Unclear,
}

/// What a criterion does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The ballot is invalid.
    Invalid,
    /// The ballot is valid and counts nothing for that person.
    NotCountedForPerson,
    /// The counting committee reads the paper and says what it means.
    Committee,
}

/// The code of a criterion, such as `I2`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CriterionCode(pub String);

/// A criterion of validity (§1.5).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The code rulings carry.
    pub code: CriterionCode,
    /// How a ballot falls under it.
    pub test: Test,
    /// What follows.
    pub effect: Effect,
    /// What it says, in Vietnamese.
    pub text_vi: String,
    /// What it says, in English.
    pub text_en: String,
    /// The article.
    pub source: String,
    /// Whether somebody saw the wording.
    pub confirmed: bool,
}

/// What the votes are held against.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DenominatorKind {
    /// Those convened, less the exclusions.
    Convened,
    /// Those present.
    Present,
    /// Ballots collected, valid or not.
    BallotsCollected,
    /// Valid ballots.
    ValidBallots,
}

/// The code of an exclusion, such as `suspended`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExclusionCode(pub String);

/// People who were convened and do not stand in the denominator.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// The code attendance carries.
    pub code: ExclusionCode,
    /// Who, in Vietnamese.
    pub text_vi: String,
    /// Who, in English.
    pub text_en: String,
    /// Whether some of them may stand in it nevertheless: an alternate replaces
    /// (R2), the exempted member came (R8).
    #[serde(default)]
    pub may_be_counted: bool,
    /// The article.
    pub source: String,
    /// Whether somebody saw the wording.
    pub confirmed: bool,
}

/// The denominator where one body votes.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DenominatorRule {
    /// Who votes.
    pub body: Body,
    /// What the votes are held against.
    pub kind: Parameter<DenominatorKind>,
    /// Who leaves it.
    #[serde(default)]
    pub exclusions: Vec<Exclusion>,
}

/// What follows a tie across the last seat.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// A further ballot among the tied; the most votes are enough (R20).
    RunOff,
    /// The lot.
    Lot,
    /// Those who elect decide how to go on.
    Decision,
}

/// Alternates on the common list with the delegates (Điều 18).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlternatesRule {
    /// The office that has alternates.
    pub office: Office,
    /// Whether those who passed and found no seat become alternates in the
    /// order of votes only by decision of the congress.
    pub by_decision: Parameter<bool>,
}

/// What follows the vote (§1.10).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustodyRules {
    /// Months the sealed ballots are kept (R41).
    pub keep_months: Parameter<u16>,
    /// Whether destroying them needs a decision (R41).
    pub destruction_by_decision: Parameter<bool>,
    /// Working days from the closing within which one may complain (R40).
    #[serde(default)]
    pub complaint_working_days: Option<Parameter<u16>>,
    /// Working days from the closing within which the result is reported (R39).
    #[serde(default)]
    pub report_working_days: Option<Parameter<u16>>,
    /// Working days from receipt within which it is ratified (R39).
    #[serde(default)]
    pub ratify_working_days: Option<Parameter<u16>>,
}
