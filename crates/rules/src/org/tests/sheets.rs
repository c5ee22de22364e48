//! Sheets of garbage: never a panic, never an outcome with a blocking finding,
//! and never records that are not sound.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use super::histories::{grow, steps};
use super::{assert_sound, words};
use crate::org::import::{Fate, InputCell, InputRow, Labels, Severity};
use crate::org::{SheetInput, Tree, export_rows, plan_import};
use crate::{Day, UnitId};

fn cell() -> impl Strategy<Value = InputCell> {
    let word = prop_oneof![
        "C[0-9]{1,2}",
        "Tên [0-3]",
        Just("branch".to_owned()),
        Just("district".to_owned()),
        Just("grassroots".to_owned()),
        Just("agency".to_owned()),
        "[0-9]{1,9}",
        "\\PC{0,50}",
        ".{0,5}",
        Just("2019-05-01".to_owned()),
    ];
    prop_oneof![
        1 => Just(InputCell::Empty),
        8 => word.prop_map(InputCell::Text),
        2 => "-?[0-9]{0,12}(\\.[0-9]{0,2})?".prop_map(InputCell::Number),
        1 => (17_990..18_040i64).prop_map(|day| InputCell::Day(Day::from_number(day).unwrap())),
        1 => Just(InputCell::Formula("=A1".into())),
        1 => Just(InputCell::Error("#REF!".into())),
        1 => any::<bool>().prop_map(InputCell::Bool),
    ]
}

/// What somebody does to an exported sheet before taking it back in.
#[derive(Clone, Debug)]
struct Touch {
    row: usize,
    other: usize,
    what: u8,
    value: u8,
    from: Option<i64>,
}

fn touches() -> impl Strategy<Value = Vec<Touch>> {
    let touch = (
        0..50usize,
        0..50usize,
        0..7u8,
        0..60u8,
        prop::option::weighted(0.3, 17_998..18_040i64),
    );
    prop::collection::vec(
        touch.prop_map(|(row, other, what, value, from)| Touch {
            row,
            other,
            what,
            value,
            from,
        }),
        1..5,
    )
}

fn touched(mut sheet: SheetInput, touches: &[Touch]) -> SheetInput {
    for touch in touches
        .iter()
        .filter(|_| !sheet.rows.is_empty())
        .collect::<Vec<_>>()
    {
        let count = sheet.rows.len();
        let code = sheet
            .rows
            .get(touch.other % count.max(1))
            .map(|row| row.cells[0].clone());
        let Some(row) = sheet.rows.get_mut(touch.row % count.max(1)) else {
            continue;
        };
        match touch.what {
            0 => row.cells[1] = InputCell::Text(format!("Tên {}", touch.value % 4)),
            1 => row.cells[5] = InputCell::Number((touch.value % 5).to_string()),
            2 => row.cells[2] = code.unwrap_or(InputCell::Empty),
            3 => {
                row.cells[3] = InputCell::Text(
                    ["district", "grassroots", "Chi  BỘ"][usize::from(touch.value % 3)].into(),
                )
            }
            4 => {
                let mut new = row.clone();
                new.line = 1_000 + u32::from(touch.value);
                new.cells[2] = new.cells[0].clone();
                new.cells[0] = InputCell::Text(format!("C{}", touch.value));
                new.cells[3] = InputCell::Text("branch".into());
                sheet.rows.insert(0, new);
            }
            5 => drop(sheet.rows.remove(touch.row % count)),
            _ => row.cells[4] = InputCell::Text("agency".into()),
        }
        let count = sheet.rows.len().max(1);
        if let (Some(from), Some(row)) = (touch.from, sheet.rows.get_mut(touch.row % count)) {
            row.cells[6] = InputCell::Day(Day::from_number(from).unwrap());
        }
    }
    sheet
}

fn sheet(
    row: impl Strategy<Value = Vec<InputCell>>,
    rows: usize,
) -> impl Strategy<Value = SheetInput> {
    let header: Vec<String> = crate::org::export::HEADER
        .iter()
        .map(|word| (*word).to_owned())
        .collect();
    let header =
        prop_oneof![8 => Just(header), 1 => prop::collection::vec("Mã|Tên|Cấp|.{0,9}", 0..9)];
    (header, prop::collection::vec(row, 0..rows)).prop_map(|(header, rows)| SheetInput {
        header,
        rows: (2..)
            .zip(rows)
            .map(|(line, cells)| InputRow { line, cells })
            .collect(),
    })
}

fn today() -> Day {
    Day::from_number(18_015).unwrap()
}

fn root_of(tree: &Tree, part: Option<usize>) -> Option<UnitId> {
    let alive: Vec<UnitId> = tree.alive_on(today()).map(|version| version.unit).collect();
    part.and_then(|part| alive.get(part % alive.len().max(1)).copied())
}

/// Whether the sheet brought something into the records.
fn try_import(tree: &Tree, sheet: &SheetInput, root: Option<UnitId>) -> bool {
    let on = today();
    let labels = Labels::new().with_level("chi bộ", super::level("branch"));
    let mut next = 1_000_000;
    let mut new_id = || {
        next += 1;
        UnitId(next)
    };
    let plan = plan_import(tree, &words(), &labels, root, on, sheet, &mut new_id);
    let blocks = plan
        .findings
        .iter()
        .any(|finding| finding.severity == Severity::Blocks)
        || plan
            .header_findings
            .iter()
            .any(|finding| finding.severity == Severity::Blocks);
    assert_eq!(plan.outcome().is_err(), blocks);
    assert!(
        plan.findings
            .iter()
            .all(|finding| finding.value.chars().count() <= 80)
    );
    assert_eq!(
        plan.rows.iter().any(|row| row.fate == Fate::Error),
        !plan.findings.is_empty()
    );
    let Ok(outcome) = plan.outcome() else {
        return false;
    };
    let after = tree.after(&outcome.edits);
    assert_sound(&after);
    if let Some(root) = root {
        let days: BTreeSet<Day> = tree
            .all()
            .iter()
            .chain(after.all())
            .map(|version| version.from)
            .collect();
        for day in days {
            for old in tree
                .alive_on(day)
                .filter(|old| !tree.is_within(old.unit, root, day))
            {
                let mut new = after.on(old.unit, day).unwrap().clone();
                (new.from, new.until) = (old.from, old.until);
                assert_eq!(
                    &new, old,
                    "what is outside the root on {day} stays as it is"
                );
            }
        }
    }
    // Once in, the same sheet says nothing new, where it speaks of one day.
    let one_day = sheet.rows.iter().all(|row| {
        row.cells
            .get(6)
            .is_none_or(|cell| *cell == InputCell::Empty)
    });
    if one_day {
        let again = plan_import(&after, &words(), &labels, root, on, sheet, &mut || {
            UnitId(0)
        });
        assert!(
            again.rows.iter().all(|row| row.fate == Fate::Same),
            "{:?}",
            again.findings
        );
    }
    !outcome.edits.is_empty()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn garbage_is_survived(history in steps(), sheet in sheet(prop::collection::vec(cell(), 0..9), 12), part in prop::option::of(0..50usize)) {
        let (tree, _) = grow(&history);
        try_import(&tree, &sheet, root_of(&tree, part));
    }

    #[test]
    fn touched_exports_are_sound(history in steps(), touches in touches(), part in prop::option::of(0..50usize)) {
        let (tree, _) = grow(&history);
        let root = root_of(&tree, part);
        try_import(&tree, &touched(export_rows(&tree, root, today()), &touches), root);
    }
}

/// The properties above would prove nothing if nearly all sheets were blocked.
#[test]
fn many_sheets_go_in() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let went_in = (0..400).filter(|_| {
        let (tree, _) = grow(&steps().new_tree(&mut runner).unwrap().current());
        let touches = touches().new_tree(&mut runner).unwrap().current();
        try_import(
            &tree,
            &touched(export_rows(&tree, None, today()), &touches),
            None,
        )
    });
    let went_in = went_in.count();
    assert!(went_in > 60, "{went_in}");
}
