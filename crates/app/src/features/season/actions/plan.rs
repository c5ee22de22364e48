//! Plans: outside events, pilots and trials.

use plenum_rules::SeasonId;
use plenum_rules::access::Permission;
use plenum_rules::season::{EventId, OutsideEvent};
use plenum_store::season::{self, Kept, SetApart};
use plenum_store::{org, progress};
use serde_json::json;

use super::mending::{self, Mend, TakeBack};
use super::season_with;
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// Records an event outside the season that its dates must respect.
///
/// # Errors
/// `E-403`; `E-SEA-03` for reversed days.
pub async fn add_event(cx: &mut Cx, id: &SeasonId, event: OutsideEvent) -> Result<()> {
    cx.must(Permission::EditPlan, event.scope).await?;
    season_with(cx, id, event.scope).await?;
    if event.last < event.first {
        return Err(Problem::field("E-SEA-03", "last"));
    }
    season::add_event(&mut cx.tx, id, &event).await?;
    cx.record(
        "event.add",
        Some(id.as_str()),
        Some(event.scope),
        &json!({"event": event.name, "first": event.first, "last": event.last}),
    )
    .await?;
    cx.touch(event.scope).await
}

/// Puts right what was entered wrongly of an outside event; whose it is stays.
///
/// # Errors
/// `E-403`, not found; `E-SEA-03` for reversed days.
pub async fn correct_event(
    cx: &mut Cx,
    id: &SeasonId,
    mut event: OutsideEvent,
    reason: &str,
) -> Result<()> {
    let before = event_of(cx, id, event.id).await?;
    cx.must(Permission::EditPlan, before.scope).await?;
    if event.last < event.first {
        return Err(Problem::field("E-SEA-03", "last"));
    }
    (event.scope, event.until) = (before.scope, before.until);
    season::correct_event(&mut cx.tx, &event).await?;
    let said = |one: &OutsideEvent| {
        json!({
            "event": one.name, "first": one.first, "last": one.last, "level": one.level,
            "kind": one.kind, "relation": one.relation,
        })
    };
    let detail = json!({"reason": reason, "before": said(&before), "after": said(&event)});
    mending::corrected(cx, "event.correct", id, before.scope, &detail).await
}

/// Takes an outside event back from a day on.
///
/// # Errors
/// `E-403`, not found; `E-SEA-69`.
pub async fn withdraw_event(cx: &mut Cx, id: &SeasonId, what: TakeBack) -> Result<()> {
    let known = event_of(cx, id, EventId(what.record)).await?;
    cx.must(Permission::EditPlan, known.scope).await?;
    let kept = (Kept::Event, known.scope, plenum_rules::day::FIRST);
    mending::take_back(cx, "event.remove", id, kept, (what, json!(known.name))).await
}

/// Gives the withdrawal of an outside event another day, or takes it back.
///
/// # Errors
/// `E-403`, not found; `E-SEA-70`.
pub async fn mend_event(cx: &mut Cx, id: &SeasonId, mend: Mend) -> Result<()> {
    let known = event_of(cx, id, EventId(mend.record)).await?;
    cx.must(Permission::EditPlan, known.scope).await?;
    let kept = (Kept::Event, known.scope, plenum_rules::day::FIRST);
    mending::mend(cx, id, kept, (mend, json!(known.name)), None).await
}

async fn event_of(cx: &mut Cx, id: &SeasonId, event: EventId) -> Result<OutsideEvent> {
    season::events(&mut cx.tx, id)
        .await?
        .into_iter()
        .find(|known| known.id == event)
        .ok_or_else(Problem::not_found)
}

/// Sets a unit apart as a pilot or a trial.
///
/// # Errors
/// `E-403`; `E-SEA-60` where the choosing unit does not stand above it;
/// `E-SEA-61` where it is set apart like that already.
pub async fn set_apart(cx: &mut Cx, id: &SeasonId, apart: SetApart) -> Result<()> {
    cx.must(Permission::MarkPilot, apart.unit).await?;
    season_with(cx, id, apart.unit).await?;
    let path = org::path_on(&mut cx.tx, apart.unit, cx.today).await?;
    if apart.unit == apart.marked.by || !path.contains(&apart.marked.by) {
        return Err(Problem::field("E-SEA-60", "target"));
    }
    if apart_already(cx, id, &apart).await? {
        return Err(Problem::field("E-SEA-61", "target"));
    }
    let pending = progress::before(&mut cx.tx, &[apart.unit]).await?;
    season::add_mark(&mut cx.tx, id, &apart).await?;
    pending.finish(&mut cx.tx, &[]).await?;
    let detail = json!({"mark": apart.marked, "subject": apart.subject, "from": apart.span.from});
    cx.record("mark.set", Some(id.as_str()), Some(apart.unit), &detail)
        .await?;
    cx.touch(apart.unit).await
}

/// Puts right what was entered wrongly of a pilot or trial: which of the two,
/// what is tried, its basis, its first day. The unit stays.
///
/// # Errors
/// `E-403`, not found; `E-SEA-61` where the unit is set apart like that
/// already; `E-SEA-68` where it would begin after it was withdrawn.
pub async fn correct_mark(
    cx: &mut Cx,
    id: &SeasonId,
    mut apart: SetApart,
    reason: &str,
) -> Result<()> {
    let before = mark_of(cx, id, apart.id).await?;
    cx.must(Permission::MarkPilot, before.unit).await?;
    (apart.unit, apart.marked.by) = (before.unit, before.marked.by);
    apart.span.until = before.span.until;
    if before
        .span
        .until
        .is_some_and(|until| until < apart.span.from)
    {
        return Err(Problem::field("E-SEA-68", "from"));
    }
    if apart_already(cx, id, &apart).await? {
        return Err(Problem::field("E-SEA-61", "mark"));
    }
    let pending = progress::before(&mut cx.tx, &[apart.unit]).await?;
    season::correct_mark(&mut cx.tx, &apart).await?;
    pending.finish(&mut cx.tx, &[]).await?;
    let said =
        |one: &SetApart| json!({"mark": one.marked, "subject": one.subject, "from": one.span.from});
    let detail = json!({"reason": reason, "before": said(&before), "after": said(&apart)});
    mending::corrected(cx, "mark.correct", id, before.unit, &detail).await
}

/// Takes a pilot or trial back from a day on.
///
/// # Errors
/// `E-403`, not found; `E-SEA-68`, `E-SEA-69`.
pub async fn withdraw_mark(cx: &mut Cx, id: &SeasonId, what: TakeBack) -> Result<()> {
    let known = mark_of(cx, id, what.record).await?;
    cx.must(Permission::MarkPilot, known.unit).await?;
    let pending = progress::before(&mut cx.tx, &[known.unit]).await?;
    let kept = (Kept::Mark, known.unit, known.span.from);
    mending::take_back(cx, "mark.withdraw", id, kept, (what, json!(known.marked))).await?;
    Ok(pending.finish(&mut cx.tx, &[]).await?)
}

/// Gives the withdrawal of a pilot or trial another day, or takes it back.
///
/// # Errors
/// `E-403`, not found; `E-SEA-61` where the unit was set apart anew in the
/// days it would count again; `E-SEA-68`, `E-SEA-70`.
pub async fn mend_mark(cx: &mut Cx, id: &SeasonId, mend: Mend) -> Result<()> {
    let mut known = mark_of(cx, id, mend.record).await?;
    cx.must(Permission::MarkPilot, known.unit).await?;
    let kept = (Kept::Mark, known.unit, known.span.from);
    known.span.until = mend.from;
    if apart_already(cx, id, &known).await? {
        return Err(Problem::field("E-SEA-61", "again"));
    }
    let pending = progress::before(&mut cx.tx, &[known.unit]).await?;
    mending::mend(cx, id, kept, (mend, json!(known.marked)), None).await?;
    Ok(pending.finish(&mut cx.tx, &[]).await?)
}

async fn mark_of(cx: &mut Cx, id: &SeasonId, record: u128) -> Result<SetApart> {
    season::set_apart(&mut cx.tx, id)
        .await?
        .into_iter()
        .find(|known| known.id == record)
        .ok_or_else(Problem::not_found)
}

/// Whether another record sets the unit apart in the same way on one of the days.
async fn apart_already(cx: &mut Cx, id: &SeasonId, apart: &SetApart) -> Result<bool> {
    let standing = season::set_apart(&mut cx.tx, id).await?;
    Ok(standing.iter().any(|other| {
        other.id != apart.id
            && other.unit == apart.unit
            && other.marked.mark == apart.marked.mark
            && other.span.meet(apart.span).is_some()
    }))
}
