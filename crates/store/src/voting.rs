//! Elections: one row for each ballot, its rules and facts as JSON; and the
//! keys of its count, row by row.

use plenum_rules::voting::profile::ElectionRules;
use plenum_rules::{SeasonId, UnitId};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::args;
use crate::db::{Result, Row, StoreError, Tx};

mod keyed;

pub use keyed::{
    PassRow, PassState, ResolutionRow, add_keys, add_pass, bundles, end_pass, forget_keys, keys,
    keys_of_pass, passes, resize_bundle, resolutions, resolve, tie_bundle, turns, unresolve,
    untie_bundle, untie_bundles,
};

/// Who elects: a unit in a season, each time it is called together anew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Convocation {
    /// The season.
    pub season: SeasonId,
    /// The unit.
    pub unit: UnitId,
    /// The how-manieth time, from 1: the congress is the first, by-elections
    /// after it are the next ones.
    pub called: i64,
}

/// A ballot of an election.
#[derive(Clone, Debug)]
pub struct Election<F> {
    /// Its id.
    pub id: u128,
    /// The season.
    pub season: SeasonId,
    /// Whose congress.
    pub unit: UnitId,
    /// The how-manieth convocation of the unit, from 1.
    pub called: i64,
    /// The how-manieth ballot of the unit in the season, from 1.
    pub place: i64,
    /// The office, as the rules name it.
    pub office: String,
    /// What it is held for: `election`, `run_off`, `opinion`, `introduction`,
    /// `alternates`, `alternates_run_off`.
    pub purpose: String,
    /// The how-manieth ballot for this office.
    pub round: i64,
    /// Where it stands.
    pub state: String,
    /// The rules it follows, as they were when it began.
    pub rules: ElectionRules,
    /// All that is known of it.
    pub facts: F,
}

impl<F> Election<F> {
    /// Where it is held.
    #[must_use]
    pub fn convocation(&self) -> Convocation {
        Convocation {
            season: self.season.clone(),
            unit: self.unit,
            called: self.called,
        }
    }
}

fn damaged(error: &serde_json::Error) -> StoreError {
    StoreError::Damaged(format!("an election ({error})"))
}

fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| damaged(&error))
}

fn from_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| damaged(&error))
}

/// What is known of the elections of a convocation together; `None`: nothing yet.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn hall<H: DeserializeOwned>(tx: &mut Tx, of: &Convocation) -> Result<Option<H>> {
    let sql = "SELECT facts FROM convocation WHERE season = $1 AND unit = $2 AND called = $3";
    let row = tx
        .row(sql, args![of.season.as_str(), of.unit, of.called])
        .await?;
    row.map(|row| from_json(&row.text(0)?)).transpose()
}

/// What is known of the elections of every convocation of a unit in the order in
/// which they were called, each with its number.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn halls<H: DeserializeOwned>(
    tx: &mut Tx,
    season: &SeasonId,
    unit: UnitId,
) -> Result<Vec<(i64, H)>> {
    let sql =
        "SELECT called, facts FROM convocation WHERE season = $1 AND unit = $2 ORDER BY called";
    let rows = tx.rows(sql, args![season.as_str(), unit]).await?;
    rows.iter()
        .map(|row| Ok((row.int(0)?, from_json(&row.text(1)?)?)))
        .collect()
}

/// The number of a unit's latest convocation, 1 before its elections are set up.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn latest(tx: &mut Tx, season: &SeasonId, unit: UnitId) -> Result<i64> {
    let sql = "SELECT COALESCE(MAX(called), 1) FROM convocation WHERE season = $1 AND unit = $2";
    let row = tx.row(sql, args![season.as_str(), unit]).await?;
    row.map_or(Ok(1), |row| row.int(0))
}

/// Writes what is known of the elections of a convocation together.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn save_hall<H: Serialize>(
    tx: &mut Tx,
    of: &Convocation,
    hall: &H,
    now: i64,
) -> Result<()> {
    tx.run(
        "INSERT INTO convocation (season, unit, called, facts, updated_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (season, unit, called) DO UPDATE SET facts = excluded.facts, updated_at = excluded.updated_at",
        args![of.season.as_str(), of.unit, of.called, to_json(hall)?, now],
    )
    .await?;
    Ok(())
}

/// The number of the next convocation of a unit: no number comes twice, also where
/// one was called by mistake and its dropped ballots are left.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn next_called(tx: &mut Tx, season: &SeasonId, unit: UnitId) -> Result<i64> {
    let sql = "SELECT COALESCE(MAX(called), 0) FROM election WHERE season = $1 AND unit = $2";
    let row = tx.row(sql, args![season.as_str(), unit]).await?;
    let of_ballots = row.map_or(Ok(0), |row| row.int(0))?;
    Ok(1 + latest(tx, season, unit).await?.max(of_ballots))
}

/// A convocation was called by mistake: its elections are gone, its dropped ballots
/// stay under its number.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn drop_hall(tx: &mut Tx, of: &Convocation) -> Result<()> {
    let sql = "DELETE FROM convocation WHERE season = $1 AND unit = $2 AND called = $3";
    tx.run(sql, args![of.season.as_str(), of.unit, of.called])
        .await?;
    Ok(())
}

const COLUMNS: &str =
    "id, season, unit, called, place, office, purpose, round, state, rules, facts";

fn read<F: DeserializeOwned>(row: &Row) -> Result<Election<F>> {
    let season = SeasonId::new(&row.text(1)?)
        .ok_or_else(|| StoreError::Damaged("the season of an election".into()))?;
    Ok(Election {
        id: row.id(0)?,
        season,
        unit: row.unit(2)?,
        called: row.int(3)?,
        place: row.int(4)?,
        office: row.text(5)?,
        purpose: row.text(6)?,
        round: row.int(7)?,
        state: row.text(8)?,
        rules: from_json(&row.text(9)?)?,
        facts: from_json(&row.text(10)?)?,
    })
}

/// One ballot.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn load<F: DeserializeOwned>(tx: &mut Tx, id: u128) -> Result<Option<Election<F>>> {
    let sql = format!("SELECT {COLUMNS} FROM election WHERE id = $1");
    tx.row(&sql, args![id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// The ballots of a convocation, in the order in which they began.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn of_convocation<F: DeserializeOwned>(
    tx: &mut Tx,
    of: &Convocation,
) -> Result<Vec<Election<F>>> {
    let mut ballots = of_unit(tx, &of.season, of.unit).await?;
    ballots.retain(|ballot| ballot.called == of.called);
    Ok(ballots)
}

/// The ballots of a unit in a season, in the order in which they began.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn of_unit<F: DeserializeOwned>(
    tx: &mut Tx,
    season: &SeasonId,
    unit: UnitId,
) -> Result<Vec<Election<F>>> {
    let sql =
        format!("SELECT {COLUMNS} FROM election WHERE season = $1 AND unit = $2 ORDER BY place");
    let rows = tx.rows(&sql, args![season.as_str(), unit]).await?;
    rows.iter().map(read).collect()
}

/// Writes a ballot. Its rules are written once and never again.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn save<F: Serialize>(tx: &mut Tx, election: &Election<F>, now: i64) -> Result<()> {
    tx.run(
        "INSERT INTO election (id, season, unit, called, place, office, purpose, round, state, rules, facts, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, facts = excluded.facts, \
         updated_at = excluded.updated_at",
        args![
            election.id,
            election.season.as_str(),
            election.unit,
            election.called,
            election.place,
            &election.office,
            &election.purpose,
            election.round,
            &election.state,
            to_json(&election.rules)?,
            to_json(&election.facts)?,
            now
        ],
    )
    .await?;
    Ok(())
}

/// A printed ballot paper with its layout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paper {
    /// What the code on it says.
    pub code: String,
    /// Where everything stands, as JSON.
    pub layout: String,
    /// The paper.
    pub pdf: Vec<u8>,
}

/// Keeps the paper of an election; another printing replaces it.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn keep_paper(tx: &mut Tx, election: u128, paper: &Paper) -> Result<()> {
    tx.run(
        "INSERT INTO election_paper (election, code, layout, pdf) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (election) DO UPDATE SET code = excluded.code, layout = excluded.layout, pdf = excluded.pdf",
        args![election, &paper.code, &paper.layout, paper.pdf.clone()],
    )
    .await?;
    Ok(())
}

/// The paper of an election.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn paper(tx: &mut Tx, election: u128) -> Result<Option<Paper>> {
    let sql = "SELECT code, layout, pdf FROM election_paper WHERE election = $1";
    let row = tx.row(sql, args![election]).await?;
    row.map(|row| {
        Ok(Paper {
            code: row.text(0)?,
            layout: row.text(1)?,
            pdf: row.bytes(2)?,
        })
    })
    .transpose()
}
