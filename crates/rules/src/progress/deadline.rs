//! Deadlines of units through time: which plans bind a unit changes with its
//! place, its level, its kind and its marks.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ancestry::Above;
use crate::org::{Kind, Level, UnitVersion};
use crate::season::{Mark, Marks, Selector, Windows, due_timeline};
use crate::timeline::{Span, Timeline};
use crate::{Day, UnitId};

/// What units share that share a deadline: the units whose plans bind them,
/// level, kind, and whether they are pilots and trials.
type Alike = (Arc<[UnitId]>, Level, Kind, (bool, bool));

/// Finds deadlines; units in the same place with the same level, kind and
/// marks share one answer.
pub struct DueFinder<'a> {
    windows: &'a Windows,
    known: BTreeMap<Alike, Timeline<Option<Day>>>,
}

impl<'a> DueFinder<'a> {
    /// Over the windows of a season.
    #[must_use]
    pub fn new(windows: &'a Windows) -> Self {
        Self {
            windows,
            known: BTreeMap::new(),
        }
    }

    /// The last permitted day of a unit as each day saw it; `None` on days on
    /// which no plan bound it.
    pub fn due(
        &mut self,
        unit: UnitId,
        versions: &[UnitVersion],
        above: &Above,
        marks: &[(Span, Mark)],
    ) -> Timeline<Option<Day>> {
        let mut due = Timeline::default();
        for version in versions {
            for (days, chain) in above.spans() {
                let (Some(chain), Some(days)) = (chain, days.meet(version.span())) else {
                    continue;
                };
                for (days, marks) in marked(days, marks) {
                    let path = self.binding(unit, chain);
                    let steps = self.steps(path, version, marks);
                    due.set(days.from, None);
                    for (step, last) in steps.spans() {
                        if let Some(step) = step.meet(days) {
                            due.set(step.from, *last);
                        }
                    }
                    if let Some(until) = days.until {
                        due.set(until, None);
                    }
                }
            }
        }
        due
    }

    /// The units whose plans can bind the unit: those above it, and itself
    /// where it issued any.
    fn binding(&self, unit: UnitId, chain: &Arc<[UnitId]>) -> Arc<[UnitId]> {
        if self.windows.of(unit).is_empty() {
            Arc::clone(chain)
        } else {
            chain.iter().copied().chain([unit]).collect()
        }
    }

    fn steps(
        &mut self,
        path: Arc<[UnitId]>,
        version: &UnitVersion,
        marks: Marks,
    ) -> &Timeline<Option<Day>> {
        let windows = self.windows;
        let key = (
            path,
            version.level.clone(),
            version.kind.clone(),
            (marks.pilot, marks.trial),
        );
        self.known
            .entry(key)
            .or_insert_with_key(|(path, level, kind, _)| {
                due_timeline(
                    &windows.on_path(path),
                    &Selector {
                        level,
                        kind: Some(kind),
                        marks,
                    },
                )
            })
    }
}

/// Parts a stretch of days where the unit's marks change.
fn marked(days: Span, marks: &[(Span, Mark)]) -> Vec<(Span, Marks)> {
    if marks.is_empty() {
        return vec![(days, Marks::default())];
    }
    let mut cuts: Vec<Day> = marks
        .iter()
        .flat_map(|(span, _)| [Some(span.from), span.until])
        .flatten()
        .filter(|day| days.from < *day && days.holds(*day))
        .collect();
    cuts.push(days.from);
    cuts.sort_unstable();
    cuts.dedup();
    let mut parts = Vec::new();
    for (place, from) in cuts.iter().enumerate() {
        let until = cuts.get(place + 1).copied().or(days.until);
        let has = |mark| {
            marks
                .iter()
                .any(|(span, one)| *one == mark && span.holds(*from))
        };
        let marks = Marks {
            pilot: has(Mark::Pilot),
            trial: has(Mark::Trial),
        };
        parts.push((Span { from: *from, until }, marks));
    }
    parts
}
