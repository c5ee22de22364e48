//! The rows of an import's preview, cell by cell.

use std::collections::BTreeMap;

use plenum_rules::org::import::{
    CellFinding, Fate, Field, FieldChange, InputRow, RowFate, meaning,
};
use plenum_rules::org::{ImportPlan, SheetInput};
use plenum_rules::profile::Profile;

use crate::features::org::{findings, sheets};
use crate::shell::language::Words;

/// How many rows stand on one page.
pub const PAGE: usize = 200;

/// A cell with its fate.
pub struct Cell {
    /// `new`, `changed`, `same` or `error`.
    pub fate: &'static str,
    /// What is in the file.
    pub value: String,
    /// What it was, where it changes.
    pub old: String,
    /// What it will be, where it changes.
    pub new: String,
    /// What is wrong, each with its code and the cell's name.
    pub errors: Vec<(String, &'static str, String)>,
    /// The column's name, for cards.
    pub label: String,
}

/// A row with its cells.
pub struct Row {
    /// The line in the file.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// The columns of the preview.
pub const FIELDS: [Field; 7] = [
    Field::Code,
    Field::Name,
    Field::ParentCode,
    Field::Level,
    Field::Kind,
    Field::Members,
    Field::From,
];

/// Which rows are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Only {
    /// All of them.
    All,
    /// Those with something wrong.
    Errors,
    /// Units that begin.
    New,
    /// Units that change.
    Changed,
}

impl Only {
    /// From an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "errors" => Some(Self::Errors),
            "new" => Some(Self::New),
            "changed" => Some(Self::Changed),
            _ => None,
        }
    }

    fn wants(self, fate: &Fate) -> bool {
        match self {
            Self::All => true,
            Self::Errors => *fate == Fate::Error,
            Self::New => *fate == Fate::New,
            Self::Changed => matches!(fate, Fate::Changed(_)),
        }
    }
}

/// The places of the rows wanted: what is wrong first, then what changes, then
/// what begins, then the rest, each in the file's order.
#[must_use]
pub fn order(plan: &ImportPlan, only: Only) -> Vec<usize> {
    let mut places: Vec<usize> = (0..plan.rows.len())
        .filter(|place| only.wants(&plan.rows[*place].fate))
        .collect();
    places.sort_by_key(|place| match plan.rows[*place].fate {
        Fate::Error => 0,
        Fate::Changed(_) => 1,
        Fate::New => 2,
        Fate::Same => 3,
    });
    places
}

/// Some rows as they are shown.
#[must_use]
pub fn rows(
    words: Words,
    profile: &Profile,
    sheet: &SheetInput,
    plan: &ImportPlan,
    places: &[usize],
) -> Vec<Row> {
    let mut columns: BTreeMap<Field, usize> = BTreeMap::new();
    for (column, word) in sheet.header.iter().enumerate() {
        if let Some(field) = meaning(word) {
            columns.entry(field).or_insert(column);
        }
    }
    places
        .iter()
        .map(|place| {
            let fate = &plan.rows[*place];
            let input = sheet
                .rows
                .binary_search_by_key(&fate.line, |row| row.line)
                .ok()
                .map(|at| &sheet.rows[at]);
            let first = plan
                .findings
                .partition_point(|finding| finding.line < fate.line);
            let found = plan.findings[first..]
                .iter()
                .take_while(|finding| finding.line == fate.line);
            let found: Vec<&CellFinding> = found.collect();
            let drawing = Drawing {
                words,
                profile,
                columns: &columns,
                fate,
                input,
                found: &found,
            };
            Row {
                line: fate.line,
                cells: FIELDS.iter().map(|field| drawing.cell(*field)).collect(),
            }
        })
        .collect()
}

struct Drawing<'a> {
    words: Words,
    profile: &'a Profile,
    columns: &'a BTreeMap<Field, usize>,
    fate: &'a RowFate,
    input: Option<&'a InputRow>,
    found: &'a [&'a CellFinding],
}

impl Drawing<'_> {
    fn cell(&self, field: Field) -> Cell {
        let column = self.columns.get(&field).copied();
        let typed = column.and_then(|column| self.input.and_then(|input| input.cells.get(column)));
        let mut cell = Cell {
            fate: "same",
            value: sheets::shown(typed),
            old: String::new(),
            new: String::new(),
            errors: Vec::new(),
            label: findings::field_name(self.words, field),
        };
        for finding in self.found.iter().filter(|finding| finding.field == field) {
            let text = findings::in_cell(self.words, self.profile, finding);
            cell.errors
                .push((findings::place(finding), finding.code.code(), text));
        }
        if !cell.errors.is_empty() {
            cell.fate = "error";
        } else if self.fate.fate == Fate::New && !cell.value.is_empty() {
            cell.fate = "new";
        } else if let Fate::Changed(changes) = &self.fate.fate
            && let Some(FieldChange { old, new, .. }) =
                changes.iter().find(|change| change.field == field)
        {
            cell.fate = "changed";
            cell.old = findings::value(self.words, self.profile, field, old);
            cell.new = findings::value(self.words, self.profile, field, new);
        }
        cell
    }
}
