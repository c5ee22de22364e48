//! No door of the house stands open by mistake.

use axum::http::StatusCode;
use plenum_app::features;
use plenum_app::shell::{Guard, server};
use plenum_rules::access::{Permission, Role};
use plenum_testkit::unit;

use super::visitor::House;

/// An address of the route, with something in each gap.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "0" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn a_stranger_comes_through_no_door_that_is_not_public() {
    let house = House::new().await;
    let routes = features::routes().and(server::own_routes());
    assert!(routes.listed().len() > 30, "the doors are known");
    for (path, guard) in routes.listed() {
        if matches!(guard, Guard::Public) {
            continue;
        }
        let address = filled(path);
        let got = house.browser().get(&address).await;
        let led_away = got.status == StatusCode::SEE_OTHER && got.to.starts_with("/login");
        let refused =
            got.status == StatusCode::UNAUTHORIZED || got.status == StatusCode::METHOD_NOT_ALLOWED;
        assert!(
            led_away || refused,
            "GET {address}: {} {}",
            got.status,
            got.to
        );
        let post = house.browser().post_raw(&address, &[("csrf", "")]).await;
        let refused = post.status == StatusCode::UNAUTHORIZED
            || post.status == StatusCode::METHOD_NOT_ALLOWED;
        assert!(refused, "POST {address}: {}", post.status);
    }
}

#[tokio::test]
async fn the_public_doors_are_these() {
    let routes = features::routes().and(server::own_routes());
    let mut public: Vec<&str> = routes
        .listed()
        .iter()
        .filter(|(_, guard)| *guard == Guard::Public)
        .map(|(path, _)| *path)
        .collect();
    public.sort_unstable();
    // The API describes itself to everybody, and says in its own form that
    // something is not there.
    let expected = [
        "/api/v1/openapi.json",
        "/api/{*rest}",
        "/assets/{mark}/{name}",
        "/health",
        "/language",
        "/login",
        "/login/code",
        "/login/renew",
        "/report-worker.js",
        "/setup",
    ];
    assert_eq!(public, expected);
}

#[tokio::test]
async fn who_may_not_do_it_anywhere_is_told_so() {
    let house = House::new().await;
    house.planted().await;
    let people = [
        ("admin", Role::Administrator),
        ("office", Role::Office),
        ("charge", Role::Supervisor),
        ("branch", Role::UnitSecretary),
        ("teller", Role::Teller),
        ("wall", Role::Wall),
        ("audit", Role::Auditor),
    ];
    let routes = features::routes();
    for (login, role) in people {
        house.account(login, role, Some(unit("TH"))).await;
        let mut browser = house.logged_in(login).await;
        for (path, guard) in routes.listed() {
            let Guard::May(permission) = guard else {
                continue;
            };
            let allowed = role.reach(*permission) != plenum_rules::access::Reach::Nothing;
            let got = browser.get(&filled(path)).await;
            if !allowed {
                let refused = got.status == StatusCode::FORBIDDEN
                    || got.status == StatusCode::METHOD_NOT_ALLOWED;
                assert!(refused, "{login} GET {path}: {}", got.status);
            }
        }
    }
}

#[tokio::test]
async fn wall_and_auditor_change_nothing() {
    let writing: Vec<Permission> = Permission::ALL
        .into_iter()
        .filter(|permission| permission.writes())
        .collect();
    let house = House::new().await;
    house.planted().await;
    for (login, role) in [("wall", Role::Wall), ("audit", Role::Auditor)] {
        house.account(login, role, Some(unit("HB"))).await;
        let mut browser = house.logged_in(login).await;
        let before = house.audit_rows().await;
        for (path, guard) in features::routes().listed() {
            let closed = matches!(guard, Guard::May(permission) if writing.contains(permission));
            // What a person changes of their own session and account is theirs.
            if path.starts_with("/account") || *path == "/logout" || path.starts_with("/login") {
                continue;
            }
            let sent = browser
                .post(
                    "/account",
                    &filled(path),
                    &[("name", "x"), ("progress:read", "1")],
                )
                .await;
            assert!(!sent.status.is_server_error(), "{login} POST {path}");
            if closed {
                let refused = sent.status == StatusCode::FORBIDDEN
                    || sent.status == StatusCode::METHOD_NOT_ALLOWED;
                assert!(refused, "{login} POST {path}: {}", sent.status);
            }
        }
        assert_eq!(house.audit_rows().await, before, "{login} left a record");
    }
}

#[tokio::test]
async fn the_secretary_of_one_ward_does_not_open_another() {
    let house = House::new().await;
    house.planted().await;
    house
        .account("th", Role::Administrator, Some(unit("TH")))
        .await;
    let mut browser = house.logged_in("th").await;
    assert_eq!(
        browser.get("/audit?unit=TH-01").await.status,
        StatusCode::OK
    );
    for code in ["PS", "PS-01", "HB", "CQ"] {
        assert_eq!(
            browser.get(&format!("/audit?unit={code}")).await.status,
            StatusCode::FORBIDDEN,
            "{code}"
        );
        assert_eq!(
            browser.get(&format!("/audit.csv?unit={code}")).await.status,
            StatusCode::FORBIDDEN,
            "{code}"
        );
    }
}
