//! The units around a node, and what is still to be held below them.

use std::collections::BTreeMap;

use plenum_rules::org::{Level, UnitVersion};
use plenum_rules::progress::{Counts, MOST_LEVELS, counts_on};
use plenum_rules::{Day, UnitId};

use super::standing::{Scene, Standing, holds_congress, standing};
use super::{Child, LISTED, Remaining, charges};
use crate::db::{Result, Tx};
use crate::{org, progress};

/// So many congresses at most stand below the children of a node whose whole
/// tree is gone through.
const GONE_THROUGH: i64 = 300;
/// And so many units: not every unit holds a congress.
const MOST_UNITS: usize = 1_000;

/// A unit with the units above it, topmost first.
pub(super) type Placed = (UnitVersion, Vec<UnitId>);

/// The node's own congress, and the units directly below it.
pub(super) async fn around(
    tx: &mut Tx,
    scene: &Scene<'_>,
    (unit, chain): (&UnitVersion, &[UnitId]),
    given: Option<&charges::People>,
    then: Option<Day>,
) -> Result<(Option<Standing>, Vec<Child>)> {
    let (season, day, parent) = (scene.season, scene.day, unit.unit);
    let versions = org::children_on(tx, parent, day).await?;
    let mut ids: Vec<UnitId> = versions.iter().map(|version| version.unit).collect();
    let mut below = progress::levels_on(tx, season, &ids, day).await?;
    let (mut below_then, versions_then) = match then {
        Some(then) => (
            progress::levels_on(tx, season, &ids, then).await?,
            org::versions_of(tx, &ids).await?,
        ),
        None => (BTreeMap::new(), BTreeMap::new()),
    };
    let mut in_charge = match given {
        Some(given) => given.clone(),
        None => charges::of_units(tx, season, &ids, day).await?,
    };
    ids.push(parent);
    let facts = scene.facts(tx, &ids).await?;
    let mut finder = scene.finder();
    let by_level = |groups: progress::Groups| {
        groups
            .into_iter()
            .map(|(key, counts)| (key.level, counts))
            .collect::<BTreeMap<Level, Counts>>()
    };
    let own = facts.standing(&mut finder, unit, &chain[..chain.len() - 1]);
    let children = versions
        .into_iter()
        .map(|unit| {
            let congress = facts.congress(unit.unit);
            let due = facts.due(&mut finder, &unit, chain);
            let holds = holds_congress(season, &unit, day);
            let counted_then = then.is_some_and(|then| {
                versions_then
                    .get(&unit.unit)
                    .into_iter()
                    .flatten()
                    .any(|version| {
                        version.parent == Some(parent) && holds_congress(season, version, then)
                    })
            });
            Child {
                below: below.remove(&unit.unit).map(by_level).unwrap_or_default(),
                below_then: below_then
                    .remove(&unit.unit)
                    .map(by_level)
                    .unwrap_or_default(),
                own_then: counted_then
                    && then.is_some_and(|then| congress.state_on(then).is_held()),
                own: holds.then(|| standing(congress, due, day)),
                own_counts: match holds {
                    true => counts_on(congress, unit.members, due, day),
                    false => Counts::default(),
                },
                marks: facts.marks(unit.unit),
                in_charge: in_charge.remove(&unit.unit).unwrap_or_default(),
                unit,
            }
        })
        .collect();
    Ok((own, children))
}

/// Every unit below the children of a node, each after those above it; none
/// where they are too many to go through.
pub(super) async fn subtree(
    tx: &mut Tx,
    scene: &Scene<'_>,
    chain: &[UnitId],
    children: &[Child],
) -> Result<Option<Vec<Placed>>> {
    let totals = children.iter().flat_map(|child| child.below.values());
    if totals.map(Counts::total).sum::<i64>() > GONE_THROUGH {
        return Ok(None);
    }
    // Before the season opens everything is counted, and every count is nothing.
    let mut found = Vec::new();
    let mut above: Vec<Placed> = children
        .iter()
        .filter(|child| child.has_below())
        .map(|child| (child.unit.clone(), chain.to_vec()))
        .collect();
    while !above.is_empty() {
        if found.len() > MOST_UNITS {
            return Ok(None);
        }
        let next = one_further_down(tx, &above, scene.day).await?;
        above = next
            .iter()
            .filter(|(version, _)| scene.season.counts_below(&version.level))
            .cloned()
            .collect();
        found.extend(next);
    }
    Ok(Some(found))
}

async fn one_further_down(tx: &mut Tx, above: &[Placed], day: Day) -> Result<Vec<Placed>> {
    let parents: Vec<UnitId> = above.iter().map(|(unit, _)| unit.unit).collect();
    let versions = org::children_of_many(tx, &parents, day).await?;
    let chains: BTreeMap<UnitId, &Vec<UnitId>> = above
        .iter()
        .map(|(unit, chain)| (unit.unit, chain))
        .collect();
    Ok(versions
        .into_iter()
        .filter_map(|version| {
            let parent = version.parent?;
            let mut chain = (*chains.get(&parent)?).clone();
            chain.push(parent);
            Some((version, chain))
        })
        .collect())
}

/// Congresses below the node that have not met; none where there are too many
/// to list. Without the whole tree they are found by descending only where the
/// counters say that some remain.
pub(super) async fn remaining(
    tx: &mut Tx,
    scene: &Scene<'_>,
    (unit, chain): (&UnitVersion, &[UnitId]),
    children: &[Child],
    tree: Option<&[Placed]>,
    total: i64,
) -> Result<Option<Vec<Remaining>>> {
    if total > LISTED {
        return Ok(None);
    }
    let mut found: Vec<Remaining> = children
        .iter()
        .filter_map(|child| {
            let own = child.own.as_ref().filter(|own| own.waits())?;
            Some(Remaining {
                unit: child.unit.clone(),
                above: unit.name.clone(),
                standing: own.clone(),
            })
        })
        .collect();
    let mut names: BTreeMap<UnitId, String> = children
        .iter()
        .map(|child| (child.unit.unit, child.unit.name.clone()))
        .collect();
    if let Some(tree) = tree {
        found.extend(waiting(tx, scene, tree, &mut names).await?);
    } else {
        let mut above: Vec<Placed> = children
            .iter()
            .filter(|child| child.below.values().any(|counts| counts.remaining() > 0))
            .map(|child| (child.unit.clone(), chain.to_vec()))
            .collect();
        for _ in 0..MOST_LEVELS {
            if above.is_empty() {
                break;
            }
            let next = one_further_down(tx, &above, scene.day).await?;
            found.extend(waiting(tx, scene, &next, &mut names).await?);
            above = with_remaining_below(tx, scene, next).await?;
        }
    }
    found.sort_by_cached_key(|each| order(each, scene.day));
    Ok(Some(found))
}

/// Those of some units whose congress has not met.
async fn waiting(
    tx: &mut Tx,
    scene: &Scene<'_>,
    units: &[Placed],
    names: &mut BTreeMap<UnitId, String>,
) -> Result<Vec<Remaining>> {
    let ids: Vec<UnitId> = units.iter().map(|(version, _)| version.unit).collect();
    let facts = scene.facts(tx, &ids).await?;
    let mut finder = scene.finder();
    let mut found = Vec::new();
    for (version, chain) in units {
        names.insert(version.unit, version.name.clone());
        let standing = facts.standing(&mut finder, version, chain);
        if let Some(standing) = standing.filter(Standing::waits) {
            let above = version.parent.and_then(|parent| names.get(&parent));
            found.push(Remaining {
                unit: version.clone(),
                above: above.cloned().unwrap_or_default(),
                standing,
            });
        }
    }
    Ok(found)
}

async fn with_remaining_below(
    tx: &mut Tx,
    scene: &Scene<'_>,
    units: Vec<Placed>,
) -> Result<Vec<Placed>> {
    let ids: Vec<UnitId> = units
        .iter()
        .map(|(version, _)| version)
        .filter(|version| scene.season.counts_below(&version.level))
        .map(|version| version.unit)
        .collect();
    let below = progress::levels_on(tx, scene.season, &ids, scene.day).await?;
    let remains = |unit: &UnitId| {
        let groups = below.get(unit);
        groups.is_some_and(|groups| groups.values().any(|counts| counts.remaining() > 0))
    };
    Ok(units
        .into_iter()
        .filter(|(version, _)| remains(&version.unit))
        .collect())
}

/// Late ones first, then by day, those without one last.
fn order(each: &Remaining, day: Day) -> impl Ord + use<> {
    let planned = each.standing.planned.as_ref().map(|planned| planned.first);
    (
        !each.standing.is_late(day),
        planned.is_none(),
        planned,
        each.above.clone(),
        each.unit.code.clone(),
    )
}
