//! The screen on the wall.

use std::time::Duration;

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
