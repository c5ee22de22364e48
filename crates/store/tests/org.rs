//! Units through time: what is saved is found again, on any day.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

use plenum_rules::congress::{Congress, Numbers};
use plenum_rules::org::{Change, Level, NewUnit, Vocabulary, apply};
use plenum_store::{Tx, congress, org};
use plenum_testkit::{Plot, Scratch, day, on_both, season, unit};

fn words() -> Vocabulary {
    let ranks = (0..).zip(["district", "grassroots", "branch"]);
    Vocabulary {
        ranks: ranks
            .map(|(rank, level)| (Level(level.to_owned()), rank))
            .collect(),
        kinds: ["territorial", "residential", "agency", "school"]
            .map(|kind| plenum_rules::org::Kind(kind.into()))
            .into(),
    }
}

async fn change(tx: &mut Tx, on: &str, change: &Change) {
    let tree = org::tree(tx).await.unwrap();
    let outcome = apply(&tree, &words(), day(on), change).unwrap();
    org::save(tx, &outcome).await.unwrap();
}

#[tokio::test]
async fn any_past_day_shows_the_tree_as_it_was() {
    on_both(async |scratch: &Scratch| {
        let mut tx = scratch.db.write().await.unwrap();
        Plot::small(day("2015-01-01")).save(&mut tx).await;
        let rename = Change::Rename {
            unit: unit("TH-01"),
            name: "Chi bộ 1A".into(),
            code: Some("TH-1A".into()),
        };
        change(&mut tx, "2018-05-01", &rename).await;
        change(
            &mut tx,
            "2019-01-01",
            &Change::Move {
                unit: unit("TH-02"),
                parent: Some(unit("PS")),
            },
        )
        .await;
        let into = NewUnit {
            unit: unit("PS-M"),
            code: "PS-M".into(),
            name: "Chi bộ sáp nhập".into(),
            parent: Some(unit("PS")),
            level: Level("branch".into()),
            kind: plenum_rules::org::Kind("residential".into()),
            members: 94,
        };
        change(
            &mut tx,
            "2020-01-01",
            &Change::Merge {
                units: vec![unit("PS-01"), unit("PS-02")],
                into,
            },
        )
        .await;
        tx.commit().await.unwrap();

        let mut tx = scratch.db.read().await.unwrap();
        let mut names = async |code: &str, on: &str| {
            let children = org::children_on(&mut tx, unit(code), day(on))
                .await
                .unwrap();
            children
                .into_iter()
                .map(|child| child.code)
                .collect::<Vec<_>>()
        };
        assert_eq!(names("TH", "2018-04-30").await, ["TH-01", "TH-02", "TH-03"]);
        assert_eq!(names("TH", "2018-05-01").await, ["TH-02", "TH-03", "TH-1A"]);
        assert_eq!(names("TH", "2019-01-01").await, ["TH-03", "TH-1A"]);
        assert_eq!(names("PS", "2019-12-31").await, ["PS-01", "PS-02", "TH-02"]);
        assert_eq!(names("PS", "2020-01-01").await, ["PS-M", "TH-02"]);
        assert_eq!(names("HB", "2014-12-31").await, [""; 0]);

        let path = org::path_on(&mut tx, unit("TH-02"), day("2018-12-31"))
            .await
            .unwrap();
        assert_eq!(path, [unit("HB"), unit("TH"), unit("TH-02")]);
        let path = org::path_on(&mut tx, unit("TH-02"), day("2030-01-01"))
            .await
            .unwrap();
        assert_eq!(path, [unit("HB"), unit("PS"), unit("TH-02")]);
        assert_eq!(
            org::on(&mut tx, unit("PS-01"), day("2020-01-01"))
                .await
                .unwrap(),
            None,
            "merged away"
        );
        let last = org::near(&mut tx, unit("PS-01"), day("2025-01-01"))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(last.name, "Chi bộ 1", "what has ended still has a name");
        assert_eq!(org::lineage(&mut tx, unit("PS-M")).await.unwrap().len(), 2);
        let bearer = org::by_code(&mut tx, "TH-01", day("2025-01-01"))
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            bearer.unit,
            unit("TH-01"),
            "an old code still leads to the unit"
        );
        let roots = org::roots_on(&mut tx, day("2020-01-01")).await.unwrap();
        assert_eq!(
            roots
                .iter()
                .map(|root| root.code.as_str())
                .collect::<Vec<_>>(),
            ["HB"]
        );
    })
    .await;
}

#[tokio::test]
async fn search_finds_whatever_the_accents_and_the_place_of_the_tone() {
    on_both(async |scratch: &Scratch| {
        let mut tx = scratch.db.write().await.unwrap();
        Plot::small(day("2015-01-01")).save(&mut tx).await;
        for words in ["hòa bình", "hoà bình", "HOA BINH", "Hòa  Bình", "hoa-binh"] {
            let found = org::search(&mut tx, words, day("2020-01-01"), 10)
                .await
                .unwrap();
            let codes: Vec<&str> = found.iter().map(|version| version.code.as_str()).collect();
            assert_eq!(codes, ["HB", "TH-03"], "{words}");
        }
        assert!(
            org::search(&mut tx, "100%", day("2020-01-01"), 10)
                .await
                .unwrap()
                .is_empty()
        );
        assert!(
            org::search(&mut tx, "hoa", day("2014-01-01"), 10)
                .await
                .unwrap()
                .is_empty(),
            "not yet founded"
        );
        let by_code = org::search(&mut tx, "ps-02", day("2020-01-01"), 10)
            .await
            .unwrap();
        assert_eq!(by_code.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_congress_comes_back_as_it_went_in() {
    on_both(async |scratch: &Scratch| {
        let mut tx = scratch.db.write().await.unwrap();
        Plot::small(day("2015-01-01")).save(&mut tx).await;
        let season = season(
            &mut tx,
            "hb-2020",
            unit("HB"),
            day("2020-01-01"),
            &["grassroots", "branch"],
        )
        .await;
        let mut facts = Congress::default();
        let numbers = Numbers {
            convened: 31,
            present: 30,
            elected_committee: 3,
            ..Numbers::default()
        };
        let held = (day("2020-03-01"), day("2020-03-01"));
        facts
            .submit_report(
                day("2020-03-02"),
                held,
                numbers,
                "Trời mưa; “hội trường” nhỏ",
            )
            .unwrap();
        congress::save(&mut tx, &season.id, unit("TH-01"), &facts, 1)
            .await
            .unwrap();
        facts.confirm(day("2020-03-03")).unwrap();
        congress::save(&mut tx, &season.id, unit("TH-01"), &facts, 2)
            .await
            .unwrap();
        assert_eq!(
            congress::load(&mut tx, &season.id, unit("TH-01"))
                .await
                .unwrap(),
            facts
        );
        assert_eq!(
            congress::load(&mut tx, &season.id, unit("TH-02"))
                .await
                .unwrap(),
            Congress::default()
        );
        let all = congress::all(&mut tx, &season.id).await.unwrap();
        assert_eq!(
            all.into_iter().collect::<Vec<_>>(),
            [(unit("TH-01"), facts)]
        );
        congress::remember_answer(&mut tx, "key", None, 3, "digest", "answer")
            .await
            .unwrap();
        let answer = congress::answered(&mut tx, "key").await.unwrap();
        assert_eq!(answer, Some(("digest".to_owned(), "answer".to_owned())));
        assert!(
            congress::remember_answer(&mut tx, "key", None, 3, "digest", "answer")
                .await
                .is_err(),
            "once"
        );
    })
    .await;
}
