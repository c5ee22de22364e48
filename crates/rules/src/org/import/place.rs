//! Which unit each row is about, and where in the tree it puts it.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Row;
use super::check::Wrong;
use super::{Field, Ground, ImportCode};
use crate::UnitId;
use crate::org::{Level, UnitVersion};

/// What a row stands under.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Above {
    /// Nothing: it is a root.
    Root,
    /// The unit of another row, by the row's place.
    Row(usize),
    /// A unit that is not in the sheet.
    Unit(UnitId),
    /// Something unknown; a finding stands for it.
    Unknown,
}

impl Above {
    /// The unit above, where it exists already.
    pub fn unit(self, rows: &[Row]) -> Option<UnitId> {
        match self {
            Self::Row(place) => rows[place].unit,
            Self::Unit(unit) => Some(unit),
            Self::Root | Self::Unknown => None,
        }
    }

    /// Whether it is what the unit stands under already.
    pub fn is_already(self, current: &UnitVersion, rows: &[Row]) -> bool {
        match self {
            Self::Root => current.parent.is_none(),
            Self::Row(_) | Self::Unit(_) => {
                current.parent.is_some() && current.parent == self.unit(rows)
            }
            Self::Unknown => false,
        }
    }
}

/// Finds the units by code, each on its row's day.
pub(super) fn recognise(ground: Ground<'_>, rows: &mut [Row], wrong: &mut Wrong<'_>) {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    let mut units: BTreeMap<UnitId, usize> = BTreeMap::new();
    let mut found: Vec<Option<UnitId>> = vec![None; rows.len()];
    for (place, row) in rows.iter().enumerate() {
        if row.code.is_empty() {
            continue;
        }
        let unit = ground
            .tree
            .by_code_on(&row.code, row.from)
            .map(|version| version.unit);
        // Two codes can mean one unit: its old one on an old day, its new one.
        let before = codes
            .get(row.code.as_str())
            .or_else(|| unit.and_then(|unit| units.get(&unit)))
            .copied();
        if let Some(before) = before {
            wrong.add_at(
                place,
                Field::Code,
                ImportCode::CodeTwice,
                &row.code,
                &[rows[before].line],
            );
        } else {
            codes.insert(&row.code, place);
        }
        if let Some(unit) = unit {
            units.entry(unit).or_insert(place);
            if ground
                .root
                .is_some_and(|root| !ground.tree.is_within(unit, root, row.from))
            {
                wrong.add_at(place, Field::Code, ImportCode::OutsideRoot, &row.code, &[]);
            }
        }
        found[place] = unit;
    }
    for (row, unit) in rows.iter_mut().zip(found) {
        row.unit = unit;
    }
}

/// What each row stands under.
pub(super) fn above(ground: Ground<'_>, rows: &[Row], wrong: &mut Wrong<'_>) -> Vec<Above> {
    let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        codes.entry(&row.code).or_insert(place);
    }
    let above: Vec<Above> = rows
        .iter()
        .enumerate()
        .map(|(place, row)| {
            one_above(ground, row, &codes).unwrap_or_else(|code| {
                wrong.add_at(place, Field::ParentCode, code, &row.parent_code, &[]);
                Above::Unknown
            })
        })
        .collect();
    one_root(ground, rows, &above, wrong);
    for place in 0..rows.len() {
        levels_descend(ground, rows, &above, place, wrong);
    }
    no_circle(rows, &above, wrong);
    above
}

fn one_above(
    ground: Ground<'_>,
    row: &Row,
    codes: &BTreeMap<&str, usize>,
) -> Result<Above, ImportCode> {
    if ground.root.is_some() && row.unit == ground.root {
        return root_stays(ground, row);
    }
    if row.parent_code.is_empty() {
        return if ground.root.is_some() {
            Err(ImportCode::SecondRoot)
        } else {
            Ok(Above::Root)
        };
    }
    if let Some(place) = codes.get(row.parent_code.as_str()) {
        return Ok(Above::Row(*place));
    }
    let Some(parent) = ground.tree.by_code_on(&row.parent_code, row.from) else {
        return Err(ImportCode::ParentUnknown);
    };
    if ground
        .root
        .is_some_and(|root| !ground.tree.is_within(parent.unit, root, row.from))
    {
        return Err(ImportCode::OutsideRoot);
    }
    Ok(Above::Unit(parent.unit))
}

/// Who imports below a unit cannot move that unit itself. Its row names the
/// unit above it or, as an export writes it, none.
fn root_stays(ground: Ground<'_>, row: &Row) -> Result<Above, ImportCode> {
    let parent = row
        .unit
        .and_then(|unit| ground.tree.on(unit, row.from))
        .and_then(|version| version.parent);
    let code = parent
        .and_then(|parent| ground.tree.on(parent, row.from))
        .map(|version| version.code.as_str());
    if !row.parent_code.is_empty() && code != Some(row.parent_code.as_str()) {
        return Err(ImportCode::OutsideRoot);
    }
    Ok(parent.map_or(Above::Root, Above::Unit))
}

/// No row becomes a second root. Roots that stand already may stay.
fn one_root(ground: Ground<'_>, rows: &[Row], above: &[Above], wrong: &mut Wrong<'_>) {
    if ground.root.is_some() {
        return;
    }
    let stands = |row: &Row| {
        let version = row.unit.and_then(|unit| ground.tree.on(unit, row.from));
        version.is_some_and(|version| version.parent.is_none())
    };
    let roots = || (0..rows.len()).filter(|place| above[*place] == Above::Root);
    let first = roots()
        .find(|place| stands(&rows[*place]))
        .or_else(|| roots().next());
    let named: BTreeSet<UnitId> = rows.iter().filter_map(|row| row.unit).collect();
    let elsewhere = ground
        .tree
        .roots_on(ground.day)
        .iter()
        .any(|version| !named.contains(&version.unit));
    for place in roots().filter(|place| !stands(&rows[*place])) {
        if elsewhere || first != Some(place) {
            let lines: Vec<u32> = first
                .filter(|first| *first != place)
                .map(|first| rows[first].line)
                .into_iter()
                .collect();
            wrong.add_at(
                place,
                Field::ParentCode,
                ImportCode::SecondRoot,
                &rows[place].code,
                &lines,
            );
        }
    }
}

/// A new, moved or reclassified unit stands under one of a higher level.
fn levels_descend(
    ground: Ground<'_>,
    rows: &[Row],
    above: &[Above],
    place: usize,
    wrong: &mut Wrong<'_>,
) {
    let row = &rows[place];
    let Some(level) = &row.level else { return };
    let current = row.unit.and_then(|unit| ground.tree.on(unit, row.from));
    if current
        .is_some_and(|current| current.level == *level && above[place].is_already(current, rows))
    {
        return;
    }
    let parent: Option<&Level> = match above[place] {
        Above::Row(parent) => rows[parent].level.as_ref(),
        Above::Unit(parent) => ground
            .tree
            .on(parent, row.from)
            .map(|version| &version.level),
        Above::Root | Above::Unknown => None,
    };
    let Some(parent) = parent else { return };
    let ranks = &ground.words.ranks;
    if ranks
        .get(parent)
        .is_none_or(|upper| ranks.get(level).is_none_or(|lower| upper >= lower))
    {
        wrong.add_at(
            place,
            Field::Level,
            ImportCode::LevelNotBetween,
            &parent.0,
            &[],
        );
    }
}

/// Follows every row upwards through the sheet, each row once.
fn no_circle(rows: &[Row], above: &[Above], wrong: &mut Wrong<'_>) {
    /// The walk, by the number of its first row, on which a row was met.
    const UNMET: usize = usize::MAX;
    let mut met = vec![UNMET; rows.len()];
    for start in 0..rows.len() {
        let mut path = Vec::new();
        let mut place = start;
        while met[place] == UNMET {
            met[place] = start;
            path.push(place);
            let Above::Row(parent) = above[place] else {
                break;
            };
            place = parent;
        }
        let closes = matches!(above[path.last().copied().unwrap_or(place)], Above::Row(parent) if parent == place);
        let Some(first) = path
            .iter()
            .position(|member| *member == place)
            .filter(|_| closes)
        else {
            continue;
        };
        let circle = &path[first..];
        let mut codes: Vec<&str> = circle
            .iter()
            .map(|member| rows[*member].code.as_str())
            .collect();
        codes.push(&rows[place].code);
        let chain = codes.join(" → ");
        let lines: Vec<u32> = circle
            .iter()
            .take(super::check::LINES + 1)
            .map(|member| rows[*member].line)
            .collect();
        for member in circle {
            let others: Vec<u32> = lines
                .iter()
                .copied()
                .filter(|line| *line != rows[*member].line)
                .collect();
            wrong.add_at(
                *member,
                Field::ParentCode,
                ImportCode::Circle,
                &chain,
                &others,
            );
        }
    }
}
