//! What the congress decides on hearing a result, and what follows from it.

use plenum_testkit::on_both;

use crate::world::{S, World, bare};

#[tokio::test]
async fn r22_r30_after_three_failed_ballots_the_superior_appoints_a_secretary() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        // Eight official members: a secretary, no committee (R29).
        let set_up = [
            ("day", "2020-03-02"),
            ("official_members", "8"),
            ("shape", "branch"),
            ("form", "members"),
        ];
        let _ = world.at_hall("set-up", &set_up).await.is(200);
        let mut at = bare(&world.begin("branch_secretary").await);
        world.nominate(&at, &[1]).await;
        for round in 1..=3 {
            world.approve(&at, false).await;
            world.vote(&at).await;
            let sheet = [("valid", "28"), ("votes_1", "15"), ("against_1", "13")];
            world.count(&at, &sheet).await;
            world.settle_all(&at).await;
            world.confirm(&at).await;
            // 15 of 30 is exactly half (R5).
            let page = world.get("bithu", &at).await.is(200);
            let page = page.says("Không có người trúng cử");
            if round < 3 {
                let _ = page.says("Còn thiếu 1 người");
                let early = world
                    .post("bithu", &format!("{at}/further"), &[])
                    .await
                    .is(422);
                let _ = early.says("E-VOT-01");
                let on = [("decision", "further")];
                let _ = world
                    .post("bithu", &format!("{at}/decide"), &on)
                    .await
                    .is(200);
                let next = world
                    .post("bithu", &format!("{at}/further"), &[])
                    .await
                    .is(200);
                at = bare(&next.address);
            } else {
                let _ = page.says("cấp trên chỉ định 1 người");
            }
        }
        let (hall, person) = (format!("{S}/elections/hall/appoint"), world.id(1));
        let appoint = [
            ("unit", "TH-01"),
            ("office", "branch_secretary"),
            ("person", person.as_str()),
        ];
        let _ = world.post("bithu", &hall, &appoint).await.is(403);
        let page = world.post("phuong", &hall, &appoint).await.is(200);
        let _ = page.says("Bí thư chi bộ Cấp trên chỉ định");
    })
    .await;
}

#[tokio::test]
async fn those_who_passed_without_a_seat_become_alternates_by_decision() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let at = bare(&world.begin("delegates").await);
        // The number is the superior's: nobody votes on it (R58).
        let seats = [("seats", "2"), ("alternates", "1")];
        let _ = world
            .post("bithu", &format!("{at}/seats"), &seats)
            .await
            .is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        let voted = [("number_agree", "28"), ("list_agree", "28")];
        let _ = world
            .post("bithu", &format!("{at}/approve"), &voted)
            .await
            .is(422)
            .says("E-VOT-28");
        world.approve(&at, false).await;
        world.vote(&at).await;
        let sheet = [
            ("valid", "28"),
            ("votes_1", "20"),
            ("votes_2", "18"),
            ("votes_3", "16"),
            ("votes_4", "2"),
        ];
        world.count(&at, &sheet).await;
        world.settle_all(&at).await;
        world.confirm(&at).await;
        let page = world.get("bithu", &at).await.is(200);
        let _ = page.says("Đại hội quyết định lấy làm đại biểu dự khuyết hay không");
        let take = [("decision", "take")];
        let page = world
            .post("bithu", &format!("{at}/decide"), &take)
            .await
            .is(200);
        let _ = page.says("Dự khuyết: Phạm Quốc Cường");
        let page = world
            .get("bithu", &format!("{S}/elections?unit=TH-01"))
            .await
            .is(200);
        let _ = page.says("đã xong 1/4 phần bầu");
    })
    .await;
}

#[tokio::test]
async fn what_the_hall_has_heard_only_the_superior_makes_void() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let at = bare(&world.begin("branch_committee").await);
        let _ = world
            .post("bithu", &format!("{at}/seats"), &[("seats", "3")])
            .await
            .is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        world.approve(&at, true).await;
        world.vote(&at).await;
        let sheet = [
            ("valid", "28"),
            ("votes_1", "20"),
            ("votes_2", "19"),
            ("votes_3", "18"),
        ];
        world.count(&at, &sheet).await;
        world.settle_all(&at).await;
        world.confirm(&at).await;
        let hall = format!("{S}/elections?unit=TH-01");
        let _ = world
            .get("bithu", &hall)
            .await
            .is(200)
            .says("đã xong 1/4 phần bầu");
        let (annul, why) = (
            format!("{at}/annul"),
            [("reason", "15-QĐ/ĐU: sai quy trình")],
        );
        let _ = world.post("bithu", &annul, &why).await.is(403);
        let again = world.post("phuong", &annul, &why).await.is(200);
        assert_ne!(bare(&again.address), at);
        let page = world.get("bithu", &hall).await.is(200);
        let _ = page.says("đã xong 0/4 phần bầu").says("Đang bầu, lần 1");
    })
    .await;
}

/// The delegates' ballot up to what the congress decides, with these votes.
async fn delegates(world: &mut World, seats: [&str; 2], votes: &[&str]) -> String {
    world.ready().await;
    let at = bare(&world.begin("delegates").await);
    let form = [("seats", seats[0]), ("alternates", seats[1])];
    let _ = world
        .post("bithu", &format!("{at}/seats"), &form)
        .await
        .is(200);
    let people: Vec<usize> = (1..=votes.len()).collect();
    world.nominate(&at, &people).await;
    heard(world, &at, votes).await;
    at
}

/// The list is approved, voted on and counted, and the hall hears the result.
async fn heard(world: &mut World, at: &str, votes: &[&str]) {
    world.approve(at, false).await;
    world.vote(at).await;
    let fields: Vec<String> = (1..=votes.len()).map(|n| format!("votes_{n}")).collect();
    let mut sheet = vec![("valid", "28")];
    sheet.extend(fields.iter().map(String::as_str).zip(votes.iter().copied()));
    world.count(at, &sheet).await;
    world.settle_all(at).await;
    world.confirm(at).await;
}

async fn decide(world: &mut World, at: &str, decision: &str) -> plenum_testkit::Answer {
    let fields = [("decision", decision)];
    world.post("bithu", &format!("{at}/decide"), &fields).await
}

#[tokio::test]
async fn a_tie_among_alternates_elects_nobody_to_a_seat() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        // 16 are needed of 30: five pass, three have seats, two tie for one place.
        let votes = ["17", "17", "17", "16", "16"];
        let at = delegates(&mut world, ["3", "1"], &votes).await;
        let _ = decide(&mut world, &at, "take")
            .await
            .is(200)
            .says("Bằng phiếu ở vị trí dự khuyết cuối: Huỳnh Thu Dung, Đỗ Minh Đạt");
        // No run-off follows of itself, and what was decided stands.
        let further = format!("{at}/further");
        let _ = world
            .post("bithu", &further, &[])
            .await
            .is(422)
            .says("E-VOT-01");
        let _ = decide(&mut world, &at, "leave")
            .await
            .is(422)
            .says("E-VOT-115");
        let _ = decide(&mut world, &at, "further").await.is(200);
        let _ = decide(&mut world, &at, "stop")
            .await
            .is(422)
            .says("E-VOT-115");
        let next = world.post("bithu", &further, &[]).await.is(200);
        let again = bare(&next.address);
        let _ = next.says("dự khuyết, lần 2 (những người bằng phiếu)");
        heard(&mut world, &again, &["10", "18"]).await;
        let page = world.get("bithu", &again).await.is(200);
        let _ = page.says("Đại biểu dự khuyết 1/1: Đỗ Minh Đạt");
        let page = world
            .get("bithu", &format!("{S}/elections?unit=TH-01"))
            .await
            .is(200);
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
        let mut world = World::new(scratch).await;
        let at = delegates(&mut world, ["2", "2"], &["20", "18", "16", "2"]).await;
        let _ = decide(&mut world, &at, "take")
            .await
            .is(200)
            .says("Còn thiếu 1 đại biểu dự khuyết");
        let _ = decide(&mut world, &at, "further").await.is(200);
        let next = world
            .post("bithu", &format!("{at}/further"), &[])
            .await
            .is(200);
        let again = bare(&next.address);
        // The congress may add people; nobody who has a place stands again.
        let _ = next.says("Huỳnh Thu Dung");
        let mut have_a_place = 0;
        for person in 1..=4 {
            let named = format!("person_{}", world.id(person));
            let fields = [("source", "convening"), (named.as_str(), "yes")];
            let nominate = format!("{again}/nominate");
            let refused = world.post("bithu", &nominate, &fields).await.is(422);
            have_a_place += usize::from(refused.text().contains("E-VOT-118"));
        }
        assert_eq!(have_a_place, 3, "two delegates and an alternate");
        world.nominate(&again, &[5]).await;
        heard(&mut world, &again, &["10", "15"]).await;
        let page = world.get("bithu", &again).await.is(200);
        let _ = page
            .says("Không có người trúng cử dự khuyết")
            .says("Còn thiếu 1 đại biểu dự khuyết");
        let _ = decide(&mut world, &again, "stop").await.is(200);
        let page = world
            .get("bithu", &format!("{S}/elections?unit=TH-01"))
            .await
            .is(200);
        let _ = page.says("đã xong 1/4 phần bầu");
    })
    .await;
}

#[tokio::test]
async fn a_run_off_tied_again_is_held_again_or_stopped() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let mut at = bare(&world.begin("branch_committee").await);
        let _ = world
            .post("bithu", &format!("{at}/seats"), &[("seats", "3")])
            .await
            .is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        world.approve(&at, true).await;
        world.vote(&at).await;
        let tied = [
            ("valid", "28"),
            ("votes_1", "25"),
            ("votes_2", "20"),
            ("votes_3", "18"),
            ("votes_4", "18"),
        ];
        world.count(&at, &tied).await;
        world.settle_all(&at).await;
        world.confirm(&at).await;
        for decision in ["further", "stop"] {
            let next = world
                .post("bithu", &format!("{at}/further"), &[])
                .await
                .is(200);
            at = bare(&next.address);
            heard(&mut world, &at, &["14", "14"]).await;
            let page = world.get("bithu", &at).await.is(200);
            let _ = page.says("Vẫn bằng phiếu");
            let early = world.post("bithu", &format!("{at}/further"), &[]).await;
            let _ = early.is(422).says("E-VOT-01");
            let page = decide(&mut world, &at, decision).await.is(200);
            assert!(
                !page.text().contains("Vẫn bằng phiếu"),
                "{decision} is decided"
            );
        }
        let page = world
            .get("bithu", &format!("{S}/elections?unit=TH-01"))
            .await
            .is(200);
        let _ = page.says("đã xong 1/4 phần bầu").says("còn thiếu 1");
    })
    .await;
}
