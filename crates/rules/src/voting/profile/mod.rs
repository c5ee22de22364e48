//! The rules of elections as one instrument set them, as data.
//!
//! Another crate reads the file; [`ElectionRules::check`] says what is wrong
//! with it, by the name of the field. What nobody could confirm is marked in
//! the file, and a count says so wherever it decided something.

mod check;
mod offices;
mod parameters;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use offices::{
    Body, ChainRule, ContentNeeded, Electorate, Exhausted, OfficeRule, OpinionBallot, RoundsRule,
    SeatsBy, Shape, StepRule, SurplusDemand, VoteForm,
};
pub use parameters::{
    AlternatesRule, BallotRules, Criterion, CriterionCode, CustodyRules, DenominatorKind,
    DenominatorRule, Effect, Exclusion, ExclusionCode, NominationRules, Share, SmallCommittee,
    SurplusRules, Test, TieRule,
};

use super::ballot::BallotKind;
use super::unconfirmed::Uses;
use crate::Day;
use crate::congress::{Contents, Form};
use crate::profile::Parameter;
use crate::season::InstrumentKey;

/// An office by its code, such as `branch_committee`; the profile names it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Office(pub String);

impl fmt::Display for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The rules of elections as one instrument set them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ElectionRules {
    /// The name in files and archives, such as `vn-party-190`.
    pub id: String,
    /// The organisation: of one family the later version replaces the earlier.
    pub family: String,
    /// The name on a Vietnamese screen and paper.
    pub name_vi: String,
    /// The name on an English screen.
    pub name_en: String,
    /// The first day on which it is in force.
    pub valid_from: Day,
    /// More than so much of the denominator elects.
    pub threshold: Parameter<Share>,
    /// What follows a tie across the last seat.
    pub tie: Parameter<TieRule>,
    /// The instrument, never by its number alone (rules.md §1.0).
    pub instrument: InstrumentKey,
    /// Further ballots, for offices without a rule of their own.
    pub rounds: RoundsRule,
    /// Who may nominate and stand.
    pub nomination: NominationRules,
    /// How much longer than the seats a list may be.
    pub surplus: SurplusRules,
    /// Which ballot an election has.
    pub ballot: BallotRules,
    /// Alternates.
    #[serde(default)]
    pub alternates: Option<AlternatesRule>,
    /// What follows the vote.
    pub custody: CustodyRules,
    /// The offices.
    pub offices: Vec<OfficeRule>,
    /// The chains of elections.
    pub chains: Vec<ChainRule>,
    /// The denominators, by who votes.
    pub denominators: Vec<DenominatorRule>,
    /// The criteria of validity.
    pub criteria: Vec<Criterion>,
}

impl ElectionRules {
    /// The rules of an office.
    #[must_use]
    pub fn office(&self, code: &Office) -> Option<&OfficeRule> {
        self.offices.iter().find(|rule| rule.code == *code)
    }

    /// The offices a congress of this form and contents elects or appoints by
    /// vote (R44: nothing that belongs to a content it does not hold; R45: the
    /// credentials board at a delegates' congress only).
    pub fn offices_at(&self, form: Form, contents: Contents) -> impl Iterator<Item = &OfficeRule> {
        self.offices
            .iter()
            .filter(move |rule| rule.forms.is_empty() || rule.forms.contains(&form))
            .filter(move |rule| rule.is_held(contents))
    }

    /// The denominator where this body votes.
    #[must_use]
    pub fn denominator(&self, body: Body) -> Option<(usize, &DenominatorRule)> {
        self.denominators
            .iter()
            .enumerate()
            .find(|(_, rule)| rule.body == body)
    }

    /// The criterion of a code, with its place in the file.
    #[must_use]
    pub fn criterion(&self, code: &CriterionCode) -> Option<(usize, &Criterion)> {
        self.criteria
            .iter()
            .enumerate()
            .find(|(_, criterion)| criterion.code == *code)
    }

    /// The criterion a test belongs to.
    #[must_use]
    pub fn criterion_for(&self, test: Test) -> Option<&Criterion> {
        self.criteria
            .iter()
            .find(|criterion| criterion.test == test)
    }

    /// The ballot of a list of `names` for `seats` (§1.4: with surplus a
    /// strike-out list, without it four columns), and the field that says so.
    #[must_use]
    pub fn ballot_kind(&self, names: u32, seats: u32) -> (&'static str, &Parameter<BallotKind>) {
        let several = self.ballot.one_of_several.as_ref();
        match several.filter(|_| names > seats && seats == 1) {
            Some(kind) => ("ballot.one_of_several", kind),
            None if names > seats => ("ballot.with_surplus", &self.ballot.with_surplus),
            None if names == 1 => ("ballot.single", &self.ballot.single),
            None => ("ballot.without_surplus", &self.ballot.without_surplus),
        }
    }

    /// The ballot of an opinion or introduction ballot, and the field that says
    /// so: each name is asked about on its own.
    #[must_use]
    pub fn preliminary_kind(&self, names: u32) -> (&'static str, &Parameter<BallotKind>) {
        let several = self.ballot.preliminary.as_ref();
        match (names, several) {
            (2.., Some(kind)) => ("ballot.preliminary", kind),
            _ => self.ballot_kind(names, names),
        }
    }

    /// How many ballots an office may take.
    #[must_use]
    pub fn rounds_of(&self, office: &Office) -> &RoundsRule {
        self.office(office)
            .and_then(|rule| rule.rounds.as_ref())
            .unwrap_or(&self.rounds)
    }

    /// The most names beyond the seats (R23: 30 % rounded down, one for three
    /// to five seats, and never less than a list that must be longer needs);
    /// `None` where there is no cap.
    #[must_use]
    pub fn surplus_cap(&self, seats: u32) -> Option<u32> {
        self.surplus_cap_from(seats).map(|cap| cap.most)
    }

    /// The cap, and the field it comes from.
    pub(super) fn surplus_cap_from(&self, seats: u32) -> Option<Cap<'_>> {
        if let Some(small) = &self.surplus.small
            && let Some(most) = self.small_cap(seats)
        {
            return Some(Cap::of(most, "surplus.small", small));
        }
        let permille = self.surplus.cap_permille.as_ref()?;
        let cap = u64::from(seats) * u64::from(permille.value) / 1000;
        let cap = u32::try_from(cap).unwrap_or(u32::MAX);
        if let Some(least) = &self.surplus.at_least
            && cap < least.value
        {
            return Some(Cap::of(least.value, "surplus.at_least", least));
        }
        Some(Cap::of(cap, "surplus.cap_permille", permille))
    }

    fn small_cap(&self, seats: u32) -> Option<u32> {
        let small = &self.surplus.small.as_ref()?.value;
        let applies = (small.from..=small.to).contains(&seats);
        applies.then_some(small.most)
    }

    /// The surplus the convening committee is advised to prepare (R24), least
    /// and most; least above most where no whole number lies in the band. None
    /// for a number of seats with a cap of its own.
    #[must_use]
    pub fn preparation_band(&self, seats: u32) -> Option<(u32, u32)> {
        if self.small_cap(seats).is_some() {
            return None;
        }
        let [low, high] = self.surplus.band_permille.as_ref()?.value;
        let least = (u64::from(seats) * u64::from(low)).div_ceil(1000);
        let most = u64::from(seats) * u64::from(high) / 1000;
        let whole = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Some((whole(least), whole(most)))
    }
}

/// The most names beyond the seats, and what of the rules says so.
pub(super) struct Cap<'a> {
    pub most: u32,
    pub field: &'static str,
    pub source: &'a str,
    pub confirmed: bool,
}

impl<'a> Cap<'a> {
    fn of<T>(most: u32, field: &'static str, parameter: &'a Parameter<T>) -> Self {
        Self {
            most,
            field,
            source: &parameter.source,
            confirmed: parameter.confirmed,
        }
    }

    /// Notes that it decided something.
    pub fn used(&self, uses: &mut Uses) {
        if !self.confirmed {
            uses.add(self.field, self.source);
        }
    }
}

impl OfficeRule {
    /// Whether the list must be longer than the seats (R23): only such a list
    /// has a cap.
    #[must_use]
    pub fn must_have_surplus(&self) -> bool {
        self.surplus.value == SurplusDemand::Required
    }

    /// Whether a congress of these contents holds it (R44).
    #[must_use]
    pub fn is_held(&self, contents: Contents) -> bool {
        match self.content {
            None => true,
            Some(ContentNeeded::Committee) => contents.committee,
            Some(ContentNeeded::Delegates) => contents.delegates,
        }
    }
}

/// The version of a family's rules in force on a day.
#[must_use]
pub fn in_force<'a>(
    versions: &'a [ElectionRules],
    family: &str,
    day: Day,
) -> Option<&'a ElectionRules> {
    versions
        .iter()
        .filter(|rules| rules.family == family && rules.valid_from <= day)
        .max_by_key(|rules| rules.valid_from)
}
