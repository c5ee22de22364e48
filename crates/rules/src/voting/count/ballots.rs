//! The ballots of an election in memory: a great many plain ones as bare
//! masks, the few others one by one with their rulings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bits;
use super::ranked::Order;
use super::tally::Tally;
use crate::voting::ballot::{Ballot, BallotKind, Layout, Marks, Names};
use crate::voting::profile::{CriterionCode, ElectionRules, Test};
use crate::voting::refusal::Refusal;
use crate::voting::unconfirmed::Uses;

/// The most ballots a count takes.
pub const MOST_BALLOTS: u64 = 100_000_000;
/// Masks gathered before their columns are counted.
const BLOCK: usize = 32_768;

/// What the counting committee ruled on a ballot (Điều 8). Who and when stand
/// in the election's record, not with the ballot.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// Whether it counts.
    pub valid: bool,
    /// Under which criterion it was looked at.
    pub criterion: CriterionCode,
    /// What the marks mean, where the committee read them otherwise than they
    /// were keyed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<Marks>,
}

/// Ballots alike in everything, with their ruling.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Looked {
    /// The ballot.
    pub ballot: Ballot,
    /// What was ruled; `None`: nothing yet.
    pub ruling: Option<Ruling>,
    /// How many.
    pub times: u64,
}

/// Sets of names, many of them: eight bytes each where the list has at most 64
/// names.
#[derive(Clone, Default, Debug)]
struct Masks {
    low: Vec<u64>,
    high: Vec<u64>,
}

impl Masks {
    fn push(&mut self, names: Names, wide: bool, times: usize) {
        let (low, high) = halves(names);
        self.low.resize(self.low.len() + times, low);
        if wide {
            self.high.resize(self.high.len() + times, high);
        }
    }

    fn iter(&self) -> impl Iterator<Item = Names> {
        let high = self.high.iter().copied().chain(std::iter::repeat(0));
        self.low
            .iter()
            .zip(high)
            .map(|(low, high)| Names::from_bits(u128::from(*low) | u128::from(high) << 64))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the two halves of 128 bits, each of 64"
)]
fn halves(names: Names) -> (u64, u64) {
    (names.bits() as u64, (names.bits() >> 64) as u64)
}

/// From so many on, ballots that are alike are kept as one with their number.
const MANY: u64 = 16;

/// The ballots of one election. Their order is of no meaning.
#[derive(Clone, Debug)]
pub struct Ballots {
    layout: Layout,
    /// Struck, or box to agree marked.
    first: Masks,
    /// Box to disagree marked.
    second: Masks,
    orders: BTreeMap<Order, u64>,
    /// Those somebody remarked or ruled on, and plain ones added many at once.
    looked: BTreeMap<(Ballot, Option<Ruling>), u64>,
    total: u64,
}

impl Ballots {
    /// No ballots yet.
    ///
    /// # Errors
    /// [`Refusal::LayoutImpossible`].
    pub fn new(layout: Layout) -> Result<Self, Refusal> {
        layout.check()?;
        Ok(Self {
            layout,
            first: Masks::default(),
            second: Masks::default(),
            orders: BTreeMap::new(),
            looked: BTreeMap::new(),
            total: 0,
        })
    }

    /// The paper they are on.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Adds `times` ballots that are alike, with what was ruled on them.
    ///
    /// # Errors
    /// As [`Ballot::check`]; [`Refusal::OtherLayout`] also for a ruling whose
    /// meaning is not of the layout; [`Refusal::TooLarge`].
    pub fn add(
        &mut self,
        ballot: Ballot,
        ruling: Option<Ruling>,
        times: u64,
    ) -> Result<(), Refusal> {
        ballot.check(&self.layout)?;
        if let Some(meaning) = ruling.as_ref().and_then(|ruling| ruling.meaning.clone()) {
            Ballot::plain(meaning).check(&self.layout)?;
        }
        let total = self.total.checked_add(times);
        self.total = total
            .filter(|total| *total <= MOST_BALLOTS)
            .ok_or(Refusal::TooLarge)?;
        if ruling.is_some() || !ballot.remarks.is_empty() || times >= MANY {
            *self.looked.entry((ballot, ruling)).or_default() += times;
            return Ok(());
        }
        let wide = self.layout.names > 64;
        let count = usize::try_from(times).map_err(|_| Refusal::TooLarge)?;
        match ballot.marks {
            Marks::Struck(struck) => self.first.push(struck, wide, count),
            Marks::Boxes { agree, disagree } => {
                self.first.push(agree, wide, count);
                self.second.push(disagree, wide, count);
            }
            Marks::Order(order) => *self.orders.entry(order).or_default() += times,
        }
        Ok(())
    }

    /// How many ballots.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.total
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn looked(&self) -> impl Iterator<Item = Looked> + '_ {
        self.looked.iter().map(|((ballot, ruling), times)| Looked {
            ballot: ballot.clone(),
            ruling: ruling.clone(),
            times: *times,
        })
    }

    /// Every ballot, alike ones together, in an order that says nothing about
    /// when they were keyed.
    #[must_use]
    pub fn sorted(&self) -> Vec<Looked> {
        let mut all: BTreeMap<(Ballot, Option<Ruling>), u64> = self.looked.clone();
        let mut add = |marks, times| {
            *all.entry((Ballot::plain(marks), None)).or_default() += times;
        };
        match self.layout.kind {
            BallotKind::StrikeOut => self.first.iter().for_each(|struck| {
                add(Marks::Struck(struck), 1);
            }),
            BallotKind::AgreeDisagree | BallotKind::SingleName => {
                for (agree, disagree) in self.first.iter().zip(self.second.iter()) {
                    add(Marks::Boxes { agree, disagree }, 1);
                }
            }
            BallotKind::Ranked => {
                for (order, times) in &self.orders {
                    add(Marks::Order(order.clone()), *times);
                }
            }
        }
        all.into_iter()
            .map(|((ballot, ruling), times)| Looked {
                ballot,
                ruling,
                times,
            })
            .collect()
    }

    /// Counts them by the rules (R12 to R15).
    ///
    /// # Errors
    /// [`Refusal::CriterionUnknown`], [`Refusal::RulingAgainstRule`].
    pub fn tally(&self, rules: &ElectionRules, uses: &mut Uses) -> Result<Tally, Refusal> {
        let mut tally = Tally::empty(self.layout.names);
        match self.layout.kind {
            BallotKind::StrikeOut => self.tally_struck(rules, &mut tally),
            BallotKind::AgreeDisagree | BallotKind::SingleName => {
                self.tally_boxes(rules, &mut tally);
            }
            BallotKind::Ranked => {
                for (order, times) in &self.orders {
                    let ballot = Ballot::plain(Marks::Order(order.clone()));
                    tally.add(rules, &self.layout, &ballot, *times);
                }
            }
        }
        for looked in self.looked() {
            tally.add_looked(rules, &self.layout, &looked, uses)?;
        }
        if tally.not_counted.iter().any(|times| *times > 0) {
            note_criterion(rules, Test::PersonNotOneBox, uses);
        }
        Ok(tally)
    }

    fn tally_struck(&self, rules: &ElectionRules, tally: &mut Tally) {
        let all = self.layout.all();
        let most = u32::from(self.layout.seats);
        let least = u32::from(rules.criterion_for(Test::Nobody).is_some());
        let total = self.first.low.len() as u64;
        if self.layout.names <= 64 {
            let (all, _) = halves(all);
            let counted = bits::columns(&self.first.low, |struck| {
                let left = all & !struck;
                let count = left.count_ones();
                (
                    left,
                    u64::from(count >= least && count <= most).wrapping_neg(),
                )
            });
            for (votes, count) in tally.votes.iter_mut().zip(counted.counts) {
                *votes += count;
            }
            tally.valid += counted.selected;
        } else {
            let mut block = Block::default();
            for left in self.first.iter().map(|struck| all.without(struck)) {
                if (least..=most).contains(&left.count()) {
                    tally.valid += 1;
                    block.push(left, &mut tally.votes);
                }
            }
            block.finish(&mut tally.votes);
        }
        if tally.valid < total {
            let (low, high) = halves(all);
            let nobody = if least == 0 {
                0
            } else if self.layout.names <= 64 {
                let rows = self.first.low.iter();
                rows.filter(|struck| low & !**struck == 0).count()
            } else {
                let rows = self.first.low.iter().zip(&self.first.high);
                rows.filter(|(one, other)| (low & !**one) | (high & !**other) == 0)
                    .count()
            };
            let nobody = nobody as u64;
            tally.wait(rules, Test::Nobody, nobody);
            tally.wait(rules, Test::TooMany, total - tally.valid - nobody);
        }
    }

    fn tally_boxes(&self, rules: &ElectionRules, tally: &mut Tally) {
        let all = self.layout.all();
        let one_box = self.layout.kind == BallotKind::SingleName
            && rules.criterion_for(Test::NotOneBox).is_some();
        let mut waiting = 0;
        let (mut for_them, mut against, mut neither) =
            (Block::default(), Block::default(), Block::default());
        for (agree, disagree) in self.first.iter().zip(self.second.iter()) {
            let not_counted = all.without(agree.or(disagree)).or(agree.and(disagree));
            if one_box && !not_counted.is_empty() {
                waiting += 1;
                continue;
            }
            tally.valid += 1;
            for_them.push(agree.without(disagree), &mut tally.votes);
            against.push(disagree.without(agree), &mut tally.against);
            neither.push(not_counted, &mut tally.not_counted);
        }
        for_them.finish(&mut tally.votes);
        against.finish(&mut tally.against);
        neither.finish(&mut tally.not_counted);
        tally.wait(rules, Test::NotOneBox, waiting);
    }
}

/// Masks on their way to the column count.
#[derive(Default)]
struct Block {
    low: Vec<u64>,
    high: Vec<u64>,
}

impl Block {
    fn push(&mut self, names: Names, into: &mut [u64]) {
        let (low, high) = halves(names);
        self.low.push(low);
        self.high.push(high);
        if self.low.len() == BLOCK {
            self.flush(into);
        }
    }

    fn flush(&mut self, into: &mut [u64]) {
        let (low, high) = into.split_at_mut(into.len().min(bits::COLUMNS));
        for (part, rows) in [(low, &self.low), (high, &self.high)] {
            if !part.is_empty() {
                let counted = bits::columns(rows, |row| (row, u64::MAX));
                for (sum, count) in part.iter_mut().zip(counted.counts) {
                    *sum += count;
                }
            }
        }
        self.low.clear();
        self.high.clear();
    }

    fn finish(mut self, into: &mut [u64]) {
        self.flush(into);
    }
}

fn note_criterion(rules: &ElectionRules, test: Test, uses: &mut Uses) {
    let place = rules.criteria.iter().position(|each| each.test == test);
    if let Some(place) = place
        && !rules.criteria[place].confirmed
    {
        uses.add(&format!("criteria[{place}]"), &rules.criteria[place].source);
    }
}
