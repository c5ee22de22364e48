//! The same from the terminal.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use plenum_store::Db;
use plenum_store::args;
use plenum_store::db::new_id;

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("plenum-terminal-{:032x}", new_id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn database(&self, name: &str) -> String {
        format!("sqlite:{}", self.0.join(name).display())
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs it with a line of input: what it printed, or why it failed.
fn plenum(arguments: &[&str], input: &str) -> Result<String, String> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_plenum"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // It may have failed before it read anything.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    if output.status.success() {
        Ok(printed)
    } else {
        Err(format!("{printed}{told}"))
    }
}

fn begun(folder: &Folder) -> String {
    let database = folder.database("a.db");
    let init = [
        "init",
        "--database",
        &database,
        "--login",
        "quantri",
        "--name",
        "Quản trị",
        "--password-stdin",
    ];
    plenum(&init, "một mật khẩu dài\n").unwrap();
    database
}

async fn change(database: &str, sql: &str) {
    let db = Db::open(database).await.unwrap();
    let mut tx = db.write().await.unwrap();
    assert!(tx.run(sql, args![]).await.unwrap() > 0, "{sql}");
    tx.commit().await.unwrap();
    db.close().await;
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn the_first_administrator_is_made_once() {
    let folder = Folder::new();
    let database = folder.database("a.db");
    let init = [
        "init",
        "--database",
        &database,
        "--login",
        "quantri",
        "--name",
        "Quản trị",
        "--password-stdin",
    ];
    assert!(plenum(&init, "ngắn\n").unwrap_err().contains("E-ACC-08"));
    assert!(
        plenum(&init[..7], "")
            .unwrap_err()
            .contains("--password-stdin"),
        "no terminal to ask at"
    );
    assert!(
        plenum(&init, "một mật khẩu dài\n")
            .unwrap()
            .contains("quantri is the administrator")
    );
    assert!(
        plenum(&init, "một mật khẩu dài\n")
            .unwrap_err()
            .contains("E-ACC-16")
    );
}

#[test]
fn accounts_and_tokens_are_looked_after() {
    let folder = Folder::new();
    let database = begun(&folder);
    let db = ["--database", database.as_str()];
    let run = |arguments: &[&str]| plenum(&[arguments, &db].concat(), "");
    let add = [
        "account",
        "add",
        "kiemtra",
        "--name",
        "Kiểm tra",
        "--role",
        "auditor",
    ];
    assert!(run(&add).unwrap().contains("one-time password "));
    assert!(run(&add).unwrap_err().contains("E-ACC-05"));
    let nowhere = [
        "account", "add", "x1", "--name", "X", "--role", "office", "--unit", "XX",
    ];
    assert!(run(&nowhere).unwrap_err().contains("there is no unit XX"));
    assert!(
        run(&["account", "list"])
            .unwrap()
            .contains("kiemtra\tKiểm tra\tauditor@everywhere")
    );
    assert!(
        run(&["account", "disable", "quantri"])
            .unwrap_err()
            .contains("E-ACC-03")
    );
    let grant = ["account", "grant", "kiemtra", "--role", "administrator"];
    run(&grant).unwrap();
    run(&["account", "disable", "quantri"]).unwrap();
    assert!(
        run(&["account", "list"])
            .unwrap()
            .contains("quantri\tQuản trị\tadministrator@everywhere\tdisabled")
    );
    run(&["account", "disable", "quantri", "--enable"]).unwrap();
    assert!(
        run(&["account", "password", "quantri"])
            .unwrap()
            .contains("one-time password")
    );

    let token = [
        "token",
        "add",
        "kiemtra",
        "--name",
        "bảng",
        "--scope",
        "progress:read,units:read",
    ];
    assert!(run(&token).unwrap().starts_with("plenum_"));
    assert!(
        run(&["token", "add", "kiemtra", "--name", "b", "--scope", "all"])
            .unwrap_err()
            .contains("no scope")
    );
    let listed = run(&["token", "list", "kiemtra"]).unwrap();
    assert!(listed.contains("progress:read,units:read"));
    let id = listed.split('\t').next().unwrap();
    run(&["token", "remove", "kiemtra", id]).unwrap();
    assert_eq!(run(&["token", "list", "kiemtra"]).unwrap(), "");
}

#[tokio::test]
async fn the_first_broken_link_is_named() {
    let folder = Folder::new();
    let database = begun(&folder);
    let verify = ["audit", "verify", "--database", &database];
    let add = |login: &str| {
        let arguments = [
            "account",
            "add",
            login,
            "--name",
            "N",
            "--role",
            "auditor",
            "--database",
            &database,
        ];
        plenum(&arguments, "").unwrap();
    };
    add("one");
    add("two");
    let whole = plenum(&verify, "").unwrap();
    assert!(whole.starts_with("5 rows, whole"), "{whole}");
    let noted = whole.split("--noted ").nth(1).unwrap().trim().to_owned();
    let with_note = [&verify[..], &["--noted", &noted]].concat();
    plenum(&with_note, "").unwrap();
    let listed = plenum(
        &[
            "audit",
            "list",
            "--event",
            "account",
            "--database",
            &database,
            "--json",
        ],
        "",
    )
    .unwrap();
    assert_eq!(listed.lines().count(), 2);

    // The end cut off: whole in itself, but not what was noted.
    change(&database, "DELETE FROM audit WHERE seq = 5").await;
    assert!(plenum(&verify, "").unwrap().starts_with("4 rows, whole"));
    assert!(
        plenum(&with_note, "")
            .unwrap_err()
            .contains("cut or rewritten")
    );
    change(&database, "UPDATE audit SET detail = '{}' WHERE seq = 2").await;
    let broken = plenum(&verify, "").unwrap_err();
    assert!(
        broken.contains("breaks at row 2") && broken.contains("account.added by cli:"),
        "{broken}"
    );
}

#[tokio::test]
async fn the_doctor_finds_what_is_wrong_and_mends_the_counters() {
    let folder = Folder::new();
    let database = folder.database("demo.db");
    plenum(&["demo", "--load-only", "--database", &database], "").unwrap();
    let doctor = ["doctor", "--database", &database];
    let well = plenum(&doctor, "").unwrap();
    assert!(well.lines().all(|line| line.starts_with('✓')), "{well}");
    assert!(well.contains("counters of cam-le-2020"));

    change(
        &database,
        "DELETE FROM tally WHERE season = 'cam-le-2020' AND part = 0",
    )
    .await;
    let ill = plenum(&doctor, "").unwrap_err();
    assert!(
        ill.contains("✗ counters of cam-le-2020") && ill.contains("✓ counters of an-khe-2024"),
        "{ill}"
    );
    let mended = plenum(&["doctor", "--repair", "--database", &database], "").unwrap();
    assert!(mended.contains("counted anew"), "{mended}");
    plenum(&doctor, "").unwrap();

    change(
        &database,
        "UPDATE unit_version SET parent = unit WHERE code = 'CL'",
    )
    .await;
    assert!(plenum(&doctor, "").unwrap_err().contains("✗ units"));
    change(
        &database,
        "UPDATE audit SET at = 4000000000000000 WHERE seq = 1",
    )
    .await;
    assert!(
        plenum(&doctor, "")
            .unwrap_err()
            .contains("✗ audit: the chain breaks at row 1")
    );
}

#[tokio::test]
async fn a_backup_comes_back_as_it_was_and_a_damaged_one_does_not() {
    let folder = Folder::new();
    let (demo, file, other) = (
        folder.database("demo.db"),
        folder.file("b.zip"),
        folder.database("other.db"),
    );
    plenum(&["demo", "--load-only", "--database", &demo], "").unwrap();
    let written = plenum(&["backup", text(&file), "--database", &demo], "").unwrap();
    assert!(written.contains("checked"), "{written}");
    let again = plenum(&["backup", text(&file), "--database", &demo], "").unwrap_err();
    assert!(again.contains("exists already"));
    let restore =
        |file: &Path, database: &str| plenum(&["restore", text(file), "--database", database], "");
    assert!(restore(&file, &demo).unwrap_err().contains("not empty"));

    // Some signs changed, or the end missing, and it is refused.
    let bytes = std::fs::read(&file).unwrap();
    let mut spoiled = vec![bytes[..bytes.len() / 2].to_vec(), Vec::new()];
    for place in [4, 2] {
        let mut changed = bytes.clone();
        let at = bytes.len() / place;
        changed[at..at + 64].iter_mut().for_each(|sign| *sign ^= 1);
        spoiled.push(changed);
    }
    for spoiled in spoiled {
        let spoiled_file = folder.file("spoiled");
        std::fs::write(&spoiled_file, spoiled).unwrap();
        let refused = restore(&spoiled_file, &other).unwrap_err();
        assert!(refused.contains("damaged"), "{refused}");
    }

    restore(&file, &other).unwrap();
    let doctor = plenum(&["doctor", "--database", &other], "").unwrap();
    assert!(doctor.lines().all(|line| line.starts_with('✓')), "{doctor}");
    let progress = [
        "progress",
        "--season",
        "cam-le-2020",
        "--as-of",
        "2020-03-02",
        "--database",
    ];
    let of = |database: &str| plenum(&[&progress[..], &[database]].concat(), "").unwrap();
    assert_eq!(of(&demo), of(&other));
    let restored = plenum(&["audit", "list", "--limit", "1", "--database", &other], "").unwrap();
    assert!(restored.contains("installation.restored"));
}
