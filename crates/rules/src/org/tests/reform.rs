//! 1 July 2025, in mid-season: the district level ends, and its grassroots
//! organisations come directly under the province (rule 2.8).

use super::{Grown, assert_sound, day, new};
use crate::UnitId;
use crate::org::change::{Change, Part};
use crate::org::{Passage, Refusal, apply};

const REFORM: &str = "2025-07-01";

fn season() -> Grown {
    let mut grown = Grown::new();
    grown.make("2020-01-01", Change::Found(new(1, None, "province", 0)));
    for district in [2, 3] {
        grown.make(
            "2020-01-01",
            Change::Found(new(district, Some(1), "district", 0)),
        );
        for ward in 0..4 {
            grown.make(
                "2020-01-01",
                Change::Found(new(district * 10 + ward, Some(district), "grassroots", 100)),
            );
        }
    }
    grown
}

#[test]
fn districts_close_once_their_units_have_moved() {
    let mut grown = season();
    let close = Change::Close { unit: UnitId(2) };
    assert!(
        matches!(grown.refused(REFORM, &close), Refusal::ChildrenRemain { children, .. } if children.len() == 4)
    );
    for ward in (20..24).chain(30..34) {
        grown.make(
            REFORM,
            Change::Move {
                unit: UnitId(ward),
                parent: Some(UnitId(1)),
            },
        );
    }
    grown
        .make(REFORM, close)
        .make(REFORM, Change::Close { unit: UnitId(3) });
    assert_sound(&grown.tree);
    assert_eq!(
        grown.tree.children_on(UnitId(1), day("2025-06-30")).len(),
        2
    );
    assert_eq!(grown.tree.children_on(UnitId(1), day(REFORM)).len(), 8);
    assert_eq!(
        grown.tree.ancestors_on(UnitId(20), day("2025-06-30")),
        [UnitId(1), UnitId(2)]
    );
    assert_eq!(grown.tree.on(UnitId(2), day(REFORM)), None);
    let late = Change::Found(new(40, Some(2), "grassroots", 1));
    assert!(
        matches!(grown.refused("2025-01-01", &late), Refusal::ParentMissing { day: on, .. } if on == day(REFORM))
    );
}

#[test]
fn a_merger_takes_the_children_along() {
    let mut grown = season();
    grown
        .make(
            "2025-09-01",
            Change::Found(new(24, Some(2), "grassroots", 5)),
        )
        .make(
            REFORM,
            Change::Merge {
                units: vec![UnitId(2), UnitId(3)],
                into: new(4, Some(1), "district", 0),
            },
        );
    assert_sound(&grown.tree);
    assert_eq!(grown.tree.children_on(UnitId(4), day(REFORM)).len(), 8);
    assert_eq!(
        grown.tree.children_on(UnitId(4), day("2025-09-01")).len(),
        9,
        "founded later, and passes too"
    );
    assert_eq!(
        grown.tree.children_on(UnitId(2), day("2025-06-30")).len(),
        4
    );
}

#[test]
fn a_split_shares_children_and_members_without_remainder() {
    let mut grown = season();
    for branch in 0..3 {
        grown.make(
            "2020-01-01",
            Change::Found(new(200 + branch, Some(20), "branch", 30)),
        );
    }
    let parts = |members: [u32; 2], children: [&[u128]; 2]| Change::Split {
        unit: UnitId(20),
        into: (0..2u8)
            .map(|part| Part {
                unit: new(
                    50 + u128::from(part),
                    Some(2),
                    "grassroots",
                    members[usize::from(part)],
                ),
                children: children[usize::from(part)]
                    .iter()
                    .map(|child| UnitId(*child))
                    .collect(),
            })
            .collect(),
    };
    let on = "2024-01-01";
    let shares: [&[u128]; 2] = [&[200], &[201, 202]];
    assert_eq!(
        grown.refused(on, &parts([60, 41], shares)).code(),
        "E-ORG-20"
    );
    assert_eq!(
        grown.refused(on, &parts([60, 40], [&[200], &[201]])),
        Refusal::ChildLeftOver { child: UnitId(202) }
    );
    assert_eq!(
        grown.refused(on, &parts([60, 40], [&[200, 201], &[201, 202]])),
        Refusal::NamedTwice { unit: UnitId(201) }
    );
    assert_eq!(
        grown
            .refused(on, &parts([60, 40], [&[200, 21], &[201, 202]]))
            .code(),
        "E-ORG-19"
    );
    let outcome = apply(&grown.tree, &grown.words, day(on), &parts([60, 40], shares)).unwrap();
    assert!(
        outcome
            .lineage
            .iter()
            .all(|one| one.from == UnitId(20) && one.how == Passage::Split)
    );
    grown.make(on, parts([60, 40], shares));
    assert_sound(&grown.tree);
    assert_eq!(grown.tree.children_on(UnitId(51), day(on)).len(), 2);
    assert_eq!(
        grown.tree.children_on(UnitId(20), day("2023-12-31")).len(),
        3
    );
}
