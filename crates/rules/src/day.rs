//! Civil days: the only measure of time a rule needs.

use std::fmt;

use jiff::Span;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

/// A civil day, counted from 1970-01-01 (day 0). Ordered, four bytes, the same
/// in every time zone: which instant belongs to which day is decided at the
/// edge, once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// Days before this one and after [`LAST`] are outside reason for an
/// organisation's records and are refused where they enter.
pub const FIRST: Day = Day(-25_567);
/// 2199-12-31.
pub const LAST: Day = Day(84_005);

/// Why a text is not a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayError {
    /// Neither `2020-03-02` nor `02/03/2020` nor `02-3-2020`.
    NotADay,
    /// A real day, but before 1900 or after 2199.
    OutsideReason,
}

impl fmt::Display for DayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotADay => f.write_str("not a day: write 2020-03-02 or 02/03/2020"),
            Self::OutsideReason => f.write_str("the day is before 1900 or after 2199"),
        }
    }
}

impl std::error::Error for DayError {}

impl Day {
    /// The day with this number, where the number is within reason.
    ///
    /// # Errors
    /// [`DayError::OutsideReason`] before 1900 and after 2199.
    pub fn from_number(number: i64) -> Result<Self, DayError> {
        match i32::try_from(number) {
            Ok(number) if (FIRST.0..=LAST.0).contains(&number) => Ok(Self(number)),
            _ => Err(DayError::OutsideReason),
        }
    }

    /// The same day of the month, months away; the last of the month where it
    /// has no such day, and the day itself where that is outside reason.
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        self.date()
            .checked_add(Span::new().months(months))
            .map_or(self, Self::from)
    }

    /// The day of a year, month and day of month.
    ///
    /// # Errors
    /// [`DayError::NotADay`] where the calendar has no such day,
    /// [`DayError::OutsideReason`] before 1900 and after 2199.
    pub fn of(year: i16, month: i8, day: i8) -> Result<Self, DayError> {
        let date = Date::new(year, month, day).map_err(|_| DayError::NotADay)?;
        let day = Self::from(date);
        if (FIRST..=LAST).contains(&day) {
            Ok(day)
        } else {
            Err(DayError::OutsideReason)
        }
    }

    /// Reads `2020-03-02` (ISO) and, as people of this field write,
    /// `02/03/2020`, `2/3/2020`, `02-3-2020` and `2.3.2020`.
    ///
    /// # Errors
    /// See [`DayError`].
    pub fn parse(text: &str) -> Result<Self, DayError> {
        let parts: Vec<&str> = text.trim().split(['-', '/', '.']).map(str::trim).collect();
        let [a, b, c] = parts[..] else {
            return Err(DayError::NotADay);
        };
        let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
        if year.len() != 4 || month.is_empty() || month.len() > 2 || day.is_empty() || day.len() > 2
        {
            return Err(DayError::NotADay);
        }
        let number = |part: &str| -> Result<i16, DayError> {
            if part.bytes().all(|byte| byte.is_ascii_digit()) {
                part.parse().map_err(|_| DayError::NotADay)
            } else {
                Err(DayError::NotADay)
            }
        };
        let small = |part: &str| -> Result<i8, DayError> {
            i8::try_from(number(part)?).map_err(|_| DayError::NotADay)
        };
        Self::of(number(year)?, small(month)?, small(day)?)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn number(self) -> i32 {
        self.0
    }

    /// The day `days` later (earlier where negative), held within reason.
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days).clamp(FIRST.0, LAST.0))
    }

    /// The next day.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// Whole days from `earlier` to this day.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The calendar date.
    #[must_use]
    pub fn date(self) -> Date {
        Date::new(1970, 1, 1)
            .ok()
            .and_then(|epoch| epoch.checked_add(jiff::Span::new().days(self.0)).ok())
            .unwrap_or(Date::MAX)
    }

    /// Saturday or Sunday.
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(self.date().weekday(), Weekday::Saturday | Weekday::Sunday)
    }
}

impl From<Date> for Day {
    fn from(date: Date) -> Self {
        // Rata die by the civil calendar; `Date` is already a real day.
        let days = Date::new(1970, 1, 1)
            .ok()
            .and_then(|epoch| epoch.until((jiff::Unit::Day, date)).ok())
            .map_or(0, |span| span.get_days());
        Self(days)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.date();
        write!(
            f,
            "{:04}-{:02}-{:02}",
            date.year(),
            date.month(),
            date.day()
        )
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_as_people_write_it() {
        let day = Day::of(2020, 3, 2).unwrap();
        for text in [
            "2020-03-02",
            "02/03/2020",
            "2/3/2020",
            "02-3-2020",
            " 2.3.2020 ",
        ] {
            assert_eq!(Day::parse(text), Ok(day), "{text}");
        }
        assert_eq!(day.to_string(), "2020-03-02");
        assert_eq!(day.number(), 18_323);
    }

    #[test]
    fn a_day_outside_reason_is_refused() {
        assert_eq!(Day::parse("30/02/2020"), Err(DayError::NotADay));
        assert_eq!(Day::parse("0202-03-02"), Err(DayError::OutsideReason));
        assert_eq!(Day::parse("2/3/20"), Err(DayError::NotADay));
        assert_eq!(Day::parse("+2/3/2020"), Err(DayError::NotADay));
        assert_eq!(Day::from_number(9_999_999), Err(DayError::OutsideReason));
        assert_eq!(
            Day::from_number(i64::from(LAST.number())).map(|d| d.to_string()),
            Ok("2199-12-31".into())
        );
        assert_eq!(FIRST.to_string(), "1900-01-01");
    }
}
