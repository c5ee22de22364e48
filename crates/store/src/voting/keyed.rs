//! The keyed count: bundles, who keys which pass, every key, and what a third
//! person read where passes differ.

use std::collections::BTreeMap;

use plenum_rules::voting::ballot::{Ballot, Marks};
use plenum_rules::voting::keying::JournalLine;

use super::{from_json, to_json};
use crate::args;
use crate::db::{Result, Row, StoreError, Tx};

/// Where a pass stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PassState {
    /// Somebody keys it.
    Keying,
    /// It is keyed.
    Finished,
    /// It is keyed anew by another attempt.
    Dropped,
}

impl PassState {
    fn code(self) -> &'static str {
        match self {
            Self::Keying => "keying",
            Self::Finished => "finished",
            Self::Dropped => "dropped",
        }
    }

    fn parse(code: &str) -> Result<Self> {
        match code {
            "keying" => Ok(Self::Keying),
            "finished" => Ok(Self::Finished),
            "dropped" => Ok(Self::Dropped),
            other => Err(StoreError::Damaged(format!("a pass ({other})"))),
        }
    }
}

/// One pass over one bundle.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PassRow {
    /// The bundle, from 1.
    pub bundle: i64,
    /// The pass, from 1.
    pub pass: i64,
    /// The attempt, from 1.
    pub attempt: i64,
    /// Whose account keys it.
    pub account: u128,
    /// Whose name stands in the journal.
    pub name: String,
    /// Where it stands.
    pub state: PassState,
    /// When it began, in microseconds since 1970, UTC.
    pub begun_at: i64,
    /// When it was finished or dropped.
    pub ended_at: Option<i64>,
    /// Why it was dropped.
    pub reason: Option<String>,
    /// The ballots that had a key when it began.
    pub patterns: Vec<Marks>,
}

/// Writes down a bundle.
///
/// # Errors
/// [`StoreError::Engine`], also where it is there already.
pub async fn tie_bundle(tx: &mut Tx, election: u128, bundle: i64, papers: i64) -> Result<()> {
    let sql = "INSERT INTO election_bundle (election, bundle, papers) VALUES ($1, $2, $3)";
    tx.run(sql, args![election, bundle, papers]).await?;
    Ok(())
}

/// The bundles are untied again.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn untie_bundles(tx: &mut Tx, election: u128) -> Result<()> {
    let sql = "DELETE FROM election_bundle WHERE election = $1";
    tx.run(sql, args![election]).await?;
    Ok(())
}

/// A bundle turns out not to be there.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn untie_bundle(tx: &mut Tx, election: u128, bundle: i64) -> Result<()> {
    let sql = "DELETE FROM election_bundle WHERE election = $1 AND bundle = $2";
    tx.run(sql, args![election, bundle]).await?;
    Ok(())
}

/// A bundle turns out to hold another number of papers.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn resize_bundle(tx: &mut Tx, election: u128, bundle: i64, papers: i64) -> Result<()> {
    let sql = "UPDATE election_bundle SET papers = $3 WHERE election = $1 AND bundle = $2";
    tx.run(sql, args![election, bundle, papers]).await?;
    Ok(())
}

/// The bundles: their number and how many papers each has.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn bundles(tx: &mut Tx, election: u128) -> Result<BTreeMap<i64, i64>> {
    let sql = "SELECT bundle, papers FROM election_bundle WHERE election = $1 ORDER BY bundle";
    let rows = tx.rows(sql, args![election]).await?;
    rows.iter()
        .map(|row| Ok((row.int(0)?, row.int(1)?)))
        .collect()
}

/// Somebody begins a pass.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_pass(tx: &mut Tx, election: u128, pass: &PassRow) -> Result<()> {
    tx.run(
        "INSERT INTO election_pass (election, bundle, pass, attempt, account, name, state, begun_at, patterns) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args![
            election,
            pass.bundle,
            pass.pass,
            pass.attempt,
            pass.account,
            &pass.name,
            pass.state.code(),
            pass.begun_at,
            to_json(&pass.patterns)?
        ],
    )
    .await?;
    Ok(())
}

/// A pass is finished or dropped.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn end_pass(tx: &mut Tx, election: u128, pass: &PassRow) -> Result<()> {
    tx.run(
        "UPDATE election_pass SET state = $5, ended_at = $6, reason = $7 \
         WHERE election = $1 AND bundle = $2 AND pass = $3 AND attempt = $4",
        args![
            election,
            pass.bundle,
            pass.pass,
            pass.attempt,
            pass.state.code(),
            pass.ended_at,
            pass.reason.as_deref()
        ],
    )
    .await?;
    Ok(())
}

fn read_pass(row: &Row) -> Result<PassRow> {
    Ok(PassRow {
        bundle: row.int(0)?,
        pass: row.int(1)?,
        attempt: row.int(2)?,
        account: row.id(3)?,
        name: row.text(4)?,
        state: PassState::parse(&row.text(5)?)?,
        begun_at: row.int(6)?,
        ended_at: row.opt_int(7)?,
        reason: row.opt_text(8)?,
        patterns: from_json(&row.text(9)?)?,
    })
}

/// Every pass there was, dropped ones too, in order.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn passes(tx: &mut Tx, election: u128) -> Result<Vec<PassRow>> {
    let sql = "SELECT bundle, pass, attempt, account, name, state, begun_at, ended_at, reason, \
               patterns FROM election_pass WHERE election = $1 ORDER BY bundle, pass, attempt";
    let rows = tx.rows(sql, args![election]).await?;
    rows.iter().map(read_pass).collect()
}

/// How many rows of keys a pass has: the next row's place.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn turns(tx: &mut Tx, election: u128, pass: &PassRow) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM election_keys \
               WHERE election = $1 AND bundle = $2 AND pass = $3 AND attempt = $4";
    let values = args![election, pass.bundle, pass.pass, pass.attempt];
    let row = tx.row(sql, values).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

/// Writes a row of keys.
///
/// # Errors
/// [`StoreError::Engine`], also where the place is taken.
pub async fn add_keys(
    tx: &mut Tx,
    election: u128,
    pass: &PassRow,
    turn: i64,
    lines: &[JournalLine],
) -> Result<()> {
    tx.run(
        "INSERT INTO election_keys (election, bundle, pass, attempt, turn, lines) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        args![
            election,
            pass.bundle,
            pass.pass,
            pass.attempt,
            turn,
            to_json(&lines)?
        ],
    )
    .await?;
    Ok(())
}

/// Every key of a pass, in order.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn keys_of_pass(tx: &mut Tx, election: u128, pass: &PassRow) -> Result<Vec<JournalLine>> {
    let sql = "SELECT lines FROM election_keys \
               WHERE election = $1 AND bundle = $2 AND pass = $3 AND attempt = $4 ORDER BY turn";
    let values = args![election, pass.bundle, pass.pass, pass.attempt];
    let mut lines = Vec::new();
    for row in tx.rows(sql, values).await? {
        lines.extend(from_json::<Vec<JournalLine>>(&row.text(0)?)?);
    }
    Ok(lines)
}

/// Every key of an election by bundle, pass and attempt, in order.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn keys(
    tx: &mut Tx,
    election: u128,
) -> Result<BTreeMap<(i64, i64, i64), Vec<JournalLine>>> {
    let sql = "SELECT bundle, pass, attempt, lines FROM election_keys WHERE election = $1 \
               ORDER BY bundle, pass, attempt, turn";
    let mut all: BTreeMap<(i64, i64, i64), Vec<JournalLine>> = BTreeMap::new();
    for row in tx.rows(sql, args![election]).await? {
        let key = (row.int(0)?, row.int(1)?, row.int(2)?);
        let lines: Vec<JournalLine> = from_json(&row.text(3)?)?;
        all.entry(key).or_default().extend(lines);
    }
    Ok(all)
}

/// Forgets what was keyed: the papers were destroyed. Who keyed which pass stays.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn forget_keys(tx: &mut Tx, election: u128) -> Result<()> {
    for table in ["election_keys", "election_resolution"] {
        let sql = format!("DELETE FROM {table} WHERE election = $1");
        tx.run(&sql, args![election]).await?;
    }
    let sql = "UPDATE election_pass SET patterns = '[]' WHERE election = $1";
    tx.run(sql, args![election]).await?;
    Ok(())
}

/// What a third person read from a paper.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResolutionRow {
    /// The bundle.
    pub bundle: i64,
    /// The place in the bundle as its passes lie side by side, from 0.
    pub slot: i64,
    /// Whose account.
    pub account: u128,
    /// Whose name.
    pub name: String,
    /// The ballot; `None`: there is no such paper.
    pub ballot: Option<Ballot>,
    /// When, in microseconds since 1970, UTC.
    pub at: i64,
    /// Whether a pass it was read beside was dropped since.
    pub dropped: bool,
}

/// Writes what a third person read; the last reading of a place stands.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn resolve(tx: &mut Tx, election: u128, read: &ResolutionRow) -> Result<()> {
    let ballot = read.ballot.as_ref().map(to_json).transpose()?;
    let sql = "SELECT COUNT(*) FROM election_resolution \
               WHERE election = $1 AND bundle = $2 AND slot = $3";
    let values = args![election, read.bundle, read.slot];
    let before = tx.row(sql, values).await?.map_or(Ok(0), |row| row.int(0))?;
    tx.run(
        "INSERT INTO election_resolution (election, bundle, slot, account, name, ballot, at, turn) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        args![
            election,
            read.bundle,
            read.slot,
            read.account,
            &read.name,
            ballot,
            read.at,
            before + 1
        ],
    )
    .await?;
    Ok(())
}

/// What was read for a bundle no longer stands: a pass of it is keyed anew.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn unresolve(tx: &mut Tx, election: u128, bundle: i64) -> Result<()> {
    let sql = "UPDATE election_resolution SET dropped = 1 WHERE election = $1 AND bundle = $2";
    tx.run(sql, args![election, bundle]).await?;
    Ok(())
}

/// Everything third persons read, in order.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn resolutions(tx: &mut Tx, election: u128) -> Result<Vec<ResolutionRow>> {
    let sql = "SELECT bundle, slot, account, name, ballot, at, dropped FROM election_resolution \
               WHERE election = $1 ORDER BY bundle, slot, turn";
    let rows = tx.rows(sql, args![election]).await?;
    rows.iter()
        .map(|row| {
            Ok(ResolutionRow {
                bundle: row.int(0)?,
                slot: row.int(1)?,
                account: row.id(2)?,
                name: row.text(3)?,
                ballot: row.opt_text(4)?.map(|text| from_json(&text)).transpose()?,
                at: row.int(5)?,
                dropped: row.int(6)? != 0,
            })
        })
        .collect()
}
