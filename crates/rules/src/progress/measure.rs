//! The measures.

use std::ops::{Add, AddAssign, Index, IndexMut};

use serde::Serialize;

use crate::congress::State;

/// What is counted. The first ten are the states of congresses that count
/// towards the total; each congress is in exactly one of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Measure {
    /// Congresses of which nothing is known yet.
    Expected,
    /// Congresses that lost their day.
    Postponed,
    /// Congresses with a day, not yet prepared.
    Dated,
    /// Prepared, not yet reviewed.
    Prepared,
    /// Reviewed by the superior, not yet held.
    Reviewed,
    /// Held, the report is missing.
    Held,
    /// Reported, not yet confirmed.
    Reported,
    /// The report went back for rework.
    Returned,
    /// Report confirmed, result not yet ratified.
    Confirmed,
    /// Result ratified.
    Ratified,
    /// Not held although the deadline has passed.
    Late,
    /// Not held although its own planned day has passed.
    Overdue,
    /// Not held and planned within the next fourteen days (today included).
    Soon,
    /// Members of the units whose congress is expected.
    Members,
    /// Members of the units whose congress was held.
    MembersHeld,
    /// People convened to the congresses held.
    Convened,
    /// Of these, present.
    Present,
    /// Elected to committees.
    Elected,
    /// Delegates elected to the congress above.
    Delegates,
    /// Opinions gathered.
    Opinions,
    /// Congresses whose planned day has come.
    PlannedBy,
    /// Congresses whose deadline has come.
    DueBy,
}

/// How many measures there are.
pub const MEASURES: usize = 22;

/// How many days ahead [`Measure::Soon`] looks.
pub const SOON_DAYS: i32 = 14;

impl Measure {
    /// Every measure, in the order of storage.
    pub const ALL: [Self; MEASURES] = [
        Self::Expected,
        Self::Postponed,
        Self::Dated,
        Self::Prepared,
        Self::Reviewed,
        Self::Held,
        Self::Reported,
        Self::Returned,
        Self::Confirmed,
        Self::Ratified,
        Self::Late,
        Self::Overdue,
        Self::Soon,
        Self::Members,
        Self::MembersHeld,
        Self::Convened,
        Self::Present,
        Self::Elected,
        Self::Delegates,
        Self::Opinions,
        Self::PlannedBy,
        Self::DueBy,
    ];

    /// The measure that counts congresses in this state; none for congresses
    /// that no longer count towards the total.
    #[must_use]
    pub fn of_state(state: State) -> Option<Self> {
        Some(match state {
            State::Expected => Self::Expected,
            State::Postponed => Self::Postponed,
            State::Dated => Self::Dated,
            State::Prepared => Self::Prepared,
            State::Reviewed => Self::Reviewed,
            State::Held => Self::Held,
            State::Reported => Self::Reported,
            State::Returned => Self::Returned,
            State::Confirmed => Self::Confirmed,
            State::Ratified => Self::Ratified,
            State::Cancelled | State::HandedOver => return None,
        })
    }

    /// The measure stored at this place.
    #[must_use]
    pub fn at(place: u8) -> Option<Self> {
        Self::ALL.get(usize::from(place)).copied()
    }
}

/// One value for each measure.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counts([i64; MEASURES]);

impl Counts {
    /// Congresses that count towards the total (y).
    #[must_use]
    pub fn total(&self) -> i64 {
        self.0[..=Measure::Ratified as usize].iter().sum()
    }

    /// Congresses that have met (x).
    #[must_use]
    pub fn held(&self) -> i64 {
        use Measure::{Confirmed, Held, Ratified, Reported};
        [Held, Reported, Confirmed, Ratified]
            .into_iter()
            .map(|measure| self[measure])
            .sum()
    }

    /// Congresses still to be held.
    #[must_use]
    pub fn remaining(&self) -> i64 {
        self.total() - self.held()
    }

    /// Whether every congress that counts has met, and there is one.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.total() > 0 && self.remaining() == 0
    }
}

impl Index<Measure> for Counts {
    type Output = i64;
    fn index(&self, measure: Measure) -> &i64 {
        &self.0[measure as usize]
    }
}

impl IndexMut<Measure> for Counts {
    fn index_mut(&mut self, measure: Measure) -> &mut i64 {
        &mut self.0[measure as usize]
    }
}

impl AddAssign<&Counts> for Counts {
    fn add_assign(&mut self, other: &Counts) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine += theirs;
        }
    }
}

impl Add for Counts {
    type Output = Self;
    fn add(mut self, other: Self) -> Self {
        self += &other;
        self
    }
}
