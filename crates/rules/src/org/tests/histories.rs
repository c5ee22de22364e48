//! Random histories, back-dated changes included: whatever is not refused
//! leaves the records sound on every day.

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::{assert_sound, kind, level, new, words};
use crate::org::change::{Change, Edit, NewUnit, Part};
use crate::org::{Tree, UnitVersion, apply};
use crate::{Day, UnitId};

const LEVELS: [&str; 4] = ["province", "district", "grassroots", "branch"];

/// A step before it is known which units there are: numbers to choose by.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub on: i64,
    what: u8,
    a: usize,
    b: usize,
    c: u32,
}

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..30i64, 0..12u8, 0..100usize, 0..100usize, 0..20u32);
    prop::collection::vec(
        step.prop_map(|(on, what, a, b, c)| Step {
            on: 18_000 + on,
            what,
            a,
            b,
            c,
        }),
        1..60,
    )
}

fn change(tree: &Tree, on: Day, step: &Step, next: u128) -> Option<Change> {
    let alive: Vec<UnitId> = tree.alive_on(on).map(|version| version.unit).collect();
    let pick = |place: usize| alive.get(place % alive.len().max(1)).copied();
    let unit = pick(step.a);
    let rank = |unit: Option<UnitId>| {
        unit.and_then(|unit| tree.on(unit, on))
            .and_then(|v| LEVELS.iter().position(|level| *level == v.level.0))
    };
    let below =
        |unit: Option<UnitId>| LEVELS[rank(unit).map_or(0, |rank| (rank + 1 + step.b % 2).min(3))];
    let begin = |number: u128, parent: Option<UnitId>, members: u32| {
        let mut unit = new(
            number,
            parent.map(|parent| parent.0),
            below(parent),
            members,
        );
        unit.code = format!("C{}", (step.b + usize::try_from(number % 7).unwrap()) % 40);
        unit
    };
    Some(match step.what {
        0..=3 => Change::Found(begin(next, unit, step.c)),
        4 => Change::Rename {
            unit: unit?,
            name: format!("Tên {}", step.c % 3),
            code: None,
        },
        5 => Change::Rename {
            unit: unit?,
            name: "Tên".into(),
            code: Some(format!("C{}", step.b % 40)),
        },
        6 => Change::Move {
            unit: unit?,
            parent: pick(step.b),
        },
        7 => Change::Reclassify {
            unit: unit?,
            level: level(LEVELS[step.b % 4]),
            kind: kind("agency"),
        },
        8 => Change::Resize {
            unit: unit?,
            members: step.c % 4,
        },
        9 => Change::Close { unit: unit? },
        10 => {
            let alike = |other: &&UnitId| rank(Some(**other)) == rank(unit);
            let units: Vec<UnitId> = alive.iter().filter(alike).take(3).copied().collect();
            let parent = tree.on(*units.first()?, on)?.parent;
            let mut into = begin(next, parent, step.c);
            into.level = tree.on(units[0], on)?.level.clone();
            Change::Merge { units, into }
        }
        _ => split(tree, tree.on(unit?, on)?, &begin, next),
    })
}

/// A split that shares children and members in halves.
fn split(
    tree: &Tree,
    version: &UnitVersion,
    begin: &dyn Fn(u128, Option<UnitId>, u32) -> NewUnit,
    next: u128,
) -> Change {
    let mut children: Vec<UnitId> = tree
        .versions_under(Some(version.unit))
        .map(|child| child.unit)
        .collect();
    children.dedup();
    let rest = children.split_off(children.len() / 2);
    let share = version.members / 2;
    let mut parts = [
        (next, share, children),
        (next + 1, version.members - share, rest),
    ]
    .map(|(number, members, children)| Part {
        unit: begin(number, version.parent, members),
        children,
    });
    parts[1].unit.code.push('b');
    parts
        .iter_mut()
        .for_each(|part| part.unit.level = version.level.clone());
    Change::Split {
        unit: version.unit,
        into: parts.into(),
    }
}

/// The tree the steps make, checked after each; and how many were not refused.
pub(super) fn grow(steps: &[Step]) -> (Tree, usize) {
    let mut tree = Tree::default();
    let mut made = 0;
    for (place, step) in steps.iter().enumerate() {
        let on = Day::from_number(step.on).unwrap();
        let Some(change) = change(&tree, on, step, 1_000 + 2 * place as u128) else {
            continue;
        };
        let Ok(outcome) = apply(&tree, &words(), on, &change) else {
            continue;
        };
        let after = tree.after(&outcome.edits);
        assert_sound(&after);
        let mut puts = outcome
            .edits
            .iter()
            .skip_while(|edit| !matches!(edit, Edit::Put(_)));
        assert!(
            puts.all(|edit| matches!(edit, Edit::Put(_))),
            "drops and ends come first"
        );
        for version in tree.all() {
            let held = Day::from_number(i64::from(on.number()) - 1).unwrap();
            if version.span().holds(held) {
                let still = after.on(version.unit, held).unwrap();
                assert_eq!(
                    (&still.name, &still.code, still.parent, still.members),
                    (
                        &version.name,
                        &version.code,
                        version.parent,
                        version.members
                    ),
                    "the day before stays as it was"
                );
            }
        }
        if let Change::Split { unit, into } = &change {
            let parts: u32 = into
                .iter()
                .map(|part| after.on(part.unit.unit, on).unwrap().members)
                .sum();
            assert_eq!(tree.on(*unit, on).unwrap().members, parts);
            assert_eq!(outcome.lineage.len(), into.len());
        }
        tree = after;
        made += 1;
    }
    (tree, made)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_history_is_sound(steps in steps()) {
        grow(&steps);
    }
}

/// The histories above would prove nothing if nearly all were refused.
#[test]
fn most_kinds_of_change_do_happen() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut kinds = std::collections::BTreeSet::new();
    let mut made = 0;
    for _ in 0..100 {
        let steps = steps().new_tree(&mut runner).unwrap().current();
        made += grow(&steps).1;
        let mut tree = Tree::default();
        for (place, step) in steps.iter().enumerate() {
            let on = Day::from_number(step.on).unwrap();
            let Some(change) = change(&tree, on, step, 1_000 + 2 * place as u128) else {
                continue;
            };
            if let Ok(outcome) = apply(&tree, &words(), on, &change) {
                kinds.insert(
                    format!("{change:?}")
                        .chars()
                        .take_while(|letter| letter.is_alphabetic())
                        .collect::<String>(),
                );
                tree = tree.after(&outcome.edits);
            }
        }
    }
    assert_eq!(kinds.len(), 8, "all eight kinds");
    assert!(made > 500, "{made}");
}
