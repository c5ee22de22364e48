//! Somebody comes to the door.

use crate::browser::{Browser, DESK, PHONE};
use crate::stage::{SEASON, Stage};

#[tokio::test]
async fn an_office_logs_in_and_stands_before_its_season() {
    let stage = Stage::open().await;
    for size in [DESK, PHONE] {
        let browser = Browser::open(size).await;
        // Whoever is not logged in is led to the door and back.
        browser
            .go(&stage.address(&format!("/s/{SEASON}/progress")))
            .await;
        browser.fill("#login", "vanphong").await;
        browser.fill("#password", "falsch").await;
        browser.press("button.button--main").await;
        browser.find("[role=alert]").await;
        browser.fits().await;
        browser.log_in(&stage, "vanphong").await;
        browser
            .go(&stage.address(&format!("/s/{SEASON}/progress")))
            .await;
        browser.reads("main", "0/5").await;
        browser.fits().await;
        browser.close().await;
    }
    stage.close().await;
}
