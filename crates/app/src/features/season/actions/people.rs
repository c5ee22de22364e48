//! Members in charge, and the working group's visits.

use plenum_rules::access::Permission;
use plenum_rules::timeline::Span;
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::db;
use plenum_store::season::{self, Charge, Handled, Kept, Visit};
use serde_json::json;

use super::mending::{self, Mend, TakeBack};
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

/// Puts right the name or post of a member, in every charge of that member
/// this person may assign: `record` is one of them.
///
/// # Errors
/// `E-403`, not found.
pub async fn rename_member(
    cx: &mut Cx,
    id: &SeasonId,
    record: u128,
    (person, post): (String, String),
    reason: &str,
) -> Result<()> {
    let one = charge_of(cx, id, record).await?;
    cx.must(Permission::AssignSupervisor, one.unit).await?;
    let mut units = Vec::new();
    for mut charge in season::charges(&mut cx.tx, id).await? {
        let same = charge.person == one.person && charge.post == one.post;
        if same && may_assign(cx, charge.unit).await? {
            charge.person.clone_from(&person);
            charge.post.clone_from(&post);
            season::rename_charge(&mut cx.tx, &charge).await?;
            units.push(charge.unit);
        }
    }
    let detail = json!({
        "reason": reason, "before": [one.person, one.post], "after": [person, post], "units": units,
    });
    for unit in units {
        cx.touch(unit).await?;
    }
    mending::corrected(cx, "charge.correct", id, one.unit, &detail).await
}

/// Takes units out of a member's charge from a day on: all of them, or those
/// chosen. `record` is one of the member's charges.
///
/// # Errors
/// `E-403`, not found; `E-SEA-46` where none of the member's units is chosen;
/// `E-SEA-68`.
pub async fn end_charge(
    cx: &mut Cx,
    id: &SeasonId,
    what: TakeBack,
    chosen: &[UnitId],
) -> Result<()> {
    let one = charge_of(cx, id, what.record).await?;
    cx.must(Permission::AssignSupervisor, one.unit).await?;
    let charges = season::charges(&mut cx.tx, id).await?;
    let meant = charges.into_iter().filter(|charge| {
        charge.person == one.person
            && charge.post == one.post
            && charge.span.until.is_none_or(|until| what.from < until)
            && (chosen.is_empty() || chosen.contains(&charge.unit))
    });
    let mut ended = 0_usize;
    for charge in meant {
        cx.must(Permission::AssignSupervisor, charge.unit).await?;
        let what = TakeBack {
            record: charge.id,
            ..what.clone()
        };
        let kept = (Kept::Charge, charge.unit, charge.span.from);
        let said = json!([charge.person, charge.post]);
        mending::take_back(cx, "charge.withdraw", id, kept, (what, said)).await?;
        ended += 1;
    }
    if ended == 0 {
        return Err(Problem::field("E-SEA-46", "units"));
    }
    Ok(())
}

/// Gives another day to a withdrawal by which a member's charges ended, or
/// takes it back. What was ended in one go is put right in one go; where
/// somebody else took over since, a charge counts up to that day again.
///
/// # Errors
/// `E-403`, not found; `E-SEA-68`, `E-SEA-70`; `E-SEA-76` for a day after the
/// next member took over.
pub async fn mend_charge(cx: &mut Cx, id: &SeasonId, mend: Mend) -> Result<()> {
    let one = charge_of(cx, id, mend.record).await?;
    cx.must(Permission::AssignSupervisor, one.unit).await?;
    let given = mending::withdrawal(cx, id, mend.record).await?;
    let standing = season::withdrawals(&mut cx.tx, id).await?;
    let charges = season::charges(&mut cx.tx, id).await?;
    let together = charges.iter().filter(|charge| {
        let same = standing.get(&charge.id).is_some_and(|other| {
            (other.from, &other.reason, &other.by, other.on)
                == (given.from, &given.reason, &given.by, given.on)
        });
        same && charge.person == one.person && charge.post == one.post
    });
    for charge in together {
        cx.must(Permission::AssignSupervisor, charge.unit).await?;
        let next = charges
            .iter()
            .filter(|other| other.unit == charge.unit && other.span.from > charge.span.from)
            .min_by_key(|other| other.span.from);
        if let (Some(from), Some(next)) = (mend.from, next)
            && next.span.from < from
        {
            return Err(Problem::field("E-SEA-76", "again")
                .with("person", next.person.clone())
                .with("day", plenum_rules::words::day_table(next.span.from)));
        }
        let mend = Mend {
            record: charge.id,
            ..mend.clone()
        };
        let kept = (Kept::Charge, charge.unit, charge.span.from);
        let said = json!([charge.person, charge.post]);
        let until = next.map(|next| next.span.from);
        mending::mend(cx, id, kept, (mend, said), until).await?;
    }
    Ok(())
}

async fn charge_of(cx: &mut Cx, id: &SeasonId, record: u128) -> Result<Charge> {
    season::charges(&mut cx.tx, id)
        .await?
        .into_iter()
        .find(|known| known.id == record)
        .ok_or_else(Problem::not_found)
}

async fn may_assign(cx: &mut Cx, unit: UnitId) -> Result<bool> {
    match cx.must(Permission::AssignSupervisor, unit).await {
        Ok(()) => Ok(true),
        Err(problem) if problem.inner.is_none() => Ok(false),
        Err(problem) => Err(problem),
    }
}

/// Puts right what was entered wrongly of a visit: who came, when, what for,
/// and what was found as far as nobody answered it yet. A visit that took
/// place is not taken back.
///
/// # Errors
/// `E-403`, not found; `E-SEA-62` for a day that has not come.
pub async fn correct_visit(cx: &mut Cx, id: &SeasonId, visit: Visit, reason: &str) -> Result<()> {
    let before = season::visit(&mut cx.tx, id, visit.id)
        .await?
        .ok_or_else(Problem::not_found)?;
    cx.must(Permission::RecordVisit, before.unit).await?;
    if visit.day > cx.today {
        return Err(Problem::field("E-SEA-62", "day"));
    }
    let answered = before.findings.iter().filter(|one| one.handled.is_some());
    let after = Visit {
        unit: before.unit,
        findings: answered.cloned().chain(visit.findings).collect(),
        ..visit
    };
    season::save_visit(&mut cx.tx, id, &after).await?;
    let said = |one: &Visit| {
        json!({
            "day": one.day, "visitors": one.visitors, "purpose": one.purpose,
            "findings": one.findings,
        })
    };
    let detail = json!({
        "visit": UnitId(after.id), "reason": reason, "before": said(&before), "after": said(&after),
    });
    mending::corrected(cx, "visit.correct", id, after.unit, &detail).await
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
/// `E-SEA-62` for a day that has not come; `E-SEA-63` where it is dealt with
/// already.
pub async fn answer_visit(
    cx: &mut Cx,
    id: &SeasonId,
    (visit, place): (u128, usize),
    (how, given): (String, Day),
) -> Result<()> {
    if given > cx.today {
        return Err(Problem::field("E-SEA-62", "given"));
    }
    let mut visit = season::visit(&mut cx.tx, id, visit)
        .await?
        .ok_or_else(Problem::not_found)?;
    if !cx.may(Permission::HandleFinding, visit.unit).await? {
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
        on: given,
        by: cx.who.login.clone(),
        how,
    });
    let detail = json!({"visit": UnitId(visit.id), "finding": finding});
    season::save_visit(&mut cx.tx, id, &visit).await?;
    cx.record("visit.answer", Some(id.as_str()), Some(visit.unit), &detail)
        .await?;
    cx.touch(visit.unit).await
}
