//! Directives, plans, guidance, decisions: what a season rests on, and how one
//! follows from another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Day;

/// Which instrument. Never the number alone: 35-CT/TW exists of 30/5/2019 and
/// of 14/6/2024 (rules.md §1.0, §2).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstrumentKey {
    /// Who issued it.
    pub issuer: String,
    /// Its number, such as `86-KH/QU`.
    pub number: String,
    /// Its date.
    pub date: Day,
}

impl fmt::Display for InstrumentKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}, {}", self.number, self.date, self.issuer)
    }
}

/// What sort of instrument.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentKind {
    /// Chỉ thị.
    Directive,
    /// Kế hoạch.
    Plan,
    /// Hướng dẫn.
    Guidance,
    /// Quyết định.
    Decision,
    /// Anything else: a conclusion, a regulation, a scheme.
    Other,
}

/// An instrument.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Instrument {
    /// Which.
    pub key: InstrumentKey,
    /// What sort.
    pub kind: InstrumentKind,
    /// What it is about.
    pub title: String,
    /// The instruments it carries out.
    #[serde(default)]
    pub derived_from: Vec<InstrumentKey>,
}

/// What was found in a chain of instruments.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstrumentCode {
    /// It is dated before the instrument it carries out.
    BeforeSource,
    /// It carries out itself, through others or directly.
    Circle,
    /// The same issuer, number and date stand twice.
    Twice,
    /// The instrument it carries out is not recorded.
    SourceNotRecorded,
    /// The number does not read as numbers do (`86-KH/QU`).
    NumberUnusual,
    /// The number's letters say another kind than was recorded.
    KindDiffers,
    /// Another instrument has the same number: name the date with it.
    SameNumber,
}

impl InstrumentCode {
    /// Every code, in the order of the rulebook.
    pub const ALL: [Self; 7] = [
        Self::BeforeSource,
        Self::Circle,
        Self::Twice,
        Self::SourceNotRecorded,
        Self::NumberUnusual,
        Self::KindDiffers,
        Self::SameNumber,
    ];

    /// The code shown to people and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::BeforeSource => "E-INS-01",
            Self::Circle => "E-INS-02",
            Self::Twice => "E-INS-03",
            Self::SourceNotRecorded => "W-INS-11",
            Self::NumberUnusual => "W-INS-12",
            Self::KindDiffers => "W-INS-13",
            Self::SameNumber => "W-INS-14",
        }
    }
}

/// Something found about an instrument.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct InstrumentFinding {
    /// What.
    pub code: InstrumentCode,
    /// About which.
    pub instrument: InstrumentKey,
    /// The other one, where two are concerned.
    pub other: Option<InstrumentKey>,
}

/// A number taken apart: `86-KH/QU` is the 86th plan of a district committee.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NumberParts<'a> {
    /// The running number.
    pub running: u32,
    /// The letters of the kind, such as `KH`.
    pub kind: &'a str,
    /// The letters of the issuer, such as `QU`.
    pub issuer: &'a str,
}

impl NumberParts<'_> {
    /// The kind the letters stand for.
    #[must_use]
    pub fn instrument_kind(&self) -> InstrumentKind {
        match self.kind {
            "CT" => InstrumentKind::Directive,
            "KH" => InstrumentKind::Plan,
            "HD" => InstrumentKind::Guidance,
            "QĐ" => InstrumentKind::Decision,
            _ => InstrumentKind::Other,
        }
    }
}

/// Takes a number apart where it reads as running number, hyphen, letters of
/// the kind, stroke, letters of the issuer. Others exist (`01/2021/TT-BNV`), so
/// this is advice only.
#[must_use]
pub fn read_number(number: &str) -> Option<NumberParts<'_>> {
    let (running, rest) = number.trim().split_once('-')?;
    let (kind, issuer) = rest.split_once('/')?;
    let letters = |part: &str, also: &[char]| {
        !part.is_empty()
            && part
                .chars()
                .all(|sign| sign.is_uppercase() || also.contains(&sign))
    };
    let digits = running.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || !letters(kind, &[]) || !letters(issuer, &['-', '.']) {
        return None;
    }
    Some(NumberParts {
        running: running.parse().ok()?,
        kind,
        issuer,
    })
}

/// What is wrong with the instruments of a season, in their order.
#[must_use]
pub fn check_instruments(instruments: &[Instrument]) -> Vec<InstrumentFinding> {
    let mut found = Vec::new();
    let mut recorded: BTreeMap<&InstrumentKey, &Instrument> = BTreeMap::new();
    let mut by_number: BTreeMap<&str, &InstrumentKey> = BTreeMap::new();
    let mut say = |code, instrument: &Instrument, other: Option<&InstrumentKey>| {
        found.push(InstrumentFinding {
            code,
            instrument: instrument.key.clone(),
            other: other.cloned(),
        });
    };
    for instrument in instruments {
        if recorded.contains_key(&instrument.key) {
            say(InstrumentCode::Twice, instrument, None);
            continue;
        }
        recorded.insert(&instrument.key, instrument);
        if let Some(other) = by_number.insert(instrument.key.number.trim(), &instrument.key) {
            say(InstrumentCode::SameNumber, instrument, Some(other));
        }
        match read_number(&instrument.key.number) {
            None => say(InstrumentCode::NumberUnusual, instrument, None),
            Some(parts) if parts.instrument_kind() != instrument.kind => {
                say(InstrumentCode::KindDiffers, instrument, None);
            }
            Some(_) => {}
        }
    }
    for instrument in instruments {
        for source in &instrument.derived_from {
            if instrument.key.date < source.date {
                say(InstrumentCode::BeforeSource, instrument, Some(source));
            }
            if !recorded.contains_key(source) {
                say(InstrumentCode::SourceNotRecorded, instrument, Some(source));
            }
        }
        if rests_on_itself(instrument, &recorded) {
            say(InstrumentCode::Circle, instrument, None);
        }
    }
    found
}

fn rests_on_itself(start: &Instrument, recorded: &BTreeMap<&InstrumentKey, &Instrument>) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&InstrumentKey> = start.derived_from.iter().collect();
    while let Some(key) = open.pop() {
        if *key == start.key {
            return true;
        }
        if seen.insert(key) {
            open.extend(
                recorded
                    .get(key)
                    .into_iter()
                    .flat_map(|instrument| &instrument.derived_from),
            );
        }
    }
    false
}

/// Whether a unit said that it knows an instrument (quán triệt), as of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Acknowledgement {
    /// The instrument was not there yet.
    NotIssued,
    /// It has not said so, and has time.
    Open,
    /// It has not said so, and should have by this day.
    Overdue {
        /// The last day it had.
        due: Day,
    },
    /// It said so.
    Given {
        /// When.
        on: Day,
        /// Whether that was after the last day it had.
        late: bool,
    },
}

/// The state of an acknowledgement on `as_of`: `due` is the last day for it,
/// where the instrument set one.
#[must_use]
pub fn acknowledgement(
    issued: Day,
    due: Option<Day>,
    given: Option<Day>,
    as_of: Day,
) -> Acknowledgement {
    if let Some(on) = given.filter(|on| *on <= as_of) {
        return Acknowledgement::Given {
            on,
            late: due.is_some_and(|due| on > due),
        };
    }
    match due {
        _ if as_of < issued => Acknowledgement::NotIssued,
        Some(due) if as_of > due => Acknowledgement::Overdue { due },
        _ => Acknowledgement::Open,
    }
}
