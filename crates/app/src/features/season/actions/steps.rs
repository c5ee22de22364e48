//! Steps of a preparation: some more done on a day, put right, taken back.

use plenum_rules::SeasonId;
use plenum_rules::access::Permission;
use plenum_store::season::{self, Kept, Work, WorkStep};
use serde_json::{Value, json};

use super::mending::{self, Mend, TakeBack};
use super::preparation::{within_bounds, work_of};
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// Records that some more was done on a day.
///
/// # Errors
/// `E-403`; `E-SEA-62` for a day that has not come; `E-SEA-69` where the
/// preparation was taken back by then; `E-SEA-64` where on some day more
/// would be done than there is to do, or less than nothing.
pub async fn add_step(cx: &mut Cx, id: &SeasonId, work: u128, step: WorkStep) -> Result<()> {
    let mut known = work_of(cx, id, work).await?;
    cx.must(Permission::EditSeason, known.unit).await?;
    fits(cx, &known, &step)?;
    known.steps.push(step.clone());
    within_bounds(&known, "amount")?;
    season::add_work_step(&mut cx.tx, work, &step).await?;
    let detail = said(&known, &step);
    mending::corrected(cx, "work.step", id, known.unit, &detail).await
}

/// Puts right what was entered wrongly of a step; its preparation stays.
///
/// # Errors
/// As [`add_step`]; `E-SEA-68` where it would lie after its withdrawal.
pub async fn correct_step(
    cx: &mut Cx,
    id: &SeasonId,
    mut after: WorkStep,
    reason: &str,
) -> Result<()> {
    let (mut work, before) = step_of(cx, id, after.id).await?;
    cx.must(Permission::EditSeason, work.unit).await?;
    after.until = before.until;
    if before.until.is_some_and(|until| until < after.day) {
        return Err(Problem::field("E-SEA-68", "day"));
    }
    fits(cx, &work, &after)?;
    for step in work.steps.iter_mut().filter(|step| step.id == after.id) {
        step.clone_from(&after);
    }
    within_bounds(&work, "amount")?;
    season::correct_work_step(&mut cx.tx, &after).await?;
    let detail = json!({
        "reason": reason, "before": said(&work, &before), "after": said(&work, &after),
    });
    mending::corrected(cx, "work.step.correct", id, work.unit, &detail).await
}

/// Takes a step back from a day on: it is counted no longer.
///
/// # Errors
/// `E-403`, not found; `E-SEA-64` where the others would make less than
/// nothing; `E-SEA-68` before its day; `E-SEA-69`.
pub async fn withdraw_step(cx: &mut Cx, id: &SeasonId, what: TakeBack) -> Result<()> {
    let (mut work, step) = step_of(cx, id, what.record).await?;
    cx.must(Permission::EditSeason, work.unit).await?;
    end_on(&mut work, step.id, Some(what.from));
    within_bounds(&work, "until")?;
    let (kept, said) = ((Kept::Step, work.unit, step.day), said(&work, &step));
    mending::take_back(cx, "work.step.withdraw", id, kept, (what, said)).await
}

/// Gives the withdrawal of a step another day, or takes it back.
///
/// # Errors
/// `E-403`, not found; `E-SEA-64`, `E-SEA-68`, `E-SEA-70`.
pub async fn mend_step(cx: &mut Cx, id: &SeasonId, mend: Mend) -> Result<()> {
    let (mut work, step) = step_of(cx, id, mend.record).await?;
    cx.must(Permission::EditSeason, work.unit).await?;
    end_on(&mut work, step.id, mend.from);
    within_bounds(&work, "again")?;
    let (kept, said) = ((Kept::Step, work.unit, step.day), said(&work, &step));
    mending::mend(cx, id, kept, (mend, said), None).await
}

fn said(work: &Work, step: &WorkStep) -> Value {
    json!({"work": work.title, "day": step.day, "amount": step.amount, "note": step.note})
}

/// A step with its preparation.
async fn step_of(cx: &mut Cx, id: &SeasonId, record: u128) -> Result<(Work, WorkStep)> {
    let works = season::works(&mut cx.tx, id).await?;
    let found = works.into_iter().find_map(|work| {
        let step = work.steps.iter().find(|step| step.id == record)?.clone();
        Some((work, step))
    });
    found.ok_or_else(Problem::not_found)
}

/// Refuses a step of a day that has not come, or on which its preparation
/// counts no longer.
fn fits(cx: &Cx, work: &Work, step: &WorkStep) -> Result<()> {
    if work.until.is_some_and(|until| until <= step.day) {
        return Err(Problem::field("E-SEA-69", "work"));
    }
    if step.day > cx.today {
        return Err(Problem::field("E-SEA-62", "day"));
    }
    Ok(())
}

fn end_on(work: &mut Work, step: u128, until: Option<plenum_rules::Day>) {
    for one in work.steps.iter_mut().filter(|one| one.id == step) {
        one.until = until;
    }
}
