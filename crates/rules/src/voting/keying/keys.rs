//! What is typed for one ballot, read and written.
//!
//! On a strike-out list the struck numbers, on a list with boxes the exceptions
//! (everybody else is agreed to), on a ranked list the numbers by preference.
//! A number has as many digits as the longest on the list, so nothing stands
//! between two numbers; `0`, `00` or `000` is everybody.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::voting::ballot::{Ballot, BallotKind, Layout, Marks, Names, Number, Remark, Remarks};
use crate::voting::refusal::Refusal;

/// A key. Written in journals as one character.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "char", into = "char")]
pub enum Key {
    /// `0` to `9`.
    Digit(u8),
    /// `/`: the next number has neither box marked.
    Neither,
    /// `*`: the next number has both boxes marked.
    Both,
    /// `+`: the same ballot as the last, without Enter.
    Repeat,
    /// `a` to `i`: one of the commonest ballots, without Enter; 1 to 9.
    Pattern(u8),
    /// `.` and then repeat or a pattern key, on a strike-out list: begin with
    /// that ballot and type only the numbers in which this one differs.
    Edit,
    /// `N A W I O U`: something seen on the paper.
    Remark(Remark),
    /// `=`: the ballot is complete.
    Enter,
    /// `<`: takes back what was typed of the last number.
    Back,
    /// `-`: takes back what was typed of this ballot or, where nothing was,
    /// the last ballot.
    Undo,
}

impl From<Key> for char {
    fn from(key: Key) -> Self {
        match key {
            Key::Digit(digit) => Self::from(b'0' + digit.min(9)),
            Key::Neither => '/',
            Key::Both => '*',
            Key::Repeat => '+',
            Key::Edit => '.',
            Key::Pattern(place) => Self::from(b'a' + place.clamp(1, 9) - 1),
            Key::Remark(Remark::NotIssued) => 'N',
            Key::Remark(Remark::NameAdded) => 'A',
            Key::Remark(Remark::WrittenOn) => 'W',
            Key::Remark(Remark::SeveralInks) => 'I',
            Key::Remark(Remark::Other) => 'O',
            Key::Remark(Remark::Unclear) => 'U',
            Key::Enter => '=',
            Key::Back => '<',
            Key::Undo => '-',
        }
    }
}

impl TryFrom<char> for Key {
    type Error = &'static str;
    fn try_from(sign: char) -> Result<Self, Self::Error> {
        Ok(match sign {
            '0'..='9' => Self::Digit(u8::try_from(sign).unwrap_or(b'0') - b'0'),
            '/' => Self::Neither,
            '*' => Self::Both,
            '+' => Self::Repeat,
            '.' => Self::Edit,
            'a'..='i' => Self::Pattern(u8::try_from(sign).unwrap_or(b'a') - b'a' + 1),
            'N' => Self::Remark(Remark::NotIssued),
            'A' => Self::Remark(Remark::NameAdded),
            'W' => Self::Remark(Remark::WrittenOn),
            'I' => Self::Remark(Remark::SeveralInks),
            'O' => Self::Remark(Remark::Other),
            'U' => Self::Remark(Remark::Unclear),
            '=' => Self::Enter,
            '<' => Self::Back,
            '-' => Self::Undo,
            _ => return Err("not a key of a count"),
        })
    }
}

/// Keys as text, as they stand in a journal.
#[must_use]
pub fn text(keys: &[Key]) -> String {
    keys.iter().copied().map(char::from).collect()
}

/// Digits of a number on this list: one up to nine names, two up to 99.
#[must_use]
pub fn digits(layout: &Layout) -> usize {
    match layout.names {
        0..=9 => 1,
        10..=99 => 2,
        _ => 3,
    }
}

/// What was typed of a ballot so far.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Typed {
    /// Complete numbers with their sort, in the order of typing.
    numbers: Vec<(Sort, Number)>,
    /// Everybody, with the sort.
    everybody: Option<Sort>,
    /// The sort chosen for the number being typed.
    sort: Option<Sort>,
    /// Digits of the number being typed.
    digits: Vec<u8>,
    remarks: Remarks,
    /// The ballot this one begins with is being chosen.
    choosing: bool,
    /// Struck on the ballot this one begins with.
    base: Option<Names>,
}

/// What a number on a ballot means.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
enum Sort {
    /// Struck, disagreed to, or ranked.
    Plain,
    Neither,
    Both,
}

impl Typed {
    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Begins with another ballot, which is chosen by the next key.
    ///
    /// # Errors
    /// [`Refusal::KeysUnreadable`] where something was typed already or the
    /// list is no strike-out list.
    pub(super) fn edit(&mut self, layout: &Layout) -> Result<(), Refusal> {
        if !self.is_empty() || layout.kind != BallotKind::StrikeOut {
            return Err(Refusal::KeysUnreadable);
        }
        self.choosing = true;
        Ok(())
    }

    /// Whether the next key chooses the ballot to begin with.
    #[must_use]
    pub fn is_choosing(&self) -> bool {
        self.choosing
    }

    /// The ballot to begin with was chosen.
    pub(super) fn begin_with(&mut self, marks: &Marks) {
        if let Marks::Struck(struck) = marks {
            self.base = Some(*struck);
            self.choosing = false;
        }
    }

    /// Types one key of a ballot; Enter, repeat, patterns and undo are not of
    /// a ballot ([`super::Entry::press`]).
    ///
    /// # Errors
    /// [`Refusal::NumberUnknown`] and [`Refusal::NumberTwice`] as soon as the
    /// number is complete: it is taken back. [`Refusal::KeysUnreadable`].
    pub fn press(&mut self, layout: &Layout, key: Key) -> Result<(), Refusal> {
        let boxes = matches!(
            layout.kind,
            BallotKind::AgreeDisagree | BallotKind::SingleName
        );
        if self.choosing && key != Key::Back {
            return Err(Refusal::KeysUnreadable);
        }
        match key {
            Key::Digit(digit) => self.digit(layout, digit),
            Key::Neither | Key::Both if boxes && self.sort.is_none() && self.digits.is_empty() => {
                self.sort = Some(if key == Key::Both {
                    Sort::Both
                } else {
                    Sort::Neither
                });
                Ok(())
            }
            Key::Remark(remark) if self.digits.is_empty() && self.sort.is_none() => {
                self.remarks = self.remarks.with(remark);
                Ok(())
            }
            Key::Back => {
                self.back();
                Ok(())
            }
            _ => Err(Refusal::KeysUnreadable),
        }
    }

    fn digit(&mut self, layout: &Layout, digit: u8) -> Result<(), Refusal> {
        self.digits.push(digit);
        if self.digits.len() < digits(layout) {
            return Ok(());
        }
        let typed = self
            .digits
            .drain(..)
            .fold(0_u32, |number, digit| number * 10 + u32::from(digit));
        let sort = self.sort.take().unwrap_or(Sort::Plain);
        if typed == 0 {
            let alone = self.numbers.is_empty() && self.everybody.is_none() && self.base.is_none();
            // Nobody ranks everybody with one number.
            if !alone || layout.kind == BallotKind::Ranked {
                return Err(Refusal::KeysUnreadable);
            }
            self.everybody = Some(sort);
            return Ok(());
        }
        let number = u8::try_from(typed)
            .ok()
            .and_then(Number::new)
            .filter(|number| number.get() <= layout.names)
            .ok_or(Refusal::NumberUnknown {
                number: typed,
                names: layout.names,
            })?;
        if self.everybody.is_some() || self.numbers.iter().any(|(_, other)| *other == number) {
            return Err(Refusal::NumberTwice { number });
        }
        self.numbers.push((sort, number));
        Ok(())
    }

    /// Takes back the digits of an incomplete number, else the last number,
    /// else the ballot this one begins with, else the remarks.
    fn back(&mut self) {
        if self.sort.take().is_some() || !self.digits.is_empty() {
            self.digits.clear();
        } else if std::mem::take(&mut self.choosing) {
            // Nothing was chosen yet.
        } else if self.everybody.take().is_none()
            && self.numbers.pop().is_none()
            && self.base.take().is_none()
        {
            self.remarks = Remarks::NONE;
        }
    }

    /// The ballot that was typed.
    ///
    /// # Errors
    /// [`Refusal::KeysUnreadable`] where a number or the choice of a ballot to
    /// begin with is incomplete; it is taken back.
    pub fn finish(&mut self, layout: &Layout) -> Result<Ballot, Refusal> {
        if !self.digits.is_empty() || self.sort.is_some() || self.choosing {
            self.back();
            return Err(Refusal::KeysUnreadable);
        }
        let typed = std::mem::take(self);
        let of = |wanted: Sort| -> Names {
            if let Some(sort) = typed.everybody {
                return if sort == wanted {
                    layout.all()
                } else {
                    Names::NONE
                };
            }
            let mine = typed.numbers.iter().filter(|(sort, _)| *sort == wanted);
            mine.map(|(_, number)| *number).collect()
        };
        let marks = match layout.kind {
            BallotKind::StrikeOut => {
                let (typed, base) = (of(Sort::Plain), typed.base.unwrap_or(Names::NONE));
                Marks::Struck(base.without(typed).or(typed.without(base)))
            }
            BallotKind::AgreeDisagree | BallotKind::SingleName => {
                let (disagree, neither, both) =
                    (of(Sort::Plain), of(Sort::Neither), of(Sort::Both));
                Marks::Boxes {
                    agree: layout.all().without(disagree.or(neither)),
                    disagree: disagree.or(both),
                }
            }
            BallotKind::Ranked => {
                Marks::Order(typed.numbers.iter().map(|(_, number)| *number).collect())
            }
        };
        Ok(Ballot {
            marks,
            remarks: typed.remarks,
        })
    }
}

/// Reads the keys of one ballot, Enter left out.
///
/// # Errors
/// As [`Typed::press`] and [`Typed::finish`].
pub fn parse(layout: &Layout, keys: &[Key]) -> Result<Ballot, Refusal> {
    let mut typed = Typed::default();
    for key in keys {
        typed.press(layout, *key)?;
    }
    typed.finish(layout)
}

/// The keys of a ballot of this layout, Enter left out: on a strike-out list
/// two for each name struck.
#[must_use]
pub fn print(layout: &Layout, ballot: &Ballot) -> Vec<Key> {
    let mut keys = Vec::new();
    let all = layout.all();
    match &ballot.marks {
        Marks::Struck(struck) => put_all(&mut keys, layout, *struck, None),
        Marks::Boxes { agree, disagree } => {
            let neither = all.without(agree.or(*disagree));
            put_all(&mut keys, layout, disagree.without(*agree), None);
            put_all(&mut keys, layout, neither, Some(Key::Neither));
            put_all(&mut keys, layout, agree.and(*disagree), Some(Key::Both));
        }
        Marks::Order(order) => {
            for number in order {
                put(&mut keys, layout, number.get());
            }
        }
    }
    keys.extend(ballot.remarks.iter().map(Key::Remark));
    keys
}

/// The numbers of a set, each after its sign; the whole list as a zero.
fn put_all(keys: &mut Vec<Key>, layout: &Layout, names: Names, sign: Option<Key>) {
    if names == layout.all() {
        keys.extend(sign);
        put(keys, layout, 0);
        return;
    }
    for number in names.iter() {
        keys.extend(sign);
        put(keys, layout, number.get());
    }
}

fn put(keys: &mut Vec<Key>, layout: &Layout, number: u8) {
    let all = [number / 100, number / 10 % 10, number % 10];
    let shown = &all[all.len() - digits(layout)..];
    keys.extend(shown.iter().map(|digit| Key::Digit(*digit)));
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&char::from(*self), f)
    }
}
