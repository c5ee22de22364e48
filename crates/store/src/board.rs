//! A node's progress on a day, assembled for the page, the wall, the report,
//! the terminal and programs alike: all of them show this and nothing else.

use std::collections::BTreeMap;

use plenum_rules::congress::{Congress, Planned, State};
use plenum_rules::org::{Kind, Level, UnitVersion};
use plenum_rules::progress::{Above, Counts, DueFinder, Facet, GroupKey, SOON_DAYS, counts_on};
use plenum_rules::season::{Mark, Windows};
use plenum_rules::timeline::Span;
use plenum_rules::{Day, UnitId};

use crate::db::{Result, Tx};
use crate::season::Season;
use crate::{congress, org, progress, season as seasons};

mod charges;

pub use charges::InCharge;

/// More remaining units than this are not listed; one drills down instead.
pub const LISTED: i64 = 400;

/// One congress as it stands on the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// Where it stands.
    pub state: State,
    /// When it is to meet, as far as known on the day.
    pub planned: Option<Planned>,
    /// When it met, where it has met by the day.
    pub held: Option<(Day, Day)>,
    /// Its deadline, as the day saw it.
    pub due: Option<Day>,
    /// The reason given last.
    pub reason: Option<String>,
    /// Opinions, people and difficulties as reported, where it was.
    pub report: Option<(plenum_rules::congress::Numbers, String)>,
}

impl Standing {
    /// Not held although the deadline has passed.
    #[must_use]
    pub fn is_late(&self, day: Day) -> bool {
        self.waits() && self.due.is_some_and(|due| due < day)
    }

    /// Not held although its own day has passed.
    #[must_use]
    pub fn is_overdue(&self, day: Day) -> bool {
        self.waits()
            && self
                .planned
                .as_ref()
                .is_some_and(|planned| planned.last < day)
    }

    /// Still to be held, on a day of the next fourteen.
    #[must_use]
    pub fn is_soon(&self, day: Day) -> bool {
        let planned = self.planned.as_ref().map(|planned| planned.first);
        self.waits() && planned.is_some_and(|first| (0..=SOON_DAYS).contains(&first.since(day)))
    }

    /// Still to be held.
    #[must_use]
    pub fn waits(&self) -> bool {
        !self.state.is_held() && self.state.is_expected_of_unit()
    }
}

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
    let windows = seasons::windows(tx, &season.id).await?;
    let children = children(tx, season, &windows, &chain, (day, then)).await?;
    let own = own(tx, season, &windows, unit, &chain[..chain.len() - 1], day).await?;
    let remaining = remaining(tx, season, &windows, &chain, unit, &children, &levels, day).await?;
    let around = (chain.as_slice(), children.as_slice(), levels.as_slice());
    let (in_charge, in_charge_cut) = charges::below(tx, season, &windows, around, day).await?;
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

/// A congress as it stands on a day.
#[must_use]
pub fn standing(congress: &Congress, due: Option<Day>, day: Day) -> Standing {
    let state = congress.state_on(day);
    Standing {
        state,
        planned: congress.planned().on(day).cloned().flatten(),
        held: congress.held().filter(|(_, last)| *last <= day),
        due,
        reason: congress.reason_on(day).map(str::to_owned),
        report: congress
            .report()
            .filter(|_| state.is_held())
            .map(|(_, numbers, difficulties)| (*numbers, difficulties.to_owned())),
    }
}

pub(crate) type Marks = BTreeMap<UnitId, Vec<(Span, Mark)>>;

fn marks_on(marks: &Marks, unit: UnitId, day: Day) -> Vec<Mark> {
    let mut on: Vec<Mark> = marks
        .get(&unit)
        .map_or(&[][..], Vec::as_slice)
        .iter()
        .filter(|(span, _)| span.holds(day))
        .map(|(_, mark)| *mark)
        .collect();
    on.sort_unstable();
    on.dedup();
    on
}

/// A unit's deadline as a day saw it, where it stands under `chain`.
pub(crate) fn due_on(
    finder: &mut DueFinder<'_>,
    version: &UnitVersion,
    chain: &[UnitId],
    marks: &Marks,
    day: Day,
) -> Option<Day> {
    let above = Above::starting(plenum_rules::day::FIRST, Some(chain.into()));
    let marks = marks.get(&version.unit).map_or(&[][..], Vec::as_slice);
    finder
        .due(version.unit, std::slice::from_ref(version), &above, marks)
        .on(day)
        .copied()
        .flatten()
}

/// How congresses of a season stand on a day: each unit with the units above
/// it, topmost first; none where its level holds no congress.
///
/// # Errors
/// [`crate::StoreError`].
pub async fn standings(
    tx: &mut Tx,
    season: &Season,
    units: &[(UnitVersion, Vec<UnitId>)],
    day: Day,
) -> Result<Vec<Option<Standing>>> {
    let ids: Vec<UnitId> = units.iter().map(|(version, _)| version.unit).collect();
    let windows = seasons::windows(tx, &season.id).await?;
    let congresses = congress::load_many(tx, &season.id, &ids).await?;
    let marks = seasons::marks_of(tx, &season.id, &ids).await?;
    let mut finder = DueFinder::new(&windows);
    let nothing = Congress::nothing();
    Ok(units
        .iter()
        .map(|(version, chain)| {
            holds_congress(season, version, day).then(|| {
                let due = due_on(&mut finder, version, chain, &marks, day);
                standing(congresses.get(&version.unit).unwrap_or(&nothing), due, day)
            })
        })
        .collect())
}

pub(crate) fn holds_congress(season: &Season, version: &UnitVersion, day: Day) -> bool {
    day >= season.opens && version.span().holds(day) && season.term(&version.level).is_some()
}

/// The congress of a path's last unit as it stands on a day; none where its
/// level holds none on that day.
///
/// # Errors
/// [`crate::StoreError`].
pub async fn own_of(
    tx: &mut Tx,
    season: &Season,
    path: &[UnitVersion],
    day: Day,
) -> Result<Option<Standing>> {
    let Some((unit, above)) = path.split_last() else {
        return Ok(None);
    };
    let chain: Vec<UnitId> = above.iter().map(|version| version.unit).collect();
    let windows = seasons::windows(tx, &season.id).await?;
    own(tx, season, &windows, unit, &chain, day).await
}

async fn own(
    tx: &mut Tx,
    season: &Season,
    windows: &Windows,
    unit: &UnitVersion,
    chain: &[UnitId],
    day: Day,
) -> Result<Option<Standing>> {
    if !holds_congress(season, unit, day) {
        return Ok(None);
    }
    let marks = seasons::marks_of(tx, &season.id, &[unit.unit]).await?;
    let due = due_on(&mut DueFinder::new(windows), unit, chain, &marks, day);
    Ok(Some(standing(
        &congress::load(tx, &season.id, unit.unit).await?,
        due,
        day,
    )))
}

async fn children(
    tx: &mut Tx,
    season: &Season,
    windows: &Windows,
    chain: &[UnitId],
    (day, then): (Day, Option<Day>),
) -> Result<Vec<Child>> {
    let Some(parent) = chain.last() else {
        return Ok(Vec::new());
    };
    let versions = org::children_on(tx, *parent, day).await?;
    let ids: Vec<UnitId> = versions.iter().map(|version| version.unit).collect();
    let mut below = progress::levels_on(tx, season, &ids, day).await?;
    let (mut below_then, versions_then) = match then {
        Some(then) => (
            progress::levels_on(tx, season, &ids, then).await?,
            org::versions_of(tx, &ids).await?,
        ),
        None => (BTreeMap::new(), BTreeMap::new()),
    };
    let congresses = congress::load_many(tx, &season.id, &ids).await?;
    let marks = seasons::marks_of(tx, &season.id, &ids).await?;
    let mut in_charge = charges::of_units(tx, season, &ids, day).await?;
    let mut finder = DueFinder::new(windows);
    let nothing = Congress::nothing();
    let by_level = |groups: progress::Groups| {
        groups
            .into_iter()
            .map(|(key, counts)| (key.level, counts))
            .collect::<BTreeMap<Level, Counts>>()
    };
    Ok(versions
        .into_iter()
        .map(|unit| {
            let congress = congresses.get(&unit.unit).unwrap_or(&nothing);
            let due = due_on(&mut finder, &unit, chain, &marks, day);
            let holds = holds_congress(season, &unit, day);
            let counted_then = then.is_some_and(|then| {
                versions_then
                    .get(&unit.unit)
                    .into_iter()
                    .flatten()
                    .any(|version| {
                        version.parent == Some(*parent) && holds_congress(season, version, then)
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
                marks: marks_on(&marks, unit.unit, day),
                in_charge: in_charge.remove(&unit.unit).unwrap_or_default(),
                unit,
            }
        })
        .collect())
}

/// Congresses below the node that have not met, found by descending only where
/// the counters say that some remain.
#[expect(
    clippy::too_many_arguments,
    reason = "what the board has loaded already"
)]
async fn remaining(
    tx: &mut Tx,
    season: &Season,
    windows: &Windows,
    chain: &[UnitId],
    unit: &UnitVersion,
    children: &[Child],
    levels: &[LevelCounts],
    day: Day,
) -> Result<Option<Vec<Remaining>>> {
    let total: i64 = levels.iter().map(|level| level.all.remaining()).sum();
    if total > LISTED {
        return Ok(None);
    }
    let mut found: Vec<Remaining> = Vec::new();
    let mut frontier: Vec<(UnitVersion, Vec<UnitId>)> = Vec::new();
    for child in children {
        if let Some(own) = child.own.as_ref().filter(|own| own.waits()) {
            found.push(Remaining {
                unit: child.unit.clone(),
                above: unit.name.clone(),
                standing: own.clone(),
            });
        }
        if child.below.values().any(|counts| counts.remaining() > 0) {
            frontier.push((child.unit.clone(), chain.to_vec()));
        }
    }
    let mut finder = DueFinder::new(windows);
    while !frontier.is_empty() {
        frontier = descend(tx, season, &mut finder, frontier, &mut found, day).await?;
    }
    found.sort_by(|a, b| {
        let key = |each: &Remaining| {
            let planned = each.standing.planned.as_ref().map(|planned| planned.first);
            (
                !each.standing.is_late(day),
                planned.is_none(),
                planned,
                each.above.clone(),
                each.unit.code.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    Ok(Some(found))
}

async fn descend(
    tx: &mut Tx,
    season: &Season,
    finder: &mut DueFinder<'_>,
    frontier: Vec<(UnitVersion, Vec<UnitId>)>,
    found: &mut Vec<Remaining>,
    day: Day,
) -> Result<Vec<(UnitVersion, Vec<UnitId>)>> {
    let parents: Vec<UnitId> = frontier.iter().map(|(unit, _)| unit.unit).collect();
    let versions = org::children_of_many(tx, &parents, day).await?;
    let ids: Vec<UnitId> = versions.iter().map(|version| version.unit).collect();
    let below = progress::levels_on(tx, season, &ids, day).await?;
    let congresses = congress::load_many(tx, &season.id, &ids).await?;
    let marks = seasons::marks_of(tx, &season.id, &ids).await?;
    let nothing = Congress::nothing();
    let mut next = Vec::new();
    for version in versions {
        let Some((above, chain)) = frontier
            .iter()
            .find(|(unit, _)| Some(unit.unit) == version.parent)
        else {
            continue;
        };
        let mut chain = chain.clone();
        chain.push(above.unit);
        if holds_congress(season, &version, day) {
            let due = due_on(finder, &version, &chain, &marks, day);
            let own = standing(congresses.get(&version.unit).unwrap_or(&nothing), due, day);
            if own.waits() {
                found.push(Remaining {
                    unit: version.clone(),
                    above: above.name.clone(),
                    standing: own,
                });
            }
        }
        let more = below
            .get(&version.unit)
            .is_some_and(|groups| groups.values().any(|counts| counts.remaining() > 0));
        if more {
            next.push((version, chain));
        }
    }
    Ok(next)
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
    let windows = seasons::windows(tx, &season.id).await?;
    let congresses = congress::load_many(tx, &season.id, &ids).await?;
    let marks = seasons::marks_of(tx, &season.id, &ids).await?;
    let mut finder = DueFinder::new(&windows);
    let nothing = Congress::nothing();
    for version in versions {
        let (Some(parent), true) = (version.parent, holds_congress(season, &version, board.day))
        else {
            continue;
        };
        let mut above = chain.to_vec();
        above.push(parent);
        let due = due_on(&mut finder, &version, &above, &marks, board.day);
        let own = standing(
            congresses.get(&version.unit).unwrap_or(&nothing),
            due,
            board.day,
        );
        cells.entry(parent).or_default().push((version, own));
    }
    Ok(cells)
}
