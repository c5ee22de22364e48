//! By-elections: to a body whose members sit already, and by them.

use plenum_testkit::{Scratch, on_both};

use crate::world::{S, World, bare};

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

#[tokio::test]
async fn a_seat_that_falls_vacant_after_the_congress_is_filled_at_a_convocation_of_its_own() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let vacant = [
            ("day", "2025-06-02"),
            ("official_members", "212"),
            ("shape", "committee"),
            ("form", "delegates"),
            ("office_committee", "yes"),
        ];
        let at = world.listed("committee", 5, &[1, 2, 3, 4, 5, 6]).await;
        let page = world
            .refused_at_hall("call-again", &vacant, "E-VOT-126")
            .await;
        let _ = page.says("Phần bầu Ban chấp hành đảng bộ ở kỳ trước chưa xong");
        let votes = ["39", "38", "37", "36", "35", "4"];
        let _ = world.elect_listed(&at, ("40", &votes)).await;
        let nobody = &vacant[..4];
        world
            .refused_at_hall("call-again", nobody, "E-VOT-128")
            .await;
        let mut early = vacant;
        early[0].1 = "2025-03-02";
        world
            .refused_at_hall("call-again", &early, "E-VOT-44")
            .await;
        // Nobody has elected a secretary, whose seat cannot have fallen vacant.
        let mut waiting = vacant;
        waiting[4].0 = "office_secretary";
        world
            .refused_at_hall("call-again", &waiting, "E-VOT-126")
            .await;

        world.hall.pass_days(91);
        let page = world.done_at_hall("call-again", &vacant).await;
        let _ = page
            .says("Đã mở kỳ bầu bổ sung")
            .says("Đại hội, 03/03/2025")
            .says("Bầu bổ sung Ban chấp hành đảng bộ, 02/06/2025")
            .says("đã xong 0/1 phần bầu");
        // Set up anew it keeps to what was asked when it was called.
        let mut other = waiting.to_vec();
        other.push(("called", "2"));
        world.refused_at_hall("set-up", &other, "E-VOT-126").await;
        other[0].1 = "2025-03-02";
        other[4] = ("office_committee", "yes");
        world.refused_at_hall("set-up", &other, "E-VOT-44").await;
        for odd in ["abc", "1.5", "9"] {
            let fields = [("office", "secretary"), ("called", odd)];
            let _ = world.at_hall("begin", &fields).await.is(404);
        }
        // The congress goes on by itself.
        let page = world.at_convocation(1).await;
        let page = page.says("đã xong 1/");
        assert!(page.text().contains("/elections/hall/begin"));
        let seal = [("on", "2025-03-03"), ("reason", "Văn phòng")];
        world.done(&at, "seal", &seal).await;

        let attended = [
            ("body", "delegate_congress"),
            ("convened", "40"),
            ("present", "38"),
        ];
        world.done_at_hall("attend", &attended).await;
        let next = world.listed("committee", 1, &[1, 7, 8]).await;
        let cards = [("list_agree", "38"), ("number_agree", "38")];
        let page = world.run(&next, "approve", &cards).await.is(422);
        let _ = page
            .says("E-VOT-70")
            .says("Trần Văn An đang giữ chức danh này");
        let _ = world.renominate(&next, 1, "remove").await.is(200);
        let page = world.elect_listed(&next, ("38", &["30", "8"])).await;
        let _ = page
            .says("Trúng cử 1/1: Bùi Ngọc Hạnh (cần 21 phiếu trên 40)")
            .says("Bầu Ban chấp hành đảng bộ (bầu bổ sung)");
        let minutes = world.printed(&next, "minutes.pdf").await;
        assert!(minutes.contains("(bầu bổ sung)"), "{minutes}");
        let _ = world.elections().await.says("đã xong 1/1 phần bầu");
        // The by-election went by the congress's result.
        let void = [("reason", "Quyết định 3-QĐ/QU")];
        world
            .refused_to("quan", &at, "annul", &void, "E-VOT-92")
            .await;
        // The seat is filled; the next vacancy is the next convocation.
        let mut third = vacant;
        third[4].0 = "office_committee";
        let page = world.done_at_hall("call-again", &third).await;
        let _ = page.says("đã xong 0/1 phần bầu");
        let page = world.sit("committee", &[1, 2, 3, 4, 5, 7]).await.is(200);
        assert!(!page.text().contains("called=4"));
        // It was called by mistake.
        let third = [("called", "3"), ("reason", "")];
        world.refused_at_hall("uncall", &third, "E-VOT-30").await;
        let why = ("reason", "Mở nhầm");
        let held = [("called", "2"), why];
        world.refused_at_hall("uncall", &held, "E-VOT-92").await;
        // A ballot begun there and dropped keeps the number.
        let begun = [("office", "committee"), third[0]];
        let page = world.done_at_hall("begin", &begun).await;
        let mistaken = bare(&page.address);
        world
            .refused_at_hall("uncall", &[third[0], why], "E-VOT-92")
            .await;
        world.done(&mistaken, "annul", &[why]).await;
        let page = world.done_at_hall("uncall", &[third[0], why]).await;
        let page = page.says("Đã bỏ kỳ bầu mở nhầm");
        assert!(!page.text().contains("called=3"));
        let mut fourth = vacant;
        fourth[4].0 = "office_committee";
        let page = world.done_at_hall("call-again", &fourth).await;
        assert!(page.text().contains("called=4"));
    })
    .await;
}

#[tokio::test]
async fn a_by_election_begun_by_mistake_is_set_up_anew() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let _ = world.set_up("212", &["office_committee"]).await.is(200);
        let _ = world.sit("committee", &[1, 2, 3]).await.is(200);
        let at = world.begin("committee").await;
        let page = world.elections().await;
        assert!(!page.text().contains("/hall/set-up"));
        let why = [("reason", "Mở nhầm")];
        world.done(&at, "annul", &why).await;
        let page = world.elections().await;
        assert!(page.text().contains("/hall/set-up"));
        let _ = world.set_up("212", &[]).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn a_by_election_lifts_no_pause_and_shields_no_result_it_does_not_rest_on() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let delegates = world.announced("delegates", 1, &["20", "3"]).await;
        world.planned("branch_secretary", 4).await;
        let first = world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        let vacant = |office: &'static str| {
            [
                ("day", "2020-03-02"),
                ("official_members", "31"),
                ("shape", "branch"),
                ("form", "members"),
                (office, "yes"),
            ]
        };
        let committee = vacant("office_branch_committee");
        world
            .refused_at_hall("call-again", &committee, "E-VOT-27")
            .await;
        let answer = [("unit", "TH-01"), ("reason", "Giới thiệu đồng chí khác")];
        let reply = format!("{S}/elections/hall/reply");
        let _ = world.post("phuong", &reply, &answer).await.is(200);
        let secretary = vacant("office_branch_secretary");
        world
            .refused_at_hall("call-again", &secretary, "E-VOT-126")
            .await;
        let _ = world.done_at_hall("call-again", &committee).await;
        // What has nothing to do with it the superior can still make void.
        let void = [("reason", "Quyết định 5-QĐ/ĐU")];
        world.done_by("phuong", &delegates, "annul", &void).await;
        // And what it would go by, as long as nothing was held: it waits then, and
        // nobody elected by the void ballot sits there.
        world.done_by("phuong", &first, "annul", &void).await;
        let second = [("office", "branch_committee"), ("called", "2")];
        world.refused_at_hall("begin", &second, "E-VOT-126").await;
        let page = world.at_convocation(2).await;
        assert!(
            !page
                .words()
                .contains("Trần Văn An 02/03/1970 19/05/1995 cấp ủy triệu tập Chi ủy")
        );
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_began_with_a_by_election_holds_its_congress_later() {
    on_both(async |scratch| {
        let mut world = by_election(scratch, &["office_deputy_secretaries"]).await;
        let _ = world.sit("committee", &[1, 2, 3, 4, 5]).await.is(200);
        world.five_meet().await;
        let page = world
            .elect("deputy_secretaries", (1, &[3]), ("5", &["4"]))
            .await;
        let _ = page.says("Trúng cử 1/1");
        world.hall.pass_days(91);
        let congress = [
            ("day", "2025-06-02"),
            ("official_members", "212"),
            ("shape", "committee"),
            ("form", "delegates"),
        ];
        let page = world.done_at_hall("call-again", &congress).await;
        let _ = page
            .says("Bầu bổ sung Phó bí thư, 03/03/2025")
            .says("Đại hội, 02/06/2025");
        let at = world.begin("committee").await;
        let _ = world.page(&at).await.says("Bầu Ban chấp hành đảng bộ");
        // There is one congress in a season.
        world
            .refused_at_hall("call-again", &congress, "E-VOT-128")
            .await;
    })
    .await;
}

#[tokio::test]
async fn papers_of_a_void_ballot_keep_their_day_when_elections_are_set_up_anew() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.voted("branch_committee", 3, &[1, 2, 3, 4]).await;
        let why = [("reason", "In sai tên")];
        let again = bare(&world.done(&at, "annul", &why).await.address);
        world.done(&again, "annul", &why).await;
        // The number of members was wrong, which other offices follow from.
        let other_day = [
            ("day", "2020-03-01"),
            ("official_members", "8"),
            ("shape", "branch"),
            ("form", "members"),
        ];
        world
            .refused_at_hall("set-up", &other_day, "E-VOT-92")
            .await;
        let page = world.set_up("8", &[]).await.is(200);
        assert!(!page.text().contains("data-key=\"branch_committee\""));
        let page = world.page(&at).await;
        let _ = page.says("In sai tên");
    })
    .await;
}
