//! The screen on the wall.

use std::time::Duration;

use plenum_app::shell::Clock;

use crate::browser::{Browser, DESK, PHONE};
use crate::stage::{SEASON, Stage};

#[tokio::test]
async fn the_wall_follows_a_report_within_a_second() {
    let stage = Stage::open().await;
    let wall = Browser::open(DESK).await;
    wall.log_in(&stage, "manhinh").await;
    wall.go(&stage.address(&format!("/s/{SEASON}/wall?unit=HB")))
        .await;
    wall.reads(".wall__sentence", "0/5").await;
    // Open long enough to listen for news.
    tokio::time::sleep(Duration::from_secs(2)).await;

    let phone = Browser::open(PHONE).await;
    phone.log_in(&stage, "bithu").await;
    phone
        .go(&stage.address(&format!("/r/{SEASON}/TH-01")))
        .await;
    phone.set("#first", &stage.today.to_string()).await;
    phone.fill("#convened", "31").await;
    phone.fill("#present", "30").await;
    phone
        .press("label:has(input[name=elected_secretary][value=yes])")
        .await;
    phone.press("[data-report-send] button").await;
    phone.find(".report__state--received").await;
    let took = wall.reads(".wall__sentence", "1/5").await;
    assert!(
        took < Duration::from_secs(1),
        "{took:?} after the phone said it was received"
    );
    phone.close().await;
    wall.close().await;
    stage.close().await;
}

#[tokio::test]
async fn times_are_the_organisations_wherever_the_screen_stands() {
    let stage = Stage::open().await;
    let clock = Clock::system("Asia/Ho_Chi_Minh").unwrap();
    let phone = Browser::open(PHONE).await;
    phone.in_zone("America/New_York").await;
    phone.log_in(&stage, "bithu").await;
    phone
        .go(&stage.address(&format!("/r/{SEASON}/TH-01")))
        .await;
    phone.set("#first", &stage.today.to_string()).await;
    phone.fill("#convened", "31").await;
    phone.fill("#present", "30").await;
    phone
        .press("label:has(input[name=elected_secretary][value=yes])")
        .await;
    let before = clock.time_of(clock.now());
    phone.press("[data-report-send] button").await;
    phone.find(".report__state--received").await;
    let receipt = phone.text(".report__state--received").await;
    let after = clock.time_of(clock.now());
    assert!(
        receipt.contains(&before) || receipt.contains(&after),
        "{before}: {receipt}"
    );
    assert!(receipt.contains("giờ Việt Nam"), "{receipt}");
    phone.close().await;
    let wall = Browser::open(DESK).await;
    wall.in_zone("America/New_York").await;
    wall.log_in(&stage, "manhinh").await;
    wall.go(&stage.address(&format!("/s/{SEASON}/wall?unit=HB")))
        .await;
    wall.reads(".wall__foot", "giờ Việt Nam").await;
    // The script's clock, not only the one the server wrote.
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = clock.time_of(clock.now() - 60_000_000);
    let now = clock.time_of(clock.now());
    let shown = wall.text("[data-clock]").await;
    assert!(shown == now || shown == before, "{now}: {shown}");
    wall.close().await;
    stage.close().await;
}
