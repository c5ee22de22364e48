//! The records as a change would leave them, and what must hold of them.

use std::collections::{BTreeMap, BTreeSet};

use super::UnitVersion;
use super::change::{Edit, Vocabulary};
use super::refusal::Refusal;
use super::tree::{Tree, on};
use crate::timeline::Span;
use crate::{Day, UnitId};

/// New version lists for some units, laid over a tree.
pub(super) struct Draft<'a> {
    tree: &'a Tree,
    lists: BTreeMap<UnitId, Vec<UnitVersion>>,
}

/// Which rules a changed unit must be held to again. What a change left alone
/// is not looked at: an old fault in the records must not stop a rename.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Scope {
    /// Its code is new.
    pub code: bool,
    /// The unit above, or its own level, is new.
    pub place: bool,
    /// Its own level is new, so that its children must be looked at too.
    pub below: bool,
}

impl<'a> Draft<'a> {
    /// A draft that changes nothing yet.
    pub fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            lists: BTreeMap::new(),
        }
    }

    /// The unit's versions as drafted.
    pub fn list(&self, unit: UnitId) -> &[UnitVersion] {
        self.lists
            .get(&unit)
            .map_or_else(|| self.tree.versions(unit), Vec::as_slice)
    }

    /// Sets the unit's versions. Equal neighbours become one.
    pub fn put(&mut self, unit: UnitId, mut list: Vec<UnitVersion>) {
        list.dedup_by(|later, earlier| {
            let same = earlier.until == Some(later.from) && same_facts(earlier, later);
            if same {
                earlier.until = later.until;
            }
            same
        });
        self.lists.insert(unit, list);
    }

    /// The draft with the indices its checks need.
    pub fn checks(&self) -> Checks<'_> {
        let mut by_code: BTreeMap<&str, Vec<&UnitVersion>> = BTreeMap::new();
        let mut by_parent: BTreeMap<UnitId, Vec<&UnitVersion>> = BTreeMap::new();
        for version in self.lists.values().flatten() {
            by_code.entry(&version.code).or_default().push(version);
            if let Some(parent) = version.parent {
                by_parent.entry(parent).or_default().push(version);
            }
        }
        Checks {
            draft: self,
            by_code,
            by_parent,
        }
    }

    /// The steps from the tree's records to the draft's, and the units with a
    /// step. Drops and ends come before puts.
    pub fn finish(self) -> (Vec<Edit>, Vec<UnitId>) {
        let (mut edits, mut puts, mut touched) = (Vec::new(), Vec::new(), Vec::new());
        for (unit, list) in self.lists {
            let before = edits.len() + puts.len();
            let old = self.tree.versions(unit);
            for version in old {
                if list
                    .binary_search_by_key(&version.from, |new| new.from)
                    .is_err()
                {
                    edits.push(Edit::Drop {
                        unit,
                        from: version.from,
                    });
                }
            }
            for new in list {
                let stood = old
                    .binary_search_by_key(&new.from, |version| version.from)
                    .ok()
                    .map(|place| &old[place]);
                match (stood, new.until) {
                    (Some(stood), _) if *stood == new => {}
                    (Some(stood), Some(until)) if same_facts(stood, &new) => {
                        edits.push(Edit::End {
                            unit,
                            from: new.from,
                            until,
                        });
                    }
                    _ => puts.push(Edit::Put(new)),
                }
            }
            if edits.len() + puts.len() > before {
                touched.push(unit);
            }
        }
        edits.append(&mut puts);
        (edits, touched)
    }
}

/// A draft, ready to be held against the rules.
pub(super) struct Checks<'d> {
    draft: &'d Draft<'d>,
    by_code: BTreeMap<&'d str, Vec<&'d UnitVersion>>,
    by_parent: BTreeMap<UnitId, Vec<&'d UnitVersion>>,
}

impl Checks<'_> {
    /// Holds one unit to the rules from `since` on.
    ///
    /// # Errors
    /// The first of: code taken, unit above missing, circle, level not above,
    /// children remain.
    pub fn unit(
        &self,
        unit: UnitId,
        since: Day,
        scope: Scope,
        words: &Vocabulary,
    ) -> Result<(), Refusal> {
        if scope.code {
            self.code(unit, since)?;
        }
        if scope.place {
            self.parent_stands(unit, since)?;
            self.no_circle(unit, since)?;
            for version in self.draft.list(unit) {
                self.level(version, since, words)?;
            }
        }
        if scope.below {
            for child in self.under(unit) {
                self.level(child, since, words)?;
            }
        }
        Ok(())
    }

    /// A code belongs to one unit on any day.
    fn code(&self, unit: UnitId, since: Day) -> Result<(), Refusal> {
        for version in self.draft.list(unit) {
            let Some(span) = version.span().meet(Span::from(since)) else {
                continue;
            };
            let drafted = self
                .by_code
                .get(version.code.as_str())
                .into_iter()
                .flatten()
                .copied();
            let kept = self
                .draft
                .tree
                .with_code(&version.code)
                .filter(|other| self.is_kept(other.unit));
            for other in drafted.chain(kept).filter(|other| other.unit != unit) {
                if let Some(both) = span.meet(other.span()) {
                    return Err(Refusal::CodeTaken {
                        code: version.code.clone(),
                        by: other.unit,
                        from: both.from,
                    });
                }
            }
        }
        Ok(())
    }

    /// The unit above exists as long as it is named.
    fn parent_stands(&self, unit: UnitId, since: Day) -> Result<(), Refusal> {
        for version in self.draft.list(unit) {
            let (Some(parent), Some(span)) =
                (version.parent, version.span().meet(Span::from(since)))
            else {
                continue;
            };
            if let Some(day) = uncovered(self.draft.list(parent), span) {
                return Err(Refusal::ParentMissing { unit, parent, day });
            }
        }
        Ok(())
    }

    /// No unit stands above itself on any day.
    fn no_circle(&self, unit: UnitId, since: Day) -> Result<(), Refusal> {
        let mut waiting = vec![(unit, Span::from(since), 0)];
        let mut path: Vec<UnitId> = Vec::new();
        while let Some((next, span, depth)) = waiting.pop() {
            path.truncate(depth);
            if let Some(start) = path.iter().position(|above| *above == next) {
                return Err(Refusal::Circle {
                    units: path.split_off(start),
                });
            }
            path.push(next);
            for version in self.draft.list(next) {
                if let (Some(parent), Some(both)) = (version.parent, version.span().meet(span)) {
                    waiting.push((parent, both, depth + 1));
                }
            }
        }
        Ok(())
    }

    /// The level of the unit above ranks above the unit's own.
    fn level(&self, version: &UnitVersion, since: Day, words: &Vocabulary) -> Result<(), Refusal> {
        let (Some(parent), Some(span)) = (version.parent, version.span().meet(Span::from(since)))
        else {
            return Ok(());
        };
        for above in self
            .draft
            .list(parent)
            .iter()
            .filter(|above| above.span().meet(span).is_some())
        {
            if rank(words, above)? >= rank(words, version)? {
                return Err(Refusal::LevelNotAbove {
                    unit: version.unit,
                    level: version.level.clone(),
                    parent,
                    parent_level: above.level.clone(),
                });
            }
        }
        Ok(())
    }

    /// No unit still stands, on or after `since`, under one that has ended.
    ///
    /// # Errors
    /// [`Refusal::ChildrenRemain`] with all of them.
    pub fn none_left_under(&self, unit: UnitId, since: Day) -> Result<(), Refusal> {
        let list = self.draft.list(unit);
        let left: BTreeSet<UnitId> = self
            .under(unit)
            .filter(|child| {
                child
                    .span()
                    .meet(Span::from(since))
                    .is_some_and(|span| uncovered(list, span).is_some())
            })
            .map(|child| child.unit)
            .collect();
        if left.is_empty() {
            Ok(())
        } else {
            Err(Refusal::ChildrenRemain {
                unit,
                children: left.into_iter().collect(),
            })
        }
    }

    /// Every version under the unit, on whatever days.
    fn under(&self, unit: UnitId) -> impl Iterator<Item = &UnitVersion> {
        let drafted = self.by_parent.get(&unit).into_iter().flatten().copied();
        drafted.chain(
            self.draft
                .tree
                .versions_under(Some(unit))
                .filter(|child| self.is_kept(child.unit)),
        )
    }

    fn is_kept(&self, unit: UnitId) -> bool {
        !self.draft.lists.contains_key(&unit)
    }
}

fn rank(words: &Vocabulary, version: &UnitVersion) -> Result<u8, Refusal> {
    let rank = words.ranks.get(&version.level).copied();
    rank.ok_or_else(|| Refusal::LevelUnknown {
        level: version.level.clone(),
    })
}

fn same_facts(a: &UnitVersion, b: &UnitVersion) -> bool {
    a.code == b.code
        && a.name == b.name
        && a.parent == b.parent
        && a.level == b.level
        && a.kind == b.kind
        && a.members == b.members
}

/// The first day of the span on which the unit does not exist.
fn uncovered(versions: &[UnitVersion], span: Span) -> Option<Day> {
    let mut day = span.from;
    loop {
        let Some(version) = on(versions, day) else {
            return Some(day);
        };
        let until = version.until?;
        if span.until.is_some_and(|end| end <= until) {
            return None;
        }
        day = until;
    }
}
