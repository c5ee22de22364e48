//! What the checks of a season look at, gathered for a node and a day.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::congress::{Congress, State};
use plenum_rules::org::{Level, UnitVersion};
use plenum_rules::profile::Profile;
use plenum_rules::progress::MOST_LEVELS;
use plenum_rules::season::{
    Facts, Handling, HolidayCalendar, Mark, Marked, OutsideEvent, UnitPlan, Windows,
};
use plenum_rules::{Day, UnitId};

use super::{Season, SetApart};
use crate::db::{Result, Tx};
use crate::{congress, org};

/// So many days before the day by which it must have met, a unit should have
/// a date.
pub const DATE_DAYS_BEFORE_DEADLINE: u16 = 30;

/// A node's part of a season on a day, ready for the checks: the units below
/// the node and the node itself, all units above it, and the pilots all of
/// them should learn from.
pub struct Outlook {
    /// The day.
    pub day: Day,
    /// The units as the rules see them.
    pub units: Vec<UnitPlan>,
    /// Each of them as it was on the day.
    pub versions: BTreeMap<UnitId, UnitVersion>,
    /// Their congresses, where something is known of them.
    pub congresses: BTreeMap<UnitId, Congress>,
    /// The windows of the season's plans.
    pub windows: Windows,
    /// The outside events.
    pub events: Vec<OutsideEvent>,
    /// The day by which every congress of the season is to be held.
    pub closes: Option<Day>,
    /// What was said about findings of these units.
    pub handlings: Vec<Handling>,
    /// Whether units further below were left out, to keep within the limit.
    pub cut: bool,
}

impl Outlook {
    /// The facts for `plenum_rules::season::check…`.
    #[must_use]
    pub fn facts<'a>(&'a self, holidays: &'a HolidayCalendar, profile: &'a Profile) -> Facts<'a> {
        Facts {
            today: self.day,
            units: &self.units,
            windows: &self.windows,
            events: &self.events,
            holidays,
            profile,
            closes: self.closes,
            date_days_before_deadline: DATE_DAYS_BEFORE_DEADLINE,
        }
    }

    /// The units above a unit and the unit itself, topmost first.
    #[must_use]
    pub fn path(&self, unit: UnitId) -> Vec<UnitId> {
        let mut path = Vec::new();
        let mut next = Some(unit);
        while let Some(version) = next.and_then(|unit| self.versions.get(&unit)) {
            if path.contains(&version.unit) {
                break;
            }
            path.push(version.unit);
            next = version.parent;
        }
        path.reverse();
        path
    }

    /// A unit's plan; for trying out another date before it is recorded.
    pub fn plan_mut(&mut self, unit: UnitId) -> Option<&mut UnitPlan> {
        self.units.iter_mut().find(|plan| plan.unit == unit)
    }
}

/// The season below a node as of a day, at most `most` units of it: the node's
/// direct subordinates first, then the next layer, and so on. The units above
/// and the pilots come on top of that.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn plans_under(
    tx: &mut Tx,
    (season, profile): (&Season, &Profile),
    node: UnitId,
    day: Day,
    most: usize,
) -> Result<Outlook> {
    let (below, cut) = units_under(tx, node, day, most).await?;
    let mut versions: BTreeMap<UnitId, UnitVersion> = below
        .into_iter()
        .map(|version| (version.unit, version))
        .collect();
    for version in org::path_versions(tx, node, day).await? {
        versions.entry(version.unit).or_insert(version);
    }
    let apart = super::set_apart(tx, &season.id).await?;
    for pilot in apart
        .iter()
        .filter(|apart| apart.marked.mark == Mark::Pilot && apart.span.holds(day))
    {
        let binds = versions.contains_key(&pilot.marked.by);
        if binds
            && !versions.contains_key(&pilot.unit)
            && let Some(version) = org::on(tx, pilot.unit, day).await?
        {
            versions.insert(pilot.unit, version);
        }
    }
    gather(tx, (season, profile), versions, &apart, day, cut).await
}

/// As [`plans_under`], wide enough for `plenum_rules::season::check_unit`: for
/// a pilot that is everything below the unit whose plan chose it, since what
/// it should teach meets there.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn plans_around(
    tx: &mut Tx,
    (season, profile): (&Season, &Profile),
    unit: UnitId,
    day: Day,
    most: usize,
) -> Result<Outlook> {
    let apart = super::set_apart(tx, &season.id).await?;
    let chosen_by = apart
        .iter()
        .find(|apart| {
            apart.unit == unit && apart.marked.mark == Mark::Pilot && apart.span.holds(day)
        })
        .map(|apart| apart.marked.by);
    let node = chosen_by.unwrap_or(unit);
    let mut outlook = plans_under(tx, (season, profile), node, day, most).await?;
    if outlook.plan_mut(unit).is_none() {
        outlook = plans_under(tx, (season, profile), unit, day, most).await?;
    }
    Ok(outlook)
}

/// The node and what stands below it on a day, layer by layer and by code, at
/// most `most` units; and whether there are more.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn units_under(
    tx: &mut Tx,
    node: UnitId,
    day: Day,
    most: usize,
) -> Result<(Vec<UnitVersion>, bool)> {
    let mut found: Vec<UnitVersion> = org::near(tx, node, day).await?.into_iter().collect();
    let mut seen = BTreeSet::from([node]);
    let mut layer = vec![node];
    while !layer.is_empty() {
        let mut next = Vec::new();
        // A few parents at a time, so that the limit is noticed early.
        for parents in layer.chunks(128) {
            for version in org::children_of_many(tx, parents, day).await? {
                if found.len() >= most {
                    return Ok((found, true));
                }
                if seen.insert(version.unit) {
                    next.push(version.unit);
                    found.push(version);
                }
            }
        }
        layer = next;
    }
    Ok((found, false))
}

async fn gather(
    tx: &mut Tx,
    (season, profile): (&Season, &Profile),
    versions: BTreeMap<UnitId, UnitVersion>,
    apart: &[SetApart],
    day: Day,
    cut: bool,
) -> Result<Outlook> {
    let ids: Vec<UnitId> = versions.keys().copied().collect();
    let congresses = congress::load_many(tx, &season.id, &ids).await?;
    let charged: BTreeSet<UnitId> = super::charges(tx, &season.id)
        .await?
        .into_iter()
        .filter(|charge| charge.span.holds(day))
        .map(|charge| charge.unit)
        .collect();
    let mut marks: BTreeMap<UnitId, Vec<Marked>> = BTreeMap::new();
    for one in apart.iter().filter(|one| one.span.holds(day)) {
        marks.entry(one.unit).or_default().push(one.marked.clone());
    }
    static NOTHING: Congress = Congress::nothing();
    // A member in charge of a commune is in charge of its branches too.
    let supervised = |unit: UnitId| {
        let above = std::iter::successors(Some(unit), |unit| versions.get(unit)?.parent);
        above
            .take(usize::from(MOST_LEVELS))
            .any(|unit| charged.contains(&unit))
    };
    let levels: BTreeMap<UnitId, Level> = versions
        .values()
        .map(|version| (version.unit, version.level.clone()))
        .collect();
    let terms = super::term_ends(tx, (season, profile), &levels).await?;
    let units = versions
        .values()
        .map(|version| {
            let congress = congresses.get(&version.unit).unwrap_or(&NOTHING);
            let marks = marks.remove(&version.unit).unwrap_or_default();
            plan_of(
                season,
                version,
                congress,
                marks,
                (
                    supervised(version.unit),
                    terms.of(version.unit, &version.level).map(|(ends, _)| ends),
                ),
                day,
            )
        })
        .collect();
    Ok(Outlook {
        day,
        units,
        versions,
        congresses,
        windows: super::windows(tx, &season.id).await?,
        events: super::events(tx, &season.id).await?,
        closes: season.shape.closes,
        handlings: super::handlings_of(tx, &season.id, &ids).await?,
        cut,
    })
}

/// A unit as the checks see it on a day; with whether a member is in charge of
/// it, and when its running term ends.
#[must_use]
pub fn plan_of(
    season: &Season,
    version: &UnitVersion,
    congress: &Congress,
    marks: Vec<Marked>,
    (supervised, term_ends): (bool, Option<Day>),
    day: Day,
) -> UnitPlan {
    let planned = congress.planned();
    let standing = planned
        .spans()
        .find(|(span, _)| span.holds(day))
        .and_then(|(span, days)| days.clone().map(|days| (span.from, days)));
    let in_season = season.term(&version.level).is_some();
    let since = |state| congress.since(state).filter(|since| *since <= day);
    let contents = congress
        .settled()
        .map_or(season.shape.contents, |(_, _, contents)| contents);
    UnitPlan {
        unit: version.unit,
        parent: version.parent,
        level: version.level.clone(),
        kind: version.kind.clone(),
        marks,
        expected: in_season && congress.state_on(day).is_expected_of_unit(),
        announced: standing.as_ref().map(|(from, _)| *from),
        planned: standing.map(|(_, days)| days),
        held: congress.held().filter(|(_, last)| *last <= day),
        reviewed: since(State::Reviewed),
        supervised,
        term_ends,
        reported: since(State::Reported).or_else(|| since(State::Confirmed)),
        ratified: since(State::Ratified),
        elects: contents.committee,
    }
}
