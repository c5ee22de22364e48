//! Instruments, whom they are addressed to, and who said that they know them.

use std::collections::BTreeMap;

use plenum_rules::season::{Instrument, InstrumentKey, InstrumentKind};
use plenum_rules::{Day, SeasonId, UnitId};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx, Value, end};

/// The name of a kind in the database, addresses and the keys of texts.
#[must_use]
pub fn kind_code(kind: InstrumentKind) -> &'static str {
    match kind {
        InstrumentKind::Directive => "directive",
        InstrumentKind::Plan => "plan",
        InstrumentKind::Guidance => "guidance",
        InstrumentKind::Decision => "decision",
        InstrumentKind::Other => "other",
    }
}

/// The kind of a name.
#[must_use]
pub fn kind_of_code(code: &str) -> Option<InstrumentKind> {
    let kinds = [
        InstrumentKind::Directive,
        InstrumentKind::Plan,
        InstrumentKind::Guidance,
        InstrumentKind::Decision,
        InstrumentKind::Other,
    ];
    kinds.into_iter().find(|kind| kind_code(*kind) == code)
}

/// An instrument as recorded in a season.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InstrumentRow {
    /// Which.
    pub id: u128,
    /// Issuer, number and date: the key people use.
    pub key: InstrumentKey,
    /// The unit whose office recorded it.
    pub unit: UnitId,
    /// What sort.
    pub kind: InstrumentKind,
    /// What it is about.
    pub title: String,
    /// The unit that issued it, where that is a unit of the tree.
    pub issuer_unit: Option<UnitId>,
    /// The recorded instrument it carries out.
    pub derived_from: Option<u128>,
    /// The last day on which the units addressed should have said they know it.
    pub acknowledge_by: Option<Day>,
    /// The first day on which it is in force no longer.
    pub until: Option<Day>,
}

impl InstrumentRow {
    /// Whether it is in force no longer on a day.
    #[must_use]
    pub fn is_gone(&self, day: Day) -> bool {
        self.until.is_some_and(|until| until <= day)
    }
}

/// A unit an instrument is addressed to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// The unit.
    pub unit: UnitId,
    /// When it said that it knows the instrument, and who said so.
    pub acknowledged: Option<(Day, String)>,
}

const COLUMNS: &str = "id, issuer, number, day, kind, title, issuer_unit, derived_from, acknowledge_by, until_day, \
     unit";

fn read(row: &Row) -> Result<InstrumentRow> {
    let kind = row.text(4)?;
    Ok(InstrumentRow {
        id: row.id(0)?,
        key: InstrumentKey {
            issuer: row.text(1)?,
            number: row.text(2)?,
            date: row.day(3)?,
        },
        kind: kind_of_code(&kind)
            .ok_or_else(|| StoreError::Damaged(format!("an instrument ({kind})")))?,
        title: row.text(5)?,
        issuer_unit: row.opt_unit(6)?,
        derived_from: row.opt_id(7)?,
        acknowledge_by: row.opt_day(8)?,
        until: row.opt_day(9)?,
        unit: row.unit(10)?,
    })
}

/// Every instrument of a season, oldest first.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn instruments(tx: &mut Tx, season: &SeasonId) -> Result<Vec<InstrumentRow>> {
    let sql = format!("SELECT {COLUMNS} FROM instrument WHERE season = $1 ORDER BY day, id");
    tx.rows(&sql, args![season.as_str()])
        .await?
        .iter()
        .map(read)
        .collect()
}

/// An instrument of a season.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn instrument(tx: &mut Tx, season: &SeasonId, id: u128) -> Result<Option<InstrumentRow>> {
    let sql = format!("SELECT {COLUMNS} FROM instrument WHERE season = $1 AND id = $2");
    tx.row(&sql, args![season.as_str(), id])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Records an instrument.
///
/// # Errors
/// [`StoreError::Engine`], also where issuer, number and date stand already.
pub async fn add_instrument(
    tx: &mut Tx,
    season: &SeasonId,
    instrument: &InstrumentRow,
) -> Result<()> {
    tx.run(
        "INSERT INTO instrument (id, season, kind, issuer, issuer_unit, number, day, title, derived_from, \
         acknowledge_by, until_day, unit) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        args![
            instrument.id,
            season.as_str(),
            kind_code(instrument.kind),
            &instrument.key.issuer,
            instrument.issuer_unit,
            &instrument.key.number,
            instrument.key.date,
            &instrument.title,
            instrument.derived_from,
            instrument.acknowledge_by,
            end(instrument.until),
            instrument.unit
        ],
    )
    .await?;
    Ok(())
}

/// Writes an instrument that was entered wrongly anew.
///
/// # Errors
/// [`StoreError::Engine`], also where issuer, number and date stand already.
pub async fn correct_instrument(tx: &mut Tx, instrument: &InstrumentRow) -> Result<()> {
    tx.run(
        "UPDATE instrument SET kind = $2, issuer = $3, issuer_unit = $4, number = $5, day = $6, title = $7, \
         derived_from = $8, acknowledge_by = $9 WHERE id = $1",
        args![
            instrument.id,
            kind_code(instrument.kind),
            &instrument.key.issuer,
            instrument.issuer_unit,
            &instrument.key.number,
            instrument.key.date,
            &instrument.title,
            instrument.derived_from,
            instrument.acknowledge_by
        ],
    )
    .await?;
    Ok(())
}

/// Addresses an instrument to units; to whom it is addressed already, it stays.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn address(tx: &mut Tx, instrument: u128, units: &[UnitId]) -> Result<()> {
    let values: Vec<Value> = units
        .iter()
        .flat_map(|unit| [instrument.into(), (*unit).into()])
        .collect();
    tx.insert_many(
        "INSERT INTO instrument_address (instrument, unit)",
        "ON CONFLICT (instrument, unit) DO NOTHING",
        2,
        &values,
    )
    .await
}

/// The units each instrument of a season is addressed to.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn addresses(tx: &mut Tx, season: &SeasonId) -> Result<BTreeMap<u128, Vec<Address>>> {
    let sql = "SELECT instrument, unit, acknowledged_on, acknowledged_by FROM instrument_address \
               WHERE instrument IN (SELECT id FROM instrument WHERE season = $1) ORDER BY instrument, unit";
    let mut found: BTreeMap<u128, Vec<Address>> = BTreeMap::new();
    for row in tx.rows(sql, args![season.as_str()]).await? {
        let by = row.opt_text(3)?.unwrap_or_default();
        let address = Address {
            unit: row.unit(1)?,
            acknowledged: row.opt_day(2)?.map(|day| (day, by)),
        };
        found.entry(row.id(0)?).or_default().push(address);
    }
    Ok(found)
}

/// The instruments addressed to some units that these have not acknowledged,
/// with the season and the unit, the most urgent first; not those withdrawn by
/// the day.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn unacknowledged(
    tx: &mut Tx,
    units: &[UnitId],
    day: Day,
) -> Result<Vec<(SeasonId, UnitId, InstrumentRow)>> {
    let columns: Vec<String> = COLUMNS
        .split(", ")
        .map(|name| format!("i.{name}"))
        .collect();
    let sql = format!(
        "SELECT {}, i.season, a.unit FROM instrument_address a JOIN instrument i ON i.id = a.instrument \
         WHERE a.acknowledged_on IS NULL AND i.until_day > $1 AND a.unit IN ({{ids}}) ORDER BY i.acknowledge_by, i.day",
        columns.join(", ")
    );
    let mut found = Vec::new();
    for row in tx.rows_of_units(&sql, args![day], units).await? {
        let name = row.text(11)?;
        let season = SeasonId::new(&name)
            .ok_or_else(|| StoreError::Damaged(format!("the season's name {name}")))?;
        found.push((season, row.unit(12)?, read(&row)?));
    }
    Ok(found)
}

/// Notes that a unit knows an instrument. Says whether that was news: `false`
/// where the instrument is not addressed to it, or it said so before.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn acknowledge(
    tx: &mut Tx,
    instrument: u128,
    unit: UnitId,
    on: Day,
    by: &str,
) -> Result<bool> {
    let touched = tx
        .run(
            "UPDATE instrument_address SET acknowledged_on = $3, acknowledged_by = $4 \
             WHERE instrument = $1 AND unit = $2 AND acknowledged_on IS NULL",
            args![instrument, unit, on, by],
        )
        .await?;
    Ok(touched > 0)
}

/// The instruments as the rules check them: each with the key of what it
/// carries out.
#[must_use]
pub fn chain(rows: &[InstrumentRow]) -> Vec<Instrument> {
    let keys: BTreeMap<u128, &InstrumentKey> = rows.iter().map(|row| (row.id, &row.key)).collect();
    rows.iter()
        .map(|row| Instrument {
            key: row.key.clone(),
            kind: row.kind,
            title: row.title.clone(),
            derived_from: row
                .derived_from
                .and_then(|source| keys.get(&source))
                .map(|key| (*key).clone())
                .into_iter()
                .collect(),
        })
        .collect()
}
