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
    /// A step of a preparation.
    Step,
    /// A conference.
    Briefing,
    /// A person in charge.
    Charge,
}

impl Kept {
    /// Sets the first day on which a record `$2` of a season `$1` counts no
    /// longer to `$3`.
    fn ending(self) -> String {
        let table = match self {
            Self::Window => "plan_window",
            Self::Mark => "mark",
            Self::Instrument => "instrument",
            Self::Event => "outside_event",
            Self::Work => "work",
            Self::Briefing => "briefing",
            Self::Charge => "charge",
            // A step belongs to a season by its preparation.
            Self::Step => {
                return "UPDATE work_step SET until_day = $3 WHERE id = $2 \
                        AND work IN (SELECT id FROM work WHERE season = $1)"
                    .to_owned();
            }
        };
        format!("UPDATE {table} SET until_day = $3 WHERE season = $1 AND id = $2")
    }

    /// The name for the log.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Window => "window",
            Self::Mark => "mark",
            Self::Instrument => "instrument",
            Self::Event => "event",
            Self::Work => "work",
            Self::Step => "step",
            Self::Briefing => "briefing",
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
    ends(tx, season, kept, (what.record, Some(what.from))).await?;
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

/// Writes the day of a withdrawal that was entered wrongly anew, and the
/// consent to it. Counters are the caller's.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn redate_withdrawal(
    tx: &mut Tx,
    season: &SeasonId,
    kept: Kept,
    what: &Withdrawal,
) -> Result<()> {
    ends(tx, season, kept, (what.record, Some(what.from))).await?;
    let sql = "UPDATE withdrawal SET from_day = $3, consent = $4 WHERE season = $1 AND record = $2";
    let values = args![
        season.as_str(),
        what.record,
        what.from,
        what.consent.clone()
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// Takes a withdrawal back: the record counts on, up to `until` where
/// something else ends it. Counters are the caller's.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn restore(
    tx: &mut Tx,
    season: &SeasonId,
    kept: Kept,
    record: u128,
    until: Option<Day>,
) -> Result<()> {
    ends(tx, season, kept, (record, until)).await?;
    let sql = "DELETE FROM withdrawal WHERE season = $1 AND record = $2";
    tx.run(sql, args![season.as_str(), record]).await?;
    Ok(())
}

async fn ends(
    tx: &mut Tx,
    season: &SeasonId,
    kept: Kept,
    (record, until): (u128, Option<Day>),
) -> Result<()> {
    let values = [season.as_str().into(), record.into(), end(until)];
    tx.run(&kept.ending(), &values).await?;
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
