//! An import of any cells ends in findings or in records without a fault:
//! taking it in and taking it in again changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plenum_rules::org::import::{InputCell, InputRow};
use plenum_rules::org::{Kind, Labels, Level, SheetInput, Tree, Vocabulary, plan_import};
use plenum_rules::{Day, UnitId};

fuzz_target!(|text: &str| {
    let header = ["code", "name", "parent", "level", "kind", "members", "from"];
    let mut rows = Vec::new();
    for (line, text) in (2..).zip(text.lines().take(64)) {
        let cells = text.split(',').map(|cell| match cell {
            "" => InputCell::Empty,
            text => InputCell::Text(text.to_owned()),
        });
        rows.push(InputRow { line, cells: cells.collect() });
    }
    let sheet = SheetInput { header: header.map(str::to_owned).into(), rows };
    let words = Vocabulary {
        ranks: (0..).zip(["district", "grassroots", "branch"]).map(|(rank, level)| (Level(level.into()), rank)).collect(),
        kinds: [Kind("agency".into())].into(),
    };
    let Ok(day) = Day::from_number(18_000) else { return };
    let mut next = 0;
    let mut new_id = || {
        next += 1;
        UnitId(next)
    };
    let tree = Tree::default();
    let plan = plan_import(&tree, &words, &Labels::new(), None, day, &sheet, &mut new_id);
    if let Ok(outcome) = plan.outcome() {
        let after = tree.after(&outcome.edits);
        let again = plan_import(&after, &words, &Labels::new(), None, day, &sheet, &mut new_id);
        let outcome = again.outcome().expect("what was taken in can be taken in again");
        assert!(outcome.edits.is_empty(), "{:?}", outcome.edits);
    }
});
