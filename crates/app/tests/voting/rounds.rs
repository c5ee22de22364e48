//! What the congress decides on hearing a result, and what follows from it.

use plenum_testkit::on_both;

use crate::steps::{returned, sheet};
use crate::world::{World, bare};

#[tokio::test]
async fn r22_r30_after_three_failed_ballots_the_superior_appoints_a_secretary() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        world.small().await;
        let mut at = world.listed("branch_secretary", 1, &[1]).await;
        for round in 1..=3 {
            world.halved(&at).await;
            let page = world.page(&at).await;
            let page = page.says("Không có người trúng cử");
            if round < 3 {
                let _ = page.says("Còn thiếu 1 người");
                world.refused(&at, "further", &[], "E-VOT-01").await;
                world.decided(&at, "further").await;
                at = world.further(&at).await;
            } else {
                let _ = page.says("cấp trên chỉ định 1 người");
            }
        }
        let office = "branch_secretary";
        let _ = world.appoint("bithu", office, 1).await.is(403);
        let page = world.appoint("phuong", office, 1).await.is(200);
        let _ = page.says("Bí thư chi bộ Cấp trên chỉ định");
    })
    .await;
}

#[tokio::test]
async fn those_who_passed_without_a_seat_become_alternates_by_decision() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.begin("delegates").await;
        // The number is the superior's: nobody votes on it (R58).
        let seats = [("seats", "2"), ("alternates", "1")];
        world.done(&at, "seats", &seats).await;
        world.nominate(&at, &[1, 2, 3, 4]).await;
        let voted = [("number_agree", "28"), ("list_agree", "28")];
        world.refused(&at, "approve", &voted, "E-VOT-28").await;
        world
            .hold(&at, &sheet("28", &["20", "18", "16", "2"]))
            .await;
        let page = world.page(&at).await;
        let _ = page.says("Đại hội quyết định lấy làm đại biểu dự khuyết hay không");
        let page = world.decided(&at, "take").await;
        let _ = page.says("Dự khuyết: Phạm Quốc Cường");
        let page = world.elections().await;
        let _ = page.says("đã xong 1/4 phần bầu");
    })
    .await;
}

/// The delegates' ballot up to what the congress decides, with these votes.
async fn delegates(world: &mut World, seats: [&str; 2], votes: &[&str]) -> String {
    let at = world.begin("delegates").await;
    let form = [("seats", seats[0]), ("alternates", seats[1])];
    world.done(&at, "seats", &form).await;
    let people: Vec<usize> = (1..=votes.len()).collect();
    world.nominate(&at, &people).await;
    world.hold(&at, &sheet("28", votes)).await;
    at
}

#[tokio::test]
async fn a_tie_among_alternates_elects_nobody_to_a_seat() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        // 16 are needed of 30: five pass, three have seats, two tie for one place.
        let votes = ["17", "17", "17", "16", "16"];
        let at = delegates(&mut world, ["3", "1"], &votes).await;
        let page = world.decided(&at, "take").await;
        let _ = page.says("Bằng phiếu ở vị trí dự khuyết cuối: Huỳnh Thu Dung, Đỗ Minh Đạt");
        // No run-off follows of itself, and what was decided stands.
        world.refused(&at, "further", &[], "E-VOT-01").await;
        let other = [("decision", "leave")];
        world.refused(&at, "decide", &other, "E-VOT-115").await;
        world.decided(&at, "further").await;
        let other = [("decision", "stop")];
        world.refused(&at, "decide", &other, "E-VOT-115").await;
        let next = world.done(&at, "further", &[]).await;
        let again = bare(&next.address);
        let _ = next.says("dự khuyết, lần 2 (những người bằng phiếu)");
        world.hold(&again, &sheet("28", &["10", "18"])).await;
        let page = world.page(&again).await;
        let _ = page.says("Đại biểu dự khuyết 1/1: Đỗ Minh Đạt");
        let page = world.elections().await;
        let page = page.says("đã xong 1/4 phần bầu");
        let row = page
            .text()
            .split("data-key=\"delegates\"")
            .nth(1)
            .unwrap_or_default();
        let row = row.split("</tr>").next().unwrap_or_default();
        assert!(
            row.contains("Phạm Quốc Cường") && !row.contains("Đỗ Minh Đạt"),
            "{row}"
        );
        assert!(!row.contains("còn thiếu"), "{row}");
    })
    .await;
}

#[tokio::test]
async fn places_of_alternates_that_stay_open_are_voted_on_again_or_left() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = delegates(&mut world, ["2", "2"], &["20", "18", "16", "2"]).await;
        let page = world.decided(&at, "take").await;
        let _ = page.says("Còn thiếu 1 đại biểu dự khuyết");
        world.decided(&at, "further").await;
        let next = world.done(&at, "further", &[]).await;
        let again = bare(&next.address);
        // The congress may add people; nobody who has a place stands again.
        let _ = next.says("Huỳnh Thu Dung");
        let mut have_a_place = 0;
        for person in 1..=4 {
            let named = format!("person_{}", world.id(person));
            let fields = [("source", "convening"), (named.as_str(), "yes")];
            let refused = world.run(&again, "nominate", &fields).await.is(422);
            have_a_place += usize::from(refused.text().contains("E-VOT-118"));
        }
        assert_eq!(have_a_place, 3, "two delegates and an alternate");
        world.nominate(&again, &[5]).await;
        world.hold(&again, &sheet("28", &["10", "15"])).await;
        let page = world.page(&again).await;
        let _ = page
            .says("Không có người trúng cử dự khuyết")
            .says("Còn thiếu 1 đại biểu dự khuyết");
        world.decided(&again, "stop").await;
        let page = world.elections().await;
        let _ = page.says("đã xong 1/4 phần bầu");
    })
    .await;
}

#[tokio::test]
async fn a_run_off_tied_again_is_held_again_or_stopped() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let mut at = world
            .announced("branch_committee", 3, &["25", "20", "18", "18"])
            .await;
        for decision in ["further", "stop"] {
            at = world.further(&at).await;
            world.hold(&at, &sheet("28", &["14", "14"])).await;
            let page = world.page(&at).await;
            let _ = page.says("Vẫn bằng phiếu");
            world.refused(&at, "further", &[], "E-VOT-01").await;
            let page = world.decided(&at, decision).await;
            assert!(
                !page.text().contains("Vẫn bằng phiếu"),
                "{decision} is decided"
            );
        }
        let page = world.elections().await;
        let _ = page.says("đã xong 1/4 phần bầu").says("còn thiếu 1");
    })
    .await;
}

#[tokio::test]
async fn a_further_ballot_is_for_the_seats_that_stayed_open() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["20", "10", "9", "8"])
            .await;
        world.decided(&at, "further").await;
        let next = world.further(&at).await;
        for seats in ["1", "3"] {
            let wrong = [("seats", seats)];
            world.refused(&next, "seats", &wrong, "E-VOT-95").await;
        }
        world.done(&next, "seats", &[("seats", "2")]).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_is_decided_that_nobody_asks() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        // Two pass, one seat is open.
        let at = world
            .announced("branch_committee", 3, &["27", "20", "15", "10"])
            .await;
        for (verb, fields, code) in [
            // A number of the rules that decided nothing, or that nobody knows.
            (
                "settle",
                vec![("decision", "confirm"), ("confirm_tie", "yes")],
                "E-VOT-01",
            ),
            (
                "settle",
                vec![("decision", "confirm"), ("confirm_x", "yes")],
                "E-VOT-01",
            ),
            ("settle", vec![("decision", "further")], "E-VOT-98"),
            (
                "settle",
                vec![("decision", "lot"), ("tied", "1 x"), ("drawn", "1")],
                "E-VOT-98",
            ),
            (
                "decide",
                vec![("decision", "confirm"), ("confirm_tie", "yes")],
                "E-VOT-98",
            ),
            ("decide", vec![("decision", "take")], "E-VOT-115"),
        ] {
            world.refused(&at, verb, &fields, code).await;
        }
        world.decided(&at, "further").await;
        // The same again is the same; the contrary is refused.
        let again = [("decision", "further"), ("decide_agree", "28")];
        world.done(&at, "decide", &again).await;
        let contrary = [("decision", "stop")];
        world.refused(&at, "decide", &contrary, "E-VOT-115").await;
    })
    .await;
}

#[tokio::test]
async fn a_decision_nobody_took_is_taken_back() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["20", "18", "10", "9"])
            .await;
        world.decided(&at, "stop").await;
        let page = world.elections().await;
        let _ = page.says("Đã xong, còn thiếu 1");
        // A list begun on it goes with it.
        let secretary = world.begin("branch_secretary").await;
        let silent = [("decision", "stop"), ("reason", " ")];
        world.refused(&at, "undecide", &silent, "E-VOT-30").await;
        let other = [("decision", "take"), ("reason", "Bấm nhầm")];
        world.refused(&at, "undecide", &other, "E-VOT-115").await;
        let back = [("decision", "stop"), ("reason", "Bấm nhầm")];
        let page = world.done(&at, "undecide", &back).await;
        let _ = page.says("Còn thiếu 1 người. Đại hội quyết định bầu tiếp hay không");
        let _ = world.page(&secretary).await.says("không có giá trị");
        let page = world.elections().await;
        let _ = page.says("đã xong 0/4 phần bầu");
        world.decided(&at, "further").await;
        let next = world.done(&at, "further", &[]).await;
        let _ = next.says("lần 2");
        // The further ballot stands on the decision now.
        let back = [("decision", "further"), ("reason", "Bấm nhầm")];
        world.refused(&at, "undecide", &back, "E-VOT-122").await;
    })
    .await;
}

#[tokio::test]
async fn the_congress_decides_and_approves_who_counts_by_raised_cards() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.approved("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.done(&at, "print", &[]).await;
        let out = format!("{at}/hand-out");
        let page = world.post("bithu", &out, &[]).await.is(422);
        let _ = page
            .says("E-VOT-98")
            .says("Biểu quyết ban kiểm phiếu (số lượng, danh sách, trưởng ban)");
        // Who agreed is not guessed from who did not.
        let against = [("committee_agree", ""), ("committee_disagree", "5")];
        world.refused(&at, "hand-out", &against, "E-VOT-98").await;
        for (agree, code) in [("14", "E-VOT-96"), ("29", "E-VOT-125")] {
            let cards = [("committee_agree", agree)];
            world.refused(&at, "hand-out", &cards, code).await;
        }
        let cards = [("committee_agree", "27"), ("committee_disagree", "1")];
        world.done(&at, "hand-out", &cards).await;
        let _ = world.close(&at, &returned("28", "28", "28")).await.is(200);
        world
            .hear(&at, &sheet("28", &["27", "20", "15", "10"]))
            .await;
        let minutes = world.printed(&at, "minutes.pdf").await;
        let approved = "Biểu quyết thông qua số lượng, danh sách, trưởng ban: \
                        đồng ý 27, không đồng ý 1, không biểu quyết 0.";
        assert!(minutes.contains(approved), "{minutes}");
        // One seat is open: half of those present is no decision.
        let decide = format!("{at}/decide");
        let further = ("decision", "further");
        for (cards, code) in [
            (None, "E-VOT-98"),
            (Some("14"), "E-VOT-96"),
            (Some("29"), "E-VOT-125"),
        ] {
            let mut fields = vec![further];
            fields.extend(cards.map(|cards| ("decide_agree", cards)));
            let page = world.post("bithu", &decide, &fields).await.is(422);
            let _ = page.says(code);
        }
        let carried = [further, ("decide_agree", "20"), ("decide_disagree", "8")];
        let page = world.done(&at, "decide", &carried).await;
        let _ = page.says("đồng ý 20, không đồng ý 8");
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(
            minutes.contains("Biểu quyết bầu tiếp: đồng ý 20"),
            "{minutes}"
        );
        // The same people count the next ballot: they were approved.
        let next = world.further(&at).await;
        world.approve(&next, false).await;
        world.done(&next, "print", &[]).await;
        let out = format!("{next}/hand-out");
        let page = world.page(&next).await;
        let _ = page.says("đã được biểu quyết thông qua (đồng ý 27, không đồng ý 1");
        // Under another head they are another committee.
        let head = world.id(11);
        let other = [("head", head.as_str())];
        let page = world.post("bithu", &out, &other).await.is(422);
        let _ = page.says("E-VOT-98");
        let _ = world.post("bithu", &out, &[]).await.is(200);
        // The congress decided nothing that was taken back.
        let taken = [("decision", "further"), ("reason", "Bấm nhầm")];
        world.refused(&at, "undecide", &taken, "E-VOT-122").await;
    })
    .await;
}

#[tokio::test]
async fn r45_at_a_delegates_congress_delegates_count() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let at = world.approved_of("committee", 3, &[1, 2, 3, 4], "40").await;
        world.done(&at, "print", &[]).await;
        // The tenth is no delegate after all.
        let ten = world.id(10);
        let other = [
            ("id", ten.as_str()),
            ("name", "Đặng Thị Mai"),
            ("official", "yes"),
            ("teller", "yes"),
        ];
        world.done_at_hall("person", &other).await;
        let page = world.refused(&at, "hand-out", &[], "E-VOT-132").await;
        let _ = page.says("Đặng Thị Mai không kiểm phiếu được");
    })
    .await;
}
