//! A branch elects its committee with a tie and a re-ballot, its secretary and
//! its deputy; the archive of each counts to the same result.

use plenum_testkit::on_both;

use crate::papers::recount;
use crate::world::{S, World};

/// Four names for three seats: the last two have equal votes.
const TIED: [(&str, &str); 6] = [
    ("valid", "27"),
    ("invalid_I2", "1"),
    ("votes_1", "25"),
    ("votes_2", "20"),
    ("votes_3", "18"),
    ("votes_4", "18"),
];

#[tokio::test]
async fn a_branch_elects_committee_secretary_and_deputy_with_a_tie_and_a_re_ballot() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        // 31 less one is 30: 16 are needed (R7, R9).
        let page = world.elections().await;
        let _ = page.says("Tổng số làm căn cứ tính kết quả 30 Số phiếu cần để trúng cử 16");
        let at = world.listed("branch_committee", 3, &[1, 2, 3, 4]).await;
        let _ = world.page(&at).await.says("Trần Văn An");
        world.approve(&at, true).await;
        world.vote(&at).await;
        world.count(&at, &TIED).await;
        let page = world.page(&at).await;
        // 25 of 30, not of the 28 ballots (R10).
        let _ = page
            .says("83,33 %")
            .says("Bằng phiếu ở vị trí cuối: Phạm Quốc Cường, Huỳnh Thu Dung");
        world.settle(&at, "tie").await;
        world.confirm(&at).await;
        let again = world.further(&at).await;
        assert_ne!(again, at);
        world.approve(&again, false).await;
        world.vote(&again).await;
        // 15 would not be enough in the first ballot; here the most are (R20).
        world.counted(&again, &["13", "15"]).await;
        world.confirm(&again).await;
        let hall = format!("{S}/elections?unit=TH-01");
        let page = world.get("thanhtra", &hall).await.is(200);
        let _ = page.says("Trần Văn An, Lê Thị Bình, Huỳnh Thu Dung");
        secretary_and_deputy(&mut world).await;
        let page = world.get("thanhtra", &hall).await.is(200);
        let _ = page.says("đã xong 3/4 phần bầu");
        papers(&mut world, &at).await;
        for ballot in [&at, &again] {
            recounted(&mut world, ballot).await;
        }
    })
    .await;
}

async fn secretary_and_deputy(world: &mut World) {
    for (office, person, name) in [
        ("branch_secretary", 1, "Trần Văn An"),
        ("branch_deputy", 2, "Lê Thị Bình"),
    ] {
        let at = world.voted(office, 1, &[person]).await;
        let sheet = [("valid", "28"), ("votes_1", "27"), ("against_1", "1")];
        world.count(&at, &sheet).await;
        world.confirm(&at).await;
        let page = world.page(&at).await;
        let _ = page.says(&format!("Trúng cử 1/1: {name} (cần 16 phiếu trên 30)"));
    }
}

/// Everything that is handed out is there, and the extract holds totals only.
async fn papers(world: &mut World, at: &str) {
    for (file, begins) in [
        ("ballot.pdf", &b"%PDF"[..]),
        ("list.pdf", b"%PDF"),
        ("list.docx", b"PK"),
        ("minutes.pdf", b"%PDF"),
        ("minutes.docx", b"PK"),
        ("result.pdf", b"%PDF"),
        ("journal.pdf", b"%PDF"),
    ] {
        let got = world.page(&format!("{at}/paper/{file}")).await;
        assert!(got.body.starts_with(begins), "{file}");
    }
    let extract = world
        .get("kiem1", &format!("{at}/paper/extract.json"))
        .await
        .is(200);
    assert_eq!(extract.json()["format"], "plenum-election-extract-1");
    assert!(extract.json().get("counted").is_none());
    // The archive is for whoever leads the election, not for everybody who sees it.
    let _ = world
        .get("thanhtra", &format!("{at}/paper/archive.json"))
        .await
        .is(403);
}

/// `plenum recount` needs no database and finds the live result; a changed
/// number is told.
async fn recounted(world: &mut World, at: &str) {
    let archive = world.page(&format!("{at}/paper/archive.json")).await;
    let live = archive.json()["outcome"].clone();
    let done = recount(archive.text(), &["--json"]);
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!((&said["same"], &said["outcome"]), (&true.into(), &live));
    let plain = recount(archive.text(), &[]);
    assert!(String::from_utf8_lossy(&plain.stdout).ends_with("same\n"));
    let mut changed = archive.json();
    changed["outcome"]["open"] = 3.into();
    let differs = recount(&changed.to_string(), &[]);
    assert!(!differs.status.success());
    let why = String::from_utf8_lossy(&differs.stderr).into_owned();
    assert!(why.contains("E-VOT-39") && why.contains("open"), "{why}");
    let broken = archive
        .text()
        .replacen("\"seats\": ", "\"seats\": \"x\", \"s\": ", 1);
    let unread = recount(&broken, &[]);
    let why = String::from_utf8_lossy(&unread.stderr).into_owned();
    assert!(
        !unread.status.success() && why.contains("line") && why.contains("seats"),
        "{why}"
    );
}
