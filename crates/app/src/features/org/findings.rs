//! What is wrong in a sheet, said to a person: which cell, what, what to do.

use plenum_papers::sheet::cell_name;
use plenum_rules::Day;
use plenum_rules::org::import::{CellFinding, Field, HeaderFinding, ImportCode};
use plenum_rules::org::{Kind, Level};
use plenum_rules::profile::Profile;

use crate::shell::language::{Put, Words};
use crate::shell::profiles::{kind_name, level_name};

/// The name of a column.
#[must_use]
pub fn field_name(words: Words, field: Field) -> String {
    words.say(match field {
        Field::Code => "org-code",
        Field::Name => "org-name",
        Field::ParentCode => "org-parent-code",
        Field::Level => "org-level",
        Field::Kind => "org-kind",
        Field::Members => "org-members",
        Field::From => "org-from",
    })
}

/// Where it is: `C17`.
#[must_use]
pub fn place(finding: &CellFinding) -> String {
    cell_name(finding.column, finding.line)
}

/// What is wrong in a cell.
#[must_use]
pub fn in_cell(words: Words, profile: &Profile, finding: &CellFinding) -> String {
    let lines: Vec<String> = finding.lines.iter().map(ToString::to_string).collect();
    let value = match finding.code {
        ImportCode::LevelNotBetween => level_name(words, profile, &Level(finding.value.clone())),
        _ => day_or_text(words, &finding.value),
    };
    let values: Vec<(&str, Put)> = vec![
        ("value", value.into()),
        ("lines", lines.join(", ").into()),
        ("field", field_name(words, finding.field).into()),
        ("accepted", accepted(words, profile, finding.code).into()),
    ];
    words.say_with(&key(finding.code), &values)
}

/// What is wrong in the header.
#[must_use]
pub fn in_header(words: Words, finding: &HeaderFinding) -> String {
    let field = finding
        .field
        .map(|field| field_name(words, field))
        .unwrap_or_default();
    let at = finding
        .column
        .map(|column| cell_name(column, 1))
        .unwrap_or_default();
    let values: Vec<(&str, Put)> = vec![
        ("value", finding.value.as_str().into()),
        ("field", field.into()),
        ("at", at.into()),
    ];
    words.say_with(&key(finding.code), &values)
}

fn key(code: ImportCode) -> String {
    format!("problem-{}", code.code().to_lowercase())
}

/// Some findings quote a day in the form of programs.
fn day_or_text(words: Words, value: &str) -> String {
    let iso = value.len() == 10 && value.as_bytes()[4] == b'-';
    match Day::parse(value) {
        Ok(day) if iso => words.day(day),
        _ => value.to_owned(),
    }
}

fn accepted(words: Words, profile: &Profile, code: ImportCode) -> String {
    let names: Vec<String> = match code {
        ImportCode::LevelUnknown => profile
            .levels
            .iter()
            .map(|rule| level_name(words, profile, &rule.code))
            .collect(),
        ImportCode::KindUnknown => profile
            .kinds
            .iter()
            .map(|rule| kind_name(words, profile, &rule.code))
            .collect(),
        _ => return String::new(),
    };
    names.join("; ")
}

/// A value of a record as a person reads it: levels and kinds by their names.
#[must_use]
pub fn value(words: Words, profile: &Profile, field: Field, value: &str) -> String {
    match field {
        Field::Level => level_name(words, profile, &Level(value.to_owned())),
        Field::Kind => kind_name(words, profile, &Kind(value.to_owned())),
        Field::Members => value
            .parse::<i64>()
            .map_or_else(|_| value.to_owned(), |count| words.count(count)),
        _ if value.is_empty() => "–".to_owned(),
        _ => value.to_owned(),
    }
}
