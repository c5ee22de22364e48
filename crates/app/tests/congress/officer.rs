//! The level above: confirms, returns, dates, settles; and what a congress
//! shows of it.

use plenum_testkit::{Scratch, on_both};

use crate::world::{SEASON, World, day, sound, unit};

fn congress(code: &str) -> String {
    format!("/s/{SEASON}/congress?unit={code}")
}

fn step(step: &str) -> String {
    format!("/s/{SEASON}/congress/{step}")
}

async fn reported(scratch: &Scratch, today: (i8, i8)) -> World {
    let world = World::ready(scratch, day(today.0, today.1)).await;
    world
        .send("bithu", "KT.1", "first", &sound("2020-03-01"))
        .await
        .is(200);
    world
}

#[tokio::test]
async fn a_unit_never_confirms_its_own_report() {
    on_both(async |scratch: &Scratch| {
        let world = reported(scratch, (3, 2)).await;
        world
            .post("bithu", &step("confirm"), &[("unit", "KT.1")])
            .await
            .is(403);
        world
            .post("bithu2", &step("confirm"), &[("unit", "KT.1")])
            .await
            .is(403);
        let done = world
            .post("phuong", &step("confirm"), &[("unit", "KT.1")])
            .await;
        done.is(303);
        world
            .get("phuong", &done.location)
            .await
            .is(200)
            .says("Đã xác nhận báo cáo.")
            .says("Đ/c phuong");
        let page = world.get("bithu", &format!("/r/{SEASON}/KT.1")).await;
        page.is(200).says("Đã xác nhận").says("Đ/c phuong");
        // The ward reports for itself and cannot confirm that either.
        world
            .send("phuong", "KT", "ward", &sound("2020-03-02"))
            .await
            .is(200);
        world
            .post("phuong", &step("confirm"), &[("unit", "KT")])
            .await
            .is(403);
        world
            .post("quan", &step("confirm"), &[("unit", "KT")])
            .await
            .is(303);
    })
    .await;
}

#[tokio::test]
async fn a_returned_report_falls_out_of_the_count_until_it_comes_again() {
    on_both(async |scratch: &Scratch| {
        let world = reported(scratch, (3, 2)).await;
        assert_eq!(world.counted("CL", day(3, 2)).await, "1/6");
        let bare = world
            .post("phuong", &step("return"), &[("unit", "KT.1")])
            .await;
        bare.is(422).says("E-CON-08").says("Cần ghi lý do");
        let fields = [("unit", "KT.1"), ("reason", "Thiếu số phó bí thư")];
        world.post("phuong", &step("return"), &fields).await.is(303);
        assert_eq!(world.counted("CL", day(3, 2)).await, "0/6");
        let page = world.get("bithu", &format!("/r/{SEASON}/KT.1")).await;
        page.is(200)
            .says("Thiếu số phó bí thư")
            .says("Đ/c phuong")
            .says(r#"value="28""#)
            .says(r#"value="2020-03-01""#)
            .says(r#"data-key-scope="cam-le-2020/KT.1/2""#);
        world.pass_days(1);
        world
            .send("bithu", "KT.1", "second", &sound("2020-03-01"))
            .await
            .is(200);
        assert_eq!(world.counted("CL", day(3, 3)).await, "1/6");
        let history = world.get("phuong", &congress("KT.1")).await;
        history
            .is(200)
            .says("Báo cáo bị trả lại")
            .says("không còn tính");
        assert_eq!(
            world.events(unit(11)).await,
            [
                "congress.reported",
                "congress.returned",
                "congress.reported"
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_day_is_set_changed_with_a_reason_and_checked_before_it_is_saved() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(1, 6)).await;
        let date = step("date");
        let late = [("unit", "KT.1"), ("first", "2020-04-03"), ("last", "")];
        let refused = world.post("phuong", &date, &late).await;
        refused
            .is(422)
            .says("E-CON-11")
            .says("E-SEA-14")
            .says("Cấp trên nào đồng ý")
            .says(r#"value="2020-04-03""#);
        let seen = [
            ("unit", "KT.1"),
            ("first", "2020-04-03"),
            ("seen", "E-SEA-14 W-SEA-29 W-SEA-28"),
            ("consent_who", "Ban Thường vụ Quận ủy"),
            ("consent_by", "12-CV/QU, 03/01/2020"),
        ];
        world.post("phuong", &date, &seen).await.is(303);
        let page = world.get("phuong", &congress("KT.1")).await;
        page.is(200)
            .says("Đã có lịch")
            .says("03/04/2020")
            .says("Đổi ngày đại hội");
        page.silent_on("E-SEA-14");
        let again = [("unit", "KT.1"), ("first", "2020-03-13")];
        world
            .post("phuong", &date, &again)
            .await
            .is(422)
            .says("E-CON-08");
        let reasoned = [
            ("unit", "KT.1"),
            ("first", "2020-03-13"),
            ("reason", "Trùng lịch hội trường"),
            ("seen", "W-SEA-28 W-SEA-29"),
        ];
        world.post("phuong", &date, &reasoned).await.is(303);
        let page = world.get("phuong", &congress("KT.1")).await;
        page.says("13/03/2020").says("Trùng lịch hội trường");
        let reversed = [
            ("unit", "KT.1"),
            ("first", "2020-03-13"),
            ("last", "2020-03-12"),
            ("reason", "x"),
        ];
        world
            .post("phuong", &date, &reversed)
            .await
            .is(422)
            .says("E-CON-03");
        // The past still shows what it knew.
        world.pass_days(3);
        let before = world
            .get("phuong", &format!("{}&on=2020-01-05", congress("KT.1")))
            .await;
        before.is(200).says("Chưa có lịch").silent_on("13/03/2020 ");
    })
    .await;
}

#[tokio::test]
async fn warnings_are_shown_once_before_the_day_is_saved() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(1, 6)).await;
        let date = step("date");
        // New year's day, a public holiday.
        let holiday = [("unit", "KT.1"), ("first", "2020-01-01")];
        let shown = world.post("phuong", &date, &holiday).await;
        shown.is(422).says("E-CON-12").says("W-SEA-24");
        let seen = shown
            .body
            .split(r#"name="seen" value=""#)
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap();
        let again = [("unit", "KT.1"), ("first", "2020-01-01"), ("seen", seen)];
        world.post("phuong", &date, &again).await.is(303);
    })
    .await;
}

#[tokio::test]
async fn form_and_contents_follow_the_rule_of_two_hundred() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(1, 6)).await;
        let settle = step("settle");
        let few = [("unit", "KT.1"), ("form", "delegates"), ("ordinal", "17")];
        world
            .post("phuong", &settle, &few)
            .await
            .is(422)
            .says("E-CON-09");
        let two = [
            ("unit", "KT.1"),
            ("form", "members"),
            ("ordinal", "17"),
            ("review", "yes"),
            ("opinions", "yes"),
        ];
        world.post("phuong", &settle, &two).await.is(303);
        let page = world.get("phuong", &congress("KT.1")).await;
        page.is(200)
            .says("lần thứ XVII")
            .says("Đại hội đảng viên (dưới 200 đảng viên)")
            .says("2/4");
        // A congress of two contents elects nobody, and is not asked about it.
        let phone = world.get("bithu", &format!("/r/{SEASON}/KT.1")).await;
        phone.silent_on("elected_secretary");
        world
            .send("bithu", "KT.1", "k", &sound("2020-01-05"))
            .await
            .is(422)
            .says("E-CON-07");
    })
    .await;
}

#[tokio::test]
async fn every_step_leaves_its_mark_and_only_open_steps_are_offered() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(1, 6)).await;
        let take = async |who: &str, verb: &str, more: &[(&str, &str)]| {
            let mut fields = vec![("unit", "KT.2")];
            fields.extend_from_slice(more);
            world.post(who, &step(verb), &fields).await
        };
        let all = "W-SEA-28 W-SEA-29 W-SEA-24";
        take("phuong", "prepare", &[])
            .await
            .is(422)
            .says("E-CON-01");
        take("phuong", "date", &[("first", "2020-03-10"), ("seen", all)])
            .await
            .is(303);
        take("bithu", "prepare", &[]).await.is(403);
        take("phuong", "prepare", &[]).await.is(303);
        take("phuong", "review", &[("findings", "Bổ sung phương hướng")])
            .await
            .is(303);
        take("phuong", "postpone", &[("reason", "Dịch bệnh")])
            .await
            .is(303);
        take("phuong", "cancel", &[("reason", "Giải thể")])
            .await
            .is(303);
        assert_eq!(world.counted("KT", day(1, 6)).await, "0/2");
        let page = world.get("phuong", &congress("KT.2")).await;
        page.says("Tổ chức lại đại hội")
            .silent_on("congress/hand-over")
            .says("Không tổ chức")
            .says("Bổ sung phương hướng");
        take("phuong", "resume", &[("reason", "Không giải thể")])
            .await
            .is(303);
        assert_eq!(world.counted("KT", day(1, 6)).await, "0/3");
        take(
            "phuong",
            "hand-over",
            &[("to", "KT.9"), ("reason", "Sáp nhập")],
        )
        .await
        .is(422)
        .says("E-CON-22")
        .says("KT.9");
        take(
            "phuong",
            "hand-over",
            &[("to", "KT.3"), ("reason", "Sáp nhập")],
        )
        .await
        .is(303);
        world
            .get("phuong", &congress("KT.2"))
            .await
            .says("Bàn giao cho Chi bộ 3 KT");
        take("phuong", "resume", &[("reason", "Chưa sáp nhập")])
            .await
            .is(303);
        take("phuong", "hold", &[("first", "2020-01-05")])
            .await
            .is(303);
        assert_eq!(world.counted("KT", day(1, 6)).await, "1/3");
        take("phuong", "return", &[("reason", "Nhầm chi bộ")])
            .await
            .is(303);
        assert_eq!(world.counted("KT", day(1, 6)).await, "0/3");
        assert_eq!(world.events(unit(12)).await.len(), 10);
        // Whoever may not act sees the page without the steps.
        let reader = world.get("thanhtra", &congress("KT.2")).await;
        reader.is(200).silent_on("congress/cancel");
        world.get("bithu2", &congress("KT.2")).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn a_confirmed_result_is_ratified_and_then_stands() {
    on_both(async |scratch: &Scratch| {
        let world = reported(scratch, (3, 2)).await;
        let fields = [("unit", "KT.1"), ("decision", "15-QĐ/ĐU")];
        world
            .post("phuong", &step("ratify"), &fields)
            .await
            .is(422)
            .says("E-CON-01");
        world
            .post("phuong", &step("confirm"), &[("unit", "KT.1")])
            .await
            .is(303);
        world.post("phuong", &step("ratify"), &fields).await.is(303);
        let page = world.get("phuong", &congress("KT.1")).await;
        page.says("Đã chuẩn y").says("15-QĐ/ĐU");
        let back = [("unit", "KT.1"), ("reason", "Sai")];
        world.post("phuong", &step("return"), &back).await.is(422);
    })
    .await;
}
