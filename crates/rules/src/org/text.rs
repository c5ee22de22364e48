//! What a code and a name may be, the order of codes as people count, and
//! words compared without case, marks and spaces.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest code, in characters.
pub const CODE_LENGTH: usize = 40;
/// The longest name, in characters.
pub const NAME_LENGTH: usize = 200;
/// The most members a unit can have.
pub const MEMBERS_LIMIT: u32 = 10_000_000;

/// What is wrong with a code or a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextFault {
    /// Nothing but spaces.
    Empty,
    /// Longer than [`CODE_LENGTH`] or [`NAME_LENGTH`].
    TooLong,
    /// A code with a space in it.
    Spaces,
    /// A character that cannot be seen: a tab, a line break, a NUL.
    Control,
}

impl fmt::Display for TextFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::TooLong => "it is too long",
            Self::Spaces => "it has a space in it",
            Self::Control => "it has a control character in it",
        })
    }
}

/// The code without the spaces around it, where it can be a code.
///
/// # Errors
/// See [`TextFault`].
pub fn code(text: &str) -> Result<&str, TextFault> {
    let code = seen(text, CODE_LENGTH)?;
    if code.chars().any(char::is_whitespace) {
        return Err(TextFault::Spaces);
    }
    Ok(code)
}

/// The name without the spaces around it, where it can be a name.
///
/// # Errors
/// See [`TextFault`]; a name may have spaces within.
pub fn name(text: &str) -> Result<&str, TextFault> {
    seen(text, NAME_LENGTH)
}

fn seen(text: &str, length: usize) -> Result<&str, TextFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextFault::Empty);
    }
    if text.chars().any(char::is_control) {
        return Err(TextFault::Control);
    }
    if text.chars().count() > length {
        return Err(TextFault::TooLong);
    }
    Ok(text)
}

/// Codes in the order people count: `CB2` before `CB10`. Runs of digits
/// compare as numbers of any length, all else by character; texts that count
/// as equal (`CB1`, `CB01`) compare as written, so that the order is total.
#[must_use]
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (Some(first), Some(second)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len()).then_with(|| a.cmp(b));
        };
        let order = if first.is_ascii_digit() && second.is_ascii_digit() {
            let (one, two) = (digits(left), digits(right));
            left = &left[one.len()..];
            right = &right[two.len()..];
            let (one, two) = (one.trim_start_matches('0'), two.trim_start_matches('0'));
            one.len().cmp(&two.len()).then_with(|| one.cmp(two))
        } else {
            left = &left[first.len_utf8()..];
            right = &right[second.len_utf8()..];
            first.cmp(&second)
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn digits(text: &str) -> &str {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len());
    &text[..end]
}

/// A word for comparing: lower case, Vietnamese marks off (composed or
/// combining), letters and digits only. `Mã cấp trên (*)` becomes `macaptren`.
#[must_use]
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(base)
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

fn base(letter: char) -> char {
    match letter {
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ'
        | 'ẫ' | 'ậ' => 'a',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở'
        | 'ỡ' | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'đ' => 'd',
        other => other,
    }
}
