//! The tree around some units: what stands below them, what a change of them
//! must be held against, and what is found by words.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::org::{Level, Tree, UnitVersion};
use plenum_rules::progress::MOST_LEVELS;
use plenum_rules::{Day, UnitId};

use super::{COLUMNS, columns_of, lines, read_all, versions_of};
use crate::args;
use crate::db::{Result, Tx, Value};
use crate::search;

/// What the units were on a day, or else when nearest to it: names for those
/// that have ended, or are yet to begin.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn near_many(
    tx: &mut Tx,
    units: &[UnitId],
    day: Day,
) -> Result<BTreeMap<UnitId, UnitVersion>> {
    let found = versions_of(tx, units).await?;
    Ok(found
        .into_iter()
        .filter_map(|(unit, versions)| Some((unit, nearest(&versions, day)?.clone())))
        .collect())
}

/// The units and all that stand above them on a day, by unit.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn above_many(
    tx: &mut Tx,
    units: &[UnitId],
    day: Day,
) -> Result<BTreeMap<UnitId, UnitVersion>> {
    let sql = format!(
        "WITH RECURSIVE line AS (SELECT {COLUMNS} FROM unit_version \
         WHERE unit IN ({{ids}}) AND from_day <= $1 AND until_day > $1 \
         UNION SELECT {} FROM line JOIN unit_version v \
         ON v.unit = line.parent AND v.from_day <= $1 AND v.until_day > $1) \
         SELECT {COLUMNS} FROM line",
        columns_of("v")
    );
    let versions = read_all(&tx.rows_of_units(&sql, args![day], units).await?)?;
    Ok(versions
        .into_iter()
        .map(|version| (version.unit, version))
        .collect())
}

/// Of a unit's versions in order, that of the day or the one nearest to it.
#[must_use]
pub fn nearest(versions: &[UnitVersion], day: Day) -> Option<&UnitVersion> {
    let place = versions.partition_point(|version| version.from <= day);
    place
        .checked_sub(1)
        .and_then(|place| versions.get(place))
        .or_else(|| versions.first())
}

/// How many units stand directly below each of several on a day; those with
/// none are left out.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn count_below(
    tx: &mut Tx,
    parents: &[UnitId],
    day: Day,
) -> Result<BTreeMap<UnitId, i64>> {
    let sql = "SELECT parent, COUNT(*) FROM unit_version WHERE parent IN ({ids}) AND until_day > $1 \
               AND from_day <= $1 GROUP BY parent";
    let rows = tx.rows_of_units(sql, args![day], parents).await?;
    rows.iter()
        .map(|row| Ok((row.unit(0)?, row.int(1)?)))
        .collect()
}

/// The units and all that stand below them on the day or will later.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn below_since(tx: &mut Tx, tops: &[UnitId], day: Day) -> Result<Vec<UnitId>> {
    let sql = "SELECT DISTINCT unit FROM unit_version WHERE parent IN ({ids}) AND until_day > $1";
    let mut known: BTreeSet<UnitId> = tops.iter().copied().collect();
    let mut wanted: Vec<UnitId> = known.iter().copied().collect();
    for _ in 0..MOST_LEVELS {
        if wanted.is_empty() {
            break;
        }
        let mut next = Vec::new();
        for row in tx.rows_of_units(sql, args![day], &wanted).await? {
            let unit = row.unit(0)?;
            if known.insert(unit) {
                next.push(unit);
            }
        }
        wanted = next;
    }
    Ok(known.into_iter().collect())
}

/// The part of the tree that a change of these units must be held against
/// ([`plenum_rules::org::apply`] says which): the units, all that ever stood
/// directly below them, whoever bears one of the codes, and everything above
/// any of these.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn around(tx: &mut Tx, units: &[UnitId], codes: &[&str]) -> Result<Tree> {
    let mut wanted: BTreeSet<UnitId> = units.iter().copied().collect();
    let below = "SELECT DISTINCT unit FROM unit_version WHERE parent IN ({ids})";
    for row in tx.rows_of_units(below, &[], units).await? {
        wanted.insert(row.unit(0)?);
    }
    for code in codes {
        for row in tx
            .rows(
                "SELECT DISTINCT unit FROM unit_version WHERE code = $1",
                args![*code],
            )
            .await?
        {
            wanted.insert(row.unit(0)?);
        }
    }
    let wanted: Vec<UnitId> = wanted.into_iter().collect();
    Ok(Tree::new(
        lines(tx, &wanted).await?.into_values().flatten().collect(),
    ))
}

/// As [`super::search`], only among what ever stood at or below the tops.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn search_below(
    tx: &mut Tx,
    tops: &[UnitId],
    words: &str,
    day: Day,
    limit: i64,
) -> Result<Vec<UnitVersion>> {
    if tops.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "WITH RECURSIVE below (id) AS (SELECT unit FROM unit_version WHERE unit IN ({{ids}}) \
         UNION SELECT v.unit FROM unit_version v JOIN below b ON v.parent = b.id) \
         SELECT {COLUMNS} FROM unit_version JOIN below ON below.id = unit_version.unit \
         WHERE folded LIKE $1 ESCAPE '!' AND from_day <= $2 \
         ORDER BY CASE WHEN until_day > $2 THEN 0 ELSE 1 END, level DESC, code LIMIT $3"
    );
    let before: Vec<Value> = vec![search::pattern(words).into(), day.into(), limit.into()];
    read_all(&tx.long_rows_of_units(&sql, &before, tops).await?)
}

/// How many units of each level stand at and below a unit on a day.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn levels_below(tx: &mut Tx, top: UnitId, day: Day) -> Result<BTreeMap<Level, i64>> {
    let sql = "WITH RECURSIVE below (id) AS (SELECT unit FROM unit_version WHERE unit = $1 \
               UNION SELECT v.unit FROM unit_version v JOIN below b ON v.parent = b.id \
               WHERE v.from_day <= $2 AND v.until_day > $2) \
               SELECT level, COUNT(*) FROM unit_version JOIN below ON below.id = unit_version.unit \
               WHERE from_day <= $2 AND until_day > $2 GROUP BY level";
    let rows = tx.long_rows(sql, args![top, day]).await?;
    rows.iter()
        .map(|row| Ok((Level(row.text(0)?), row.int(1)?)))
        .collect()
}
