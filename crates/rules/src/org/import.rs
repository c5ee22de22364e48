//! Taking units in from a spreadsheet: first a plan that says what would
//! happen to each row and what is wrong in which cell, then, where nothing
//! is wrong, the same kind of outcome as a single change has.
//!
//! Units are known again by their code. What differs is restated from the
//! row's day on, with the meaning [`super::change`] gives a back-dated change;
//! a row that says what is so already changes nothing. A unit that is missing
//! from the sheet is reported and left alone: leaving a row out closes nothing.

mod cells;
mod check;
mod columns;
mod findings;
mod place;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

use self::cells::Row;
pub use self::columns::meaning;
pub use self::findings::{CellFinding, Field, HeaderFinding, ImportCode, Severity};
use super::change::{Outcome, Vocabulary};
use super::text::fold;
use super::tree::Tree;
use super::{Kind, Level};
use crate::{Day, UnitId};

/// A sheet as read: its header and its rows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SheetInput {
    /// The words at the top of the columns.
    pub header: Vec<String>,
    /// The rows under it.
    pub rows: Vec<InputRow>,
}

/// A row of a sheet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputRow {
    /// The line in the file, as the person who fills it in sees it.
    pub line: u32,
    /// The cells, in the order of the columns; a short row ends in empty cells.
    pub cells: Vec<InputCell>,
}

/// What stands in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum InputCell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number, in digits as the spreadsheet keeps it.
    Number(String),
    /// A day.
    Day(Day),
    /// A formula; its result is not trusted.
    Formula(String),
    /// An error, such as `#REF!`.
    Error(String),
    /// True or false.
    Bool(bool),
}

/// The words accepted for levels and kinds besides their codes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Labels {
    levels: BTreeMap<String, Level>,
    kinds: BTreeMap<String, Kind>,
}

impl Labels {
    /// No words yet: codes only.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Accepts the word for the level, without regard to case, marks, spaces.
    #[must_use]
    pub fn with_level(mut self, word: &str, level: Level) -> Self {
        self.levels.insert(fold(word), level);
        self
    }

    /// Accepts the word for the kind, without regard to case, marks, spaces.
    #[must_use]
    pub fn with_kind(mut self, word: &str, kind: Kind) -> Self {
        self.kinds.insert(fold(word), kind);
        self
    }
}

/// What would happen to one row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RowFate {
    /// The line in the file.
    pub line: u32,
    /// The code in it.
    pub code: String,
    /// The name in it.
    pub name: String,
    /// The unit it is about, where that exists on the row's day.
    pub unit: Option<UnitId>,
    /// What would happen.
    pub fate: Fate,
}

/// What would happen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// A unit begins.
    New,
    /// A unit changes in these fields.
    Changed(Vec<FieldChange>),
    /// Everything is so already.
    Same,
    /// Something in the row stops the import.
    Error,
}

/// A field's value before and after.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// As it is; the unit above by its code.
    pub old: String,
    /// As the sheet has it.
    pub new: String,
}

/// How many rows meet which fate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Summary {
    /// Units that begin.
    pub new: usize,
    /// Units that change.
    pub changed: usize,
    /// Units that stay as they are.
    pub same: usize,
    /// Rows with something wrong.
    pub errors: usize,
    /// Units that exist and are not in the sheet.
    pub absent: usize,
}

/// What taking a sheet in would do, to be looked at before it is done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ImportPlan {
    /// Each row that is not empty, in the sheet's order. None where a column
    /// is missing or there twice.
    pub rows: Vec<RowFate>,
    /// What is wrong in which cell, by line.
    pub findings: Vec<CellFinding>,
    /// What is wrong with the columns.
    pub header_findings: Vec<HeaderFinding>,
    /// The counts.
    pub summary: Summary,
    /// Units that exist on the import's day (below the root, where there is
    /// one) and are not in the sheet. They stay as they are.
    pub absent: Vec<UnitId>,
    #[serde(skip)]
    outcome: Option<Outcome>,
}

/// Why a plan has no outcome.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ImportBlocked {
    /// How many findings stop it.
    pub findings: usize,
}

impl fmt::Display for ImportBlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} findings stop the import", self.findings)
    }
}

impl std::error::Error for ImportBlocked {}

impl ImportPlan {
    /// What the import does to the records; no edits where all is the same.
    ///
    /// # Errors
    /// [`ImportBlocked`] where something wrong must be put right first.
    pub fn outcome(&self) -> Result<&Outcome, ImportBlocked> {
        self.outcome.as_ref().ok_or_else(|| ImportBlocked {
            findings: self.blocking(),
        })
    }

    fn blocking(&self) -> usize {
        let in_cells = self
            .findings
            .iter()
            .filter(|finding| finding.severity == Severity::Blocks)
            .count();
        let in_header = self
            .header_findings
            .iter()
            .filter(|finding| finding.severity == Severity::Blocks)
            .count();
        in_cells + in_header
    }
}

/// What a row is held against.
#[derive(Clone, Copy)]
struct Ground<'a> {
    tree: &'a Tree,
    words: &'a Vocabulary,
    labels: &'a Labels,
    root: Option<UnitId>,
    day: Day,
}

/// Plans the import of a sheet, which holds from `day` on where a row names no
/// day of its own. With a `root`, everything stays at or below that unit, and
/// the root's own row may leave the code above empty. `new_id` must give names
/// never given to a unit before; it is asked only where nothing is wrong.
///
/// The tree must hold what [`super::apply`] asks for. The time is proportional
/// to n·log n in the units and rows together.
///
/// Rule 2.8 (`docs/rulebook`): units are valid from a day.
pub fn plan_import(
    tree: &Tree,
    words: &Vocabulary,
    labels: &Labels,
    root: Option<UnitId>,
    day: Day,
    sheet: &SheetInput,
    new_id: &mut dyn FnMut() -> UnitId,
) -> ImportPlan {
    let ground = Ground {
        tree,
        words,
        labels,
        root,
        day,
    };
    let (columns, header_findings) = columns::read(&sheet.header);
    let mut plan = ImportPlan {
        rows: Vec::new(),
        findings: Vec::new(),
        header_findings,
        summary: Summary::default(),
        absent: Vec::new(),
        outcome: None,
    };
    let Some(columns) = columns else { return plan };
    let mut wrong = check::Wrong::new(&columns);
    let mut rows: Vec<Row> = sheet
        .rows
        .iter()
        .filter(|row| cells::says_something(&columns, row))
        .map(|row| cells::read(ground, &columns, row, &mut wrong))
        .collect();
    place::recognise(ground, &mut rows, &mut wrong);
    let above = place::above(ground, &rows, &mut wrong);
    let mut fates = check::fates(ground, &rows, &above);
    check::changes_stay_within(ground, &rows, &fates, &mut wrong);
    if wrong.nothing() {
        plan.outcome = check::outcome(ground, &rows, &above, &fates, new_id, &mut wrong);
    }
    for line in wrong.rows() {
        fates[*line] = Fate::Error;
    }
    plan.absent = absent(ground, &rows);
    plan.rows = rows
        .into_iter()
        .zip(fates)
        .map(|(row, fate)| RowFate {
            line: row.line,
            code: row.code,
            name: row.name,
            unit: row.unit,
            fate,
        })
        .collect();
    plan.findings = wrong.into_findings();
    plan.summary = summary(&plan);
    plan
}

fn absent(ground: Ground<'_>, rows: &[Row]) -> Vec<UnitId> {
    let named: BTreeSet<UnitId> = rows.iter().filter_map(|row| row.unit).collect();
    let expected = ground.tree.subtree_on(ground.root, ground.day);
    expected
        .into_iter()
        .map(|version| version.unit)
        .filter(|unit| Some(*unit) != ground.root && !named.contains(unit))
        .collect()
}

fn summary(plan: &ImportPlan) -> Summary {
    let mut summary = Summary {
        absent: plan.absent.len(),
        ..Summary::default()
    };
    for row in &plan.rows {
        match row.fate {
            Fate::New => summary.new += 1,
            Fate::Changed(_) => summary.changed += 1,
            Fate::Same => summary.same += 1,
            Fate::Error => summary.errors += 1,
        }
    }
    summary
}
