//! What was begun or counted wrongly is put right, and by whom; what others have
//! built on, or the superior decided, stays.

use plenum_testkit::on_both;

use sha2::{Digest as _, Sha256};

use crate::papers::recount;
use crate::steps::{returned, sheet};
use crate::world::{S, World, bare};

const VOTES: [&str; 4] = ["20", "19", "18", "5"];

#[tokio::test]
async fn a_ballot_begun_by_mistake_is_dropped_before_papers_are_out() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.begin("branch_committee").await;
        world
            .refused(&at, "annul", &[("reason", " ")], "E-VOT-30")
            .await;
        let why = [("reason", "Bấm nhầm")];
        world.done(&at, "annul", &why).await;
        let page = world.elections().await;
        let _ = page.says("đã xong 0/4 phần bầu").says("Hủy kết quả");
        // Nothing is left behind: the elections are set up for another day.
        let again = world.set_up("31", &[]).await;
        let _ = again.is(200);
        let at = world
            .announced("branch_committee", 3, &["20", "18", "10", "9"])
            .await;
        let _ = world.decided(&at, "further").await;
        let next = world.further(&at).await;
        // The further ballot too: the congress decides anew.
        let page = world.page(&at).await;
        let page = page.says("Lần bầu sau của chức danh này: Bầu Chi ủy, lần 2");
        assert!(!page.text().contains("/further\""), "it is there already");
        world.done(&next, "annul", &why).await;
        let back = [("decision", "further"), ("reason", "Bấm nhầm")];
        world.done(&at, "undecide", &back).await;
        let _ = world.decided(&at, "stop").await;
        let page = world.page(&at).await;
        let _ = page.says("Đại hội quyết định không bầu tiếp");
    })
    .await;
}

#[tokio::test]
async fn what_two_people_confirmed_only_the_superior_makes_void_and_it_stays_readable() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.counted(&at, &VOTES).await;
        world.settle_all(&at).await;
        for who in world.tellers {
            let seen = world.mark(who, &at).await;
            world.done_by(who, &at, "confirm", &[("seen", &seen)]).await;
        }
        let void = [("reason", "Quyết định 3-QĐ/ĐU")];
        world.forbidden("bithu", &at, "annul", &void).await;
        world.done_by("phuong", &at, "annul", &void).await;
        let page = world.page(&at).await;
        let page = page
            .says("Lần bầu này bị hủy: Quyết định 3-QĐ/ĐU")
            .says("Kết quả đã bị hủy, để xem lại")
            .says("Lần bầu sau của chức danh này");
        assert!(page.text().contains("66,67"), "{}", page.words());
        // Nobody was elected in it.
        let _ = world.elections().await.says("đã xong 0/4 phần bầu");
    })
    .await;
}

#[tokio::test]
async fn a_result_is_for_those_who_count_until_two_people_confirmed_it() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.counted(&at, &VOTES).await;
        world.settle_all(&at).await;
        let page = world.get("thanhtra", &at).await.is(200);
        assert!(!page.words().contains("66,67"), "{}", page.words());
        let minutes = format!("{at}/paper/minutes.pdf");
        let _ = world.get("thanhtra", &minutes).await.is(403);
        let _ = world.get("kiem1", &minutes).await.is(200);
        world.confirm(&at).await;
        let _ = world.get("thanhtra", &minutes).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn sheets_that_agree_on_a_misread_paper_are_counted_again() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.counted(&at, &VOTES).await;
        let why = [("reason", "Xếp nhầm một phiếu")];
        world
            .refused_to("kiem1", &at, "count-again", &[("reason", "")], "E-VOT-30")
            .await;
        world.done_by("kiem1", &at, "count-again", &why).await;
        let other = sheet("28", &["20", "19", "17", "6"]);
        for who in world.tellers {
            let again = [&other[..], &why].concat();
            world.done_by(who, &at, "sheet", &again).await;
        }
        world.settle_all(&at).await;
        world.confirm(&at).await;
        let page = world.page(&at).await;
        let page = page.says("Phạm Quốc Cường 17");
        let _ = page.says("Xếp nhầm một phiếu");
        world
            .refused_to("kiem1", &at, "count-again", &why, "E-VOT-01")
            .await;
    })
    .await;
}

#[tokio::test]
async fn what_leaves_the_denominator_stays_as_it_was_when_the_boxes_were_opened() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        let attended = [
            ("body", "member_congress"),
            ("convened", "31"),
            ("present", "28"),
            ("out_excused", "3"),
        ];
        world.done_at_hall("attend", &attended).await;
        let page = world.get("kiem1", &at).await.is(200);
        let _ = page.says("căn cứ tính từ 30 thành 28");
        let mut figures = returned("28", "28", "28").to_vec();
        figures.push(("reason", "Ghi thiếu số phiếu in"));
        world.done_by("kiem1", &at, "correct", &figures).await;
        world.counted(&at, &VOTES).await;
        let page = world.get("kiem1", &at).await.is(200);
        let _ = page.says("Căn cứ tính: 31 − 1");
        let back = [("reason", "Căn cứ ghi sai")];
        world.done_by("kiem1", &at, "count-again", &back).await;
        figures.push(("anew", "yes"));
        world.done_by("kiem1", &at, "correct", &figures).await;
        world.counted(&at, &VOTES).await;
        let page = world.get("kiem1", &at).await.is(200);
        let _ = page.says("Căn cứ tính: 31 − 3");
    })
    .await;
}

#[tokio::test]
async fn r30_an_appointment_outlasts_a_decision_taken_back() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        world.small().await;
        let mut at = world.listed("branch_secretary", 1, &[1]).await;
        for round in 1..=3 {
            world.halved(&at).await;
            if round == 1 {
                // The congress stops; only after the third ballot somebody is appointed.
                let _ = world.decided(&at, "stop").await;
                let early = world.appoint("phuong", "branch_secretary", 1).await;
                let _ = early.is(422).says("E-VOT-01");
                let back = [("decision", "stop"), ("reason", "Bấm nhầm")];
                world.done(&at, "undecide", &back).await;
            }
            if round < 3 {
                let _ = world.decided(&at, "further").await;
                at = world.further(&at).await;
            }
        }
        let _ = world.appoint("phuong", "branch_secretary", 1).await.is(200);
        let page = world.elections().await;
        let _ = page.says("Cấp trên chỉ định");
        // Whoever was appointed holds the office, and is pointed out as deputy.
        let deputy = world.listed("branch_deputy", 1, &[1]).await;
        let _ = world.page(&deputy).await.says("W-VOT-76");
    })
    .await;
}

#[tokio::test]
async fn r46_who_was_planned_stays_planned_when_elections_are_set_up_anew() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let _ = world.planned("branch_secretary", 4).await.is(200);
        let _ = world.skipped("branch_deputy").await.is(200);
        let page = world.set_up("31", &[]).await.is(200);
        let _ = page.says("Dự kiến: Huỳnh Thu Dung").says("Không bầu");
        world.announced("branch_committee", 3, &VOTES).await;
        world.begin_refused("branch_secretary", "E-VOT-27").await;
    })
    .await;
}

#[tokio::test]
async fn a_roster_sent_twice_is_one_roster() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let twice = "Trần Thị Mới; 01/02/1980; 03/02/2010\nTrần Văn An; 02/03/1970; 19/05/1995; C";
        let page = world
            .refused_at_hall("people", &[("people", twice)], "E-VOT-124")
            .await;
        let page = page.says("Dòng 2: Trần Văn An");
        let rows = page
            .text()
            .matches("<th scope=\"row\">Trần Thị Mới</th>")
            .count();
        assert_eq!(rows, 0, "nothing of it is kept");
    })
    .await;
}

#[tokio::test]
async fn a_branch_elects_its_secretary_from_its_committee() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        world.announced("branch_committee", 3, &VOTES).await;
        let at = world.listed("branch_secretary", 1, &[4]).await;
        world
            .refused(&at, "approve", &[("list_agree", "28")], "E-VOT-35")
            .await;
        let _ = world.page(&at).await.says("E-VOT-60");
        let _ = world.renominate(&at, 4, "remove").await.is(200);
        world.nominate(&at, &[1]).await;
        world.approve(&at, false).await;
    })
    .await;
}

#[tokio::test]
async fn the_congress_decides_on_a_wish_to_withdraw_by_raised_cards() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.listed("branch_committee", 3, &[1, 2, 3, 4]).await;
        let _ = world.renominate(&at, 4, "ask").await.is(200);
        let page = world.page(&at).await;
        let _ = page.says("Đại hội quyết định cho Huỳnh Thu Dung rút");
        let four = world.id(4);
        let decide = |agree: &'static str, disagree: &'static str| {
            [
                ("change", "decide"),
                ("agree", agree),
                ("disagree", disagree),
            ]
        };
        let person = ("person", four.as_str());
        for (cards, code) in [
            (decide("20", "9"), "E-VOT-125"),
            (decide("", ""), "E-VOT-98"),
        ] {
            let fields = [&cards[..], &[person]].concat();
            world.refused(&at, "nomination", &fields, code).await;
        }
        let fields = [&decide("14", "14")[..], &[person]].concat();
        let page = world.done(&at, "nomination", &fields).await;
        let _ = page.says("đại hội không cho rút (đồng ý 14, không đồng ý 14");
        let fields = [&decide("15", "13")[..], &[person]].concat();
        let page = world.done(&at, "nomination", &fields).await;
        let _ = page.says("đại hội cho rút (đồng ý 15, không đồng ý 13");
    })
    .await;
}

#[tokio::test]
async fn a_list_is_approved_by_more_than_half_of_those_present() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.listed("branch_committee", 3, &[1, 2, 3, 4]).await;
        // Ten typed for twenty: more than half of the cards, not of the people.
        let cards = [("number_agree", "10"), ("list_agree", "28")];
        let page = world.run(&at, "approve", &cards).await.is(422);
        let _ = page.says("E-VOT-96").says("số người có mặt (28)");
        let cards = [("number_agree", "15"), ("list_agree", "15")];
        world.done(&at, "approve", &cards).await;
    })
    .await;
}

#[tokio::test]
async fn r20_a_run_off_says_that_the_most_votes_are_enough() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["20", "18", "17", "17"])
            .await;
        let next = world.further(&at).await;
        world
            .hold(
                &next,
                &[("valid", "28"), ("votes_1", "15"), ("votes_2", "13")],
            )
            .await;
        let page = world.page(&next).await;
        let page = page
            .says("ai nhiều phiếu hơn thì trúng cử")
            .says("Không trúng cử");
        assert!(!page.words().contains("cần 1 phiếu"), "{}", page.words());
        assert!(!page.words().contains("Đủ phiếu"), "{}", page.words());
    })
    .await;
}

#[tokio::test]
async fn those_below_a_tie_are_asked_about_before_the_run_off() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.listed("delegates", 3, &[1, 2, 3, 4, 5]).await;
        let seats = [("seats", "3"), ("alternates", "2")];
        world.done(&at, "seats", &seats).await;
        let votes = ["18", "17", "16", "16", "16"];
        world.approve(&at, false).await;
        world.vote(&at).await;
        // Three tied for one seat, and nobody below them.
        world.hear(&at, &sheet("28", &votes)).await;
        let page = world.page(&at).await;
        assert!(!page.words().contains("lấy làm đại biểu dự khuyết"));
        let next = world.further(&at).await;
        world
            .hold(
                &next,
                &[
                    ("valid", "28"),
                    ("votes_1", "12"),
                    ("votes_2", "9"),
                    ("votes_3", "7"),
                ],
            )
            .await;
        let page = world.page(&next).await;
        let _ = page.says("Đại hội quyết định lấy làm đại biểu dự khuyết hay không");
    })
    .await;
}

#[tokio::test]
async fn in_the_trial_a_committee_can_be_made_void_after_the_introduction() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, true).await;
        let page = world.committee_of_five().await;
        let committee = bare(&page.address);
        let asked = world.introduced(1).await;
        let heard = [("valid", "40"), ("votes_1", "30"), ("against_1", "10")];
        world.hear(&asked, &heard).await;
        let direct = world.begin("direct_secretary").await;
        let void = [("reason", "Quyết định 3-QĐ/QU")];
        world
            .refused_to("quan", &committee, "annul", &void, "E-VOT-92")
            .await;
        // The introduction first, and with it the list made on it.
        world.done_by("quan", &asked, "annul", &void).await;
        let _ = world.page(&direct).await.says("không có giá trị");
        let page = world.elections().await;
        let _ = page.says("Trước đó phải lấy phiếu giới thiệu");
    })
    .await;
}

#[tokio::test]
async fn a_congress_settled_otherwise_since_is_told_so() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        // A by-election of one office: who sits there is asked for as well.
        let page = world.set_up("31", &["office_branch_deputy"]).await.is(200);
        let page = page.says("Đang là thành viên: Chi ủy");
        let _ = page.says("Đang là thành viên: Bí thư chi bộ");
        let _ = world.sit("branch_deputy", &[2]).await.is(200);
        let _ = world.sit("branch_committee", &[1, 2, 3]).await.is(200);
        let at = world.listed("branch_deputy", 1, &[2]).await;
        let _ = world.page(&at).await.says("E-VOT-70");
    })
    .await;
}

#[tokio::test]
async fn r39_r41_what_follows_the_vote_counts_from_the_congress_s_last_day() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let warnings: Vec<String> = (20..45).map(|code| format!("W-SEA-{code}")).collect();
        let seen = warnings.join(" ");
        let date = [
            ("unit", "TH-01"),
            ("first", "2020-03-02"),
            ("last", "2020-03-03"),
            // Two days of a branch take the superior's consent.
            ("consent_who", "Đảng ủy phường"),
            ("consent_by", "12-CV/ĐU, 03/01/2020"),
            ("seen", seen.as_str()),
        ];
        let address = format!("{S}/congress/date");
        let _ = world.post("quan", &address, &date).await.is(200);
        let at = world.announced("branch_committee", 3, &VOTES).await;
        // Six months from the third, not from the vote on the second.
        let page = world.page(&at).await;
        let _ = page.says("Giữ phiếu ít nhất đến 03/09/2020");
        // The papers are sealed in the hall, not on the congress's last day.
        let seal = [("on", "2020-03-02"), ("reason", "Đoàn chủ tịch")];
        world.done(&at, "seal", &seal).await;
        let ratify = [("on", "2020-03-02"), ("reason", "15-QĐ/ĐU")];
        world
            .refused_to("phuong", &at, "ratify", &ratify, "E-VOT-44")
            .await;
        // One day longer than planned: the page follows.
        let mut longer = date.to_vec();
        longer[2].1 = "2020-03-04";
        longer.push(("reason", "Thêm một ngày"));
        let _ = world.post("quan", &address, &longer).await.is(200);
        let page = world.page(&at).await;
        let _ = page.says("Giữ phiếu ít nhất đến 04/09/2020");
    })
    .await;
}

#[tokio::test]
async fn an_archive_is_recognised_by_what_was_noted_of_it() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.announced("branch_committee", 3, &VOTES).await;
        let address = format!("{at}/paper/archive.json");
        let archive = world.get("bithu", &address).await.is(200);
        let archive = archive.text().to_owned();
        let digest = |text: &str| -> String {
            let bytes = Sha256::digest(text.as_bytes());
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        };
        let _ = world.page(&at).await.says(&digest(&archive));
        // Names are not in the votes: the count is the same, the file is not.
        let swapped = archive
            .replace("Trần Văn An", "\u{1}")
            .replace("Huỳnh Thu Dung", "Trần Văn An")
            .replace('\u{1}', "Huỳnh Thu Dung");
        assert_ne!(swapped, archive);
        for file in [&archive, &swapped] {
            let said = recount(file, &[]);
            let said = String::from_utf8_lossy(&said.stdout).into_owned();
            assert!(said.contains(&digest(file)), "{said}");
            assert!(said.trim_end().ends_with("same"), "{said}");
        }
    })
    .await;
}
