//! The server is killed while ballots are keyed: every ballot that was
//! acknowledged is there, once, and the laptop goes on where the server ended.

use std::process::Stdio;

use plenum_app::shell::Clock;
use plenum_rules::voting::keying::{Entry, Patterns};
use plenum_store::{Db, voting};
use plenum_testkit::nation::Dice;
use plenum_testkit::{Scratch, on_both};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::hall::{Count, SEASON};
use crate::steps::BUNDLE;

const PAPERS: u32 = 120;

struct Server {
    child: Child,
    address: String,
}

async fn start(url: &str) -> Server {
    let mut child = Command::new(env!("CARGO_BIN_EXE_plenum"))
        .args(["serve", "--database", url, "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let line = lines.next_line().await.unwrap().expect("where it listens");
    let address = line.rsplit("http://").next().unwrap();
    let address = address.trim_end_matches('/').to_owned();
    Server { child, address }
}

/// Sends a form or keys as the teller; the status and the body, or nothing
/// where the server fell silent.
async fn send(address: &str, path: &str, kind: &str, body: &str) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\naccept: application/json\r\n\
         content-type: {kind}\r\ncookie: plenum_session=secret-an\r\nx-csrf-token: csrf-an\r\n\
         sec-fetch-site: same-origin\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let status = answer
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    match (status, answer.split_once("\r\n\r\n")) {
        (Some(status), Some((_, body))) => Ok((status, body.to_owned())),
        _ => Err(std::io::ErrorKind::UnexpectedEof.into()),
    }
}

/// The keys of a paper: two of the five names struck.
fn paper(number: u32) -> String {
    let first = 1 + number % 4;
    format!("{first}5")
}

/// How many rows the only pass has, and what stands in them.
async fn stored(url: &str, id: u128) -> (u32, Vec<String>) {
    let db = Db::open(url).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let pass = voting::passes(&mut tx, id).await.unwrap().remove(0);
    let turns = voting::turns(&mut tx, id, &pass).await.unwrap();
    let lines = voting::keys_of_pass(&mut tx, id, &pass).await.unwrap();
    let ballot = voting::load::<plenum_app::shell::elections::Facts>(&mut tx, id)
        .await
        .unwrap()
        .unwrap();
    let paper = &ballot.facts.election.closed().unwrap().open.paper;
    let layout = paper.definition.layout;
    let entry = Entry::replay(&ballot.rules, layout, Patterns::default(), &lines).unwrap();
    let keys = entry.ballots().iter().map(|ballot| {
        plenum_rules::voting::keying::text(&plenum_rules::voting::keying::print(&layout, ballot))
    });
    let keys = keys.collect();
    tx.rollback().await.unwrap();
    db.close().await;
    (u32::try_from(turns).unwrap(), keys)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_ballot_is_lost_when_the_server_is_killed() {
    on_both(async |scratch: &Scratch| {
        let today = Clock::system("Asia/Ho_Chi_Minh").unwrap().today();
        let count = Count::on(scratch, today, (5, 3), PAPERS).await;
        let mut chair = count.chair().await;
        count.done(&mut chair, "bundles", &[("size", "200")]).await;
        let mut an = count.teller("an").await;
        count.done(&mut an, "take", &BUNDLE).await;
        let path = format!("/s/{SEASON}/elections/{:032x}/key?bundle=1", count.id);
        scratch.db.close().await;

        let mut dice = Dice(u64::from(std::process::id()));
        let mut done = 0;
        while done < PAPERS {
            let mut server = start(&scratch.url).await;
            let dies_after = 10 + u32::try_from(dice.below(40)).unwrap();
            let mut acknowledged = 0;
            loop {
                if done + acknowledged == PAPERS {
                    break;
                }
                let keys = paper(done + acknowledged);
                let body = json!({
                    "turn": done + acknowledged, "keys": format!("{keys}="), "ages": [0, 0, 0], "shown": keys,
                });
                let body = body.to_string();
                let sending = send(&server.address, &path, "application/json", &body);
                if acknowledged == dies_after {
                    // It dies with a ballot on its way.
                    let (answer, killed) = tokio::join!(sending, server.child.kill());
                    killed.unwrap();
                    acknowledged += u32::from(matches!(answer, Ok((200, _))));
                    break;
                }
                let (status, answer) = sending.await.unwrap();
                assert_eq!(status, 200, "{answer}");
                acknowledged += 1;
                let standing: Value = serde_json::from_str(&answer).unwrap();
                assert_eq!(standing["ballots"], json!(done + acknowledged));
            }
            drop(server);
            let (turns, keys) = stored(&scratch.url, count.id).await;
            assert!(turns >= done + acknowledged, "an acknowledged ballot is lost");
            assert!(turns <= done + acknowledged + 1);
            let expected: Vec<String> = (0..turns).map(paper).collect();
            assert_eq!(keys, expected, "each once, in order");
            done = turns;
        }
    })
    .await;
}
