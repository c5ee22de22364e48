//! Phường Khuê Trung before March 2020: 46 branches become 36 by merger,
//! resizing and renaming; 26 residential, 10 administrative; 993 members.

use super::{Grown, assert_sound, day, kind, level, new};
use crate::UnitId;
use crate::org::change::{Change, NewUnit};
use crate::org::{Passage, Tree, apply};

const WARD: UnitId = UnitId(1);

/// 34 residential and 12 administrative branches of 21 members; number 46 has 20.
fn before() -> Grown {
    let mut grown = Grown::new();
    grown.make(
        "2015-07-01",
        Change::Found(NewUnit {
            name: "Phường Khuê Trung".into(),
            ..new(1, None, "grassroots", 0)
        }),
    );
    for number in 1..=46u128 {
        let of_kind = if number <= 34 {
            "residential"
        } else {
            "agency"
        };
        let members = if number == 46 { 20 } else { 21 };
        let branch = NewUnit {
            code: format!("CB{number}"),
            name: format!("Chi bộ {number}"),
            kind: kind(of_kind),
            ..new(100 + number, Some(1), "branch", members)
        };
        grown.make("2015-07-01", Change::Found(branch));
    }
    grown
}

/// The ten mergers: 16 residential branches into 8, 4 administrative into 2.
fn after() -> Grown {
    let mut grown = before();
    let pairs = (0..8u128)
        .map(|pair| (19 + 2 * pair, "residential"))
        .chain([(43, "agency"), (45, "agency")]);
    for (first, of_kind) in pairs {
        let into = NewUnit {
            code: format!("CB{first}"),
            name: format!("Chi bộ {first} mới"),
            kind: kind(of_kind),
            ..new(200 + first, Some(1), "branch", 42)
        };
        let units = vec![UnitId(100 + first), UnitId(101 + first)];
        grown.make("2020-01-15", Change::Merge { units, into });
    }
    // The members counted again: 26 × 21 + 9 × 42 + 69 = 993.
    grown.make(
        "2020-01-15",
        Change::Resize {
            unit: UnitId(245),
            members: 69,
        },
    );
    let name = "Chi bộ Bình Hòa 1".to_owned();
    grown.make(
        "2020-01-15",
        Change::Rename {
            unit: UnitId(101),
            name,
            code: Some("BH1".into()),
        },
    );
    grown
}

fn counted(tree: &Tree, on: &str) -> (usize, usize, u32) {
    let branches = tree.children_on(WARD, day(on));
    let of = |code: &str| {
        branches
            .iter()
            .filter(|branch| branch.kind == kind(code))
            .count()
    };
    (
        of("residential"),
        of("agency"),
        branches.iter().map(|branch| branch.members).sum(),
    )
}

#[test]
fn forty_six_branches_become_thirty_six() {
    let grown = after();
    assert_sound(&grown.tree);
    assert_eq!(counted(&grown.tree, "2020-03-02"), (26, 10, 993));
    assert_eq!(
        counted(&grown.tree, "2020-01-14"),
        (34, 12, 965),
        "the past day shows the old tree"
    );
    assert_eq!(counted(&before().tree, "2020-03-02"), (34, 12, 965));
    let old = grown.tree.by_code_on("CB19", day("2020-01-14")).unwrap();
    let now = grown.tree.by_code_on("CB19", day("2020-01-15")).unwrap();
    assert_eq!(
        (old.unit, now.unit),
        (UnitId(119), UnitId(219)),
        "a code may pass to the successor"
    );
    assert_eq!(
        grown.tree.on(UnitId(101), day("2020-01-14")).unwrap().name,
        "Chi bộ 1"
    );
    assert_eq!(
        grown.tree.on(UnitId(101), day("2020-01-15")).unwrap().code,
        "BH1"
    );
}

#[test]
fn a_merger_leaves_its_lineage() {
    let grown = before();
    let units = vec![UnitId(101), UnitId(102), UnitId(103)];
    let merge = Change::Merge {
        units: units.clone(),
        into: new(300, Some(1), "branch", 63),
    };
    let outcome = apply(&grown.tree, &grown.words, day("2020-01-15"), &merge).unwrap();
    let from: Vec<UnitId> = outcome.lineage.iter().map(|one| one.from).collect();
    assert_eq!(from, units);
    assert!(
        outcome
            .lineage
            .iter()
            .all(|one| one.into == UnitId(300) && one.how == Passage::Merge)
    );
    assert_eq!(
        outcome.touched,
        [UnitId(101), UnitId(102), UnitId(103), UnitId(300)]
    );
}

#[test]
fn a_back_dated_rename_flows_into_later_versions() {
    let mut grown = before();
    let unit = UnitId(112);
    grown
        .make("2020-06-01", Change::Resize { unit, members: 25 })
        .make(
            "2020-09-01",
            Change::Rename {
                unit,
                name: "Chi bộ 12B".into(),
                code: None,
            },
        )
        .make(
            "2020-03-01",
            Change::Rename {
                unit,
                name: "Chi bộ 12A".into(),
                code: None,
            },
        );
    let name = |on: &str| grown.tree.on(unit, day(on)).unwrap().name.clone();
    assert_eq!(name("2020-02-29"), "Chi bộ 12");
    assert_eq!(name("2020-03-01"), "Chi bộ 12A");
    assert_eq!(
        name("2020-06-01"),
        "Chi bộ 12A",
        "that version changed the members only"
    );
    assert_eq!(grown.tree.on(unit, day("2020-06-01")).unwrap().members, 25);
    assert_eq!(
        name("2020-09-01"),
        "Chi bộ 12B",
        "that version brought its own name"
    );
}

#[test]
fn a_back_dated_change_to_what_stands_later_leaves_one_version() {
    let mut grown = before();
    let unit = UnitId(112);
    grown
        .make("2020-06-01", Change::Resize { unit, members: 25 })
        .make("2020-03-01", Change::Resize { unit, members: 25 });
    assert_eq!(grown.tree.versions(unit).len(), 2);
    grown.make(
        "2020-03-01",
        Change::Reclassify {
            unit,
            level: level("branch"),
            kind: kind("agency"),
        },
    );
    assert_eq!(grown.tree.versions(unit).len(), 2);
}
