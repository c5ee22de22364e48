//! What people do: look at pages of any node and day, and report.

use std::time::Instant;

use plenum_app::shell::reporting::{Report, submit};
use plenum_app::shell::visitor::Who;
use plenum_rules::access::Role;
use plenum_rules::congress::Numbers;
use plenum_rules::org::UnitVersion;
use plenum_rules::{Day, UnitId};
use plenum_store::season::Season;
use plenum_store::{Db, board, org};
use plenum_testkit::nation::{CENTRE, Dice};
use plenum_testkit::{Client, Hall};

use crate::table::Table;

/// Some nodes of each level, the root first.
pub struct Nodes(pub Vec<(&'static str, Vec<UnitVersion>)>);

/// All provinces, and a few hundred nodes of each other level.
pub async fn nodes(db: &Db, today: Day) -> Nodes {
    let mut tx = db.read().await.expect("read");
    let root = org::by_code(&mut tx, CENTRE, today)
        .await
        .expect("look")
        .expect("the centre");
    let provinces = org::children_on(&mut tx, root.unit, today)
        .await
        .expect("provinces");
    let mut dice = Dice(99);
    let mut levels = vec![("root", vec![root]), ("province", provinces.clone())];
    let mut above = provinces;
    for name in ["commune", "grassroots"] {
        let mut found = Vec::new();
        while found.len() < 300 {
            let parent = &above[dice.below(above.len())];
            let children = org::children_on(&mut tx, parent.unit, today)
                .await
                .expect("children");
            if !children.is_empty() {
                found.push(children[dice.below(children.len())].clone());
            }
        }
        above.clone_from(&found);
        levels.push((name, found));
    }
    Nodes(levels)
}

async fn open(client: &mut Client, season: &Season, code: &str, on: Option<Day>) -> usize {
    let on = on.map(|day| format!("&on={day}")).unwrap_or_default();
    let answer = client
        .get_once(&format!("/s/{}/progress?unit={code}{on}", season.id))
        .await;
    assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
    answer.body.len()
}

/// The page of progress, through the router, today and on past days.
pub async fn pages(hall: &Hall, season: &Season, nodes: &Nodes, today: Day, table: &mut Table) {
    let mut client = hall.person("office", Role::Auditor, None).await;
    for (level, nodes) in &nodes.0 {
        let rounds = 600 / nodes.len();
        for (what, on) in [
            ("today", None),
            ("a past day", Some(today.plus(-77))),
            // Counted, and everything counted is nothing yet.
            ("before it opens", Some(today.plus(-210))),
        ] {
            let mut times = Vec::new();
            let mut bytes = 0;
            for _ in 0..rounds.max(2) {
                for node in nodes {
                    let start = Instant::now();
                    bytes = open(&mut client, season, &node.code, on).await;
                    times.push(start.elapsed());
                }
            }
            table.spread(
                &format!("page of a {level}, {what} ({} kB)", bytes / 1_000),
                times,
            );
        }
    }
}

/// The figures of a page alone.
pub async fn boards(hall: &Hall, season: &Season, nodes: &Nodes, today: Day, table: &mut Table) {
    for (level, nodes) in &nodes.0 {
        let mut times = Vec::new();
        for _ in 0..(300 / nodes.len()).max(1) {
            for node in nodes {
                let start = Instant::now();
                let mut tx = hall.app.db.read().await.expect("read");
                let path = org::path_versions(&mut tx, node.unit, today)
                    .await
                    .expect("the path");
                let board = board::load(&mut tx, season, &path, (today, None))
                    .await
                    .expect("the board");
                times.push(start.elapsed());
                assert!(board.is_some());
            }
        }
        table.spread(&format!("figures of a {level}"), times);
    }
}

/// Reports, one after another: each on disk and counted when it is answered.
pub async fn reports(hall: &Hall, season: &Season, open: &[UnitId], today: Day, table: &mut Table) {
    let who = Who::system("bench");
    let numbers = Numbers {
        convened: 20,
        present: 19,
        elected_committee: 3,
        ..Numbers::default()
    };
    let mut dice = Dice(3);
    let mut times = Vec::new();
    for place in 0..2_000 {
        let unit = open[(place * 97 + dice.below(50)) % open.len()];
        let held = today.plus(-i32::try_from(dice.below(100)).expect("days"));
        let report = Report {
            first: held,
            last: held,
            numbers,
            difficulties: String::new(),
        };
        let start = Instant::now();
        let done = submit(
            &hall.app,
            &who,
            (&season.id, unit),
            &format!("key-{place}"),
            &report,
        )
        .await;
        if done.is_ok() {
            times.push(start.elapsed());
        }
    }
    table.spread("a report, on disk and counted above", times);
}
