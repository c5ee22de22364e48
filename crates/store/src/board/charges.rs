//! Who is in charge of what below a node.
//!
//! A charge names a unit, not the committee that gave it, so a node's people
//! are those in charge of any unit below it: the committee's own members look
//! after the units directly below, other committees' members after units
//! further down. What a person answers for is counted once, however many of
//! their units lie within each other.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::org::{Level, UnitVersion};
use plenum_rules::progress::{Counts, MOST_LEVELS, counts_on};
use plenum_rules::{Day, UnitId};

use super::below::Placed;
use super::standing::{Scene, holds_congress};
use super::{Child, LevelCounts};
use crate::args;
use crate::db::{Result, Tx};
use crate::season::Season;
use crate::{org, progress};

/// Below larger nodes so many charges of the season at most are followed
/// upwards, to find those that stand there: a page is to be answered within
/// milliseconds.
const FOLLOWED: usize = 150;

/// A member in charge, with the units under their eye.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InCharge {
    /// The name.
    pub person: String,
    /// The post.
    pub post: String,
    /// The level of the topmost of their units.
    pub level: Level,
    /// Which units, the topmost first.
    pub units: Vec<UnitVersion>,
    /// The counts of each level, over those units and all below them.
    pub counts: BTreeMap<Level, Counts>,
}

/// Name and post of those in charge, by unit.
pub(super) type People = BTreeMap<UnitId, Vec<(String, String)>>;

/// Who is in charge of anything in a season on a day; none where they are too
/// many to follow.
pub(super) async fn given(tx: &mut Tx, season: &Season, day: Day) -> Result<Option<People>> {
    let sql = "SELECT unit, person, post FROM charge WHERE season = $1 AND from_day <= $2 AND until_day > $2 \
               LIMIT $3";
    let most = i64::try_from(FOLLOWED + 1).unwrap_or(i64::MAX);
    let rows = tx.rows(sql, args![season.id.as_str(), day, most]).await?;
    if rows.len() > FOLLOWED {
        return Ok(None);
    }
    let mut people = People::new();
    for row in rows {
        note(&mut people, row.unit(0)?, (row.text(1)?, row.text(2)?));
    }
    for of_unit in people.values_mut() {
        of_unit.sort_unstable();
    }
    Ok(Some(people))
}

/// Who is in charge of these units on a day.
pub(super) async fn of_units(
    tx: &mut Tx,
    season: &Season,
    units: &[UnitId],
    day: Day,
) -> Result<People> {
    let sql = "SELECT unit, person, post FROM charge WHERE season = $1 AND from_day <= $2 AND until_day > $2 \
               AND unit IN ({ids}) ORDER BY person";
    let rows = tx
        .rows_of_units(sql, args![season.id.as_str(), day], units)
        .await?;
    let mut people = People::new();
    for row in rows {
        note(&mut people, row.unit(0)?, (row.text(1)?, row.text(2)?));
    }
    Ok(people)
}

fn note(people: &mut People, unit: UnitId, person: (String, String)) {
    let of_unit = people.entry(unit).or_default();
    if !of_unit.contains(&person) {
        of_unit.push(person);
    }
}

/// A unit somebody is in charge of, and what it counts for.
struct Assigned {
    unit: UnitVersion,
    /// The units between it and the node, the node left out.
    between: Vec<UnitId>,
    people: Vec<(String, String)>,
    counts: BTreeMap<Level, Counts>,
}

/// The people in charge below a node, those nearest to it first; and whether
/// people further down are left out, because there are too many.
pub(super) async fn below(
    tx: &mut Tx,
    scene: &Scene<'_>,
    (chain, children, levels): (&[UnitId], &[Child], &[LevelCounts]),
    tree: Option<&[Placed]>,
    given: Option<People>,
) -> Result<(Vec<InCharge>, bool)> {
    let wanted: Vec<&Level> = levels.iter().map(|level| &level.level).collect();
    let mut assigned: Vec<Assigned> = children
        .iter()
        .filter(|child| !child.in_charge.is_empty())
        .map(|child| Assigned {
            unit: child.unit.clone(),
            between: Vec::new(),
            people: child.in_charge.clone(),
            counts: wanted
                .iter()
                .map(|level| ((*level).clone(), child.counts(level)))
                .collect(),
        })
        .collect();
    let (deep, cut) = deeper(tx, scene, (chain, children), tree, given).await?;
    assigned.extend(counted(tx, scene, chain, deep, &wanted).await?);
    Ok((grouped(assigned, scene.season), cut))
}

/// Units below the children of a node that somebody is in charge of, each with
/// the units between it and the node.
type Deep = Vec<(UnitVersion, Vec<UnitId>, Vec<(String, String)>)>;

async fn deeper(
    tx: &mut Tx,
    scene: &Scene<'_>,
    (chain, children): (&[UnitId], &[Child]),
    tree: Option<&[Placed]>,
    given: Option<People>,
) -> Result<(Deep, bool)> {
    let has_below = children.iter().any(Child::has_below);
    let Some(node) = chain.last().filter(|_| has_below) else {
        return Ok((Deep::new(), false));
    };
    let all_known = given.is_some();
    let mut people = match (given, tree) {
        (Some(given), _) => given,
        (None, Some(tree)) => {
            let ids: Vec<UnitId> = tree.iter().map(|(version, _)| version.unit).collect();
            of_units(tx, scene.season, &ids, scene.day).await?
        }
        (None, None) => return Ok((Deep::new(), true)),
    };
    people.remove(node);
    for child in children {
        people.remove(&child.unit.unit);
    }
    let deep = match tree.filter(|_| !all_known) {
        Some(tree) => among(tree, chain, people),
        // Also those of units that hold no congress.
        None => upwards(tx, *node, people, scene.day).await?,
    };
    Ok((deep, false))
}

/// Of the whole tree below a node, those that somebody is in charge of.
fn among(tree: &[Placed], chain: &[UnitId], mut people: People) -> Deep {
    tree.iter()
        .filter_map(|(version, above)| {
            let people = people.remove(&version.unit)?;
            Some((version.clone(), above[chain.len()..].to_vec(), people))
        })
        .collect()
}

/// From the charges up: those of units that stand below the node.
async fn upwards(tx: &mut Tx, node: UnitId, people: People, day: Day) -> Result<Deep> {
    let units: Vec<UnitId> = people.keys().copied().collect();
    let known = org::above_many(tx, &units, day).await?;
    Ok(people
        .into_iter()
        .filter_map(|(unit, people)| {
            let version = known.get(&unit)?.clone();
            let mut between = Vec::new();
            let mut parent = version.parent?;
            while parent != node && between.len() < usize::from(MOST_LEVELS) {
                between.push(parent);
                parent = known.get(&parent)?.parent?;
            }
            between.reverse();
            Some((version, between, people))
        })
        .collect())
}

/// What units further down count for: themselves and all below them.
async fn counted(
    tx: &mut Tx,
    scene: &Scene<'_>,
    chain: &[UnitId],
    deep: Deep,
    levels: &[&Level],
) -> Result<Vec<Assigned>> {
    if deep.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<UnitId> = deep.iter().map(|(version, ..)| version.unit).collect();
    let below = progress::levels_on(tx, scene.season, &ids, scene.day).await?;
    let facts = scene.facts(tx, &ids).await?;
    let mut finder = scene.finder();
    Ok(deep
        .into_iter()
        .map(|(unit, between, people)| {
            let mut counts: BTreeMap<Level, Counts> = levels
                .iter()
                .map(|level| ((*level).clone(), Counts::default()))
                .collect();
            for (key, of_level) in below.get(&unit.unit).into_iter().flatten() {
                counts.insert(key.level.clone(), *of_level);
            }
            if holds_congress(scene.season, &unit, scene.day) {
                let above = [chain, &between].concat();
                let due = facts.due(&mut finder, &unit, &above);
                let congress = facts.congress(unit.unit);
                *counts.entry(unit.level.clone()).or_default() +=
                    &counts_on(congress, unit.members, due, scene.day);
            }
            Assigned {
                unit,
                between,
                people,
                counts,
            }
        })
        .collect())
}

/// By person: each with their units, counted once.
fn grouped(mut assigned: Vec<Assigned>, season: &Season) -> Vec<InCharge> {
    assigned.sort_by_key(|each| each.between.len());
    let mut people: BTreeMap<(String, String), InCharge> = BTreeMap::new();
    let mut held: BTreeMap<(String, String), BTreeSet<UnitId>> = BTreeMap::new();
    for each in &assigned {
        for (person, post) in &each.people {
            let who = (person.clone(), post.clone());
            let own = held.entry(who.clone()).or_default();
            let entry = people.entry(who).or_insert_with(|| InCharge {
                person: person.clone(),
                post: post.clone(),
                level: each.unit.level.clone(),
                units: Vec::new(),
                counts: BTreeMap::new(),
            });
            if !each.between.iter().any(|above| own.contains(above)) {
                for (level, counts) in &each.counts {
                    *entry.counts.entry(level.clone()).or_default() += counts;
                }
            }
            own.insert(each.unit.unit);
            entry.units.push(each.unit.clone());
        }
    }
    let place = |level: &Level| {
        let mut levels = season.shape.levels.iter();
        levels.position(|each| each.level == *level)
    };
    let mut people: Vec<InCharge> = people.into_values().collect();
    people.sort_by_key(|each| place(&each.level));
    people
}
