//! Preparations counted in dated batches.

use plenum_rules::SeasonId;
use plenum_rules::access::Permission;
use plenum_store::season::{self, Kept, Work, WorkStep};
use serde_json::json;

use super::mending::{self, TakeBack};
use super::season_with;
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// Records a preparation to be counted.
///
/// # Errors
/// `E-403`.
pub async fn add_work(cx: &mut Cx, id: &SeasonId, work: Work) -> Result<()> {
    cx.must(Permission::EditSeason, work.unit).await?;
    season_with(cx, id, work.unit).await?;
    season::add_work(&mut cx.tx, id, &work).await?;
    let detail = json!({"area": work.area.code(), "title": work.title, "total": work.total});
    cx.record("work.add", Some(id.as_str()), Some(work.unit), &detail)
        .await?;
    cx.touch(work.unit).await
}

/// Puts right what was entered wrongly of a preparation; its steps stay.
///
/// # Errors
/// `E-403`, not found; `E-SEA-64` where more is done than there would be to do.
pub async fn correct_work(cx: &mut Cx, id: &SeasonId, mut work: Work, reason: &str) -> Result<()> {
    let before = work_of(cx, id, work.id).await?;
    cx.must(Permission::EditSeason, before.unit).await?;
    work.unit = before.unit;
    let done = before.done_on(plenum_rules::day::LAST);
    if let Some(total) = work.total.map(i64::from).filter(|total| done > *total) {
        return Err(Problem::field("E-SEA-64", "total")
            .with("done", done)
            .with("total", total));
    }
    season::correct_work(&mut cx.tx, &work).await?;
    let said =
        |one: &Work| json!({"area": one.area.code(), "title": one.title, "total": one.total});
    let detail = json!({"reason": reason, "before": said(&before), "after": said(&work)});
    mending::corrected(cx, "work.correct", id, before.unit, &detail).await
}

/// Takes a preparation back from a day on: it is counted no longer.
///
/// # Errors
/// `E-403`, not found; `E-SEA-69`.
pub async fn withdraw_work(cx: &mut Cx, id: &SeasonId, what: TakeBack) -> Result<()> {
    let known = work_of(cx, id, what.record).await?;
    cx.must(Permission::EditSeason, known.unit).await?;
    let kept = (Kept::Work, known.unit, plenum_rules::day::FIRST);
    mending::take_back(cx, "work.withdraw", id, kept, (what, json!(known.title))).await
}

async fn work_of(cx: &mut Cx, id: &SeasonId, work: u128) -> Result<Work> {
    season::works(&mut cx.tx, id)
        .await?
        .into_iter()
        .find(|known| known.id == work)
        .ok_or_else(Problem::not_found)
}

/// Records that some more was done on a day.
///
/// # Errors
/// `E-403`; `E-SEA-62` for a day that has not come; `E-SEA-69` where the
/// preparation was taken back by then; `E-SEA-64` where more
/// would be done than there is to do, or less than nothing.
pub async fn add_step(cx: &mut Cx, id: &SeasonId, work: u128, step: WorkStep) -> Result<()> {
    let known = work_of(cx, id, work).await?;
    cx.must(Permission::EditSeason, known.unit).await?;
    if known.until.is_some_and(|until| until <= step.day) {
        return Err(Problem::field("E-SEA-69", "work"));
    }
    if step.day > cx.today {
        return Err(Problem::field("E-SEA-62", "day"));
    }
    let done = known
        .done_on(plenum_rules::day::LAST)
        .saturating_add(step.amount);
    if done < 0 || known.total.is_some_and(|total| done > i64::from(total)) {
        let total = known.total.map_or(0, i64::from);
        return Err(Problem::field("E-SEA-64", "amount")
            .with("done", done)
            .with("total", total));
    }
    season::add_work_step(&mut cx.tx, work, &step).await?;
    let detail =
        json!({"work": known.title, "day": step.day, "amount": step.amount, "note": step.note});
    cx.record("work.step", Some(id.as_str()), Some(known.unit), &detail)
        .await?;
    cx.touch(known.unit).await
}
