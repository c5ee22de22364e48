//! The memory of who did what: rows chained by hash.

use plenum_rules::{Actor, Day, SeasonId, UnitId};
use sha2::{Digest, Sha256};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx};
use crate::reach::{self, Within};

/// Something that was done.
#[derive(Clone, Debug)]
pub struct Event {
    /// When, in microseconds since 1970, UTC.
    pub at: i64,
    /// By whom.
    pub who: Actor,
    /// What, from the catalogue of events (`unit.moved`, `report.confirmed` …).
    pub event: &'static str,
    /// In which season, where it belongs to one.
    pub season: Option<String>,
    /// To which unit, where to one.
    pub unit: Option<UnitId>,
    /// The particulars, as JSON.
    pub detail: String,
}

/// A row as it stands.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: i64,
    /// By whom.
    pub who: String,
    /// What.
    pub event: String,
    /// Season.
    pub season: Option<String>,
    /// Unit.
    pub unit: Option<UnitId>,
    /// Particulars.
    pub detail: String,
    /// The hash of this row and the one before.
    pub hash: String,
}

const COLUMNS: &str = "seq, at, who, event, season, unit, detail, hash";

/// Appends a row to the chain.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn append(tx: &mut Tx, event: &Event) -> Result<i64> {
    let last = tx
        .row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", &[])
        .await?;
    let (seq, before) = match last {
        Some(row) => (row.int(0)? + 1, row.text(1)?),
        None => (1, String::new()),
    };
    let mut row = Recorded {
        seq,
        at: event.at,
        who: event.who.0.clone(),
        event: event.event.to_owned(),
        season: event.season.clone(),
        unit: event.unit,
        detail: event.detail.clone(),
        hash: String::new(),
    };
    row.hash = link(&before, &row);
    tx.run(
        "INSERT INTO audit (seq, at, who, event, season, unit, detail, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![row.seq, row.at, &row.who, &row.event, row.season.clone(), row.unit, &row.detail, &row.hash],
    )
    .await?;
    Ok(seq)
}

/// The hash of a row: over the hash before it and every field, each with its
/// length, so that no two different rows read the same.
fn link(before: &str, row: &Recorded) -> String {
    let mut digest = Sha256::new();
    let unit = row.unit.map(|unit| unit.to_string()).unwrap_or_default();
    let season = row.season.clone().unwrap_or_default();
    let (seq, at) = (row.seq.to_string(), row.at.to_string());
    for part in [
        before,
        &seq,
        &at,
        &row.who,
        &row.event,
        &season,
        &unit,
        &row.detail,
    ] {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn read(row: &Row) -> Result<Recorded> {
    Ok(Recorded {
        seq: row.int(0)?,
        at: row.int(1)?,
        who: row.text(2)?,
        event: row.text(3)?,
        season: row.opt_text(4)?,
        unit: row.opt_unit(5)?,
        detail: row.text(6)?,
        hash: row.text(7)?,
    })
}

/// What [`verify`] found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Every link holds; so many rows.
    Whole(i64),
    /// The first row whose hash does not follow from the rows before it, or
    /// that is missing.
    BrokenAt(i64),
}

/// Walks the chain from its beginning.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn verify(tx: &mut Tx) -> Result<Verdict> {
    let mut before = String::new();
    let mut expected = 1;
    loop {
        let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq >= $1 ORDER BY seq LIMIT 5000");
        let rows = tx.rows(&sql, args![expected]).await?;
        if rows.is_empty() {
            return Ok(Verdict::Whole(expected - 1));
        }
        for row in &rows {
            let row = read(row)?;
            if row.seq != expected || link(&before, &row) != row.hash {
                return Ok(Verdict::BrokenAt(expected));
            }
            before = row.hash;
            expected += 1;
        }
    }
}

/// The newest rows first, from `before` (exclusive) down, of one unit or of all.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn page(
    tx: &mut Tx,
    unit: Option<UnitId>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Recorded>> {
    let before = before.unwrap_or(i64::MAX);
    let rows = match unit {
        Some(unit) => {
            let sql = format!(
                "SELECT {COLUMNS} FROM audit WHERE unit = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3"
            );
            tx.rows(&sql, args![unit, before, limit]).await?
        }
        None => {
            let sql =
                format!("SELECT {COLUMNS} FROM audit WHERE seq < $1 ORDER BY seq DESC LIMIT $2");
            tx.rows(&sql, args![before, limit]).await?
        }
    };
    rows.iter().map(read).collect()
}

/// Every row about a unit's congress in a season, the newest first.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn of_congress(tx: &mut Tx, season: &SeasonId, unit: UnitId) -> Result<Vec<Recorded>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM audit WHERE unit = $1 AND season = $2 AND event LIKE 'congress.%' ORDER BY seq DESC"
    );
    let rows = tx.rows(&sql, args![unit, season.as_str()]).await?;
    rows.iter().map(read).collect()
}

/// The newest row, which every later row vouches for.
///
/// # Errors
/// [`StoreError::Damaged`] where the chain is empty.
pub async fn head(tx: &mut Tx) -> Result<Recorded> {
    let sql = format!("SELECT {COLUMNS} FROM audit ORDER BY seq DESC LIMIT 1");
    match tx.row(&sql, &[]).await? {
        Some(row) => read(&row),
        None => Err(StoreError::Damaged(
            "the chain of audit rows (it is empty)".into(),
        )),
    }
}

/// Which rows of the chain are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// In which part of the tree.
    pub within: Within,
    /// The day that decides what is below what.
    pub today: Day,
    /// Of a season.
    pub season: Option<String>,
    /// Of a kind of event: its code or the beginning of it.
    pub event: Option<String>,
    /// By a person: the log-in name.
    pub who: Option<String>,
    /// From this instant on, in microseconds.
    pub from: Option<i64>,
    /// Before this instant.
    pub until: Option<i64>,
}

/// The newest rows first that are wanted, from `before` (exclusive) down.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn find(
    tx: &mut Tx,
    wanted: &Wanted,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Recorded>> {
    let (with, values) = reach::below(&wanted.within, wanted.today).unwrap_or_default();
    let mut conditions = reach::Conditions::after(values);
    if !with.is_empty() {
        conditions.add_plain("unit IN (SELECT unit FROM below)");
    }
    conditions.add("seq < ?", before.unwrap_or(i64::MAX));
    if let Some(season) = &wanted.season {
        conditions.add("season = ?", season);
    }
    if let Some(event) = &wanted.event {
        conditions.add(
            "event LIKE ?",
            format!("{}%", event.replace(['%', '_'], "")),
        );
    }
    if let Some(who) = &wanted.who {
        conditions.add("who = ?", who);
    }
    if let Some(from) = wanted.from {
        conditions.add("at >= ?", from);
    }
    if let Some(until) = wanted.until {
        conditions.add("at < ?", until);
    }
    let condition = conditions.sql();
    conditions.values.push(limit.into());
    let place = conditions.values.len();
    let sql =
        format!("{with}SELECT {COLUMNS} FROM audit{condition} ORDER BY seq DESC LIMIT ${place}");
    tx.long_rows(&sql, &conditions.values)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// The row of a place in the chain, where it is there.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn row(tx: &mut Tx, seq: i64) -> Result<Option<Recorded>> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq = $1");
    tx.row(&sql, args![seq])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}
