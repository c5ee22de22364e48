//! A branch reports by phone.

use serde_json::json;

use plenum_testkit::{Scratch, on_both};

use crate::world::{SEASON, World, day, sound, unit};

#[tokio::test]
async fn a_report_sent_again_and_again_counts_once_at_every_unit_above() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        assert_eq!(world.counted("CL", day(3, 2)).await, "0/6");
        let report = sound("2020-03-01");
        let first = world.send("bithu", "KT.1", "key-1", &report).await;
        first.is(200);
        assert_eq!(first.json()["state"], "received");
        assert_eq!(first.json()["at"], "2020-03-02T09:00:00Z");
        for _ in 0..3 {
            world.pass_days(1);
            let again = world.send("bithu", "KT.1", "key-1", &report).await;
            assert_eq!(again.json(), first.json());
        }
        for (code, so_far) in [("CL", "1/6"), ("KT", "1/3"), ("HX", "0/3")] {
            assert_eq!(world.counted(code, day(3, 2)).await, so_far, "{code}");
        }
        assert_eq!(world.counted("CL", day(2, 29)).await, "0/6");
        assert_eq!(world.events(unit(11)).await, ["congress.reported"]);
    })
    .await;
}

#[tokio::test]
async fn two_sent_at_the_same_moment_count_once() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        let report = sound("2020-03-02");
        let (a, b) = tokio::join!(
            world.send("bithu", "KT.1", "same", &report),
            world.send("bithu", "KT.1", "same", &report),
        );
        assert_eq!((a.is(200).json(), 1), (b.is(200).json(), 1));
        assert_eq!(world.events(unit(11)).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_key_used_for_another_report_is_refused() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        world
            .send("bithu", "KT.1", "key", &sound("2020-03-01"))
            .await
            .is(200);
        let other = world
            .send("bithu", "KT.1", "key", &sound("2020-03-02"))
            .await;
        other.is(422);
        assert_eq!(other.json()["error"]["code"], "E-REP-01");
        // Without a key nothing could be retried safely.
        let none = world.send("bithu", "KT.1", "", &sound("2020-03-02")).await;
        none.is(400);
    })
    .await;
}

#[tokio::test]
async fn a_second_report_is_told_who_made_the_first_and_when() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        world
            .send("bithu", "KT.1", "one", &sound("2020-03-01"))
            .await
            .is(200);
        let second = world
            .send("bithu", "KT.1", "two", &sound("2020-03-02"))
            .await;
        second.is(409);
        let said = second.json();
        assert_eq!(said["error"]["code"], "E-CON-02");
        assert_eq!(said["standing"]["by"], "Đ/c bithu");
        assert_eq!(said["standing"]["at"], "2020-03-02T09:00:00Z");
        assert_eq!(world.counted("KT", day(3, 2)).await, "1/3");
    })
    .await;
}

#[tokio::test]
async fn nobody_reports_for_a_unit_that_is_not_theirs() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        let report = sound("2020-03-01");
        for who in ["bithu2", "thanhtra", "manhinh", "quantri"] {
            let refused = world.send(who, "KT.1", "key", &report).await;
            refused.is(403);
            assert_eq!(refused.json()["error"]["code"], "E-403", "{who}");
        }
        world.send("nobody", "KT.1", "key", &report).await.is(401);
        world.send("bithu", "KT.9", "key", &report).await.is(404);
        let stale = world
            .send_with("bithu", "KT.1", "key", ("old", report.to_string()))
            .await;
        stale.is(419);
        assert_eq!(world.counted("CL", day(3, 2)).await, "0/6");
        // An office may report for the branches below it.
        world.send("phuong", "KT.2", "key", &report).await.is(200);
        world.send("phuong", "HX.1", "key", &report).await.is(403);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_at_its_field() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        for (change, code, field) in [
            (json!({"first": "2020-03-02"}), "", ""),
            (json!({"first": "2020-03-03"}), "E-CON-04", "first"),
            (json!({"first": "2019-12-31"}), "E-REP-03", "first"),
            (json!({"first": "31/02/2020"}), "E-DAY", "first"),
            (json!({"first": ""}), "E-CON-19", "first"),
            (
                json!({"first": "2020-03-01", "last": "2020-02-01"}),
                "E-CON-03",
                "last",
            ),
            (json!({"present": "31"}), "E-CON-05", "present"),
            (json!({"convened": ""}), "E-CON-19", "convened"),
            (json!({"convened": "-3"}), "E-CON-18", "convened"),
            (json!({"opinions": "4000000000"}), "E-CON-18", "opinions"),
            (
                json!({"elected_committee": "40"}),
                "E-CON-06",
                "elected_committee",
            ),
            (
                json!({"elected_secretary": ""}),
                "E-CON-19",
                "elected_secretary",
            ),
            (
                json!({"difficulties": "x".repeat(10_001)}),
                "E-REP-05",
                "difficulties",
            ),
        ] {
            let mut report = sound("2020-03-01");
            for (name, value) in change.as_object().unwrap() {
                report[name] = value.clone();
            }
            if code.is_empty() {
                continue;
            }
            let refused = world.send("bithu", "KT.1", "key", &report).await;
            refused.is(422);
            assert_eq!(refused.json()["error"]["code"], code, "{change}");
            assert_eq!(refused.json()["error"]["field"], field, "{change}");
        }
        let large = format!("{{\"difficulties\":\"{}\"}}", "x".repeat(70_000));
        world
            .send_with("bithu", "KT.1", "key", ("csrf-bithu", large))
            .await
            .is(413);
        let broken = world
            .send_with("bithu", "KT.1", "key", ("csrf-bithu", "{".into()))
            .await;
        broken.is(400);
        assert_eq!(world.counted("CL", day(3, 2)).await, "0/6");
        assert!(world.events(unit(11)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_page_works_without_script_and_keeps_what_was_typed() {
    on_both(async |scratch: &Scratch| {
        let world = World::ready(scratch, day(3, 2)).await;
        let address = format!("/r/{SEASON}/KT.1");
        let page = world.get("bithu", &address).await;
        page.is(200)
            .says("Báo cáo nhanh đại hội Chi bộ 1 KT")
            .says("data-report")
            .says(r#"data-key-scope="cam-le-2020/KT.1""#)
            .says(r#"data-owner="bithu""#)
            .says(r#"name="convened" inputmode="numeric" autocomplete="off" value="30""#)
            .says(r#"value="2020-03-02""#);
        let wrong = [
            ("key", "k1"),
            ("first", "2020-03-02"),
            ("convened", "30"),
            ("present", "31"),
            ("elected_secretary", "yes"),
            ("difficulties", "Đường xa"),
        ];
        let refused = world.post("bithu", &address, &wrong).await;
        refused
            .is(422)
            .says("Có mặt 31 nhiều hơn được triệu tập 30")
            .says(r#"value="31""#)
            .says("Đường xa");
        let mut right = wrong;
        right[3].1 = "29";
        let sent = world.post("bithu", &address, &right).await;
        sent.is(303);
        let done = world.get("bithu", &sent.location).await;
        done.is(200)
            .says("Cảm ơn đồng chí")
            .says("29/30")
            .says("Đã báo cáo, chờ xác nhận")
            .says("Đ/c bithu, 09:00 02/03/2020");
        world.get("bithu2", &address).await.is(403);
        let login = world.get("nobody", &address).await;
        login.is(303);
        assert!(login.location.starts_with("/login?next="));
    })
    .await;
}
