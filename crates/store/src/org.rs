//! Units and their versions.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::org::{Edit, Kind, Level, Lineage, Outcome, Passage, Tree, UnitVersion};
use plenum_rules::progress::MOST_LEVELS;
use plenum_rules::{Day, UnitId};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx, Value, end};
use crate::search;

mod draft;
mod reach;

pub use draft::{ImportDraft, keep, kept, let_go};
pub use reach::{
    above_many, around, below_since, count_below, levels_below, near_many, nearest, search_below,
};

const COLUMNS: &str = "unit, from_day, until_day, code, name, parent, level, kind, members";

fn read(row: &Row) -> Result<UnitVersion> {
    Ok(UnitVersion {
        unit: row.unit(0)?,
        from: row.day(1)?,
        until: row.opt_day(2)?,
        code: row.text(3)?,
        name: row.text(4)?,
        parent: row.opt_unit(5)?,
        level: Level(row.text(6)?),
        kind: Kind(row.text(7)?),
        members: row.count(8)?,
    })
}

fn read_all(rows: &[Row]) -> Result<Vec<UnitVersion>> {
    rows.iter().map(read).collect()
}

/// The unit as it was on a day.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn on(tx: &mut Tx, unit: UnitId, day: Day) -> Result<Option<UnitVersion>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM unit_version WHERE unit = $1 AND from_day <= $2 AND until_day > $2"
    );
    tx.row(&sql, args![unit, day])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// [`COLUMNS`] of a table joined under another name.
fn columns_of(table: &str) -> String {
    let columns = COLUMNS
        .split(", ")
        .map(|column| format!("{table}.{column}"));
    columns.collect::<Vec<_>>().join(", ")
}

/// The unit as it was on a day, or else as it was when nearest to it: so that
/// a unit that has ended, or is yet to begin, still has a name.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn near(tx: &mut Tx, unit: UnitId, day: Day) -> Result<Option<UnitVersion>> {
    let versions = versions(tx, unit).await?;
    Ok(nearest(&versions, day).cloned())
}

/// Every version of a unit, oldest first.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn versions(tx: &mut Tx, unit: UnitId) -> Result<Vec<UnitVersion>> {
    let sql = format!("SELECT {COLUMNS} FROM unit_version WHERE unit = $1 ORDER BY from_day");
    read_all(&tx.rows(&sql, args![unit]).await?)
}

/// Every version of several units, by unit, oldest first.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn versions_of(
    tx: &mut Tx,
    units: &[UnitId],
) -> Result<BTreeMap<UnitId, Vec<UnitVersion>>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM unit_version WHERE unit IN ({{ids}}) ORDER BY unit, from_day"
    );
    let mut found: BTreeMap<UnitId, Vec<UnitVersion>> = BTreeMap::new();
    for row in tx.rows_of_units(&sql, &[], units).await? {
        let version = read(&row)?;
        let versions = found.entry(version.unit).or_default();
        if versions.last().is_none_or(|last| last.from < version.from) {
            versions.push(version);
        }
    }
    Ok(found)
}

/// Every version of the units and of all units that ever stood above them.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn lines(tx: &mut Tx, units: &[UnitId]) -> Result<BTreeMap<UnitId, Vec<UnitVersion>>> {
    let mut known: BTreeMap<UnitId, Vec<UnitVersion>> = BTreeMap::new();
    let mut wanted: Vec<UnitId> = units.to_vec();
    for _ in 0..MOST_LEVELS {
        if wanted.is_empty() {
            break;
        }
        let found = versions_of(tx, &wanted).await?;
        let parents: BTreeSet<UnitId> = found
            .values()
            .flatten()
            .filter_map(|version| version.parent)
            .collect();
        for unit in wanted {
            known.entry(unit).or_default();
        }
        known.extend(found);
        wanted = parents
            .into_iter()
            .filter(|parent| !known.contains_key(parent))
            .collect();
    }
    Ok(known)
}

/// Every version of every unit.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn all(tx: &mut Tx) -> Result<Vec<UnitVersion>> {
    let sql = format!("SELECT {COLUMNS} FROM unit_version ORDER BY unit, from_day");
    let mut found = Vec::new();
    tx.each(&sql, &[], |row| {
        found.push(read(row)?);
        Ok(())
    })
    .await?;
    Ok(found)
}

/// Every unit there ever was, those that stand near each other together: each
/// after the unit above it, as it stood last.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn by_neighbourhood(tx: &mut Tx) -> Result<Vec<UnitId>> {
    let mut parents: BTreeMap<UnitId, Option<UnitId>> = BTreeMap::new();
    let sql = "SELECT unit, parent FROM unit_version ORDER BY unit, from_day";
    tx.each(sql, &[], |row| {
        parents.insert(row.unit(0)?, row.opt_unit(1)?);
        Ok(())
    })
    .await?;
    let mut below: Vec<(Option<UnitId>, UnitId)> = parents
        .iter()
        // Whoever stands under a unit that is not there begins a tree.
        .map(|(unit, parent)| (parent.filter(|it| parents.contains_key(it)), *unit))
        .collect();
    below.sort_unstable();
    let children = |parent: Option<UnitId>| {
        let first = below.partition_point(|(it, _)| *it < parent);
        below[first..]
            .iter()
            .take_while(move |(it, _)| *it == parent)
            .map(|(_, unit)| *unit)
    };
    let mut order = Vec::with_capacity(below.len());
    let mut next: Vec<UnitId> = children(None).collect();
    while let Some(unit) = next.pop() {
        order.push(unit);
        next.extend(children(Some(unit)));
    }
    Ok(order)
}

/// The whole tree through time, for changes and imports.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn tree(tx: &mut Tx) -> Result<Tree> {
    Ok(Tree::new(all(tx).await?))
}

/// The units directly below one on a day, by code.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn children_on(tx: &mut Tx, parent: UnitId, day: Day) -> Result<Vec<UnitVersion>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM unit_version WHERE parent = $1 AND until_day > $2 AND from_day <= $2 ORDER BY code"
    );
    read_all(&tx.rows(&sql, args![parent, day]).await?)
}

/// The units directly below several on a day, by parent and code.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn children_of_many(
    tx: &mut Tx,
    parents: &[UnitId],
    day: Day,
) -> Result<Vec<UnitVersion>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM unit_version WHERE until_day > $1 AND from_day <= $1 AND parent IN ({{ids}}) \
         ORDER BY parent, code"
    );
    let mut found = read_all(&tx.rows_of_units(&sql, args![day], parents).await?)?;
    found.dedup_by(|a, b| a.unit == b.unit);
    Ok(found)
}

/// Every version of whoever ever stood directly below a unit.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn children_ever(tx: &mut Tx, parent: UnitId) -> Result<Vec<UnitVersion>> {
    let sql = format!("SELECT {COLUMNS} FROM unit_version WHERE parent = $1 ORDER BY from_day");
    read_all(&tx.rows(&sql, args![parent]).await?)
}

/// The first day on which any unit stood; none in an empty tree.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn first_day(tx: &mut Tx) -> Result<Option<Day>> {
    let rows = tx
        .long_rows("SELECT MIN(from_day) FROM unit_version", &[])
        .await?;
    rows.first().map_or(Ok(None), |row| row.opt_day(0))
}

/// The units that stand under nobody on a day.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn roots_on(tx: &mut Tx, day: Day) -> Result<Vec<UnitVersion>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM unit_version WHERE parent IS NULL AND until_day > $1 AND from_day <= $1 ORDER BY code"
    );
    read_all(&tx.rows(&sql, args![day]).await?)
}

/// The unit of a code: on that day, or else whichever bore it last.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn by_code(tx: &mut Tx, code: &str, day: Day) -> Result<Option<UnitVersion>> {
    let sql = format!("SELECT {COLUMNS} FROM unit_version WHERE code = $1 ORDER BY from_day");
    let bearers = read_all(&tx.rows(&sql, args![code]).await?)?;
    let on_day = bearers.iter().find(|version| version.span().holds(day));
    Ok(on_day.or(bearers.last()).cloned())
}

/// The units above a unit on a day and the unit itself, topmost first. For a
/// day on which it does not exist, its nearest version is taken.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn path_on(tx: &mut Tx, unit: UnitId, day: Day) -> Result<Vec<UnitId>> {
    Ok(path_versions(tx, unit, day)
        .await?
        .into_iter()
        .map(|version| version.unit)
        .collect())
}

/// As [`path_on`], with what each unit was.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn path_versions(tx: &mut Tx, unit: UnitId, day: Day) -> Result<Vec<UnitVersion>> {
    Ok(line(tx, unit).await?.on(day))
}

/// A unit and whatever ever stood above it, through time.
pub struct Line {
    unit: UnitId,
    versions: BTreeMap<UnitId, Vec<UnitVersion>>,
}

impl Line {
    /// The path on a day, as [`path_versions`] has it.
    #[must_use]
    pub fn on(&self, day: Day) -> Vec<UnitVersion> {
        let mut path: Vec<UnitVersion> = Vec::new();
        let mut next = Some(self.unit);
        while let (Some(unit), true) = (next, path.len() < usize::from(MOST_LEVELS)) {
            let versions = self.versions.get(&unit).map(Vec::as_slice);
            let Some(version) = nearest(versions.unwrap_or_default(), day) else {
                break;
            };
            next = version.parent;
            path.push(version.clone());
        }
        path.reverse();
        path
    }
}

/// The line of a unit, for paths of several days.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn line(tx: &mut Tx, unit: UnitId) -> Result<Line> {
    let sql = format!(
        "WITH RECURSIVE line AS (SELECT {COLUMNS} FROM unit_version WHERE unit = $1 \
         UNION SELECT {} FROM line JOIN unit_version v ON v.unit = line.parent) \
         SELECT {COLUMNS} FROM line ORDER BY unit, from_day",
        columns_of("v")
    );
    let mut versions: BTreeMap<UnitId, Vec<UnitVersion>> = BTreeMap::new();
    for version in read_all(&tx.rows(&sql, args![unit]).await?)? {
        versions.entry(version.unit).or_default().push(version);
    }
    Ok(Line { unit, versions })
}

/// Units whose name or code, folded, holds the words: those that exist on the
/// day first, at most `limit`.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn search(tx: &mut Tx, words: &str, day: Day, limit: i64) -> Result<Vec<UnitVersion>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM unit_version WHERE folded LIKE $1 ESCAPE '!' AND from_day <= $2 \
         ORDER BY CASE WHEN until_day > $2 THEN 0 ELSE 1 END, level DESC, code LIMIT $3"
    );
    read_all(
        &tx.long_rows(&sql, args![search::pattern(words), day, limit])
            .await?,
    )
}

/// Writes an outcome of the rules: the versions that end, begin or go, and
/// the lineage. Counters are the caller's (see [`crate::progress`]).
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn save(tx: &mut Tx, outcome: &Outcome) -> Result<()> {
    let mut puts: Vec<Value> = Vec::new();
    for edit in &outcome.edits {
        match edit {
            Edit::End { unit, from, until } => {
                tx.run(
                    "UPDATE unit_version SET until_day = $3 WHERE unit = $1 AND from_day = $2",
                    args![*unit, *from, *until],
                )
                .await?;
            }
            Edit::Drop { unit, from } => {
                tx.run(
                    "DELETE FROM unit_version WHERE unit = $1 AND from_day = $2",
                    args![*unit, *from],
                )
                .await?;
            }
            Edit::Put(version) => puts.extend(columns(version)),
        }
    }
    insert(tx, &puts).await?;
    for passage in &outcome.lineage {
        save_lineage(tx, passage).await?;
    }
    Ok(())
}

fn columns(version: &UnitVersion) -> [Value; 10] {
    [
        version.unit.into(),
        version.from.into(),
        end(version.until),
        (&version.code).into(),
        (&version.name).into(),
        search::fold(&format!("{} {}", version.code, version.name)).into(),
        version.parent.into(),
        (&version.level.0).into(),
        (&version.kind.0).into(),
        version.members.into(),
    ]
}

async fn insert(tx: &mut Tx, values: &[Value]) -> Result<()> {
    tx.insert_many(
        "INSERT INTO unit_version (unit, from_day, until_day, code, name, folded, parent, level, kind, members)",
        "ON CONFLICT (unit, from_day) DO UPDATE SET until_day = excluded.until_day, code = excluded.code, \
         name = excluded.name, folded = excluded.folded, parent = excluded.parent, level = excluded.level, \
         kind = excluded.kind, members = excluded.members",
        10,
        values,
    )
    .await
}

async fn save_lineage(tx: &mut Tx, passage: &Lineage) -> Result<()> {
    let how = match passage.how {
        Passage::Merge => "merge",
        Passage::Split => "split",
    };
    tx.run(
        "INSERT INTO lineage (day, from_unit, into_unit, how) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (from_unit, into_unit) DO UPDATE SET day = excluded.day, how = excluded.how",
        args![passage.day, passage.from, passage.into, how],
    )
    .await?;
    Ok(())
}

/// What a unit came from and what became of it.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn lineage(tx: &mut Tx, unit: UnitId) -> Result<Vec<Lineage>> {
    let rows = tx
        .rows(
            "SELECT day, from_unit, into_unit, how FROM lineage WHERE from_unit = $1 OR into_unit = $1 ORDER BY day",
            args![unit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let how = match row.text(3)?.as_str() {
                "merge" => Passage::Merge,
                "split" => Passage::Split,
                other => return Err(StoreError::Damaged(format!("lineage ({other})"))),
            };
            Ok(Lineage {
                day: row.day(0)?,
                from: row.unit(1)?,
                into: row.unit(2)?,
                how,
            })
        })
        .collect()
}
