//! The chain of offices: which are elected, in which order, and what it waits for.

use plenum_testkit::on_both;

use crate::steps::sheet;
use crate::world::{S, World};

#[tokio::test]
async fn r29_a_branch_of_eight_elects_no_committee() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let page = world.set_up("8", &[]).await.is(200);
        assert!(page.text().contains("data-key=\"branch_secretary\""));
        assert!(!page.text().contains("data-key=\"branch_committee\""));
        world.begin_refused("branch_committee", "E-VOT-25").await;
        // Thirty-one would elect a committee first.
        let attended = [
            ("body", "member_congress"),
            ("convened", "31"),
            ("present", "28"),
        ];
        let page = world
            .refused_at_hall("attend", &attended, "E-VOT-131")
            .await;
        let _ = page.says("mở cho 8 đảng viên chính thức");
        // Before 2014 there are no rules to hold it by.
        world.day = "2013-03-02".to_owned();
        let _ = world.set_up("8", &[]).await.is(422).says("E-VOT-91");
    })
    .await;
}

#[tokio::test]
async fn a_by_election_has_the_offices_asked_for_alone() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let page = world.set_up("31", &["office_branch_deputy"]).await.is(200);
        let _ = page.says("đã xong 0/1 phần bầu");
        let _ = world.begin("branch_deputy").await;
        world.begin_refused("branch_secretary", "E-VOT-25").await;
    })
    .await;
}

#[tokio::test]
async fn a_branch_has_no_standing_committee_to_elect_to() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let _ = world
            .set_up("31", &["office_standing_committee"])
            .await
            .is(422)
            .says("E-VOT-25");
    })
    .await;
}

#[tokio::test]
async fn r46_the_chain_pauses_until_the_superior_answers() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let one = world.id(1);
        let page = world.planned("branch_secretary", 4).await;
        let _ = page.says("Dự kiến: Huỳnh Thu Dung");
        world.begin_refused("branch_secretary", "E-VOT-26").await;
        world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        let page = world.elections().await;
        let _ = page.says("Tạm dừng: đồng chí Huỳnh Thu Dung");
        world.begin_refused("branch_secretary", "E-VOT-27").await;
        world
            .refused_at_hall("reply", &[("reason", ""), ("person", &one)], "E-VOT-30")
            .await;
        // The unit does not answer itself: it names the document that is the answer.
        let said = ("reason", "Giới thiệu đồng chí khác");
        let answer = [said, ("person", one.as_str())];
        world.refused_at_hall("reply", &answer, "E-VOT-33").await;
        let document = ("document", "12-CV/ĐU");
        let undated = [said, answer[1], document];
        world.refused_at_hall("reply", &undated, "E-VOT-33").await;
        for day in ["2020-03-01", "2020-03-03"] {
            let odd = [said, answer[1], document, ("dated", day)];
            world.refused_at_hall("reply", &odd, "E-VOT-44").await;
        }
        let dated = [said, answer[1], document, ("dated", "2020-03-02")];
        let _ = world
            .done_at_hall("reply", &dated)
            .await
            .says("Đơn vị ghi theo văn bản 12-CV/ĐU ngày 02/03/2020");
        let _ = world.begin("branch_secretary").await;
    })
    .await;
}

#[tokio::test]
async fn r46_the_superior_s_office_records_its_answer_itself() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        world.planned("branch_secretary", 4).await;
        world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        let reply = format!("{S}/elections/hall/reply");
        let answer = [("unit", "TH-01"), ("reason", "Giới thiệu đồng chí khác")];
        let _ = world.post("kiem1", &reply, &answer).await.is(403);
        let _ = world
            .post("phuong", &reply, &answer)
            .await
            .is(200)
            .says("Cấp trên ghi trực tiếp (phuong)");
    })
    .await;
}

#[tokio::test]
async fn r46_a_pause_outlives_a_ballot_it_has_nothing_to_do_with() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let delegates = world.announced("delegates", 1, &["20", "3"]).await;
        world.planned("branch_secretary", 4).await;
        world
            .announced("branch_committee", 3, &["20", "19", "18", "5"])
            .await;
        let paused = "Tạm dừng: đồng chí Huỳnh Thu Dung";
        let _ = world.elections().await.says(paused);
        let void = [("reason", "Quyết định 5-QĐ/ĐU")];
        world.done_by("phuong", &delegates, "annul", &void).await;
        let _ = world.elections().await.says(paused);
        world.begin_refused("branch_secretary", "E-VOT-27").await;
    })
    .await;
}

#[tokio::test]
async fn r46_nothing_begun_before_a_pause_goes_on_but_the_count() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        // One list is being made, one approved, one in the boxes.
        let committee = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        let delegates = world.listed("delegates", 1, &[1, 2]).await;
        world.planned("branch_deputy", 4).await;
        let votes = sheet("28", &["20", "19", "18", "5"]);
        world.hear(&committee, &votes).await;
        let page = world.page(&delegates).await;
        let _ = page.says("Tạm dừng: đồng chí Huỳnh Thu Dung");
        let cards = [("list_agree", "28")];
        world
            .refused(&delegates, "approve", &cards, "E-VOT-27")
            .await;
        let answer = [("unit", "TH-01"), ("reason", "Giới thiệu đồng chí khác")];
        let reply = format!("{S}/elections/hall/reply");
        let _ = world.post("phuong", &reply, &answer).await.is(200);
        world.done(&delegates, "approve", &cards).await;
    })
    .await;
}

#[tokio::test]
async fn r46_a_small_branch_waits_for_the_superior_too() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        world.small().await;
        let page = world.planned("branch_secretary", 2).await;
        let _ = page.says("Dự kiến: Lê Thị Bình");
        let at = world.listed("branch_secretary", 1, &[1, 2]).await;
        let _ = world.elect_listed(&at, ("8", &["6", "2"])).await;
        let page = world.elections().await;
        let _ = page.says("Tạm dừng: đồng chí Lê Thị Bình");
    })
    .await;
}

#[tokio::test]
async fn r46_a_slip_in_who_is_planned_is_the_superior_s_to_take_back() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        // Somebody else was meant: the fourth is not in the committee.
        let page = world.planned("branch_secretary", 4).await;
        let _ = page.says("Tạm dừng: đồng chí Huỳnh Thu Dung");
        let four = world.id(4);
        let slip = [("office", "branch_secretary"), ("person", four.as_str())];
        let page = world.refused_at_hall("unplan", &slip, "E-VOT-01").await;
        let _ = page.says("cấp ủy chọn người vào chức danh này đã bầu");
        let mut own = slip.to_vec();
        own.push(("unit", "TH-01"));
        let unplan = format!("{S}/elections/hall/unplan");
        let page = world.post("phuong", &unplan, &own).await.is(200);
        assert!(!page.words().contains("Tạm dừng"));
        let _ = world.begin("branch_secretary").await;
    })
    .await;
}

#[tokio::test]
async fn r30_nobody_is_appointed_while_a_ballot_for_the_office_is_under_way() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        world.small().await;
        let mut at = world.listed("branch_secretary", 1, &[1]).await;
        for _ in 1..=2 {
            world.halved(&at).await;
            world.decided(&at, "further").await;
            at = world.further(&at).await;
        }
        // The third and last is only being prepared.
        let early = world.appoint("phuong", "branch_secretary", 1).await;
        let _ = early.is(422).says("E-VOT-01");
    })
    .await;
}
