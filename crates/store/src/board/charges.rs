//! Who is in charge of what below a node.
//!
//! A charge names a unit, not the committee that gave it, so a node's people
//! are those in charge of any unit below it: the committee's own members look
//! after the units directly below, other committees' members after units
//! further down. What a person answers for is counted once, however many of
//! their units lie within each other.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::congress::Congress;
use plenum_rules::org::{Level, UnitVersion};
use plenum_rules::progress::{Counts, DueFinder, MOST_LEVELS, counts_on};
use plenum_rules::season::Windows;
use plenum_rules::{Day, UnitId};

use super::{Child, LevelCounts, due_on, holds_congress};
use crate::args;
use crate::db::{Result, Tx};
use crate::season::Season;
use crate::{congress, org, progress, season as seasons};

/// So many congresses at most stand below the children of a node whose whole
/// tree is gone through for charges.
const GONE_THROUGH: i64 = 300;
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
    season: &Season,
    windows: &Windows,
    (chain, children, levels): (&[UnitId], &[Child], &[LevelCounts]),
    day: Day,
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
    let (deep, cut) = deeper(tx, season, (chain, children), day).await?;
    assigned.extend(counted(tx, season, windows, (chain, deep, &wanted), day).await?);
    Ok((grouped(assigned, season), cut))
}

/// Units below the children of a node that somebody is in charge of, each with
/// the units between it and the node.
type Deep = Vec<(UnitVersion, Vec<UnitId>, Vec<(String, String)>)>;

async fn deeper(
    tx: &mut Tx,
    season: &Season,
    (chain, children): (&[UnitId], &[Child]),
    day: Day,
) -> Result<(Deep, bool)> {
    let below: i64 = children
        .iter()
        .flat_map(|child| child.below.values())
        .map(Counts::total)
        .sum();
    let Some(node) = chain.last().filter(|_| below > 0) else {
        return Ok((Deep::new(), false));
    };
    let sql = "SELECT unit, person, post FROM charge WHERE season = $1 AND from_day <= $2 AND until_day > $2 \
               LIMIT $3";
    let most = i64::try_from(FOLLOWED + 1).unwrap_or(i64::MAX);
    let rows = tx.rows(sql, args![season.id.as_str(), day, most]).await?;
    if rows.is_empty() {
        return Ok((Deep::new(), false));
    }
    if below <= GONE_THROUGH {
        return Ok((downwards(tx, season, children, day).await?, false));
    }
    if rows.len() > FOLLOWED {
        return Ok((Deep::new(), true));
    }
    let direct: BTreeSet<UnitId> = children.iter().map(|child| child.unit.unit).collect();
    let mut people = People::new();
    for row in rows {
        let unit = row.unit(0)?;
        if unit != *node && !direct.contains(&unit) {
            note(&mut people, unit, (row.text(1)?, row.text(2)?));
        }
    }
    Ok((upwards(tx, *node, people, day).await?, false))
}

/// From the charges up: those of units that stand below the node.
async fn upwards(tx: &mut Tx, node: UnitId, people: People, day: Day) -> Result<Deep> {
    let mut known: BTreeMap<UnitId, UnitVersion> = BTreeMap::new();
    let mut wanted: Vec<UnitId> = people.keys().copied().collect();
    for _ in 0..MOST_LEVELS {
        if wanted.is_empty() {
            break;
        }
        let mut parents = BTreeSet::new();
        for version in org::on_many(tx, &wanted, day).await? {
            parents.extend(version.parent.filter(|parent| *parent != node));
            known.insert(version.unit, version);
        }
        wanted = parents
            .into_iter()
            .filter(|parent| !known.contains_key(parent))
            .collect();
    }
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

/// From the node's children down, through the whole tree below them.
async fn downwards(tx: &mut Tx, season: &Season, children: &[Child], day: Day) -> Result<Deep> {
    let mut found = Deep::new();
    let mut between: BTreeMap<UnitId, Vec<UnitId>> = children
        .iter()
        .filter(|child| !child.below.is_empty())
        .map(|child| (child.unit.unit, vec![child.unit.unit]))
        .collect();
    for _ in 0..MOST_LEVELS {
        let parents: Vec<UnitId> = between.keys().copied().collect();
        let versions = org::children_of_many(tx, &parents, day).await?;
        if versions.is_empty() {
            break;
        }
        let ids: Vec<UnitId> = versions.iter().map(|version| version.unit).collect();
        let mut people = of_units(tx, season, &ids, day).await?;
        let mut next = BTreeMap::new();
        for version in versions {
            let above = version.parent.and_then(|parent| between.get(&parent));
            let above = above.cloned().unwrap_or_default();
            let mut own = above.clone();
            own.push(version.unit);
            next.insert(version.unit, own);
            if let Some(people) = people.remove(&version.unit) {
                found.push((version, above, people));
            }
        }
        between = next;
    }
    Ok(found)
}

/// What units further down count for: themselves and all below them.
async fn counted(
    tx: &mut Tx,
    season: &Season,
    windows: &Windows,
    (chain, deep, levels): (&[UnitId], Deep, &[&Level]),
    day: Day,
) -> Result<Vec<Assigned>> {
    if deep.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<UnitId> = deep.iter().map(|(version, ..)| version.unit).collect();
    let below = progress::levels_on(tx, season, &ids, day).await?;
    let congresses = congress::load_many(tx, &season.id, &ids).await?;
    let marks = seasons::marks_of(tx, &season.id, &ids).await?;
    let mut finder = DueFinder::new(windows);
    let nothing = Congress::nothing();
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
            if holds_congress(season, &unit, day) {
                let above = [chain, &between].concat();
                let due = due_on(&mut finder, &unit, &above, &marks, day);
                let congress = congresses.get(&unit.unit).unwrap_or(&nothing);
                *counts.entry(unit.level.clone()).or_default() +=
                    &counts_on(congress, unit.members, due, day);
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
