//! Looking after accounts, within one's own reach.

use axum::http::StatusCode;
use plenum_rules::access::Role;
use plenum_testkit::unit;

use super::visitor::{Answer, Browser, House, PASSWORD};

/// What the page shows once.
fn secret_of(answer: &Answer) -> String {
    let start = answer
        .text
        .find("<code id=\"once\">")
        .expect("a secret is shown")
        + 16;
    answer.text[start..].split('<').next().unwrap().to_owned()
}

async fn add(browser: &mut Browser, login: &str, role: &str, unit: &str) -> Answer {
    let fields = [
        ("login", login),
        ("name", "Trần Thị Sen"),
        ("role", role),
        ("unit", unit),
    ];
    browser
        .post("/accounts/new", "/accounts/new", &fields)
        .await
}

fn address(id: u128) -> String {
    format!("/accounts/{id:032x}")
}

#[tokio::test]
async fn a_new_person_gets_a_password_once_and_chooses_their_own() {
    let house = House::new().await;
    house.planted().await;
    house.account("admin", Role::Administrator, None).await;
    let mut admin = house.logged_in("admin").await;
    let made = add(&mut admin, "chibo1", "unit_secretary", "TH-01").await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text);
    let password = secret_of(&made);
    let list = admin.get("/accounts?q=sen").await;
    assert!(
        list.text.contains("chibo1") && list.text.contains("Chi bộ 1 (TH-01)"),
        "{}",
        list.text
    );

    let mut person = house.browser();
    let step = person.log_in("chibo1", &password).await;
    assert_eq!(step.to, "/login/renew?next=%2F");
    assert_eq!(
        person.get("/account").await.to,
        "/login?next=%2Faccount",
        "not inside yet"
    );
    let same = [
        ("password", password.as_str()),
        ("again", password.as_str()),
        ("next", "/"),
    ];
    assert!(
        person
            .post(&step.to, "/login/renew", &same)
            .await
            .text
            .contains("phải khác")
    );
    let own = [
        ("password", "sen nở tháng sáu"),
        ("again", "sen nở tháng sáu"),
        ("next", "/account"),
    ];
    assert_eq!(
        person.post(&step.to, "/login/renew", &own).await.to,
        "/account"
    );
    assert!(person.get("/account").await.text.contains("Bí thư đơn vị"));
    assert_eq!(
        house.browser().log_in("chibo1", &password).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn nothing_typed_is_lost_where_something_is_wrong() {
    let house = House::new().await;
    house.planted().await;
    house.account("admin", Role::Administrator, None).await;
    let mut admin = house.logged_in("admin").await;
    let unknown = add(&mut admin, "chibo1", "unit_secretary", "Tiểu học").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    for text in [
        "TH-03",
        "value=\"chibo1\"",
        "value=\"Trần Thị Sen\"",
        "value=\"Tiểu học\"",
    ] {
        assert!(unknown.text.contains(text), "{text}: {}", unknown.text);
    }
    assert!(
        add(&mut admin, "admin", "wall", "TH")
            .await
            .text
            .contains("đã có người dùng")
    );
    assert!(
        add(&mut admin, "có dấu", "wall", "TH")
            .await
            .text
            .contains("chữ không dấu")
    );
    assert!(
        add(&mut admin, "chibo1", "unit_secretary", "")
            .await
            .text
            .contains("phải gắn với một đơn vị")
    );
}

#[tokio::test]
async fn the_keeper_of_a_ward_keeps_to_the_ward() {
    let house = House::new().await;
    house.planted().await;
    house.account("admin", Role::Administrator, None).await;
    house
        .account("ward", Role::Administrator, Some(unit("TH")))
        .await;
    let other = house
        .account("other", Role::UnitSecretary, Some(unit("PS-01")))
        .await;
    let above = house.account("above", Role::Office, Some(unit("HB"))).await;
    let mut ward = house.logged_in("ward").await;

    assert_eq!(
        add(&mut ward, "chibo1", "unit_secretary", "TH-01")
            .await
            .status,
        StatusCode::OK
    );
    for (role, place) in [("office", "PS"), ("office", "HB"), ("administrator", "")] {
        let refused = add(&mut ward, "sneaky", role, place).await;
        assert_eq!(
            refused.status,
            StatusCode::FORBIDDEN,
            "{role} at {place:?}: {}",
            refused.text
        );
    }
    // Accounts that lie elsewhere are neither listed nor shown nor changed.
    let list = ward.get("/accounts").await.text;
    assert!(
        list.contains("chibo1") && !list.contains("other") && !list.contains("above"),
        "{list}"
    );
    for id in [other, above] {
        assert_eq!(ward.get(&address(id)).await.status, StatusCode::NOT_FOUND);
        let reset = ward
            .post("/account", &format!("{}/reset", address(id)), &[])
            .await;
        assert!(
            !reset.text.contains("id=\"once\""),
            "no password is handed over"
        );
        ward.post("/account", &format!("{}/disable", address(id)), &[])
            .await;
    }
    house.logged_in("above").await;
}

#[tokio::test]
async fn an_account_with_a_role_beyond_is_not_taken_over() {
    let house = House::new().await;
    house.planted().await;
    house
        .account("ward", Role::Administrator, Some(unit("TH")))
        .await;
    // Holds a role in the ward and another above it.
    let both = house
        .account("both", Role::Supervisor, Some(unit("TH-01")))
        .await;
    house.grant(both, Role::Office, Some(unit("HB"))).await;
    let mut ward = house.logged_in("ward").await;
    let shown = ward.get(&address(both)).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(!shown.text.contains("/reset"), "it is not offered");
    let reset = ward
        .post(&address(both), &format!("{}/reset", address(both)), &[])
        .await;
    assert_eq!(reset.status, StatusCode::FORBIDDEN);
    house.logged_in("both").await;

    // What lies in the ward can be ended there.
    let grant = house.grants(both).await[0].id;
    let end = format!("{}/grants/{grant:032x}/end", address(both));
    assert_eq!(
        ward.post(&address(both), &end, &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let beyond = house.grants(both).await[1].id;
    let end = format!("{}/grants/{beyond:032x}/end", address(both));
    assert_eq!(
        ward.post(&address(both), &end, &[]).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let house = House::new().await;
    let id = house.account("admin", Role::Administrator, None).await;
    let mut admin = house.logged_in("admin").await;
    let grant = house.grants(id).await[0].id;
    for change in ["disable".to_owned(), format!("grants/{grant:032x}/end")] {
        let refused = admin
            .post(&address(id), &format!("{}/{change}", address(id)), &[])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{change}");
        assert!(
            refused
                .text
                .contains("người quản trị toàn hệ thống cuối cùng"),
            "{}",
            refused.text
        );
    }
    house.account("second", Role::Administrator, None).await;
    let ended = admin
        .post(
            &address(id),
            &format!("{}/grants/{grant:032x}/end", address(id)),
            &[],
        )
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    assert_eq!(
        admin.get("/accounts").await.status,
        StatusCode::FORBIDDEN,
        "from this moment on"
    );
}

#[tokio::test]
async fn a_switched_off_account_is_out_at_once() {
    let house = House::new().await;
    house.planted().await;
    house.account("admin", Role::Administrator, None).await;
    let id = house
        .account("chibo1", Role::UnitSecretary, Some(unit("TH-01")))
        .await;
    let mut person = house.logged_in("chibo1").await;
    let mut admin = house.logged_in("admin").await;
    admin
        .post(&address(id), &format!("{}/disable", address(id)), &[])
        .await;
    assert_eq!(person.get("/account").await.to, "/login?next=%2Faccount");
    let refused = house.browser().log_in("chibo1", PASSWORD).await;
    assert!(refused.text.contains("đã bị khóa"), "{}", refused.text);
    admin
        .post(&address(id), &format!("{}/enable", address(id)), &[])
        .await;
    let mut back = house.logged_in("chibo1").await;
    let reset = admin
        .post(&address(id), &format!("{}/reset", address(id)), &[])
        .await;
    assert!(!secret_of(&reset).is_empty());
    assert_eq!(
        back.get("/account").await.to,
        "/login?next=%2Faccount",
        "a reset ends sessions"
    );
}

#[tokio::test]
async fn roles_hold_on_their_days_only() {
    let house = House::new().await;
    house.planted().await;
    house.account("admin", Role::Administrator, None).await;
    let id = house.account("person", Role::Wall, Some(unit("TH"))).await;
    let mut admin = house.logged_in("admin").await;
    let fields = [
        ("role", "auditor"),
        ("unit", "TH"),
        ("from", "2025-03-03"),
        ("until", "2025-03-04"),
    ];
    let given = admin
        .post(&address(id), &format!("{}/grants", address(id)), &fields)
        .await;
    assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text);
    let reversed = [
        ("role", "auditor"),
        ("unit", "TH"),
        ("from", "2025-03-03"),
        ("until", "2025-03-01"),
    ];
    let refused = admin
        .post(&address(id), &format!("{}/grants", address(id)), &reversed)
        .await;
    assert!(refused.text.contains("phải sau ngày bắt đầu"));
    for (day, status) in [(2, 403), (3, 200), (4, 200), (5, 403)] {
        let mut person = house.logged_in("person").await;
        assert_eq!(
            person.get("/audit").await.status.as_u16(),
            status,
            "on the {day}th"
        );
        house.app.clock.advance(24 * 3_600_000_000);
    }
}
