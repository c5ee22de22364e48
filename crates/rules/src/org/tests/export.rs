use proptest::prelude::*;

use super::histories::{grow, steps};
use super::words;
use crate::org::import::{Fate, InputCell, Labels};
use crate::org::{export_rows, plan_import};
use crate::{Day, UnitId};

fn no_new_unit() -> UnitId {
    unreachable!("an export has no new unit")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_export_taken_back_in_changes_nothing(steps in steps(), on in 18_000..18_040i64, which in 0..50usize) {
        let (tree, _) = grow(&steps);
        let on = Day::from_number(on).unwrap();
        let alive: Vec<UnitId> = tree.alive_on(on).map(|version| version.unit).collect();
        let part = alive.get(which % alive.len().max(1)).copied();
        for root in [None, part] {
            let sheet = export_rows(&tree, root, on);
            let plan = plan_import(&tree, &words(), &Labels::new(), root, on, &sheet, &mut no_new_unit);
            prop_assert!(plan.rows.iter().all(|row| row.fate == Fate::Same), "{:?}", plan.findings);
            prop_assert_eq!(&plan.absent, &Vec::new());
            prop_assert!(plan.outcome().unwrap().edits.is_empty());
            if root.is_none() {
                prop_assert_eq!(sheet.rows.len(), alive.len());
            }
            for (place, row) in sheet.rows.iter().enumerate().skip(1) {
                let above = &sheet.rows[..place];
                prop_assert!(row.cells[2] == InputCell::Empty || above.iter().any(|other| other.cells[0] == row.cells[2]));
            }
        }
    }
}
