//! Scratch databases: a file of its own on SQLite, a database of its own on
//! the PostgreSQL server that `./test` starts.

use std::path::PathBuf;

use plenum_store::db::new_id;
use plenum_store::{Db, schema};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

/// Where `./test` says its PostgreSQL server is.
pub const POSTGRES: &str = "PLENUM_TEST_POSTGRES";

/// A database of one test's own.
pub struct Scratch {
    /// Open, and migrated unless asked for empty.
    pub db: Db,
    /// Its address, for programs that open it too.
    pub url: String,
    remains: Remains,
}

enum Remains {
    Folder(PathBuf),
    Database { server: String, name: String },
}

impl Scratch {
    /// Closes the database and removes it.
    ///
    /// # Panics
    /// Where it cannot be removed.
    pub async fn remove(self) {
        self.db.close().await;
        match self.remains {
            Remains::Folder(folder) => {
                std::fs::remove_dir_all(folder).expect("remove the scratch folder")
            }
            Remains::Database { server, name } => {
                administer(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
            }
        }
    }
}

async fn administer(server: &str, sql: &str) {
    let mut connection = PgConnection::connect(server)
        .await
        .expect("connect to the server of ./test");
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .expect("make or drop a scratch database");
    connection.close().await.expect("close the connection");
}

/// An empty database on SQLite.
///
/// # Panics
/// Where no temporary folder can be made.
pub async fn scratch_sqlite() -> Scratch {
    let folder = std::env::temp_dir().join(format!("plenum-{:032x}", new_id()));
    std::fs::create_dir_all(&folder).expect("make a scratch folder");
    let url = format!("sqlite:{}", folder.join("plenum.db").display());
    Scratch {
        db: Db::open(&url).await.expect("open SQLite"),
        url,
        remains: Remains::Folder(folder),
    }
}

/// An empty database on PostgreSQL.
///
/// # Panics
/// Where `./test` has not started a server.
pub async fn scratch_postgres() -> Scratch {
    let server = std::env::var(POSTGRES).unwrap_or_else(|_| {
        panic!("this test needs PostgreSQL: run ./test, which starts one and sets {POSTGRES}")
    });
    let name = format!("plenum_{:032x}", new_id());
    administer(
        &server,
        &format!("CREATE DATABASE {name} TEMPLATE template0"),
    )
    .await;
    let at = server.rfind('/').expect("the address of a database");
    let url = format!("{}/{name}", &server[..at]);
    let db = Db::open(&url).await.expect("open PostgreSQL");
    Scratch {
        db,
        url,
        remains: Remains::Database { server, name },
    }
}

/// Runs a test on SQLite and on PostgreSQL, on empty databases.
pub async fn on_both_empty(body: impl AsyncFn(&Scratch)) {
    for scratch in [scratch_sqlite().await, scratch_postgres().await] {
        // Seen where the test fails.
        println!("on {:?}", scratch.db.engine());
        body(&scratch).await;
        scratch.remove().await;
    }
}

/// Runs a test on SQLite and on PostgreSQL, on databases of this release.
///
/// # Panics
/// Where the test does, or the migrations fail.
pub async fn on_both(body: impl AsyncFn(&Scratch)) {
    on_both_empty(async |scratch: &Scratch| {
        schema::migrate(&scratch.db).await.expect("migrate");
        body(scratch).await;
    })
    .await;
}
