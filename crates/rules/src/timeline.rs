//! A value that changes on certain days, and the stretches of days on which
//! something holds. Every dated fact of the product is one of these two.

use serde::{Deserialize, Serialize};

use crate::Day;

/// A stretch of days: from its first day up to, not including, its end.
/// Without an end it goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    /// The first day.
    pub from: Day,
    /// The first day that no longer belongs to it.
    pub until: Option<Day>,
}

impl Span {
    /// From a day on, without end.
    #[must_use]
    pub fn from(from: Day) -> Self {
        Self { from, until: None }
    }

    /// Whether the day belongs to the stretch.
    #[must_use]
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// The days both stretches have, `None` where they share none.
    #[must_use]
    pub fn meet(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let until = earlier_end(self.until, other.until);
        (until.is_none_or(|until| from < until)).then_some(Self { from, until })
    }

    /// The stretch without what lies on or after `day`.
    #[must_use]
    pub fn before(self, day: Option<Day>) -> Option<Self> {
        let until = earlier_end(self.until, day);
        (until.is_none_or(|until| self.from < until)).then_some(Self {
            from: self.from,
            until,
        })
    }
}

/// The earlier of two ends, where `None` is "never".
#[must_use]
pub fn earlier_end(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (some, None) | (None, some) => some,
    }
}

/// A value for each day: steps ordered by day, each holding until the next.
/// Before the first step there is no value.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Timeline<T> {
    steps: Vec<(Day, T)>,
}

impl<T> Default for Timeline<T> {
    fn default() -> Self {
        Self { steps: Vec::new() }
    }
}

impl<T: PartialEq> Timeline<T> {
    /// A value that holds from a day on.
    #[must_use]
    pub fn starting(day: Day, value: T) -> Self {
        Self {
            steps: vec![(day, value)],
        }
    }

    /// Sets the value from `day` on, up to the next step that already stands.
    /// A step on the same day is replaced. Equal neighbours become one.
    pub fn set(&mut self, day: Day, value: T) {
        match self.steps.binary_search_by_key(&day, |(day, _)| *day) {
            Ok(place) => self.steps[place].1 = value,
            Err(place) => self.steps.insert(place, (day, value)),
        }
        self.steps.dedup_by(|later, earlier| later.1 == earlier.1);
    }

    /// The value on a day.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<&T> {
        let place = self.steps.partition_point(|(from, _)| *from <= day);
        place.checked_sub(1).map(|place| &self.steps[place].1)
    }

    /// The steps with the days on which each holds, in order.
    pub fn spans(&self) -> impl Iterator<Item = (Span, &T)> {
        self.steps.iter().enumerate().map(|(place, (from, value))| {
            let until = self.steps.get(place + 1).map(|(day, _)| *day);
            (Span { from: *from, until }, value)
        })
    }

    /// Whether there is no step at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i64) -> Day {
        Day::from_number(number).unwrap()
    }

    #[test]
    fn a_value_holds_until_the_next_step() {
        let mut name = Timeline::starting(day(10), "Chi bộ 3");
        name.set(day(20), "Chi bộ 3A");
        name.set(day(15), "Chi bộ 3");
        assert_eq!(name.on(day(9)), None);
        assert_eq!(name.on(day(10)), Some(&"Chi bộ 3"));
        assert_eq!(name.on(day(19)), Some(&"Chi bộ 3"));
        assert_eq!(name.on(day(20)), Some(&"Chi bộ 3A"));
        assert_eq!(name.spans().count(), 2, "equal neighbours are one step");
    }

    #[test]
    fn stretches_meet_where_both_hold() {
        let winter = Span {
            from: day(0),
            until: Some(day(10)),
        };
        assert_eq!(
            winter.meet(Span::from(day(4))),
            Some(Span {
                from: day(4),
                until: Some(day(10))
            })
        );
        assert_eq!(winter.meet(Span::from(day(10))), None);
        assert_eq!(winter.before(Some(day(0))), None);
        assert!(winter.holds(day(9)) && !winter.holds(day(10)));
    }
}
