//! When running terms end: a day for each level of the season, and another for
//! a unit that began its term on another day.

use std::collections::BTreeMap;

use plenum_rules::org::Level;
use plenum_rules::{Day, SeasonId, UnitId};

use super::Season;
use crate::args;
use crate::db::{Result, Row, Tx};

/// When the running term of one unit ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitTerm {
    /// The unit.
    pub unit: UnitId,
    /// The last day of its term.
    pub ends: Day,
    /// What says so: a decision, the day of the last congress.
    pub basis: String,
}

fn read(row: &Row) -> Result<(UnitId, UnitTerm)> {
    let unit = row.unit(0)?;
    let term = UnitTerm {
        unit,
        ends: row.day(1)?,
        basis: row.text(2)?,
    };
    Ok((unit, term))
}

/// Which of some units have a term that ends on a day of their own.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn unit_terms_of(
    tx: &mut Tx,
    season: &SeasonId,
    units: &[UnitId],
) -> Result<BTreeMap<UnitId, UnitTerm>> {
    let sql = "SELECT unit, ends, basis FROM unit_term WHERE season = $1 AND unit IN ({ids})";
    let rows = tx.rows_of_units(sql, args![season.as_str()], units).await?;
    rows.iter().map(read).collect()
}

/// The units of a season whose term ends on a day of their own.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn unit_terms(tx: &mut Tx, season: &SeasonId) -> Result<BTreeMap<UnitId, UnitTerm>> {
    let sql = "SELECT unit, ends, basis FROM unit_term WHERE season = $1";
    let rows = tx.rows(sql, args![season.as_str()]).await?;
    rows.iter().map(read).collect()
}

/// When a unit's running term ends: its own day, else its level's.
#[must_use]
pub fn term_ends(
    season: &Season,
    own: &BTreeMap<UnitId, UnitTerm>,
    unit: UnitId,
    level: &Level,
) -> Option<Day> {
    own.get(&unit)
        .map(|own| own.ends)
        .or_else(|| season.level(level)?.running_term_ends)
}

/// Records when a unit's running term ends.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn set_term(tx: &mut Tx, season: &SeasonId, term: &UnitTerm) -> Result<()> {
    tx.run(
        "INSERT INTO unit_term (season, unit, ends, basis) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (season, unit) DO UPDATE SET ends = excluded.ends, basis = excluded.basis",
        args![season.as_str(), term.unit, term.ends, &term.basis],
    )
    .await?;
    Ok(())
}

/// Lets the level's day count for a unit again.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn clear_term(tx: &mut Tx, season: &SeasonId, unit: UnitId) -> Result<()> {
    let sql = "DELETE FROM unit_term WHERE season = $1 AND unit = $2";
    tx.run(sql, args![season.as_str(), unit]).await?;
    Ok(())
}
