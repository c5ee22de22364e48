//! Figures: what is no number of people, papers or votes is refused with the
//! bound, and what was miscounted is put right.

use plenum_testkit::on_both;

use crate::steps::returned;
use crate::world::{ROSTER, World};

/// A committee election up to handing out: four names for three seats.
async fn handed_out(world: &mut World) -> String {
    let at = world.approved("branch_committee", 3, &[1, 2, 3, 4]).await;
    world.hand_out(&at, &[("printed", "30")]).await;
    at
}

/// What the tellers count of four names.
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
        let mut world = World::assembled(scratch).await;
        let at = handed_out(&mut world).await;
        let too_many = returned("28", "28", "29");
        let refused = world.close(&at, &too_many).await.is(422);
        let refused = refused
            .says("E-VOT-02")
            .says("Thu về 29 phiếu nhưng chỉ phát ra 28");
        assert!(
            refused.text().contains("value=\"29\""),
            "what was typed is still there"
        );
        let right = [&returned("28", "28", "27")[..], &[("spoiled", "1")]].concat();
        let page = world.close(&at, &right).await.is(200);
        let _ = page.says("Phiếu thu về 27");
    })
    .await;
}

#[tokio::test]
async fn r51_two_people_count_and_two_confirm() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = handed_out(&mut world).await;
        let papers = returned("28", "28", "28");
        let _ = world.close(&at, &papers).await.is(200);
        // R17, R18: a sheet that does not add up is refused.
        let short = [("valid", "27"), ("votes_1", "20")];
        world
            .refused_to("kiem1", &at, "sheet", &short, "E-VOT-04")
            .await;
        let many = [("valid", "28"), ("votes_1", "29")];
        world
            .refused_to("kiem1", &at, "sheet", &many, "E-VOT-05")
            .await;
        // One person's sheet twice is one sheet; another's that differs is no result.
        for _ in 1..=2 {
            let page = world.done_by("kiem1", &at, "sheet", &SHEET).await;
            let _ = page.says("Đang kiểm phiếu");
        }
        let mut other = SHEET;
        other[4] = ("votes_4", "11");
        let page = world.done_by("kiem2", &at, "sheet", &other).await;
        let page = page.says("Đang kiểm phiếu");
        assert!(
            !page.text().contains("value=\"10\""),
            "nobody sees another's numbers"
        );
        // Nobody tries figures until they match: the sheet before is kept.
        world
            .refused_to("kiem2", &at, "sheet", &SHEET, "E-VOT-120")
            .await;
        let again = [&SHEET[..], &[("reason", "Cộng nhầm một gạch")]].concat();
        let page = world.done_by("kiem2", &at, "sheet", &again).await;
        let _ = page.says("chờ xác nhận").says("Cộng nhầm một gạch");
        let seen = world.mark("kiem1", &at).await;
        let other = [("seen", "0000000000000000")];
        world
            .refused_to("kiem1", &at, "confirm", &other, "E-VOT-20")
            .await;
        let seen = [("seen", seen.as_str())];
        world.done_by("kiem1", &at, "confirm", &seen).await;
        world
            .refused_to("kiem1", &at, "confirm", &seen, "E-VOT-17")
            .await;
        // Nothing is announced before the second, and nothing stands on the wall
        // before it is announced.
        world.refused(&at, "announce", &[], "E-VOT-01").await;
        let wall = format!("{at}/wall");
        let page = world.page(&wall).await;
        assert!(!page.text().contains("Trần Văn An"));
        let page = world.done_by("kiem2", &at, "confirm", &seen).await;
        let _ = page.says("Hai người đã xác nhận");
        let page = world.page(&wall).await.says("chờ công bố");
        assert!(!page.text().contains("Trần Văn An"));
        world.done(&at, "announce", &[]).await;
        let _ = world.page(&wall).await.says("Trần Văn An 27");
    })
    .await;
}

#[tokio::test]
async fn wrong_figures_are_put_right_with_a_reason() {
    on_both(async |scratch| {
        let mut world = World::assembled(scratch).await;
        let at = handed_out(&mut world).await;
        let papers = returned("28", "28", "27");
        let _ = world.close(&at, &papers).await.is(200);
        let mut right = returned("28", "28", "28").to_vec();
        right.push(("reason", ""));
        world
            .refused_to("kiem1", &at, "correct", &right, "E-VOT-30")
            .await;
        right[3] = ("reason", "Đếm sót một phiếu");
        let _ = world
            .done_by("kiem1", &at, "correct", &right)
            .await
            .says("Phiếu thu về 28");
        world.count(&at, &SHEET).await;
        world
            .refused_to("kiem1", &at, "correct", &right, "E-VOT-01")
            .await;
    })
    .await;
}

#[tokio::test]
async fn absurd_figures_are_refused_with_the_bound() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        let _ = world
            .set_up("4000000000", &[])
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
        let page = world.refused_at_hall("attend", &attend, "E-VOT-06").await;
        let _ = page.says("nhiều hơn mức có thể là 31");
        let at = world.begin("branch_committee").await;
        for figure in ["129", "4000000000"] {
            let _ = world
                .refused(&at, "seats", &[("seats", figure)], "E-VOT-114")
                .await
                .says("tối đa 128");
        }
        // Alternates are for delegates.
        let alternates = [("seats", "3"), ("alternates", "2")];
        world.refused(&at, "seats", &alternates, "E-VOT-95").await;
        world.done(&at, "seats", &[("seats", "3")]).await;
        world.nominate(&at, &[1, 2, 3]).await;
        let six = world.id(6);
        let _ = world.nominate_own(&at, 6).await.is(200);
        let cards = [("person", six.as_str()), ("change", "supporters")];
        let many = [cards[0], cards[1], ("number", "29")];
        let page = world.run(&at, "nomination", &many).await.is(422);
        let _ = page.says("tối đa 28");
        let right = [cards[0], cards[1], ("number", "28")];
        world.done(&at, "nomination", &right).await;
        // An opinion ballot counted on paper: no more people than were convened,
        // no more votes than people.
        let on_paper = format!("heard_{six}");
        let minutes = ("reason", "Biên bản số 2");
        for (attending, votes, limit) in
            [("32", "28", 31), ("28", "29", 28), ("4000000000", "1", 31)]
        {
            let many = [
                ("attending", attending),
                (on_paper.as_str(), votes),
                minutes,
            ];
            let page = world.refused(&at, "heard", &many, "E-VOT-06").await;
            let _ = page.says(&format!("nhiều hơn mức có thể là {limit}"));
        }
        let right = [("attending", "28"), (on_paper.as_str(), "28"), minutes];
        world.done(&at, "heard", &right).await;
        world.approve(&at, true).await;
        let _ = world
            .run(&at, "print", &[("printed", "4000000000")])
            .await
            .is(422)
            .says("tối đa 1000000");
        world.hand_out(&at, &[("printed", "30")]).await;
        let papers = [
            ("present", "28"),
            ("issued", "4000000000"),
            ("spoiled", "3999999972"),
            ("returned", "28"),
        ];
        let page = world.close(&at, &papers).await.is(422);
        let _ = page.says("tối đa 1000000");
    })
    .await;
}

#[tokio::test]
async fn r9_who_was_never_typed_in_counts_in_the_denominator_all_the_same() {
    on_both(async |scratch| {
        let mut world = World::new(scratch).await;
        // Thirty-one official members; twelve of them typed in.
        let _ = world.set_up("31", &[]).await.is(200);
        world.enter(ROSTER).await;
        let page = world.elections().await;
        let _ = page.says("Chưa ghi số triệu tập");
        let at = world.approved("branch_committee", 3, &[1, 2, 3, 4]).await;
        world.done(&at, "print", &[]).await;
        // Nobody guesses what the votes are held against.
        world.refused(&at, "hand-out", &[], "E-VOT-134").await;
        let attended = [
            ("body", "member_congress"),
            ("convened", "31"),
            ("present", "28"),
        ];
        world.done_at_hall("attend", &attended).await;
        world.done(&at, "hand-out", &[]).await;
        let _ = world.close(&at, &returned("28", "28", "28")).await.is(200);
        world.counted(&at, &["20", "18", "15", "10"]).await;
        let page = world.get("kiem1", &at).await.is(200);
        // 18 of 31, not of those known by name.
        let _ = page.says("58,06 %");
    })
    .await;
}
