use std::cmp::Ordering;

use super::{Grown, day, new};
use crate::UnitId;
use crate::org::change::Change;
use crate::org::text::{fold, natural};
use crate::org::{Tree, UnitVersion};

#[test]
fn codes_sort_as_people_count() {
    let mut codes = vec![
        "CB10",
        "CB2",
        "CB02",
        "A",
        "CB2a",
        "CB",
        "CB99999999999999999999999",
        "CB2",
    ];
    codes.sort_by(|a, b| natural(a, b));
    assert_eq!(
        codes,
        [
            "A",
            "CB",
            "CB02",
            "CB2",
            "CB2",
            "CB2a",
            "CB10",
            "CB99999999999999999999999"
        ]
    );
    assert_eq!(natural("", ""), Ordering::Equal);
}

#[test]
fn words_fold_however_they_are_written() {
    assert_eq!(fold(" Mã  cấp TRÊN (*)"), "macaptren");
    assert_eq!(fold("Ma\u{303} ca\u{302}\u{301}p tre\u{302}n"), "macaptren");
    assert_eq!(fold("Số Đảng viên"), "sodangvien");
}

#[test]
fn a_tree_answers_for_any_day() {
    let mut grown = Grown::new();
    grown
        .make("2020-01-01", Change::Found(new(1, None, "province", 0)))
        .make("2020-01-01", Change::Found(new(2, Some(1), "district", 0)))
        .make(
            "2020-01-01",
            Change::Found(new(10, Some(2), "grassroots", 0)),
        )
        .make(
            "2020-01-01",
            Change::Found(new(9, Some(2), "grassroots", 0)),
        )
        .make(
            "2020-06-01",
            Change::Move {
                unit: UnitId(9),
                parent: Some(UnitId(1)),
            },
        );
    let tree = &grown.tree;
    let below = |on: &str| -> Vec<u128> {
        tree.children_on(UnitId(2), day(on))
            .iter()
            .map(|v| v.unit.0)
            .collect()
    };
    assert_eq!(below("2020-05-31"), [9, 10], "U9 before U10");
    assert_eq!(below("2020-06-01"), [10]);
    assert_eq!(
        tree.ancestors_on(UnitId(9), day("2020-05-31")),
        [UnitId(1), UnitId(2)]
    );
    assert_eq!(tree.ancestors_on(UnitId(9), day("2020-06-01")), [UnitId(1)]);
    assert_eq!(tree.by_code_on("U9", day("2019-12-31")), None);
    assert_eq!(
        tree.by_code_on("U9", day("2020-01-01")).map(|v| v.unit),
        Some(UnitId(9))
    );
    let all: Vec<u128> = tree
        .subtree_on(None, day("2020-05-31"))
        .iter()
        .map(|v| v.unit.0)
        .collect();
    assert_eq!(all, [1, 2, 9, 10]);
}

#[test]
fn a_circle_in_the_records_does_not_hang() {
    let circle = |unit: u128, parent: u128| UnitVersion {
        parent: Some(UnitId(parent)),
        ..new(unit, None, "branch", 0).version(day("2020-01-01"))
    };
    let tree = Tree::new(vec![circle(1, 2), circle(2, 1)]);
    assert_eq!(tree.ancestors_on(UnitId(1), day("2020-01-01")), [UnitId(2)]);
    assert_eq!(tree.subtree_on(Some(UnitId(1)), day("2020-01-01")).len(), 2);
}
