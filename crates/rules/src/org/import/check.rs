//! What is wrong, what changes, and what that does to the records.

use std::collections::BTreeSet;

use super::cells::{Row, cut};
use super::columns::Columns;
use super::place::Above;
use super::{CellFinding, Fate, Field, FieldChange, Ground, ImportCode};
use crate::org::change::Outcome;
use crate::org::draft::{Draft, Scope};
use crate::org::list::restated;
use crate::org::refusal::Refusal;
use crate::org::{Tree, UnitVersion};
use crate::timeline::Span;
use crate::{Day, UnitId};

/// How many other lines a finding names at most.
pub(super) const LINES: usize = 20;

/// What is wrong so far.
pub(super) struct Wrong<'c> {
    columns: &'c Columns,
    lines: Vec<u32>,
    findings: Vec<(usize, CellFinding)>,
    rows: BTreeSet<usize>,
}

impl<'c> Wrong<'c> {
    /// Nothing yet.
    pub fn new(columns: &'c Columns) -> Self {
        Self {
            columns,
            lines: Vec::new(),
            findings: Vec::new(),
            rows: BTreeSet::new(),
        }
    }

    /// What follows is about the next row.
    pub fn next_row(&mut self, line: u32) {
        self.lines.push(line);
    }

    /// Something in the last row.
    pub fn add(&mut self, field: Field, code: ImportCode, value: &str) {
        self.add_at(self.lines.len().saturating_sub(1), field, code, value, &[]);
    }

    /// Something in the row at a place, with other lines concerned.
    pub fn add_at(
        &mut self,
        row: usize,
        field: Field,
        code: ImportCode,
        value: &str,
        lines: &[u32],
    ) {
        let column = self
            .columns
            .of(field)
            .or_else(|| self.columns.of(Field::Code))
            .unwrap_or(0);
        let finding = CellFinding {
            line: self.lines.get(row).copied().unwrap_or(0),
            column,
            field,
            code,
            value: cut(value),
            lines: lines.iter().copied().take(LINES).collect(),
            severity: code.severity(),
        };
        self.findings.push((row, finding));
        self.rows.insert(row);
    }

    /// Whether nothing is wrong.
    pub fn nothing(&self) -> bool {
        self.findings.is_empty()
    }

    /// The rows with something wrong.
    pub fn rows(&self) -> impl Iterator<Item = &usize> {
        self.rows.iter()
    }

    /// All of it, by row and column.
    pub fn into_findings(mut self) -> Vec<CellFinding> {
        self.findings
            .sort_by_key(|(row, finding)| (*row, finding.column));
        self.findings
            .into_iter()
            .map(|(_, finding)| finding)
            .collect()
    }
}

/// What would happen to each row, as far as it could be read.
pub(super) fn fates(ground: Ground<'_>, rows: &[Row], above: &[Above]) -> Vec<Fate> {
    rows.iter()
        .zip(above)
        .map(|(row, above)| {
            let Some(current) = row.unit.and_then(|unit| ground.tree.on(unit, row.from)) else {
                return Fate::New;
            };
            let changes = differences(ground, rows, row, *above, current);
            if changes.is_empty() {
                Fate::Same
            } else {
                Fate::Changed(changes)
            }
        })
        .collect()
}

fn differences(
    ground: Ground<'_>,
    rows: &[Row],
    row: &Row,
    above: Above,
    current: &UnitVersion,
) -> Vec<FieldChange> {
    let mut changes = Vec::new();
    let mut compare = |field: Field, old: &str, new: &str| {
        if old != new {
            changes.push(FieldChange {
                field,
                old: old.to_owned(),
                new: new.to_owned(),
            });
        }
    };
    compare(Field::Name, &current.name, &row.name);
    if let Some(level) = &row.level {
        compare(Field::Level, &current.level.0, &level.0);
    }
    if let Some(kind) = &row.kind {
        compare(Field::Kind, &current.kind.0, &kind.0);
    }
    if let Some(members) = row.members.filter(|members| *members != current.members) {
        compare(
            Field::Members,
            &current.members.to_string(),
            &members.to_string(),
        );
    }
    if !above.is_already(current, rows) {
        let parent = current
            .parent
            .and_then(|parent| ground.tree.on(parent, row.from));
        let old = parent
            .map(|version| version.code.clone())
            .unwrap_or_default();
        changes.push(FieldChange {
            field: Field::ParentCode,
            old,
            new: row.parent_code.clone(),
        });
    }
    changes
}

/// A back-dated change flows on into later versions; who imports below a unit
/// must not reach a unit that has left it since.
pub(super) fn changes_stay_within(
    ground: Ground<'_>,
    rows: &[Row],
    fates: &[Fate],
    wrong: &mut Wrong<'_>,
) {
    let Some(root) = ground.root else { return };
    for (place, row) in rows.iter().enumerate() {
        let (Some(unit), Fate::Changed(_)) = (row.unit, &fates[place]) else {
            continue;
        };
        if let Some(left) = leaves(ground.tree, unit, root, row.from) {
            wrong.add_at(
                place,
                Field::From,
                ImportCode::OutsideRoot,
                &left.to_string(),
                &[],
            );
        }
    }
}

/// A day from `since` on, on which the unit exists and is neither `top` nor
/// below it: it may have moved, or a unit above it.
fn leaves(tree: &Tree, unit: UnitId, top: UnitId, since: Day) -> Option<Day> {
    let mut waiting = vec![(unit, Span::from(since), 0u8)];
    while let Some((next, span, depth)) = waiting.pop() {
        if next == top {
            continue;
        }
        // Each step up is to a higher of at most 256 ranks; more is a circle.
        if depth == u8::MAX {
            return Some(span.from);
        }
        for version in tree.versions(next) {
            let Some(both) = version.span().meet(span) else {
                continue;
            };
            let Some(parent) = version.parent else {
                return Some(both.from);
            };
            waiting.push((parent, both, depth.saturating_add(1)));
        }
    }
    None
}

/// What the rows do to the records, held against everything that stands later;
/// `None` where that finds something wrong.
pub(super) fn outcome(
    ground: Ground<'_>,
    rows: &[Row],
    above: &[Above],
    fates: &[Fate],
    new_id: &mut dyn FnMut() -> UnitId,
    wrong: &mut Wrong<'_>,
) -> Option<Outcome> {
    let units: Vec<UnitId> = rows
        .iter()
        .map(|row| row.unit.unwrap_or_else(&mut *new_id))
        .collect();
    let mut draft = Draft::new(ground.tree);
    let mut changed: Vec<(usize, Scope)> = Vec::new();
    for (place, fate) in fates
        .iter()
        .enumerate()
        .filter(|(_, fate)| **fate != Fate::Same)
    {
        let wanted = wanted(rows, above, place, &units)?;
        changed.push((place, drafted(ground, &mut draft, wanted, fate)?));
    }
    let checks = draft.checks();
    for (place, scope) in changed {
        if let Err(refusal) = checks.unit(units[place], rows[place].from, scope, ground.words) {
            let (field, code, value) = in_the_cell(&draft, refusal);
            wrong.add_at(place, field, code, &value, &[]);
        }
    }
    wrong.nothing().then(|| {
        let (edits, touched) = draft.finish();
        Outcome {
            edits,
            lineage: Vec::new(),
            touched,
        }
    })
}

/// What the row says the unit is; `None` where something could not be read.
fn wanted(rows: &[Row], above: &[Above], place: usize, units: &[UnitId]) -> Option<UnitVersion> {
    let row = &rows[place];
    let parent = match above[place] {
        Above::Row(parent) => Some(units[parent]),
        other => other.unit(rows),
    };
    Some(UnitVersion {
        unit: units[place],
        from: row.from,
        until: None,
        code: row.code.clone(),
        name: row.name.clone(),
        parent,
        level: row.level.clone()?,
        kind: row.kind.clone()?,
        members: row.members?,
    })
}

/// Puts the unit into the draft, and says to which rules it must be held.
fn drafted(
    ground: Ground<'_>,
    draft: &mut Draft<'_>,
    wanted: UnitVersion,
    fate: &Fate,
) -> Option<Scope> {
    let Fate::Changed(changes) = fate else {
        draft.put(wanted.unit, vec![wanted]);
        return Some(Scope {
            code: true,
            place: true,
            below: false,
        });
    };
    let list = restated(ground.tree.versions(wanted.unit), wanted.from, &wanted)?;
    draft.put(wanted.unit, list);
    let has = |field: Field| changes.iter().any(|change| change.field == field);
    let level = has(Field::Level);
    Some(Scope {
        code: false,
        place: level || has(Field::ParentCode),
        below: level,
    })
}

/// Where in the row a refusal shows.
fn in_the_cell(draft: &Draft<'_>, refusal: Refusal) -> (Field, ImportCode, String) {
    match refusal {
        Refusal::ParentMissing { day, .. } => (
            Field::ParentCode,
            ImportCode::ParentNotStanding,
            day.to_string(),
        ),
        Refusal::Circle { units } => {
            let codes: Vec<&str> = units
                .iter()
                .filter_map(|unit| draft.list(*unit).last())
                .map(|version| version.code.as_str())
                .collect();
            (Field::ParentCode, ImportCode::Circle, codes.join(" → "))
        }
        Refusal::LevelNotAbove { parent_level, .. } => {
            (Field::Level, ImportCode::LevelNotBetween, parent_level.0)
        }
        Refusal::LevelUnknown { level } => (Field::Level, ImportCode::LevelUnknown, level.0),
        Refusal::CodeTaken { from, .. } => {
            (Field::Code, ImportCode::CodeTakenLater, from.to_string())
        }
        // The checks of a draft give no other refusal.
        other => (Field::Code, ImportCode::CodeMalformed, other.to_string()),
    }
}
