//! Opinion ballots on nominees from outside (R25, R59): as ballots of their own,
//! and counted on paper.

use std::process::Command;

use axum::http::Method;
use plenum_testkit::on_both;
use serde_json::json;

use crate::world::{S, World, bare};

/// A list for three seats: three prepared, two standing on their own account,
/// of whom the list needs one.
async fn with_outsiders(world: &mut World) -> String {
    world.ready().await;
    let at = bare(&world.begin("branch_committee").await);
    let _ = world.run(&at, "seats", &[("seats", "3")]).await.is(200);
    world.nominate(&at, &[1, 2, 3]).await;
    for person in [6, 8] {
        let _ = world.nominate_own(&at, person).await.is(200);
    }
    at
}

#[tokio::test]
async fn r25_r59_an_opinion_ballot_goes_from_the_list_to_a_confirmed_result_and_back() {
    on_both(async |scratch| {
        let mut world = World::on(scratch, "2025-03-03").await;
        let at = with_outsiders(&mut world).await;
        let cards = [("list_agree", "28"), ("number_agree", "28")];
        let page = world.get("bithu", &at).await.is(200);
        let _ = page
            .says("E-VOT-61")
            .says("Ai được ít nhất 9 phiếu của 28 người có mặt");
        let _ = world.run(&at, "approve", &cards).await.is(422).says("E-VOT-35");
        let page = world.run(&at, "ask", &[]).await.is(200);
        let page = page
            .says("Lấy phiếu xin ý kiến: Chi ủy")
            .says("Xin ý kiến về 2 người");
        let asked = bare(&page.address);
        assert_ne!(asked, at);
        // One at a time; neither cards nor paper count beside it.
        let _ = world.run(&at, "ask", &[]).await.is(422).says("E-VOT-01");
        let heard = format!("heard_{}", world.id(6));
        let typed = [("attending", "28"), (heard.as_str(), "20"), ("reason", "BB 2")];
        let _ = world.run(&at, "heard", &typed).await.is(422).says("E-VOT-01");
        let _ = world.run(&at, "approve", &cards).await.is(422).says("E-VOT-40");
        // Its names are those of the list; nobody votes on them by cards.
        let _ = world.nominate_own(&asked, 7).await.is(422).says("E-VOT-01");
        let _ = world.run(&asked, "approve", &cards).await.is(422).says("E-VOT-01");
        let _ = world.run(&asked, "close-names", &[]).await.is(200);
        let page = world.run(&asked, "print", &[("printed", "30")]).await.is(200);
        let _ = page.says("Phiếu đã in");
        let paper = world.printed(&asked, "ballot.pdf").await;
        assert!(paper.contains("PHIẾU XIN Ý KIẾN"), "{paper}");
        assert!(paper.contains("Đây không phải phiếu bầu cử"), "{paper}");
        let _ = world.run(&asked, "hand-out", &[]).await.is(200);
        let too_many = [("present", "28"), ("issued", "28"), ("returned", "29")];
        let close = format!("{asked}/close");
        let _ = world.post("kiem1", &close, &too_many).await.is(422).says("E-VOT-02");
        let right = [("present", "28"), ("issued", "28"), ("returned", "28")];
        let _ = world.post("kiem1", &close, &right).await.is(200);
        // Giang before Hòa: 9 of 28 are needed.
        let sheet = [
            ("valid", "28"),
            ("votes_1", "12"),
            ("against_1", "10"),
            ("votes_2", "8"),
            ("against_2", "20"),
        ];
        world.count(&asked, &sheet).await;
        let page = world.get("bithu", &asked).await.is(200);
        let _ = page
            .says("Căn cứ tính: 28 người có mặt")
            .says("Cần trên 30 % của 28 người có mặt: ít nhất 9 phiếu")
            .says("42,86 %");
        let seen = world.mark("kiem1", &asked).await;
        let confirm = format!("{asked}/confirm");
        let seen = [("seen", seen.as_str())];
        let _ = world.post("kiem1", &confirm, &seen).await.is(200);
        let _ = world.post("kiem1", &confirm, &seen).await.is(422).says("E-VOT-17");
        let _ = world.post("kiem2", &confirm, &seen).await.is(200);
        let page = world.run(&asked, "announce", &[]).await.is(200);
        let _ = page.says(
            "Được trên 30 % số người có mặt ủng hộ (cần 9 phiếu trên 28): Võ Xuân Giang 12 phiếu (42,86 %). Phiếu xin ý kiến không bầu ai.",
        );
        // Back on the list: who has too few holds it up, and is left out.
        let page = world.get("bithu", &at).await.is(200);
        let _ = page
            .says("phiếu xin ý kiến: 12/28 (42,86 %), đủ để đưa vào danh sách")
            .says("phiếu xin ý kiến: 8/28 (28,57 %), không đủ, cần 9")
            .says("E-VOT-53");
        let _ = world.run(&at, "approve", &cards).await.is(422).says("E-VOT-35");
        let typed = [("attending", "28"), (heard.as_str(), "28"), ("reason", "BB 2")];
        let _ = world.run(&at, "heard", &typed).await.is(422).says("E-VOT-68");
        // Who was asked about stays on record: no second try by another door.
        let eight = world.id(8);
        let off = [("person", eight.as_str()), ("change", "remove")];
        let _ = world.run(&at, "nomination", &off).await.is(422).says("E-VOT-94");
        let page = world.run(&at, "sift", &[]).await.is(200);
        let _ = page.says("không đưa vào danh sách");
        let _ = world.run(&at, "ask", &[]).await.is(422).says("E-VOT-48");
        let _ = world.run(&at, "approve", &cards).await.is(200);
        // The list stands on it now.
        let _ = world.run(&asked, "annul", &[("reason", "x")]).await.is(422).says("E-VOT-92");
        let page = world.get("bithu", &at).await.is(200).says("Võ Xuân Giang");
        assert!(page.text().contains("<del>Hồ Đức Hòa</del>"), "left out");
        papers(&mut world, &asked).await;
        // The committee's election goes on, and only it elects.
        world.vote(&at).await;
        let votes = [
            ("valid", "28"),
            ("votes_1", "25"),
            ("votes_2", "24"),
            ("votes_3", "10"),
            ("votes_4", "20"),
        ];
        world.count(&at, &votes).await;
        world.settle_all(&at).await;
        world.confirm(&at).await;
        let page = world.elections().await;
        let _ = page
            .says("Trần Văn An, Lê Thị Bình, Võ Xuân Giang")
            .says("Lấy phiếu xin ý kiến: Chi ủy Đã công bố");
    })
    .await;
}

/// Minutes, list and result say what they are; nobody ratifies them; the
/// archive counts to the same without a database.
async fn papers(world: &mut World, asked: &str) {
    let minutes = world.printed(asked, "minutes.pdf").await;
    for said in [
        "BIÊN BẢN KIỂM PHIẾU XIN Ý KIẾN",
        "không có người trúng cử",
        "TỔ GIÚP VIỆC",
        "Lý Thị Tâm",
        "có mặt khi lấy phiếu: 28",
        "Tổng số làm căn cứ tính kết quả: 28.",
        "Võ Xuân Giang 12 42,86 % 10",
        "Số phiếu cần để được đưa vào danh sách bầu cử: 9 (trên 28 người có mặt)",
    ] {
        assert!(minutes.contains(said), "{said}: {minutes}");
    }
    assert!(!minutes.contains("Đặng Thị Mai"), "the counting committee");
    assert!(!minutes.contains("Số lượng cần bầu"), "{minutes}");
    let list = world.printed(asked, "list.pdf").await;
    assert!(list.contains("DANH SÁCH LẤY PHIẾU XIN Ý KIẾN"), "{list}");
    let result = world.printed(asked, "result.pdf").await;
    assert!(result.contains("KẾT QUẢ LẤY PHIẾU XIN Ý KIẾN"), "{result}");
    assert!(!result.contains("TRÚNG CỬ"), "{result}");
    let docx = format!("{asked}/paper/minutes.docx");
    assert!(
        world
            .get("bithu", &docx)
            .await
            .is(200)
            .body
            .starts_with(b"PK")
    );
    let ratify = [("on", "2025-03-10"), ("reason", "15-QĐ/ĐU")];
    let refused = world
        .post("phuong", &format!("{asked}/ratify"), &ratify)
        .await;
    let _ = refused.is(422).says("E-VOT-01");
    // The papers are kept like any others.
    let seal = [("on", "2025-03-03"), ("reason", "Đoàn chủ tịch")];
    let page = world.run(asked, "seal", &seal).await.is(200);
    let page = page.says("Giữ phiếu ít nhất đến 03/09/2025");
    assert!(!page.words().contains("Báo cáo cấp trên"));
    let archive = world
        .get("bithu", &format!("{asked}/paper/archive.json"))
        .await
        .is(200);
    assert_eq!(archive.json()["definition"]["purpose"], "opinion");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("archive.json");
    std::fs::write(&file, archive.text()).expect("write");
    let done = Command::new(env!("CARGO_BIN_EXE_plenum"))
        .arg("recount")
        .arg(&file)
        .output()
        .expect("run");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}");
    assert!(said.contains("opinion ballot: nobody is elected"), "{said}");
    assert!(
        !said.contains("  elected") && said.ends_with("same\n"),
        "{said}"
    );
}

#[tokio::test]
async fn an_opinion_ballot_is_keyed_ballot_by_ballot() {
    on_both(async |scratch| {
        let mut world = World::on(scratch, "2025-03-03").await;
        let at = with_outsiders(&mut world).await;
        let asked = bare(&world.run(&at, "ask", &[]).await.is(200).address);
        let _ = world.run(&asked, "close-names", &[]).await.is(200);
        let _ = world.run(&asked, "print", &[]).await.is(200);
        let _ = world.run(&asked, "hand-out", &[]).await.is(200);
        let papers = [("present", "28"), ("issued", "4"), ("returned", "4")];
        let _ = world
            .post("kiem1", &format!("{asked}/close"), &papers)
            .await
            .is(200);
        let _ = world
            .run(&asked, "bundles", &[("size", "50")])
            .await
            .is(200);
        for who in ["kiem1", "kiem2"] {
            let token = format!("csrf-{who}");
            let known = world.people.get(who).expect(who).clone();
            let mut teller = known.with_header("x-csrf-token", &token);
            let _ = teller
                .post(&format!("{asked}/take"), &[("bundle", "1")])
                .await
                .is(200);
            // Nobody excepted, number 2 twice, everybody.
            for (turn, keys) in ["", "2", "2", "0"].into_iter().enumerate() {
                let sent = format!("{keys}=");
                let ages = vec![0; sent.chars().count()];
                let body = json!({"turn": turn, "keys": sent, "ages": ages, "shown": keys});
                let key = format!("{asked}/key?bundle=1");
                let _ = teller.send_json(Method::POST, &key, &body).await.is(200);
            }
            let _ = teller
                .post(&format!("{asked}/finish"), &[("bundle", "1")])
                .await
                .is(200);
        }
        let page = world.run(&asked, "compared", &[]).await;
        assert!(page.status.is_success() || page.status.is_redirection());
        // Three of four for Giang, one for Hòa; 9 of the 28 present are needed.
        let page = world.get("bithu", &asked).await.is(200);
        let _ = page.says("Võ Xuân Giang 3").says("Không đủ phiếu");
        world.confirm(&asked).await;
        let page = world.get("bithu", &at).await.is(200);
        let _ = page.says("phiếu xin ý kiến: 3/28 (10,71 %), không đủ, cần 9");
        // Void before the list is approved: what it said is taken back.
        let _ = world
            .run(&asked, "annul", &[("reason", "In sai tên")])
            .await
            .is(200);
        let page = world.get("bithu", &at).await.is(200);
        assert!(!page.words().contains("3/28"));
        let _ = page.says("E-VOT-61");
    })
    .await;
}

#[tokio::test]
async fn an_opinion_ballot_counted_on_paper_names_its_minutes() {
    on_both(async |scratch| {
        let mut world = World::on(scratch, "2025-03-03").await;
        let at = with_outsiders(&mut world).await;
        let (six, eight) = (world.id(6), world.id(8));
        let (six, eight) = (format!("heard_{six}"), format!("heard_{eight}"));
        let one = format!("heard_{}", world.id(1));
        let said = |votes: &'static str, reason: &'static str| {
            [("attending", "28"), (six.as_str(), votes), ("reason", reason)]
        };
        let refused = world.run(&at, "heard", &said("12", " ")).await.is(422);
        let refused = refused.says("E-VOT-30");
        assert!(refused.text().contains("value=\"12\""), "what was typed");
        let _ = world.run(&at, "heard", &said("29", "BB 2")).await.is(422).says("E-VOT-06");
        let many = [("attending", "32"), (six.as_str(), "9"), ("reason", "BB 2")];
        let _ = world.run(&at, "heard", &many).await.is(422).says("E-VOT-06");
        // The convening committee's own are nobody's to ask about.
        let own = [("attending", "28"), (one.as_str(), "9"), ("reason", "BB 2")];
        let _ = world.run(&at, "heard", &own).await.is(422).says("E-VOT-68");
        let both = [
            ("attending", "28"),
            (six.as_str(), "9"),
            (eight.as_str(), "8"),
            ("reason", "Biên bản số 2, 03/3/2025"),
        ];
        let page = world.run(&at, "heard", &both).await.is(200);
        let _ = page
            .says("phiếu xin ý kiến: 9/28 (32,14 %), đủ để đưa vào danh sách – kiểm trên giấy, Biên bản số 2, 03/3/2025")
            .says("phiếu xin ý kiến: 8/28 (28,57 %), không đủ, cần 9");
        let cards = [("list_agree", "28"), ("number_agree", "28")];
        let _ = world.run(&at, "approve", &cards).await.is(422).says("E-VOT-35");
        let _ = world.run(&at, "sift", &[]).await.is(200);
        let _ = world.run(&at, "sift", &[]).await.is(422).says("E-VOT-01");
        // The congress may put somebody back, and is held up again.
        let eight = world.id(8);
        let back = [("person", eight.as_str()), ("change", "back")];
        let _ = world.run(&at, "nomination", &back).await.is(200).says("E-VOT-53");
        let _ = world.run(&at, "sift", &[]).await.is(200);
        let _ = world.run(&at, "approve", &cards).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn opinion_ballots_are_asked_in_their_time_and_counted_by_the_team_for_them() {
    on_both(async |scratch| {
        let mut world = World::on(scratch, "2025-03-03").await;
        world.ready().await;
        let at = bare(&world.begin("branch_committee").await);
        let _ = world.run(&at, "seats", &[("seats", "3")]).await.is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        // Nobody stands from outside.
        let _ = world.run(&at, "ask", &[]).await.is(422).says("E-VOT-48");
        let _ = world.nominate_own(&at, 6).await.is(200);
        let asked = bare(&world.run(&at, "ask", &[]).await.is(200).address);
        // Who withdraws meanwhile is not asked about.
        let six = world.id(6);
        let _ = world
            .run(&at, "nomination", &[("person", &six), ("change", "remove")])
            .await
            .is(200);
        let _ = world
            .run(&asked, "close-names", &[])
            .await
            .is(422)
            .says("E-VOT-48");
        // Nobody is left: the ballot is dropped, and the list waits for nothing.
        let drop = [("reason", "Đồng chí Giang rút")];
        let _ = world
            .run(&asked, "annul", &[("reason", " ")])
            .await
            .is(422)
            .says("E-VOT-30");
        let page = world.run(&asked, "annul", &drop).await.is(200);
        assert_eq!(bare(&page.address), at);
        let _ = world
            .run(&asked, "annul", &drop)
            .await
            .is(422)
            .says("E-VOT-01");
        let cards = [("list_agree", "28"), ("number_agree", "28")];
        let _ = world.run(&at, "approve", &cards).await.is(200);
        // An election before its papers are out is reopened, never dropped.
        let _ = world
            .run(&at, "annul", &drop)
            .await
            .is(422)
            .says("E-VOT-01");
        let _ = world
            .run(&at, "reopen", &[("reason", "Thêm người")])
            .await
            .is(200);
        let four = world.id(4);
        let off = [("person", four.as_str()), ("change", "remove")];
        let _ = world.run(&at, "nomination", &off).await.is(200);
        let _ = world.nominate_own(&at, 7).await.is(200);
        let asked = bare(&world.run(&at, "ask", &[]).await.is(200).address);
        let page = world.run(&asked, "close-names", &[]).await.is(200);
        let _ = page.says("Bùi Ngọc Hạnh");
        let _ = world.run(&asked, "print", &[]).await.is(200);
        // Without the team that helps the presidium nobody hands them out.
        for place in [12, 13] {
            let id = world.id(place);
            let changed = [
                ("id", id.as_str()),
                ("name", "Lý Thị Tâm"),
                ("official", "yes"),
            ];
            let _ = world.at_hall("person", &changed).await.is(200);
        }
        let _ = world
            .run(&asked, "hand-out", &[])
            .await
            .is(422)
            .says("E-VOT-89");
        // A teller leads nothing, and somebody of another unit sees nothing.
        let _ = world.post("kiem1", &format!("{at}/ask"), &[]).await.is(403);
        let _ = world.post("khac", &format!("{at}/ask"), &[]).await.is(403);
        let _ = world.get("khac", &asked).await.is(403);
        let english = world.people["bithu"].clone().in_english().get(&asked).await;
        let _ = english.is(200).says("Opinion ballot: Branch committee");
        let _ = world
            .get("bithu", &format!("{S}/elections?unit=TH-01"))
            .await
            .is(200);
    })
    .await;
}
