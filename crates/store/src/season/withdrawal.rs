//! Taking back what a plan holds: from a day on, with a reason. A past day
//! still shows what was in force then.

use std::collections::BTreeMap;

use plenum_rules::{Actor, Day, SeasonId};

use crate::args;
use crate::db::{Result, Tx, end};

/// What can be taken back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    /// A window of a plan.
    Window,
    /// A pilot or trial.
    Mark,
    /// An instrument.
    Instrument,
    /// An outside event.
    Event,
    /// A preparation.
    Work,
    /// A person in charge.
    Charge,
}

impl Kept {
    fn table(self) -> &'static str {
        match self {
            Self::Window => "plan_window",
            Self::Mark => "mark",
            Self::Instrument => "instrument",
            Self::Event => "outside_event",
            Self::Work => "work",
            Self::Charge => "charge",
        }
    }
}

/// That a record counts no longer from a day on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Withdrawal {
    /// The record.
    pub record: u128,
    /// The first day on which it counts no longer.
    pub from: Day,
    /// Why.
    pub reason: String,
    /// The superior's consent to what it loosens.
    pub consent: Option<String>,
    /// Who recorded it.
    pub by: Actor,
    /// When it was recorded.
    pub on: Day,
}

/// Takes a record back. Counters are the caller's.
///
/// # Errors
/// [`crate::StoreError::Engine`], also where it was taken back before.
pub async fn withdraw(tx: &mut Tx, season: &SeasonId, kept: Kept, what: &Withdrawal) -> Result<()> {
    let sql = format!(
        "UPDATE {} SET until_day = $3 WHERE season = $1 AND id = $2",
        kept.table()
    );
    tx.run(
        &sql,
        &[
            season.as_str().into(),
            what.record.into(),
            end(Some(what.from)),
        ],
    )
    .await?;
    tx.run(
        "INSERT INTO withdrawal (record, season, from_day, reason, consent, by_whom, on_day) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            what.record,
            season.as_str(),
            what.from,
            &what.reason,
            what.consent.clone(),
            &what.by.0,
            what.on
        ],
    )
    .await?;
    Ok(())
}

/// What was taken back in a season, by record.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn withdrawals(tx: &mut Tx, season: &SeasonId) -> Result<BTreeMap<u128, Withdrawal>> {
    let sql = "SELECT record, from_day, reason, consent, by_whom, on_day FROM withdrawal WHERE season = $1";
    let rows = tx.rows(sql, args![season.as_str()]).await?;
    rows.iter()
        .map(|row| {
            let record = row.id(0)?;
            let withdrawal = Withdrawal {
                record,
                from: row.day(1)?,
                reason: row.text(2)?,
                consent: row.opt_text(3)?,
                by: Actor(row.text(4)?),
                on: row.day(5)?,
            };
            Ok((record, withdrawal))
        })
        .collect()
}
