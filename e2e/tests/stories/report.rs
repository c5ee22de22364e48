//! A secretary reports by phone.

use plenum_rules::congress::State;

use crate::browser::{Browser, PHONE};
use crate::stage::{SEASON, Stage};

async fn type_report(browser: &Browser, stage: &Stage) {
    browser.set("#first", &stage.today.to_string()).await;
    browser.fill("#convened", "31").await;
    browser.fill("#present", "30").await;
    browser
        .press("label:has(input[name=elected_secretary][value=yes])")
        .await;
    browser.fill("#elected_committee", "3").await;
    browser.fill("#opinions", "12").await;
    browser.fill("#difficulties", "Hội trường nhỏ").await;
}

#[tokio::test]
async fn a_report_waits_in_the_browser_while_the_connection_is_cut() {
    let stage = Stage::open().await;
    let browser = Browser::open(PHONE).await;
    browser.log_in(&stage, "bithu").await;
    browser
        .go(&stage.address(&format!("/r/{SEASON}/TH-01")))
        .await;
    browser.fits().await;
    type_report(&browser, &stage).await;
    browser.cut(true).await;
    browser.press("[data-report-send] button").await;
    browser.find("[data-report-state]").await;
    assert_eq!(
        stage.congress("TH-01").await.state(),
        State::Expected,
        "nothing got through"
    );
    browser.cut(false).await;
    stage.until("TH-01", State::Reported).await;
    browser.find(".report__state--received").await;
    // Looking again shows what stands, and nothing is sent twice.
    browser
        .go(&stage.address(&format!("/r/{SEASON}/TH-01")))
        .await;
    browser.reads("main", "30").await;
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    assert_eq!(
        stage.events("congress.reported").await,
        1,
        "sent exactly once"
    );
    let report = stage.congress("TH-01").await;
    let (_, numbers, difficulties) = report.report().unwrap();
    assert_eq!(
        (numbers.convened, numbers.present, difficulties),
        (31, 30, "Hội trường nhỏ")
    );
    browser.close().await;
    stage.close().await;
}

#[tokio::test]
async fn a_report_outlives_a_server_that_is_gone_for_a_while() {
    let mut stage = Stage::open().await;
    let browser = Browser::open(PHONE).await;
    browser.log_in(&stage, "bithu").await;
    browser
        .go(&stage.address(&format!("/r/{SEASON}/TH-01")))
        .await;
    type_report(&browser, &stage).await;
    stage.stop().await;
    browser.press("[data-report-send] button").await;
    browser.find("[data-report-state]").await;
    stage.start().await;
    stage.until("TH-01", State::Reported).await;
    browser.find(".report__state--received").await;
    assert_eq!(
        stage.events("congress.reported").await,
        1,
        "sent exactly once"
    );
    browser.close().await;
    stage.close().await;
}
