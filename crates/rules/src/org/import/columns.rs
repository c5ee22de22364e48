//! Which column means what.

use std::collections::BTreeMap;

use super::{Field, HeaderFinding, ImportCode};
use crate::org::text::fold;

/// The columns that must be there.
const NEEDED: [Field; 6] = [
    Field::Code,
    Field::Name,
    Field::ParentCode,
    Field::Level,
    Field::Kind,
    Field::Members,
];

/// Where each field stands.
pub(super) struct Columns(BTreeMap<Field, usize>);

impl Columns {
    /// The field's column; `None` for one left out.
    pub fn of(&self, field: Field) -> Option<usize> {
        self.0.get(&field).copied()
    }

    /// The columns that are read.
    pub fn read(&self) -> impl Iterator<Item = usize> {
        self.0.values().copied()
    }
}

/// Recognises the columns; `None` where one is missing or there twice.
pub(super) fn read(header: &[String]) -> (Option<Columns>, Vec<HeaderFinding>) {
    let mut found: BTreeMap<Field, usize> = BTreeMap::new();
    let mut findings = Vec::new();
    for (column, word) in header.iter().enumerate() {
        let field = meaning(word);
        match field {
            Some(field) if found.contains_key(&field) => {
                findings.push(finding(
                    Some(column),
                    Some(field),
                    ImportCode::ColumnTwice,
                    word,
                ));
            }
            Some(field) => {
                found.insert(field, column);
            }
            None if word.trim().is_empty() => {}
            None => findings.push(finding(Some(column), None, ImportCode::ColumnUnknown, word)),
        }
    }
    for field in NEEDED {
        if !found.contains_key(&field) {
            findings.push(finding(None, Some(field), ImportCode::ColumnMissing, ""));
        }
    }
    let usable = findings
        .iter()
        .all(|finding| finding.code == ImportCode::ColumnUnknown);
    (usable.then_some(Columns(found)), findings)
}

/// What a column with this word at its top means; `None` for an unknown one,
/// which is not read.
#[must_use]
pub fn meaning(word: &str) -> Option<Field> {
    Some(match fold(word).as_str() {
        "ma" | "madonvi" | "matochuc" | "code" | "unitcode" => Field::Code,
        "ten" | "tendonvi" | "tentochuc" | "name" | "unitname" => Field::Name,
        "macaptren" | "madonvicaptren" | "parentcode" | "parent" => Field::ParentCode,
        "cap" | "level" => Field::Level,
        "loaihinh" | "loai" | "kind" => Field::Kind,
        "sodangvien" | "dangvien" | "members" => Field::Members,
        "tungay" | "from" | "fromday" => Field::From,
        _ => return None,
    })
}

fn finding(
    column: Option<usize>,
    field: Option<Field>,
    code: ImportCode,
    word: &str,
) -> HeaderFinding {
    HeaderFinding {
        column,
        field,
        code,
        value: super::cells::cut(word),
        severity: code.severity(),
    }
}
