//! The checks over a season's dates.
//!
//! All of them are per unit, given an index over the tree: a whole season costs
//! one sort and one walk up from each unit.

mod index;
mod timing;

use index::Index;
pub use timing::overdue_after;

use super::facts::{EventRelation, Facts, UnitPlan};
use super::finding::{Finding, FindingCode, Limit};
use super::windows::{Mark, Marks};
use crate::profile::Parameters;
use crate::{Day, UnitId};

/// Everything wrong with the dates of all units given, in their order.
#[must_use]
pub fn check(facts: &Facts<'_>) -> Vec<Finding> {
    let index = Index::new(facts);
    let mut found = Vec::new();
    for place in 0..facts.units.len() {
        examine(&index, place, &mut found);
    }
    found
}

/// Everything wrong with the dates of a unit and all units below it. Nothing
/// where the unit is not among the facts.
#[must_use]
pub fn check_under(facts: &Facts<'_>, unit: UnitId) -> Vec<Finding> {
    let index = Index::new(facts);
    let mut found = Vec::new();
    if let Some(top) = index.place(unit) {
        examine(&index, top, &mut found);
        for place in index.below(top) {
            examine(&index, place, &mut found);
        }
    }
    found
}

/// Everything wrong with one unit's dates, also where the finding is about
/// another unit and this one is why: what of [`check`] turns on this unit. For
/// the moment at which a date is being set.
#[must_use]
pub fn check_unit(facts: &Facts<'_>, unit: UnitId) -> Vec<Finding> {
    let index = Index::new(facts);
    let Some(place) = index.place(unit) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    examine(&index, place, &mut found);
    let mut others = Vec::new();
    for below in index.below(place) {
        after_parent(&index, below, &mut others);
    }
    let own = index.unit(place);
    let mut makers: Vec<UnitId> = own
        .marks
        .iter()
        .filter(|marked| marked.mark == Mark::Pilot)
        .map(|marked| marked.by)
        .collect();
    makers.sort_unstable();
    makers.dedup();
    let mut group: Vec<usize> = makers
        .into_iter()
        .filter_map(|by| index.place(by))
        .flat_map(|by| index.below(by).into_iter().chain([by]))
        .filter(|other| *other != place && index.unit(*other).level == own.level)
        .collect();
    group.sort_unstable();
    group.dedup();
    for other in group {
        after_pilots(&index, other, &mut others);
    }
    found.extend(
        others
            .into_iter()
            .filter(|finding| finding.other == Some(unit)),
    );
    found
}

/// All checks on the unit at a place. A congress that met is past dating: its
/// report and its ratification are waited for. One nobody expects is past both.
fn examine(index: &Index<'_>, place: usize, found: &mut Vec<Finding>) {
    let unit = index.unit(place);
    after_parent(index, place, found);
    if !unit.expected {
        return;
    }
    if unit.held.is_some() {
        let facts = index.facts;
        found.extend(overdue_after(
            unit,
            facts.profile,
            facts.holidays,
            facts.today,
        ));
        return;
    }
    after_pilots(index, place, found);
    inside_window(index, place, found);
    inside_season(index.facts, unit, found);
    around_events(index, place, found);
    let rules = unit.planned.as_ref().and_then(|planned| {
        let version = index
            .facts
            .profile
            .in_force(planned.first, &unit.level, Some(&unit.kind))?;
        Some(&version.parameters)
    });
    if let Some(rules) = rules {
        duration(unit, rules, found);
        timing::in_time(index.facts, unit, rules, found);
        timing::shifted(unit, rules, found);
    }
    on_holiday(index.facts, unit, found);
    timing::undated(index, place, found);
    // The root's superior stands outside: nobody here is in charge of it.
    if !unit.supervised && index.has_parent(place) {
        found.push(Finding::about(FindingCode::Unsupervised, unit.unit));
    }
    let baseless =
        |basis: &Option<String>| basis.as_ref().is_none_or(|text| text.trim().is_empty());
    if unit
        .marks
        .iter()
        .any(|marked| baseless(&marked.legal_basis))
    {
        found.push(Finding::about(FindingCode::MarkWithoutBasis, unit.unit));
    }
}

/// A congress is over before any congress above it opens (S0: Ngô Mây meets on
/// 09–10/01/2025, so its branches are done before). The nearest one above that
/// it clashes with is named.
fn after_parent(index: &Index<'_>, place: usize, found: &mut Vec<Finding>) {
    let unit = index.unit(place);
    let Some((_, last)) = unit.days() else {
        return;
    };
    for above in index.above(place) {
        let parent = index.unit(above);
        // Where both have met there is nothing left to move.
        if unit.held.is_some() && parent.held.is_some() {
            continue;
        }
        if let Some((opens, _)) = parent.days().filter(|(opens, _)| *opens <= last) {
            found.push(
                Finding::about(FindingCode::ChildAfterParent, unit.unit)
                    .with(parent.unit)
                    .on(last)
                    .within(Limit::Day(opens)),
            );
            return;
        }
    }
}

/// Pilots first, lessons, then the mass (S0, S3): a unit meets after the last
/// day of every pilot of its level chosen by a plan above it.
fn after_pilots(index: &Index<'_>, place: usize, found: &mut Vec<Finding>) {
    let unit = index.unit(place);
    let Some((first, _)) = unit.days().filter(|_| unit.held.is_none()) else {
        return;
    };
    if Marks::of(&unit.marks).pilot {
        return;
    }
    for pilots in index.pilots(place) {
        if let Some((last, pilot)) = pilots.latest.filter(|(last, _)| first <= *last) {
            found.push(
                Finding::about(FindingCode::MassBeforePilot, unit.unit)
                    .with(pilot)
                    .on(first)
                    .within(Limit::Day(last)),
            );
        }
        if let Some(pilot) = pilots.undated {
            found.push(
                Finding::about(FindingCode::PilotNotDated, unit.unit)
                    .with(pilot)
                    .on(first),
            );
        }
    }
}

/// A congress meets inside the window that counts for it (R55).
fn inside_window(index: &Index<'_>, place: usize, found: &mut Vec<Finding>) {
    let unit = index.unit(place);
    let Some(window) = index.window(place) else {
        return;
    };
    if window.leaves_no_day() {
        found.push(
            Finding::about(FindingCode::NoDayInWindow, unit.unit)
                .with(window.from_issuer)
                .within(Limit::Day(window.last)),
        );
        return;
    }
    let Some((first, last)) = unit.days() else {
        return;
    };
    if let Some(opens) = window.first.filter(|opens| first < *opens) {
        found.push(
            Finding::about(FindingCode::BeforeWindow, unit.unit)
                .on(first)
                .within(Limit::Day(opens)),
        );
    }
    if last > window.last {
        found.push(
            Finding::about(FindingCode::AfterWindow, unit.unit)
                .with(window.from_issuer)
                .on(last)
                .within(Limit::Day(window.last)),
        );
    }
}

/// A congress is over by the season's last day. A window may allow more; then
/// one of the two days is wrong, and somebody should look.
fn inside_season(facts: &Facts<'_>, unit: &UnitPlan, found: &mut Vec<Finding>) {
    if let (Some(closes), Some((_, last))) = (facts.closes, unit.days())
        && last > closes
    {
        found.push(
            Finding::about(FindingCode::AfterSeason, unit.unit)
                .on(last)
                .within(Limit::Day(closes)),
        );
    }
}

/// What lies outside the season and must be respected (S0: the village heads
/// are elected on 15/12/2024, the branches meet after that).
fn around_events(index: &Index<'_>, place: usize, found: &mut Vec<Finding>) {
    let unit = index.unit(place);
    let Some((first, last)) = unit.days() else {
        return;
    };
    for event in index.events(place) {
        let (clashes, code) = match event.relation {
            EventRelation::MustPrecede => (first <= event.last, FindingCode::BeforeOutsideEvent),
            EventRelation::MustNotOverlap => (
                first <= event.last && last >= event.first,
                FindingCode::OverlapsOutsideEvent,
            ),
        };
        if clashes {
            found.push(
                Finding::about(code, unit.unit)
                    .during(event.id)
                    .on(first)
                    .within(Limit::Day(event.last)),
            );
        }
    }
}

/// How long a congress and its preparatory session may be (R43).
fn duration(unit: &UnitPlan, rules: &Parameters, found: &mut Vec<Finding>) {
    let Some(planned) = &unit.planned else {
        return;
    };
    let days = planned.last.since(planned.first) + 1;
    if let Some(most) = rules
        .max_days
        .get(&unit.level)
        .filter(|most| days > i32::from(most.value))
    {
        found.push(
            Finding::about(FindingCode::TooManyDays, unit.unit)
                .on(planned.last)
                .within(Limit::Number(u16::from(most.value))),
        );
    }
    let half_days = planned.preparatory_half_days;
    // Rules without a word on preparatory sessions do not forbid them.
    if half_days == 0 || rules.preparatory_half_days.is_empty() {
        return;
    }
    match rules.preparatory_half_days.get(&unit.level) {
        None => found.push(
            Finding::about(FindingCode::PreparatoryAtThisLevel, unit.unit)
                .on(planned.first)
                .within(Limit::Number(0)),
        ),
        Some(most) if half_days > most.value => found.push(
            Finding::about(FindingCode::PreparatoryTooLong, unit.unit)
                .on(planned.first)
                .within(Limit::Number(u16::from(most.value))),
        ),
        Some(_) => {}
    }
}

/// A congress on a public holiday; a weekend is fine.
fn on_holiday(facts: &Facts<'_>, unit: &UnitPlan, found: &mut Vec<Finding>) {
    let holiday = unit
        .days()
        .and_then(|(first, last)| facts.holidays.holiday_in(first, last));
    if let Some((day, _)) = holiday {
        found.push(Finding::about(FindingCode::OnHoliday, unit.unit).on(day));
    }
}

/// The day by which a unit must have met: its deadline, and the day before the
/// first congress above it opens.
fn due(index: &Index<'_>, place: usize) -> Option<Day> {
    let deadline = index
        .window(place)
        .filter(|window| !window.leaves_no_day())
        .map(|window| window.last);
    let above = index
        .above(place)
        .filter_map(|above| index.unit(above).days());
    above.map(|(opens, _)| opens.plus(-1)).chain(deadline).min()
}
