//! A node's progress on a day, assembled for the page, the wall, the report,
//! the terminal and programs alike: all of them show this and nothing else.

use std::collections::BTreeMap;

use plenum_rules::org::{Kind, Level, UnitVersion};
use plenum_rules::progress::{Counts, Facet, GroupKey};
use plenum_rules::season::Mark;
use plenum_rules::{Day, UnitId};

use crate::db::{Result, Tx};
use crate::season::Season;
use crate::{org, progress};

mod below;
mod charges;
mod standing;

pub use charges::InCharge;
pub(crate) use standing::Scene;
pub use standing::{Standing, own_of, standing, standings};

/// More remaining units than this are not listed; one drills down instead.
pub const LISTED: i64 = 400;

/// A unit below the node, with what is counted below it and its own congress.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Child {
    /// What it is on the day.
    pub unit: UnitVersion,
    /// The counts of each level below it.
    pub below: BTreeMap<Level, Counts>,
    /// The same on the day compared with.
    pub below_then: BTreeMap<Level, Counts>,
    /// Its own congress, where its level holds one.
    pub own: Option<Standing>,
    /// What its own congress counts for.
    pub own_counts: Counts,
    /// Whether its own congress had met on the day compared with.
    pub own_then: bool,
    /// Pilot, trial.
    pub marks: Vec<Mark>,
    /// Who is in charge of it: name and post.
    pub in_charge: Vec<(String, String)>,
}

impl Child {
    /// Whether any congress is counted below it on the day.
    #[must_use]
    pub fn has_below(&self) -> bool {
        self.below.values().any(|counts| counts.total() > 0)
    }

    /// The counts of a level: below it, and its own congress where it is of
    /// that level.
    #[must_use]
    pub fn counts(&self, level: &Level) -> Counts {
        let mut counts = self.below.get(level).copied().unwrap_or_default();
        if self.unit.level == *level {
            counts += &self.own_counts;
        }
        counts
    }

    /// Congresses of a level held on the day compared with.
    #[must_use]
    pub fn held_then(&self, level: &Level) -> i64 {
        let own = i64::from(self.unit.level == *level && self.own_then);
        self.below_then.get(level).map_or(0, Counts::held) + own
    }
}

/// A congress still to be held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Remaining {
    /// Whose.
    pub unit: UnitVersion,
    /// The name of the unit directly above.
    pub above: String,
    /// Where it stands.
    pub standing: Standing,
}

/// A level below the node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LevelCounts {
    /// Which.
    pub level: Level,
    /// All of it.
    pub all: Counts,
    /// The same on the day compared with.
    pub then: Counts,
    /// By kind.
    pub kinds: Vec<(Kind, Counts)>,
    /// Pilots.
    pub pilot: Counts,
    /// Trials.
    pub trial: Counts,
}

/// Everything a page of progress shows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Board {
    /// The season.
    pub season: Season,
    /// The node as it was on the day.
    pub unit: UnitVersion,
    /// The day.
    pub day: Day,
    /// The day compared with.
    pub then: Option<Day>,
    /// The level of the sentence: the season's, where units of it lie below,
    /// otherwise the lowest that has any.
    pub counted: Option<Level>,
    /// The node's own congress.
    pub own: Option<Standing>,
    /// The levels below, in the season's order.
    pub levels: Vec<LevelCounts>,
    /// The units directly below.
    pub children: Vec<Child>,
    /// Members in charge of units below, by the level of the topmost of their
    /// units.
    pub in_charge: Vec<InCharge>,
    /// Whether people in charge of units further down are left out, because
    /// there are too many of them.
    pub in_charge_cut: bool,
    /// Congresses still to be held; absent where there are more than
    /// [`LISTED`].
    pub remaining: Option<Vec<Remaining>>,
    /// For the counted level: day, planned by then, deadline by then, held.
    pub course: Vec<(Day, Counts)>,
}

impl Board {
    /// The counts of the level of the sentence.
    #[must_use]
    pub fn main(&self) -> Counts {
        self.level_main().map(|level| level.all).unwrap_or_default()
    }

    /// The level of the sentence with its parts.
    #[must_use]
    pub fn level_main(&self) -> Option<&LevelCounts> {
        self.levels
            .iter()
            .find(|level| Some(&level.level) == self.counted.as_ref())
    }

    /// The units directly below in which every congress of the counted level
    /// below them has met.
    pub fn complete(&self) -> impl Iterator<Item = &Child> {
        self.children.iter().filter(|child| {
            self.counted
                .as_ref()
                .and_then(|level| child.below.get(level))
                .is_some_and(Counts::is_complete)
        })
    }
}

/// Loads a node's board.
///
/// # Errors
/// [`crate::StoreError`].
pub async fn load(
    tx: &mut Tx,
    season: &Season,
    path: &[UnitVersion],
    (day, then): (Day, Option<Day>),
) -> Result<Option<Board>> {
    let Some(unit) = path.last() else {
        return Ok(None);
    };
    let node = progress::node(tx, season, unit.unit).await?;
    let groups_then = then.map(|then| node.on(then)).transpose()?;
    let levels = levels(season, &node.on(day)?, groups_then.as_ref());
    let counted = levels
        .iter()
        .find(|level| level.level == season.shape.counted && level.all.total() > 0)
        .or_else(|| levels.iter().rev().find(|level| level.all.total() > 0))
        .map(|level| level.level.clone());
    let course = match &counted {
        Some(level) => node.course(&GroupKey {
            level: level.clone(),
            facet: Facet::All,
        })?,
        None => Vec::new(),
    };
    let chain: Vec<UnitId> = path.iter().map(|version| version.unit).collect();
    let chain = chain.as_slice();
    let scene = Scene::load(tx, season, day).await?;
    let given = charges::given(tx, season, day).await?;
    let (own, children) = below::around(tx, &scene, (unit, chain), given.as_ref(), then).await?;
    let tree = below::subtree(tx, &scene, chain, &children).await?;
    let remains = levels.iter().map(|level| level.all.remaining()).sum();
    let (tree, node_at) = (tree.as_deref(), (unit, chain));
    let remaining = below::remaining(tx, &scene, node_at, &children, tree, remains).await?;
    let (in_charge, in_charge_cut) =
        charges::below(tx, &scene, (chain, &children, &levels), tree, given).await?;
    Ok(Some(Board {
        season: season.clone(),
        unit: unit.clone(),
        day,
        then,
        counted,
        own,
        in_charge,
        in_charge_cut,
        levels,
        children,
        remaining,
        course,
    }))
}

fn levels(
    season: &Season,
    groups: &progress::Groups,
    groups_then: Option<&progress::Groups>,
) -> Vec<LevelCounts> {
    let mut levels: Vec<LevelCounts> = season
        .shape
        .levels
        .iter()
        .map(|each| LevelCounts {
            level: each.level.clone(),
            all: Counts::default(),
            then: Counts::default(),
            kinds: Vec::new(),
            pilot: Counts::default(),
            trial: Counts::default(),
        })
        .collect();
    for (key, counts) in groups {
        let Some(level) = levels.iter_mut().find(|level| level.level == key.level) else {
            continue;
        };
        match &key.facet {
            Facet::All => {
                level.all = *counts;
                let then = groups_then.and_then(|then| then.get(key));
                level.then = then.copied().unwrap_or_default();
            }
            Facet::Kind(kind) if counts.total() > 0 => level.kinds.push((kind.clone(), *counts)),
            Facet::Kind(_) => {}
            Facet::Pilot => level.pilot = *counts,
            Facet::Trial => level.trial = *counts,
        }
    }
    levels.retain(|level| level.all.total() > 0 || level.then.total() > 0);
    levels
}

/// The congresses of the units one level further down, by the unit between:
/// one cell each on the wall. Empty where there are more than a wall can show.
///
/// # Errors
/// [`crate::StoreError`].
pub async fn cells(
    tx: &mut Tx,
    season: &Season,
    board: &Board,
    chain: &[UnitId],
) -> Result<BTreeMap<UnitId, Vec<(UnitVersion, Standing)>>> {
    const MOST: i64 = 1_500;
    let total: i64 = board.levels.iter().map(|level| level.all.total()).sum();
    let mut cells: BTreeMap<UnitId, Vec<(UnitVersion, Standing)>> = BTreeMap::new();
    if total > MOST {
        return Ok(cells);
    }
    let parents: Vec<UnitId> = board
        .children
        .iter()
        .filter(|child| !child.below.is_empty())
        .map(|child| child.unit.unit)
        .collect();
    let versions = org::children_of_many(tx, &parents, board.day).await?;
    let ids: Vec<UnitId> = versions.iter().map(|version| version.unit).collect();
    let scene = Scene::load(tx, season, board.day).await?;
    let facts = scene.facts(tx, &ids).await?;
    let mut finder = scene.finder();
    for version in versions {
        let Some(parent) = version.parent else {
            continue;
        };
        let mut above = chain.to_vec();
        above.push(parent);
        let Some(own) = facts.standing(&mut finder, &version, &above) else {
            continue;
        };
        cells.entry(parent).or_default().push((version, own));
    }
    Ok(cells)
}
