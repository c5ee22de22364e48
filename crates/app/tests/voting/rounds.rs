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
