//! Congresses below a unit that somebody should look at, found by descending
//! only where the stored counters say that there are any.

use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_rules::progress::{Counts, Measure};
use plenum_rules::season::{Finding, HolidayCalendar};
use plenum_rules::{Day, UnitId};

use crate::board::{Remaining, Scene, Standing};
use crate::db::{Result, Tx};
use crate::season::Season;
use crate::{congress, org, progress, season as seasons};

/// As many units are descended into at once.
const AT_ONCE: usize = 32;

/// Whether a congress is one of those a measure counts.
fn is_counted(standing: &Standing, measure: Measure, day: Day) -> bool {
    match measure {
        Measure::Late => standing.is_late(day),
        Measure::Overdue => standing.is_overdue(day),
        Measure::Soon => standing.is_soon(day),
        state => Measure::of_state(standing.state) == Some(state),
    }
}

/// How many congresses below a unit a measure counts on a day.
///
/// # Errors
/// [`crate::StoreError`].
pub async fn count(
    tx: &mut Tx,
    season: &Season,
    unit: UnitId,
    day: Day,
    measure: Measure,
) -> Result<i64> {
    let groups = progress::levels_on(tx, season, &[unit], day).await?;
    Ok(groups
        .values()
        .flat_map(std::collections::BTreeMap::values)
        .map(|counts: &Counts| counts[measure])
        .sum())
}

/// The congresses below the last unit of a path that a measure counts on a
/// day: a state, late, overdue or soon. At most `most`, in the order of the
/// tree.
///
/// # Errors
/// [`crate::StoreError`].
pub async fn below(
    tx: &mut Tx,
    season: &Season,
    path: &[UnitVersion],
    (day, measure, most): (Day, Measure, usize),
) -> Result<Vec<Remaining>> {
    let mut found = Vec::new();
    let Some((node, above)) = path.split_last() else {
        return Ok(found);
    };
    if count(tx, season, node.unit, day, measure).await? == 0 {
        return Ok(found);
    }
    let scene = Scene::load(tx, season, day).await?;
    let mut finder = scene.finder();
    let chain: Vec<UnitId> = above.iter().map(|version| version.unit).collect();
    let mut waiting = vec![(node.clone(), chain)];
    while !waiting.is_empty() && found.len() < most {
        let rest = waiting.len().saturating_sub(AT_ONCE);
        let parents = waiting.split_off(rest);
        let ids: Vec<UnitId> = parents.iter().map(|(unit, _)| unit.unit).collect();
        let children = org::children_of_many(tx, &ids, day).await?;
        let ids: Vec<UnitId> = children.iter().map(|version| version.unit).collect();
        let below = progress::levels_on(tx, season, &ids, day).await?;
        let facts = scene.facts(tx, &ids).await?;
        for child in children {
            let Some((parent, chain)) = parents
                .iter()
                .find(|(unit, _)| Some(unit.unit) == child.parent)
            else {
                continue;
            };
            let mut chain = chain.clone();
            chain.push(parent.unit);
            let standing = facts.standing(&mut finder, &child, &chain);
            if let Some(standing) = standing.filter(|own| is_counted(own, measure, day)) {
                found.push(Remaining {
                    unit: child.clone(),
                    above: parent.name.clone(),
                    standing,
                });
            }
            let more = below
                .get(&child.unit)
                .is_some_and(|groups| groups.values().any(|counts| counts[measure] > 0));
            if more {
                waiting.push((child, chain));
            }
        }
    }
    found.truncate(most);
    Ok(found)
}

/// The congresses below the last unit of a path whose report or ratification
/// is overdue on a day (R39), with what is overdue: those of `most` that wait
/// for either; and whether more wait than were looked at.
///
/// # Errors
/// [`crate::StoreError`].
pub async fn overdue_after(
    tx: &mut Tx,
    season: &Season,
    path: &[UnitVersion],
    (profile, holidays): (&Profile, &HolidayCalendar),
    (day, most): (Day, usize),
) -> Result<(Vec<(Remaining, Finding)>, bool)> {
    let mut found = Vec::new();
    let mut more = false;
    for measure in [Measure::Held, Measure::Reported, Measure::Confirmed] {
        let waiting = below(tx, season, path, (day, measure, most)).await?;
        more |= waiting.len() >= most;
        let units: Vec<UnitId> = waiting.iter().map(|one| one.unit.unit).collect();
        let congresses = congress::load_many(tx, &season.id, &units).await?;
        for one in waiting {
            let Some(congress) = congresses.get(&one.unit.unit) else {
                continue;
            };
            let plan = seasons::plan_of(season, &one.unit, congress, Vec::new(), (true, None), day);
            if let Some(finding) =
                plenum_rules::season::overdue_after(&plan, profile, holidays, day)
            {
                found.push((one, finding));
            }
        }
    }
    Ok((found, more))
}
