//! Findings somebody dealt with.

use plenum_rules::season::{EventId, FindingCode, Handling};
use plenum_rules::{Actor, SeasonId, UnitId};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx, new_id};

const COLUMNS: &str = "unit, code, other, event, day, reason, consent, by_whom, on_day";

fn read(row: &Row) -> Result<Handling> {
    let code = row.text(1)?;
    let consent = row.opt_text(6)?;
    Ok(Handling {
        unit: row.unit(0)?,
        code: FindingCode::parse(&code)
            .ok_or_else(|| StoreError::Damaged(format!("a handling ({code})")))?,
        other: row.opt_unit(2)?,
        event: row.opt_id(3)?.map(EventId),
        day: row.opt_day(4)?,
        reason: row.text(5)?,
        consent: consent
            .map(|text| {
                serde_json::from_str(&text).map_err(|_| StoreError::Damaged("a consent".to_owned()))
            })
            .transpose()?,
        by: Actor(row.text(7)?),
        on: row.day(8)?,
    })
}

/// What was dealt with in a season, oldest first.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn handlings(tx: &mut Tx, season: &SeasonId) -> Result<Vec<Handling>> {
    let sql = format!("SELECT {COLUMNS} FROM handling WHERE season = $1 ORDER BY on_day, id");
    tx.rows(&sql, args![season.as_str()])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// As [`handlings`], of some units.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn handlings_of(
    tx: &mut Tx,
    season: &SeasonId,
    units: &[UnitId],
) -> Result<Vec<Handling>> {
    let sql = format!("SELECT {COLUMNS}, id FROM handling WHERE season = $1 AND unit IN ({{ids}})");
    let mut found = tx
        .rows_of_units(&sql, args![season.as_str()], units)
        .await?
        .iter()
        .map(|row| Ok((row.id(9)?, read(row)?)))
        .collect::<Result<Vec<(u128, Handling)>>>()?;
    found.sort_by_key(|(id, handling)| (handling.on, *id));
    Ok(found.into_iter().map(|(_, handling)| handling).collect())
}

/// Records that somebody dealt with a finding.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_handling(tx: &mut Tx, season: &SeasonId, handling: &Handling) -> Result<()> {
    let consent = handling
        .consent
        .as_ref()
        .map(|consent| {
            serde_json::to_string(consent).map_err(|error| StoreError::Damaged(error.to_string()))
        })
        .transpose()?;
    tx.run(
        "INSERT INTO handling (id, season, unit, code, other, event, day, reason, consent, by_whom, on_day) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        args![
            new_id(),
            season.as_str(),
            handling.unit,
            handling.code.code(),
            handling.other,
            handling.event.map(|event| event.0),
            handling.day,
            &handling.reason,
            consent,
            &handling.by.0,
            handling.on
        ],
    )
    .await?;
    Ok(())
}
