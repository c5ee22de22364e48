//! The memory of who did what.

use axum::http::StatusCode;
use plenum_rules::access::Role;
use plenum_store::args;
use plenum_testkit::unit;

use super::visitor::{House, PASSWORD};

#[tokio::test]
async fn what_was_done_is_told_in_plain_words() {
    let house = House::new().await;
    house.planted().await;
    house.account("admin", Role::Administrator, None).await;
    let mut admin = house.logged_in("admin").await;
    let fields = [
        ("login", "chibo1"),
        ("name", "Trần Thị Sen"),
        ("role", "unit_secretary"),
        ("unit", "TH-01"),
    ];
    admin.post("/accounts/new", "/accounts/new", &fields).await;
    let page = admin.get("/audit").await;
    assert!(
        page.text
            .contains("Giao vai trò Bí thư đơn vị cho chibo1 tại Chi bộ 1 từ ngày 02/03/2025"),
        "{}",
        page.text
    );
    let english = admin.get("/language?to=en&back=/audit").await;
    assert_eq!(english.to, "/audit");
    assert!(
        admin
            .get("/audit")
            .await
            .text
            .contains("Gave chibo1 the role Unit secretary at Chi bộ 1 from 02/03/2025")
    );
}

#[tokio::test]
async fn rows_are_found_by_unit_person_event_and_day() {
    let house = House::new().await;
    house.planted().await;
    house.account("admin", Role::Administrator, None).await;
    let mut admin = house.logged_in("admin").await;
    let roles = [("one", "TH-01"), ("two", "PS-01")];
    for (login, place) in roles {
        let fields = [
            ("login", login),
            ("name", login),
            ("role", "unit_secretary"),
            ("unit", place),
        ];
        admin.post("/accounts/new", "/accounts/new", &fields).await;
    }
    let found = async |admin: &mut super::visitor::Browser, query: &str| {
        let text = admin.get(&format!("/audit?{query}")).await.text;
        (text.contains("cho one "), text.contains("cho two "))
    };
    assert_eq!(
        found(&mut admin, "unit=TH").await,
        (true, false),
        "below the ward"
    );
    assert_eq!(found(&mut admin, "unit=HB").await, (true, true));
    assert_eq!(found(&mut admin, "event=grant").await, (true, true));
    assert_eq!(found(&mut admin, "event=totp").await, (false, false));
    assert_eq!(found(&mut admin, "who=admin").await, (true, true));
    assert_eq!(found(&mut admin, "who=somebody").await, (false, false));
    assert_eq!(
        found(&mut admin, "from=2025-03-02&until=2025-03-02").await,
        (true, true)
    );
    assert_eq!(found(&mut admin, "from=2025-03-03").await, (false, false));
    assert_eq!(found(&mut admin, "until=2025-03-01").await, (false, false));
    let strange = admin.get("/audit?unit=NOWHERE").await;
    assert_eq!(strange.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(strange.text.contains("NOWHERE") && strange.text.contains("<form"));

    // Whoever reads one ward's part sees that ward's part.
    house
        .account("auditor", Role::Auditor, Some(unit("TH")))
        .await;
    let mut auditor = house.logged_in("auditor").await;
    assert_eq!(found(&mut auditor, "").await, (true, false));
    assert!(
        !auditor
            .get("/audit?verify=1")
            .await
            .text
            .contains("nguyên vẹn")
    );
}

#[tokio::test]
async fn the_file_holds_no_formulas() {
    let house = House::new().await;
    house.planted().await;
    house.account("admin", Role::Administrator, None).await;
    let mut admin = house.logged_in("admin").await;
    let fields = [
        ("login", "one"),
        ("name", "=1+1 \"x\""),
        ("role", "wall"),
        ("unit", "TH"),
    ];
    admin.post("/accounts/new", "/accounts/new", &fields).await;
    let file = admin.get("/audit.csv").await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.text.starts_with("\u{feff}seq,"));
    assert!(
        !file.text.contains(",=") && !file.text.contains(",\"="),
        "{}",
        file.text
    );
    assert!(file.text.contains("account.added"));
}

#[tokio::test]
async fn a_row_changed_behind_our_back_is_found() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    let mut admin = house.logged_in("admin").await;
    for _ in 0..3 {
        house.browser().log_in("admin", PASSWORD).await;
    }
    let whole = admin.get("/audit?verify=1").await.text;
    assert!(whole.contains("4 dòng, nguyên vẹn"), "{whole}");
    let mut tx = house.app.db.write().await.unwrap();
    tx.run("UPDATE audit SET who = 'somebody' WHERE seq = 3", args![])
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let broken = admin.get("/audit?verify=1").await.text;
    assert!(broken.contains("đứt ở dòng 3 (session.begun)"), "{broken}");
}
