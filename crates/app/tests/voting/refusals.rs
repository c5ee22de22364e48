//! What is refused, with its code and what to do.

use plenum_testkit::on_both;

use crate::world::{S, World, bare};

/// A committee election up to handing out: four names for three seats.
async fn handed_out(world: &mut World) -> String {
    world.ready().await;
    let at = bare(&world.begin("branch_committee").await);
    let _ = world
        .post("bithu", &format!("{at}/seats"), &[("seats", "3")])
        .await
        .is(200);
    world.nominate(&at, &[1, 2, 3, 4]).await;
    world.approve(&at, true).await;
    let _ = world
        .post("bithu", &format!("{at}/print"), &[("printed", "30")])
        .await
        .is(200);
    let _ = world
        .post("bithu", &format!("{at}/hand-out"), &[])
        .await
        .is(200);
    at
}

const SHEET: [(&str, &str); 5] = [
    ("valid", "28"),
    ("votes_1", "27"),
    ("votes_2", "20"),
    ("votes_3", "18"),
    ("votes_4", "10"),
];

#[tokio::test]
async fn r16_more_returned_than_issued_blocks() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = handed_out(&mut world).await;
        let too_many = [("present", "28"), ("issued", "28"), ("returned", "29")];
        let refused = world
            .post("kiem1", &format!("{at}/close"), &too_many)
            .await
            .is(422);
        let refused = refused
            .says("E-VOT-02")
            .says("Thu về 29 phiếu nhưng chỉ phát ra 28");
        assert!(
            refused.text().contains("value=\"29\""),
            "what was typed is still there"
        );
        let right = [
            ("present", "28"),
            ("issued", "28"),
            ("spoiled", "1"),
            ("returned", "27"),
        ];
        let page = world
            .post("kiem1", &format!("{at}/close"), &right)
            .await
            .is(200);
        let _ = page.says("Phiếu thu về 27");
    })
    .await;
}

#[tokio::test]
async fn r51_two_people_count_and_two_confirm() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = handed_out(&mut world).await;
        let papers = [("present", "28"), ("issued", "28"), ("returned", "28")];
        let _ = world
            .post("kiem1", &format!("{at}/close"), &papers)
            .await
            .is(200);
        // R17, R18: a sheet that does not add up is refused.
        let short = [("valid", "27"), ("votes_1", "20")];
        let _ = world
            .post("kiem1", &format!("{at}/sheet"), &short)
            .await
            .is(422)
            .says("E-VOT-04");
        let many = [("valid", "28"), ("votes_1", "29")];
        let _ = world
            .post("kiem1", &format!("{at}/sheet"), &many)
            .await
            .is(422)
            .says("E-VOT-05");
        let sheet = format!("{at}/sheet");
        let _ = world
            .post("kiem1", &sheet, &SHEET)
            .await
            .is(200)
            .says("Đang kiểm phiếu");
        // One person's sheet twice is one sheet; another's that differs is no result.
        let _ = world
            .post("kiem1", &sheet, &SHEET)
            .await
            .is(200)
            .says("Đang kiểm phiếu");
        let mut other = SHEET;
        other[4] = ("votes_4", "11");
        let page = world.post("kiem2", &sheet, &other).await.is(200);
        let page = page.says("Đang kiểm phiếu");
        assert!(
            !page.text().contains("value=\"10\""),
            "nobody sees another's numbers"
        );
        // Nobody tries figures until they match: the sheet before is kept.
        let _ = world
            .post("kiem2", &sheet, &SHEET)
            .await
            .is(422)
            .says("E-VOT-120");
        let again = [&SHEET[..], &[("reason", "Cộng nhầm một gạch")]].concat();
        let page = world.post("kiem2", &sheet, &again).await.is(200);
        let _ = page.says("chờ xác nhận").says("Cộng nhầm một gạch");
        let seen = world.mark("kiem1", &at).await;
        let confirm = format!("{at}/confirm");
        let _ = world
            .post("kiem1", &confirm, &[("seen", "0000000000000000")])
            .await
            .is(422)
            .says("E-VOT-20");
        let _ = world
            .post("kiem1", &confirm, &[("seen", &seen)])
            .await
            .is(200);
        let _ = world
            .post("kiem1", &confirm, &[("seen", &seen)])
            .await
            .is(422)
            .says("E-VOT-17");
        // Nothing is announced, and nothing stands on the wall, before the second.
        let _ = world
            .post("bithu", &format!("{at}/announce"), &[])
            .await
            .is(422)
            .says("E-VOT-01");
        let wall = world.get("bithu", &format!("{at}/wall")).await.is(200);
        assert!(!wall.text().contains("Trần Văn An"));
        let _ = world
            .post("kiem2", &confirm, &[("seen", &seen)])
            .await
            .is(200)
            .says("Hai người đã xác nhận");
        let _ = world
            .get("bithu", &format!("{at}/wall"))
            .await
            .is(200)
            .says("Trần Văn An 27");
    })
    .await;
}

#[tokio::test]
async fn r23_r25_r26_r27_a_list_that_breaks_a_rule_is_not_voted_on() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let at = bare(&world.begin("branch_committee").await);
        let _ = world
            .post("bithu", &format!("{at}/seats"), &[("seats", "3")])
            .await
            .is(200);
        world.nominate(&at, &[1, 2, 3]).await;
        let nominate = format!("{at}/nominate");
        // No surplus; then a teller, a probationary member and an outsider
        // nominated by somebody of the convening committee.
        let _ = world.get("bithu", &at).await.is(200).says("E-VOT-51");
        world.nominate(&at, &[9, 10]).await;
        let (four, six) = (world.id(4), world.id(6));
        let named = format!("person_{six}");
        let outside = [
            ("source", "floor"),
            ("nominator", four.as_str()),
            (named.as_str(), "yes"),
        ];
        let page = world.post("bithu", &nominate, &outside).await.is(200);
        for code in ["E-VOT-52", "E-VOT-53", "E-VOT-54", "E-VOT-56", "E-VOT-57"] {
            let _ = world.get("bithu", &at).await.is(200).says(code);
        }
        assert!(page.text().contains("finding--blocks"));
        let approve = format!("{at}/approve");
        let cards = [("list_agree", "28"), ("number_agree", "28")];
        let _ = world
            .post("bithu", &approve, &cards)
            .await
            .is(422)
            .says("E-VOT-35");
        let change = format!("{at}/nomination");
        for person in [world.id(9), world.id(10)] {
            let _ = world
                .post(
                    "bithu",
                    &change,
                    &[("person", &person), ("change", "remove")],
                )
                .await
                .is(200);
        }
        let _ = world
            .post("bithu", &change, &[("person", &six), ("change", "ask")])
            .await
            .is(200);
        let _ = world
            .post("bithu", &approve, &cards)
            .await
            .is(422)
            .says("E-VOT-35");
        let granted = [("person", six.as_str()), ("change", "grant")];
        let page = world.post("bithu", &change, &granted).await.is(200);
        let _ = page.says("đại hội cho rút");
        world.nominate(&at, &[4]).await;
        // More cards than people.
        let many = [("list_agree", "29"), ("number_agree", "28")];
        let _ = world
            .post("bithu", &approve, &many)
            .await
            .is(422)
            .says("E-VOT-06");
        let _ = world
            .post("bithu", &approve, &cards)
            .await
            .is(200)
            .says("Đã thông qua danh sách");
    })
    .await;
}

#[tokio::test]
async fn r46_the_chain_pauses_until_the_superior_answers() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let (one, four) = (world.id(1), world.id(4));
        let plan = [("office", "branch_secretary"), ("person", four.as_str())];
        let _ = world
            .at_hall("plan", &plan)
            .await
            .is(200)
            .says("Dự kiến: Huỳnh Thu Dung");
        let _ = world
            .at_hall("begin", &[("office", "branch_secretary")])
            .await
            .is(422)
            .says("E-VOT-26");
        let at = bare(&world.begin("branch_committee").await);
        let _ = world
            .post("bithu", &format!("{at}/seats"), &[("seats", "3")])
            .await
            .is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        world.approve(&at, true).await;
        world.vote(&at).await;
        world.count(&at, &SHEET).await;
        world.confirm(&at).await;
        let page = world
            .get("bithu", &format!("{S}/elections?unit=TH-01"))
            .await
            .is(200);
        let _ = page.says("Tạm dừng: đồng chí Huỳnh Thu Dung");
        let begin = [("office", "branch_secretary")];
        let _ = world
            .at_hall("begin", &begin)
            .await
            .is(422)
            .says("E-VOT-27");
        let _ = world
            .at_hall("reply", &[("reason", ""), ("person", &one)])
            .await
            .is(422)
            .says("E-VOT-30");
        // The unit does not answer itself: it names the document that is the answer.
        let said = ("reason", "Giới thiệu đồng chí khác");
        let answer = [said, ("person", one.as_str())];
        let _ = world
            .at_hall("reply", &answer)
            .await
            .is(422)
            .says("E-VOT-33");
        let document = ("document", "12-CV/ĐU");
        let undated = [said, answer[1], document];
        let _ = world
            .at_hall("reply", &undated)
            .await
            .is(422)
            .says("E-VOT-33");
        for day in ["2020-03-01", "2020-03-03"] {
            let odd = [said, answer[1], document, ("dated", day)];
            let _ = world.at_hall("reply", &odd).await.is(422).says("E-VOT-44");
        }
        let dated = [said, answer[1], document, ("dated", "2020-03-02")];
        let _ = world
            .at_hall("reply", &dated)
            .await
            .is(200)
            .says("Đơn vị ghi theo văn bản 12-CV/ĐU ngày 02/03/2020");
        let _ = world.begin("branch_secretary").await;
    })
    .await;
}

#[tokio::test]
async fn r46_the_superior_s_office_records_its_answer_itself() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let four = world.id(4);
        let plan = [("office", "branch_secretary"), ("person", four.as_str())];
        let _ = world.at_hall("plan", &plan).await.is(200);
        let at = bare(&world.begin("branch_committee").await);
        let _ = world
            .post("bithu", &format!("{at}/seats"), &[("seats", "3")])
            .await
            .is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        world.approve(&at, true).await;
        world.vote(&at).await;
        world.count(&at, &SHEET).await;
        world.confirm(&at).await;
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
async fn r40_r41_custody_keeps_its_days() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = handed_out(&mut world).await;
        let papers = [("present", "28"), ("issued", "28"), ("returned", "28")];
        let _ = world
            .post("kiem1", &format!("{at}/close"), &papers)
            .await
            .is(200);
        world.count(&at, &SHEET).await;
        world.confirm(&at).await;
        let seal = [("on", "2020-03-02"), ("reason", "Đoàn chủ tịch")];
        let page = world
            .post("bithu", &format!("{at}/seal"), &seal)
            .await
            .is(200);
        let _ = page.says("Giữ phiếu ít nhất đến 02/09/2020");
        let destroy = format!("{at}/destroy");
        let early = [("on", "2020-09-01"), ("reason", "QĐ 5")];
        let _ = world
            .post("bithu", &destroy, &early)
            .await
            .is(422)
            .says("E-VOT-31");
        let complain = format!("{at}/complain");
        let late = [("on", "2020-06-01"), ("reason", "Đơn 1")];
        let _ = world
            .post("bithu", &complain, &late)
            .await
            .is(422)
            .says("E-VOT-34");
        let complaint = [("on", "2020-03-10"), ("reason", "Đơn 1")];
        // What is yet to come has not been done.
        let _ = world
            .post("bithu", &complain, &complaint)
            .await
            .is(422)
            .says("E-VOT-44");
        world.hall.pass_days(28);
        let _ = world.post("bithu", &complain, &complaint).await.is(200);
        let open = [("on", "2020-09-02"), ("reason", "QĐ 5")];
        let _ = world
            .post("bithu", &destroy, &open)
            .await
            .is(422)
            .says("E-VOT-32");
        // The unit does not settle complaints about itself, nor ratify itself.
        let answer = [
            ("on", "2020-03-20"),
            ("reason", "Bác đơn"),
            ("complaint", "0"),
        ];
        let _ = world
            .post("bithu", &format!("{at}/answer"), &answer)
            .await
            .is(403);
        let ratify = [("on", "2020-03-30"), ("reason", "15-QĐ/ĐU")];
        let _ = world
            .post("bithu", &format!("{at}/ratify"), &ratify)
            .await
            .is(403);
        let _ = world
            .post("phuong", &format!("{at}/answer"), &answer)
            .await
            .is(200);
        let _ = world
            .post("phuong", &format!("{at}/ratify"), &ratify)
            .await
            .is(200)
            .says("15-QĐ/ĐU");
        let none = [("on", "2020-09-02"), ("reason", "")];
        let _ = world
            .post("bithu", &destroy, &none)
            .await
            .is(422)
            .says("E-VOT-33");
        // Six months are not over because somebody types that they are.
        let _ = world
            .post("bithu", &destroy, &open)
            .await
            .is(422)
            .says("E-VOT-44");
        world.hall.pass_days(184);
        let _ = world
            .post("bithu", &destroy, &open)
            .await
            .is(200)
            .says("Đã hủy phiếu 02/09/2020, QĐ 5");
    })
    .await;
}

#[tokio::test]
async fn elections_are_their_own_units_business() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = handed_out(&mut world).await;
        for (who, status) in [
            ("khac", 403),
            ("manhinh", 403),
            ("thanhtra", 200),
            ("kiem1", 200),
        ] {
            let _ = world.get(who, &at).await.is(status);
        }
        // The hall's screen shows the result and leads nowhere else.
        let wall = format!("{at}/wall");
        let page = world.get("manhinh", &wall).await.is(200);
        assert!(
            !page.text().contains(&format!("href=\"{at}\"")),
            "{}",
            page.text()
        );
        let _ = world.get("kiem1", &wall).await.is(200);
        let _ = world.get("khac", &wall).await.is(403);
        let _ = world
            .post("manhinh", &format!("{at}/announce"), &[])
            .await
            .is(403);
        // A teller counts and does not lead; the auditor changes nothing.
        let _ = world
            .post("kiem1", &format!("{at}/annul"), &[("reason", "x")])
            .await
            .is(403);
        let papers = [("present", "28"), ("issued", "28"), ("returned", "28")];
        let _ = world
            .post("thanhtra", &format!("{at}/close"), &papers)
            .await
            .is(403);
        let _ = world
            .post("khac", &format!("{at}/close"), &papers)
            .await
            .is(403);
        let void = [("reason", "In sai tên")];
        let again = world
            .post("bithu", &format!("{at}/annul"), &void)
            .await
            .is(200);
        let _ = again.says("Trần Văn An").says("Lập danh sách");
        let _ = world.get("bithu", &at).await.is(200).says("Hủy kết quả");
    })
    .await;
}

#[tokio::test]
async fn r29_a_branch_of_eight_elects_no_committee() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let set_up = [
            ("day", "2020-03-02"),
            ("official_members", "8"),
            ("shape", "branch"),
            ("form", "members"),
        ];
        let page = world.at_hall("set-up", &set_up).await.is(200);
        assert!(page.text().contains("data-key=\"branch_secretary\""));
        assert!(!page.text().contains("data-key=\"branch_committee\""));
        let committee = [("office", "branch_committee")];
        let _ = world
            .at_hall("begin", &committee)
            .await
            .is(422)
            .says("E-VOT-25");
        // Before 2014 there are no rules to hold it by.
        let early = [("day", "2013-03-02"), set_up[1], set_up[2], set_up[3]];
        let _ = world
            .at_hall("set-up", &early)
            .await
            .is(422)
            .says("E-VOT-91");
    })
    .await;
}

#[tokio::test]
async fn wrong_figures_are_put_right_with_a_reason() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = handed_out(&mut world).await;
        let papers = [("present", "28"), ("issued", "28"), ("returned", "27")];
        let _ = world
            .post("kiem1", &format!("{at}/close"), &papers)
            .await
            .is(200);
        let mut right = vec![
            ("present", "28"),
            ("issued", "28"),
            ("returned", "28"),
            ("reason", ""),
        ];
        let correct = format!("{at}/correct");
        let _ = world
            .post("kiem1", &correct, &right)
            .await
            .is(422)
            .says("E-VOT-30");
        right[3] = ("reason", "Đếm sót một phiếu");
        let _ = world
            .post("kiem1", &correct, &right)
            .await
            .is(200)
            .says("Phiếu thu về 28");
        world.count(&at, &SHEET).await;
        let _ = world
            .post("kiem1", &correct, &right)
            .await
            .is(422)
            .says("E-VOT-01");
    })
    .await;
}

#[tokio::test]
async fn a_by_election_has_the_offices_asked_for_alone() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let set_up = [
            ("day", "2020-03-02"),
            ("official_members", "31"),
            ("shape", "branch"),
            ("form", "members"),
            ("office_branch_deputy", "yes"),
        ];
        let page = world.at_hall("set-up", &set_up).await.is(200);
        let _ = page.says("đã xong 0/1 phần bầu");
        let _ = world.begin("branch_deputy").await;
        let other = [("office", "branch_secretary")];
        let _ = world
            .at_hall("begin", &other)
            .await
            .is(422)
            .says("E-VOT-25");
    })
    .await;
}

#[tokio::test]
async fn a_teller_finds_the_count_from_home() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let home = world.get("kiem1", "/").await.is(200);
        assert!(
            home.text()
                .contains("/s/hoa-binh-2020/elections?unit=TH-01"),
            "{}",
            home.text()
        );
        let _ = world
            .get("kiem1", &format!("{S}/progress?unit=TH-01"))
            .await
            .is(403);
    })
    .await;
}

#[tokio::test]
async fn what_was_voted_down_is_no_list_and_a_run_off_keeps_its_own() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let at = bare(&world.begin("branch_committee").await);
        let seats = format!("{at}/seats");
        let _ = world.post("bithu", &seats, &[("seats", "3")]).await.is(200);
        world.nominate(&at, &[1, 2, 3, 4]).await;
        let approve = format!("{at}/approve");
        let down = [
            ("number_agree", "28"),
            ("list_agree", "14"),
            ("list_disagree", "14"),
        ];
        let _ = world
            .post("bithu", &approve, &down)
            .await
            .is(422)
            .says("E-VOT-96");
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
        world.settle(&at, "tie").await;
        world.confirm(&at).await;
        let again = world
            .post("bithu", &format!("{at}/further"), &[])
            .await
            .is(200);
        let again = bare(&again.address);
        // Nobody who was not tied comes on, and no seat is added.
        let fifth = format!("person_{}", world.id(5));
        let more = [("source", "convening"), (fifth.as_str(), "yes")];
        let _ = world
            .post("bithu", &format!("{again}/nominate"), &more)
            .await
            .is(422)
            .says("E-VOT-01");
        let _ = world
            .post("bithu", &format!("{again}/seats"), &[("seats", "2")])
            .await
            .is(422)
            .says("E-VOT-01");
        // What is decided now is decided on the later ballot.
        let _ = world
            .post("bithu", &format!("{at}/decide"), &[("decision", "stop")])
            .await
            .is(422)
            .says("E-VOT-01");
    })
    .await;
}

#[tokio::test]
async fn a_name_is_what_a_ballot_can_show() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        for name in ["\u{200b}", "Nguyễn \u{202e}An", "An 😀", "漢字", "---"] {
            let line = format!("{name}; 02/03/1970; 19/05/1995; C");
            let _ = world
                .at_hall("people", &[("people", &line)])
                .await
                .is(422)
                .says("E-VOT-9");
        }
        let crowd = [
            ("body", "member_congress"),
            ("convened", "4294967295"),
            ("present", "28"),
        ];
        let _ = world
            .at_hall("attend", &crowd)
            .await
            .is(422)
            .says("E-VOT-114")
            .says("tối đa 100000");
    })
    .await;
}
