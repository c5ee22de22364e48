//! The database itself, on both engines.

use plenum_rules::voting::profile::ElectionRules;
use plenum_rules::{SeasonId, UnitId};
use plenum_store::args;
use plenum_store::db::{self, StoreError};
use plenum_store::{Db, schema, voting};
use plenum_testkit::{Scratch, on_both, on_both_empty};
use serde_json::Value;

#[tokio::test]
async fn an_empty_database_becomes_this_releases() {
    on_both_empty(async |scratch: &Scratch| {
        schema::migrate(&scratch.db).await.unwrap();
        schema::migrate(&scratch.db).await.unwrap();
        let mut tx = scratch.db.read().await.unwrap();
        assert_eq!(schema::version_in(&mut tx).await.unwrap(), schema::newest());
    })
    .await;
}

#[tokio::test]
async fn a_database_of_a_newer_release_is_left_alone() {
    on_both(async |scratch: &Scratch| {
        let mut tx = scratch.db.write().await.unwrap();
        tx.run(
            "INSERT INTO schema_version (version) VALUES ($1)",
            args![schema::newest() + 1],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let refused = schema::migrate(&scratch.db).await.unwrap_err();
        assert!(
            matches!(refused, StoreError::Newer(version) if version == schema::newest() + 1),
            "{refused}"
        );
        assert!(refused.to_string().contains("newer release"));
    })
    .await;
}

#[tokio::test]
async fn parameters_are_known_by_their_number_wherever_they_stand() {
    on_both(async |scratch: &Scratch| {
        let mut tx = scratch.db.write().await.unwrap();
        let insert =
            "INSERT INTO received (answer, digest, at, account, key) VALUES ($5, $4, $3, $2, $1)";
        tx.run(
            insert,
            args!["key", Some(7_u128), 1_i64, "digest", "answer"],
        )
        .await
        .unwrap();
        let sql = "SELECT key, digest FROM received WHERE answer = $2 AND key = $1";
        let row = tx.row(sql, args!["key", "answer"]).await.unwrap().unwrap();
        assert_eq!(row.text(0).unwrap(), "key");
        assert_eq!(row.text(1).unwrap(), "digest");
    })
    .await;
}

#[tokio::test]
async fn what_is_not_committed_leaves_nothing_behind() {
    on_both(async |scratch: &Scratch| {
        let insert =
            "INSERT INTO received (key, account, at, digest, answer) VALUES ($1, $2, $3, $4, $5)";
        let count = async || {
            let mut tx = scratch.db.read().await.unwrap();
            tx.row("SELECT COUNT(*) FROM received", &[])
                .await
                .unwrap()
                .unwrap()
                .int(0)
                .unwrap()
        };
        let mut tx = scratch.db.write().await.unwrap();
        tx.run(insert, args!["dropped", None::<u128>, 1_i64, "d", "a"])
            .await
            .unwrap();
        drop(tx);
        let mut tx = scratch.db.write().await.unwrap();
        tx.run(insert, args!["rolled back", Some(7_u128), 1_i64, "d", "a"])
            .await
            .unwrap();
        tx.rollback().await.unwrap();
        assert_eq!(count().await, 0);
        let mut tx = scratch.db.write().await.unwrap();
        tx.run(insert, args!["kept", Some(7_u128), 1_i64, "d", "Đã nhận"])
            .await
            .unwrap();
        tx.commit().await.unwrap();
        assert_eq!(count().await, 1);
        let mut tx = scratch.db.read().await.unwrap();
        let row = tx
            .row("SELECT account, answer FROM received", &[])
            .await
            .unwrap()
            .unwrap();
        assert_eq!(
            (row.opt_id(0).unwrap(), row.text(1).unwrap().as_str()),
            (Some(7), "Đã nhận")
        );
    })
    .await;
}

#[tokio::test]
async fn a_reading_moment_does_not_move() {
    on_both(async |scratch: &Scratch| {
        let sql = "SELECT COUNT(*) FROM received";
        let mut reading = scratch.db.read().await.unwrap();
        assert_eq!(reading.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap(), 0);
        let mut tx = scratch.db.write().await.unwrap();
        let insert = "INSERT INTO received (key, account, at, digest, answer) VALUES ('k', NULL, 1, 'd', 'a')";
        tx.run(insert, &[]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(reading.row(sql, &[]).await.unwrap().unwrap().int(0).unwrap(), 0, "the same moment");
        assert!(reading.run(insert, &[]).await.is_err(), "whoever reads cannot write");
    })
    .await;
}

#[tokio::test]
async fn many_rows_go_in_with_few_statements() {
    on_both(async |scratch: &Scratch| {
        let mut tx = scratch.db.write().await.unwrap();
        let values: Vec<db::Value> = (0..5_001_i64)
            .flat_map(|number| {
                [
                    number.to_string().into(),
                    number.into(),
                    "d".into(),
                    "a".into(),
                ]
            })
            .collect();
        tx.insert_many(
            "INSERT INTO received (key, at, digest, answer)",
            "",
            4,
            &values,
        )
        .await
        .unwrap();
        let row = tx
            .row("SELECT COUNT(*), MAX(at) FROM received", &[])
            .await
            .unwrap()
            .unwrap();
        assert_eq!((row.int(0).unwrap(), row.int(1).unwrap()), (5_001, 5_000));
    })
    .await;
}

#[tokio::test]
async fn writers_follow_one_another() {
    on_both(async |scratch: &Scratch| {
        let mut tx = scratch.db.write().await.unwrap();
        tx.run(
            "INSERT INTO received (key, at, digest, answer) VALUES ('n', 0, 'd', 'a')",
            &[],
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let mut writers = Vec::new();
        for _ in 0..8 {
            let db = scratch.db.clone();
            writers.push(tokio::spawn(async move {
                for _ in 0..10 {
                    let mut tx = db.write().await.unwrap();
                    let row = tx
                        .row("SELECT at FROM received", &[])
                        .await
                        .unwrap()
                        .unwrap();
                    tx.run(
                        "UPDATE received SET at = $1",
                        args![row.int(0).unwrap() + 1],
                    )
                    .await
                    .unwrap();
                    tx.commit().await.unwrap();
                }
            }));
        }
        for writer in writers {
            writer.await.unwrap();
        }
        let mut tx = scratch.db.read().await.unwrap();
        assert_eq!(
            tx.row("SELECT at FROM received", &[])
                .await
                .unwrap()
                .unwrap()
                .int(0)
                .unwrap(),
            80
        );
    })
    .await;
}

#[tokio::test]
async fn an_address_that_is_none_is_refused_without_its_password() {
    let refused = Db::open("mysql://office:geheim@host/plenum")
        .await
        .err()
        .unwrap()
        .to_string();
    assert!(
        refused.contains("sqlite:FILE") && !refused.contains("geheim"),
        "{refused}"
    );
}

#[tokio::test]
async fn elections_of_an_older_release_are_those_of_the_first_convocation() {
    on_both_empty(async |scratch: &Scratch| {
        let base = &scratch.db;
        schema::migrate_to(base, 2).await.unwrap();
        let (season, unit) = (SeasonId::new("s-2020").unwrap(), UnitId(7));
        let id = plenum_store::db::new_id();
        let rules = include_str!("../../rules/profiles/elections/vn-party-190.toml");
        let rules: ElectionRules = toml::from_str(rules).unwrap();
        let rules = serde_json::to_string(&rules).unwrap();
        let mut tx = base.write().await.unwrap();
        let made = "INSERT INTO season (id, name, root, opens, profile, shape) \
                    VALUES ($1, $2, $3, $4, $5, $6)";
        let values = args!["s-2020", "Mùa", unit, 0_i64, "vn-party", "{}"];
        tx.run(made, values).await.unwrap();
        let made = "INSERT INTO voting (season, unit, facts, updated_at) VALUES ($1, $2, $3, $4)";
        let values = args!["s-2020", unit, "{\"kept\":\"yes\"}", 5_i64];
        tx.run(made, values).await.unwrap();
        let made = "INSERT INTO election (id, season, unit, place, office, purpose, round, state, \
                    rules, facts, updated_at) \
                    VALUES ($1, $2, $3, 1, 'committee', 'election', 1, 'draft', $4, $5, 0)";
        let values = args![id, "s-2020", unit, rules, "{\"kept\":\"too\"}"];
        tx.run(made, values).await.unwrap();
        tx.commit().await.unwrap();
        schema::migrate(base).await.unwrap();

        let mut tx = base.read().await.unwrap();
        let ballot = voting::load::<Value>(&mut tx, id).await.unwrap().unwrap();
        assert_eq!(ballot.called, 1);
        assert_eq!(ballot.facts["kept"], "too");
        let hall: Option<Value> = voting::hall(&mut tx, &ballot.convocation()).await.unwrap();
        assert_eq!(hall.unwrap()["kept"], "yes");
        assert_eq!(voting::latest(&mut tx, &season, unit).await.unwrap(), 1);
        let all = voting::of_convocation::<Value>(&mut tx, &ballot.convocation()).await;
        assert_eq!(all.unwrap().len(), 1);
    })
    .await;
}
