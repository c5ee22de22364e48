//! Into the house and out of it.

use axum::http::StatusCode;
use plenum_rules::access::Role;

use super::visitor::{House, PASSWORD, csrf_of};
use plenum_app::shell::act::Settings;
use plenum_app::shell::secrets;
use plenum_store::access;

const HOUR: i64 = 3_600_000_000;

#[tokio::test]
async fn a_person_logs_in_goes_where_they_wanted_and_out_again() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    let mut browser = house.browser();
    let fields = [
        ("login", "Admin "),
        ("password", PASSWORD),
        ("next", "/account?a=1"),
    ];
    let answer = browser
        .post("/login?next=/account", "/login", &fields)
        .await;
    assert_eq!(
        (answer.status, answer.to.as_str()),
        (StatusCode::SEE_OTHER, "/account?a=1")
    );
    assert!(browser.cookies.contains_key("plenum_session"));
    assert!(!browser.cookies.contains_key("plenum_door"));

    // The door is for those outside.
    assert_eq!(browser.get("/login?next=/units").await.to, "/units");

    let out = browser.post_raw("/logout", &[]).await;
    assert_eq!(
        out.status.as_u16(),
        419,
        "without the secret nobody is logged out"
    );
}

#[tokio::test]
async fn only_addresses_of_this_server_are_gone_to() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    for foreign in [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "javascript:x",
    ] {
        let mut browser = house.browser();
        let fields = [
            ("login", "admin"),
            ("password", PASSWORD),
            ("next", foreign),
        ];
        assert_eq!(
            browser.post("/login", "/login", &fields).await.to,
            "/",
            "{foreign}"
        );
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_look_alike() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    let mut browser = house.browser();
    let wrong = browser.log_in("admin", "sai mật khẩu rồi").await;
    let unknown = browser.log_in("nobody", "sai mật khẩu rồi").await;
    for answer in [&wrong, &unknown] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            answer
                .text
                .contains("Tên đăng nhập hoặc mật khẩu không đúng"),
            "{}",
            answer.text
        );
    }
    assert!(
        wrong.text.contains("value=\"admin\""),
        "what was typed stands there still"
    );
    assert!(!wrong.text.contains("sai mật khẩu rồi"));
    assert!(!browser.cookies.contains_key("plenum_session"));
}

#[tokio::test]
async fn guessing_is_braked_and_the_right_password_does_not_wear_the_brake() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    for _ in 0..12 {
        assert_eq!(
            house.browser().log_in("admin", PASSWORD).await.status,
            StatusCode::SEE_OTHER
        );
    }
    let mut browser = house.browser();
    for _ in 0..10 {
        assert_eq!(
            browser.log_in("admin", "0000000000").await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
    }
    let stopped = browser.log_in("admin", PASSWORD).await;
    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(stopped.text.contains("Quá nhiều lần thử"));
    house.app.clock.advance(13_000_000);
    assert_eq!(
        browser.log_in("admin", PASSWORD).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn the_anonymous_form_is_tied_to_its_browser() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    let mut mine = house.browser();
    let csrf = csrf_of(&mine.get("/login").await.text);
    let mut theirs = house.browser();
    theirs.get("/login").await;
    let fields = [
        ("login", "admin"),
        ("password", PASSWORD),
        ("csrf", csrf.as_str()),
    ];
    let answer = theirs.post_raw("/login", &fields).await;
    assert_eq!(answer.status.as_u16(), 419, "{}", answer.text);
    let bare = house.browser().post_raw("/login", &fields[..2]).await;
    assert_eq!(bare.status.as_u16(), 419);
    assert!(
        bare.text.contains("<form"),
        "the page comes again, with a fresh form"
    );
}

#[tokio::test]
async fn a_session_ends_when_idle_and_at_the_latest_after_seven_days() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    let mut browser = house.logged_in("admin").await;
    let inside = |answer: super::visitor::Answer| answer.to == "/";
    for _ in 0..15 {
        house.app.clock.advance(11 * HOUR);
        assert!(
            inside(browser.get("/login").await),
            "used within twelve hours"
        );
        noted(&house).await;
    }
    house.app.clock.advance(3 * HOUR + 1);
    assert!(!inside(browser.get("/login").await), "seven days are over");

    let mut idle = house.logged_in("admin").await;
    house.app.clock.advance(12 * HOUR + 1);
    assert!(!inside(idle.get("/login").await));
}

/// Waits until the use of the session is noted, which is done beside the request.
async fn noted(house: &House) {
    for _ in 0..200 {
        let mut tx = house.app.db.read().await.unwrap();
        let row = tx
            .row("SELECT MAX(seen_at) FROM session", &[])
            .await
            .unwrap()
            .unwrap();
        if row.int(0).unwrap() == house.app.clock.now() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("the use of the session was not noted");
}

#[tokio::test]
async fn only_a_secretary_s_phone_stays_logged_in() {
    let house = House::new().await;
    house.account("admin", Role::Administrator, None).await;
    house
        .account(
            "chibo12",
            Role::UnitSecretary,
            Some(plenum_rules::UnitId(7)),
        )
        .await;
    for (login, stays) in [("admin", false), ("chibo12", true)] {
        let mut browser = house.browser();
        browser
            .post(
                "/login",
                "/login",
                &[("login", login), ("password", PASSWORD), ("keep", "1")],
            )
            .await;
        house.app.clock.advance(20 * 24 * HOUR);
        assert_eq!(browser.get("/login").await.to == "/", stays, "{login}");
    }
}

#[tokio::test]
async fn cookies_are_closed_to_scripts_and_say_https_where_it_is() {
    for https in [false, true] {
        let house = House::with(Settings { https, demo: false }).await;
        let request = axum::http::Request::get("/login")
            .body(axum::body::Body::empty())
            .unwrap();
        let response = tower::ServiceExt::oneshot(house.router.clone(), request)
            .await
            .unwrap();
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        assert!(cookie.contains("; HttpOnly; SameSite=Lax"), "{cookie}");
        assert_eq!(cookie.contains("; Secure"), https, "{cookie}");
    }
}

#[tokio::test]
async fn the_first_administrator_is_made_once_by_whoever_sees_the_terminal() {
    let house = House::new().await;
    let door = house.browser().get("/login").await;
    assert!(
        door.text.contains("plenum init"),
        "the door says what to do"
    );

    let address = plenum_app::features::access::actions::setup::address(&house.app)
        .await
        .unwrap()
        .unwrap();
    let mut guess = house.browser();
    assert_eq!(
        guess.get("/setup?token=0000").await.status,
        StatusCode::GONE
    );

    let token = address.split_once('=').unwrap().1;
    let mut browser = house.browser();
    let typed = |password, again| {
        [
            ("token", token),
            ("login", "quantri"),
            ("name", "Quản trị"),
            ("password", password),
            ("again", again),
        ]
    };
    let short = browser
        .post(&address, "/setup", &typed("ngắn", "ngắn"))
        .await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        short.text.contains("value=\"quantri\""),
        "nothing typed is lost"
    );
    let back = short.text.split("back=").nth(1).unwrap();
    assert!(
        back.starts_with("%2Fsetup%3Ftoken%3D"),
        "the other language is asked for with the token"
    );
    let differ = browser
        .post(&address, "/setup", &typed(PASSWORD, "khác hẳn nhau"))
        .await;
    assert!(differ.text.contains("không giống nhau"));
    let made = browser
        .post(&address, "/setup", &typed(PASSWORD, PASSWORD))
        .await;
    assert_eq!(
        (made.status, made.to.as_str()),
        (StatusCode::SEE_OTHER, "/login")
    );

    assert_eq!(
        browser.get(&address).await.status,
        StatusCode::GONE,
        "once only"
    );
    house.logged_in("quantri").await;
}

#[tokio::test]
async fn a_log_in_begun_before_the_password_was_reset_does_not_get_in() {
    let house = House::new().await;
    let id = house.account("admin", Role::Administrator, None).await;
    let mut browser = house.browser();
    // Whoever resets holds the pen while the other's password is being checked.
    let mut tx = house.app.db.write().await.unwrap();
    let log_in = tokio::spawn(async move {
        let answer = browser.log_in("admin", PASSWORD).await;
        (browser, answer)
    });
    let hash = secrets::hash("một mật khẩu khác 2").await.unwrap();
    access::set_password(&mut tx, id, &hash, false)
        .await
        .unwrap();
    access::end_sessions_of(&mut tx, id, None).await.unwrap();
    tx.commit().await.unwrap();
    let (mut browser, answer) = log_in.await.unwrap();
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(browser.get("/account").await.to.starts_with("/login"));
}

#[tokio::test]
async fn the_demo_names_its_accounts_and_nobody_else_does() {
    let demo = House::with(Settings {
        https: false,
        demo: true,
    })
    .await;
    demo.account("vanphong", Role::Office, Some(plenum_rules::UnitId(7)))
        .await;
    assert!(demo.browser().get("/login").await.text.contains("vanphong"));
    let house = House::new().await;
    house
        .account("vanphong", Role::Office, Some(plenum_rules::UnitId(7)))
        .await;
    assert!(
        !house
            .browser()
            .get("/login?as=vanphong")
            .await
            .text
            .contains(plenum_app::shell::secrets::DEMO_PASSWORD)
    );
}
