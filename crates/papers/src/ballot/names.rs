//! How a name is set in its cell: on one line where it fits, else on more, never in letters too small to read.

use crate::press::bold_widths;

/// Letters of names are never smaller, in hundredths of a millimetre: about 12 points.
pub(super) const SMALLEST: u32 = 420;
/// What stays free at both ends of a cell.
const INSET: u32 = 150;
/// Names a little too long are narrowed by at most so many hundredths.
const NARROWED: u32 = 15;
/// From one line of a name to the next, in hundredths of the letters' size.
pub(super) const LEADING: u32 = 120;

/// A name as it is set.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SetName {
    /// The size of its letters.
    pub size: u32,
    /// Its lines.
    pub lines: Vec<String>,
}

/// Sets a name in a cell so wide, in letters of `size` where that is possible: on one line, else on up to `most`, else on
/// `most` in letters as large as can be, else on as many as it takes. No name has letters smaller than two thirds of the
/// others': nobody looks less than others on a ballot.
pub(super) fn set_name(name: &str, cell: u32, size: u32, most: usize) -> SetName {
    let least = SMALLEST.max(size * 2 / 3);
    let mut smaller = size;
    loop {
        let lines = lines(name, cell, smaller);
        let next = smaller.saturating_sub(10);
        if lines.len() <= most || next < least {
            return SetName {
                size: smaller,
                lines,
            };
        }
        smaller = next;
    }
}

/// The lines of a name in letters of this size.
pub(super) fn lines(name: &str, cell: u32, size: u32) -> Vec<String> {
    let room = cell.saturating_sub(2 * INSET);
    let narrowed = room * 100 / (100 - NARROWED);
    if width(name, size) <= narrowed {
        return vec![name.to_owned()];
    }
    wrap(name, room, size)
}

/// The width of a text in letters of a size.
fn width(text: &str, size: u32) -> u32 {
    let widths = bold_widths();
    let thousandths: u32 = text.chars().map(widths).sum();
    thousandths / 10 * size / 100
}

/// A text in lines no wider than `room`: between words, and inside a word that is wider alone.
fn wrap(text: &str, room: u32, size: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let tried = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if width(&tried, size) <= room {
            line = tried;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for letter in word.chars() {
            // A combining mark stays with its letter.
            let mark = matches!(letter, '\u{300}'..='\u{36f}');
            if !mark && !line.is_empty() && width(&format!("{line}{letter}"), size) > room {
                lines.push(std::mem::take(&mut line));
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_wraps_between_words_before_its_letters_shrink() {
        let short = set_name("Nguyễn Thị Phương An", 11_500, 700, 3);
        assert_eq!((short.size, short.lines.len()), (700, 1));
        let long = "Công Tằng Tôn Nữ Hoàng Phương Nguyệt Ánh (02/9/1975)";
        let set = set_name(long, 7_100, 560, 3);
        assert_eq!((set.size, set.lines.len()), (560, 3));
        assert_eq!(set.lines.join(" "), long);
        let wide = set_name(long, 9_900, 560, 3);
        assert_eq!((wide.size, wide.lines.len()), (560, 2));
        let narrow = set_name(long, 4_900, 560, 3);
        assert!(narrow.size < 560, "four lines at full size");
        assert_eq!(narrow.lines.len(), 3);
        let endless = "A".repeat(120);
        let set = set_name(&endless, 4_600, 560, 3);
        assert!(set.size >= SMALLEST && set.size < SMALLEST + 10);
        assert!(set.lines.len() > 2);
        assert_eq!(set.lines.concat(), endless);
        for line in &set.lines {
            assert!(width(line, set.size) <= 4_600 - 2 * INSET, "{line}");
        }
    }
}
