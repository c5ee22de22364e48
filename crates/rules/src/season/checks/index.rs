//! The units of a check as a tree, with what each of them issued.

use std::collections::BTreeMap;

use crate::org::Level;
use crate::season::facts::{Facts, OutsideEvent, UnitPlan};
use crate::season::windows::{Mark, PathWindow, Selector, Window};
use crate::season::{Effective, Marks, effective};
use crate::{Day, UnitId};

/// Deeper than any organisation: where parents are recorded in a circle, the
/// way up ends here.
const DEEPEST: usize = 64;

/// The pilots of one level that one unit's plan singled out.
#[derive(Clone, Copy, Default)]
pub(super) struct Pilots {
    /// The last day of the last of them, and whose it is.
    pub(super) latest: Option<(Day, UnitId)>,
    /// One of them that has no date.
    pub(super) undated: Option<UnitId>,
}

/// What a unit issued that counts for everything below it.
#[derive(Default)]
struct Issued<'a> {
    windows: &'a [Window],
    pilots: BTreeMap<&'a Level, Pilots>,
    events: Vec<&'a OutsideEvent>,
}

/// The units by place, each with its parent and children. Places are positions
/// in `facts.units`, so that walking a path needs no search.
pub(super) struct Index<'a> {
    pub(super) facts: &'a Facts<'a>,
    places: BTreeMap<UnitId, usize>,
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    issued: BTreeMap<usize, Issued<'a>>,
    issues: Vec<bool>,
}

impl<'a> Index<'a> {
    pub(super) fn new(facts: &'a Facts<'a>) -> Self {
        let units = facts.units;
        let places: BTreeMap<UnitId, usize> = units
            .iter()
            .enumerate()
            .map(|(place, unit)| (unit.unit, place))
            .collect();
        let parents: Vec<Option<usize>> = units
            .iter()
            .map(|unit| places.get(&unit.parent?).copied())
            .collect();
        let mut children = vec![Vec::new(); units.len()];
        for (place, parent) in parents.iter().enumerate() {
            if let Some(parent) = parent {
                children[*parent].push(place);
            }
        }
        let issues = vec![false; units.len()];
        let mut index = Self {
            facts,
            places,
            parents,
            children,
            issued: BTreeMap::new(),
            issues,
        };
        index.note_what_was_issued();
        index
    }

    fn note_what_was_issued(&mut self) {
        let facts = self.facts;
        for issuer in facts.windows.issuers() {
            if let Some(issued) = self.issued_by(issuer) {
                issued.windows = facts.windows.of(issuer);
            }
        }
        let binds = |event: &&OutsideEvent| event.until.is_none_or(|until| facts.today < until);
        for event in facts.events.iter().filter(binds) {
            if let Some(issued) = self.issued_by(event.scope) {
                issued.events.push(event);
            }
        }
        for unit in facts.units.iter().filter(|unit| unit.expected) {
            for marked in unit
                .marks
                .iter()
                .filter(|marked| marked.mark == Mark::Pilot)
            {
                if let Some(issued) = self.issued_by(marked.by) {
                    issued.pilots.entry(&unit.level).or_default().note(unit);
                }
            }
        }
    }

    fn issued_by(&mut self, unit: UnitId) -> Option<&mut Issued<'a>> {
        let place = *self.places.get(&unit)?;
        self.issues[place] = true;
        Some(self.issued.entry(place).or_default())
    }

    pub(super) fn place(&self, unit: UnitId) -> Option<usize> {
        self.places.get(&unit).copied()
    }

    pub(super) fn unit(&self, place: usize) -> &'a UnitPlan {
        &self.facts.units[place]
    }

    pub(super) fn has_parent(&self, place: usize) -> bool {
        self.parents[place].is_some()
    }

    /// The units above, the nearest first.
    pub(super) fn above(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parents[place], |place| self.parents[*place]).take(DEEPEST)
    }

    /// The places below a place, itself not included.
    pub(super) fn below(&self, place: usize) -> Vec<usize> {
        let mut seen = vec![false; self.parents.len()];
        seen[place] = true;
        let mut open = self.children[place].clone();
        let mut found = Vec::new();
        while let Some(next) = open.pop() {
            if !std::mem::replace(&mut seen[next], true) {
                found.push(next);
                open.extend(&self.children[next]);
            }
        }
        found.sort_unstable();
        found
    }

    /// What was issued on the way from a place up, itself included, with how
    /// far up it is.
    fn on_the_way(&self, place: usize) -> impl Iterator<Item = (u32, &Issued<'a>)> {
        (0..)
            .zip(std::iter::once(place).chain(self.above(place)))
            .filter(|(_, place)| self.issues[*place])
            .filter_map(|(up, place)| Some((up, self.issued.get(&place)?)))
    }

    /// The window that counts today for the unit at a place.
    pub(super) fn window(&self, place: usize) -> Option<Effective> {
        let unit = self.unit(place);
        let on_path: Vec<PathWindow<'_>> = self
            .on_the_way(place)
            // Depth counts from the root; here only the order matters.
            .flat_map(|(up, issued)| {
                issued
                    .windows
                    .iter()
                    .map(move |window| (u32::MAX - up, window))
            })
            .collect();
        let wanted = Selector {
            level: &unit.level,
            kind: Some(&unit.kind),
            marks: Marks::of(&unit.marks),
        };
        effective(&on_path, &wanted, self.facts.today)
    }

    /// The groups of pilots the unit at a place should learn from.
    pub(super) fn pilots(&self, place: usize) -> impl Iterator<Item = Pilots> + '_ {
        let level = &self.unit(place).level;
        self.on_the_way(place)
            .filter_map(move |(_, issued)| issued.pilots.get(level).copied())
    }

    /// The outside events that count for the unit at a place.
    pub(super) fn events(&self, place: usize) -> impl Iterator<Item = &'a OutsideEvent> + '_ {
        let unit = self.unit(place);
        self.on_the_way(place)
            .flat_map(|(_, issued)| issued.events.iter().copied())
            .filter(move |event| {
                event
                    .level
                    .as_ref()
                    .is_none_or(|level| *level == unit.level)
                    && event.kind.as_ref().is_none_or(|kind| *kind == unit.kind)
            })
    }
}

impl Pilots {
    fn note(&mut self, unit: &UnitPlan) {
        match unit.days() {
            Some((_, last)) => self.latest = self.latest.max(Some((last, unit.unit))),
            // The first of several by id, so that the order of the facts does not show.
            None => {
                self.undated = Some(self.undated.map_or(unit.unit, |other| other.min(unit.unit)))
            }
        }
    }
}
