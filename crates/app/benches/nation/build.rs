//! The nation gets into the database: units, season, congresses.

use std::path::Path;
use std::time::Instant;

use plenum_app::shell::profiles;
use plenum_papers::sheet::{self, Limits, SheetCell};
use plenum_rules::congress::{Congress, Numbers, Planned};
use plenum_rules::org::import::{InputCell, InputRow};
use plenum_rules::org::{Labels, Level, SheetInput, Vocabulary, plan_import};
use plenum_rules::season::{Window, WindowId};
use plenum_rules::timeline::Span;
use plenum_rules::{Day, UnitId};
use plenum_store::db::new_id;
use plenum_store::season::{Charge, Season};
use plenum_store::{Db, Tx, congress, org, progress, season as seasons};
use plenum_testkit::nation::{CENTRE, Dice};

use crate::table::Table;

/// Takes the sheet in as an import does: read, plan, write.
pub async fn import(db: &Db, file: &Path, day: Day, table: &mut Table) {
    let whole = Instant::now();
    let bytes = std::fs::read(file).expect("read the sheet");
    let limits = Limits::default();
    let start = Instant::now();
    let sheet = sheet::read(&bytes, &limits).expect("a sheet");
    let input = SheetInput {
        header: sheet.header.clone(),
        rows: sheet
            .rows
            .iter()
            .map(|row| InputRow {
                line: row.line,
                cells: row.cells.iter().map(cell).collect(),
            })
            .collect(),
    };
    table.time("import: read the CSV", start);
    let profile = profiles::named("vn-party").expect("the profile");
    let words = Vocabulary {
        ranks: (0..)
            .zip(&profile.levels)
            .map(|(rank, level)| (level.code.clone(), rank))
            .collect(),
        kinds: profile.kinds.iter().map(|kind| kind.code.clone()).collect(),
    };
    let start = Instant::now();
    let mut tx = db.write().await.expect("write");
    let tree = org::tree(&mut tx).await.expect("the tree");
    let plan = plan_import(
        &tree,
        &words,
        &Labels::new(),
        None,
        day,
        &input,
        &mut || UnitId(new_id()),
    );
    let outcome = plan.outcome().expect("nothing wrong");
    table.time("import: plan", start);
    let start = Instant::now();
    org::save(&mut tx, outcome).await.expect("save");
    tx.commit().await.expect("commit");
    table.time("import: write", start);
    table.time("import: all of it (goal 30 s)", whole);
}

fn cell(cell: &SheetCell) -> InputCell {
    match cell.as_text() {
        text if text.is_empty() => InputCell::Empty,
        text => InputCell::Text(text),
    }
}

/// Opens a season with a deadline from the centre and one from each province.
pub async fn season(db: &Db, today: Day, table: &mut Table) -> Season {
    let mut tx = db.write().await.expect("write");
    let centre = org::by_code(&mut tx, CENTRE, today)
        .await
        .expect("look")
        .expect("the centre")
        .unit;
    let levels = ["province", "district", "grassroots", "branch"];
    let season = plenum_testkit::season(&mut tx, "nation", centre, today.plus(-200), &levels).await;
    let provinces = org::children_on(&mut tx, centre, today)
        .await
        .expect("provinces");
    for (level, last) in [
        ("branch", -20),
        ("grassroots", 30),
        ("district", 90),
        ("province", 150),
    ] {
        let window = window(centre, level, today, last);
        seasons::add_window(&mut tx, &season.id, &window, None)
            .await
            .expect("a window");
    }
    for (place, province) in (0..).zip(&provinces) {
        let window = window(province.unit, "branch", today, -40 + place);
        seasons::add_window(&mut tx, &season.id, &window, None)
            .await
            .expect("a window");
    }
    let charges = charges(&mut tx, &season, today).await;
    table.note("members in charge", charges.to_string());
    let start = Instant::now();
    progress::rebuild(&mut tx, &season).await.expect("count");
    table.time("count the whole season anew", start);
    tx.commit().await.expect("commit");
    season
}

fn window(issuer: UnitId, level: &str, today: Day, last: i32) -> Window {
    Window {
        id: WindowId(new_id()),
        issuer,
        level: Level(level.to_owned()),
        kind: None,
        mark: None,
        first: None,
        last: today.plus(last),
        from: today.plus(-190),
        until: None,
        consent: None,
        reason: None,
    }
}

/// Puts a member of the committee above in charge of every unit but branches,
/// each of three units or so. Returns how many there are.
async fn charges(tx: &mut Tx, season: &Season, today: Day) -> usize {
    let versions = org::all(tx).await.expect("every unit");
    let charges: Vec<Charge> = (0..)
        .zip(&versions)
        .filter(|(_, version)| version.level.0 != "branch" && version.parent.is_some())
        .map(|(place, version)| Charge {
            id: new_id(),
            unit: version.unit,
            person: format!("Ủy viên {}", place / 3),
            post: "Ủy viên Ban Thường vụ".to_owned(),
            span: Span {
                from: today.plus(-190),
                until: None,
            },
        })
        .collect();
    seasons::add_charges(tx, &season.id, &charges)
        .await
        .expect("the members in charge");
    charges.len()
}

/// Reports so many congresses on days of their own; a third of the others
/// have a day. Returns those that have not met.
pub async fn congresses(
    db: &Db,
    season: &Season,
    today: Day,
    reports: usize,
    table: &mut Table,
) -> Vec<UnitId> {
    let mut tx = db.write().await.expect("write");
    let versions = org::all(&mut tx).await.expect("every unit");
    let mut dice = Dice(7);
    let mut open = Vec::new();
    let start = Instant::now();
    let mut held = 0;
    for version in versions
        .iter()
        .filter(|version| season.term(&version.level).is_some())
    {
        let fate = dice.below(versions.len());
        let planned = today.plus(i32::try_from(dice.below(200)).expect("days") - 180);
        let mut facts = Congress::default();
        if fate < reports + (versions.len() - reports) / 3 {
            let days = Planned {
                first: planned,
                last: planned,
                preparatory_half_days: 0,
            };
            facts.date(planned.plus(-20), days, None).expect("a day");
        }
        if fate < reports {
            let met = if planned <= today { planned } else { today };
            let numbers = Numbers {
                convened: version.members.max(10),
                present: version.members.max(10) - 1,
                elected_committee: 3,
                elected_secretary: true,
                elected_deputies: 1,
                elected_delegates: 1,
                opinions: 12,
            };
            facts
                .submit_report(today, (met, met), numbers, "")
                .expect("a report");
            held += 1;
        } else if version.level.0 == "branch" {
            open.push(version.unit);
        }
        if !facts.entries().is_empty() {
            congress::save(&mut tx, &season.id, version.unit, &facts, 0)
                .await
                .expect("save");
        }
    }
    table.note("congresses reported", held.to_string());
    table.time("write their facts", start);
    let start = Instant::now();
    progress::rebuild(&mut tx, season).await.expect("count");
    tx.commit().await.expect("commit");
    table.time("count the whole season anew, with them", start);
    open
}
