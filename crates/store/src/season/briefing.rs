//! Conferences that make instruments known (hội nghị quán triệt, triển khai).

use plenum_rules::{Day, SeasonId, UnitId};
use serde::{Deserialize, Serialize};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx, Value, end};

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
    /// The first day on which it counts no longer: it was taken back.
    pub until: Option<Day>,
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
        until: row.opt_day(6)?,
    })
}

const COLUMNS: &str = "id, unit, day, title, attendance, instruments, until_day";

/// The conferences of a season, oldest first, those taken back among them.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn briefings(tx: &mut Tx, season: &SeasonId) -> Result<Vec<Briefing>> {
    let sql = format!("SELECT {COLUMNS} FROM briefing WHERE season = $1 ORDER BY day, id");
    tx.rows(&sql, args![season.as_str()])
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
    let sql =
        format!("INSERT INTO briefing ({COLUMNS}, season) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    let mut values = values(briefing)?;
    values.push(season.as_str().into());
    tx.run(&sql, &values).await?;
    Ok(())
}

/// Writes a conference that was entered wrongly anew.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn correct_briefing(tx: &mut Tx, briefing: &Briefing) -> Result<()> {
    let sql = "UPDATE briefing SET unit = $2, day = $3, title = $4, attendance = $5, instruments = $6, \
               until_day = $7 WHERE id = $1";
    tx.run(sql, &values(briefing)?).await?;
    Ok(())
}

fn values(briefing: &Briefing) -> Result<Vec<Value>> {
    let ids: Vec<String> = briefing
        .instruments
        .iter()
        .map(|id| format!("{id:032x}"))
        .collect();
    let json = |error: serde_json::Error| StoreError::Damaged(error.to_string());
    Ok(vec![
        briefing.id.into(),
        briefing.unit.into(),
        briefing.day.into(),
        (&briefing.title).into(),
        serde_json::to_string(&briefing.attendance)
            .map_err(json)?
            .into(),
        serde_json::to_string(&ids).map_err(json)?.into(),
        end(briefing.until),
    ])
}
