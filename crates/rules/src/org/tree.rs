//! The units concerned and all their versions, looked up by unit, by code and
//! by the unit above, on any day.

use std::collections::{BTreeMap, BTreeSet};

use super::UnitVersion;
use super::change::Edit;
use super::text::natural;
use crate::{Day, UnitId};

/// All versions of the units concerned. It is made once from the records and
/// only read; a change gives [`Edit`]s, and [`Tree::after`] shows what they
/// would make of it.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// By unit, then by first day: the versions of a unit are one slice.
    versions: Vec<UnitVersion>,
    /// Places in `versions`, by the unit above.
    by_parent: Vec<usize>,
    /// Places in `versions`, by code.
    by_code: Vec<usize>,
}

impl Tree {
    /// The tree of these versions, given in any order. Takes time
    /// proportional to n·log n.
    #[must_use]
    pub fn new(mut versions: Vec<UnitVersion>) -> Self {
        versions.sort_by_key(|version| (version.unit, version.from));
        let mut by_parent: Vec<usize> = (0..versions.len()).collect();
        let mut by_code = by_parent.clone();
        // The places are in order of unit and day already, and the sorts keep it.
        by_parent.sort_by_key(|place| versions[*place].parent);
        by_code.sort_by(|a, b| versions[*a].code.cmp(&versions[*b].code));
        Self {
            versions,
            by_parent,
            by_code,
        }
    }

    /// Every version, by unit, then by day.
    #[must_use]
    pub fn all(&self) -> &[UnitVersion] {
        &self.versions
    }

    /// The versions of a unit in the order of days; none of an unknown unit.
    #[must_use]
    pub fn versions(&self, unit: UnitId) -> &[UnitVersion] {
        let start = self.versions.partition_point(|version| version.unit < unit);
        // A unit has few versions: counting them is faster than a second search.
        let count = self.versions[start..]
            .iter()
            .take_while(|version| version.unit == unit)
            .count();
        &self.versions[start..start + count]
    }

    /// What the unit was on the day, `None` where it did not exist.
    #[must_use]
    pub fn on(&self, unit: UnitId, day: Day) -> Option<&UnitVersion> {
        on(self.versions(unit), day)
    }

    /// The units that exist on the day.
    pub fn alive_on(&self, day: Day) -> impl Iterator<Item = &UnitVersion> {
        self.versions
            .iter()
            .filter(move |version| version.span().holds(day))
    }

    /// Every version, on whatever days, directly under a unit (of a root for
    /// `None`), by unit, then by day.
    pub fn versions_under(&self, parent: Option<UnitId>) -> impl Iterator<Item = &UnitVersion> {
        let start = self
            .by_parent
            .partition_point(|place| self.versions[*place].parent < parent);
        self.by_parent[start..]
            .iter()
            .map(|place| &self.versions[*place])
            .take_while(move |version| version.parent == parent)
    }

    /// Every version that carries the code, on whatever days.
    pub fn with_code(&self, code: &str) -> impl Iterator<Item = &UnitVersion> {
        let start = self
            .by_code
            .partition_point(|place| self.versions[*place].code.as_str() < code);
        self.by_code[start..]
            .iter()
            .map(|place| &self.versions[*place])
            .take_while(move |version| version.code == code)
    }

    /// The unit that carries the code on the day.
    #[must_use]
    pub fn by_code_on(&self, code: &str, day: Day) -> Option<&UnitVersion> {
        self.with_code(code)
            .find(|version| version.span().holds(day))
    }

    /// The units directly under a unit on the day, by code as people count.
    #[must_use]
    pub fn children_on(&self, unit: UnitId, day: Day) -> Vec<&UnitVersion> {
        self.under_on(Some(unit), day)
    }

    /// The units without a unit above on the day, by code as people count.
    #[must_use]
    pub fn roots_on(&self, day: Day) -> Vec<&UnitVersion> {
        self.under_on(None, day)
    }

    fn under_on(&self, parent: Option<UnitId>, day: Day) -> Vec<&UnitVersion> {
        let mut found: Vec<&UnitVersion> = self
            .versions_under(parent)
            .filter(|version| version.span().holds(day))
            .collect();
        found.sort_by(|a, b| natural(&a.code, &b.code));
        found
    }

    /// The units above a unit on the day, the root first, without the unit
    /// itself. Where the records go round in a circle, it stops.
    #[must_use]
    pub fn ancestors_on(&self, unit: UnitId, day: Day) -> Vec<UnitId> {
        let mut seen = BTreeSet::from([unit]);
        let mut above = Vec::new();
        let mut next = self.on(unit, day).and_then(|version| version.parent);
        while let Some(parent) = next {
            if !seen.insert(parent) {
                break;
            }
            above.push(parent);
            next = self.on(parent, day).and_then(|version| version.parent);
        }
        above.reverse();
        above
    }

    /// Whether the unit is `top` or stands below it on the day.
    #[must_use]
    pub fn is_within(&self, unit: UnitId, top: UnitId, day: Day) -> bool {
        unit == top || self.ancestors_on(unit, day).contains(&top)
    }

    /// The unit and all below it on the day (everything for `None`), parents
    /// before children, siblings by code as people count.
    #[must_use]
    pub fn subtree_on(&self, top: Option<UnitId>, day: Day) -> Vec<&UnitVersion> {
        let mut waiting = match top {
            Some(top) => self.on(top, day).into_iter().collect(),
            None => self.roots_on(day),
        };
        waiting.reverse();
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        while let Some(version) = waiting.pop() {
            if seen.insert(version.unit) {
                found.push(version);
                waiting.extend(self.children_on(version.unit, day).into_iter().rev());
            }
        }
        found
    }

    /// The tree as the edits leave it.
    #[must_use]
    pub fn after(&self, edits: &[Edit]) -> Self {
        let mut versions: BTreeMap<(UnitId, Day), UnitVersion> = self
            .versions
            .iter()
            .map(|version| ((version.unit, version.from), version.clone()))
            .collect();
        for edit in edits {
            match edit {
                Edit::Drop { unit, from } => {
                    versions.remove(&(*unit, *from));
                }
                Edit::End { unit, from, until } => {
                    if let Some(version) = versions.get_mut(&(*unit, *from)) {
                        version.until = Some(*until);
                    }
                }
                Edit::Put(version) => {
                    versions.insert((version.unit, version.from), version.clone());
                }
            }
        }
        Self::new(versions.into_values().collect())
    }
}

/// The version that holds on the day, of one unit's versions in order.
pub(super) fn on(versions: &[UnitVersion], day: Day) -> Option<&UnitVersion> {
    let place = versions.partition_point(|version| version.from <= day);
    versions[..place]
        .last()
        .filter(|version| version.span().holds(day))
}
