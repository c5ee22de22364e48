//! The program's edge, whatever the features: strangers, languages, headers,
//! addresses nobody knows, faults of ours.

use axum::http::Method;
use axum::routing::get;
use plenum_app::features;
use plenum_app::shell::{Guard, server};
use plenum_rules::access::Role;
use plenum_testkit::{Client, Hall, Plot, Scratch, day, on_both, scratch_sqlite, unit};

#[tokio::test]
async fn whoever_is_not_logged_in_gets_no_page_of_a_season() {
    on_both(async |scratch: &Scratch| {
        let hall = Hall::new(&scratch.db, day("2020-03-02"));
        hall.set_up(async |tx: &mut plenum_store::Tx| {
            Plot::small(day("2015-01-01")).save(tx).await
        })
        .await;
        let mut stranger = hall.stranger();
        let health = stranger.get("/health").await.is(200);
        assert_eq!(health.text(), "ok\n");
        assert!(
            health
                .header("content-security-policy")
                .contains("default-src 'self'")
        );
        let _ = stranger.get("/nowhere").await.is(404);
    })
    .await;
}

/// The program on a day with the small district, and one handler that falls
/// over.
async fn hall(scratch: &Scratch) -> (Hall, Client) {
    plenum_store::schema::migrate(&scratch.db)
        .await
        .expect("migrate");
    let hall = Hall::new(&scratch.db, day("2020-03-02"));
    hall.set_up(async |tx: &mut plenum_store::Tx| Plot::small(day("2015-01-01")).save(tx).await)
        .await;
    async fn falls_over() -> &'static str {
        panic!("the handler's own words")
    }
    let routes = features::routes().at("/falls-over", Guard::Public, get(falls_over));
    let client = Client::new(server::router(hall.app.clone(), routes));
    (hall, client)
}

#[tokio::test]
async fn an_address_nobody_knows_has_a_page_in_both_languages() {
    let scratch = scratch_sqlite().await;
    let (hall, mut stranger) = hall(&scratch).await;
    let page = stranger.get("/nowhere").await.is(404);
    let page = page.says("Không tìm thấy trang").says("E-404");
    assert!(
        !page.text().contains("class=\"nav\""),
        "no way in for strangers"
    );
    let _ = stranger
        .clone()
        .in_english()
        .get("/s/nowhere/at/all")
        .await
        .is(404)
        .says("Page not found");
    let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
    let page = office.get("/nowhere").await.is(404);
    let page = page
        .says("Không có trang hoặc đơn vị này")
        .says("Nguyễn Thị office");
    assert!(page.text().contains("class=\"nav\""), "the way back");
    // An address whose query cannot be read is told so, not in the framework's words.
    let _ = office.get("/?confirmed=many").await.is(400).says("E-400");
    // Programs are answered in JSON, whatever they asked for.
    let refused = stranger.get("/api/v1/nowhere").await.is(404).json();
    assert_eq!(refused["error"]["code"], "E-API-04");
    scratch.remove().await;
}

#[tokio::test]
async fn an_address_asked_the_wrong_way_says_so() {
    let scratch = scratch_sqlite().await;
    let (_, mut client) = hall(&scratch).await;
    let refused = client
        .send(Method::DELETE, "/seasons", None, Vec::new())
        .await
        .is(405)
        .says("E-405");
    assert!(
        refused.header("allow").contains("GET"),
        "{:?}",
        refused.headers
    );
    let _ = client
        .get("/logout")
        .await
        .is(405)
        .says("Địa chỉ không dùng được như vậy");
    let refused = client
        .send(Method::PUT, "/api/v1/units", None, Vec::new())
        .await
        .is(405)
        .json();
    assert_eq!(refused["error"]["code"], "E-API-06");
    scratch.remove().await;
}

#[tokio::test]
async fn a_handler_that_falls_over_answers_with_a_page_and_keeps_its_words() {
    let scratch = scratch_sqlite().await;
    let (_, mut client) = hall(&scratch).await;
    let page = client.get("/falls-over").await.is(500).says("E-500");
    let page = page.says("Chưa có gì thay đổi");
    assert!(!page.text().contains("own words"), "{}", page.text());
    assert!(
        page.header("content-security-policy")
            .contains("default-src")
    );
    let mut script = client.clone().with_header("accept", "application/json");
    let refused = script.get("/falls-over").await.is(500).json();
    assert_eq!(refused["error"]["code"], "E-500");
    scratch.remove().await;
}

#[tokio::test]
async fn a_stale_form_and_another_websites_form_are_told_so_on_a_page() {
    let scratch = scratch_sqlite().await;
    let (hall, _) = hall(&scratch).await;
    let mut office = hall.person("office", Role::Office, Some(unit("HB"))).await;
    let stale = [("csrf", "of yesterday")];
    let _ = office
        .post_once("/logout", &stale)
        .await
        .is(419)
        .says("Trang đã cũ")
        .says("Nguyễn Thị office");
    let mut foreign = office.with_header("sec-fetch-site", "cross-site");
    let _ = foreign.post_once("/logout", &stale).await.is(403);
    scratch.remove().await;
}
