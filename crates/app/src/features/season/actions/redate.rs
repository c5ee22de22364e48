//! Moving the dates of many units at once.

use std::collections::BTreeSet;

use plenum_rules::access::{Permission, may};
use plenum_rules::congress::Congress;
use plenum_rules::season::{NewDays, Redated, Refusal};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{self, Outlook, Season};
use plenum_store::{Tx, congress, progress};
use serde_json::json;

use super::findings::MOST_UNITS;
use super::{ONE_BY_ONE, season_with};
use crate::shell::problem::{Problem, Result};
use crate::shell::reporting::recorded_for;
use crate::shell::visitor::Who;
use crate::shell::{Cx, profiles};

/// Which units move where, and why.
#[derive(Clone, Debug)]
pub struct Redating {
    /// The unit below which they stand.
    pub node: UnitId,
    /// Which.
    pub units: BTreeSet<UnitId>,
    /// Where to.
    pub to: NewDays,
    /// Why.
    pub reason: String,
}

/// Works the new calendar out, and what would be wrong with it. Changes nothing.
///
/// # Errors
/// `E-403` for any of the units; `E-SEA-46` for none; `E-SEA-05`, `E-SEA-07` to
/// `E-SEA-09`; `E-SEA-66` for units not below the node.
pub async fn preview(
    tx: &mut Tx,
    who: &Who,
    today: Day,
    season: &Season,
    wanted: &Redating,
) -> Result<(Outlook, Redated)> {
    if wanted.units.is_empty() {
        return Err(Problem::field("E-SEA-46", "units"));
    }
    let profile = profiles::named(&season.profile).ok_or_else(Problem::not_found)?;
    let rules = (season, profile);
    let outlook = season::plans_under(tx, rules, wanted.node, today, MOST_UNITS).await?;
    for unit in &wanted.units {
        let path = outlook.path(*unit);
        if !path.contains(&wanted.node) {
            return Err(Problem::field("E-SEA-66", "units"));
        }
        if !who.is_system() && !may(&who.grants, today, Permission::DateCongress, &path) {
            return Err(Problem::forbidden());
        }
    }
    let facts = outlook.facts(profiles::holidays(), profile);
    let redated = plenum_rules::season::redate(&facts, &wanted.units, wanted.to, &wanted.reason)
        .map_err(|refusal| refused(&outlook, &refusal))?;
    Ok((outlook, redated))
}

fn refused(outlook: &Outlook, refusal: &Refusal) -> Problem {
    let (field, unit) = match refusal {
        Refusal::ReasonNeeded => ("reason", None),
        Refusal::NoFreeDay { unit }
        | Refusal::NotDated { unit }
        | Refusal::AlreadyHeld { unit } => ("units", outlook.versions.get(unit)),
        _ => ("units", None),
    };
    let problem = Problem::field(refusal.code(), field);
    match unit {
        Some(unit) => problem.with("unit", unit.name.clone()),
        None => problem,
    }
}

/// Records the new calendar: one transaction, one audit row with every unit.
///
/// # Errors
/// As [`preview`]; `E-SEA-67` where a congress can no longer be dated.
pub async fn redate(cx: &mut Cx, id: &SeasonId, wanted: Redating) -> Result<usize> {
    let season = season_with(cx, id, wanted.node).await?;
    let who = cx.who.clone();
    let (mut outlook, redated) = preview(&mut cx.tx, &who, cx.today, &season, &wanted).await?;
    let units: Vec<UnitId> = redated.moves.iter().map(|one| one.unit).collect();
    let pending = match units.len() <= ONE_BY_ONE {
        true => Some(progress::before(&mut cx.tx, &units).await?),
        false => None,
    };
    for one in &redated.moves {
        let mut facts: Congress = outlook.congresses.remove(&one.unit).unwrap_or_default();
        let on = recorded_for(&season, &facts, cx.today);
        facts
            .date(on, one.after.clone(), Some(redated.reason.clone()))
            .map_err(|_| {
                let name = outlook
                    .versions
                    .get(&one.unit)
                    .map(|unit| unit.name.clone());
                Problem::field("E-SEA-67", "units").with("unit", name.unwrap_or_default())
            })?;
        congress::save(&mut cx.tx, id, one.unit, &facts, cx.now).await?;
    }
    match pending {
        Some(pending) => pending.finish(&mut cx.tx, &[]).await?,
        None => progress::rebuild(&mut cx.tx, &season).await?,
    }
    let moves: Vec<serde_json::Value> = redated
        .moves
        .iter()
        .map(|one| json!({"unit": one.unit, "from": one.before.first, "to": one.after.first}))
        .collect();
    let detail = json!({"reason": redated.reason, "units": moves});
    cx.record(
        "congress.redate",
        Some(id.as_str()),
        Some(wanted.node),
        &detail,
    )
    .await?;
    for unit in &units {
        cx.touch(*unit).await?;
    }
    Ok(units.len())
}
