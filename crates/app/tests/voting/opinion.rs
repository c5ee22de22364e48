//! Opinion ballots on nominees from outside (R25, R59): as ballots of their own,
//! and counted on paper.

use axum::http::Method;
use plenum_testkit::on_both;
use serde_json::json;

use crate::papers::recount;
use crate::steps::{returned, sheet};
use crate::world::{World, bare};

/// A list for three seats: three prepared, two standing on their own account,
/// of whom the list needs one.
async fn with_outsiders(world: &mut World) -> String {
    let at = world.listed("branch_committee", 3, &[1, 2, 3]).await;
    for person in [6, 8] {
        let _ = world.nominate_own(&at, person).await.is(200);
    }
    at
}

#[tokio::test]
async fn r25_r59_an_opinion_ballot_goes_from_the_list_to_a_confirmed_result_and_back() {
    on_both(async |scratch| {
        let mut world = World::assembled_on(scratch, "2025-03-03").await;
        let at = with_outsiders(&mut world).await;
        let cards = [("list_agree", "28"), ("number_agree", "28")];
        let page = world.page(&at).await;
        let _ = page
            .says("E-VOT-61")
            .says("Ai được ít nhất 9 phiếu của 28 người có mặt");
        world.refused(&at, "approve", &cards, "E-VOT-35").await;
        let page = world.done(&at, "ask", &[]).await;
        let page = page
            .says("Lấy phiếu xin ý kiến: Chi ủy")
            .says("Xin ý kiến về 2 người");
        let asked = bare(&page.address);
        assert_ne!(asked, at);
        // One at a time; neither cards nor paper count beside it.
        world.refused(&at, "ask", &[], "E-VOT-01").await;
        let heard = format!("heard_{}", world.id(6));
        let typed = [
            ("attending", "28"),
            (heard.as_str(), "20"),
            ("reason", "BB 2"),
        ];
        world.refused(&at, "heard", &typed, "E-VOT-01").await;
        world.refused(&at, "approve", &cards, "E-VOT-40").await;
        // Its names are those of the list; nobody votes on them by cards.
        let _ = world.nominate_own(&asked, 7).await.is(422).says("E-VOT-01");
        world.refused(&asked, "approve", &cards, "E-VOT-01").await;
        world.done(&asked, "close-names", &[]).await;
        let page = world.done(&asked, "print", &[("printed", "30")]).await;
        let _ = page.says("Phiếu đã in");
        let paper = world.printed(&asked, "ballot.pdf").await;
        assert!(paper.contains("PHIẾU XIN Ý KIẾN"), "{paper}");
        assert!(paper.contains("Đây không phải phiếu bầu cử"), "{paper}");
        world.done(&asked, "hand-out", &[]).await;
        let too_many = returned("28", "28", "29");
        let _ = world
            .close(&asked, &too_many)
            .await
            .is(422)
            .says("E-VOT-02");
        let right = returned("28", "28", "28");
        let _ = world.close(&asked, &right).await.is(200);
        // Giang before Hòa: 9 of 28 are needed.
        let opinions = [
            ("valid", "28"),
            ("votes_1", "12"),
            ("against_1", "10"),
            ("votes_2", "8"),
            ("against_2", "20"),
        ];
        world.count(&asked, &opinions).await;
        let page = world.page(&asked).await;
        let _ = page
            .says("Căn cứ tính: 28 người có mặt")
            .says("Cần trên 30 % của 28 người có mặt: ít nhất 9 phiếu")
            .says("42,86 %");
        let seen = world.mark("kiem1", &asked).await;
        let seen = [("seen", seen.as_str())];
        world.done_by("kiem1", &asked, "confirm", &seen).await;
        world
            .refused_to("kiem1", &asked, "confirm", &seen, "E-VOT-17")
            .await;
        world.done_by("kiem2", &asked, "confirm", &seen).await;
        let page = world.done(&asked, "announce", &[]).await;
        let _ = page.says(
            "Được trên 30 % số người có mặt ủng hộ (cần 9 phiếu trên 28): \
             Võ Xuân Giang 12 phiếu (42,86 %). Phiếu xin ý kiến không bầu ai.",
        );
        // Back on the list: who has too few holds it up, and is left out.
        let page = world.page(&at).await;
        let _ = page
            .says("phiếu xin ý kiến: 12/28 (42,86 %), đủ để đưa vào danh sách")
            .says("phiếu xin ý kiến: 8/28 (28,57 %), không đủ, cần 9")
            .says("E-VOT-53");
        world.refused(&at, "approve", &cards, "E-VOT-35").await;
        let typed = [
            ("attending", "28"),
            (heard.as_str(), "28"),
            ("reason", "BB 2"),
        ];
        world.refused(&at, "heard", &typed, "E-VOT-68").await;
        // Who was asked about stays on record: no second try by another door.
        let off = world.renominate(&at, 8, "remove").await.is(422);
        let _ = off.says("E-VOT-94");
        let page = world.done(&at, "sift", &[]).await;
        let _ = page.says("không đưa vào danh sách");
        world.refused(&at, "ask", &[], "E-VOT-48").await;
        world.done(&at, "approve", &cards).await;
        // The list stands on it now.
        world
            .refused_to("quan", &asked, "annul", &[("reason", "x")], "E-VOT-92")
            .await;
        let page = world.page(&at).await.says("Võ Xuân Giang");
        assert!(page.text().contains("<del>Hồ Đức Hòa</del>"), "left out");
        papers(&mut world, &asked).await;
        // The committee's election goes on, and only it elects.
        world.vote(&at).await;
        world
            .hear(&at, &sheet("28", &["25", "24", "10", "20"]))
            .await;
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
    let docx = world.page(&format!("{asked}/paper/minutes.docx")).await;
    assert!(docx.body.starts_with(b"PK"));
    let ratify = [("on", "2025-03-10"), ("reason", "15-QĐ/ĐU")];
    world
        .refused_to("phuong", asked, "ratify", &ratify, "E-VOT-01")
        .await;
    // The papers are kept like any others.
    let seal = [("on", "2025-03-03"), ("reason", "Đoàn chủ tịch")];
    let page = world.done(asked, "seal", &seal).await;
    let page = page.says("Giữ phiếu ít nhất đến 03/09/2025");
    assert!(!page.words().contains("Báo cáo cấp trên"));
    let archive = world.page(&format!("{asked}/paper/archive.json")).await;
    assert_eq!(archive.json()["definition"]["purpose"], "opinion");
    let done = recount(archive.text(), &[]);
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
        let mut world = World::assembled_on(scratch, "2025-03-03").await;
        let at = with_outsiders(&mut world).await;
        let asked = world.asked(&at).await;
        // Nobody has read what paper asks about several names.
        let address = format!("{asked}/close-names");
        let page = world.post("bithu", &address, &[]).await.is(422);
        let _ = page.says("E-VOT-41").says("loại phiếu xin ý kiến");
        world.done(&asked, "close-names", &[]).await;
        world.hand_out(&asked, &[]).await;
        let papers = returned("28", "4", "4");
        let _ = world.close(&asked, &papers).await.is(200);
        world.done(&asked, "bundles", &[("size", "50")]).await;
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
        world.done(&asked, "compared", &[]).await;
        // Three of four for Giang, one for Hòa; 9 of the 28 present are needed.
        let page = world.page(&asked).await;
        let _ = page.says("Võ Xuân Giang 3").says("Không đủ phiếu");
        world.confirm(&asked).await;
        let page = world.page(&at).await;
        let _ = page.says("phiếu xin ý kiến: 3/28 (10,71 %), không đủ, cần 9");
        // Void before the list is approved: what it said is taken back.
        let void = [("reason", "In sai tên")];
        world.forbidden("bithu", &asked, "annul", &void).await;
        world.done_by("quan", &asked, "annul", &void).await;
        let page = world.page(&at).await;
        assert!(!page.words().contains("3/28"));
        let _ = page.says("E-VOT-61");
    })
    .await;
}

#[tokio::test]
async fn an_opinion_ballot_counted_on_paper_names_its_minutes() {
    on_both(async |scratch| {
        let mut world = World::assembled_on(scratch, "2025-03-03").await;
        let at = with_outsiders(&mut world).await;
        let (six, eight) = (world.id(6), world.id(8));
        let (six, eight) = (format!("heard_{six}"), format!("heard_{eight}"));
        let one = format!("heard_{}", world.id(1));
        let said = |votes: &'static str, reason: &'static str| {
            [
                ("attending", "28"),
                (six.as_str(), votes),
                ("reason", reason),
            ]
        };
        let refused = world.run(&at, "heard", &said("12", " ")).await.is(422);
        let refused = refused.says("E-VOT-30");
        assert!(refused.text().contains("value=\"12\""), "what was typed");
        world
            .refused(&at, "heard", &said("29", "BB 2"), "E-VOT-06")
            .await;
        let many = [("attending", "32"), (six.as_str(), "9"), ("reason", "BB 2")];
        world.refused(&at, "heard", &many, "E-VOT-06").await;
        // The convening committee's own are nobody's to ask about.
        let own = [("attending", "28"), (one.as_str(), "9"), ("reason", "BB 2")];
        world.refused(&at, "heard", &own, "E-VOT-68").await;
        let both = [
            ("attending", "28"),
            (six.as_str(), "9"),
            (eight.as_str(), "8"),
            ("reason", "Biên bản số 2, 03/3/2025"),
        ];
        let page = world.done(&at, "heard", &both).await;
        let _ = page
            .says(
                "phiếu xin ý kiến: 9/28 (32,14 %), đủ để đưa vào danh sách – \
                 kiểm trên giấy, Biên bản số 2, 03/3/2025",
            )
            .says("phiếu xin ý kiến: 8/28 (28,57 %), không đủ, cần 9");
        let cards = [("list_agree", "28"), ("number_agree", "28")];
        world.refused(&at, "approve", &cards, "E-VOT-35").await;
        world.done(&at, "sift", &[]).await;
        world.refused(&at, "sift", &[], "E-VOT-01").await;
        // The congress may put somebody back, and is held up again.
        let back = world.renominate(&at, 8, "back").await.is(200);
        let _ = back.says("E-VOT-53");
        world.done(&at, "sift", &[]).await;
        world.done(&at, "approve", &cards).await;
    })
    .await;
}

#[tokio::test]
async fn opinion_ballots_are_asked_in_their_time_and_counted_by_the_team_for_them() {
    on_both(async |scratch| {
        let mut world = World::assembled_on(scratch, "2025-03-03").await;
        let at = world.listed("branch_committee", 3, &[1, 2, 3, 4]).await;
        // Nobody stands from outside.
        world.refused(&at, "ask", &[], "E-VOT-48").await;
        let _ = world.nominate_own(&at, 6).await.is(200);
        let asked = world.asked(&at).await;
        // Who withdraws meanwhile is not asked about.
        let _ = world.renominate(&at, 6, "remove").await.is(200);
        world.refused(&asked, "close-names", &[], "E-VOT-48").await;
        // Nobody is left: the ballot is dropped, and the list waits for nothing.
        let drop = [("reason", "Đồng chí Giang rút")];
        world
            .refused(&asked, "annul", &[("reason", " ")], "E-VOT-30")
            .await;
        let page = world.done(&asked, "annul", &drop).await;
        assert_eq!(bare(&page.address), at);
        world.refused(&asked, "annul", &drop, "E-VOT-01").await;
        let cards = [("list_agree", "28"), ("number_agree", "28")];
        world.done(&at, "approve", &cards).await;
        // An election before its papers are out is reopened, never dropped.
        world.refused(&at, "annul", &drop, "E-VOT-01").await;
        world.done(&at, "reopen", &[("reason", "Thêm người")]).await;
        let _ = world.renominate(&at, 4, "remove").await.is(200);
        let _ = world.nominate_own(&at, 7).await.is(200);
        let asked = world.asked(&at).await;
        let page = world.done(&asked, "close-names", &[]).await;
        let _ = page.says("Bùi Ngọc Hạnh");
        world.done(&asked, "print", &[]).await;
        // Without the team that helps the presidium nobody hands them out.
        for place in [12, 13] {
            let id = world.id(place);
            let changed = [
                ("id", id.as_str()),
                ("name", "Lý Thị Tâm"),
                ("official", "yes"),
            ];
            world.done_at_hall("person", &changed).await;
        }
        world.refused(&asked, "hand-out", &[], "E-VOT-89").await;
        // A teller leads nothing, and somebody of another unit sees nothing.
        world.forbidden("kiem1", &at, "ask", &[]).await;
        world.forbidden("khac", &at, "ask", &[]).await;
        let _ = world.get("khac", &asked).await.is(403);
        let english = world.people["bithu"].clone().in_english().get(&asked).await;
        let _ = english.is(200).says("Opinion ballot: Branch committee");
        world.elections().await;
    })
    .await;
}

#[tokio::test]
async fn r25_whoever_is_asked_about_is_not_nominated_anew() {
    on_both(async |scratch| {
        let mut world = World::assembled_on(scratch, "2025-03-03").await;
        let at = world.listed("branch_committee", 3, &[1, 2, 3]).await;
        let _ = world.nominate_own(&at, 6).await.is(200);
        let asked = world.asked(&at).await;
        world.done(&asked, "close-names", &[]).await;
        world.vote_of(&asked, "28").await;
        let sheet = [("valid", "28"), ("votes_1", "2"), ("against_1", "26")];
        world.count(&asked, &sheet).await;
        // Counted, not yet announced: what it says is known.
        let void = [("reason", "In sai tên")];
        world.forbidden("bithu", &asked, "annul", &void).await;
        let off = world.renominate(&at, 6, "remove").await.is(422);
        let _ = off.says("E-VOT-94").says("Võ Xuân Giang");
        world.confirm(&asked).await;
        let off = world.renominate(&at, 6, "remove").await.is(422);
        let _ = off.says("E-VOT-94");
        // Nor is the list dropped, and begun again without what was said.
        let drop = [("reason", "Bấm nhầm")];
        world.refused(&at, "annul", &drop, "E-VOT-122").await;
    })
    .await;
}
