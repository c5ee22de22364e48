//! The terminal's manners: closed pipes, names nobody knows, addresses that
//! are taken, the same order as on the page.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

use std::io::Read as _;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use plenum_app::features::demo;
use plenum_app::shell::Who;
use plenum_rules::access::Role;
use plenum_store::schema;
use plenum_testkit::{Hall, Scratch, day, scratch_sqlite};

fn plenum(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenum"));
    command.args(arguments).env_remove("PLENUM_HTTPS");
    command
}

/// What it printed, or why it failed.
fn run(arguments: &[&str]) -> Result<String, String> {
    let output = plenum(arguments).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(!told.contains("panicked"), "{told}");
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout).unwrap()),
        false => Err(told),
    }
}

async fn loaded() -> (Scratch, Hall) {
    let scratch = scratch_sqlite().await;
    schema::migrate(&scratch.db).await.unwrap();
    let hall = Hall::new(&scratch.db, day("2026-11-20"));
    demo::load(&hall.app, &Who::system("test")).await.unwrap();
    (scratch, hall)
}

fn gone(name: &str) -> PathBuf {
    let id = plenum_store::db::new_id();
    std::env::temp_dir().join(format!("plenum-{id:032x}-{name}"))
}

#[tokio::test]
async fn a_reader_who_has_seen_enough_ends_the_command_without_a_word() {
    let (scratch, _hall) = loaded().await;
    let at = ["--database", &scratch.url];
    let commands: [&[&str]; 4] = [
        &["progress", "--season", "cam-le-2020"],
        &["progress", "--season", "cam-le-2020", "--json"],
        &["account", "list"],
        &["audit", "list"],
    ];
    for command in commands {
        let mut child = plenum(&[command, at.as_slice()].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // The pipe is closed before the first line.
        drop(child.stdout.take());
        let mut told = String::new();
        let _ = child.stderr.take().unwrap().read_to_string(&mut told);
        assert_eq!(told, "", "{command:?}");
        assert_eq!(child.wait().unwrap().code(), Some(141), "{command:?}");
    }
    scratch.remove().await;
}

#[tokio::test]
async fn a_season_or_unit_nobody_knows_is_named_with_those_there_are() {
    let (scratch, _hall) = loaded().await;
    let ask = |season: &str, unit: &str, day: &str| {
        run(&[
            "progress",
            "--database",
            &scratch.url,
            "--season",
            season,
            "--unit",
            unit,
            "--as-of",
            day,
        ])
        .unwrap_err()
    };
    let told = ask("cam-le-2019", "CL", "2020-03-02");
    assert!(told.contains("there is no season cam-le-2019"), "{told}");
    assert!(
        told.contains("an-khe-2024") && told.contains("cam-le-2020"),
        "{told}"
    );
    let told = ask("cam-le-2020", "CL-KTX", "2020-03-02");
    assert!(
        told.contains("there is no unit CL-KTX on 2020-03-02"),
        "{told}"
    );
    assert!(told.contains("CL-KT (Đảng bộ phường Khuê Trung)"), "{told}");
    assert!(told.contains("plenum export"), "{told}");
    let told = ask("an-thanh-2022", "CL-KT", "2022-08-04");
    assert!(
        told.contains("CL-KT is no part of the season an-thanh-2022"),
        "{told}"
    );
    let told = ask("cam-le-2020", "CL", "2020-02-31");
    assert!(told.contains("2020-02-31 is no day"), "{told}");
    let report = [
        "report",
        "--database",
        &scratch.url,
        "--season",
        "nowhere",
        "--out",
        "unwritten.pdf",
    ];
    assert!(
        run(&report)
            .unwrap_err()
            .contains("there is no season nowhere")
    );
    scratch.remove().await;
}

#[tokio::test]
async fn units_stand_in_the_order_of_the_page() {
    let (scratch, hall) = loaded().await;
    let mut reader = hall.person("reader", Role::Auditor, None).await;
    let at = [
        "--season",
        "cam-le-2020",
        "--unit",
        "CL-KT",
        "--as-of",
        "2020-03-02",
    ];
    let database = ["--database", scratch.url.as_str()];
    let printed = run(&[&["progress"], &database[..], &at[..]].concat()).unwrap();
    let json = run(&[&["progress", "--json"], &database[..], &at[..]].concat()).unwrap();
    let page = reader
        .get("/s/cam-le-2020/progress?unit=CL-KT&on=2020-03-02")
        .await
        .is(200);
    let table = page.text().split("id=\"children\"").nth(1).unwrap();
    let shown: Vec<&str> = table
        .split("</table>")
        .next()
        .unwrap()
        .split("<th scope=\"row\"")
        .skip(1)
        .filter_map(|row| {
            row.split_once("\">")?
                .1
                .split_once("\">")?
                .1
                .split_once("</a>")
        })
        .map(|(name, _)| name)
        .collect();
    assert_eq!(shown.len(), 36);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let told: Vec<&str> = json["children"]
        .as_array()
        .unwrap()
        .iter()
        .map(|child| child["name"].as_str().unwrap())
        .collect();
    assert_eq!(told, shown);
    let place = |name: &str| told.iter().position(|each| *each == name).unwrap();
    assert!(place("Chi bộ 2") < place("Chi bộ 12"), "2 before 12");
    assert!(printed.contains("36/36"), "{printed}");
    scratch.remove().await;
}

#[test]
fn what_cannot_be_opened_is_named_with_what_to_do() {
    let missing = gone("folder").join("a.db");
    let url = format!("sqlite:{}", missing.display());
    let told = run(&["audit", "verify", "--database", &url]).unwrap_err();
    assert!(told.contains(&url) && told.contains("mkdir -p"), "{told}");
    // A folder nobody can write to, whoever runs this.
    let told = run(&["audit", "verify", "--database", "sqlite:/proc/plenum.db"]).unwrap_err();
    assert!(
        told.contains("/proc/plenum.db") && told.contains("writable for whoever runs plenum"),
        "{told}"
    );
    let told = run(&["audit", "verify", "--database", "sqlite:/"]).unwrap_err();
    assert!(told.contains("that is a folder"), "{told}");
    let text = gone("text.db");
    std::fs::write(
        &text,
        "this is no database, only a text somebody wrote down".repeat(40),
    )
    .unwrap();
    let url = format!("sqlite:{}", text.display());
    let told = run(&["audit", "verify", "--database", &url]).unwrap_err();
    assert!(told.contains("is no database of plenum"), "{told}");
    std::fs::remove_file(&text).unwrap();
    let port = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let url = format!("postgres://somebody:secret@127.0.0.1:{port}/plenum");
    let told = run(&["audit", "verify", "--database", &url]).unwrap_err();
    assert!(
        told.contains(&port.to_string()) && !told.contains("secret"),
        "{told}"
    );
    assert!(told.contains("does not answer"), "{told}");
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let scratch = scratch_sqlite().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let output = plenum(&["serve", "--database", &scratch.url, "--listen", &listen])
        .env("PLENUM_HTTPS", "1")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains(&format!("cannot listen on {listen}")),
        "{told}"
    );
    assert!(told.contains("--listen 127.0.0.1:"), "{told}");
    let output = plenum(&["serve", "--database", &scratch.url, "--listen", &listen])
        .env("PLENUM_HTTPS", "perhaps")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("perhaps"), "{told}");
    scratch.remove().await;
}

#[tokio::test]
async fn a_report_takes_every_part_of_the_letter() {
    let (scratch, _hall) = loaded().await;
    let out = gone("report.pdf");
    let file = out.display().to_string();
    let report = [
        "report",
        "--database",
        &scratch.url,
        "--season",
        "cam-le-2020",
        "--as-of",
        "2020-03-02",
        "--format",
        "pdf",
        "--out",
        &file,
        "--superior",
        "ĐẢNG BỘ THÀNH PHỐ THỬ",
        "--place",
        "Hòa Thọ Đông",
        "--to",
        "Ban Tổ chức Thành ủy (để báo cáo)",
        "--to",
        "Lưu Văn phòng",
    ];
    run(&report).unwrap();
    let read = Command::new("pdftotext")
        .args(["-layout", &file, "-"])
        .output()
        .unwrap();
    let document = String::from_utf8(read.stdout).unwrap();
    for part in [
        "ĐẢNG BỘ THÀNH PHỐ THỬ",
        "Hòa Thọ Đông",
        "Ban Tổ chức Thành ủy (để báo cáo)",
        "Lưu Văn phòng",
    ] {
        assert!(document.contains(part), "{part}: {document}");
    }
    std::fs::remove_file(&out).unwrap();
    scratch.remove().await;
}

#[test]
fn a_file_of_election_rules_is_checked_with_line_and_field() {
    let sound = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../rules/profiles/elections/association.toml"
    );
    let said = run(&["rules", sound]).unwrap();
    assert!(said.starts_with("association: "), "{said}");
    let text = std::fs::read_to_string(sound).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.toml");
    let wrong = text.replacen("keep_months = { value = 12", "keep_months = { value = 0", 1);
    std::fs::write(&file, wrong).unwrap();
    let line = 1 + text
        .lines()
        .position(|line| line.starts_with("keep_months"))
        .unwrap();
    let said = run(&["rules", file.to_str().unwrap()]).unwrap_err();
    let named = said.contains(&format!("line {line}:")) && said.contains("custody.keep_months");
    assert!(named, "{said}");
}
