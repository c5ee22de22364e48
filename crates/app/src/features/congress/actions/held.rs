//! Once a congress met: its report confirmed or sent back, its result ratified.

use plenum_rules::access::Permission;
use plenum_rules::congress::{Congress, State};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::{congress, progress, season};
use serde_json::json;

use super::{At, change, permitted};
use crate::shell::problem::Result;
use crate::shell::reporting::recorded_for;
use crate::shell::{Cx, Problem};

/// It met; the numbers follow with the report.
///
/// # Errors
/// `E-CON-01`, `E-CON-03`, `E-CON-04`; `E-REP-03` before the season opened.
pub async fn hold(cx: &mut Cx, at: &At, (first, last): (Day, Day)) -> Result<Day> {
    let subject = permitted(cx, at, Permission::ReportCongress).await?;
    if first < subject.season.opens {
        return Err(Problem::field("E-REP-03", "first"));
    }
    let what = (
        "congress.held",
        json!({"first": first.to_string(), "last": last.to_string()}),
    );
    let today = cx.today;
    change(cx, subject, what, |congress, _| {
        congress.hold(today, (first, last))
    })
    .await
}

/// The level above confirms the report.
///
/// # Errors
/// `E-CON-01`; forbidden for the unit itself.
pub async fn confirm(cx: &mut Cx, at: &At) -> Result<Day> {
    let subject = permitted(cx, at, Permission::ConfirmReport).await?;
    let what = ("congress.confirmed", json!({}));
    change(cx, subject, what, Congress::confirm).await
}

/// The level above confirms several reports at once; those that no longer wait
/// are passed over. Answers how many were confirmed.
///
/// # Errors
/// `E-CON-20` where none waits; forbidden where one is not theirs.
pub async fn confirm_many(cx: &mut Cx, season: &str, units: &[UnitId]) -> Result<usize> {
    let id = SeasonId::new(season).ok_or_else(Problem::not_found)?;
    let row = season::load(&mut cx.tx, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let mut confirmed = Vec::new();
    for (unit, mut congress) in congress::load_many(&mut cx.tx, &id, units).await? {
        cx.must(Permission::ConfirmReport, unit).await?;
        if congress.state() == State::Reported {
            congress.confirm(recorded_for(&row, &congress, cx.today))?;
            confirmed.push((unit, congress));
        }
    }
    if confirmed.is_empty() {
        return Err(Problem::refused("E-CON-20"));
    }
    let units: Vec<UnitId> = confirmed.iter().map(|(unit, _)| *unit).collect();
    let pending = progress::before_in(&mut cx.tx, &row, &units).await?;
    for (unit, congress) in &confirmed {
        congress::save(&mut cx.tx, &id, *unit, congress, cx.now).await?;
        cx.record("congress.confirmed", Some(season), Some(*unit), &json!({}))
            .await?;
        cx.touch(*unit).await?;
    }
    pending.finish(&mut cx.tx, &[]).await?;
    Ok(confirmed.len())
}

/// The level above sends the report back, or takes back a holding recorded by
/// mistake.
///
/// # Errors
/// `E-CON-01`, `E-CON-08`; forbidden for the unit itself.
pub async fn return_report(cx: &mut Cx, at: &At, reason: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::ConfirmReport).await?;
    let what = ("congress.returned", json!({"reason": reason}));
    change(cx, subject, what, |congress, today| {
        congress.return_for_rework(today, reason)
    })
    .await
}

/// The superior ratifies the result.
///
/// # Errors
/// `E-CON-01`.
pub async fn ratify(cx: &mut Cx, at: &At, decision: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let what = ("congress.ratified", json!({"decision": decision}));
    change(cx, subject, what, |congress, today| {
        congress.ratify(today, decision)
    })
    .await
}
