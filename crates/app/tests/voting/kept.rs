//! What is on record stays as it was: nobody gets round a ballot that was held,
//! and what was entered by mistake is taken back with a reason.

use plenum_testkit::on_both;

use crate::world::{S, World, bare};

/// A by-election of one seat in a committee of four.
async fn by_election(world: &mut World) -> String {
    let set_up = [
        ("day", "2025-03-03"),
        ("official_members", "212"),
        ("shape", "committee"),
        ("form", "delegates"),
        ("office_committee", "yes"),
        ("office_secretary", "yes"),
    ];
    let _ = world.at_hall("set-up", &set_up).await.is(200);
    let _ = sits(world, &[1, 2, 3, 4]).await.is(200);
    let at = bare(&world.begin("committee").await);
    let _ = world.run(&at, "seats", &[("seats", "1")]).await.is(200);
    at
}

/// Who sits in the committee.
async fn sits(world: &mut World, people: &[usize]) -> plenum_testkit::Answer {
    let members: Vec<String> = people
        .iter()
        .map(|place| format!("member_{}", world.id(*place)))
        .collect();
    let mut fields = vec![("body", "committee")];
    fields.extend(members.iter().map(|name| (name.as_str(), "yes")));
    world.at_hall("sit", &fields).await
}

/// The branch's committee: announced with these votes for four names.
async fn committee(world: &mut World, seats: &str, votes: [&str; 4]) -> String {
    world.ready().await;
    let at = bare(&world.begin("branch_committee").await);
    let _ = world.run(&at, "seats", &[("seats", seats)]).await.is(200);
    world.nominate(&at, &[1, 2, 3, 4]).await;
    world.approve(&at, true).await;
    world.vote(&at).await;
    let names = ["votes_1", "votes_2", "votes_3", "votes_4"];
    let mut sheet = vec![("valid", "28")];
    sheet.extend(names.into_iter().zip(votes));
    world.count(&at, &sheet).await;
    world.settle_all(&at).await;
    world.confirm(&at).await;
    at
}

#[tokio::test]
async fn a_vacant_seat_is_not_won_by_whoever_sits_there() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let at = by_election(&mut world).await;
        world.nominate(&at, &[1, 5]).await;
        let cards = [("list_agree", "40"), ("number_agree", "40")];
        let page = world.run(&at, "approve", &cards).await.is(422);
        let _ = page
            .says("E-VOT-70")
            .says("Trần Văn An đang giữ chức danh này");
        let one = world.id(1);
        // Nor is a member of the body taken off the people.
        let off = [("id", one.as_str())];
        let _ = world.at_hall("remove", &off).await.is(422).says("E-VOT-94");
        let off = [("person", one.as_str()), ("change", "remove")];
        let _ = world.run(&at, "nomination", &off).await.is(200);
        world.nominate(&at, &[6]).await;
        let page = world.elect_listed(&at, ("40", &["30", "10"])).await;
        let _ = page.says("Trúng cử 1/1: Đỗ Minh Đạt");
        let meeting = [("body", "meeting"), ("convened", "5"), ("present", "5")];
        let _ = world.at_hall("attend", &meeting).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn who_sits_in_a_body_does_not_change_once_a_list_rests_on_it() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let set_up = [
            ("day", "2025-03-03"),
            ("official_members", "212"),
            ("shape", "committee"),
            ("form", "delegates"),
            ("office_deputy_secretaries", "yes"),
        ];
        let _ = world.at_hall("set-up", &set_up).await.is(200);
        let _ = sits(&mut world, &[1, 2, 3, 4, 5]).await.is(200);
        let meeting = [("body", "meeting"), ("convened", "5"), ("present", "5")];
        let _ = world.at_hall("attend", &meeting).await.is(200);
        let at = bare(&world.begin("deputy_secretaries").await);
        let _ = world.run(&at, "seats", &[("seats", "1")]).await.is(200);
        world.nominate(&at, &[3]).await;
        let cards = [("list_agree", "5"), ("number_agree", "5")];
        let _ = world.run(&at, "approve", &cards).await.is(200);
        let late = sits(&mut world, &[1, 2, 4, 5, 6]).await.is(422);
        let _ = late.says("E-VOT-01");
        // The list taken up again, members can be put right.
        let why = [("reason", "Ghi nhầm thành viên")];
        let _ = world.run(&at, "reopen", &why).await.is(200);
        let _ = sits(&mut world, &[1, 2, 4, 5, 6]).await.is(200);
        let page = world.run(&at, "approve", &cards).await.is(422);
        let _ = page.says("E-VOT-60");
    })
    .await;
}

#[tokio::test]
async fn r25_whoever_is_asked_about_is_not_nominated_anew() {
    on_both(async |scratch| {
        let mut world = World::on(scratch, "2025-03-03").await;
        world.ready().await;
        let at = bare(&world.begin("branch_committee").await);
        let _ = world.run(&at, "seats", &[("seats", "3")]).await.is(200);
        world.nominate(&at, &[1, 2, 3]).await;
        let _ = world.nominate_own(&at, 6).await.is(200);
        let asked = bare(&world.run(&at, "ask", &[]).await.is(200).address);
        let _ = world.run(&asked, "close-names", &[]).await.is(200);
        world.vote_of(&asked, "28").await;
        let sheet = [("valid", "28"), ("votes_1", "2"), ("against_1", "26")];
        world.count(&asked, &sheet).await;
        // Counted, not yet announced.
        let six = world.id(6);
        let off = [("person", six.as_str()), ("change", "remove")];
        let page = world.run(&at, "nomination", &off).await.is(422);
        let _ = page.says("E-VOT-94").says("Võ Xuân Giang");
        world.confirm(&asked).await;
        let _ = world
            .run(&at, "nomination", &off)
            .await
            .is(422)
            .says("E-VOT-94");
    })
    .await;
}

#[tokio::test]
async fn an_introduction_falls_with_the_committee_it_was_from() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, true).await;
        let votes = ["39", "38", "37", "36", "35", "15"];
        let page = world
            .elect("committee", (5, &[1, 2, 3, 4, 5, 6]), ("40", &votes))
            .await;
        let committee = bare(&page.address);
        let direct = ("office", "direct_secretary");
        let asked = bare(
            &world
                .at_hall("introduction", &[direct])
                .await
                .is(200)
                .address,
        );
        world.nominate(&asked, &[1]).await;
        let _ = world.run(&asked, "close-names", &[]).await.is(200);
        world.vote_of(&asked, "40").await;
        let void = [("reason", "Quyết định 3-QĐ/QU")];
        let annul = format!("{committee}/annul");
        // A ballot people have voted in stands on the committee.
        let _ = world
            .post("quan", &annul, &void)
            .await
            .is(422)
            .says("E-VOT-92");
        let again = world.run(&asked, "annul", &void).await.is(200);
        let again = bare(&again.address);
        let page = world.elections().await;
        let _ = page.says("Trước đó phải lấy phiếu giới thiệu");
        let _ = world.run(&again, "annul", &void).await.is(200);
        let paper = [direct, ("reason", "Biên bản số 4")];
        let _ = world.at_hall("introduce", &paper).await.is(200);
        // Counted on paper it is forgotten with the committee.
        let _ = world.post("quan", &annul, &void).await.is(200);
        let page = world.elections().await;
        let _ = page.says("Trước đó phải lấy phiếu giới thiệu");
    })
    .await;
}

#[tokio::test]
async fn r20_a_result_with_a_tie_is_not_ratified() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = committee(&mut world, "3", ["20", "18", "17", "17"]).await;
        let ratify = [("on", "2020-03-02"), ("reason", "7-QĐ/ĐU")];
        let path = format!("{at}/ratify");
        let page = world.post("phuong", &path, &ratify).await.is(422);
        let _ = page.says("E-VOT-119").says("Phần bầu Chi ủy chưa xong");
        let next = bare(&world.run(&at, "further", &[]).await.is(200).address);
        world.approve(&next, false).await;
        world.vote(&next).await;
        world
            .count(
                &next,
                &[("valid", "28"), ("votes_1", "15"), ("votes_2", "13")],
            )
            .await;
        world.settle_all(&next).await;
        let _ = world
            .post("phuong", &path, &ratify)
            .await
            .is(422)
            .says("E-VOT-119");
        world.confirm(&next).await;
        let _ = world.post("phuong", &path, &ratify).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn papers_are_handed_out_on_the_day_of_the_vote_and_not_before() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.day = "2020-03-09".to_owned();
        world.ready().await;
        let at = bare(&world.begin("branch_committee").await);
        let _ = world.run(&at, "seats", &[("seats", "3")]).await.is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        world.approve(&at, true).await;
        let _ = world.run(&at, "print", &[]).await.is(200);
        let page = world.run(&at, "hand-out", &[]).await.is(422);
        let _ = page.says("E-VOT-121").says("09/03/2020");
    })
    .await;
}

#[tokio::test]
async fn the_papers_of_a_void_ballot_are_sealed_and_reported_to_nobody() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let at = bare(&world.begin("branch_committee").await);
        let _ = world.run(&at, "seats", &[("seats", "3")]).await.is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        world.approve(&at, true).await;
        world.vote(&at).await;
        let void = [("reason", "In thiếu một tên")];
        let _ = world.run(&at, "annul", &void).await.is(200);
        let page = world.get("bithu", &at).await.is(200);
        assert!(page.text().contains("/seal"), "its papers are kept");
        assert!(!page.text().contains("/report"), "nobody was elected");
        let seal = [("on", "2020-03-02"), ("reason", "Văn phòng đảng ủy")];
        let _ = world
            .run(&at, "seal", &seal)
            .await
            .is(200)
            .says("Đã niêm phong");
        let report = [("reported", "2020-03-02")];
        let _ = world
            .run(&at, "report", &report)
            .await
            .is(422)
            .says("E-VOT-01");
    })
    .await;
}

#[tokio::test]
async fn papers_keep_the_names_and_dates_they_were_signed_with() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = committee(&mut world, "3", ["20", "19", "18", "5"]).await;
        let (one, teller) = (world.id(1), world.id(10));
        let renamed = [
            ("id", teller.as_str()),
            ("name", "Đặng Thị Mây"),
            ("official", "yes"),
            ("teller", "yes"),
        ];
        let page = world.at_hall("person", &renamed).await.is(422);
        let _ = page.says("E-VOT-30");
        let _ = world
            .at_hall(
                "person",
                &[&renamed[..], &[("reason", "Ghi nhầm tên")]].concat(),
            )
            .await
            .is(200);
        let off = [("id", teller.as_str())];
        let _ = world.at_hall("remove", &off).await.is(422).says("E-VOT-94");
        let reborn = [
            ("id", one.as_str()),
            ("name", "Trần Văn An"),
            ("birth", "1971-03-02"),
            ("joined", "1995-05-19"),
            ("official", "yes"),
            ("convening", "yes"),
            ("reason", "Theo lý lịch"),
        ];
        let _ = world.at_hall("person", &reborn).await.is(200);
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(minutes.contains("Đặng Thị Mai Trưởng ban"), "{minutes}");
        let list = world.printed(&at, "list.pdf").await;
        assert!(list.contains("Trần Văn An 02/03/1970"), "{list}");
        // A list made since has what is known since.
        let next = bare(&world.begin("branch_secretary").await);
        world.nominate(&next, &[1]).await;
        world.approve(&next, false).await;
        let list = world.printed(&next, "list.pdf").await;
        assert!(list.contains("Trần Văn An 02/03/1971"), "{list}");
        // And a committee has the head it was given.
        let _ = world.run(&next, "print", &[]).await.is(200);
        let head = world.id(11);
        let stranger = [("head", one.as_str())];
        let _ = world
            .run(&next, "hand-out", &stranger)
            .await
            .is(422)
            .says("E-VOT-68");
        let _ = world
            .run(&next, "hand-out", &[("head", head.as_str())])
            .await
            .is(200);
        let papers = [("present", "28"), ("issued", "28"), ("returned", "28")];
        let _ = world
            .post("kiem1", &format!("{next}/close"), &papers)
            .await
            .is(200);
        world
            .count(&next, &[("valid", "28"), ("votes_1", "28")])
            .await;
        world.settle_all(&next).await;
        let minutes = world.printed(&next, "minutes.pdf").await;
        assert!(minutes.contains("Phan Thành Sơn Trưởng ban"), "{minutes}");
        assert!(minutes.contains("Đặng Thị Mây Thành viên"), "{minutes}");
        // One of thirty-one has an accepted reason: the share is of thirty.
        assert!(minutes.contains("93,33 %"), "{minutes}");
        assert!(!minutes.contains("% so với số được"), "{minutes}");
    })
    .await;
}

#[tokio::test]
async fn a_decision_nobody_took_is_taken_back() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = committee(&mut world, "3", ["20", "18", "10", "9"]).await;
        let _ = world
            .run(&at, "decide", &[("decision", "stop")])
            .await
            .is(200);
        let page = world.elections().await;
        let _ = page.says("Đã xong, còn thiếu 1");
        // A list begun on it goes with it.
        let secretary = bare(&world.begin("branch_secretary").await);
        let silent = [("decision", "stop"), ("reason", " ")];
        let _ = world
            .run(&at, "undecide", &silent)
            .await
            .is(422)
            .says("E-VOT-30");
        let other = [("decision", "take"), ("reason", "Bấm nhầm")];
        let _ = world
            .run(&at, "undecide", &other)
            .await
            .is(422)
            .says("E-VOT-115");
        let back = [("decision", "stop"), ("reason", "Bấm nhầm")];
        let page = world.run(&at, "undecide", &back).await.is(200);
        let _ = page.says("Còn thiếu 1 người. Đại hội quyết định bầu tiếp hay không");
        let _ = world
            .get("bithu", &secretary)
            .await
            .is(200)
            .says("không có giá trị");
        let page = world.elections().await;
        let _ = page.says("đã xong 0/4 phần bầu");
        let _ = world
            .run(&at, "decide", &[("decision", "further")])
            .await
            .is(200);
        let next = world.run(&at, "further", &[]).await.is(200);
        let _ = next.says("lần 2");
        // The further ballot stands on the decision now.
        let back = [("decision", "further"), ("reason", "Bấm nhầm")];
        let _ = world
            .run(&at, "undecide", &back)
            .await
            .is(422)
            .says("E-VOT-122");
    })
    .await;
}

#[tokio::test]
async fn what_was_noted_by_mistake_before_an_election_is_taken_back() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let two = world.id(2);
        let plan = [("office", "branch_secretary"), ("person", two.as_str())];
        let _ = world
            .at_hall("plan", &plan)
            .await
            .is(200)
            .says("Dự kiến: Lê Thị Bình");
        let off = [("id", two.as_str())];
        let _ = world.at_hall("remove", &off).await.is(422).says("E-VOT-94");
        let page = world.at_hall("unplan", &plan).await.is(200);
        assert!(!page.words().contains("Dự kiến: Lê Thị Bình"));
        let deputy = [("office", "branch_deputy")];
        let _ = world
            .at_hall("skip", &deputy)
            .await
            .is(200)
            .says("Không bầu");
        let page = world.at_hall("hold", &deputy).await.is(200);
        let _ = page.says("Đã ghi: vẫn bầu");
        let _ = world
            .at_hall("hold", &deputy)
            .await
            .is(422)
            .says("E-VOT-01");
        // Nobody was born, or joined, on a day to come.
        let line = "Trần Thị Sau; 02/03/2020; 02/03/2020";
        let young = [("people", line)];
        let _ = world
            .at_hall("people", &young)
            .await
            .is(422)
            .says("E-VOT-44");
        let gone = [("id", "00000000000000000000000000000001")];
        let _ = world.at_hall("remove", &gone).await.is(404);
    })
    .await;
}

#[tokio::test]
async fn a_meeting_has_a_day_and_tellers_of_its_own() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let votes = ["39", "38", "37", "36", "35", "15"];
        let _ = world
            .elect("committee", (5, &[1, 2, 3, 4, 5, 6]), ("40", &votes))
            .await;
        let early = [
            ("body", "meeting"),
            ("convened", "5"),
            ("present", "5"),
            ("day", "2025-03-02"),
        ];
        let _ = world
            .at_hall("attend", &early)
            .await
            .is(422)
            .says("E-VOT-44");
        let mut later = early;
        later[3] = ("day", "2025-03-04");
        let _ = world.at_hall("attend", &later).await.is(200);
        let _ = world
            .at_hall("skip", &[("office", "standing_committee")])
            .await
            .is(200);
        let five = world.id(5);
        let mark = [
            ("id", five.as_str()),
            ("name", "Đỗ Minh Đạt"),
            ("birth", "1985-01-01"),
            ("joined", "2010-12-22"),
            ("official", "yes"),
            ("delegate", "yes"),
            ("convening", "yes"),
            ("teller", "yes"),
        ];
        let _ = world.at_hall("person", &mark).await.is(200);
        let at = bare(&world.begin("secretary").await);
        world.nominate(&at, &[1]).await;
        let _ = world
            .run(&at, "approve", &[("list_agree", "5")])
            .await
            .is(200);
        let _ = world.run(&at, "print", &[]).await.is(200);
        // It meets tomorrow.
        let _ = world
            .run(&at, "hand-out", &[])
            .await
            .is(422)
            .says("E-VOT-121");
        let mut today = early;
        today[3] = ("day", "2025-03-03");
        let _ = world.at_hall("attend", &today).await.is(200);
        let _ = world.run(&at, "hand-out", &[]).await.is(200);
        let mut again = early;
        again[3] = ("day", "2025-03-04");
        let _ = world
            .at_hall("attend", &again)
            .await
            .is(422)
            .says("E-VOT-92");
        let papers = [("present", "5"), ("issued", "5"), ("returned", "5")];
        let _ = world
            .post("dem1", &format!("{at}/close"), &papers)
            .await
            .is(200);
        world.count(&at, &[("valid", "5"), ("votes_1", "5")]).await;
        world.settle_all(&at).await;
        let minutes = world.printed(&at, "minutes.pdf").await;
        assert!(minutes.contains("Đỗ Minh Đạt Trưởng ban"), "{minutes}");
        assert!(!minutes.contains("Đặng Thị Mai"), "the congress's teller");
    })
    .await;
}

#[tokio::test]
async fn a_branch_has_no_standing_committee_to_elect_to() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let set_up = [
            ("day", "2020-03-02"),
            ("official_members", "31"),
            ("shape", "branch"),
            ("form", "members"),
            ("office_standing_committee", "yes"),
        ];
        let _ = world
            .at_hall("set-up", &set_up)
            .await
            .is(422)
            .says("E-VOT-25");
    })
    .await;
}

#[tokio::test]
async fn a_further_ballot_is_for_the_seats_that_stayed_open() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = committee(&mut world, "3", ["20", "10", "9", "8"]).await;
        let _ = world
            .run(&at, "decide", &[("decision", "further")])
            .await
            .is(200);
        let next = bare(&world.run(&at, "further", &[]).await.is(200).address);
        for seats in ["1", "3"] {
            let page = world.run(&next, "seats", &[("seats", seats)]).await.is(422);
            let _ = page.says("E-VOT-95");
        }
        let _ = world.run(&next, "seats", &[("seats", "2")]).await.is(200);
    })
    .await;
}

#[tokio::test]
async fn who_sat_in_a_body_of_an_earlier_set_up_does_not_vote_in_the_next() {
    on_both(async |scratch| {
        let mut world = World::committee(scratch, false).await;
        let set_up = |office: &'static str| {
            [
                ("day", "2025-03-03"),
                ("official_members", "212"),
                ("shape", "committee"),
                ("form", "delegates"),
                (office, "yes"),
            ]
        };
        let deputies = set_up("office_deputy_secretaries");
        let _ = world.at_hall("set-up", &deputies).await.is(200);
        let page = sits(&mut world, &[1, 2, 3]).await.is(200);
        let _ = page.says("Hội nghị Ban chấp hành đảng bộ (3 thành viên)");
        let page = world
            .at_hall("set-up", &set_up("office_secretary"))
            .await
            .is(200);
        assert!(!page.words().contains("(3 thành viên)"));
        let begin = [("office", "secretary")];
        let _ = world
            .at_hall("begin", &begin)
            .await
            .is(422)
            .says("E-VOT-47");
    })
    .await;
}

#[tokio::test]
async fn r30_nobody_is_appointed_while_a_ballot_for_the_office_is_under_way() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let small = [
            ("day", "2020-03-02"),
            ("official_members", "8"),
            ("shape", "branch"),
            ("form", "members"),
        ];
        let _ = world.at_hall("set-up", &small).await.is(200);
        let mut at = bare(&world.begin("branch_secretary").await);
        world.nominate(&at, &[1]).await;
        for _ in 1..=2 {
            world.approve(&at, false).await;
            world.vote(&at).await;
            let sheet = [("valid", "28"), ("votes_1", "15"), ("against_1", "13")];
            world.count(&at, &sheet).await;
            world.settle_all(&at).await;
            world.confirm(&at).await;
            let _ = world
                .run(&at, "decide", &[("decision", "further")])
                .await
                .is(200);
            at = bare(&world.run(&at, "further", &[]).await.is(200).address);
        }
        let (hall, person) = (format!("{S}/elections/hall/appoint"), world.id(1));
        let appoint = [
            ("unit", "TH-01"),
            ("office", "branch_secretary"),
            ("person", person.as_str()),
        ];
        // The third and last is only being prepared.
        let _ = world
            .post("phuong", &hall, &appoint)
            .await
            .is(422)
            .says("E-VOT-01");
    })
    .await;
}

#[tokio::test]
async fn r46_a_pause_outlives_a_ballot_it_has_nothing_to_do_with() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let delegates = bare(&world.begin("delegates").await);
        let _ = world
            .run(&delegates, "seats", &[("seats", "1")])
            .await
            .is(200);
        world.nominate(&delegates, &[1, 2]).await;
        world.approve(&delegates, false).await;
        world.vote(&delegates).await;
        let sheet = [("valid", "28"), ("votes_1", "20"), ("votes_2", "3")];
        world.count(&delegates, &sheet).await;
        world.settle_all(&delegates).await;
        world.confirm(&delegates).await;
        let four = world.id(4);
        let plan = [("office", "branch_secretary"), ("person", four.as_str())];
        let _ = world.at_hall("plan", &plan).await.is(200);
        let at = bare(&world.begin("branch_committee").await);
        let _ = world.run(&at, "seats", &[("seats", "3")]).await.is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        world.approve(&at, true).await;
        world.vote(&at).await;
        let names = ["votes_1", "votes_2", "votes_3", "votes_4"];
        let mut sheet = vec![("valid", "28")];
        sheet.extend(names.into_iter().zip(["20", "19", "18", "5"]));
        world.count(&at, &sheet).await;
        world.settle_all(&at).await;
        world.confirm(&at).await;
        let _ = world
            .elections()
            .await
            .says("Tạm dừng: đồng chí Huỳnh Thu Dung");
        let void = [("reason", "Quyết định 5-QĐ/ĐU")];
        let annul = format!("{delegates}/annul");
        let _ = world.post("phuong", &annul, &void).await.is(200);
        let _ = world
            .elections()
            .await
            .says("Tạm dừng: đồng chí Huỳnh Thu Dung");
        let begin = [("office", "branch_secretary")];
        let _ = world
            .at_hall("begin", &begin)
            .await
            .is(422)
            .says("E-VOT-27");
    })
    .await;
}
