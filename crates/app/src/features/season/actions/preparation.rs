//! Preparations counted in dated batches.

use plenum_rules::SeasonId;
use plenum_rules::access::Permission;
use plenum_store::season::{self, Work, WorkStep};
use serde_json::json;

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

/// Records that some more was done on a day.
///
/// # Errors
/// `E-403`; `E-SEA-62` for a day that has not come; `E-SEA-64` where more
/// would be done than there is to do, or less than nothing.
pub async fn add_step(cx: &mut Cx, id: &SeasonId, work: u128, step: WorkStep) -> Result<()> {
    let known = season::works(&mut cx.tx, id)
        .await?
        .into_iter()
        .find(|known| known.id == work);
    let known = known.ok_or_else(Problem::not_found)?;
    cx.must(Permission::EditSeason, known.unit).await?;
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
