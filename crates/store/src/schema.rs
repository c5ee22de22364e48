//! Migrations: they only grow, and each runs once, in its own transaction.

use crate::args;
use crate::db::{Db, Engine, Result, StoreError};
use crate::shape::{self, Table};

/// Every migration in order; its place is its version.
const MIGRATIONS: [&str; 3] = [
    include_str!("../migrations/0001_foundation.sql"),
    include_str!("../migrations/0002_elections.sql"),
    include_str!("../migrations/0003_convocations.sql"),
];

/// What PostgreSQL is told besides, after the migration of that place: stored
/// counters are dense already, and packing them again costs every report and
/// every look more than it saves.
const POSTGRES: [(i64, &str); 1] = [(
    1,
    "ALTER TABLE tally ALTER COLUMN series SET STORAGE EXTERNAL",
)];

/// The version this release writes.
#[must_use]
pub fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// Brings the database to the newest version.
///
/// # Errors
/// [`StoreError::Newer`] for a database of a newer release, which is left alone.
pub async fn migrate(db: &Db) -> Result<()> {
    migrate_to(db, newest()).await
}

/// Brings the database to a version: a backup of an older release is read
/// into the tables it was written from.
///
/// # Errors
/// [`StoreError::Newer`] for a database beyond that version, which is left alone.
pub async fn migrate_to(db: &Db, version: i64) -> Result<()> {
    let mut tx = db.write().await?;
    let engine = tx.engine();
    tx.run(
        &dialect(engine, "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY) STRICT"),
        &[],
    )
    .await?;
    let done = version_in(&mut tx).await?;
    if done > version {
        return Err(StoreError::Newer(done));
    }
    for (place, text) in (1..=version).zip(MIGRATIONS) {
        if place <= done {
            continue;
        }
        for statement in statements(text) {
            tx.run(&dialect(engine, &statement), &[]).await?;
        }
        if engine == Engine::Postgres {
            for (_, statement) in POSTGRES.iter().filter(|(at, _)| *at == place) {
                tx.run(statement, &[]).await?;
            }
        }
        tx.run(
            "INSERT INTO schema_version (version) VALUES ($1)",
            args![place],
        )
        .await?;
    }
    tx.commit().await
}

/// The tables of a version, in an order in which they can be filled.
#[must_use]
pub fn tables(version: i64) -> Vec<Table> {
    let texts = (1..=version)
        .zip(MIGRATIONS)
        .flat_map(|(_, text)| statements(text));
    shape::tables(texts)
}

/// The version of an open database, 0 for an empty one.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn version_in(tx: &mut crate::Tx) -> Result<i64> {
    let row = tx
        .row("SELECT COALESCE(MAX(version), 0) FROM schema_version", &[])
        .await?;
    row.map_or(Ok(0), |row| row.int(0))
}

fn statements(text: &str) -> Vec<String> {
    let code: Vec<&str> = text
        .lines()
        .map(|line| line.split("--").next().unwrap_or(""))
        .collect();
    code.join("\n")
        .split(';')
        .map(str::trim)
        .filter(|statement| !statement.is_empty())
        .map(str::to_owned)
        .collect()
}

fn dialect(engine: Engine, statement: &str) -> String {
    match engine {
        Engine::Sqlite => statement.to_owned(),
        Engine::Postgres => statement
            .replace(") STRICT, WITHOUT ROWID", ")")
            .replace(") STRICT", ")")
            .replace(" INTEGER", " BIGINT")
            .replace(" BLOB", " BYTEA")
            // The order of bytes, as SQLite has it: pages go on where they ended.
            .replace(" TEXT", " TEXT COLLATE \"C\""),
    }
}
