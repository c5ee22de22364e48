//! The built program over the same database: how soon it answers and how much
//! memory it holds.

use std::process::Stdio;
use std::time::Instant;

use plenum_store::season::Season;
use plenum_testkit::nation::CENTRE;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::Command;

use crate::table::Table;
use crate::visits::Nodes;

/// Starts the server, looks at a few hundred pages, stops it.
pub async fn start(url: &str, season: &Season, nodes: &Nodes, table: &mut Table) {
    let begin = Instant::now();
    let mut server = Command::new(env!("CARGO_BIN_EXE_plenum"))
        .args(["serve", "--database", url, "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("start the server");
    let mut lines = BufReader::new(server.stdout.take().expect("its output")).lines();
    let line = lines
        .next_line()
        .await
        .expect("its output")
        .expect("its address");
    let address = line
        .rsplit("http://")
        .next()
        .expect("its address")
        .trim_end_matches('/')
        .to_owned();
    let _ = page(&address, "/health").await;
    table.time("the server's start until it answers (goal 2 s)", begin);
    let pid = server.id().expect("it runs");
    table.note("memory held after the start", memory(pid));
    let mut times = Vec::new();
    for (_, nodes) in &nodes.0 {
        for node in nodes {
            let start = Instant::now();
            let bytes = page(
                &address,
                &format!("/s/{}/progress?unit={}", season.id, node.code),
            )
            .await;
            times.push(start.elapsed());
            assert!(bytes > 2_000, "a page");
        }
    }
    table.spread("pages of the running server, a connection each", times);
    table.note("memory held after them (goal 300 MiB)", memory(pid));
    let begin = Instant::now();
    let fields = format!(
        "csrf=csrf-desk&id=another&name=Another&root={CENTRE}&profile=vn-party&opens={}&levels=branch\
         &term-branch=2022-2025&counted=branch&contents=review&contents=opinions",
        season.opens
    );
    ask(&address, "POST", "/seasons/new", "desk", &fields, "303").await;
    table.time("another season opened in the running server", begin);
    table.note("memory held after it (goal 300 MiB)", memory(pid));
    server.kill().await.expect("stop the server");
}

fn memory(pid: u32) -> String {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("its status");
    let of = |name: &str| {
        let line = status
            .lines()
            .find(|line| line.starts_with(name))
            .expect("a figure");
        let kib: u64 = line
            .split_whitespace()
            .nth(1)
            .and_then(|number| number.parse().ok())
            .expect("a number");
        kib / 1_024
    };
    format!(
        "{} MiB, at most {} MiB, own {} MiB",
        of("VmRSS"),
        of("VmHWM"),
        of("RssAnon")
    )
}

async fn page(address: &str, path: &str) -> usize {
    ask(address, "GET", path, "office", "", "200").await
}

/// Asks as somebody of the bench, on a connection of its own; returns the size
/// of the answer.
async fn ask(
    address: &str,
    method: &str,
    path: &str,
    who: &str,
    form: &str,
    expected: &str,
) -> usize {
    let mut stream = TcpStream::connect(address).await.expect("connect");
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\ncookie: plenum_session=secret-{who}\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{form}",
        form.len()
    );
    stream.write_all(request.as_bytes()).await.expect("ask");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.expect("the answer");
    assert!(
        answer.starts_with(format!("HTTP/1.1 {expected}").as_bytes()),
        "{}",
        String::from_utf8_lossy(&answer)
    );
    answer.len()
}
