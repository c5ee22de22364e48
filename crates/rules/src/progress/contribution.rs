//! What one unit's congress adds to the counters of the units above it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ancestry::Above;
use super::measure::{Counts, Measure, SOON_DAYS};
use super::series::{Facet, GroupKey, Tally};
use crate::congress::{Congress, State};
use crate::org::{Level, UnitVersion};
use crate::season::Mark;
use crate::timeline::{Span, Timeline};
use crate::{Day, UnitId};

/// A season as far as counting is concerned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Frame {
    /// The levels that hold a congress in this season.
    pub levels: BTreeSet<Level>,
    /// The first day on which congresses are expected.
    pub opens: Day,
}

/// A unit with all that decides what it counts for.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// What it was, version by version.
    pub versions: &'a [UnitVersion],
    /// The units above it inside the season, topmost first. No step: outside.
    pub above: &'a Above,
    /// Its congress.
    pub congress: &'a Congress,
    /// Its last permitted day, as each day saw it.
    pub due: &'a Timeline<Option<Day>>,
    /// When it was a pilot or a trial.
    pub marks: &'a [(Span, Mark)],
}

/// Contributions by the chain of units they count for: whoever stands under
/// the same units shares one tally, so that a nation is added up once per
/// chain, not once per unit and ancestor.
pub type Contributions = BTreeMap<Arc<[UnitId]>, Tally>;

/// Adds what a unit's congress contributes, times `factor` (−1 takes it away).
/// The tallies are not yet settled.
pub fn contributions(frame: &Frame, subject: &Subject<'_>, factor: i64, into: &mut Contributions) {
    let stretches = measured(subject.congress, subject.due);
    for version in subject.versions {
        if !frame.levels.contains(&version.level) {
            continue;
        }
        let Some(span) = version.span().meet(Span::from(frame.opens)) else {
            continue;
        };
        for (chain_span, chain) in subject.above.spans() {
            let (Some(chain), Some(span)) = (chain, span.meet(chain_span)) else {
                continue;
            };
            let tally = into.entry(Arc::clone(chain)).or_default();
            for (facet, span) in facets(version, subject.marks, span) {
                let key = GroupKey {
                    level: version.level.clone(),
                    facet,
                };
                let series = tally.groups.entry(key).or_default();
                let members = i64::from(version.members);
                for stretch in &stretches {
                    let Some(days) = stretch.days.meet(span) else {
                        continue;
                    };
                    let amount = factor * stretch.amount.unwrap_or(members);
                    if amount != 0 {
                        series.push(days.from, stretch.measure, amount);
                        if let Some(until) = days.until {
                            series.push(until, stretch.measure, -amount);
                        }
                    }
                }
            }
        }
    }
}

fn facets(version: &UnitVersion, marks: &[(Span, Mark)], span: Span) -> Vec<(Facet, Span)> {
    let mut facets = vec![
        (Facet::All, span),
        (Facet::Kind(version.kind.clone()), span),
    ];
    for (mark, facet) in [(Mark::Pilot, Facet::Pilot), (Mark::Trial, Facet::Trial)] {
        let bearing = bearing(marks, mark);
        facets.extend(
            bearing
                .into_iter()
                .filter_map(|days| Some((facet.clone(), days.meet(span)?))),
        );
    }
    facets
}

/// The days on which a unit bears a mark. Whoever was set apart twice, by two
/// plans, is still one unit: stretches that overlap are joined.
fn bearing(marks: &[(Span, Mark)], wanted: Mark) -> Vec<Span> {
    let mut spans: Vec<Span> = marks
        .iter()
        .filter(|(_, mark)| *mark == wanted)
        .map(|(span, _)| *span)
        .collect();
    spans.sort_by_key(|span| span.from);
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if last.until.is_none_or(|until| span.from <= until) => {
                last.until = last
                    .until
                    .zip(span.until)
                    .map(|(one, other)| one.max(other));
            }
            _ => joined.push(span),
        }
    }
    joined
}

/// Days on which a unit counts in a measure, and with how much; without an
/// amount, with its members.
struct Stretch {
    measure: Measure,
    days: Span,
    amount: Option<i64>,
}

fn measured(congress: &Congress, due: &Timeline<Option<Day>>) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut add = |measure, days: Option<Span>, amount| {
        if let Some(days) = days {
            stretches.push(Stretch {
                measure,
                days,
                amount,
            });
        }
    };
    let states = states(congress);
    let planned = congress.planned();
    let numbers = congress.report().map(|(_, numbers, _)| *numbers);
    for (span, state) in states.spans() {
        let Some(measure) = Measure::of_state(*state) else {
            continue;
        };
        add(measure, Some(span), Some(1));
        add(Measure::Members, Some(span), None);
        for (due_span, last) in due.spans() {
            let Some(last) = last else { continue };
            let now = span.meet(due_span);
            add(
                Measure::DueBy,
                now.and_then(|now| now.meet(Span::from(*last))),
                Some(1),
            );
            if !state.is_held() {
                add(
                    Measure::Late,
                    now.and_then(|now| now.meet(Span::from(last.next()))),
                    Some(1),
                );
            }
        }
        for (plan_span, plan) in planned.spans() {
            let Some(plan) = plan else { continue };
            let now = span.meet(plan_span);
            add(
                Measure::PlannedBy,
                now.and_then(|now| now.meet(Span::from(plan.last))),
                Some(1),
            );
            if !state.is_held() {
                add(
                    Measure::Overdue,
                    now.and_then(|now| now.meet(Span::from(plan.last.next()))),
                    Some(1),
                );
                let soon = Span {
                    from: plan.first.plus(-SOON_DAYS),
                    until: Some(plan.first.next()),
                };
                add(Measure::Soon, now.and_then(|now| now.meet(soon)), Some(1));
            }
        }
        if state.is_held() {
            add(Measure::MembersHeld, Some(span), None);
            if let Some(numbers) = numbers {
                let people = [
                    (Measure::Convened, numbers.convened),
                    (Measure::Present, numbers.present),
                    (Measure::Elected, numbers.elected_committee),
                    (Measure::Delegates, numbers.elected_delegates),
                    (Measure::Opinions, numbers.opinions),
                ];
                for (measure, people) in people {
                    add(measure, Some(span), Some(i64::from(people)));
                }
            }
        }
    }
    stretches
}

/// The congress's state on each day, from the beginning of time.
fn states(congress: &Congress) -> Timeline<State> {
    let mut states = Timeline::starting(crate::day::FIRST, State::Expected);
    let days: BTreeSet<Day> = congress.entries().iter().map(|entry| entry.on).collect();
    for day in days {
        states.set(day, congress.state_on(day));
    }
    states
}

/// What one congress counts for on a day: `due` is its deadline as that day
/// saw it. Nothing where it does not count towards the total.
#[must_use]
pub fn counts_on(congress: &Congress, members: u32, due: Option<Day>, day: Day) -> Counts {
    let mut mine = Counts::default();
    let state = congress.state_on(day);
    let Some(measure) = Measure::of_state(state) else {
        return mine;
    };
    let planned = congress.planned();
    let planned = planned.on(day).and_then(Option::as_ref);
    mine[measure] = 1;
    mine[Measure::Members] = i64::from(members);
    mine[Measure::DueBy] = i64::from(due.is_some_and(|due| due <= day));
    mine[Measure::PlannedBy] = i64::from(planned.is_some_and(|plan| plan.last <= day));
    if state.is_held() {
        mine[Measure::MembersHeld] = i64::from(members);
        if let Some((_, numbers, _)) = congress.report() {
            mine[Measure::Convened] = i64::from(numbers.convened);
            mine[Measure::Present] = i64::from(numbers.present);
            mine[Measure::Elected] = i64::from(numbers.elected_committee);
            mine[Measure::Delegates] = i64::from(numbers.elected_delegates);
            mine[Measure::Opinions] = i64::from(numbers.opinions);
        }
    } else {
        mine[Measure::Late] = i64::from(due.is_some_and(|due| due < day));
        mine[Measure::Overdue] = i64::from(planned.is_some_and(|plan| plan.last < day));
        let ahead = planned.map(|plan| plan.first.since(day));
        mine[Measure::Soon] = i64::from(ahead.is_some_and(|days| (0..=SOON_DAYS).contains(&days)));
    }
    mine
}

/// The plain recount: what the groups below a node count on a day, read from
/// each unit's facts without any stored counter. It is the measure the stored
/// counters are held against.
#[must_use]
pub fn recount_on(
    frame: &Frame,
    subjects: &[Subject<'_>],
    node: UnitId,
    day: Day,
) -> BTreeMap<GroupKey, Counts> {
    let mut groups: BTreeMap<GroupKey, Counts> = BTreeMap::new();
    if day < frame.opens {
        return groups;
    }
    for subject in subjects {
        let Some(version) = subject
            .versions
            .iter()
            .find(|version| version.span().holds(day))
        else {
            continue;
        };
        let Some(Some(above)) = subject.above.on(day) else {
            continue;
        };
        if Measure::of_state(subject.congress.state_on(day)).is_none() {
            continue;
        }
        if !frame.levels.contains(&version.level) || !above.contains(&node) {
            continue;
        }
        let due = subject.due.on(day).copied().flatten();
        let mine = counts_on(subject.congress, version.members, due, day);
        let marked = |wanted| {
            subject
                .marks
                .iter()
                .any(|(span, mark)| *mark == wanted && span.holds(day))
        };
        let mut facets = vec![Facet::All, Facet::Kind(version.kind.clone())];
        facets.extend(marked(Mark::Pilot).then_some(Facet::Pilot));
        facets.extend(marked(Mark::Trial).then_some(Facet::Trial));
        for facet in facets {
            *groups
                .entry(GroupKey {
                    level: version.level.clone(),
                    facet,
                })
                .or_default() += &mine;
        }
    }
    groups
}
