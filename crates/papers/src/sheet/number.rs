//! Numbers and days as a workbook stores them: decimal text, serial numbers, number formats. No floats.

use super::SheetCell;
use crate::date::CivilDate;
use crate::vi;

/// The longest number written out; a double's extremes fit.
const MAX_DIGITS: usize = 400;

/// A decimal number in plain notation: no exponent, no `+`, no superfluous zeros; `None` when `text` is no number.
pub(super) fn plain_decimal(text: &str) -> Option<String> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: String = [whole, fraction].concat();
    if digits.is_empty() || digits.len() > MAX_DIGITS || !digits.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
    if usize::try_from(point.unsigned_abs()).ok()? > MAX_DIGITS {
        let zero = digits.bytes().all(|b| b == b'0');
        return zero.then(|| "0".to_owned());
    }
    Some(written_out(negative, &digits, point))
}

/// `digits` with the decimal point after the first `point` of them (before them when negative).
fn written_out(negative: bool, digits: &str, point: i32) -> String {
    let (whole, fraction) = match usize::try_from(point) {
        Ok(point) if point >= digits.len() => (
            digits.to_owned() + &"0".repeat(point - digits.len()),
            String::new(),
        ),
        Ok(point) => (digits[..point].to_owned(), digits[point..].to_owned()),
        Err(_) => {
            let zeros = usize::try_from(point.unsigned_abs()).unwrap_or(0);
            (String::new(), "0".repeat(zeros) + digits)
        }
    };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let fraction = fraction.trim_end_matches('0');
    let zero = whole == "0" && fraction.is_empty();
    let sign = if negative && !zero { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    [sign, whole, point, fraction].concat()
}

/// What a number format shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shows {
    /// A number (or a time of day without a date).
    Number,
    /// A day, perhaps with a time.
    Day,
}

/// What the built-in formats of ECMA-376 §18.8.30 show; ids from 164 on are defined in the file.
pub(super) fn built_in(id: u32) -> Shows {
    match id {
        14..=17 | 22 | 27..=31 | 34..=36 | 50..=58 => Shows::Day,
        _ => Shows::Number,
    }
}

/// What a format code shows: a day when it has `d` or `y` outside quotation marks, brackets and escapes.
pub(super) fn custom(code: &str) -> Shows {
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => drop(chars.by_ref().find(|&c| c == '"')),
            '[' => drop(chars.by_ref().find(|&c| c == ']')),
            '\\' | '_' | '*' => drop(chars.next()),
            'd' | 'D' | 'y' | 'Y' => return Shows::Day,
            // Negative and text variants of the format say nothing new.
            ';' => break,
            _ => {}
        }
    }
    Shows::Number
}

/// A stored number as a cell: a day when its format shows one and the calendar has it. A day with a time of day becomes
/// text ("02/03/2020 08:30"), so that the time is not lost; a number that is no day stays a number.
pub(super) fn cell(decimal: String, shows: Shows, from_1904: bool) -> SheetCell {
    if shows == Shows::Number || decimal.starts_with('-') {
        return SheetCell::Number(decimal);
    }
    let (whole, fraction) = decimal.split_once('.').unwrap_or((&decimal, ""));
    let Some((mut serial, mut minutes)) = whole.parse::<i32>().ok().zip(minutes_of(fraction))
    else {
        return SheetCell::Number(decimal);
    };
    if minutes == 24 * 60 {
        serial = serial.saturating_add(1);
        minutes = 0;
    }
    match CivilDate::from_serial(serial, from_1904) {
        None => SheetCell::Number(decimal),
        Some(day) if minutes == 0 => SheetCell::Day(day),
        Some(day) => SheetCell::Text(format!(
            "{} {:02}:{:02}",
            vi::day_in_table(day),
            minutes / 60,
            minutes % 60
        )),
    }
}

/// The minutes in a decimal fraction of a day, rounded to the nearest.
fn minutes_of(fraction: &str) -> Option<u32> {
    let digits: String = fraction
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    let parts: u64 = digits.parse().ok()?;
    u32::try_from((parts * 24 * 60 + 500_000_000) / 1_000_000_000).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_out_exactly() {
        let cases = [
            ("12", "12"),
            ("12.50", "12.5"),
            ("007", "7"),
            ("-0.0", "0"),
            (".5", "0.5"),
            ("1E-3", "0.001"),
            ("1.5e3", "1500"),
            ("-2.5E+2", "-250"),
            ("12345678901234567890.1", "12345678901234567890.1"),
            ("0e999999", "0"),
        ];
        for (stored, plain) in cases {
            assert_eq!(plain_decimal(stored).as_deref(), Some(plain), "{stored}");
        }
        for bad in [
            "",
            "-",
            "1,5",
            "NaN",
            "1e",
            "1e99999",
            "0x10",
            "--1",
            "1.2.3",
            "1e2147483648",
            "１",
        ] {
            assert_eq!(plain_decimal(bad), None, "{bad}");
        }
    }

    #[test]
    fn format_codes_that_show_a_day() {
        for code in [
            "dd/mm/yyyy",
            "[$-42A]d mmmm yyyy",
            "yyyy\\-mm\\-dd",
            "d/m",
            "mmm yy",
            "DD/MM/YYYY;@",
        ] {
            assert_eq!(custom(code), Shows::Day, "{code}");
        }
        for code in [
            "0.00",
            "#,##0\" đồng/ngày\"",
            "[Red]0",
            "General",
            "0\\d",
            "hh:mm:ss",
            "0;dd",
            "\"dd",
        ] {
            assert_eq!(custom(code), Shows::Number, "{code}");
        }
    }

    #[test]
    fn a_time_of_day_is_not_lost() {
        let day = |text: &str| cell(text.to_owned(), Shows::Day, false);
        let second = CivilDate::new(2020, 3, 2).map(SheetCell::Day);
        assert_eq!(Some(day("43892")), second);
        assert_eq!(
            Some(day("43891.99999999")),
            second,
            "rounding noise is not a time"
        );
        assert_eq!(
            day("43892.354166666664"),
            SheetCell::Text("02/03/2020 08:30".to_owned())
        );
        assert_eq!(day("60"), SheetCell::Number("60".to_owned()));
        assert_eq!(day("-5"), SheetCell::Number("-5".to_owned()));
        assert_eq!(
            day("99999999999"),
            SheetCell::Number("99999999999".to_owned())
        );
    }
}
