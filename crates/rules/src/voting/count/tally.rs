//! What ballots or sheets add up to.

use std::collections::BTreeMap;

use super::ballots::Looked;
use super::ranked::Order;
use crate::voting::ballot::{Ballot, Layout, MOST_NAMES, Marks, Remarks, Verdict, read};
use crate::voting::profile::{CriterionCode, Effect, ElectionRules, Test};
use crate::voting::refusal::Refusal;
use crate::voting::unconfirmed::Uses;

/// What ballots or sheets add up to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    /// Votes for each person, in ballot order.
    pub votes: Vec<u64>,
    /// Votes against each (boxes to disagree).
    pub against: Vec<u64>,
    /// Valid ballots that count nothing for the person (R14).
    pub not_counted: Vec<u64>,
    /// Valid ballots.
    pub valid: u64,
    /// Ballots ruled invalid, by criterion.
    pub invalid: BTreeMap<CriterionCode, u64>,
    /// Ballots that wait for a ruling, by criterion; until then they count for
    /// nobody.
    pub awaiting: BTreeMap<CriterionCode, u64>,
    /// Valid ranked ballots, by their order.
    pub orders: BTreeMap<Order, u64>,
}

impl Tally {
    pub(super) fn empty(names: u8) -> Self {
        let names = usize::from(names.min(MOST_NAMES));
        Self {
            votes: vec![0; names],
            against: vec![0; names],
            not_counted: vec![0; names],
            valid: 0,
            invalid: BTreeMap::new(),
            awaiting: BTreeMap::new(),
            orders: BTreeMap::new(),
        }
    }

    /// Ballots counted, valid or not.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.valid + self.invalid.values().sum::<u64>() + self.awaiting.values().sum::<u64>()
    }

    /// Ballots `test` holds back until the committee rules.
    pub(super) fn wait(&mut self, rules: &ElectionRules, test: Test, times: u64) {
        if let Some(criterion) = rules.criterion_for(test).filter(|_| times > 0) {
            *self.awaiting.entry(criterion.code.clone()).or_default() += times;
        }
    }

    /// Adds ballots nobody ruled on.
    pub(super) fn add(
        &mut self,
        rules: &ElectionRules,
        layout: &Layout,
        ballot: &Ballot,
        times: u64,
    ) {
        match read(rules, layout, ballot).verdict {
            Verdict::Valid => self.count(rules, layout, ballot, times),
            Verdict::Doubtful(code) | Verdict::Invalid(code) => {
                *self.awaiting.entry(code).or_default() += times;
            }
        }
    }

    /// Counts ballots as valid.
    fn count(&mut self, rules: &ElectionRules, layout: &Layout, ballot: &Ballot, times: u64) {
        let reading = read(rules, layout, ballot);
        self.valid += times;
        for (names, sums) in [
            (reading.votes, &mut self.votes),
            (reading.against, &mut self.against),
            (reading.not_counted, &mut self.not_counted),
        ] {
            for number in names.iter() {
                sums[number.place()] += times;
            }
        }
        if let Marks::Order(order) = &ballot.marks {
            *self.orders.entry(order.clone()).or_default() += times;
        }
    }

    pub(super) fn add_looked(
        &mut self,
        rules: &ElectionRules,
        layout: &Layout,
        looked: &Looked,
        uses: &mut Uses,
    ) -> Result<(), Refusal> {
        let Some(ruling) = &looked.ruling else {
            self.add(rules, layout, &looked.ballot, looked.times);
            return Ok(());
        };
        let (place, criterion) = rules
            .criterion(&ruling.criterion)
            .filter(|(_, criterion)| criterion.effect != Effect::NotCountedForPerson)
            .ok_or_else(|| Refusal::CriterionUnknown {
                code: ruling.criterion.clone(),
            })?;
        if !criterion.confirmed {
            uses.add(&format!("criteria[{place}]"), &criterion.source);
        }
        if !ruling.valid {
            *self.invalid.entry(criterion.code.clone()).or_default() += looked.times;
            return Ok(());
        }
        let marks = ruling.meaning.as_ref().unwrap_or(&looked.ballot.marks);
        let ballot = Ballot {
            marks: marks.clone(),
            remarks: Remarks::NONE,
        };
        // The committee reads marks; it cannot make an over-vote count.
        if let Verdict::Invalid(criterion) = read(rules, layout, &ballot).verdict {
            return Err(Refusal::RulingAgainstRule { criterion });
        }
        self.count(rules, layout, &ballot, looked.times);
        Ok(())
    }
}
