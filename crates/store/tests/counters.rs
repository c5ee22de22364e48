//! Stored counters, kept up change by change, equal the plain recount on
//! random histories: every kind of change of the tree (reforms included), of
//! plans and of marks, every fact of a congress, in two seasons at once.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

use std::collections::BTreeMap;

use plenum_rules::congress::Contents;
use plenum_rules::org::Level;
use plenum_rules::progress::{Counts, Facet, GroupKey, recount_on};
use plenum_rules::season::{Marked, Term};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::db::new_id;
use plenum_store::progress::{self, Groups, Subjects};
use plenum_store::season::{self as seasons, Season, SetApart, Shape, ShapeLevel};
use plenum_store::{Tx, args, congress, org};
use plenum_testkit::history::{Campaign, Deed, Step, World, begun, days, steps};
use plenum_testkit::{Scratch, on_both};
use proptest::collection::vec;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

/// How many histories run; fewer on a server, where each statement travels.
fn histories(scratch: &Scratch) -> usize {
    if scratch.db.file().is_some() { 200 } else { 40 }
}

#[tokio::test]
async fn stored_counters_equal_the_plain_recount() {
    on_both(async |scratch: &Scratch| {
        let mut runner = TestRunner::default();
        for _ in 0..histories(scratch) {
            let history = steps(40).new_tree(&mut runner).unwrap().current();
            let looks = vec((0..500_usize, days()), 8)
                .new_tree(&mut runner)
                .unwrap()
                .current();
            let mut tx = scratch.db.write().await.unwrap();
            live(&mut tx, &history, &looks).await;
            tx.rollback().await.unwrap();
        }
    })
    .await;
}

/// Lives through a history and looks back at it.
async fn live(tx: &mut Tx, history: &[Step], looks: &[(usize, Day)]) {
    let mut world = World::new();
    let founding = plenum_rules::org::Outcome {
        edits: world
            .tree
            .all()
            .iter()
            .cloned()
            .map(plenum_rules::org::Edit::Put)
            .collect(),
        ..Default::default()
    };
    org::save(tx, &founding).await.unwrap();
    let opened = [
        open(tx, "one", &world.seasons[0]).await,
        open(tx, "two", &world.seasons[1]).await,
    ];
    for (place, step) in history.iter().enumerate() {
        for deed in world.decide(step) {
            let pending = progress::before(tx, &world.concerned(&deed)).await.unwrap();
            write(tx, &opened, &deed, place).await;
            pending.finish(tx, &begun(&deed)).await.unwrap();
            world.take(deed);
        }
    }
    for (season, campaign) in opened.iter().zip(&world.seasons) {
        let wrong = progress::differing(tx, season).await.unwrap();
        assert!(wrong.is_empty(), "{wrong:?} differ after {history:?}");
        for (place, day) in looks {
            let units = world.units();
            let node = if place % 3 == 0 {
                campaign.root
            } else {
                units[place % units.len()]
            };
            look(tx, season, node, *day).await;
        }
        look_in_sql(tx, season, history).await;
    }
}

async fn open(tx: &mut Tx, id: &str, campaign: &Campaign) -> Season {
    let levels = campaign.frame.levels.iter();
    let season = Season {
        id: SeasonId::new(id).unwrap(),
        name: id.to_owned(),
        root: campaign.root,
        opens: campaign.frame.opens,
        profile: "vn-party".to_owned(),
        shape: Shape {
            levels: levels
                .map(|level| ShapeLevel {
                    level: level.clone(),
                    term: Term::new(2020, 2025).unwrap(),
                    running_term_ends: None,
                })
                .collect(),
            counted: Level("branch".to_owned()),
            contents: Contents::FOUR,
            pages_open_on: None,
            closes: None,
        },
    };
    seasons::insert(tx, &season).await.unwrap();
    progress::rebuild(tx, &season).await.unwrap();
    season
}

async fn write(tx: &mut Tx, opened: &[Season; 2], deed: &Deed, place: usize) {
    match deed {
        Deed::Tree(outcome) => org::save(tx, outcome).await.unwrap(),
        Deed::Window(season, window) => seasons::add_window(tx, &opened[*season].id, window, None)
            .await
            .unwrap(),
        Deed::Mark(season, unit, span, mark) => {
            let marked = Marked {
                mark: *mark,
                by: opened[*season].root,
                legal_basis: Some("KH 5".to_owned()),
            };
            let apart = SetApart {
                id: new_id(),
                unit: *unit,
                marked,
                subject: String::new(),
                span: *span,
            };
            seasons::add_mark(tx, &opened[*season].id, &apart)
                .await
                .unwrap();
        }
        Deed::Congress(season, unit, facts) => {
            congress::save(
                tx,
                &opened[*season].id,
                *unit,
                facts,
                place.try_into().unwrap(),
            )
            .await
            .unwrap();
        }
    }
}

fn counting(groups: Groups) -> Groups {
    groups
        .into_iter()
        .filter(|(_, counts)| *counts != Counts::default())
        .collect()
}

/// One node on one day, in the three ways.
async fn look(tx: &mut Tx, season: &Season, node: UnitId, day: Day) {
    let subjects = Subjects::load_all(tx, season).await.unwrap();
    let placed = subjects.placed(season);
    let each: Vec<_> = placed
        .iter()
        .map(|placed| subjects.subject(placed))
        .collect();
    let plain = counting(recount_on(&season.frame(), &each, node, day));
    let tally = progress::tally(tx, season, node).await.unwrap();
    let stored = tally
        .groups
        .iter()
        .map(|(key, series)| (key.clone(), series.on(day)))
        .collect();
    assert_eq!(counting(stored), plain, "{node} on {day}");
    let levels = progress::levels_on(tx, season, &[node], day)
        .await
        .unwrap()
        .remove(&node)
        .unwrap_or_default();
    let whole = plain
        .into_iter()
        .filter(|(key, _)| key.facet == Facet::All)
        .collect::<BTreeMap<_, _>>();
    assert_eq!(counting(levels), whole, "{node} on {day}: whole levels");
}

/// The totals of the end, counted by the database from the tree and the states.
async fn look_in_sql(tx: &mut Tx, season: &Season, history: &[Step]) {
    let sql = "WITH RECURSIVE below (unit, level, members) AS ( \
               SELECT unit, level, members FROM unit_version \
               WHERE parent = $1 AND from_day <= $2 AND until_day > $2 \
               UNION ALL SELECT v.unit, v.level, v.members FROM unit_version v JOIN below b ON v.parent = b.unit \
               WHERE v.from_day <= $2 AND v.until_day > $2) \
               SELECT b.level, CAST(SUM(CASE WHEN c.state IN ('cancelled', 'handed_over') THEN 0 ELSE 1 END) AS BIGINT), \
               CAST(SUM(CASE WHEN c.state IN ('held', 'reported', 'confirmed', 'ratified') THEN 1 ELSE 0 END) AS BIGINT), \
               CAST(SUM(CASE WHEN c.state IN ('cancelled', 'handed_over') THEN 0 ELSE b.members END) AS BIGINT) \
               FROM below b LEFT JOIN congress c ON c.season = $3 AND c.unit = b.unit GROUP BY b.level";
    let end = Day::from_number(19_000).unwrap();
    // A root that no longer exists has nobody below it in either count.
    let rows = tx
        .rows(sql, args![season.root, end, season.id.as_str()])
        .await
        .unwrap();
    let mut counted: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
    for row in rows {
        counted.insert(
            row.text(0).unwrap(),
            (
                row.int(1).unwrap(),
                row.int(2).unwrap(),
                row.int(3).unwrap(),
            ),
        );
    }
    let tally = progress::tally(tx, season, season.root).await.unwrap();
    for each in &season.shape.levels {
        let key = GroupKey {
            level: each.level.clone(),
            facet: Facet::All,
        };
        let counts = tally
            .groups
            .get(&key)
            .map(|series| series.on(end))
            .unwrap_or_default();
        let mine = (
            counts.total(),
            counts.held(),
            counts[plenum_rules::progress::Measure::Members],
        );
        let theirs = counted.get(&each.level.0).copied().unwrap_or_default();
        assert_eq!(
            mine, theirs,
            "{} of {} after {history:?}",
            each.level, season.id
        );
    }
}
