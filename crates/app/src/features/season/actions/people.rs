//! Members in charge, and the working group's visits.

use plenum_rules::access::Permission;
use plenum_rules::timeline::Span;
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::db;
use plenum_store::season::{self, Charge, Handled, Visit};
use serde_json::json;

use super::season_with;
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// A member put in charge of units.
#[derive(Clone, Debug)]
pub struct NewCharge {
    /// Who.
    pub person: String,
    /// The post this member holds.
    pub post: String,
    /// The units.
    pub units: Vec<UnitId>,
    /// From this day on.
    pub from: Day,
}

/// Puts a member in charge of units from a day on. Whoever was in charge of
/// them before is so up to that day.
///
/// # Errors
/// `E-403` for any of the units.
pub async fn assign(cx: &mut Cx, id: &SeasonId, new: NewCharge) -> Result<usize> {
    let mut charges = Vec::new();
    for unit in &new.units {
        cx.must(Permission::AssignSupervisor, *unit).await?;
        season_with(cx, id, *unit).await?;
        season::end_charges(&mut cx.tx, id, *unit, new.from).await?;
        charges.push(Charge {
            id: db::new_id(),
            unit: *unit,
            person: new.person.clone(),
            post: new.post.clone(),
            span: Span::from(new.from),
        });
    }
    season::add_charges(&mut cx.tx, id, &charges).await?;
    let detail =
        json!({"person": new.person, "post": new.post, "units": new.units, "from": new.from});
    cx.record(
        "charge.assign",
        Some(id.as_str()),
        new.units.first().copied(),
        &detail,
    )
    .await?;
    for unit in &new.units {
        cx.touch(*unit).await?;
    }
    Ok(charges.len())
}

/// Records a visit.
///
/// # Errors
/// `E-403`; `E-SEA-62` for a day that has not come.
pub async fn record_visit(cx: &mut Cx, id: &SeasonId, visit: Visit) -> Result<()> {
    cx.must(Permission::RecordVisit, visit.unit).await?;
    season_with(cx, id, visit.unit).await?;
    if visit.day > cx.today {
        return Err(Problem::field("E-SEA-62", "day"));
    }
    season::save_visit(&mut cx.tx, id, &visit).await?;
    let detail = json!({"visit": UnitId(visit.id), "day": visit.day, "findings": visit.findings});
    cx.record("visit.record", Some(id.as_str()), Some(visit.unit), &detail)
        .await?;
    cx.touch(visit.unit).await
}

/// Says what became of something found on a visit.
///
/// # Errors
/// `E-403` for whoever may neither deal with findings nor record visits there;
/// `E-SEA-63` where it is dealt with already.
pub async fn answer_visit(
    cx: &mut Cx,
    id: &SeasonId,
    visit: u128,
    place: usize,
    how: String,
) -> Result<()> {
    let mut visit = season::visit(&mut cx.tx, id, visit)
        .await?
        .ok_or_else(Problem::not_found)?;
    if cx
        .must(Permission::HandleFinding, visit.unit)
        .await
        .is_err()
    {
        cx.must(Permission::RecordVisit, visit.unit).await?;
    }
    let finding = visit
        .findings
        .get_mut(place)
        .ok_or_else(Problem::not_found)?;
    if finding.handled.is_some() {
        return Err(Problem::refused("E-SEA-63"));
    }
    finding.handled = Some(Handled {
        on: cx.today,
        by: cx.who.login.clone(),
        how,
    });
    let detail = json!({"visit": UnitId(visit.id), "finding": finding});
    season::save_visit(&mut cx.tx, id, &visit).await?;
    cx.record("visit.answer", Some(id.as_str()), Some(visit.unit), &detail)
        .await?;
    cx.touch(visit.unit).await
}
