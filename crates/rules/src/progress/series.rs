//! Series of dated differences.

use std::collections::BTreeMap;
use std::fmt;

use super::measure::{Counts, Measure};
use crate::Day;
use crate::org::{Kind, Level};

/// Which units of a level a group counts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Facet {
    /// All of them.
    All,
    /// Those of a kind.
    Kind(Kind),
    /// Pilot congresses.
    Pilot,
    /// Trials.
    Trial,
}

impl Facet {
    pub(super) fn code(&self) -> String {
        match self {
            Self::All => "*".to_owned(),
            Self::Kind(kind) => format!("k{kind}"),
            Self::Pilot => "pilot".to_owned(),
            Self::Trial => "trial".to_owned(),
        }
    }

    pub(super) fn read(code: &str) -> Option<Self> {
        Some(match code {
            "*" => Self::All,
            "pilot" => Self::Pilot,
            "trial" => Self::Trial,
            _ => Self::Kind(Kind(code.strip_prefix('k')?.to_owned())),
        })
    }
}

/// A group of units: a level, and which of its units.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct GroupKey {
    /// The level.
    pub level: Level,
    /// Which of its units.
    pub facet: Facet,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Step {
    pub(super) day: Day,
    pub(super) measure: u8,
    pub(super) amount: i64,
}

/// Differences by day and measure. Settled: ordered, one for each day and
/// measure, none of them zero; so equal figures have equal series.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Series {
    pub(super) steps: Vec<Step>,
}

impl Series {
    /// Notes a difference; [`Series::settle`] puts it in its place.
    pub fn push(&mut self, day: Day, measure: Measure, amount: i64) {
        self.steps.push(Step {
            day,
            measure: measure as u8,
            amount,
        });
    }

    /// Notes another series' differences, times `factor`.
    pub fn push_all(&mut self, other: &Self, factor: i64) {
        self.steps.extend(other.steps.iter().map(|step| Step {
            amount: step.amount * factor,
            ..*step
        }));
    }

    /// Orders the differences, adds those of one day and measure, drops zeros.
    pub fn settle(&mut self) {
        self.steps.sort_by_key(|step| (step.day, step.measure));
        let mut kept: Vec<Step> = Vec::with_capacity(self.steps.len());
        for step in self.steps.drain(..) {
            match kept.last_mut() {
                Some(last) if (last.day, last.measure) == (step.day, step.measure) => {
                    last.amount += step.amount;
                }
                _ => kept.push(step),
            }
        }
        kept.retain(|step| step.amount != 0);
        self.steps = kept;
    }

    /// Whether nothing was ever counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The values on a day.
    #[must_use]
    pub fn on(&self, day: Day) -> Counts {
        let mut counts = Counts::default();
        for step in self.steps.iter().take_while(|step| step.day <= day) {
            if let Some(measure) = Measure::at(step.measure) {
                counts[measure] += step.amount;
            }
        }
        counts
    }

    /// The values from each day on which one of them changes.
    #[must_use]
    pub fn by_day(&self) -> Vec<(Day, Counts)> {
        let mut days: Vec<(Day, Counts)> = Vec::new();
        let mut counts = Counts::default();
        for step in &self.steps {
            if let Some(measure) = Measure::at(step.measure) {
                counts[measure] += step.amount;
            }
            match days.last_mut() {
                Some((day, last)) if *day == step.day => *last = counts,
                _ => days.push((step.day, counts)),
            }
        }
        days
    }
}

/// The groups of one node.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// Each group's series.
    pub groups: BTreeMap<GroupKey, Series>,
}

/// Stored counters that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stored counters are damaged; `plenum doctor --repair` rebuilds them")
    }
}

impl std::error::Error for Damaged {}

impl Tally {
    /// Adds another tally's differences, times `factor`, and settles.
    pub fn add(&mut self, other: &Self, factor: i64) {
        for (key, series) in &other.groups {
            let mine = self.groups.entry(key.clone()).or_default();
            mine.push_all(series, factor);
            mine.settle();
        }
        self.groups.retain(|_, series| !series.is_empty());
    }

    /// Settles every series and drops empty groups.
    pub fn settle(&mut self) {
        self.groups.values_mut().for_each(Series::settle);
        self.groups.retain(|_, series| !series.is_empty());
    }
}
