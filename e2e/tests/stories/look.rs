//! Every page can be read by day and by night, on a phone and at a desk, in
//! both languages: no text has less contrast than WCAG 2.2 AA asks for, and no
//! page is wider than the screen.

use crate::browser::{Browser, DESK, PHONE};
use crate::stage::{SEASON, Stage};

/// The pages one person looks at.
async fn look(browser: &Browser, stage: &Stage, pages: &[String]) {
    for language in ["vi", "en"] {
        for scheme in ["light", "dark"] {
            browser.in_scheme(scheme).await;
            for page in pages {
                browser.in_language(language).await;
                browser.go(&stage.address(page)).await;
                let answer = browser
                    .driver
                    .execute(include_str!("contrast.js"), vec![])
                    .await
                    .unwrap();
                let looked = answer.json();
                assert!(looked["looked"].as_u64() > Some(10), "{page}: {looked}");
                assert_eq!(
                    looked["found"],
                    serde_json::json!([]),
                    "{page}, {language}, {scheme}"
                );
                browser.fits().await;
            }
        }
    }
}

#[tokio::test]
async fn every_page_can_be_read_by_day_and_by_night() {
    let stage = Stage::open().await;
    let place = |page: &str| format!("/s/{SEASON}/{page}?unit=HB");
    let office = [
        "/".to_owned(),
        place("progress"),
        place("plan"),
        place("instruments"),
        place("works"),
        place("findings"),
        place("terms"),
        format!("/s/{SEASON}/congress?unit=TH"),
        "/units/TH".to_owned(),
        place("wall"),
    ];
    for screen in [PHONE, DESK] {
        let browser = Browser::open(screen).await;
        browser.log_in(&stage, "vanphong").await;
        look(&browser, &stage, &office).await;
        browser.close().await;
        let browser = Browser::open(screen).await;
        browser.log_in(&stage, "bithu").await;
        look(&browser, &stage, &[format!("/r/{SEASON}/TH-01")]).await;
        browser.close().await;
    }
}
