//! The server is killed in the middle of a stream of reports, again and again:
//! every report that was acknowledged is there, once; the rest can be sent
//! again under their keys; the chain of audit rows and the counters hold.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use plenum_app::shell::Clock;
use plenum_rules::Day;
use plenum_rules::access::Role;
use plenum_rules::congress::State;
use plenum_rules::progress::{Facet, GroupKey};
use plenum_store::audit::{self, Verdict};
use plenum_store::db::new_id;
use plenum_store::{Db, Tx, congress, progress, season as seasons};
use plenum_testkit::nation::Dice;
use plenum_testkit::{Hall, Plot, Scratch, on_both, season, unit};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::sync::Semaphore;

const WARDS: usize = 4;
const BRANCHES: usize = 60;
const SEASON: &str = "hb-now";

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
    let line = lines
        .next_line()
        .await
        .unwrap()
        .expect("the server says where it listens");
    let address = line
        .rsplit("http://")
        .next()
        .unwrap()
        .trim_end_matches('/')
        .to_owned();
    Server { child, address }
}

/// A report of one branch, as the phone sends it.
#[derive(Clone)]
struct Sending {
    code: String,
    key: String,
    body: String,
}

/// Sends it; the server's status and words, or nothing where it fell silent.
async fn send(address: &str, sending: &Sending) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address).await?;
    let Sending { code, key, body } = sending;
    let request = format!(
        "POST /r/{SEASON}/{code} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\naccept: application/json\r\n\
         content-type: application/json\r\ncookie: plenum_session=secret-office\r\nx-csrf-token: csrf-office\r\n\
         idempotency-key: {key}\r\nsec-fetch-site: same-origin\r\ncontent-length: {}\r\n\r\n{body}",
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

/// Sends one after another until told to stop or the server falls silent;
/// returns what was acknowledged.
async fn stream(
    address: String,
    sendings: Vec<Sending>,
    stop: Arc<AtomicBool>,
    acknowledgements: Arc<Semaphore>,
) -> Vec<(Sending, String)> {
    let mut acknowledged = Vec::new();
    for sending in sendings {
        if stop.load(Ordering::SeqCst) {
            break;
        }
        match send(&address, &sending).await {
            Ok((200, answer)) => {
                acknowledged.push((sending, answer));
                acknowledgements.add_permits(1);
            }
            Ok((status, answer)) => panic!("{} was answered {status}: {answer}", sending.code),
            Err(_) => break,
        }
    }
    acknowledged
}

async fn set_up(scratch: &Scratch, today: Day) -> Vec<Sending> {
    let mut plot =
        Plot::from(today.plus(-900)).with("HB", "Quận", "", "district", "territorial", 900);
    let mut sendings = Vec::new();
    for ward in 1..=WARDS {
        let above = format!("P{ward}");
        plot = plot.with(
            &above,
            &format!("Phường {ward}"),
            "HB",
            "grassroots",
            "territorial",
            300,
        );
        for branch in 1..=BRANCHES {
            let code = format!("P{ward}-{branch:02}");
            plot = plot.branch(&code, &format!("Chi bộ {branch}"), &above, 20);
            let body = format!(
                "{{\"first\":\"{today}\",\"convened\":\"20\",\"present\":\"19\",\"elected_committee\":\"3\",\
                 \"elected_secretary\":\"yes\",\"elected_deputies\":\"1\",\"elected_delegates\":\"2\",\"opinions\":\"5\"}}"
            );
            sendings.push(Sending {
                code,
                key: format!("{:032x}", new_id()),
                body,
            });
        }
    }
    let hall = Hall::with(&scratch.db, Clock::system("Asia/Ho_Chi_Minh").unwrap());
    hall.set_up(async |tx: &mut Tx| {
        plot.save(tx).await;
        season(
            tx,
            SEASON,
            unit("HB"),
            today.plus(-30),
            &["grassroots", "branch"],
        )
        .await;
    })
    .await;
    hall.person("office", Role::Office, Some(unit("HB"))).await;
    sendings
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_report_is_lost_when_the_server_is_killed() {
    on_both(async |scratch: &Scratch| {
        let today = Clock::system("Asia/Ho_Chi_Minh").unwrap().today();
        let mut waiting = set_up(scratch, today).await;
        // Nobody else holds the file open when the server dies.
        scratch.db.close().await;
        let mut dice = Dice(u64::from(std::process::id()));
        let mut kept: Vec<(Sending, String)> = Vec::new();
        for _ in 0..3 {
            let mut server = start(&scratch.url).await;
            let stop = Arc::new(AtomicBool::new(false));
            let acknowledgements = Arc::new(Semaphore::new(0));
            let writers: Vec<_> = waiting
                .chunks(waiting.len().div_ceil(WARDS))
                .map(|part| {
                    tokio::spawn(stream(
                        server.address.clone(),
                        part.to_vec(),
                        Arc::clone(&stop),
                        Arc::clone(&acknowledgements),
                    ))
                })
                .collect();
            // However fast the server is, it dies while reports come in.
            let some = 5 + u32::try_from(dice.below(40)).unwrap();
            let heard = acknowledgements.acquire_many(some).await.unwrap();
            server.child.kill().await.unwrap();
            stop.store(true, Ordering::SeqCst);
            let before = kept.len();
            for writer in writers {
                kept.extend(writer.await.unwrap());
            }
            drop(heard);
            println!(
                "killed after {some} acknowledgements: {} came",
                kept.len() - before
            );
            waiting.retain(|sending| !kept.iter().any(|(other, _)| other.code == sending.code));
            all_there(&scratch.url, &kept).await;
        }
        assert!(!kept.is_empty(), "some were acknowledged");

        // Whatever was not acknowledged is sent again, and so is what was.
        let server = start(&scratch.url).await;
        let none = Arc::new(Semaphore::new(0));
        let sent = stream(server.address.clone(), waiting, Arc::default(), none).await;
        for (sending, answer) in kept.iter().take(20) {
            assert_eq!(
                send(&server.address, sending).await.unwrap(),
                (200, answer.clone()),
                "the same answer"
            );
        }
        drop(server);
        kept.extend(sent);
        assert_eq!(kept.len(), WARDS * BRANCHES, "every branch has reported");
        let told = all_there(&scratch.url, &kept).await;
        assert_eq!(told, WARDS * BRANCHES, "each once");
    })
    .await;
}

/// Every report that was acknowledged is recorded; the chain and the counters
/// hold. Returns how many reports the audit tells of.
async fn all_there(url: &str, kept: &[(Sending, String)]) -> usize {
    let db = Db::open(url).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let season = seasons::all(&mut tx).await.unwrap().remove(0);
    for (sending, _) in kept {
        let facts = congress::load(&mut tx, &season.id, unit(&sending.code))
            .await
            .unwrap();
        assert_eq!(
            facts.state(),
            State::Reported,
            "{} was acknowledged and is lost",
            sending.code
        );
    }
    assert!(
        matches!(audit::verify(&mut tx).await.unwrap(), Verdict::Whole(_)),
        "the chain holds"
    );
    assert!(
        progress::differing(&mut tx, &season)
            .await
            .unwrap()
            .is_empty(),
        "the counters hold"
    );
    let events = audit::page(&mut tx, None, None, 10_000).await.unwrap();
    let told = events
        .iter()
        .filter(|event| event.event == "congress.reported")
        .count();
    let tally = progress::tally(&mut tx, &season, season.root)
        .await
        .unwrap();
    let key = GroupKey {
        level: season.shape.counted.clone(),
        facet: Facet::All,
    };
    let held = tally.groups[&key].on(plenum_rules::day::LAST).held();
    assert_eq!(
        usize::try_from(held).unwrap(),
        told,
        "counted as often as recorded"
    );
    assert!(told >= kept.len());
    tx.rollback().await.unwrap();
    db.close().await;
    told
}
