//! Preparations to be counted: recorded, put right, taken back.

use plenum_rules::SeasonId;
use plenum_rules::access::Permission;
use plenum_store::season::{self, Kept, Work};
use serde_json::json;

use super::mending::{self, Mend, TakeBack};
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
    work.steps.clone_from(&before.steps);
    within_bounds(&work, "total")?;
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

/// Gives the withdrawal of a preparation another day, or takes it back.
///
/// # Errors
/// `E-403`, not found; `E-SEA-70`.
pub async fn mend_work(cx: &mut Cx, id: &SeasonId, mend: Mend) -> Result<()> {
    let known = work_of(cx, id, mend.record).await?;
    cx.must(Permission::EditSeason, known.unit).await?;
    let kept = (Kept::Work, known.unit, plenum_rules::day::FIRST);
    mending::mend(cx, id, kept, (mend, json!(known.title)), None).await
}

/// Refuses steps that on some day make more done than there is to do, or less
/// than nothing.
///
/// # Errors
/// `E-SEA-64`.
pub(super) fn within_bounds(work: &Work, field: &'static str) -> Result<()> {
    match work.out_of_bounds() {
        None => Ok(()),
        Some((day, done)) => Err(Problem::field("E-SEA-64", field)
            .with("done", done)
            .with("total", work.total.map_or(0, i64::from))
            .with("day", plenum_rules::words::day_table(day))),
    }
}

pub(super) async fn work_of(cx: &mut Cx, id: &SeasonId, work: u128) -> Result<Work> {
    season::works(&mut cx.tx, id)
        .await?
        .into_iter()
        .find(|known| known.id == work)
        .ok_or_else(Problem::not_found)
}
