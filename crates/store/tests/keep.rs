//! Backups go from either engine to either, and the tables are those that the
//! migrations make.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

use std::path::PathBuf;

use plenum_rules::Actor;
use plenum_store::audit::{self, Event};
use plenum_store::keep::{self, Archive, KeepError};
use plenum_store::shape::Holds;
use plenum_store::{Db, Tx, args, progress, schema};
use plenum_testkit::{Plot, Scratch, day, on_both, scratch_postgres, scratch_sqlite, season, unit};

/// A district with a season, an instrument derived from another, and a record.
async fn furnish(db: &Db) {
    let mut tx = db.write().await.unwrap();
    Plot::small(day("2015-01-01")).save(&mut tx).await;
    let season = season(
        &mut tx,
        "hb-2020",
        unit("HB"),
        day("2019-06-01"),
        &["branch", "grassroots"],
    )
    .await;
    progress::rebuild(&mut tx, &season).await.unwrap();
    // The derived one has the smaller id: order of ids is not order of making.
    let sql = "INSERT INTO instrument (id, season, kind, issuer, number, day, title, derived_from, unit, until_day) \
               VALUES ($1, 'hb-2020', 'plan', 'Quận ủy', $2, 18000, 'Kế hoạch \"đại hội\"', $3, $4, 1000000)";
    tx.run(sql, args![9_u128, "86-KH/QU", None::<u128>, unit("HB")])
        .await
        .unwrap();
    tx.run(sql, args![3_u128, "12-KH/ĐU", Some(9_u128), unit("HB")])
        .await
        .unwrap();
    let event = Event {
        at: 1,
        who: Actor("office".to_owned()),
        event: "instrument.add",
        season: Some("hb-2020".to_owned()),
        unit: Some(unit("HB")),
        detail: "{\"số\": \"86-KH/QU\"}".to_owned(),
    };
    audit::append(&mut tx, &event).await.unwrap();
    tx.commit().await.unwrap();
}

fn file() -> PathBuf {
    std::env::temp_dir().join(format!(
        "plenum-keep-{:032x}.zip",
        plenum_store::db::new_id()
    ))
}

async fn write(db: &Db, file: &std::path::Path) -> keep::Manifest {
    let mut tx = db.read().await.unwrap();
    keep::write(&mut tx, file, 7, &mut |_, _| {}).await.unwrap()
}

async fn restore(db: &Db, file: &std::path::Path) -> Result<(), KeepError> {
    let mut archive = Archive::open(file, &mut |_, _| {})?;
    let mut tx = db.write().await.unwrap();
    archive.restore(&mut tx, &mut |_, _| {}).await?;
    tx.commit().await.unwrap();
    Ok(())
}

#[tokio::test]
async fn what_one_engine_wrote_the_other_restores() {
    let scratches = async || [scratch_sqlite().await, scratch_postgres().await];
    let mut sums = Vec::new();
    for from in scratches().await {
        schema::migrate(&from.db).await.unwrap();
        furnish(&from.db).await;
        let first = file();
        let written = write(&from.db, &first).await;
        assert!(written.rows() > 12, "{}", written.rows());
        sums.push(written.tables.clone());
        for into in scratches().await {
            schema::migrate(&into.db).await.unwrap();
            restore(&into.db, &first).await.unwrap();
            let second = file();
            let again = write(&into.db, &second).await;
            assert_eq!(
                again,
                written,
                "{:?} to {:?}",
                from.db.engine(),
                into.db.engine()
            );
            let refused = restore(&into.db, &first).await;
            assert!(
                matches!(refused, Err(KeepError::NotEmpty(_))),
                "{refused:?}"
            );
            std::fs::remove_file(second).unwrap();
            into.remove().await;
        }
        std::fs::remove_file(first).unwrap();
        from.remove().await;
    }
    assert_eq!(sums[0], sums[1], "both engines write the same lines");
}

#[tokio::test]
async fn a_broken_chain_is_not_kept_and_a_spoiled_file_not_restored() {
    on_both(async |scratch: &Scratch| {
        furnish(&scratch.db).await;
        let good = file();
        write(&scratch.db, &good).await;
        let bytes = std::fs::read(&good).unwrap();
        // Anywhere in the file: a sign changed is noticed, or was of no matter.
        for place in (0..bytes.len()).step_by(bytes.len() / 40) {
            let mut spoiled = bytes.clone();
            spoiled[place] ^= 0x55;
            let bad = file();
            std::fs::write(&bad, spoiled).unwrap();
            if let Ok(archive) = Archive::open(&bad, &mut |_, _| {}) {
                assert_eq!(archive.manifest.audit_rows, 1, "at {place}");
            }
            std::fs::remove_file(bad).unwrap();
        }
        std::fs::remove_file(good).unwrap();

        let mut tx = scratch.db.write().await.unwrap();
        tx.run("UPDATE audit SET who = 'x'", args![]).await.unwrap();
        let never = file();
        let refused = keep::write(&mut tx, &never, 7, &mut |_, _| {}).await;
        assert!(matches!(refused, Err(KeepError::Chain(1))), "{refused:?}");
        assert!(!never.exists());
    })
    .await;
}

/// The columns of a table as SQLite knows them.
async fn columns(tx: &mut Tx, table: &str) -> Vec<(String, Holds)> {
    let rows = tx
        .rows(
            &format!("SELECT name, type FROM pragma_table_info('{table}') ORDER BY cid"),
            args![],
        )
        .await;
    let read = |row: &plenum_store::db::Row| {
        let holds = match row.text(1).unwrap().as_str() {
            "INTEGER" => Holds::Int,
            "TEXT" => Holds::Text,
            _ => Holds::Bytes,
        };
        (row.text(0).unwrap(), holds)
    };
    rows.unwrap().iter().map(read).collect()
}

#[tokio::test]
async fn the_tables_read_from_the_migrations_are_those_the_engine_has() {
    let scratch = scratch_sqlite().await;
    schema::migrate(&scratch.db).await.unwrap();
    let mut tx = scratch.db.read().await.unwrap();
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'schema_version' \
               AND name NOT LIKE 'sqlite%' ORDER BY name";
    let there: Vec<String> = tx
        .rows(sql, args![])
        .await
        .unwrap()
        .iter()
        .map(|row| row.text(0).unwrap())
        .collect();
    let tables = schema::tables(schema::newest());
    let mut read: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
    read.sort();
    assert_eq!(read, there);
    for table in &tables {
        let known: Vec<(String, Holds)> = table
            .columns
            .iter()
            .map(|column| (column.name.clone(), column.holds))
            .collect();
        assert_eq!(known, columns(&mut tx, &table.name).await, "{}", table.name);
        assert!(!table.key.is_empty(), "{} has a key", table.name);
    }
    tx.rollback().await.unwrap();
    scratch.remove().await;
}
