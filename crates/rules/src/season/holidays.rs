//! Public holidays, and days counted in working days.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::Day;

/// A public holiday.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Holiday {
    /// The name on a Vietnamese screen.
    pub name_vi: String,
    /// The name on an English screen.
    pub name_en: String,
    /// Whether somebody saw the announcement.
    pub confirmed: bool,
}

/// The holidays of some years. Saturdays and Sundays are no holidays, but no
/// working days either, unless worked in exchange for another day.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct HolidayCalendar {
    /// The holidays.
    pub days: BTreeMap<Day, Holiday>,
    /// Weekend days worked in exchange for a day off.
    #[serde(default)]
    pub worked: BTreeSet<Day>,
}

impl HolidayCalendar {
    /// Whether offices work on the day.
    #[must_use]
    pub fn is_working(&self, day: Day) -> bool {
        !self.days.contains_key(&day) && (!is_rest(day) || self.worked.contains(&day))
    }

    /// The first holiday among the days from `first` to `last`.
    #[must_use]
    pub fn holiday_in(&self, first: Day, last: Day) -> Option<(Day, &Holiday)> {
        if first > last {
            return None;
        }
        self.days
            .range(first..=last)
            .next()
            .map(|(day, holiday)| (*day, holiday))
    }

    /// Working days after `from`, up to and including `to`; 0 where `to` does
    /// not come after. The day a deadline counts from is never counted (R39).
    #[must_use]
    pub fn working_days_between(&self, from: Day, to: Day) -> u32 {
        if to <= from {
            return 0;
        }
        let weekdays = weekdays_through(to) - weekdays_through(from);
        let free = self
            .days
            .range(from.next()..=to)
            .filter(|(day, _)| !is_rest(**day))
            .count();
        let extra = self
            .worked
            .range(from.next()..=to)
            .filter(|day| is_rest(**day) && !self.days.contains_key(day))
            .count();
        let sum = weekdays - number(free) + number(extra);
        u32::try_from(sum).unwrap_or(0)
    }

    /// The working day `count` working days after `from`: the last day of a
    /// deadline (R39: closing on Thu 09/01/2025 and 7 give Mon 20/01/2025).
    #[must_use]
    pub fn working_days_after(&self, from: Day, count: u16) -> Day {
        let mut day = from;
        let mut left = count;
        while left > 0 && day < crate::day::LAST {
            day = day.next();
            left -= u16::from(self.is_working(day));
        }
        day
    }

    /// The last day from which at least `count` working days lead up to and
    /// including `to`: by then something must be done that comes so much
    /// earlier (R42).
    #[must_use]
    pub fn working_days_before(&self, to: Day, count: u16) -> Day {
        let mut day = to;
        let mut left = count;
        while left > 0 && day > crate::day::FIRST {
            left -= u16::from(self.is_working(day));
            day = day.plus(-1);
        }
        day
    }
}

/// The days from `first` to `last`, both included.
pub(super) fn days(first: Day, last: Day) -> impl Iterator<Item = Day> {
    (first.number()..=last.number()).filter_map(|number| Day::from_number(number.into()).ok())
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Days since a Monday long before any record: 1899-12-25.
fn since_monday(day: Day) -> i64 {
    i64::from(day.number()) + 25_574
}

fn is_rest(day: Day) -> bool {
    since_monday(day).rem_euclid(7) >= 5
}

/// Mondays to Fridays from that Monday up to and including the day.
fn weekdays_through(day: Day) -> i64 {
    let days = since_monday(day) + 1;
    days.div_euclid(7) * 5 + days.rem_euclid(7).min(5)
}

/// A holiday on the same date every year.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Yearly {
    month: i8,
    day: i8,
    name_vi: String,
    name_en: String,
}

/// Holidays on several days in a row, days in lieu included.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stretch {
    first: Day,
    last: Day,
    name_vi: String,
    name_en: String,
    confirmed: bool,
}

/// A holiday on one day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Single {
    day: Day,
    name_vi: String,
    name_en: String,
    confirmed: bool,
}

/// A day off against a weekend day worked.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exchange {
    off: Day,
    worked: Day,
    name_vi: String,
    name_en: String,
    confirmed: bool,
}

/// Holidays as written in a file, from which the calendar of some years is
/// made.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayRules {
    /// A holiday of one day on a weekend is made up for on the next working day.
    #[serde(default)]
    make_up_for_weekends: bool,
    #[serde(default)]
    yearly: Vec<Yearly>,
    #[serde(default)]
    stretches: Vec<Stretch>,
    #[serde(default)]
    days: Vec<Single>,
    #[serde(default)]
    exchanges: Vec<Exchange>,
}

impl HolidayRules {
    /// The calendar of the years from `first` to `last`.
    #[must_use]
    pub fn calendar(&self, first: i16, last: i16) -> HolidayCalendar {
        let within = |day: Day| (first..=last).contains(&day.date().year());
        let mut calendar = HolidayCalendar::default();
        let mut singles: Vec<(Day, Holiday)> = Vec::new();
        for rule in &self.yearly {
            let holiday = named(&rule.name_vi, &rule.name_en, true);
            let dates = (first..=last).filter_map(|year| Day::of(year, rule.month, rule.day).ok());
            singles.extend(dates.map(|day| (day, holiday.clone())));
        }
        for rule in self.days.iter().filter(|rule| within(rule.day)) {
            singles.push((
                rule.day,
                named(&rule.name_vi, &rule.name_en, rule.confirmed),
            ));
        }
        for rule in &self.stretches {
            for day in days(rule.first, rule.last).filter(|day| within(*day)) {
                calendar
                    .days
                    .insert(day, named(&rule.name_vi, &rule.name_en, rule.confirmed));
            }
        }
        for rule in self.exchanges.iter().filter(|rule| within(rule.off)) {
            calendar.days.insert(
                rule.off,
                named(&rule.name_vi, &rule.name_en, rule.confirmed),
            );
            calendar.worked.insert(rule.worked);
        }
        singles.sort_by_key(|(day, _)| *day);
        calendar.days.extend(singles.iter().cloned());
        if self.make_up_for_weekends {
            make_up(&mut calendar, &singles);
        }
        calendar
    }
}

/// Gives each holiday that fell on a weekend the next working day.
fn make_up(calendar: &mut HolidayCalendar, singles: &[(Day, Holiday)]) {
    for (day, holiday) in singles.iter().filter(|(day, _)| is_rest(*day)) {
        let in_lieu = calendar.working_days_after(*day, 1);
        let name_vi = format!("Nghỉ bù {}", holiday.name_vi);
        let name_en = format!("In lieu of {}", holiday.name_en);
        calendar.days.insert(
            in_lieu,
            Holiday {
                name_vi,
                name_en,
                confirmed: holiday.confirmed,
            },
        );
    }
}

fn named(name_vi: &str, name_en: &str, confirmed: bool) -> Holiday {
    Holiday {
        name_vi: name_vi.to_owned(),
        name_en: name_en.to_owned(),
        confirmed,
    }
}
