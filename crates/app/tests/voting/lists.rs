//! Lists: who may stand on one, and what it says of them once it is closed.

use plenum_testkit::on_both;

use crate::steps::{sheet, to_confirm};
use crate::world::World;

#[tokio::test]
async fn r23_r25_r26_r27_a_list_that_breaks_a_rule_is_not_voted_on() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.listed("branch_committee", 3, &[1, 2, 3]).await;
        // No surplus; then a teller, a probationary member and an outsider
        // nominated by somebody of the convening committee.
        let _ = world.page(&at).await.says("E-VOT-51");
        world.nominate(&at, &[9, 10]).await;
        let (four, six) = (world.id(4), world.id(6));
        let named = format!("person_{six}");
        let outside = [
            ("source", "floor"),
            ("nominator", four.as_str()),
            (named.as_str(), "yes"),
        ];
        let page = world.done(&at, "nominate", &outside).await;
        for code in ["E-VOT-52", "E-VOT-54", "E-VOT-56", "E-VOT-57", "E-VOT-61"] {
            let _ = world.page(&at).await.says(code);
        }
        assert!(page.text().contains("finding--blocks"));
        let cards = [("list_agree", "28"), ("number_agree", "28")];
        world.refused(&at, "approve", &cards, "E-VOT-35").await;
        for person in [9, 10] {
            let _ = world.renominate(&at, person, "remove").await.is(200);
        }
        let _ = world.renominate(&at, 6, "ask").await.is(200);
        world.refused(&at, "approve", &cards, "E-VOT-35").await;
        let six = world.id(6);
        let let_go = [
            ("person", six.as_str()),
            ("change", "decide"),
            ("agree", "28"),
        ];
        let page = world.done(&at, "nomination", &let_go).await;
        let _ = page.says("đại hội cho rút");
        world.nominate(&at, &[4]).await;
        // More cards than people.
        let many = [("list_agree", "29"), ("number_agree", "28")];
        world.refused(&at, "approve", &many, "E-VOT-125").await;
        let _ = world
            .done(&at, "approve", &cards)
            .await
            .says("Đã thông qua danh sách");
    })
    .await;
}

#[tokio::test]
async fn what_was_voted_down_is_no_list_and_a_run_off_keeps_its_own() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world.listed("branch_committee", 3, &[1, 2, 3, 4]).await;
        let down = [
            ("number_agree", "28"),
            ("list_agree", "14"),
            ("list_disagree", "14"),
        ];
        world.refused(&at, "approve", &down, "E-VOT-96").await;
        world.approve(&at, true).await;
        world.vote(&at).await;
        world.counted(&at, &["25", "20", "18", "18"]).await;
        world.settle(&at, "tie").await;
        world.confirm(&at).await;
        let again = world.further(&at).await;
        // Nobody who was not tied comes on, and no seat is added.
        let fifth = format!("person_{}", world.id(5));
        let more = [("source", "convening"), (fifth.as_str(), "yes")];
        world.refused(&again, "nominate", &more, "E-VOT-01").await;
        let seats = [("seats", "2")];
        world.refused(&again, "seats", &seats, "E-VOT-01").await;
        // What is decided now is decided on the later ballot.
        let stop = [("decision", "stop")];
        world.refused(&at, "decide", &stop, "E-VOT-01").await;
    })
    .await;
}

#[tokio::test]
async fn a_name_is_what_a_ballot_can_show() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        for name in ["\u{200b}", "Nguyễn \u{202e}An", "An 😀", "漢字", "---"] {
            let line = format!("{name}; 02/03/1970; 19/05/1995; C");
            world
                .refused_at_hall("people", &[("people", &line)], "E-VOT-93")
                .await;
        }
        let crowd = [
            ("body", "member_congress"),
            ("convened", "4294967295"),
            ("present", "28"),
        ];
        let _ = world
            .refused_at_hall("attend", &crowd, "E-VOT-114")
            .await
            .says("tối đa 100000");
    })
    .await;
}

#[tokio::test]
async fn r54_equal_names_born_on_one_day_are_told_so() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let twin = "Trần Văn An; 02/03/1970; 01/01/1999; C";
        let page = world.done_at_hall("people", &[("people", twin)]).await;
        let twins = page.text().matches("<th scope=\"row\">Trần Văn An</th>");
        assert_eq!(twins.count(), 2);
        let at = world.begin("branch_committee").await;
        world.done(&at, "seats", &[("seats", "3")]).await;
        let page = world.page(&at).await;
        let both = page.text().split("name=\"person_").skip(1);
        let both = both.filter(|rest| rest.contains("Trần Văn An"));
        let named: Vec<String> = both
            .filter_map(|rest| Some(format!("person_{}", rest.split('"').next()?)))
            .collect();
        let first = world.id(1);
        let other = named.iter().find(|name| !name.ends_with(&first));
        let own = format!("person_{first}");
        let fields = [
            ("source", "convening"),
            (own.as_str(), "yes"),
            (other.expect("the twin").as_str(), "yes"),
        ];
        let page = world.done(&at, "nominate", &fields).await;
        let page = page.says("E-VOT-69").says("trùng cả họ tên và ngày sinh");
        assert!(!page.words().contains("E-VOT-65"));
        world.elections().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_closed_list_said_of_somebody_stays_said() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = world
            .announced("branch_committee", 3, &["27", "20", "18", "10"])
            .await;
        let one = world.id(1);
        let person = |name: &'static str, official: &'static str, reason: &'static str| {
            vec![
                ("name", name),
                ("birth", "1970-03-02"),
                ("joined", "1995-05-19"),
                ("official", official),
                ("convening", "yes"),
                ("reason", reason),
            ]
        };
        let mut silent = person("Trần Văn Ân", "yes", " ");
        silent.push(("id", one.as_str()));
        world.refused_at_hall("person", &silent, "E-VOT-30").await;
        let mut demoted = person("Trần Văn An", "", "Chưa chính thức");
        demoted.push(("id", one.as_str()));
        let _ = world
            .refused_at_hall("person", &demoted, "E-VOT-117")
            .await
            .says("Trần Văn An");
        let mut right = person("Trần Văn Ân", "yes", "Sai dấu theo giấy khai sinh");
        right.push(("id", one.as_str()));
        let page = world.done_at_hall("person", &right).await;
        let _ = page
            .says("Trần Văn Ân Trong danh sách đã thông qua ghi: Trần Văn An")
            .says("Sai dấu theo giấy khai sinh");
        // The list and the result keep what was voted on.
        let page = world.page(&at).await.says("Trần Văn An 27");
        assert!(!page.text().contains("Trần Văn Ân"));
        let log = world.get("thanhtra", "/audit.csv").await.is(200);
        assert!(log.text().contains("election.person_corrected"));
        // Nobody else is bound: on no list anything can be put right.
        let six = world.id(6);
        let mut other = person("Võ Xuân Giàng", "", "");
        other.push(("id", six.as_str()));
        let _ = world
            .done_at_hall("person", &other)
            .await
            .says("Võ Xuân Giàng");
    })
    .await;
}

#[tokio::test]
async fn a_rule_nobody_has_read_is_confirmed_before_it_decides_a_list() {
    on_both(async |scratch| {
        let mut world = World::assembled_on(scratch, "2025-03-03").await;
        let at = world.listed("branch_committee", 3, &[1, 2, 3, 4]).await;
        let page = world.page(&at).await;
        let asked = to_confirm(&page);
        assert_eq!(asked, ["confirm_ballot.with_surplus"]);
        let _ = page
            .says("loại phiếu khi danh sách có số dư")
            .says("chưa đọc được điều tương ứng");
        let cards = [("list_agree", "28"), ("number_agree", "28")];
        let address = format!("{at}/approve");
        let page = world.post("bithu", &address, &cards).await.is(422);
        let _ = page.says("E-VOT-41").says("Lập danh sách");
        let ticked = [cards[0], cards[1], (asked[0].as_str(), "yes")];
        let _ = world.post("bithu", &address, &ticked).await.is(200);
        world.vote(&at).await;
        world
            .hear(&at, &sheet("28", &["27", "20", "18", "10"]))
            .await;
        let log = world.get("thanhtra", "/audit.csv").await.is(200);
        let _ = log
            .says("Xác nhận quy định chưa kiểm chứng khi bầu Chi ủy tại Chi bộ 1")
            .says("ballot.with_surplus");
        // What was confirmed once is found ticked.
        let next = world.listed("branch_secretary", 1, &[1, 2]).await;
        let page = world.page(&next).await;
        assert_eq!(to_confirm(&page), asked);
        let ticked = format!("name=\"{}\" value=\"yes\" checked", asked[0]);
        assert!(page.text().contains(&ticked));
        // A list of one stands on a rule nobody has read: that none need be longer.
        let page = world.renominate(&next, 2, "remove").await.is(200);
        assert_eq!(
            to_confirm(&page),
            ["confirm_ballot.single", "confirm_offices[5].surplus"]
        );
        let page = page.says("Bí thư chi bộ: danh sách có phải có số dư hay không");
        assert!(!page.text().contains("value=\"yes\" checked"));
    })
    .await;
}
