use super::{Grown, day, kind, level, new};
use crate::UnitId;
use crate::org::change::{Change, NewUnit};
use crate::org::text::TextFault;
use crate::org::{Refusal, apply};

const START: &str = "2020-01-01";
const LATER: &str = "2021-01-01";

fn small() -> Grown {
    let mut grown = Grown::new();
    grown
        .make(START, Change::Found(new(1, None, "province", 0)))
        .make(START, Change::Found(new(2, Some(1), "district", 0)))
        .make(START, Change::Found(new(3, Some(1), "district", 0)))
        .make(START, Change::Found(new(4, Some(2), "branch", 7)));
    grown
}

fn code(on: &str, change: &Change) -> &'static str {
    small().refused(on, change).code()
}

fn rename(unit: u128, name: &str, code: Option<&str>) -> Change {
    Change::Rename {
        unit: UnitId(unit),
        name: name.into(),
        code: code.map(str::to_owned),
    }
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let gone = Change::Resize {
        unit: UnitId(4),
        members: 1,
    };
    assert_eq!(code("2019-12-31", &gone), "E-ORG-01");
    assert_eq!(
        code(LATER, &Change::Found(new(4, Some(2), "branch", 1))),
        "E-ORG-02"
    );
    assert_eq!(
        code(
            LATER,
            &Change::Found(NewUnit {
                code: "U4".into(),
                ..new(9, Some(2), "branch", 1)
            })
        ),
        "E-ORG-03"
    );
    assert_eq!(
        code(
            LATER,
            &Change::Resize {
                unit: UnitId(4),
                members: 10_000_001
            }
        ),
        "E-ORG-06"
    );
    assert_eq!(
        code(LATER, &Change::Found(new(9, Some(2), "cell", 1))),
        "E-ORG-07"
    );
}

#[test]
fn where_a_unit_cannot_stand_is_refused_by_name() {
    let unknown = Change::Reclassify {
        unit: UnitId(4),
        level: level("branch"),
        kind: kind("army"),
    };
    assert_eq!(code(LATER, &unknown), "E-ORG-08");
    assert_eq!(
        code(LATER, &Change::Found(new(9, Some(4), "branch", 1))),
        "E-ORG-09"
    );
    assert_eq!(
        code(LATER, &Change::Found(new(9, Some(8), "branch", 1))),
        "E-ORG-10"
    );
    assert_eq!(
        code("2019-01-01", &Change::Found(new(9, Some(2), "branch", 1))),
        "E-ORG-10",
        "before the parent"
    );
    assert_eq!(
        code(
            LATER,
            &Change::Move {
                unit: UnitId(2),
                parent: Some(UnitId(4))
            }
        ),
        "E-ORG-11"
    );
    assert_eq!(
        code(
            LATER,
            &Change::Move {
                unit: UnitId(2),
                parent: Some(UnitId(2))
            }
        ),
        "E-ORG-11"
    );
    assert_eq!(code(LATER, &Change::Close { unit: UnitId(2) }), "E-ORG-12");
    assert_eq!(
        code(
            LATER,
            &Change::Resize {
                unit: UnitId(4),
                members: 7
            }
        ),
        "E-ORG-17"
    );
    assert_eq!(code(START, &Change::Close { unit: UnitId(4) }), "E-ORG-21");
    let below = Change::Reclassify {
        unit: UnitId(2),
        level: level("branch"),
        kind: kind("agency"),
    };
    assert_eq!(
        code(LATER, &below),
        "E-ORG-09",
        "its own child would be of the same level"
    );
}

#[test]
fn texts_are_held_to_their_form() {
    let long = "x".repeat(41);
    for (text, fault) in [
        (" ", TextFault::Empty),
        ("A B", TextFault::Spaces),
        (long.as_str(), TextFault::TooLong),
        ("A\u{0}", TextFault::Control),
    ] {
        let refusal = small().refused(LATER, &rename(4, "Chi bộ", Some(text)));
        assert_eq!(
            refusal,
            Refusal::CodeMalformed {
                code: text.into(),
                fault
            }
        );
    }
    assert_eq!(code(LATER, &rename(4, " ", None)), "E-ORG-05");
    assert_eq!(code(LATER, &rename(4, &"ộ".repeat(201), None)), "E-ORG-05");
    let grown = small();
    assert!(
        apply(
            &grown.tree,
            &grown.words,
            day(LATER),
            &rename(4, &"ộ".repeat(200), Some("ĐB-1"))
        )
        .is_ok()
    );
}

#[test]
fn mergers_and_splits_are_held_to_their_form() {
    let merge = |units: &[u128]| Change::Merge {
        units: units.iter().map(|unit| UnitId(*unit)).collect(),
        into: new(9, Some(1), "district", 0),
    };
    assert_eq!(code(LATER, &merge(&[2])), "E-ORG-13");
    assert_eq!(code(LATER, &merge(&[2, 2])), "E-ORG-14");
    assert_eq!(code(LATER, &merge(&[3, 4])), "E-ORG-15");
    assert_eq!(code(LATER, &merge(&[2, 4])), "E-ORG-16");
    assert_eq!(
        code(
            LATER,
            &Change::Split {
                unit: UnitId(4),
                into: Vec::new()
            }
        ),
        "E-ORG-13"
    );
    let mut grown = small();
    grown.make("2022-01-01", Change::Close { unit: UnitId(3) });
    assert_eq!(grown.refused(LATER, &merge(&[2, 3])).code(), "E-ORG-22");
}

#[test]
fn later_versions_count() {
    let mut grown = small();
    grown.make("2022-01-01", rename(3, "Huyện", Some("NEW")));
    assert_eq!(
        grown
            .refused(LATER, &rename(4, "Chi bộ", Some("NEW")))
            .code(),
        "E-ORG-03",
        "taken from 2022 on"
    );
    grown.make("2022-01-01", Change::Found(new(5, Some(3), "branch", 1)));
    assert_eq!(
        grown
            .refused(LATER, &Change::Close { unit: UnitId(3) })
            .code(),
        "E-ORG-12",
        "a child from 2022 on"
    );
    grown.make(
        "2022-06-01",
        Change::Move {
            unit: UnitId(5),
            parent: Some(UnitId(2)),
        },
    );
    assert_eq!(
        grown
            .refused(LATER, &Change::Close { unit: UnitId(3) })
            .code(),
        "E-ORG-12"
    );
    grown.make("2022-06-01", Change::Close { unit: UnitId(3) });
}
