//! The first meeting of a new committee: each step after the one before, by its
//! members and from among those the rules name; the superior's answer;
//! by-elections.

use plenum_testkit::on_both;

use crate::world::{World, bare};

/// The congress elects a committee of five.
async fn committee(world: &mut World) {
    let votes = ["39", "38", "37", "36", "35", "15"];
    let page = world
        .elect("committee", (5, &[1, 2, 3, 4, 5, 6]), ("40", &votes))
        .await;
    let _ = page.says("Trúng cử 5/5");
}

/// All five are convened and present.
async fn convened(world: &mut World) {
    // Delegates do not vote there.
    let wrong = [("body", "meeting"), ("convened", "40"), ("present", "40")];
    let page = world.at_hall("attend", &wrong).await.is(422);
    let _ = page.says("E-VOT-47").says("người bỏ phiếu là 5 thành viên");
    let right = [("body", "meeting"), ("convened", "5"), ("present", "5")];
    let _ = world.at_hall("attend", &right).await.is(200);
}

async fn too_early(world: &mut World, office: &str) {
    let begin = [("office", office)];
    let _ = world
        .at_hall("begin", &begin)
        .await
        .is(422)
        .says("E-VOT-26");
}

#[tokio::test]
async fn a_committee_elects_standing_committee_secretary_deputies_and_inspection_commission() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        too_early(&mut world, "standing_committee").await;
        let early = [("body", "meeting"), ("convened", "5"), ("present", "5")];
        let _ = world
            .at_hall("attend", &early)
            .await
            .is(422)
            .says("E-VOT-47");
        committee(&mut world).await;
        let page = world.elections().await;
        let _ = page.says("Hội nghị Ban chấp hành đảng bộ (5 thành viên)");
        convened(&mut world).await;
        too_early(&mut world, "secretary").await;
        let page = world
            .elect(
                "standing_committee",
                (3, &[1, 2, 3, 4]),
                ("5", &["5", "4", "3", "2"]),
            )
            .await;
        let at = bare(&page.address);
        let minutes = world.printed(&at, "minutes.pdf").await;
        for said in [
            "thành viên Ban chấp hành đảng bộ được triệu tập: 5; có mặt khi bầu cử: 5",
            "thông qua trước hội nghị",
        ] {
            assert!(minutes.contains(said), "{minutes}");
        }
        let page = page.says("Người bỏ phiếu Hội nghị Ban chấp hành đảng bộ (5 thành viên)");
        let _ = page.says("Trần Văn An, Lê Thị Bình, Phạm Quốc Cường (cần 3 phiếu trên 5)");
        too_early(&mut world, "deputy_secretaries").await;
        too_early(&mut world, "inspection_commission").await;
        // The secretary is of the standing committee, which number 4 is not.
        let at = bare(&world.begin("secretary").await);
        let page = world.get("dangbo", &at).await.is(200);
        assert!(
            !page
                .text()
                .contains(&format!("name=\"person_{}\"", world.id(4)))
        );
        assert!(
            page.text()
                .contains(&format!("name=\"person_{}\"", world.id(3)))
        );
        world.nominate(&at, &[4]).await;
        let one = [("list_agree", "5")];
        let _ = world
            .run(&at, "approve", &one)
            .await
            .is(422)
            .says("E-VOT-35")
            .says("E-VOT-60");
        let four = world.id(4);
        let off = [("person", four.as_str()), ("change", "remove")];
        let _ = world.run(&at, "nomination", &off).await.is(200);
        world.nominate(&at, &[1]).await;
        // More papers than members.
        let _ = world.run(&at, "approve", &one).await.is(200);
        let _ = world.run(&at, "print", &[]).await.is(200);
        let _ = world.run(&at, "hand-out", &[]).await.is(200);
        let many = [("present", "40"), ("issued", "40"), ("returned", "40")];
        let refused = world.post("dem1", &format!("{at}/close"), &many).await;
        let _ = refused.is(422).says("E-VOT-06");
        let right = [("present", "5"), ("issued", "5"), ("returned", "5")];
        let _ = world
            .post("dem1", &format!("{at}/close"), &right)
            .await
            .is(200);
        world
            .count(&at, &[("valid", "5"), ("votes_1", "4"), ("against_1", "1")])
            .await;
        world.settle_all(&at).await;
        world.confirm(&at).await;
        too_early(&mut world, "inspection_chair").await;
        let _ = world
            .elect("deputy_secretaries", (1, &[2]), ("5", &["5"]))
            .await;
        // Number 6 is of the commission and not of the committee.
        let page = world
            .elect(
                "inspection_commission",
                (3, &[3, 5, 6]),
                ("5", &["5", "5", "4"]),
            )
            .await;
        let _ = page.says("Trúng cử 3/3");
        let at = bare(&world.begin("inspection_chair").await);
        let page = world.get("dangbo", &at).await.is(200);
        let may = |place: usize, world: &World| {
            page.text()
                .contains(&format!("name=\"person_{}\"", world.id(place)))
        };
        assert!(!may(1, &world) && may(3, &world) && may(6, &world));
        // The commission's members do not vote: the committee's five do.
        let _ = page.says("Hội nghị Ban chấp hành đảng bộ (5 thành viên)");
        world.nominate(&at, &[3]).await;
        let page = world.elect_listed(&at, ("5", &["5"])).await;
        let _ = page.says("Trúng cử 1/1: Phạm Quốc Cường (cần 3 phiếu trên 5)");
        let page = world.elections().await;
        let _ = page.says("đã xong 6/7 phần bầu");
    })
    .await;
}

#[tokio::test]
async fn a_committee_without_a_standing_committee_elects_its_secretary_from_itself() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        committee(&mut world).await;
        convened(&mut world).await;
        let _ = world
            .at_hall("skip", &[("office", "standing_committee")])
            .await
            .is(200);
        let at = bare(&world.begin("secretary").await);
        world.nominate(&at, &[6]).await;
        let _ = world.get("dangbo", &at).await.is(200).says("E-VOT-60");
        let six = world.id(6);
        let off = [("person", six.as_str()), ("change", "remove")];
        let _ = world.run(&at, "nomination", &off).await.is(200);
        world.nominate(&at, &[5]).await;
        let page = world.elect_listed(&at, ("5", &["3"])).await;
        let _ = page.says("Trúng cử 1/1: Đỗ Minh Đạt (cần 3 phiếu trên 5)");
        let page = world
            .elect("deputy_secretaries", (1, &[4]), ("5", &["5"]))
            .await;
        let _ = page.says("Huỳnh Thu Dung");
    })
    .await;
}

#[tokio::test]
async fn r46_the_meeting_pauses_until_the_superior_answers() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let (one, four) = (world.id(1), world.id(4));
        let plan = [("office", "secretary"), ("person", four.as_str())];
        let page = world.at_hall("plan", &plan).await.is(200);
        let _ = page.says("Dự kiến: Huỳnh Thu Dung");
        committee(&mut world).await;
        convened(&mut world).await;
        let _ = world
            .elect("standing_committee", (3, &[1, 2, 3, 4]), ("5", &["5", "4", "3", "2"]))
            .await;
        let page = world.elections().await;
        let _ = page.says("Tạm dừng: đồng chí Huỳnh Thu Dung, dự kiến giữ chức danh Bí thư, không trúng cử Ban thường vụ");
        for office in ["secretary", "delegates"] {
            let begin = [("office", office)];
            let _ = world.at_hall("begin", &begin).await.is(422).says("E-VOT-27");
        }
        let silent = [("reason", " "), ("person", one.as_str())];
        let _ = world.at_hall("reply", &silent).await.is(422).says("E-VOT-30");
        let answer = [
            ("reason", "Giới thiệu đồng chí khác"),
            silent[1],
            ("document", "12-CV/QU"),
            ("dated", "2025-03-03"),
        ];
        // The unit names the document that is the answer.
        let _ = world
            .at_hall("reply", &answer[..2])
            .await
            .is(422)
            .says("E-VOT-33");
        let page = world.at_hall("reply", &answer).await.is(200);
        let _ = page.says("Đơn vị ghi theo văn bản 12-CV/QU ngày 03/03/2025");
        let page = world.elect("secretary", (1, &[1]), ("5", &["5"])).await;
        let _ = page.says("Trúng cử 1/1: Trần Văn An");
    })
    .await;
}

#[tokio::test]
async fn r46_a_planned_secretary_who_fails_in_the_election_itself_pauses_it_too() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let one = world.id(1);
        let plan = [("office", "secretary"), ("person", one.as_str())];
        let _ = world.at_hall("plan", &plan).await.is(200);
        committee(&mut world).await;
        convened(&mut world).await;
        let _ = world
            .at_hall("skip", &[("office", "standing_committee")])
            .await
            .is(200);
        let at = bare(&world.begin("secretary").await);
        world.nominate(&at, &[1]).await;
        let page = world.elect_listed(&at, ("5", &["2"])).await;
        let _ = page.says("Không có người trúng cử");
        let stop = [("decision", "stop")];
        let _ = world.run(&at, "decide", &stop).await.is(200);
        let page = world.elections().await;
        let _ = page.says("Tạm dừng: đồng chí Trần Văn An");
        let next = [("office", "deputy_secretaries")];
        let _ = world.at_hall("begin", &next).await.is(422).says("E-VOT-27");
    })
    .await;
}

#[tokio::test]
async fn a_by_election_to_the_committee_adds_to_those_who_sit() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let set_up = [
            ("day", "2025-03-03"),
            ("official_members", "212"),
            ("shape", "committee"),
            ("form", "delegates"),
            ("office_committee", "yes"),
            ("office_secretary", "yes"),
        ];
        let _ = world.at_hall("set-up", &set_up).await.is(200);
        let four: Vec<String> = (1..=4)
            .map(|place| format!("member_{}", world.id(place)))
            .collect();
        let mut sits = vec![("body", "committee")];
        sits.extend(four.iter().map(|name| (name.as_str(), "yes")));
        let _ = world.at_hall("sit", &sits).await.is(200);
        let at = bare(&world.begin("committee").await);
        // Once more are being elected nobody enters members by hand.
        let _ = world.at_hall("sit", &sits).await.is(422).says("E-VOT-01");
        let _ = world.run(&at, "seats", &[("seats", "3")]).await.is(200);
        world.nominate(&at, &[5, 6, 7, 8]).await;
        let page = world
            .elect_listed(&at, ("40", &["39", "38", "30", "10"]))
            .await;
        let _ = page.says("Trúng cử 3/3");
        // Four sat there and three came.
        let meeting = [("body", "meeting"), ("convened", "7"), ("present", "7")];
        let _ = world.at_hall("attend", &meeting).await.is(200);
        let page = world.elect("secretary", (1, &[6]), ("7", &["5"])).await;
        let _ = page
            .says("(7 thành viên)")
            .says("Trúng cử 1/1: Võ Xuân Giang (cần 4 phiếu trên 7)");
        // Not even the superior annuls what another office
        // stands on.
        let void = [("reason", "Quyết định 3-QĐ/QU")];
        let _ = world
            .post("quan", &format!("{at}/annul"), &void)
            .await
            .is(422)
            .says("E-VOT-92");
    })
    .await;
}

#[tokio::test]
async fn a_by_election_is_by_and_from_those_who_sit_already() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let set_up = [
            ("day", "2025-03-03"),
            ("official_members", "212"),
            ("shape", "committee"),
            ("form", "delegates"),
            ("office_deputy_secretaries", "yes"),
        ];
        let page = world.at_hall("set-up", &set_up).await.is(200);
        let page = page.says("đã xong 0/1 phần bầu");
        let page = page.says("Đang là thành viên: Ban chấp hành đảng bộ");
        assert!(page.text().contains("/elections/hall/sit"));
        // Nobody is known to sit in the committee.
        let begin = [("office", "deputy_secretaries")];
        let _ = world
            .at_hall("begin", &begin)
            .await
            .is(422)
            .says("E-VOT-47");
        let member = |world: &World, place: usize| format!("member_{}", world.id(place));
        let five: Vec<String> = (1..=5).map(|place| member(&world, place)).collect();
        let mut sits = vec![("body", "committee")];
        sits.extend(five.iter().map(|name| (name.as_str(), "yes")));
        let page = world.at_hall("sit", &sits).await.is(200);
        let _ = page.says("Hội nghị Ban chấp hành đảng bộ (5 thành viên)");
        let mut standing = vec![("body", "standing_committee")];
        standing.extend(five[..3].iter().map(|name| (name.as_str(), "yes")));
        let _ = world.at_hall("sit", &standing).await.is(200);
        let other = [("body", "delegates")];
        let _ = world.at_hall("sit", &other).await.is(422).says("E-VOT-25");
        convened(&mut world).await;
        let at = bare(&world.begin("deputy_secretaries").await);
        let _ = world.run(&at, "seats", &[("seats", "1")]).await.is(200);
        world.nominate(&at, &[4]).await;
        let _ = world.get("dangbo", &at).await.is(200).says("E-VOT-60");
        let four = world.id(4);
        let off = [("person", four.as_str()), ("change", "remove")];
        let _ = world.run(&at, "nomination", &off).await.is(200);
        world.nominate(&at, &[3]).await;
        let page = world.elect_listed(&at, ("5", &["4"])).await;
        let _ = page.says("Trúng cử 1/1: Phạm Quốc Cường (cần 3 phiếu trên 5)");
        let _ = world.elections().await.says("đã xong 1/1 phần bầu");
    })
    .await;
}
