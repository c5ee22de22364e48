//! Congresses: one row each, its facts in order.

use std::collections::BTreeMap;

use plenum_rules::congress::Congress;
use plenum_rules::{SeasonId, UnitId};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx};

fn read(text: &str) -> Result<Congress> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(format!("a congress ({error})")))
}

/// The congress of a unit; empty where nothing is known yet.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn load(tx: &mut Tx, season: &SeasonId, unit: UnitId) -> Result<Congress> {
    let sql = "SELECT facts FROM congress WHERE season = $1 AND unit = $2";
    match tx.row(sql, args![season.as_str(), unit]).await? {
        Some(row) => read(&row.text(0)?),
        None => Ok(Congress::default()),
    }
}

/// The congresses of several units; those of which nothing is known are absent.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn load_many(
    tx: &mut Tx,
    season: &SeasonId,
    units: &[UnitId],
) -> Result<BTreeMap<UnitId, Congress>> {
    let sql = "SELECT unit, facts FROM congress WHERE season = $1 AND unit IN ({ids})";
    pairs(&tx.rows_of_units(sql, args![season.as_str()], units).await?)
}

/// Every congress of a season of which something is known.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn all(tx: &mut Tx, season: &SeasonId) -> Result<BTreeMap<UnitId, Congress>> {
    pairs(
        &tx.long_rows(
            "SELECT unit, facts FROM congress WHERE season = $1",
            args![season.as_str()],
        )
        .await?,
    )
}

fn pairs(rows: &[Row]) -> Result<BTreeMap<UnitId, Congress>> {
    rows.iter()
        .map(|row| Ok((row.unit(0)?, read(&row.text(1)?)?)))
        .collect()
}

/// Writes a congress. Counters are the caller's (see [`crate::progress`]).
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn save(
    tx: &mut Tx,
    season: &SeasonId,
    unit: UnitId,
    congress: &Congress,
    now: i64,
) -> Result<()> {
    let facts =
        serde_json::to_string(congress).map_err(|error| StoreError::Damaged(error.to_string()))?;
    tx.run(
        "INSERT INTO congress (season, unit, state, facts, changed_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (season, unit) DO UPDATE SET state = excluded.state, facts = excluded.facts, \
         changed_at = excluded.changed_at",
        args![season.as_str(), unit, congress.state().code(), facts, now],
    )
    .await?;
    Ok(())
}

/// When the congresses of some units were last written, in microseconds since
/// 1970, UTC.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn changed_at(
    tx: &mut Tx,
    season: &SeasonId,
    units: &[UnitId],
) -> Result<BTreeMap<UnitId, i64>> {
    let sql = "SELECT unit, changed_at FROM congress WHERE season = $1 AND unit IN ({ids})";
    tx.rows_of_units(sql, args![season.as_str()], units)
        .await?
        .iter()
        .map(|row| Ok((row.unit(0)?, row.int(1)?)))
        .collect()
}

/// What was answered to a key before, with the digest of what was sent.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn answered(tx: &mut Tx, key: &str) -> Result<Option<(String, String)>> {
    let row = tx
        .row(
            "SELECT digest, answer FROM received WHERE key = $1",
            args![key],
        )
        .await?;
    row.map(|row| Ok((row.text(0)?, row.text(1)?))).transpose()
}

/// Remembers the answer to a key.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn remember_answer(
    tx: &mut Tx,
    key: &str,
    account: Option<u128>,
    now: i64,
    digest: &str,
    answer: &str,
) -> Result<()> {
    tx.run(
        "INSERT INTO received (key, account, at, digest, answer) VALUES ($1, $2, $3, $4, $5)",
        args![key, account, now, digest, answer],
    )
    .await?;
    Ok(())
}
