//! A season that is over and is typed in afterwards; and what is kept of a
//! congress however much is written about it.

use plenum_rules::{Actor, Day};
use plenum_store::audit::{self, Event};
use plenum_testkit::{Scratch, on_both};

use crate::world::{SEASON, World, day, sound, unit};

/// Six years later.
fn now() -> Day {
    Day::of(2026, 11, 20).unwrap()
}

fn congress(code: &str) -> String {
    format!("/s/{SEASON}/congress?unit={code}")
}

/// The warnings a day can meet, as seen.
fn seen() -> String {
    let codes: Vec<String> = (20..40).map(|number| format!("W-SEA-{number}")).collect();
    codes.join(" ")
}

#[tokio::test]
async fn facts_of_a_season_that_is_over_are_recorded_for_its_days_and_shown_there() {
    on_both(async |scratch: &Scratch| {
        let world = World::over(scratch, now(), day(3, 2)).await;
        let page = world.get("quan", &congress("KT.2")).await;
        page.is(200)
            .says("Ghi nhận cho ngày")
            .says("Kỳ đại hội này đã qua")
            .says(r#"name="day" type="date" value="2020-03-02""#);
        let seen = seen();
        let date = |recorded: &'static str| {
            [
                ("unit", "KT.2"),
                ("on", "2020-03-02"),
                ("first", "2020-03-05"),
                ("seen", seen.as_str()),
                ("day", recorded),
            ]
            .to_vec()
        };
        let at = format!("/s/{SEASON}/congress/date");
        for outside in ["2026-11-21", "2019-12-31"] {
            world
                .post("quan", &at, &date(outside))
                .await
                .is(422)
                .says("E-CON-24")
                .says("2020-03-05");
        }
        let done = world.post("quan", &at, &date("2020-02-20")).await;
        done.is(303);
        world
            .get("quan", &done.location)
            .await
            .says("Đã có lịch (dự kiến ngày 05/03/2020)");
        world
            .get("quan", &format!("{}&on=2020-02-19", congress("KT.2")))
            .await
            .says("Chưa có lịch")
            .says("Còn 1 ghi nhận sau ngày này: xem");
        // What was recorded for a later day is shown on that day.
        let hold = [
            ("unit", "KT.2"),
            ("on", "2020-03-02"),
            ("first", "2020-03-05"),
        ];
        let done = world
            .post("quan", &format!("/s/{SEASON}/congress/hold"), &hold)
            .await;
        done.is(303);
        assert!(done.location.contains("on=2020-03-05"), "{}", done.location);
        world
            .get("quan", &done.location)
            .await
            .says("(đại hội ngày 05/03/2020)");
        assert_eq!(world.counted("KT", day(3, 4)).await, "0/3");
        assert_eq!(world.counted("KT", day(3, 5)).await, "1/3");
    })
    .await;
}

#[tokio::test]
async fn a_season_that_goes_on_records_for_today_whatever_is_sent() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        let page = world.get("quan", &congress("KT.2")).await;
        page.is(200).silent_on("Ghi nhận cho ngày");
        let seen = seen();
        let date = [
            ("unit", "KT.2"),
            ("first", "2020-03-25"),
            ("seen", seen.as_str()),
            ("day", "2020-01-15"),
        ];
        world
            .post("quan", &format!("/s/{SEASON}/congress/date"), &date)
            .await
            .is(303);
        world
            .get("quan", &format!("{}&on=2020-03-01", congress("KT.2")))
            .await
            .says("Chưa có lịch");
    })
    .await;
}

#[tokio::test]
async fn a_secretarys_card_and_the_sentence_say_their_day() {
    on_both(async |scratch: &Scratch| {
        let world = World::over(scratch, now(), day(3, 2)).await;
        world
            .get("bithu", "/")
            .await
            .says("Tính đến ngày 02/03/2020")
            .says("Tính đến ngày 02-3-2020")
            .says("chậm nhất 31/03/2020")
            // Who confirms nothing is not told that nothing waits.
            .silent_on("Không có báo cáo nào chờ xác nhận");
        world
            .send("bithu", "KT.1", "key", &sound("2020-03-02"))
            .await
            .is(200);
        let home = world.get("bithu", "/").await;
        home.says("Tính đến ngày 02/03/2020")
            .says("Đã báo cáo, chờ xác nhận")
            .says("(đại hội ngày 02/03/2020)");
        // Held after the day the pages open on: not lost sight of.
        world
            .send("bithu2", "HX.1", "key", &sound("2020-03-04"))
            .await
            .is(200);
        world
            .get("bithu2", "/")
            .await
            .says("Tính đến ngày 04/03/2020")
            .says("Đã báo cáo, chờ xác nhận");
        let home = world.get("quan", "/").await;
        home.says("Báo cáo chờ xác nhận").says("Chi bộ 1 KT");
        let seasons = home.body.find("Các kỳ đại hội").unwrap();
        assert!(seasons < home.body.find("Báo cáo chờ xác nhận").unwrap());
        world
            .get("quan", &congress("KT.1"))
            .await
            .says("Đã báo cáo, chờ xác nhận (đại hội ngày 02/03/2020)");
    })
    .await;
}

#[tokio::test]
async fn texts_are_bounded_and_nothing_typed_is_lost() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        world
            .send("bithu", "KT.1", "first", &sound("2020-03-01"))
            .await
            .is(200);
        let at = format!("/s/{SEASON}/congress/return");
        let long = "ộ".repeat(10_001);
        let refused = world
            .post("phuong", &at, &[("unit", "KT.1"), ("reason", &long)])
            .await;
        refused.is(422).says("E-CON-25").says(&long);
        let most = "ộ".repeat(10_000);
        world
            .post("phuong", &at, &[("unit", "KT.1"), ("reason", &most)])
            .await
            .is(303);
    })
    .await;
}

#[tokio::test]
async fn the_history_is_whole_however_much_is_written_about_a_unit() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        world
            .send("bithu", "KT.1", "first", &sound("2020-03-01"))
            .await
            .is(200);
        let mut tx = world.app.db.write().await.unwrap();
        for _ in 0..450 {
            let event = Event {
                at: world.app.clock.now(),
                who: Actor("quan".to_owned()),
                event: "visit.recorded",
                season: Some(SEASON.to_owned()),
                unit: Some(unit(11)),
                detail: "{}".to_owned(),
            };
            audit::append(&mut tx, &event).await.unwrap();
        }
        tx.commit().await.unwrap();
        world
            .get("phuong", &congress("KT.1"))
            .await
            .says("Đ/c bithu, 09:00 02/03/2020");
    })
    .await;
}

#[tokio::test]
async fn what_is_filed_without_a_day_holds_from_the_seasons_own() {
    on_both(async |scratch: &Scratch| {
        let world = World::over(scratch, now(), day(3, 2)).await;
        let page = |page: &str, unit: &str| format!("/s/{SEASON}/{page}?unit={unit}");
        for form in ["plan", "marks", "charges"] {
            world
                .get("quan", &page(form, "CL"))
                .await
                .is(200)
                .says("Để trống: ngày 02/03/2020 của kỳ");
        }
        let mark = [
            ("target", "KT.1"),
            ("mark", "pilot"),
            ("basis", "Quyết định 7"),
        ];
        world
            .post("quan", &page("marks", "CL"), &mark)
            .await
            .is(303);
        world
            .get("quan", &page("marks", "CL"))
            .await
            .says("Quyết định 7");
        let window = [("level", "branch"), ("last", "2020-03-20")];
        world
            .post("quan", &page("plan", "KT"), &window)
            .await
            .is(303);
        world
            .get("quan", &page("plan", "KT"))
            .await
            .says("đến 20/03/2020");
        let seen = seen();
        let date = [
            ("unit", "KT.2"),
            ("on", "2020-03-02"),
            ("first", "2020-03-05"),
            ("seen", seen.as_str()),
        ];
        let at = format!("/s/{SEASON}/congress/date");
        world.post("quan", &at, &date).await.is(303);
        let redate = [
            ("units", "KT.2"),
            ("how", "to"),
            ("to_day", "2020-03-10"),
            ("reason", "Theo kế hoạch của phường"),
            ("step", "confirm"),
        ];
        world
            .post("quan", &page("redate", "KT"), &redate)
            .await
            .is(303);
        world
            .get("quan", &congress("KT.2"))
            .await
            .says("Đã có lịch (dự kiến ngày 10/03/2020)")
            .says("Theo kế hoạch của phường");
        // Counted and recounted alike.
        assert_eq!(world.counted("KT", day(3, 2)).await, "0/3");
    })
    .await;
}
