//! A calendar day without a clock or a time zone.

/// A day of the Gregorian calendar, years 1 to 9999. Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    year: i16,
    month: u8,
    day: u8,
}

/// Days from 0000-03-01 (proleptic Gregorian) to 1899-12-30, day zero of Excel's serial dates from March 1900 on.
const EXCEL_EPOCH: i32 = 693_899;

impl CivilDate {
    /// The day, or `None` when the calendar has no such day (30 February, month 13, year 0).
    #[must_use]
    pub fn new(year: i16, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=9999).contains(&year) && day >= 1 && day <= days_in_month(year, month);
        valid.then_some(Self { year, month, day })
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day behind a spreadsheet serial number (whole days). `from_1904` is the old Macintosh date system.
    /// `None` for serials outside the calendar and for 60, the 29 February 1900 that only spreadsheets know.
    pub(crate) fn from_serial(serial: i32, from_1904: bool) -> Option<Self> {
        let days = match (serial, from_1904) {
            (..0, _) | (60, false) => return None,
            (_, true) => serial.checked_add(1462)?,
            // Before the day that never was, the count is one behind.
            (..60, false) => serial + 1,
            (_, false) => serial,
        };
        Self::from_days(days.checked_add(EXCEL_EPOCH)?)
    }

    /// From days since 0000-03-01 (Howard Hinnant's civil_from_days).
    fn from_days(days: i32) -> Option<Self> {
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Self::new(
            i16::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }

    /// Reads `2020-03-02`; anything else is `None`.
    pub(crate) fn from_iso(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let digits = |range: std::ops::Range<usize>| {
            let part = text.get(range)?;
            part.bytes().all(|b| b.is_ascii_digit()).then_some(part)
        };
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        Self::new(
            digits(0..4)?.parse().ok()?,
            digits(5..7)?.parse().ok()?,
            digits(8..10)?.parse().ok()?,
        )
    }
}

fn days_in_month(year: i16, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_refuses_days_it_does_not_have() {
        assert!(CivilDate::new(2020, 2, 29).is_some());
        assert!(CivilDate::new(2021, 2, 29).is_none());
        assert!(CivilDate::new(1900, 2, 29).is_none());
        assert!(CivilDate::new(2020, 13, 1).is_none());
        assert!(CivilDate::new(2020, 4, 31).is_none());
        assert!(CivilDate::new(0, 1, 1).is_none());
    }

    #[test]
    fn spreadsheet_serials_are_the_days_a_spreadsheet_shows() {
        let day = |y, m, d| CivilDate::new(y, m, d);
        assert_eq!(CivilDate::from_serial(1, false), day(1900, 1, 1));
        assert_eq!(CivilDate::from_serial(59, false), day(1900, 2, 28));
        assert_eq!(CivilDate::from_serial(60, false), None);
        assert_eq!(CivilDate::from_serial(61, false), day(1900, 3, 1));
        assert_eq!(CivilDate::from_serial(43_892, false), day(2020, 3, 2));
        assert_eq!(CivilDate::from_serial(42_430, true), day(2020, 3, 2));
        assert_eq!(CivilDate::from_serial(2_958_465, false), day(9999, 12, 31));
        assert_eq!(CivilDate::from_serial(2_958_466, false), None);
        assert_eq!(CivilDate::from_serial(i32::MAX, false), None);
        assert_eq!(CivilDate::from_serial(-1, false), None);
    }

    #[test]
    fn iso_days_are_read_strictly() {
        assert_eq!(
            CivilDate::from_iso("2020-03-02"),
            CivilDate::new(2020, 3, 2)
        );
        for bad in [
            "2020-3-2",
            "2020-03-32",
            "02-03-2020",
            "+020-03-02",
            "2020-03-0é",
        ] {
            assert_eq!(CivilDate::from_iso(bad), None, "{bad}");
        }
    }
}
