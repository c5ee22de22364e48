//! People's names in the order of lists: given name, then family, then middle
//! names, by the Vietnamese collation of CLDR (R53).

use std::cmp::Ordering;
use std::sync::OnceLock;

use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::locale;

fn collator() -> Option<&'static CollatorBorrowed<'static>> {
    static COLLATOR: OnceLock<Option<CollatorBorrowed<'static>>> = OnceLock::new();
    COLLATOR
        .get_or_init(|| Collator::try_new(locale!("vi").into(), CollatorOptions::default()).ok())
        .as_ref()
}

/// Vietnamese alphabetical order.
#[must_use]
pub fn order(a: &str, b: &str) -> Ordering {
    collator().map_or_else(|| a.cmp(b), |collator| collator.compare(a, b))
}

/// The order of people in a list: given name (the last word) first.
#[must_use]
pub fn order_people(a: &str, b: &str) -> Ordering {
    let (left, right) = (parts(a), parts(b));
    order(left.0, right.0)
        .then_with(|| order(left.1, right.1))
        .then_with(|| order(&left.2, &right.2))
        .then_with(|| a.cmp(b))
}

/// The place of a name in a list of people, as bytes that compare as
/// [`order_people`] does: given name, then family, then middle names.
#[must_use]
pub fn sort_key(name: &str) -> Vec<u8> {
    let (given, family, middle) = parts(name);
    let mut key = Vec::new();
    for part in [given, family, middle.as_str()] {
        match collator() {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_to(part, &mut key);
            }
            None => key.extend_from_slice(part.as_bytes()),
        }
        // Lower than any byte of a key: the shorter part comes first.
        key.push(0);
    }
    key
}

fn parts(name: &str) -> (&str, &str, String) {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words[..] {
        [] => ("", "", String::new()),
        [given] => (given, "", String::new()),
        [family, ref middle @ .., given] => (given, family, middle.join(" ")),
    }
}

/// Unit names and codes in natural order: "Chi bộ 2" before "Chi bộ 10".
#[must_use]
pub fn order_natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (pieces(a).into_iter(), pieces(b).into_iter());
    loop {
        return match (left.next(), right.next()) {
            (None, None) => Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => {
                let both = (a.parse::<u64>(), b.parse::<u64>());
                let here = match both {
                    (Ok(a), Ok(b)) => a.cmp(&b),
                    _ => order(a, b),
                };
                if here == Ordering::Equal {
                    continue;
                }
                here
            }
        };
    }
}

fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (place, letter) in text.char_indices() {
        let digit = letter.is_ascii_digit();
        if before.is_some_and(|before| before != digit) {
            pieces.push(&text[start..place]);
            start = place;
        }
        before = Some(digit);
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut names: Vec<&str>, by: fn(&str, &str) -> Ordering) -> Vec<&str> {
        names.sort_by(|a, b| by(a, b));
        names
    }

    #[test]
    fn r53_given_names_in_the_vietnamese_order() {
        let people = sorted(
            vec!["Ngô Ngọc Quốc", "Lê Quang Nam", "Lê Hồng Khánh"],
            order_people,
        );
        assert_eq!(people, ["Lê Hồng Khánh", "Lê Quang Nam", "Ngô Ngọc Quốc"]);
        assert_eq!(
            sorted(vec!["Ân", "Anh", "An", "Đạt", "Dũng"], order),
            ["An", "Anh", "Ân", "Dũng", "Đạt"]
        );
        let tones = ["Hoa", "Hoà", "Hoả", "Hoã", "Hoá", "Hoạ"];
        assert_eq!(sorted(tones.iter().rev().copied().collect(), order), tones);
    }

    #[test]
    fn keys_compare_as_the_names_do() {
        let names = [
            "Lê Hồng Khánh",
            "Lê Quang Nam",
            "Ngô Ngọc Quốc",
            "Trần Văn An",
            "Trần Thị Anh",
            "Nguyễn Ân",
            "Đỗ Hòa",
            "Đỗ Thị Hòa",
            "An",
            "Phạm Dũng",
            "Vũ Đạt",
            "Vũ Hoạ",
        ];
        for a in names {
            for b in names {
                assert_eq!(sort_key(a).cmp(&sort_key(b)), order_people(a, b), "{a} {b}");
            }
        }
    }

    #[test]
    fn numbers_in_names_count_as_numbers() {
        assert_eq!(
            sorted(vec!["Chi bộ 10", "Chi bộ 2", "Chi bộ 1"], order_natural),
            ["Chi bộ 1", "Chi bộ 2", "Chi bộ 10"]
        );
    }
}
