//! Stored counters: what each congress contributes to the units above it,
//! written in the transaction that changes it, readable for any day.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::congress::Congress;
use plenum_rules::org::UnitVersion;
use plenum_rules::progress::{
    Above, Ancestry, Contributions, Counts, Damaged, DueFinder, Facet, GroupKey, Subject, Tally,
    contributions,
};
use plenum_rules::season::{Mark, Windows};
use plenum_rules::timeline::{Span, Timeline};
use plenum_rules::{Day, UnitId};

use crate::args;
use crate::db::{Result, StoreError, Tx, Value};
use crate::season::Season;
use crate::{congress, org, season as seasons};

/// Units with all that decides what they count for.
pub struct Subjects {
    /// Versions of the units and of all that ever stood above them.
    pub versions: BTreeMap<UnitId, Vec<UnitVersion>>,
    /// Their congresses.
    pub congresses: BTreeMap<UnitId, Congress>,
    /// Pilots and trials among them.
    pub marks: BTreeMap<UnitId, Vec<(Span, Mark)>>,
    /// Every window of the season.
    pub windows: Windows,
    units: Vec<UnitId>,
}

/// A unit's place and deadline, computed from [`Subjects`].
pub struct Placed {
    /// Which unit.
    pub unit: UnitId,
    /// The units above it.
    pub above: Above,
    /// Its last permitted day.
    pub due: Timeline<Option<Day>>,
}

impl Subjects {
    /// Loads some units.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn load(tx: &mut Tx, season: &Season, units: &[UnitId]) -> Result<Self> {
        Ok(Self {
            versions: org::lines(tx, units).await?,
            congresses: congress::load_many(tx, &season.id, units).await?,
            marks: seasons::marks_of(tx, &season.id, units).await?,
            windows: seasons::windows(tx, &season.id).await?,
            units: units.to_vec(),
        })
    }

    /// Loads every unit there ever was.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn load_all(tx: &mut Tx, season: &Season) -> Result<Self> {
        let mut versions: BTreeMap<UnitId, Vec<UnitVersion>> = BTreeMap::new();
        for version in org::all(tx).await? {
            versions.entry(version.unit).or_default().push(version);
        }
        Ok(Self {
            units: versions.keys().copied().collect(),
            versions,
            congresses: congress::all(tx, &season.id).await?,
            marks: seasons::marks(tx, &season.id).await?,
            windows: seasons::windows(tx, &season.id).await?,
        })
    }

    /// Where each unit stood and what its deadline was.
    #[must_use]
    pub fn placed(&self, season: &Season) -> Vec<Placed> {
        let mut ancestry = Ancestry::new(&self.versions, season.root);
        let mut finder = DueFinder::new(&self.windows);
        let nothing = Vec::new();
        self.units
            .iter()
            .map(|unit| {
                let above = ancestry.above(*unit);
                let versions = self.versions.get(unit).unwrap_or(&nothing);
                let marks = self.marks.get(unit).map_or(&[][..], Vec::as_slice);
                let due = finder.due(*unit, versions, &above, marks);
                Placed {
                    unit: *unit,
                    above,
                    due,
                }
            })
            .collect()
    }

    /// A unit as the rules of counting see it.
    #[must_use]
    pub fn subject<'a>(&'a self, placed: &'a Placed) -> Subject<'a> {
        static NOTHING: Congress = Congress::nothing();
        Subject {
            versions: self.versions.get(&placed.unit).map_or(&[], Vec::as_slice),
            above: &placed.above,
            congress: self.congresses.get(&placed.unit).unwrap_or(&NOTHING),
            due: &placed.due,
            marks: self.marks.get(&placed.unit).map_or(&[], Vec::as_slice),
        }
    }

    /// Adds what the units contribute, times `factor`.
    pub fn contribute(&self, season: &Season, factor: i64, into: &mut Contributions) {
        let frame = season.frame();
        for placed in self.placed(season) {
            contributions(&frame, &self.subject(&placed), factor, into);
        }
    }
}

/// Writes the difference into the counters of every unit above.
///
/// # Errors
/// [`StoreError::Engine`]; [`StoreError::Damaged`] where stored counters
/// cannot be read.
pub async fn apply(tx: &mut Tx, season: &Season, changes: Contributions) -> Result<()> {
    let nodes = spread(changes);
    if nodes.is_empty() {
        return Ok(());
    }
    let units: Vec<UnitId> = nodes
        .keys()
        .map(|(unit, _)| *unit)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let rows = tx
        .rows_of_units(
            "SELECT unit, part, series FROM tally WHERE season = $1 AND unit IN ({ids})",
            args![season.id.as_str()],
            &units,
        )
        .await?;
    let mut stored: BTreeMap<(UnitId, i64), Vec<u8>> = BTreeMap::new();
    for row in rows {
        stored.insert((row.unit(0)?, row.int(1)?), row.bytes(2)?);
    }
    let mut values = Vec::new();
    for (key, change) in nodes {
        let series = match stored.remove(&key) {
            Some(bytes) => Tally::merge(&bytes, &change).map_err(damaged)?,
            None => change.encode(),
        };
        values.extend(row_values(season, key, series));
    }
    insert(tx, &values).await
}

fn damaged(error: Damaged) -> StoreError {
    StoreError::Damaged(error.to_string())
}

fn row_values(season: &Season, (unit, part): (UnitId, i64), series: Vec<u8>) -> [Value; 4] {
    [
        season.id.as_str().into(),
        unit.into(),
        part.into(),
        series.into(),
    ]
}

async fn insert(tx: &mut Tx, values: &[Value]) -> Result<()> {
    tx.insert_many(
        "INSERT INTO tally (season, unit, part, series)",
        "ON CONFLICT (season, unit, part) DO UPDATE SET series = excluded.series",
        4,
        values,
    )
    .await
}

/// From chains to nodes: each unit of a chain gets the chain's tally, parted
/// into whole levels (0) and kinds and marks (1).
fn spread(changes: Contributions) -> BTreeMap<(UnitId, i64), Tally> {
    let mut nodes: BTreeMap<(UnitId, i64), Tally> = BTreeMap::new();
    for (chain, mut tally) in changes {
        tally.settle();
        for (key, series) in &tally.groups {
            let part = i64::from(key.facet != Facet::All);
            for unit in chain.iter() {
                let node = nodes.entry((*unit, part)).or_default();
                node.groups
                    .entry(key.clone())
                    .or_default()
                    .push_all(series, 1);
            }
        }
    }
    for tally in nodes.values_mut() {
        tally.settle();
    }
    nodes.retain(|_, tally| !tally.groups.is_empty());
    nodes
}

/// Units counted at once when a season is counted anew: enough that few rows
/// are written twice, few enough that a nation does not fill the memory.
const AT_ONCE: usize = 8_192;

/// Counts a season anew from its facts and writes all its counters, one
/// neighbourhood after another.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn rebuild(tx: &mut Tx, season: &Season) -> Result<()> {
    tx.run(
        "DELETE FROM tally WHERE season = $1",
        args![season.id.as_str()],
    )
    .await?;
    for units in org::by_neighbourhood(tx).await?.chunks(AT_ONCE) {
        let subjects = Subjects::load(tx, season, units).await?;
        let mut changes = Contributions::new();
        subjects.contribute(season, 1, &mut changes);
        drop(subjects);
        apply(tx, season, changes).await?;
    }
    Ok(())
}

async fn recount(tx: &mut Tx, season: &Season) -> Result<BTreeMap<(UnitId, i64), Tally>> {
    let subjects = Subjects::load_all(tx, season).await?;
    let mut changes = Contributions::new();
    subjects.contribute(season, 1, &mut changes);
    drop(subjects);
    Ok(spread(changes))
}

/// Counts a season anew and names the units whose stored counters differ.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn differing(tx: &mut Tx, season: &Season) -> Result<Vec<UnitId>> {
    let mut counted = recount(tx, season).await?;
    let mut differing = BTreeSet::new();
    let sql = "SELECT unit, part, series FROM tally WHERE season = $1";
    tx.each(sql, args![season.id.as_str()], |row| {
        let key = (row.unit(0)?, row.int(1)?);
        let expected = counted.remove(&key).unwrap_or_default();
        if expected.encode() != row.bytes(2)? {
            differing.insert(key.0);
        }
        Ok(())
    })
    .await?;
    differing.extend(counted.keys().map(|(unit, _)| *unit));
    Ok(differing.into_iter().collect())
}

/// The counts of one node's groups on a day.
pub type Groups = BTreeMap<GroupKey, Counts>;

/// The counts of several nodes on a day: whole levels.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn levels_on(
    tx: &mut Tx,
    season: &Season,
    units: &[UnitId],
    day: Day,
) -> Result<BTreeMap<UnitId, Groups>> {
    let rows = tx
        .rows_of_units(
            "SELECT unit, series FROM tally WHERE season = $1 AND part = 0 AND unit IN ({ids})",
            args![season.id.as_str()],
            units,
        )
        .await?;
    let mut nodes = BTreeMap::new();
    for row in rows {
        let groups = Tally::read_on(&row.bytes(1)?, day).map_err(damaged)?;
        nodes.insert(row.unit(0)?, groups);
    }
    Ok(nodes)
}

/// Everything counted below one node, through time, as it is stored: what is
/// asked for is read from it, and nothing else.
pub struct Node {
    parts: Vec<Vec<u8>>,
}

impl Node {
    /// The counts of every group on a day.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub fn on(&self, day: Day) -> Result<Groups> {
        let mut groups = Groups::new();
        for part in &self.parts {
            groups.extend(Tally::read_on(part, day).map_err(damaged)?);
        }
        Ok(groups)
    }

    /// A group's counts from each day on which one of them changes.
    ///
    /// # Errors
    /// [`StoreError::Damaged`].
    pub fn course(&self, key: &GroupKey) -> Result<Vec<(Day, Counts)>> {
        for part in &self.parts {
            let series = Tally::read_group(part, key).map_err(damaged)?;
            if !series.is_empty() {
                return Ok(series.by_day());
            }
        }
        Ok(Vec::new())
    }
}

/// Everything counted below one node, for reading days of it.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn node(tx: &mut Tx, season: &Season, unit: UnitId) -> Result<Node> {
    let sql = "SELECT series FROM tally WHERE season = $1 AND unit = $2 ORDER BY part";
    let rows = tx.rows(sql, args![season.id.as_str(), unit]).await?;
    let parts = rows.iter().map(|row| row.bytes(0)).collect::<Result<_>>()?;
    Ok(Node { parts })
}

/// Everything counted below one node, every day at once.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn tally(tx: &mut Tx, season: &Season, unit: UnitId) -> Result<Tally> {
    let mut whole = Tally::default();
    for part in node(tx, season, unit).await?.parts {
        whole
            .groups
            .extend(Tally::decode(&part).map_err(damaged)?.groups);
    }
    Ok(whole)
}

/// What a change of the tree does to the counters: take `before`, change the
/// records, then [`Pending::finish`].
pub struct Pending {
    seasons: Vec<Season>,
    units: Vec<UnitId>,
    changes: BTreeMap<String, Contributions>,
}

/// Notes what the units count for in every season, before their records
/// change. Name every unit whose place, level, kind, members, windows or
/// marks the change can touch: for a move, the whole subtree.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn before(tx: &mut Tx, units: &[UnitId]) -> Result<Pending> {
    let seasons = seasons::all(tx).await?;
    let mut pending = Pending {
        seasons,
        units: units.to_vec(),
        changes: BTreeMap::new(),
    };
    pending.add(tx, -1).await?;
    Ok(pending)
}

/// As [`before`], for a change that concerns one season only: the facts of a
/// congress.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn before_in(tx: &mut Tx, season: &Season, units: &[UnitId]) -> Result<Pending> {
    let mut pending = Pending {
        seasons: vec![season.clone()],
        units: units.to_vec(),
        changes: BTreeMap::new(),
    };
    pending.add(tx, -1).await?;
    Ok(pending)
}

impl Pending {
    async fn add(&mut self, tx: &mut Tx, factor: i64) -> Result<()> {
        for season in &self.seasons {
            let subjects = Subjects::load(tx, season, &self.units).await?;
            let changes = self
                .changes
                .entry(season.id.as_str().to_owned())
                .or_default();
            subjects.contribute(season, factor, changes);
        }
        Ok(())
    }

    /// Notes what the units count for now, and writes the difference. Units
    /// that did not exist before may be named here.
    ///
    /// # Errors
    /// [`StoreError::Engine`], [`StoreError::Damaged`].
    pub async fn finish(mut self, tx: &mut Tx, new_units: &[UnitId]) -> Result<()> {
        self.units.extend(
            new_units
                .iter()
                .filter(|unit| !self.units.contains(unit))
                .copied()
                .collect::<Vec<_>>(),
        );
        self.add(tx, 1).await?;
        for season in &self.seasons {
            if let Some(changes) = self.changes.remove(season.id.as_str()) {
                apply(tx, season, changes).await?;
            }
        }
        Ok(())
    }
}
