//! What a row says, cell by cell.

use super::check::Wrong;
use super::columns::Columns;
use super::{Field, Ground, ImportCode, InputCell, InputRow};
use crate::org::text::{self, MEMBERS_LIMIT, TextFault, fold};
use crate::org::{Kind, Level};
use crate::{Day, UnitId};

/// How much of a cell a finding quotes, in characters.
const QUOTED: usize = 80;

/// What a row says. What could not be read is empty or `None`, and a finding
/// stands for it.
pub(super) struct Row {
    pub line: u32,
    pub code: String,
    pub name: String,
    pub parent_code: String,
    pub level: Option<Level>,
    pub kind: Option<Kind>,
    pub members: Option<u32>,
    pub from: Day,
    /// The unit that carries the code on the row's day.
    pub unit: Option<UnitId>,
}

/// Whether any cell that is read is not empty.
pub(super) fn says_something(columns: &Columns, row: &InputRow) -> bool {
    columns.read().any(|column| match row.cells.get(column) {
        None | Some(InputCell::Empty) => false,
        Some(InputCell::Text(text)) => !text.trim().is_empty(),
        Some(_) => true,
    })
}

/// Reads a row.
pub(super) fn read(
    ground: Ground<'_>,
    columns: &Columns,
    row: &InputRow,
    wrong: &mut Wrong<'_>,
) -> Row {
    wrong.next_row(row.line);
    let cell = |field: Field| {
        columns
            .of(field)
            .and_then(|column| row.cells.get(column))
            .unwrap_or(&InputCell::Empty)
    };
    let mut note =
        |field: Field, (code, value): (ImportCode, String)| wrong.add(field, code, &value);
    let mut text_of = |field: Field| {
        text_in(cell(field)).unwrap_or_else(|fault| {
            note(field, fault);
            None
        })
    };
    let code = text_of(Field::Code);
    let name = text_of(Field::Name);
    let parent_code = text_of(Field::ParentCode);
    let level = text_of(Field::Level);
    let kind = text_of(Field::Kind);
    if let Some(fault) = code.as_deref().and_then(code_fault) {
        note(Field::Code, fault);
    }
    if let Some(fault) = name.as_deref().and_then(name_fault) {
        note(Field::Name, fault);
    }
    let level = level.and_then(|word| {
        let known = level_of(ground, &word);
        if known.is_none() {
            note(Field::Level, (ImportCode::LevelUnknown, word));
        }
        known
    });
    let kind = kind.and_then(|word| {
        let known = kind_of(ground, &word);
        if known.is_none() {
            note(Field::Kind, (ImportCode::KindUnknown, word));
        }
        known
    });
    let members = count_in(cell(Field::Members))
        .map_err(|fault| note(Field::Members, fault))
        .ok();
    let from = day_in(cell(Field::From)).unwrap_or_else(|fault| {
        note(Field::From, fault);
        None
    });
    Row {
        line: row.line,
        code: code.unwrap_or_default(),
        name: name.unwrap_or_default(),
        parent_code: parent_code.unwrap_or_default(),
        level,
        kind,
        members,
        from: from.unwrap_or(ground.day),
        unit: None,
    }
}

type Fault = (ImportCode, String);

/// The text in a cell, without the spaces around it. A whole number in a
/// column of codes is the text of its digits.
fn text_in(cell: &InputCell) -> Result<Option<String>, Fault> {
    let text = match cell {
        InputCell::Empty => "",
        InputCell::Text(text) => text.trim(),
        InputCell::Number(number) => whole(number).unwrap_or_else(|| number.trim()),
        InputCell::Day(day) => return Err((ImportCode::NotAText, day.to_string())),
        InputCell::Bool(value) => return Err((ImportCode::NotAText, value.to_string())),
        InputCell::Formula(_) | InputCell::Error(_) => return Err(untrusted(cell)),
    };
    if text.chars().any(char::is_control) {
        let shown = text
            .chars()
            .map(|letter| if letter.is_control() { '␣' } else { letter })
            .collect();
        return Err((ImportCode::ControlCharacter, shown));
    }
    Ok(Some(text.to_owned()))
}

fn untrusted(cell: &InputCell) -> Fault {
    match cell {
        InputCell::Formula(formula) => (ImportCode::Formula, formula.clone()),
        InputCell::Error(error) => (ImportCode::ErrorCell, error.clone()),
        _ => (ImportCode::NotAText, String::new()),
    }
}

fn code_fault(code: &str) -> Option<Fault> {
    text::code(code).err().map(|fault| match fault {
        TextFault::Empty => (ImportCode::CodeEmpty, String::new()),
        TextFault::Control => (ImportCode::ControlCharacter, code.to_owned()),
        TextFault::TooLong | TextFault::Spaces => (ImportCode::CodeMalformed, code.to_owned()),
    })
}

fn name_fault(name: &str) -> Option<Fault> {
    text::name(name).err().map(|fault| match fault {
        TextFault::Empty => (ImportCode::NameEmpty, String::new()),
        TextFault::Control => (ImportCode::ControlCharacter, name.to_owned()),
        TextFault::TooLong | TextFault::Spaces => (ImportCode::NameTooLong, name.to_owned()),
    })
}

/// A level by its code as the profile writes it, else by an accepted word.
fn level_of(ground: Ground<'_>, word: &str) -> Option<Level> {
    let level = Level(word.to_owned());
    if ground.words.ranks.contains_key(&level) {
        return Some(level);
    }
    let level = ground.labels.levels.get(&fold(word))?;
    ground
        .words
        .ranks
        .contains_key(level)
        .then(|| level.clone())
}

/// A kind by its code as the profile writes it, else by an accepted word.
fn kind_of(ground: Ground<'_>, word: &str) -> Option<Kind> {
    let kind = Kind(word.to_owned());
    if ground.words.kinds.contains(&kind) {
        return Some(kind);
    }
    let kind = ground.labels.kinds.get(&fold(word))?;
    ground.words.kinds.contains(kind).then(|| kind.clone())
}

fn count_in(cell: &InputCell) -> Result<u32, Fault> {
    let (shown, digits) = match cell {
        InputCell::Empty => (String::new(), None),
        InputCell::Text(text) => (text.clone(), ungrouped(text.trim())),
        InputCell::Number(number) => (number.clone(), whole(number).map(str::to_owned)),
        InputCell::Day(day) => (day.to_string(), None),
        InputCell::Bool(value) => (value.to_string(), None),
        InputCell::Formula(_) | InputCell::Error(_) => return Err(untrusted(cell)),
    };
    let Some(digits) = digits else {
        return Err((ImportCode::NotACount, shown));
    };
    match digits.parse::<u32>() {
        Ok(count) if count <= MEMBERS_LIMIT => Ok(count),
        _ => Err((ImportCode::CountTooBig, shown)),
    }
}

/// The digits of a whole number as a spreadsheet keeps it: `42` or `42.0`.
fn whole(number: &str) -> Option<&str> {
    let number = number.trim();
    let (digits, rest) = number.split_once('.').unwrap_or((number, ""));
    let fits = !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && rest.bytes().all(|byte| byte == b'0');
    fits.then_some(digits)
}

/// The digits of a count as people write it, `1234` or, in groups of three,
/// `1.234`, `1,234`, `1 234`: a unit has no fractions of members.
fn ungrouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(['.', ',', ' ', '\u{a0}']).collect();
    let digits =
        |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let fits = groups.iter().all(digits)
        && (groups.len() == 1
            || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3)));
    fits.then(|| groups.concat())
}

fn day_in(cell: &InputCell) -> Result<Option<Day>, Fault> {
    match cell {
        InputCell::Empty => Ok(None),
        InputCell::Day(day) => Ok(Some(*day)),
        InputCell::Text(text) if text.trim().is_empty() => Ok(None),
        InputCell::Text(text) => Day::parse(text)
            .map(Some)
            .map_err(|_| (ImportCode::NotADay, text.clone())),
        InputCell::Number(number) => Err((ImportCode::NotADay, number.clone())),
        InputCell::Bool(value) => Err((ImportCode::NotADay, value.to_string())),
        InputCell::Formula(_) | InputCell::Error(_) => Err(untrusted(cell)),
    }
}

/// What a finding quotes of a text.
pub(super) fn cut(text: &str) -> String {
    text.chars().take(QUOTED).collect()
}
