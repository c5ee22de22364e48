//! Moving the dates of many units at once (in 2020 the calendar of a whole
//! level was put off, rules.md §2.2).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::checks::check;
use super::facts::{Facts, UnitPlan};
use super::finding::Finding;
use super::holidays::days;
use super::refusal::Refusal;
use crate::congress::Planned;
use crate::{Day, UnitId};

/// How far ahead a free day is sought: two years.
const SEARCH_DAYS: i32 = 731;

/// Where the dates move to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewDays {
    /// Each so many days later (earlier where negative).
    By(i32),
    /// All open on this day.
    To(Day),
    /// Each opens on the first working day from this day on on which fewer than
    /// so many of the units given meet. A congress of several days needs
    /// working days with room in a row. Units that met earlier in the old
    /// calendar choose first.
    FirstFreeFrom {
        /// The first day to look at.
        day: Day,
        /// The most congresses on one day; 0 counts as 1.
        per_day: u16,
    },
}

/// One unit's old and new days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Move {
    /// The unit.
    pub unit: UnitId,
    /// When it was to meet.
    pub before: Planned,
    /// When it is to meet now.
    pub after: Planned,
}

/// A re-dating worked out, not yet recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Redated {
    /// The moves, in the order of the facts.
    pub moves: Vec<Move>,
    /// Why.
    pub reason: String,
    /// What would be wrong with the new calendar, where a moved unit is on
    /// either side.
    pub findings: Vec<Finding>,
}

/// Moves the dates of `units`. How long a congress takes and its preparatory
/// session stay as they were.
///
/// # Errors
/// [`Refusal::ReasonNeeded`]; [`Refusal::NotDated`] for a unit that is not
/// among the facts or has no date; [`Refusal::AlreadyHeld`];
/// [`Refusal::NoFreeDay`]. Nothing moves where one unit cannot.
pub fn redate(
    facts: &Facts<'_>,
    units: &BTreeSet<UnitId>,
    to: NewDays,
    reason: &str,
) -> Result<Redated, Refusal> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    let mut moves = chosen(facts, units)?;
    match to {
        NewDays::By(days) => {
            for one in &mut moves {
                one.after = opening(&one.before, one.before.first.plus(days));
            }
        }
        NewDays::To(day) => {
            for one in &mut moves {
                one.after = opening(&one.before, day);
            }
        }
        NewDays::FirstFreeFrom { day, per_day } => spread(facts, &mut moves, day, per_day.max(1))?,
    }
    let findings = found_after(facts, &moves);
    Ok(Redated {
        moves,
        reason: reason.to_owned(),
        findings,
    })
}

/// The units to move, each with its date, in the order of the facts.
fn chosen(facts: &Facts<'_>, units: &BTreeSet<UnitId>) -> Result<Vec<Move>, Refusal> {
    let mut missing = units.clone();
    let mut moves = Vec::new();
    for plan in facts.units {
        if !missing.remove(&plan.unit) {
            continue;
        }
        let unit = plan.unit;
        if plan.held.is_some() {
            return Err(Refusal::AlreadyHeld { unit });
        }
        let before = plan
            .planned
            .clone()
            .filter(|_| plan.expected)
            .ok_or(Refusal::NotDated { unit })?;
        moves.push(Move {
            unit,
            after: before.clone(),
            before,
        });
    }
    match missing.into_iter().next() {
        Some(unit) => Err(Refusal::NotDated { unit }),
        None => Ok(moves),
    }
}

/// The same congress, opening on another day.
fn opening(before: &Planned, first: Day) -> Planned {
    Planned {
        first,
        last: first.plus(before.last.since(before.first)),
        ..before.clone()
    }
}

fn spread(facts: &Facts<'_>, moves: &mut [Move], from: Day, per_day: u16) -> Result<(), Refusal> {
    let moving: BTreeSet<UnitId> = moves.iter().map(|one| one.unit).collect();
    let mut taken: BTreeMap<Day, u16> = BTreeMap::new();
    for plan in facts
        .units
        .iter()
        .filter(|plan| !moving.contains(&plan.unit))
    {
        if let Some((first, last)) = plan.days() {
            take(&mut taken, first, last);
        }
    }
    let mut order: Vec<&mut Move> = moves.iter_mut().collect();
    order.sort_by_key(|one| (one.before.first, one.unit));
    // No day before this one has room: without it many units would each walk
    // over the same full days again.
    let mut start = from;
    let end = from.plus(SEARCH_DAYS);
    for one in order {
        let room = |day: Day| {
            facts.holidays.is_working(day) && taken.get(&day).is_none_or(|count| *count < per_day)
        };
        start = days(start, end).find(|day| room(*day)).unwrap_or(end);
        let after = days(start, end)
            .map(|first| opening(&one.before, first))
            .find(|after| days(after.first, after.last).all(room))
            .ok_or(Refusal::NoFreeDay { unit: one.unit })?;
        take(&mut taken, after.first, after.last);
        one.after = after;
    }
    Ok(())
}

fn take(taken: &mut BTreeMap<Day, u16>, first: Day, last: Day) {
    for day in days(first, last) {
        let count = taken.entry(day).or_default();
        *count = count.saturating_add(1);
    }
}

/// The findings of the calendar with the moves made.
fn found_after(facts: &Facts<'_>, moves: &[Move]) -> Vec<Finding> {
    let after: BTreeMap<UnitId, &Planned> =
        moves.iter().map(|one| (one.unit, &one.after)).collect();
    let units: Vec<UnitPlan> = facts
        .units
        .iter()
        .map(|plan| match after.get(&plan.unit) {
            // The new day is announced on the day it is set.
            Some(planned) => UnitPlan {
                planned: Some((*planned).clone()),
                announced: Some(facts.today),
                ..plan.clone()
            },
            None => plan.clone(),
        })
        .collect();
    let moved = |unit: UnitId| after.contains_key(&unit);
    check(&Facts {
        units: &units,
        ..*facts
    })
    .into_iter()
    .filter(|finding| finding.turns_on().any(moved))
    .collect()
}
