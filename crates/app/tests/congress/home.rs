//! What waits for each person when they log in.

use plenum_testkit::{Scratch, on_both};

use crate::world::{SEASON, World, day, sound, unit};

#[tokio::test]
async fn an_officer_finds_the_reports_that_wait_the_oldest_first() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        world
            .send("phuong", "KT.2", "b", &sound("2020-03-01"))
            .await
            .is(200);
        world.pass_days(1);
        world
            .send("bithu", "KT.1", "a", &sound("2020-03-02"))
            .await
            .is(200);
        world
            .send("bithu2", "HX.1", "c", &sound("2020-03-02"))
            .await
            .is(200);
        let home = world.get("phuong", "/").await;
        home.is(200)
            .says("Báo cáo chờ xác nhận")
            .says("28/30")
            .says("Hội trường nhỏ")
            .says("2/3");
        home.silent_on("Chi bộ 1 HX");
        let place = |text: &str| home.body.find(text).unwrap();
        assert!(place("Chi bộ 2 KT") < place("Chi bộ 1 KT"));
        world
            .get("quan", "/")
            .await
            .says("Chi bộ 1 HX")
            .says("Chi bộ 1 KT");
        // Nobody is offered what they may not confirm.
        world
            .get("thanhtra", "/")
            .await
            .is(200)
            .silent_on("Báo cáo chờ xác nhận");
    })
    .await;
}

#[tokio::test]
async fn several_reports_are_confirmed_at_once() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        for (code, key) in [("KT.1", "a"), ("KT.2", "b"), ("KT.3", "c")] {
            world
                .send("phuong", code, key, &sound("2020-03-01"))
                .await
                .is(200);
        }
        let (one, two, three) = (
            unit(11).to_string(),
            unit(12).to_string(),
            unit(13).to_string(),
        );
        let address = format!("/s/{SEASON}/confirm");
        let chosen = [("report", one.as_str()), ("report", two.as_str())];
        world.post("bithu", &address, &chosen).await.is(403);
        let done = world.post("phuong", &address, &chosen).await;
        done.is(303);
        world
            .get("phuong", &done.location)
            .await
            .says("Đã xác nhận 2 báo cáo")
            .says("Chi bộ 3 KT");
        // One that somebody else confirmed meanwhile is passed over.
        let row = [("report", one.as_str()), ("only", three.as_str())];
        world.post("phuong", &address, &row).await.is(303);
        world
            .post("phuong", &address, &chosen)
            .await
            .is(422)
            .says("E-CON-20");
        world
            .get("phuong", "/")
            .await
            .says("Không có báo cáo nào chờ xác nhận");
        assert_eq!(world.counted("KT", day(3, 2)).await, "3/3");
    })
    .await;
}

#[tokio::test]
async fn a_secretary_finds_the_button_and_what_came_back() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        world
            .get("bithu", "/")
            .await
            .is(200)
            .says("Báo cáo đại hội")
            .says(&format!("/r/{SEASON}/KT.1"))
            .says("chậm nhất 31/03/2020");
        world
            .send("bithu", "KT.1", "a", &sound("2020-03-01"))
            .await
            .is(200);
        world.get("bithu", "/").await.says("Báo cáo đã gửi");
        let back = [("unit", "KT.1"), ("reason", "Thiếu biên bản")];
        world
            .post("phuong", &format!("/s/{SEASON}/congress/return"), &back)
            .await
            .is(303);
        world
            .get("bithu", "/")
            .await
            .says("Thiếu biên bản")
            .says("Báo cáo đại hội");
    })
    .await;
}

#[tokio::test]
async fn late_and_coming_congresses_are_named() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(1, 6)).await;
        let date = [
            ("unit", "HX.2"),
            ("first", "2020-03-31"),
            ("seen", "W-SEA-28 W-SEA-29 W-SEA-24"),
        ];
        world
            .post("quan", &format!("/s/{SEASON}/congress/date"), &date)
            .await
            .is(303);
        world.get("quan", "/").await.silent_on("14 ngày tới");
        world.pass_days(80);
        world
            .get("quan", "/")
            .await
            .says("14 ngày tới")
            .says("Chi bộ 2 HX");
        world.pass_days(10);
        world
            .get("quan", "/")
            .await
            .says("Quá hạn")
            .says("tất cả 6");
    })
    .await;
}

#[tokio::test]
async fn a_screen_finds_its_wall() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        world
            .get("manhinh", "/")
            .await
            .is(200)
            .says(&format!("/s/{SEASON}/wall?unit=CL"));
        world.get("nobody", "/").await.is(303);
    })
    .await;
}

#[tokio::test]
async fn an_empty_house_shows_its_first_steps() {
    on_both(async |scratch: &Scratch| {
        let empty = World::on(scratch, day(3, 2)).await;
        empty
            .person("quantri", plenum_rules::access::Role::Administrator, None)
            .await;
        empty
            .get("quantri", "/")
            .await
            .is(200)
            .says("/import")
            .says("/seasons/new")
            .says("/accounts");
        let who = plenum_rules::access::Role::Auditor;
        empty.person("thanhtra", who, None).await;
        empty
            .get("thanhtra", "/")
            .await
            .is(200)
            .says("Chưa có kỳ đại hội nào");
    })
    .await;
}
