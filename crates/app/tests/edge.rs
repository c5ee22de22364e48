//! The program's edge, whatever the features: strangers, languages, headers.

use plenum_testkit::{Hall, Plot, Scratch, day, on_both};

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
