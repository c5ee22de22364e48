//! Who is in charge of what below a node, at every node.

use plenum_rules::UnitId;
use plenum_rules::congress::{Numbers, Planned};
use plenum_rules::org::Level;
use plenum_rules::timeline::Span;
use plenum_store::board::{self, Board};
use plenum_store::db::new_id;
use plenum_store::season::{self as seasons, Charge, Season};
use plenum_store::{Tx, congress, org, progress};
use plenum_testkit::{Plot, Scratch, day, on_both, season, unit};

fn charge(person: &str, unit: UnitId) -> Charge {
    Charge {
        id: new_id(),
        unit,
        person: person.to_owned(),
        post: "Ủy viên Ban Chấp hành".to_owned(),
        span: Span {
            from: day("2020-02-01"),
            until: Some(day("2020-06-01")),
        },
    }
}

async fn board_of(tx: &mut Tx, season: &Season, code: &str, on: &str) -> Board {
    let path = org::path_versions(tx, unit(code), day(on))
        .await
        .expect("the path");
    board::load(tx, season, &path, (day(on), None))
        .await
        .expect("load")
        .expect("the board")
}

/// "A grassroots TH,TH-01 1/3": person, level, units, held of branches.
fn told(board: &Board) -> Vec<String> {
    let branch = Level("branch".to_owned());
    let of = |each: &plenum_store::board::InCharge| {
        let codes: Vec<&str> = each.units.iter().map(|unit| unit.code.as_str()).collect();
        let counts = each.counts.get(&branch).copied().unwrap_or_default();
        format!(
            "{} {} {} {}/{}",
            each.person,
            each.level.0,
            codes.join(","),
            counts.held(),
            counts.total()
        )
    };
    board.in_charge.iter().map(of).collect()
}

async fn hold(tx: &mut Tx, season: &Season, code: &str) {
    let on = day("2020-03-05");
    let pending = progress::before(tx, &[unit(code)]).await.expect("before");
    let mut facts = congress::load(tx, &season.id, unit(code))
        .await
        .expect("load");
    let planned = Planned {
        first: on,
        last: on,
        preparatory_half_days: 0,
    };
    facts.date(day("2020-02-01"), planned, None).expect("dated");
    facts.hold(on, (on, on)).expect("held");
    let numbers = Numbers {
        convened: 30,
        present: 29,
        ..Numbers::default()
    };
    facts
        .submit_report(on, (on, on), numbers, "")
        .expect("reported");
    congress::save(tx, &season.id, unit(code), &facts, 0)
        .await
        .expect("save");
    pending.finish(tx, &[]).await.expect("after");
}

#[tokio::test]
async fn a_node_lists_those_in_charge_of_any_unit_below_it_each_congress_once() {
    on_both(async |scratch: &Scratch| {
        let mut tx = scratch.db.write().await.expect("write");
        Plot::small(day("2015-01-01")).save(&mut tx).await;
        let levels = ["district", "grassroots", "branch"];
        let season = season(&mut tx, "hb", unit("HB"), day("2020-01-01"), &levels).await;
        let charges = [
            charge("An", unit("TH")),
            charge("An", unit("TH-01")),
            charge("Bình", unit("PS-01")),
            charge("Chi", unit("CQ")),
        ];
        seasons::add_charges(&mut tx, &season.id, &charges)
            .await
            .expect("charges");
        hold(&mut tx, &season, "TH-01").await;
        let district = board_of(&mut tx, &season, "HB", "2020-03-10").await;
        assert_eq!(
            told(&district),
            [
                "An grassroots TH,TH-01 1/3",
                "Chi grassroots CQ 0/0",
                "Bình branch PS-01 0/1",
            ]
        );
        let own = &district.in_charge[1].counts[&Level("grassroots".to_owned())];
        assert_eq!(
            (own.held(), own.total()),
            (0, 1),
            "the agency's own congress"
        );
        let ward = board_of(&mut tx, &season, "TH", "2020-03-10").await;
        assert_eq!(told(&ward), ["An branch TH-01 1/1"]);
        assert!(!ward.in_charge_cut);
        // As of a day: before the congress, before the charge, after it.
        let before = board_of(&mut tx, &season, "TH", "2020-03-01").await;
        assert_eq!(told(&before), ["An branch TH-01 0/1"]);
        for outside in ["2020-01-31", "2020-06-01"] {
            assert_eq!(
                told(&board_of(&mut tx, &season, "HB", outside).await),
                [""; 0]
            );
        }
        let leaf = board_of(&mut tx, &season, "TH-01", "2020-03-10").await;
        assert_eq!(told(&leaf), [""; 0]);
        tx.rollback().await.expect("roll back");
    })
    .await;
}

/// A province of so many wards of twenty branches: each ward and the first so
/// many of its branches with a person of their own.
async fn large(tx: &mut Tx, wards: usize, looked_after: usize) -> Season {
    let mut plot =
        Plot::from(day("2015-01-01")).with("P", "Tỉnh", "", "province", "territorial", 0);
    let mut charges = Vec::new();
    for ward in 0..wards {
        let code = format!("W{ward}");
        plot = plot.with(&code, &code, "P", "grassroots", "territorial", 0);
        charges.push(charge(&format!("Phụ trách {code}"), unit(&code)));
        for branch in 0..20 {
            let own = format!("{code}-{branch}");
            plot = plot.branch(&own, &own, &code, 20);
            if branch < looked_after {
                charges.push(charge(&format!("Phụ trách {own}"), unit(&own)));
            }
        }
    }
    plot.save(tx).await;
    let season = season(
        tx,
        "tinh",
        unit("P"),
        day("2020-01-01"),
        &["grassroots", "branch"],
    )
    .await;
    seasons::add_charges(tx, &season.id, &charges)
        .await
        .expect("charges");
    season
}

#[tokio::test]
async fn where_very_many_are_in_charge_those_nearest_are_listed_and_the_rest_said() {
    on_both(async |scratch: &Scratch| {
        // Few enough congresses below: the tree is gone through.
        let mut tx = scratch.db.write().await.expect("write");
        let season = large(&mut tx, 10, 20).await;
        let board = board_of(&mut tx, &season, "P", "2020-03-10").await;
        assert_eq!((board.in_charge.len(), board.in_charge_cut), (210, false));
        assert!(told(&board).contains(&"Phụ trách W7 grassroots W7 0/20".to_owned()));
        assert!(told(&board).contains(&"Phụ trách W7-3 branch W7-3 0/1".to_owned()));
        tx.rollback().await.expect("roll back");
        // A large tree with few in charge: they are found all the same.
        let mut tx = scratch.db.write().await.expect("write");
        let season = large(&mut tx, 60, 1).await;
        let board = board_of(&mut tx, &season, "P", "2020-03-10").await;
        assert_eq!((board.in_charge.len(), board.in_charge_cut), (120, false));
        assert!(told(&board).contains(&"Phụ trách W7-0 branch W7-0 0/1".to_owned()));
        tx.rollback().await.expect("roll back");
        // Too many: the committee's own people, and that there are more.
        let mut tx = scratch.db.write().await.expect("write");
        let season = large(&mut tx, 60, 20).await;
        let board = board_of(&mut tx, &season, "P", "2020-03-10").await;
        assert_eq!((board.in_charge.len(), board.in_charge_cut), (60, true));
        let ward = board_of(&mut tx, &season, "W7", "2020-03-10").await;
        assert_eq!((ward.in_charge.len(), ward.in_charge_cut), (20, false));
        tx.rollback().await.expect("roll back");
    })
    .await;
}
