use super::{Grown, assert_sound, day, kind, level, new, words};
use crate::UnitId;
use crate::org::change::Change;
use crate::org::import::{Fate, Field, ImportCode, InputCell, InputRow, Labels, Severity, Summary};
use crate::org::{ImportPlan, SheetInput, Tree, plan_import};

const ON: &str = "2020-03-02";

fn labels() -> Labels {
    Labels::new()
        .with_level("Chi bộ", level("branch"))
        .with_level("Đảng bộ cơ sở", level("grassroots"))
        .with_kind("Khu dân cư", kind("residential"))
        .with_kind("Cơ quan", kind("agency"))
}

fn sheet(rows: &[&str]) -> SheetInput {
    let cells = |row: &str| {
        row.split('|')
            .map(|cell| match cell.strip_prefix('=') {
                Some(formula) => InputCell::Formula(formula.to_owned()),
                None if cell.is_empty() => InputCell::Empty,
                None => InputCell::Text(cell.to_owned()),
            })
            .collect()
    };
    SheetInput {
        header: [
            "Tên",
            " MÃ ",
            "Mã  cấp trên",
            "cấp",
            "Loại hình",
            "Số đảng viên",
            "Từ ngày",
        ]
        .map(str::to_owned)
        .into(),
        rows: (2..)
            .zip(rows)
            .map(|(line, row)| InputRow {
                line,
                cells: cells(row),
            })
            .collect(),
    }
}

fn plan(tree: &Tree, root: Option<u128>, sheet: &SheetInput) -> ImportPlan {
    let mut next = 500;
    let mut new_id = || {
        next += 1;
        UnitId(next)
    };
    plan_import(
        tree,
        &words(),
        &labels(),
        root.map(UnitId),
        day(ON),
        sheet,
        &mut new_id,
    )
}

/// Province 1 over district 2 over grassroots 3 and 4; branch 5 under 3.
fn standing() -> Tree {
    let mut grown = Grown::new();
    grown
        .make("2015-01-01", Change::Found(new(1, None, "province", 0)))
        .make("2015-01-01", Change::Found(new(2, Some(1), "district", 0)))
        .make(
            "2015-01-01",
            Change::Found(new(3, Some(2), "grassroots", 0)),
        )
        .make(
            "2015-01-01",
            Change::Found(new(4, Some(2), "grassroots", 0)),
        )
        .make("2015-01-01", Change::Found(new(5, Some(3), "branch", 9)));
    grown.tree
}

fn codes(plan: &ImportPlan) -> Vec<(u32, Field, ImportCode)> {
    plan.findings
        .iter()
        .map(|finding| (finding.line, finding.field, finding.code))
        .collect()
}

#[test]
fn children_may_stand_before_parents() {
    let plan = plan(
        &Tree::default(),
        None,
        &sheet(&[
            "Chi bộ 1|CB1|KT|chi bộ|Khu dân cư|28|",
            "Chi bộ 2|CB2|KT|Chi Bộ|CƠ QUAN|1.028|01/07/2020",
            "||||||",
            "Khuê Trung|KT||Đảng bộ cơ sở|Cơ quan|0|",
        ]),
    );
    assert_eq!(codes(&plan), []);
    assert_eq!(
        plan.summary,
        Summary {
            new: 3,
            ..Summary::default()
        }
    );
    let tree = Tree::default().after(&plan.outcome().unwrap().edits);
    assert_sound(&tree);
    assert_eq!(
        tree.by_code_on("CB2", day(ON)),
        None,
        "a row may name its own day"
    );
    let second = tree.by_code_on("CB2", day("2020-07-01")).unwrap();
    assert_eq!((second.members, &second.kind), (1028, &kind("agency")));
    assert_eq!(
        second.parent,
        tree.by_code_on("KT", day(ON)).map(|version| version.unit)
    );
}

#[test]
fn only_what_differs_changes() {
    let tree = standing();
    let plan = plan(
        &tree,
        Some(2),
        &sheet(&[
            "Đơn vị 2|U2||district|residential|0|",
            "Đơn vị 4|U4|U2|grassroots|residential|0|",
            "Đơn vị năm|U5|U4|branch|residential|9|",
        ]),
    );
    assert_eq!(codes(&plan), []);
    assert_eq!(
        plan.summary,
        Summary {
            changed: 1,
            same: 2,
            absent: 1,
            ..Summary::default()
        }
    );
    assert_eq!(plan.absent, [UnitId(3)]);
    let Fate::Changed(changes) = &plan.rows[2].fate else {
        panic!("{:?}", plan.rows[2])
    };
    let shown: Vec<_> = changes
        .iter()
        .map(|one| (one.field, one.old.as_str(), one.new.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            (Field::Name, "Đơn vị 5", "Đơn vị năm"),
            (Field::ParentCode, "U3", "U4")
        ]
    );
    let outcome = plan.outcome().unwrap();
    assert_eq!(outcome.touched, [UnitId(5)]);
    let after = tree.after(&outcome.edits);
    assert_eq!(
        after.on(UnitId(5), day("2020-03-01")).unwrap().parent,
        Some(UnitId(3))
    );
    assert_eq!(
        after.on(UnitId(5), day(ON)).unwrap().parent,
        Some(UnitId(4))
    );
    assert!(
        after.on(UnitId(3), day(ON)).is_some(),
        "what is absent stays"
    );
}

#[test]
fn every_fault_is_named_in_its_cell() {
    let plan = plan(
        &Tree::default(),
        None,
        &sheet(&[
            "Gốc|R||district|residential|0|",
            "Không mã||R|branch|residential|1|",
            "Trùng|R|R|branch|residential|1|",
            "|E|R|tổ|lạ|-1|31/02/2020",
            "Nhiều|M|R|branch|residential|10000001|",
            "Mồ côi|O|NOPE|branch|residential|1|",
            "=A1|F|R|branch|residential|1|",
            "Dòng\nhai|L|R|branch|residential|1|",
            "Ngang|N|R|district|residential|1|",
            "Gốc hai|R2||district|residential|1|",
            "Mã cách|A B|R|branch|residential|1,5|",
        ]),
    );
    assert_eq!(
        codes(&plan),
        [
            (3, Field::Code, ImportCode::CodeEmpty),
            (4, Field::Code, ImportCode::CodeTwice),
            (5, Field::Name, ImportCode::NameEmpty),
            (5, Field::Level, ImportCode::LevelUnknown),
            (5, Field::Kind, ImportCode::KindUnknown),
            (5, Field::Members, ImportCode::NotACount),
            (5, Field::From, ImportCode::NotADay),
            (6, Field::Members, ImportCode::CountTooBig),
            (7, Field::ParentCode, ImportCode::ParentUnknown),
            (8, Field::Name, ImportCode::Formula),
            (9, Field::Name, ImportCode::ControlCharacter),
            (10, Field::Level, ImportCode::LevelNotBetween),
            (11, Field::ParentCode, ImportCode::SecondRoot),
            (12, Field::Code, ImportCode::CodeMalformed),
            (12, Field::Members, ImportCode::NotACount),
        ]
    );
    assert_eq!(plan.findings[1].lines, [2], "the other line is named");
    assert_eq!(plan.findings[3].value, "tổ");
    assert_eq!(plan.summary.errors, 10);
    assert_eq!(plan.outcome().unwrap_err().findings, 15);
}

#[test]
fn a_circle_names_its_chain() {
    let plan = plan(
        &Tree::default(),
        None,
        &sheet(&[
            "A|A|B|branch|residential|0|",
            "B|B|C|branch|residential|0|",
            "C|C|A|branch|residential|0|",
            "D|D|A|branch|residential|0|",
            "E|E|E|branch|residential|0|",
        ]),
    );
    let circles: Vec<_> = plan
        .findings
        .iter()
        .filter(|finding| finding.code == ImportCode::Circle)
        .collect();
    assert_eq!(circles.len(), 4);
    assert_eq!(
        (circles[0].value.as_str(), &circles[0].lines),
        ("A → B → C → A", &vec![3, 4])
    );
    assert_eq!(circles[3].value, "E → E");
}

#[test]
fn nothing_outside_the_root_is_touched() {
    let plan = plan(
        &standing(),
        Some(3),
        &sheet(&[
            "Lạ|U4|U3|grassroots|residential|0|",
            "Mới|X|U4|branch|residential|0|",
            "Mới hai|Y|U2|branch|residential|0|",
            "Đơn vị 3|U3|U1|grassroots|residential|0|",
            "Không trên|Z||branch|residential|0|",
        ]),
    );
    let found = codes(&plan);
    assert!(found.contains(&(2, Field::Code, ImportCode::OutsideRoot)));
    assert!(found.contains(&(4, Field::ParentCode, ImportCode::OutsideRoot)));
    assert!(found.contains(&(5, Field::ParentCode, ImportCode::OutsideRoot)));
    assert!(found.contains(&(6, Field::ParentCode, ImportCode::SecondRoot)));
}

#[test]
fn what_stands_later_is_held_against_the_rows() {
    let mut grown = Grown {
        tree: standing(),
        words: words(),
    };
    grown
        .make("2021-01-01", Change::Found(new(6, Some(4), "branch", 1)))
        .make("2022-01-01", Change::Close { unit: UnitId(6) })
        .make("2022-01-01", Change::Close { unit: UnitId(4) });
    let late = plan(
        &grown.tree,
        None,
        &sheet(&[
            "Trước|U6|U3|branch|residential|0|",
            "Dưới|W|U4|branch|residential|0|",
        ]),
    );
    assert_eq!(
        codes(&late),
        [
            (2, Field::Code, ImportCode::CodeTakenLater),
            (3, Field::ParentCode, ImportCode::ParentNotStanding),
        ]
    );
    assert_eq!(late.findings[1].value, "2022-01-01");
    let low = plan(
        &grown.tree,
        None,
        &sheet(&["Đơn vị 3|U3|U2|branch|residential|0|"]),
    );
    assert_eq!(
        codes(&low),
        [(2, Field::Level, ImportCode::LevelNotBetween)],
        "its branch would be of its level"
    );
}

#[test]
fn columns_are_known_in_both_languages() {
    let mut english = sheet(&["Root|R||district|residential|0|"]);
    english.header = [
        "Name",
        "Code",
        "PARENT CODE",
        "Level",
        "kind",
        "Members",
        "Notes",
    ]
    .map(str::to_owned)
    .into();
    let good = plan(&Tree::default(), None, &english);
    assert_eq!(good.header_findings.len(), 1);
    assert_eq!(
        (
            good.header_findings[0].code,
            good.header_findings[0].severity
        ),
        (ImportCode::ColumnUnknown, Severity::Warns)
    );
    assert!(good.outcome().is_ok());
    english.header[6] = "Mã".into();
    english.header[0] = "Ghi chú".into();
    let bad = plan(&Tree::default(), None, &english);
    let found: Vec<_> = bad
        .header_findings
        .iter()
        .map(|finding| (finding.code, finding.field, finding.column))
        .collect();
    assert_eq!(
        found,
        [
            (ImportCode::ColumnUnknown, None, Some(0)),
            (ImportCode::ColumnTwice, Some(Field::Code), Some(6)),
            (ImportCode::ColumnMissing, Some(Field::Name), None),
        ]
    );
    assert!(bad.rows.is_empty() && bad.outcome().is_err());
}

#[test]
fn every_code_has_its_own_number() {
    let numbers: std::collections::BTreeSet<&str> =
        ImportCode::ALL.iter().map(|code| code.code()).collect();
    assert_eq!(numbers.len(), ImportCode::ALL.len());
}
