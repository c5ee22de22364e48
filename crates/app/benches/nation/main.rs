//! A whole nation on this machine: what an import, a dashboard of any node on
//! any day, a report and a start of the server take, on SQLite and, where a
//! server is given, on PostgreSQL; and what a plain recursive recount in SQL
//! of the same figures takes.
//!
//!     cargo bench -p plenum-app --bench nation              both engines
//!     cargo bench -p plenum-app --bench nation -- sqlite    one of them
//!     PLENUM_BENCH_SMALL=1 cargo bench …                    a tenth of it

mod build;
mod plain;
mod program;
mod table;
mod visits;

use std::path::Path;

use plenum_app::shell::Clock;
use plenum_rules::access::Role;
use plenum_store::{Db, schema};
use plenum_testkit::nation::{Size, csv, nation};
use plenum_testkit::{Hall, Scratch, scratch_postgres, scratch_sqlite};
use table::Table;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ZONE: &str = "Asia/Ho_Chi_Minh";

#[tokio::main]
async fn main() {
    let wanted: Vec<String> = std::env::args()
        .skip(1)
        .filter(|each| !each.starts_with('-'))
        .collect();
    let wants = |engine: &str| wanted.is_empty() || wanted.iter().any(|each| each == engine);
    let size = if std::env::var_os("PLENUM_BENCH_SMALL").is_some() {
        Size {
            provinces: 34,
            communes: 332,
            grassroots: 5_200,
            branches: 30_000,
        }
    } else {
        Size::WHOLE
    };
    if wants("sqlite") {
        bench(scratch_sqlite().await, size, "SQLite").await;
    }
    if wants("postgres") {
        if std::env::var_os(plenum_testkit::database::POSTGRES).is_some() {
            bench(scratch_postgres().await, size, "PostgreSQL").await;
        } else {
            println!(
                "PostgreSQL is left out: set {} to a server",
                plenum_testkit::database::POSTGRES
            );
        }
    }
}

async fn bench(scratch: Scratch, size: Size, engine: &str) {
    let clock = Clock::system(ZONE).expect("the zone");
    let today = clock.today();
    let mut table = Table::new(format!("{engine}: {} units", size.units()));
    let sheet = std::env::temp_dir().join(format!("plenum-nation-{}.csv", std::process::id()));
    let text = csv(&nation(size, today.plus(-400)));
    std::fs::write(&sheet, &text).expect("write the sheet");
    table.note(
        "the sheet",
        format!("{:.1} MB of CSV", text.len() as f64 / 1e6),
    );
    drop(text);

    schema::migrate(&scratch.db).await.expect("migrate");
    import(&scratch, &sheet, &mut table, today).await;
    std::fs::remove_file(&sheet).expect("remove the sheet");
    let season = build::season(&scratch.db, today, &mut table).await;
    let congresses = build::congresses(
        &scratch.db,
        &season,
        today,
        size.units() * 100 / 355,
        &mut table,
    )
    .await;

    let hall = Hall::with(&scratch.db, clock);
    let nodes = visits::nodes(&scratch.db, today).await;
    visits::pages(&hall, &season, &nodes, today, &mut table).await;
    visits::boards(&hall, &season, &nodes, today, &mut table).await;
    visits::reports(&hall, &season, &congresses, today, &mut table).await;
    plain::recounts(&scratch.db, &season, &nodes, today, &mut table).await;
    hall.person("desk", Role::Administrator, None).await;
    program::start(&scratch.url, &season, &nodes, &mut table).await;
    table.print();
    drop(hall);
    scratch.remove().await;
}

async fn import(scratch: &Scratch, sheet: &Path, table: &mut Table, today: plenum_rules::Day) {
    build::import(&scratch.db, sheet, today.plus(-400), table).await;
    // As after any large change: the engine looks at what it holds.
    let db: &Db = &scratch.db;
    let mut tx = db.write().await.expect("write");
    tx.run("ANALYZE", &[]).await.expect("analyze");
    tx.commit().await.expect("commit");
}
