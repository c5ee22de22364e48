//! Conferences that make instruments known: recorded, put right, taken back.

use plenum_rules::SeasonId;
use plenum_rules::access::Permission;
use plenum_store::season::{self, Briefing, Kept};
use serde_json::{Value, json};

use super::instruments::instrument_of;
use super::mending::{self, Mend, TakeBack};
use super::season_with;
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// Records a conference.
///
/// # Errors
/// `E-403`, not found for an unknown instrument.
pub async fn add_briefing(cx: &mut Cx, id: &SeasonId, briefing: Briefing) -> Result<()> {
    cx.must(Permission::EditSeason, briefing.unit).await?;
    season_with(cx, id, briefing.unit).await?;
    made_known(cx, id, &briefing).await?;
    season::add_briefing(&mut cx.tx, id, &briefing).await?;
    let (unit, detail) = (briefing.unit, said(&briefing));
    mending::corrected(cx, "briefing.add", id, unit, &detail).await
}

/// Puts right what was entered wrongly of a conference; who held it stays.
///
/// # Errors
/// As [`add_briefing`]; `E-SEA-68` where it would lie after its withdrawal.
pub async fn correct_briefing(
    cx: &mut Cx,
    id: &SeasonId,
    mut after: Briefing,
    reason: &str,
) -> Result<()> {
    let before = briefing_of(cx, id, after.id).await?;
    cx.must(Permission::EditSeason, before.unit).await?;
    (after.unit, after.until) = (before.unit, before.until);
    if before.until.is_some_and(|until| until < after.day) {
        return Err(Problem::field("E-SEA-68", "briefing_day"));
    }
    made_known(cx, id, &after).await?;
    season::correct_briefing(&mut cx.tx, &after).await?;
    let detail = json!({"reason": reason, "before": said(&before), "after": said(&after)});
    mending::corrected(cx, "briefing.correct", id, before.unit, &detail).await
}

/// Takes a conference back from a day on: the record counts no longer.
///
/// # Errors
/// `E-403`, not found; `E-SEA-68` before it was held; `E-SEA-69`.
pub async fn withdraw_briefing(cx: &mut Cx, id: &SeasonId, what: TakeBack) -> Result<()> {
    let known = briefing_of(cx, id, what.record).await?;
    cx.must(Permission::EditSeason, known.unit).await?;
    let kept = (Kept::Briefing, known.unit, known.day);
    mending::take_back(cx, "briefing.withdraw", id, kept, (what, said(&known))).await
}

/// Gives the withdrawal of a conference another day, or takes it back.
///
/// # Errors
/// `E-403`, not found; `E-SEA-68`, `E-SEA-70`.
pub async fn mend_briefing(cx: &mut Cx, id: &SeasonId, mend: Mend) -> Result<()> {
    let known = briefing_of(cx, id, mend.record).await?;
    cx.must(Permission::EditSeason, known.unit).await?;
    let kept = (Kept::Briefing, known.unit, known.day);
    mending::mend(cx, id, kept, (mend, said(&known)), None).await
}

fn said(one: &Briefing) -> Value {
    let instruments: Vec<String> = one
        .instruments
        .iter()
        .map(|id| format!("{id:032x}"))
        .collect();
    json!({
        "title": one.title, "day": one.day, "attendance": one.attendance,
        "instruments": instruments,
    })
}

async fn briefing_of(cx: &mut Cx, id: &SeasonId, record: u128) -> Result<Briefing> {
    season::briefings(&mut cx.tx, id)
        .await?
        .into_iter()
        .find(|known| known.id == record)
        .ok_or_else(Problem::not_found)
}

/// Refuses instruments the season does not have.
async fn made_known(cx: &mut Cx, id: &SeasonId, briefing: &Briefing) -> Result<()> {
    for instrument in &briefing.instruments {
        instrument_of(cx, id, *instrument).await?;
    }
    Ok(())
}
