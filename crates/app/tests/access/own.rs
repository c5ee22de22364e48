//! One's own account.

use axum::http::StatusCode;
use plenum_rules::access::Role;
use plenum_store::access;
use plenum_testkit::unit;
use totp_rs::{Builder, Secret};

use super::visitor::{Browser, House, PASSWORD};

const OTHER: &str = "một mật khẩu khác 2";

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    let (mut here, mut there) = (
        house.logged_in("admin").await,
        house.logged_in("admin").await,
    );
    let change = async |browser: &mut Browser, old: &str, new: &str, again: &str| {
        let fields = [("old", old), ("password", new), ("again", again)];
        browser.post("/account", "/account/password", &fields).await
    };
    assert!(
        change(&mut here, "sai rồi nhé", OTHER, OTHER)
            .await
            .text
            .contains("đang dùng không đúng")
    );
    assert!(
        change(&mut here, PASSWORD, OTHER, "không giống")
            .await
            .text
            .contains("không giống nhau")
    );
    assert!(
        change(&mut here, PASSWORD, "ngắn", "ngắn")
            .await
            .text
            .contains("10 đến 200")
    );
    assert!(
        change(&mut here, PASSWORD, "admin-admin1", "admin-admin1")
            .await
            .text
            .contains("quá dễ đoán")
    );
    assert_eq!(
        change(&mut here, PASSWORD, OTHER, OTHER).await.to,
        "/account"
    );
    assert_eq!(here.get("/account").await.status, StatusCode::OK);
    assert_eq!(there.get("/account").await.to, "/login?next=%2Faccount");
    assert_eq!(house.browser().log_in("admin", OTHER).await.to, "/");
    assert_eq!(
        house.browser().log_in("admin", PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn without_the_session_s_secret_nothing_is_changed() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    let mut browser = house.logged_in("admin").await;
    let fields = [
        ("old", PASSWORD),
        ("password", OTHER),
        ("again", OTHER),
        ("csrf", "0000"),
    ];
    for fields in [&fields[..], &fields[..3]] {
        assert_eq!(
            browser
                .post_raw("/account/password", fields)
                .await
                .status
                .as_u16(),
            419
        );
    }
    house.logged_in("admin").await;
}

/// The code of the phone at the house's time.
fn code(house: &House, secret: &str) -> String {
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(secret).unwrap())
        .build()
        .unwrap();
    totp.generate(u64::try_from(house.app.clock.now() / 1_000_000).unwrap())
        .to_string()
}

fn secret_in(page: &str) -> String {
    let start = page.find("name=\"secret\" value=\"").unwrap() + 21;
    page[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn one_time_codes_are_asked_for_once_the_phone_knows_them() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    let mut browser = house.logged_in("admin").await;
    let page = browser.get("/account/codes").await.text;
    assert!(
        page.contains("otpauth://totp/") && page.contains("<svg"),
        "text and picture"
    );
    let secret = secret_in(&page);
    let wrong = [
        ("secret", secret.as_str()),
        ("code", "000000"),
        ("old", PASSWORD),
    ];
    let refused = browser.post("/account", "/account/codes", &wrong).await;
    assert_eq!(secret_in(&refused.text), secret, "the same secret again");
    let first = code(&house, &secret);
    let right = [
        ("secret", secret.as_str()),
        ("code", first.as_str()),
        ("old", PASSWORD),
    ];
    assert_eq!(
        browser.post("/account", "/account/codes", &right).await.to,
        "/account"
    );

    let mut other = house.browser();
    let step = other.log_in("admin", PASSWORD).await;
    assert_eq!(step.to, "/login/code?next=%2F");
    assert!(!other.cookies.contains_key("plenum_session"));
    let give = async |browser: &mut Browser, code: &str| {
        browser
            .post(
                "/login/code",
                "/login/code",
                &[("code", code), ("next", "/units")],
            )
            .await
    };
    assert!(
        give(&mut other, &first).await.text.contains("đã dùng rồi"),
        "a code holds once"
    );
    house.app.clock.advance(30_000_000);
    assert_eq!(give(&mut other, &code(&house, &secret)).await.to, "/units");
    assert_eq!(other.get("/account").await.status, StatusCode::OK);

    // Without them again, the password being asked.
    assert!(
        other
            .post(
                "/account",
                "/account/codes/off",
                &[("password_off", "sai rồi")]
            )
            .await
            .text
            .contains("không đúng")
    );
    other
        .post(
            "/account",
            "/account/codes/off",
            &[("password_off", PASSWORD)],
        )
        .await;
    assert_eq!(house.browser().log_in("admin", PASSWORD).await.to, "/");
}

#[tokio::test]
async fn guessing_codes_is_braked() {
    let house = House::new().await;
    let id = house.account("admin", Role::Administrator, None).await;
    let mut tx = house.app.db.write().await.unwrap();
    let mut account = access::account(&mut tx, id).await.unwrap().unwrap();
    account.totp = Some("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP".to_owned());
    access::save_account(&mut tx, &account).await.unwrap();
    tx.commit().await.unwrap();
    let mut browser = house.browser();
    browser.log_in("admin", PASSWORD).await;
    let mut last = StatusCode::OK;
    for _ in 0..6 {
        last = browser
            .post("/login/code", "/login/code", &[("code", "123456")])
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    house.app.clock.advance(11 * 60_000_000);
    let late = browser.get("/login/code").await;
    assert_eq!(late.to, "/login", "the step is over");
}

#[tokio::test]
async fn sessions_are_seen_and_ended() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    let (mut here, mut there) = (
        house.logged_in("admin").await,
        house.logged_in("admin").await,
    );
    let page = here.get("/account").await.text;
    assert_eq!(page.matches(">Máy này<").count(), 1);
    let start = page.find("name=\"session\" value=\"").unwrap() + 22;
    let other = page[start..].split('"').next().unwrap().to_owned();
    here.post("/account", "/account/sessions", &[("session", &other)])
        .await;
    assert_eq!(there.get("/account").await.to, "/login?next=%2Faccount");
    let mut third = house.logged_in("admin").await;
    here.post("/account", "/account/sessions", &[]).await;
    assert_eq!(third.get("/account").await.to, "/login?next=%2Faccount");
    assert_eq!(here.get("/account").await.status, StatusCode::OK);
}

#[tokio::test]
async fn tokens_are_shown_once_and_taken_back() {
    let house = House::new().await;
    house.planted().await;
    house
        .account("office", Role::Office, Some(unit("TH")))
        .await;
    let mut browser = house.logged_in("office").await;
    let none = [("name", "Bảng tổng hợp"), ("until", "2025-06-01")];
    assert!(
        browser
            .post("/tokens", "/tokens", &none)
            .await
            .text
            .contains("ít nhất một việc")
    );
    let past = [
        ("name", "x"),
        ("until", "2025-03-01"),
        ("progress:read", "1"),
    ];
    assert!(
        browser
            .post("/tokens", "/tokens", &past)
            .await
            .text
            .contains("từ hôm nay trở đi")
    );
    let fields = [
        ("name", "Bảng tổng hợp"),
        ("until", "2025-06-01"),
        ("progress:read", "1"),
        ("units:read", "1"),
    ];
    let made = browser.post("/tokens", "/tokens", &fields).await;
    let start = made.text.find("plenum_").unwrap();
    let secret = made.text[start..].split('<').next().unwrap().to_owned();
    let list = browser.get("/tokens").await.text;
    assert!(
        list.contains("Bảng tổng hợp") && list.contains("progress:read, units:read"),
        "{list}"
    );
    assert!(list.contains("01/06/2025") && !list.contains(&secret));
    let start = list.find("/tokens/").unwrap();
    let remove = list[start..].split('"').next().unwrap().to_owned();

    // Somebody else's cannot be taken back.
    house.account("other", Role::Office, Some(unit("PS"))).await;
    let mut other = house.logged_in("other").await;
    assert_eq!(
        other.post("/tokens", &remove, &[]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(browser.post("/tokens", &remove, &[]).await.to, "/tokens");
    assert!(
        browser
            .get("/tokens")
            .await
            .text
            .contains("Chưa có khóa nào")
    );
}
