//! The counting desk at the server's edge: how long a teller waits for each
//! ballot, on disk when it is answered, while a congress of 348 × 63 is keyed
//! at three stations at once.
//!
//!     cargo bench --workspace --bench desk

#![expect(
    clippy::unwrap_used,
    reason = "a bench that finds no value has found a fault"
)]

#[path = "../../tests/keying/hall.rs"]
#[expect(dead_code, reason = "the tests of the desk need more of it")]
mod hall;
#[path = "../nation/table.rs"]
mod table;

use std::time::{Duration, Instant};

use axum::http::Method;
use hall::Count;
use plenum_testkit::nation::Dice;
use plenum_testkit::{Client, Scratch, scratch_postgres, scratch_sqlite};
use serde_json::json;
use table::Table;

const PAPERS: u32 = 348;
const NAMES: u8 = 63;
const SEATS: u8 = 55;
/// Papers of a bundle: the longer, the more of a pass is replayed.
const BUNDLE: u32 = 116;

#[tokio::main]
async fn main() {
    bench(scratch_sqlite().await, "SQLite").await;
    if std::env::var_os(plenum_testkit::database::POSTGRES).is_some() {
        bench(scratch_postgres().await, "PostgreSQL").await;
    }
}

async fn bench(scratch: Scratch, engine: &str) {
    plenum_store::schema::migrate(&scratch.db).await.unwrap();
    let mut table = Table::new(format!(
        "{engine}: {PAPERS} ballots of {NAMES} names, three stations at once (goal 30 ms a ballot)"
    ));
    let count = Count::of(&scratch, NAMES, SEATS, PAPERS).await;
    let mut chair = count.chair().await;
    let size = BUNDLE.to_string();
    let _ = chair.post(&count.at("/bundles"), &[("size", &size)]).await;
    let (mut an, mut binh, mut chi) = (
        count.teller("an").await,
        count.teller("binh").await,
        count.teller("chi").await,
    );
    let start = Instant::now();
    let (one, two, three) = tokio::join!(
        key(&count, &mut an, 1),
        key(&count, &mut binh, 2),
        key(&count, &mut chi, 3),
    );
    table.time("one pass over all of them", start);
    let all: Vec<Vec<Duration>> = vec![one, two, three];
    let part = |from: usize, to: usize| -> Vec<Duration> {
        all.iter()
            .flat_map(|times| times[from..to].iter().copied())
            .collect()
    };
    let last = BUNDLE as usize;
    table.spread("a ballot, on disk when answered", part(0, last));
    table.spread("the first ten of each bundle", part(0, 10));
    table.spread("the last ten of each bundle", part(last - 10, last));
    table.print();
    scratch.remove().await;
}

/// Keys a bundle: eight names struck on each paper, no two alike.
async fn key(count: &Count, teller: &mut Client, bundle: u32) -> Vec<Duration> {
    let number = bundle.to_string();
    let _ = teller
        .post(&count.at("/take"), &[("bundle", &number)])
        .await
        .is(200);
    let mut dice = Dice(u64::from(bundle));
    let mut times = Vec::new();
    for turn in 0..BUNDLE {
        let mut names: Vec<usize> = Vec::new();
        while names.len() < usize::from(NAMES - SEATS) {
            let name = 1 + dice.below(usize::from(NAMES));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.sort_unstable();
        let keys: String = names.iter().map(|name| format!("{name:02}")).collect();
        let ages = vec![0; keys.len() + 1];
        let body = json!({"turn": turn, "keys": format!("{keys}="), "ages": ages, "shown": keys});
        let at = count.at(&format!("/key?bundle={bundle}"));
        let start = Instant::now();
        let answer = teller.send_json(Method::POST, &at, &body).await;
        times.push(start.elapsed());
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.text());
    }
    times
}
