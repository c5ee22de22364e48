//! Units as they were, are and will be: worked examples and random histories.

mod export;
mod histories;
mod import;
mod khue_trung;
mod reform;
mod refusals;
mod sheets;
mod tree;

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, NewUnit, Vocabulary};
use super::{Kind, Level, Refusal, Tree, UnitVersion, apply};
use crate::{Day, UnitId};

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn level(code: &str) -> Level {
    Level(code.to_owned())
}

pub(super) fn kind(code: &str) -> Kind {
    Kind(code.to_owned())
}

pub(super) fn words() -> Vocabulary {
    Vocabulary {
        ranks: BTreeMap::from([
            (level("province"), 0),
            (level("district"), 1),
            (level("grassroots"), 2),
            (level("branch"), 3),
        ]),
        kinds: BTreeSet::from([kind("residential"), kind("agency")]),
    }
}

/// A new unit, its code after its number: `U7`.
pub(super) fn new(unit: u128, parent: Option<u128>, of_level: &str, members: u32) -> NewUnit {
    NewUnit {
        unit: UnitId(unit),
        code: format!("U{unit}"),
        name: format!("Đơn vị {unit}"),
        parent: parent.map(UnitId),
        level: level(of_level),
        kind: kind("residential"),
        members,
    }
}

/// A tree that grows by changes.
#[derive(Default)]
pub(super) struct Grown {
    pub tree: Tree,
    pub words: Vocabulary,
}

impl Grown {
    pub fn new() -> Self {
        Self {
            tree: Tree::default(),
            words: words(),
        }
    }

    pub fn make(&mut self, on: &str, change: Change) -> &mut Self {
        let outcome = apply(&self.tree, &self.words, day(on), &change);
        self.tree = self.tree.after(
            &outcome
                .unwrap_or_else(|refusal| panic!("{refusal}: {change:?}"))
                .edits,
        );
        self
    }

    pub fn refused(&self, on: &str, change: &Change) -> Refusal {
        apply(&self.tree, &self.words, day(on), change).expect_err("must be refused")
    }
}

/// What must hold of any records on any day.
pub(super) fn assert_sound(tree: &Tree) {
    let mut days: BTreeSet<Day> = BTreeSet::new();
    for pair in tree
        .all()
        .windows(2)
        .filter(|pair| pair[0].unit == pair[1].unit)
    {
        assert!(
            pair[0].until.is_some_and(|until| until <= pair[1].from),
            "versions overlap: {pair:?}"
        );
    }
    for version in tree.all() {
        assert!(
            version.until.is_none_or(|until| version.from < until),
            "an empty version: {version:?}"
        );
        days.insert(version.from);
        days.extend(version.until);
    }
    for on in days {
        let alive: Vec<&UnitVersion> = tree.alive_on(on).collect();
        let codes: BTreeSet<&str> = alive.iter().map(|version| version.code.as_str()).collect();
        assert_eq!(codes.len(), alive.len(), "codes are unique on {on}");
        for version in alive {
            if let Some(parent) = version.parent {
                let above = tree
                    .on(parent, on)
                    .unwrap_or_else(|| panic!("{version:?} without a parent on {on}"));
                assert!(words().ranks[&above.level] < words().ranks[&version.level]);
                let line = tree.ancestors_on(version.unit, on);
                let top = tree.on(line[0], on).unwrap();
                assert_eq!(
                    top.parent, None,
                    "the line of {version:?} ends in a root on {on}"
                );
            }
        }
    }
}
