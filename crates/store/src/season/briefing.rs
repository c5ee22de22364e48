//! Conferences that make instruments known (hội nghị quán triệt, triển khai).

use plenum_rules::{Day, SeasonId, UnitId};
use serde::{Deserialize, Serialize};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx};

/// A briefing conference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Briefing {
    /// Which.
    pub id: u128,
    /// The unit that held it.
    pub unit: UnitId,
    /// When.
    pub day: Day,
    /// What it was called.
    pub title: String,
    /// Who came, group by group.
    pub attendance: Vec<Attendance>,
    /// The instruments it made known.
    pub instruments: Vec<u128>,
}

/// One group of those who came to a conference.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Attendance {
    /// Who ("bí thư, phó bí thư chi bộ").
    pub group: String,
    /// How many were convened, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub convened: Option<u32>,
    /// How many came, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub present: Option<u32>,
}

fn read(row: &Row) -> Result<Briefing> {
    let damaged = || StoreError::Damaged("a conference".to_owned());
    let ids: Vec<String> = serde_json::from_str(&row.text(5)?).map_err(|_| damaged())?;
    let instruments: Option<Vec<u128>> = ids
        .iter()
        .map(|id| u128::from_str_radix(id, 16).ok())
        .collect();
    Ok(Briefing {
        id: row.id(0)?,
        unit: row.unit(1)?,
        day: row.day(2)?,
        title: row.text(3)?,
        attendance: serde_json::from_str(&row.text(4)?).map_err(|_| damaged())?,
        instruments: instruments.ok_or_else(damaged)?,
    })
}

/// The conferences of a season, oldest first.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn briefings(tx: &mut Tx, season: &SeasonId) -> Result<Vec<Briefing>> {
    let sql = "SELECT id, unit, day, title, attendance, instruments FROM briefing WHERE season = $1 ORDER BY day, id";
    tx.rows(sql, args![season.as_str()])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Records a conference.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_briefing(tx: &mut Tx, season: &SeasonId, briefing: &Briefing) -> Result<()> {
    let ids: Vec<String> = briefing
        .instruments
        .iter()
        .map(|id| format!("{id:032x}"))
        .collect();
    let json = |error: serde_json::Error| StoreError::Damaged(error.to_string());
    tx.run(
        "INSERT INTO briefing (id, season, unit, day, title, attendance, instruments) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            briefing.id,
            season.as_str(),
            briefing.unit,
            briefing.day,
            &briefing.title,
            serde_json::to_string(&briefing.attendance).map_err(json)?,
            serde_json::to_string(&ids).map_err(json)?
        ],
    )
    .await?;
    Ok(())
}
