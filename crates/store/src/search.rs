//! Folding: what a person types finds what is written, whatever the accents,
//! the case or where a tone mark stands (hòa and hoà are one word).

use unicode_normalization::UnicodeNormalization as _;

/// Lower-case letters and digits without any mark; words parted by one space.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for letter in text.nfd().flat_map(char::to_lowercase) {
        let letter = if letter == 'đ' { 'd' } else { letter };
        if letter.is_alphanumeric() {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(letter);
        } else if !unicode_normalization::char::is_combining_mark(letter) {
            gap = true;
        }
    }
    folded
}

/// A pattern for `LIKE … ESCAPE '!'` that finds the folded text anywhere.
#[must_use]
pub fn pattern(text: &str) -> String {
    let folded = fold(text)
        .replace('!', "!!")
        .replace('%', "!%")
        .replace('_', "!_");
    format!("%{folded}%")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_accents_and_case_do_not_matter() {
        assert_eq!(
            fold("Tổng Công ty CP Dệt may Hòa Thọ"),
            "tong cong ty cp det may hoa tho"
        );
        assert_eq!(fold("hoà"), fold("HÒA"));
        assert_eq!(
            fold("Đảng bộ  phường—Khuê Trung"),
            "dang bo phuong khue trung"
        );
        assert_eq!(fold("Ô Chợ Dừa"), "o cho dua");
    }
}
