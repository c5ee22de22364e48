//! Visits of the working group (tổ công tác) and what it found.

use plenum_rules::{Day, SeasonId, UnitId};
use serde::{Deserialize, Serialize};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx};

/// A visit to a unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Visit {
    /// Which.
    pub id: u128,
    /// The unit visited.
    pub unit: UnitId,
    /// Who came.
    pub visitors: String,
    /// When.
    pub day: Day,
    /// What for.
    pub purpose: String,
    /// What was found.
    pub findings: Vec<VisitFinding>,
}

/// Something found on a visit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct VisitFinding {
    /// What.
    pub text: String,
    /// What became of it; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handled: Option<Handled>,
}

/// What became of a visit's finding.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Handled {
    /// When.
    pub on: Day,
    /// Who recorded it.
    pub by: String,
    /// What was done.
    pub how: String,
}

impl VisitFinding {
    /// Something found, nothing done about it yet.
    #[must_use]
    pub fn open(text: &str) -> Self {
        Self {
            text: text.trim().to_owned(),
            handled: None,
        }
    }

    /// Whether somebody had dealt with it by a day.
    #[must_use]
    pub fn handled_on(&self, day: Day) -> Option<&Handled> {
        self.handled.as_ref().filter(|handled| handled.on <= day)
    }
}

const COLUMNS: &str = "id, unit, visitors, day, purpose, findings";

fn read(row: &Row) -> Result<Visit> {
    Ok(Visit {
        id: row.id(0)?,
        unit: row.unit(1)?,
        visitors: row.text(2)?,
        day: row.day(3)?,
        purpose: row.text(4)?,
        findings: serde_json::from_str(&row.text(5)?)
            .map_err(|error| StoreError::Damaged(format!("a visit ({error})")))?,
    })
}

/// The visits of a season, the latest first.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn visits(tx: &mut Tx, season: &SeasonId) -> Result<Vec<Visit>> {
    let sql = format!("SELECT {COLUMNS} FROM visit WHERE season = $1 ORDER BY day DESC, id");
    tx.rows(&sql, args![season.as_str()])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// A visit of a season.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn visit(tx: &mut Tx, season: &SeasonId, id: u128) -> Result<Option<Visit>> {
    let sql = format!("SELECT {COLUMNS} FROM visit WHERE season = $1 AND id = $2");
    tx.row(&sql, args![season.as_str(), id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Writes a visit, new or with what became of its findings.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn save_visit(tx: &mut Tx, season: &SeasonId, visit: &Visit) -> Result<()> {
    let findings = serde_json::to_string(&visit.findings)
        .map_err(|error| StoreError::Damaged(error.to_string()))?;
    tx.run(
        "INSERT INTO visit (id, season, unit, visitors, day, purpose, findings) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET visitors = excluded.visitors, \
         day = excluded.day, purpose = excluded.purpose, findings = excluded.findings",
        args![visit.id, season.as_str(), visit.unit, &visit.visitors, visit.day, &visit.purpose, findings],
    )
    .await?;
    Ok(())
}
