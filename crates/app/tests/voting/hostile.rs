//! What somebody tries who does not mean well, or mistypes badly.

use plenum_testkit::on_both;

use crate::world::{S, World, bare};

/// A committee election that was announced: three of four names for three seats.
async fn announced(world: &mut World, votes: [&'static str; 4]) -> String {
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
        ("votes_1", votes[0]),
        ("votes_2", votes[1]),
        ("votes_3", votes[2]),
        ("votes_4", votes[3]),
    ];
    world.count(&at, &sheet).await;
    world.settle_all(&at).await;
    world.confirm(&at).await;
    at
}

#[tokio::test]
async fn nothing_is_decided_that_nobody_asks() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        // Two pass, one seat is open.
        let at = announced(&mut world, ["27", "20", "15", "10"]).await;
        let (settle, decide) = (format!("{at}/settle"), format!("{at}/decide"));
        for (form, fields, code) in [
            // A number of the rules that decided nothing, or that nobody knows.
            (
                &settle,
                vec![("decision", "confirm"), ("parameter", "tie")],
                "E-VOT-01",
            ),
            (
                &settle,
                vec![("decision", "confirm"), ("parameter", "x")],
                "E-VOT-01",
            ),
            (&settle, vec![("decision", "further")], "E-VOT-98"),
            (
                &settle,
                vec![("decision", "lot"), ("tied", "1 x"), ("drawn", "1")],
                "E-VOT-98",
            ),
            (
                &decide,
                vec![("decision", "confirm"), ("parameter", "tie")],
                "E-VOT-98",
            ),
            (&decide, vec![("decision", "take")], "E-VOT-115"),
        ] {
            let _ = world.post("bithu", form, &fields).await.is(422).says(code);
        }
        let _ = world
            .post("bithu", &decide, &[("decision", "further")])
            .await
            .is(200);
        // The same again is the same; the contrary is refused.
        let _ = world
            .post("bithu", &decide, &[("decision", "further")])
            .await
            .is(200);
        let _ = world
            .post("bithu", &decide, &[("decision", "stop")])
            .await
            .is(422)
            .says("E-VOT-115");
    })
    .await;
}

#[tokio::test]
async fn absurd_figures_are_refused_with_the_bound() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let set_up = [
            ("day", "2020-03-02"),
            ("official_members", "4000000000"),
            ("shape", "branch"),
            ("form", "members"),
        ];
        let _ = world
            .at_hall("set-up", &set_up)
            .await
            .is(422)
            .says("E-VOT-114")
            .says("100000");
        world.ready().await;
        // More left out and counted than were convened.
        let attend = [
            ("body", "member_congress"),
            ("convened", "31"),
            ("present", "28"),
            ("out_exempt", "4000000000"),
            ("in_exempt", "4000000000"),
        ];
        let _ = world
            .at_hall("attend", &attend)
            .await
            .is(422)
            .says("E-VOT-0");
        let at = bare(&world.begin("branch_committee").await);
        let seats = format!("{at}/seats");
        for figure in ["129", "4000000000"] {
            let _ = world
                .post("bithu", &seats, &[("seats", figure)])
                .await
                .is(422)
                .says("E-VOT-114")
                .says("tối đa 128");
        }
        // Alternates are for delegates.
        let alternates = [("seats", "3"), ("alternates", "2")];
        let _ = world
            .post("bithu", &seats, &alternates)
            .await
            .is(422)
            .says("E-VOT-95");
        let _ = world.post("bithu", &seats, &[("seats", "3")]).await.is(200);
        world.nominate(&at, &[1, 2, 3]).await;
        let six = world.id(6);
        let named = format!("person_{six}");
        let own = [("source", "own"), (named.as_str(), "yes")];
        let _ = world
            .post("bithu", &format!("{at}/nominate"), &own)
            .await
            .is(200);
        let change = format!("{at}/nomination");
        let cards = [("person", six.as_str()), ("change", "supporters")];
        let many = [cards[0], cards[1], ("number", "29")];
        let page = world.post("bithu", &change, &many).await.is(422);
        let _ = page.says("tối đa 28");
        let right = [cards[0], cards[1], ("number", "28")];
        let _ = world.post("bithu", &change, &right).await.is(200);
        // An opinion ballot counted on paper: no more people than were convened,
        // no more votes than people.
        let (heard, on_paper) = (format!("{at}/heard"), format!("heard_{six}"));
        let minutes = ("reason", "Biên bản số 2");
        for (attending, votes, limit) in
            [("32", "28", 31), ("28", "29", 28), ("4000000000", "1", 31)]
        {
            let many = [
                ("attending", attending),
                (on_paper.as_str(), votes),
                minutes,
            ];
            let page = world.post("bithu", &heard, &many).await.is(422);
            let _ = page
                .says("E-VOT-06")
                .says(&format!("nhiều hơn mức có thể là {limit}"));
        }
        let right = [("attending", "28"), (on_paper.as_str(), "28"), minutes];
        let _ = world.post("bithu", &heard, &right).await.is(200);
        world.approve(&at, true).await;
        let print = format!("{at}/print");
        let _ = world
            .post("bithu", &print, &[("printed", "4000000000")])
            .await
            .is(422)
            .says("tối đa 1000000");
        let _ = world
            .post("bithu", &print, &[("printed", "30")])
            .await
            .is(200);
        let _ = world
            .post("bithu", &format!("{at}/hand-out"), &[])
            .await
            .is(200);
        let papers = [
            ("present", "28"),
            ("issued", "4000000000"),
            ("spoiled", "3999999972"),
            ("returned", "28"),
        ];
        let _ = world
            .post("kiem1", &format!("{at}/close"), &papers)
            .await
            .is(422)
            .says("tối đa 1000000");
    })
    .await;
}

#[tokio::test]
async fn nothing_of_the_custody_is_done_on_a_day_to_come_or_out_of_order() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = announced(&mut world, ["27", "20", "18", "10"]).await;
        let on = |on: &'static str| [("on", on), ("reason", "15-QĐ/ĐU")];
        for (who, verb) in [
            ("bithu", "seal"),
            ("bithu", "complain"),
            ("phuong", "ratify"),
        ] {
            for day in ["2020-03-03", "2020-03-01"] {
                let _ = world
                    .post(who, &format!("{at}/{verb}"), &on(day))
                    .await
                    .is(422)
                    .says("E-VOT-44");
            }
        }
        for report in [
            [("reported", "2020-03-03"), ("received", "")],
            [("reported", "2020-03-02"), ("received", "2020-03-03")],
            [("reported", "2020-03-01"), ("received", "")],
        ] {
            let _ = world
                .post("bithu", &format!("{at}/report"), &report)
                .await
                .is(422)
                .says("E-VOT-44");
        }
        world.hall.pass_days(8);
        let _ = world
            .post("bithu", &format!("{at}/seal"), &on("2020-03-05"))
            .await
            .is(200);
        let unseal = format!("{at}/unseal");
        for day in ["2020-03-04", "2020-03-11"] {
            let _ = world
                .post("phuong", &unseal, &on(day))
                .await
                .is(422)
                .says("E-VOT-44");
        }
        let _ = world
            .post("phuong", &unseal, &on("2020-03-06"))
            .await
            .is(200);
        let _ = world
            .post("bithu", &format!("{at}/complain"), &on("2020-03-09"))
            .await
            .is(200);
        let answer = [
            ("on", "2020-03-11"),
            ("reason", "Bác đơn"),
            ("complaint", "0"),
        ];
        let _ = world
            .post("phuong", &format!("{at}/answer"), &answer)
            .await
            .is(422)
            .says("E-VOT-44");
    })
    .await;
}

#[tokio::test]
async fn r41_what_stood_on_ballots_goes_with_the_papers() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = announced(&mut world, ["27", "20", "18", "10"]).await;
        let archive = format!("{at}/paper/archive.json");
        let journal = format!("{at}/paper/journal.pdf");
        let _ = world.get("bithu", &archive).await.is(200);
        let _ = world.get("bithu", &journal).await.is(200);
        let seal = [("on", "2020-03-02"), ("reason", "Đoàn chủ tịch")];
        let _ = world
            .post("bithu", &format!("{at}/seal"), &seal)
            .await
            .is(200);
        world.hall.pass_days(184);
        let destroy = [("on", "2020-09-02"), ("reason", "5-QĐ/ĐU")];
        let page = world
            .post("bithu", &format!("{at}/destroy"), &destroy)
            .await
            .is(200);
        let page = page.says("chỉ còn số liệu tổng hợp");
        assert!(!page.text().contains("archive.json"));
        for gone in [&archive, &journal, &format!("{at}/count")] {
            let _ = world.get("bithu", gone).await.is(410).says("E-VOT-116");
        }
        // Totals stay: minutes, result, extract.
        for kept in ["minutes.pdf", "result.docx", "extract.json"] {
            let _ = world
                .get("bithu", &format!("{at}/paper/{kept}"))
                .await
                .is(200);
        }
        let _ = world.get("bithu", &at).await.is(200).says("Trần Văn An 27");
    })
    .await;
}

#[tokio::test]
async fn r54_equal_names_born_on_one_day_are_told_so() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        world.ready().await;
        let twin = "Trần Văn An; 02/03/1970; 01/01/1999; C";
        let page = world.at_hall("people", &[("people", twin)]).await.is(200);
        let twins = page.text().matches("<th scope=\"row\">Trần Văn An</th>");
        assert_eq!(twins.count(), 2);
        let at = bare(&world.begin("branch_committee").await);
        let _ = world
            .post("bithu", &format!("{at}/seats"), &[("seats", "3")])
            .await
            .is(200);
        let page = world.get("bithu", &at).await.is(200);
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
        let page = world
            .post("bithu", &format!("{at}/nominate"), &fields)
            .await
            .is(200);
        let page = page.says("E-VOT-69").says("trùng cả họ tên và ngày sinh");
        assert!(!page.words().contains("E-VOT-65"));
        let _ = world
            .get("bithu", &format!("{S}/elections?unit=TH-01"))
            .await
            .is(200);
    })
    .await;
}

#[tokio::test]
async fn what_a_closed_list_said_of_somebody_stays_said() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = announced(&mut world, ["27", "20", "18", "10"]).await;
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
        let _ = world
            .at_hall("person", &silent)
            .await
            .is(422)
            .says("E-VOT-30");
        let mut demoted = person("Trần Văn An", "", "Chưa chính thức");
        demoted.push(("id", one.as_str()));
        let _ = world
            .at_hall("person", &demoted)
            .await
            .is(422)
            .says("E-VOT-117")
            .says("Trần Văn An");
        let mut right = person("Trần Văn Ân", "yes", "Sai dấu theo giấy khai sinh");
        right.push(("id", one.as_str()));
        let page = world.at_hall("person", &right).await.is(200);
        let _ = page
            .says("Trần Văn Ân Trong danh sách đã thông qua ghi: Trần Văn An")
            .says("Sai dấu theo giấy khai sinh");
        // The list and the result keep what was voted on.
        let page = world.get("bithu", &at).await.is(200).says("Trần Văn An 27");
        assert!(!page.text().contains("Trần Văn Ân"));
        let log = world.get("thanhtra", "/audit.csv").await.is(200);
        assert!(log.text().contains("election.person_corrected"));
        // Nobody else is bound: on no list anything can be put right.
        let six = world.id(6);
        let mut other = person("Võ Xuân Giàng", "", "");
        other.push(("id", six.as_str()));
        let _ = world
            .at_hall("person", &other)
            .await
            .is(200)
            .says("Võ Xuân Giàng");
    })
    .await;
}

#[tokio::test]
async fn a_void_ballot_takes_the_lists_on_its_result_with_it() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let at = announced(&mut world, ["27", "20", "18", "10"]).await;
        let secretary = bare(&world.begin("branch_secretary").await);
        world.nominate(&secretary, &[1]).await;
        let why = [("reason", "15-QĐ/ĐU: sai quy trình")];
        let again = world
            .post("phuong", &format!("{at}/annul"), &why)
            .await
            .is(200);
        let again = bare(&again.address);
        let page = world.get("bithu", &secretary).await.is(200);
        let page = page.says("Hủy kết quả");
        assert!(
            !page.text().contains("/approve\""),
            "nothing more is done to it"
        );
        let hall = format!("{S}/elections?unit=TH-01");
        let page = world.get("bithu", &hall).await.is(200);
        let page = page
            .says("đã xong 0/4 phần bầu")
            .says("Bí thư chi bộ Chưa bầu");
        assert!(!page.text().contains("Trúng cử: Trần Văn An"));
        let _ = world
            .at_hall("begin", &[("office", "branch_secretary")])
            .await
            .is(422)
            .says("E-VOT-26");
        // A run-off that was being made falls as well, and rounds are counted anew.
        world.approve(&again, true).await;
        world.vote(&again).await;
        let tied = [
            ("valid", "28"),
            ("votes_1", "25"),
            ("votes_2", "20"),
            ("votes_3", "18"),
            ("votes_4", "18"),
        ];
        world.count(&again, &tied).await;
        world.settle_all(&again).await;
        world.confirm(&again).await;
        let further = world
            .post("bithu", &format!("{again}/further"), &[])
            .await
            .is(200);
        let run_off = bare(&further.address);
        let _ = world
            .get("bithu", &hall)
            .await
            .is(200)
            .says("Đang bầu, lần 2");
        let _ = world
            .post("phuong", &format!("{again}/annul"), &why)
            .await
            .is(200);
        let _ = world
            .get("bithu", &run_off)
            .await
            .is(200)
            .says("Hủy kết quả");
        let _ = world
            .get("bithu", &hall)
            .await
            .is(200)
            .says("Đang bầu, lần 1");
    })
    .await;
}
