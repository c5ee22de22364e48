//! What the rules make of a ballot.

use super::{Ballot, BallotKind, Layout, Marks, Names, Remark};
use crate::voting::profile::{Criterion, CriterionCode, Effect, ElectionRules, Test};

/// What the rules say of a ballot before anybody rules on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It counts.
    Valid,
    /// It falls under a criterion that rests on somebody's eye or that nobody
    /// confirmed: the counting committee rules on it.
    Doubtful(CriterionCode),
    /// The numbers and a confirmed criterion make it invalid; the counting
    /// committee still puts its name to it (Điều 8).
    Invalid(CriterionCode),
}

/// A ballot read by the rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Whether it counts.
    pub verdict: Verdict,
    /// Whom it is for, if it counts.
    pub votes: Names,
    /// Whom it is against (box to disagree), if it counts.
    pub against: Names,
    /// For whom it counts nothing though it is valid (R14).
    pub not_counted: Names,
    /// The criterion of that, where somebody is concerned.
    pub person_criterion: Option<CriterionCode>,
}

/// Reads a ballot by the rules (R12 to R16). The ballot must be of the layout
/// ([`Ballot::check`]).
#[must_use]
pub fn read(rules: &ElectionRules, layout: &Layout, ballot: &Ballot) -> Reading {
    let mut tests: Vec<Test> = ballot.remarks.iter().map(Remark::test).collect();
    let mut against = Names::NONE;
    let mut not_counted = Names::NONE;
    let votes = match &ballot.marks {
        Marks::Struck(struck) => {
            let left = layout.all().without(*struck);
            if left.count() > u32::from(layout.seats) {
                tests.push(Test::TooMany);
            } else if left.is_empty() {
                tests.push(Test::Nobody);
            }
            left
        }
        Marks::Boxes { agree, disagree } => {
            against = disagree.without(*agree);
            not_counted = layout
                .all()
                .without(agree.or(*disagree))
                .or(agree.and(*disagree));
            if layout.kind == BallotKind::SingleName && !not_counted.is_empty() {
                tests.push(Test::NotOneBox);
            }
            agree.without(*disagree)
        }
        Marks::Order(order) => {
            if order.is_empty() {
                tests.push(Test::Nobody);
            }
            order.first().copied().into_iter().collect()
        }
    };
    let person_criterion = (!not_counted.is_empty())
        .then(|| rules.criterion_for(Test::PersonNotOneBox))
        .flatten()
        .map(|criterion| criterion.code.clone());
    Reading {
        verdict: verdict(rules, &tests),
        votes,
        against,
        not_counted,
        person_criterion,
    }
}

/// The gravest of the tests met: what makes invalid for certain first. A test
/// without a criterion in the profile means nothing there.
fn verdict(rules: &ElectionRules, tests: &[Test]) -> Verdict {
    let met = || {
        tests
            .iter()
            .filter_map(|test| rules.criterion_for(*test))
            .filter(|criterion| criterion.effect != Effect::NotCountedForPerson)
    };
    let certain = |criterion: &&Criterion| {
        criterion.confirmed
            && criterion.effect == Effect::Invalid
            && matches!(
                criterion.test,
                Test::TooMany | Test::Nobody | Test::NotOneBox
            )
    };
    if let Some(criterion) = met().find(certain) {
        return Verdict::Invalid(criterion.code.clone());
    }
    met().next().map_or(Verdict::Valid, |criterion| {
        Verdict::Doubtful(criterion.code.clone())
    })
}
