//! Plans: windows, outside events, pilots and trials.

use plenum_rules::access::Permission;
use plenum_rules::org::{Kind, Level};
use plenum_rules::season::{
    EventId, Mark, OutsideEvent, Refusal, Window, WindowId, check_new_window,
};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{self, SetApart};
use plenum_store::{db, org, progress};
use serde_json::json;

use super::{ONE_BY_ONE, season_with};
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// A window as typed in.
#[derive(Clone, Debug)]
pub struct NewWindow {
    /// The unit whose plan it is.
    pub issuer: UnitId,
    /// The recorded instrument it comes from.
    pub instrument: Option<u128>,
    /// The level it is for.
    pub level: Level,
    /// The kind it is for.
    pub kind: Option<Kind>,
    /// Only for pilots, only for trials.
    pub mark: Option<Mark>,
    /// The first day.
    pub first: Option<Day>,
    /// The last day.
    pub last: Day,
    /// The plan's date.
    pub from: Day,
    /// The superior's consent to loosening: instrument and date.
    pub consent: Option<String>,
    /// Why it differs from the window before it.
    pub reason: Option<String>,
}

/// Adds a window to a unit's plan and counts anew what hangs on it. It may
/// only tighten, unless the superior consented; the consent is entered by
/// somebody who writes the superior's plan.
///
/// # Errors
/// `E-403`; `E-SEA-01` to `E-SEA-04`; `E-SEA-59` where the consent is not this
/// person's to enter.
pub async fn add_window(cx: &mut Cx, id: &SeasonId, new: NewWindow) -> Result<()> {
    cx.must(Permission::EditPlan, new.issuer).await?;
    let season = season_with(cx, id, new.issuer).await?;
    if let Some(instrument) = new.instrument {
        season::instrument(&mut cx.tx, id, instrument)
            .await?
            .ok_or_else(Problem::not_found)?;
    }
    let mut path = org::path_on(&mut cx.tx, new.issuer, cx.today).await?;
    path.retain(|unit| *unit != new.issuer);
    let windows = season::windows(&mut cx.tx, id).await?;
    let mut window = Window {
        id: WindowId(db::new_id()),
        issuer: new.issuer,
        level: new.level,
        kind: new.kind,
        mark: new.mark,
        first: new.first,
        last: new.last,
        from: new.from,
        consent: None,
        reason: new.reason,
    };
    let above = windows.on_path(&path);
    if let Err(refusal) = check_new_window(&above, &window) {
        let (Some(consent), Some(superior)) = (new.consent, refusal.superior()) else {
            return Err(refused(cx, &refusal).await?);
        };
        if !may_consent(cx, superior).await? {
            let name = org::near(&mut cx.tx, superior, cx.today)
                .await?
                .map(|unit| unit.name);
            return Err(
                Problem::field("E-SEA-59", "consent").with("superior", name.unwrap_or_default())
            );
        }
        window.consent = Some(consent);
    }
    let detail = json!({
        "level": window.level, "kind": window.kind, "mark": window.mark, "first": window.first,
        "last": window.last, "from": window.from, "consent": window.consent, "reason": window.reason,
        "instrument": new.instrument.map(UnitId),
    });
    match everyone_below(cx, new.issuer, &window.level).await? {
        Some(units) => {
            let pending = progress::before(&mut cx.tx, &units).await?;
            season::add_window(&mut cx.tx, id, &window, new.instrument).await?;
            pending.finish(&mut cx.tx, &[]).await?;
        }
        None => {
            season::add_window(&mut cx.tx, id, &window, new.instrument).await?;
            progress::rebuild(&mut cx.tx, &season).await?;
        }
    }
    cx.record("plan.window", Some(id.as_str()), Some(new.issuer), &detail)
        .await?;
    cx.touch(new.issuer).await
}

async fn may_consent(cx: &mut Cx, superior: UnitId) -> Result<bool> {
    match cx.must(Permission::EditPlan, superior).await {
        Ok(()) => Ok(true),
        Err(problem) if problem.inner.is_none() => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// A refusal of the rules as a problem of the form.
async fn refused(cx: &mut Cx, refusal: &Refusal) -> Result<Problem> {
    let (field, limit) = match refusal {
        Refusal::LaterThanSuperior { limit, .. } => ("last", Some(*limit)),
        Refusal::EarlierThanSuperior { limit, .. } => ("first", Some(*limit)),
        Refusal::NoDayLeft { opens, .. } => ("last", Some(*opens)),
        _ => ("last", None),
    };
    let mut problem = Problem::field(refusal.code(), field);
    if let Some(limit) = limit {
        problem = problem.with("limit", plenum_rules::words::day_table(limit));
    }
    if let Some(superior) = refusal.superior() {
        let name = org::near(&mut cx.tx, superior, cx.today)
            .await?
            .map(|unit| unit.name);
        problem = problem.with("superior", name.unwrap_or_default());
    }
    Ok(problem)
}

/// Every unit that ever stood below the issuer (or is it) and was ever of the
/// level; `None` where they are too many to count one by one.
async fn everyone_below(cx: &mut Cx, issuer: UnitId, level: &Level) -> Result<Option<Vec<UnitId>>> {
    let mut seen = std::collections::BTreeSet::from([issuer]);
    let mut of_level = std::collections::BTreeSet::from([issuer]);
    let mut open = vec![issuer];
    while let Some(unit) = open.pop() {
        for version in org::children_ever(&mut cx.tx, unit).await? {
            if version.level == *level {
                of_level.insert(version.unit);
            }
            if seen.insert(version.unit) {
                open.push(version.unit);
            }
        }
        if seen.len() > ONE_BY_ONE {
            return Ok(None);
        }
    }
    Ok(Some(of_level.into_iter().collect()))
}

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

/// Takes an outside event back.
///
/// # Errors
/// `E-403`, not found.
pub async fn remove_event(cx: &mut Cx, id: &SeasonId, event: EventId) -> Result<()> {
    let known = season::events(&mut cx.tx, id)
        .await?
        .into_iter()
        .find(|known| known.id == event);
    let known = known.ok_or_else(Problem::not_found)?;
    cx.must(Permission::EditPlan, known.scope).await?;
    season::remove_event(&mut cx.tx, id, event).await?;
    cx.record(
        "event.remove",
        Some(id.as_str()),
        Some(known.scope),
        &json!({"event": known.name}),
    )
    .await?;
    cx.touch(known.scope).await
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
    let standing = season::marks_of(&mut cx.tx, id, &[apart.unit]).await?;
    let overlaps = standing
        .values()
        .flatten()
        .any(|(span, mark)| *mark == apart.marked.mark && span.meet(apart.span).is_some());
    if overlaps {
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
