//! Numbers and days in Vietnamese form, exact.

use crate::Day;

/// `2.457`: a dot between thousands.
#[must_use]
pub fn count_vi(number: i64) -> String {
    grouped(number, '.')
}

/// `2,457`: a comma between thousands.
#[must_use]
pub fn count_en(number: i64) -> String {
    grouped(number, ',')
}

fn grouped(number: i64, mark: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// Tenths of a percent, rounded half up, exact; `None` of nothing.
#[must_use]
pub fn permille(done: i64, total: i64) -> Option<i64> {
    (total > 0).then(|| {
        let exact = (i128::from(done) * 2000 + i128::from(total)) / (2 * i128::from(total));
        i64::try_from(exact).unwrap_or(i64::MAX)
    })
}

/// `51,5 %`, or `–` of nothing.
#[must_use]
pub fn percent_vi(done: i64, total: i64) -> String {
    permille(done, total).map_or_else(
        || "–".to_owned(),
        |tenths| format!("{},{} %", tenths / 10, tenths % 10),
    )
}

/// `51.5%`, or `–` of nothing.
#[must_use]
pub fn percent_en(done: i64, total: i64) -> String {
    permille(done, total).map_or_else(
        || "–".to_owned(),
        |tenths| format!("{}.{}%", tenths / 10, tenths % 10),
    )
}

/// `02/03/2020`, as in tables.
#[must_use]
pub fn day_table(day: Day) -> String {
    let date = day.date();
    format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year())
}

/// `ngày 02 tháng 3 năm 2020`, as in documents: a zero before days below ten
/// and before January and February only.
#[must_use]
pub fn day_document(day: Day) -> String {
    let date = day.date();
    let month = if date.month() <= 2 {
        format!("0{}", date.month())
    } else {
        date.month().to_string()
    };
    format!(
        "ngày {:02} tháng {month} năm {:04}",
        date.day(),
        date.year()
    )
}

/// `02-3-2020`, as in a sentence.
#[must_use]
pub fn day_sentence(day: Day) -> String {
    let date = day.date();
    let month = if date.month() <= 2 {
        format!("0{}", date.month())
    } else {
        date.month().to_string()
    };
    format!("{:02}-{month}-{:04}", date.day(), date.year())
}

/// An English ordinal: "17th", "21st".
#[must_use]
pub fn ordinal_en(number: u16) -> String {
    let end = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{end}")
}

/// `XVII`: an ordinal as documents write it ("lần thứ XVII").
#[must_use]
pub fn roman(number: u16) -> String {
    const SIGNS: [(u16, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_in_the_field() {
        assert_eq!(count_vi(2457), "2.457");
        assert_eq!(count_vi(-1_234_567), "-1.234.567");
        assert_eq!(count_vi(993), "993");
        assert_eq!(percent_vi(121, 235), "51,5 %", "R50");
        assert_eq!(percent_vi(97, 111), "87,4 %");
        assert_eq!(percent_vi(1, 0), "–");
        assert_eq!(percent_en(1067, 1587), "67.2%");
    }

    #[test]
    fn days_read_as_in_the_field() {
        let congress = Day::of(2025, 1, 9).unwrap();
        assert_eq!(day_table(congress), "09/01/2025");
        assert_eq!(day_document(congress), "ngày 09 tháng 01 năm 2025");
        assert_eq!(
            day_document(Day::of(2020, 3, 2).unwrap()),
            "ngày 02 tháng 3 năm 2020"
        );
        assert_eq!(day_sentence(Day::of(2020, 3, 2).unwrap()), "02-3-2020");
        for (number, said) in [
            (1, "1st"),
            (2, "2nd"),
            (3, "3rd"),
            (4, "4th"),
            (11, "11th"),
            (12, "12th"),
            (13, "13th"),
            (17, "17th"),
            (21, "21st"),
            (112, "112th"),
        ] {
            assert_eq!(ordinal_en(number), said);
        }
        assert_eq!(roman(17), "XVII");
        assert_eq!(roman(29), "XXIX");
    }
}
