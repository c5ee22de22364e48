//! The office plans a season and resolves what contradicts it.

use plenum_rules::Day;
use thirtyfour::By;

use crate::browser::{Browser, DESK};
use crate::stage::Stage;

const PLANNED: &str = "hoa-binh-moi";
const REASON: &str = "Theo kế hoạch của phường";

/// The day as tables show it.
fn shown(day: Day) -> String {
    plenum_rules::words::day_table(day)
}

async fn choose(browser: &Browser, css: &str) {
    let element = browser.find(css).await;
    element.scroll_into_view().await.unwrap();
    if !element.is_selected().await.unwrap() {
        element.click().await.unwrap();
    }
}

async fn create_season(browser: &Browser, stage: &Stage) {
    browser.go(&stage.address("/seasons/new")).await;
    browser.fill("#root", "HB").await;
    choose(browser, "#profile option[value=vn-party]").await;
    browser.press("main form button.button--main").await;
    browser.fill("#name", "Đại hội nhiệm kỳ mới").await;
    browser.fill("#id", PLANNED).await;
    browser
        .set("#opens", &stage.today.plus(-30).to_string())
        .await;
    // All levels below are offered; the district itself holds none this time.
    browser
        .press("input[name=levels][value=district]:checked")
        .await;
    for (level, term) in [("grassroots", "2025–2030"), ("branch", "2025–2027")] {
        choose(browser, &format!("input[name=levels][value={level}]")).await;
        browser
            .fill(&format!("input[name=term-{level}]"), term)
            .await;
    }
    choose(browser, "input[name=counted][value=branch]").await;
    browser.press("main form button.button--main").await;
    browser.reads(".sentence", "Đại hội nhiệm kỳ mới").await;
}

/// Enters a window into a unit's plan.
async fn window(browser: &Browser, stage: &Stage, unit: &str, last: Day, consent: &str) {
    let at = format!("/s/{PLANNED}/plan?unit={unit}");
    browser.go(&stage.address(&at)).await;
    choose(browser, "#level option[value=branch]").await;
    browser.set("#last", &last.to_string()).await;
    if !consent.is_empty() {
        browser.fill("#consent", consent).await;
    }
    browser
        .press("main form.form--two button.button--main")
        .await;
}

/// Dates a congress; what only warns (a day of rest) is seen and taken.
async fn date(browser: &Browser, stage: &Stage, unit: &str, day: Day) {
    let at = format!("/s/{PLANNED}/congress?unit={unit}&step=date");
    browser.go(&stage.address(&at)).await;
    browser.set("#date-first", &day.to_string()).await;
    browser.press("#date .buttons button").await;
    browser.find(".notice--ok, #date .errors").await;
    if browser.has(".notice--ok").await {
        return;
    }
    browser.reads("#date .errors", "E-CON-12").await;
    browser.press("#date .buttons button").await;
    // The page before has errors too: only the answer has this.
    browser.find(".notice--ok").await;
}

/// Moves a dated congress, looking first.
async fn redate(browser: &Browser, stage: &Stage, unit: &str, day: Day) {
    let at = format!("/s/{PLANNED}/redate?unit=TH&level=branch");
    browser.go(&stage.address(&at)).await;
    choose(browser, &format!("input[name=units][value={unit}]")).await;
    choose(browser, "input[name=how][value=to]").await;
    browser.set("#to_day", &day.to_string()).await;
    browser.press("main button[value=preview]").await;
    browser.reads(".errors", "E-SEA-05").await;
    browser.fill("#reason", REASON).await;
    browser.press("main button[value=preview]").await;
    browser.reads("main ins", &shown(day)).await;
    browser.press("main button[value=confirm]").await;
    browser.find("#units, .empty").await;
}

async fn findings(browser: &Browser, stage: &Stage, unit: &str) -> String {
    let at = format!("/s/{PLANNED}/findings?unit={unit}");
    browser.go(&stage.address(&at)).await;
    browser.find("#answer").await;
    browser.text("main").await
}

#[tokio::test]
async fn an_office_plans_a_season_and_resolves_a_conflict() {
    let stage = Stage::open().await;
    let browser = Browser::open(DESK).await;
    browser.log_in(&stage, "vanphong").await;
    let day = |days: i32| stage.today.plus(days);

    create_season(&browser, &stage).await;
    window(&browser, &stage, "HB", day(60), "").await;
    browser
        .reads("main", &format!("đến {}", shown(day(60))))
        .await;

    // A ward's plan may be tighter; a looser one needs the district's consent,
    // and nothing that was typed is lost on the way.
    window(&browser, &stage, "PS", day(70), "").await;
    browser.reads(".errors", "E-SEA-01").await;
    let typed = browser.find("#last").await.value().await.unwrap();
    assert_eq!(typed, Some(day(70).to_string()));
    browser
        .fill("#consent", "Công văn 12-CV/QU của Quận ủy")
        .await;
    browser
        .press("main form.form--two button.button--main")
        .await;
    browser.reads("main", "Công văn 12-CV/QU").await;

    // A pilot goes first, its ward last, the others between.
    browser
        .go(&stage.address(&format!("/s/{PLANNED}/marks?unit=TH")))
        .await;
    browser.fill("#target", "TH-01").await;
    choose(&browser, "input[name=mark][value=pilot]").await;
    browser.fill("#basis", "Quyết định 1434-QĐ/TU").await;
    browser.press("main form button.button--main").await;
    browser.reads("main", "1434-QĐ/TU").await;
    for (unit, days) in [("TH-01", 5), ("TH-02", 40), ("TH-03", 8)] {
        date(&browser, &stage, unit, day(days)).await;
    }
    let page = findings(&browser, &stage, "HB").await;
    assert!(page.contains("0 lỗi chặn"), "{page}");

    // The ward cannot meet before its branches have: it is told so where the
    // day was typed, and takes a later one.
    let at = format!("/s/{PLANNED}/congress?unit=TH&step=date");
    browser.go(&stage.address(&at)).await;
    browser.set("#date-first", &day(30).to_string()).await;
    browser.press("#date .buttons button").await;
    browser.reads("#date", "E-SEA-11").await;
    date(&browser, &stage, "TH", day(50)).await;

    // The ward's plan is tightened: what was dated is now too late for it, is
    // found, and moves with a reason.
    window(&browser, &stage, "TH", day(20), "").await;
    browser
        .reads("main", &format!("đến {}", shown(day(20))))
        .await;
    let page = findings(&browser, &stage, "TH").await;
    assert!(page.contains("E-SEA-14"), "too late for the plan: {page}");
    assert!(page.contains("1 lỗi chặn"), "{page}");
    redate(&browser, &stage, "TH-02", day(10)).await;
    let page = findings(&browser, &stage, "TH").await;
    assert!(!page.contains("E-SEA-14"), "{page}");
    assert!(page.contains("0 lỗi chặn"), "{page}");

    // The figures: nothing held, three within the next fourteen days, the
    // branch with its new day and why.
    let at = format!("/s/{PLANNED}/progress?unit=HB");
    browser.go(&stage.address(&at)).await;
    browser.reads("#answer", "0/5").await;
    browser
        .reads(".sentence", "0 quá hạn; 3 dự kiến trong 14 ngày tới")
        .await;
    let row = browser
        .driver
        .find(By::XPath(
            "//table[@id='remaining']//tr[th/a[text()='Chi bộ 2'] and td[contains(.,'Thuận Hòa')]]",
        ))
        .await
        .unwrap();
    let row = row.text().await.unwrap();
    assert!(row.contains(&shown(day(10))), "{row}");
    assert!(row.contains(REASON), "{row}");
    browser.close().await;
    stage.close().await;
}
