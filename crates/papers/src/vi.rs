//! Numbers and dates as Vietnamese offices write them: `2.457`, `51,5 %`, `02/03/2020`,
//! `ngày 02 tháng 3 năm 2020`. Integers only; nothing here rounds through a float.

use crate::date::CivilDate;
use crate::document::Cell;

/// What stands where there is nothing to divide by.
pub const NOTHING: &str = "–";

/// An integer with a dot between thousands: `2.457`, `-1.000`.
#[must_use]
pub fn count(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `done` of `total` in tenths of a percent, rounded half away from zero: 121 of 235 is 515.
/// `None` when there is no total (zero or below).
#[must_use]
pub fn per_mille(done: i64, total: i64) -> Option<i64> {
    if total <= 0 {
        return None;
    }
    let total = i128::from(total);
    let magnitude = (i128::from(done).abs() * 2000 + total) / (2 * total);
    let rounded = i64::try_from(magnitude).ok()?;
    Some(if done < 0 { -rounded } else { rounded })
}

/// A share with one decimal and a comma, a no-break space before the sign: `51,5 %`; `–` when there is no total.
#[must_use]
pub fn percent(done: i64, total: i64) -> String {
    let Some(tenths) = per_mille(done, total) else {
        return NOTHING.to_owned();
    };
    let sign = if tenths < 0 { "-" } else { "" };
    let whole = count(i64::try_from(tenths.unsigned_abs() / 10).unwrap_or(i64::MAX));
    format!("{sign}{whole},{}\u{a0}%", tenths.unsigned_abs() % 10)
}

/// `121/235`, thousands with dots.
#[must_use]
pub fn ratio(done: i64, total: i64) -> String {
    format!("{}/{}", count(done), count(total))
}

/// A day in a table: `02/03/2020`.
#[must_use]
pub fn day_in_table(date: CivilDate) -> String {
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// A day in running text: `ngày 09 tháng 01 năm 2025`, `ngày 02 tháng 3 năm 2020`.
/// The day takes a zero below 10, the month only for January and February.
#[must_use]
pub fn day_in_text(date: CivilDate) -> String {
    let zero = if date.month() <= 2 { "0" } else { "" };
    format!(
        "ngày {:02} tháng {zero}{} năm {}",
        date.day(),
        date.month(),
        date.year()
    )
}

/// A cell as it is printed.
#[must_use]
pub fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => printable(text),
        Cell::Count(value) => count(*value),
        Cell::Ratio { done, total } => ratio(*done, *total),
        Cell::Percent { done, total } => percent(*done, *total),
        Cell::Day(date) => day_in_table(*date),
    }
}

/// Text that paper and XML can carry: line ends become `\n`, other control characters and the non-characters of
/// Unicode become a space. Marks that turn the direction of what follows are dropped: what is read is what was typed.
#[must_use]
pub(crate) fn printable(text: &str) -> String {
    text.replace("\r\n", "\n")
        .chars()
        .filter(|c| !turns_direction(*c))
        .map(|c| match c {
            '\n' => '\n',
            '\r' | '\u{2028}' | '\u{2029}' => '\n',
            '\u{fffe}' | '\u{ffff}' | '\u{feff}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect()
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_take_a_dot() {
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(2457), "2.457");
        assert_eq!(count(2_501_265), "2.501.265");
        assert_eq!(count(-1000), "-1.000");
        assert_eq!(count(i64::MIN), "-9.223.372.036.854.775.808");
    }

    #[test]
    fn percentages_are_exact_and_round_half_up() {
        assert_eq!(percent(121, 235), "51,5\u{a0}%");
        assert_eq!(percent(1, 2000), "0,1\u{a0}%", "0,05 rounds up");
        assert_eq!(percent(1, 2001), "0,0\u{a0}%");
        assert_eq!(percent(235, 235), "100,0\u{a0}%");
        assert_eq!(percent(2, 3), "66,7\u{a0}%");
        assert_eq!(percent(0, 0), "–");
        assert_eq!(percent(12_345, 1), "1.234.500,0\u{a0}%");
        assert_eq!(percent(-1, 3), "-33,3\u{a0}%");
        assert_eq!(percent(i64::MAX, i64::MAX), "100,0\u{a0}%");
    }

    #[test]
    fn days_in_tables_and_in_text() {
        let day = |y, m, d| CivilDate::new(y, m, d).expect("a day");
        assert_eq!(day_in_table(day(2025, 1, 9)), "09/01/2025");
        assert_eq!(day_in_text(day(2025, 1, 9)), "ngày 09 tháng 01 năm 2025");
        assert_eq!(day_in_text(day(2020, 3, 2)), "ngày 02 tháng 3 năm 2020");
        assert_eq!(day_in_text(day(2020, 12, 31)), "ngày 31 tháng 12 năm 2020");
    }
}
