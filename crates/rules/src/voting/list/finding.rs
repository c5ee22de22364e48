//! What can be found wrong with a list.

use serde::{Deserialize, Serialize};

use crate::PersonId;
use crate::season::Severity;

/// What was found. Closed: every code has a line in `docs/rulebook/voting.md`
/// and a text in every language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    /// The list must be longer than the seats and is not (Điều 14.1).
    SurplusMissing,
    /// The list is longer than the cap allows (R23).
    SurplusTooLarge,
    /// More than thirty percent of those attending must support an outside
    /// nominee, and fewer do (R25).
    SupportTooSmall,
    /// A member of the convening committee nominated outside its list (R26).
    NominatedOutsideList,
    /// A member of the convening committee stands outside its list (R26).
    StandsOutsideList,
    /// A member of the counting committee stands (R27).
    TellerStands,
    /// A probationary member stands.
    NotOfficial,
    /// At a delegates' congress somebody who is no delegate stands for
    /// delegate.
    NotDelegate,
    /// Whoever nominated may not.
    MayNotNominate,
    /// The office is filled from a body the person was not elected to.
    NotInBody,
    /// The opinion ballot on an outside nominee was not held (R59).
    OpinionBallotMissing,
    /// The congress has not decided on a withdrawal.
    WithdrawalUndecided,
    /// More seats than the office may have (R29).
    TooManySeats,
    /// Two people of one name, and a birth date to tell them apart is missing
    /// (R54).
    SameNameNoBirth,
    /// Somebody is nominated twice.
    Twice,
    /// No ballot can have so many names or seats.
    TooLong,
    /// A person of the list is not known.
    Unknown,
    /// The convening committee prepared more or fewer than it is advised to
    /// (R24).
    OutsideBand,
    /// No whole number lies in the band of preparation (R24).
    BandEmpty,
    /// Two people of one name: birth dates are printed (R54).
    SameName,
    /// Fewer names than seats.
    TooFew,
    /// The cap of so few seats is nothing, and the list must be longer: one more
    /// is taken as meant (R23).
    LeastSurplus,
    /// Two people of one name and one birth date (R54).
    SameNameSameBirth,
    /// Somebody holds the office already: at a by-election only others can fill
    /// what is vacant (Điều 28).
    HoldsIt,
    /// Somebody holds an office nobody is known to hold beside this one.
    HoldsOther,
}

impl FindingCode {
    /// Every code, in the order of the rulebook.
    pub const ALL: [Self; 25] = [
        Self::SurplusMissing,
        Self::SurplusTooLarge,
        Self::SupportTooSmall,
        Self::NominatedOutsideList,
        Self::StandsOutsideList,
        Self::TellerStands,
        Self::NotOfficial,
        Self::NotDelegate,
        Self::MayNotNominate,
        Self::NotInBody,
        Self::OpinionBallotMissing,
        Self::WithdrawalUndecided,
        Self::TooManySeats,
        Self::SameNameNoBirth,
        Self::Twice,
        Self::TooLong,
        Self::Unknown,
        Self::OutsideBand,
        Self::BandEmpty,
        Self::SameName,
        Self::TooFew,
        Self::LeastSurplus,
        Self::SameNameSameBirth,
        Self::HoldsIt,
        Self::HoldsOther,
    ];

    /// The code shown to people and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SurplusMissing => "E-VOT-51",
            Self::SurplusTooLarge => "E-VOT-52",
            Self::SupportTooSmall => "E-VOT-53",
            Self::NominatedOutsideList => "E-VOT-54",
            Self::StandsOutsideList => "E-VOT-55",
            Self::TellerStands => "E-VOT-56",
            Self::NotOfficial => "E-VOT-57",
            Self::NotDelegate => "E-VOT-58",
            Self::MayNotNominate => "E-VOT-59",
            Self::NotInBody => "E-VOT-60",
            Self::OpinionBallotMissing => "E-VOT-61",
            Self::WithdrawalUndecided => "E-VOT-63",
            Self::TooManySeats => "E-VOT-64",
            Self::SameNameNoBirth => "E-VOT-65",
            Self::Twice => "E-VOT-66",
            Self::TooLong => "E-VOT-67",
            Self::Unknown => "E-VOT-68",
            Self::OutsideBand => "W-VOT-71",
            Self::BandEmpty => "W-VOT-72",
            Self::SameName => "W-VOT-73",
            Self::TooFew => "W-VOT-74",
            Self::LeastSurplus => "W-VOT-75",
            Self::SameNameSameBirth => "E-VOT-69",
            Self::HoldsIt => "E-VOT-70",
            Self::HoldsOther => "W-VOT-76",
        }
    }

    /// The code of this text.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.code() == code)
    }

    /// How much it weighs.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::OutsideBand
            | Self::BandEmpty
            | Self::SameName
            | Self::TooFew
            | Self::LeastSurplus
            | Self::HoldsOther => Severity::Warns,
            _ => Severity::Blocks,
        }
    }
}

/// Something found.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// What.
    pub code: FindingCode,
    /// About whom, where it is about somebody.
    pub person: Option<PersonId>,
    /// The number that is wrong: names beyond the seats, supporters, seats.
    pub found: Option<u32>,
    /// What it should keep to.
    pub limit: Option<u32>,
    /// The field of the rules, where nobody confirmed the number.
    pub unconfirmed: Option<String>,
}

impl Finding {
    pub(super) fn about(code: FindingCode, person: Option<PersonId>) -> Self {
        Self {
            code,
            person,
            found: None,
            limit: None,
            unconfirmed: None,
        }
    }

    pub(super) fn numbers(self, found: usize, limit: u64) -> Self {
        Self {
            found: Some(u32::try_from(found).unwrap_or(u32::MAX)),
            limit: Some(u32::try_from(limit).unwrap_or(u32::MAX)),
            ..self
        }
    }

    /// Notes that the number comes from a field nobody confirmed.
    pub(super) fn by<T>(self, field: &str, parameter: &crate::profile::Parameter<T>) -> Self {
        Self {
            unconfirmed: (!parameter.confirmed).then(|| field.to_owned()),
            ..self
        }
    }
}
