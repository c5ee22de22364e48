//! By-elections: to a body whose members sit already, and by them.

use plenum_testkit::{Scratch, on_both};

use crate::world::World;

/// The grassroots committee with a by-election of these offices.
async fn by_election(scratch: &Scratch, offices: &[&str]) -> World {
    let mut world = World::committee(scratch, false).await;
    let _ = world.set_up("212", offices).await.is(200);
    world
}

#[tokio::test]
async fn a_by_election_to_the_committee_adds_to_those_who_sit() {
    on_both(async |scratch| {
        let mut world = by_election(scratch, &["office_committee", "office_secretary"]).await;
        let four = [1, 2, 3, 4];
        let _ = world.sit("committee", &four).await.is(200);
        let at = world.begin("committee").await;
        // Until a list rests on them members are put right.
        let _ = world.sit("committee", &four[..3]).await.is(200);
        let _ = world.sit("committee", &four).await.is(200);
        world.done(&at, "seats", &[("seats", "3")]).await;
        world.nominate(&at, &[5, 6, 7, 8]).await;
        let page = world
            .elect_listed(&at, ("40", &["39", "38", "30", "10"]))
            .await;
        let _ = page.says("Trúng cử 3/3");
        let late = world.sit("committee", &four).await.is(422);
        let _ = late.says("E-VOT-01");
        // Four sat there and three came.
        let _ = world.meet("7").await.is(200);
        let page = world.elect("secretary", (1, &[6]), ("7", &["5"])).await;
        let _ = page
            .says("(7 thành viên)")
            .says("Trúng cử 1/1: Võ Xuân Giang (cần 4 phiếu trên 7)");
        // Not even the superior annuls what another office stands on.
        let void = [("reason", "Quyết định 3-QĐ/QU")];
        world
            .refused_to("quan", &at, "annul", &void, "E-VOT-92")
            .await;
    })
    .await;
}

#[tokio::test]
async fn a_by_election_is_by_and_from_those_who_sit_already() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let page = world
            .set_up("212", &["office_deputy_secretaries"])
            .await
            .is(200);
        let page = page.says("đã xong 0/1 phần bầu");
        let page = page.says("Đang là thành viên: Ban chấp hành đảng bộ");
        assert!(page.text().contains("/elections/hall/sit"));
        // Nobody is known to sit in the committee.
        world.begin_refused("deputy_secretaries", "E-VOT-47").await;
        let page = world.sit("committee", &[1, 2, 3, 4, 5]).await.is(200);
        let _ = page.says("Hội nghị Ban chấp hành đảng bộ (5 thành viên)");
        let _ = world.sit("standing_committee", &[1, 2, 3]).await.is(200);
        let _ = world.sit("delegates", &[]).await.is(422).says("E-VOT-25");
        world.five_meet().await;
        let at = world.listed("deputy_secretaries", 1, &[4]).await;
        let _ = world.page(&at).await.says("E-VOT-60");
        let _ = world.renominate(&at, 4, "remove").await.is(200);
        world.nominate(&at, &[3]).await;
        let page = world.elect_listed(&at, ("5", &["4"])).await;
        let _ = page.says("Trúng cử 1/1: Phạm Quốc Cường (cần 3 phiếu trên 5)");
        let _ = world.elections().await.says("đã xong 1/1 phần bầu");
    })
    .await;
}

#[tokio::test]
async fn a_vacant_seat_is_not_won_by_whoever_sits_there() {
    on_both(async |scratch| {
        let mut world = by_election(scratch, &["office_committee", "office_secretary"]).await;
        let _ = world.sit("committee", &[1, 2, 3, 4]).await.is(200);
        let at = world.listed("committee", 1, &[1, 5]).await;
        let cards = [("list_agree", "40"), ("number_agree", "40")];
        let page = world.run(&at, "approve", &cards).await.is(422);
        let _ = page
            .says("E-VOT-70")
            .says("Trần Văn An đang giữ chức danh này");
        let one = world.id(1);
        // Nor is a member of the body taken off the people.
        let off = [("id", one.as_str())];
        world.refused_at_hall("remove", &off, "E-VOT-94").await;
        let _ = world.renominate(&at, 1, "remove").await.is(200);
        world.nominate(&at, &[6]).await;
        let page = world.elect_listed(&at, ("40", &["30", "10"])).await;
        let _ = page.says("Trúng cử 1/1: Đỗ Minh Đạt");
        let _ = world.meet("5").await.is(200);
    })
    .await;
}

#[tokio::test]
async fn who_sits_in_a_body_does_not_change_once_a_list_rests_on_it() {
    on_both(async |scratch| {
        let mut world = by_election(scratch, &["office_deputy_secretaries"]).await;
        let _ = world.sit("committee", &[1, 2, 3, 4, 5]).await.is(200);
        let _ = world.meet("5").await.is(200);
        let at = world.listed("deputy_secretaries", 1, &[3]).await;
        let cards = [("list_agree", "5"), ("number_agree", "5")];
        world.done(&at, "approve", &cards).await;
        let late = world.sit("committee", &[1, 2, 4, 5, 6]).await.is(422);
        let _ = late.says("E-VOT-01");
        // The list taken up again, members can be put right.
        let why = [("reason", "Ghi nhầm thành viên")];
        world.done(&at, "reopen", &why).await;
        let _ = world.sit("committee", &[1, 2, 4, 5, 6]).await.is(200);
        let page = world.run(&at, "approve", &cards).await.is(422);
        let _ = page.says("E-VOT-60");
    })
    .await;
}

#[tokio::test]
async fn who_sat_in_a_body_of_an_earlier_set_up_does_not_vote_in_the_next() {
    on_both(async |scratch| {
        let mut world = by_election(scratch, &["office_deputy_secretaries"]).await;
        let page = world.sit("committee", &[1, 2, 3]).await.is(200);
        let _ = page.says("Hội nghị Ban chấp hành đảng bộ (3 thành viên)");
        let page = world.set_up("212", &["office_secretary"]).await.is(200);
        assert!(!page.words().contains("(3 thành viên)"));
        world.begin_refused("secretary", "E-VOT-47").await;
    })
    .await;
}
