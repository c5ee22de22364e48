use axum::http::StatusCode;
use plenum_rules::access::Role;
use plenum_store::audit;

use super::{House, district};

#[tokio::test]
async fn a_merger_leaves_the_past_as_it_was() {
    let house = House::new().await;
    house.import("an", "", "2015-01-01", &district()).await;
    let merger = [
        ("unit", "KT-36"),
        ("day", "2019-12-01"),
        ("units", "KT-36"),
        ("units", "KT-37"),
        ("units", "KT-38"),
        ("name", "Chi bộ 36"),
        ("code", "KT-36M"),
        ("parent", "KT"),
        ("level", "branch"),
        ("kind", "residential"),
        ("members", ""),
    ];
    let shown = house.post("an", "/tree/merge", &merger).await;
    assert!(shown.text.contains("4 đơn vị thay đổi"), "{}", shown.text);
    assert!(
        house
            .get("an", "/units?unit=KT")
            .await
            .text
            .contains("có 38 đơn vị"),
        "nothing is written yet"
    );
    house.change("an", "merge", &merger).await;
    assert!(
        house
            .get("an", "/units?unit=KT&on=2019-12-01")
            .await
            .text
            .contains("có 36 đơn vị trực thuộc")
    );
    assert!(
        house
            .get("an", "/units?unit=KT&on=2019-11-30")
            .await
            .text
            .contains("có 38 đơn vị trực thuộc")
    );
    let new = house.get("an", "/units/KT-36M").await.text;
    assert!(
        new.contains("Sáp nhập từ, ngày 01/12/2019") && new.contains("/units/KT-37?on=2019-11-30"),
        "{new}"
    );
    assert!(
        new.contains("có 66 đảng viên"),
        "the members of the three together: 21 + 22 + 23; {new}"
    );
    let old = house.get("an", "/units/KT-37?on=2020-01-01").await.text;
    assert!(
        old.contains("Sáp nhập thành, từ ngày 01/12/2019") && old.contains("/units/KT-36M"),
        "{old}"
    );
    let mut tx = house.app.db.read().await.unwrap();
    let rows = audit::page(&mut tx, Some(house.unit("KT-37").await), None, 1)
        .await
        .unwrap();
    assert_eq!(rows[0].event, "unit.merged");
    assert!(rows[0].detail.contains("\"before\"") && rows[0].detail.contains("\"after\""));
}

#[tokio::test]
async fn a_split_shares_members_and_children() {
    let house = House::new().await;
    house.import("an", "", "2015-01-01", &district()).await;
    let mut split = vec![
        ("unit", "HA"),
        ("day", "2020-02-01"),
        ("parent", "CL"),
        ("level", "grassroots"),
        ("parts", "2"),
        ("name-1", "Phường Hòa An Đông"),
        ("code-1", "HAD"),
        ("kind-1", "territorial"),
        ("members-1", "0"),
        ("name-2", "Phường Hòa An Tây"),
        ("code-2", "HAT"),
        ("kind-2", "territorial"),
        ("members-2", "0"),
    ];
    let refused = house.post("an", "/tree/split", &split).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("E-ORG-18") && refused.text.contains("Phường Hòa An Đông"),
        "{}",
        refused.text
    );
    split.push(("child:HA-1", "2"));
    house.change("an", "split", &split).await;
    assert!(
        house
            .get("an", "/units?unit=HAT")
            .await
            .text
            .contains("Chi bộ 1")
    );
    assert!(
        house
            .get("an", "/units/HAD")
            .await
            .text
            .contains("Tách từ, ngày 01/02/2020")
    );
}

#[tokio::test]
async fn each_change_holds_from_its_day_and_refusals_keep_what_was_typed() {
    let house = House::new().await;
    house.import("an", "", "2015-01-01", &district()).await;
    house
        .change(
            "an",
            "move",
            &[("unit", "KT-1"), ("day", "2020-01-01"), ("parent", "HA")],
        )
        .await;
    assert!(
        house
            .get("an", "/units?unit=HA")
            .await
            .text
            .contains("có 2 đơn vị")
    );
    house
        .change(
            "an",
            "resize",
            &[
                ("unit", "KT-2"),
                ("day", "2020-01-01"),
                ("members", "1.234"),
            ],
        )
        .await;
    assert!(
        house
            .get("an", "/units/KT-2")
            .await
            .text
            .contains("có 1.234 đảng viên")
    );
    house
        .change(
            "an",
            "reclassify",
            &[
                ("unit", "KT-2"),
                ("day", "2020-01-01"),
                ("level", "branch"),
                ("kind", "agency"),
            ],
        )
        .await;
    assert!(
        house
            .get("an", "/units/KT-2")
            .await
            .text
            .contains("<del>Khu dân cư</del>")
    );
    house
        .change("an", "close", &[("unit", "KT-3"), ("day", "2020-01-01")])
        .await;
    assert!(
        house
            .get("an", "/units/KT-3")
            .await
            .text
            .contains("chấm dứt từ ngày 01-01-2020")
    );
    let new = [
        ("unit", "KT"),
        ("parent", "KT"),
        ("day", "2020-01-01"),
        ("name", "Chi bộ 40"),
        ("code", "KT-4"),
        ("level", "branch"),
        ("kind", "agency"),
        ("members", "7"),
    ];
    let refused = house.post("an", "/tree/found", &new).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("E-ORG-03") && refused.text.contains("Chi bộ 4 (KT-4)"),
        "{}",
        refused.text
    );
    assert!(
        refused.text.contains("value=\"Chi bộ 40\""),
        "what was typed is kept"
    );
    let full = house
        .post(
            "an",
            "/tree/close",
            &[("unit", "KT"), ("day", "2020-01-01")],
        )
        .await;
    assert!(
        full.text.contains("E-ORG-12") && full.text.contains("và 28 đơn vị nữa"),
        "{}",
        full.text
    );
    let under = house
        .post(
            "an",
            "/tree/move",
            &[("unit", "KT"), ("day", "2020-01-01"), ("parent", "HA")],
        )
        .await;
    assert!(
        under.text.contains("E-ORG-09") && under.text.contains("Tổ chức cơ sở đảng"),
        "{}",
        under.text
    );
    let never = house
        .post(
            "an",
            "/tree/resize",
            &[("unit", "KT-4"), ("day", "31/02/2020"), ("members", "7")],
        )
        .await;
    assert!(never.text.contains("E-DAY"), "{}", never.text);
}

#[tokio::test]
async fn an_office_changes_what_stands_below_it_only() {
    let house = House::new().await;
    house.import("an", "", "2015-01-01", &district()).await;
    house
        .person("ha", Role::Office, Some(house.unit("HA").await))
        .await;
    house
        .change(
            "ha",
            "resize",
            &[("unit", "HA-1"), ("day", "2020-03-01"), ("members", "10")],
        )
        .await;
    house
        .change(
            "ha",
            "found",
            &[
                ("unit", "HA"),
                ("parent", "HA"),
                ("day", "2020-03-01"),
                ("name", "Chi bộ 2"),
                ("code", "HA-2"),
                ("level", "branch"),
                ("kind", "agency"),
                ("members", "7"),
            ],
        )
        .await;
    for (verb, fields) in [
        (
            "resize",
            vec![("unit", "HA"), ("day", "2020-03-01"), ("members", "10")],
        ),
        (
            "resize",
            vec![("unit", "KT-1"), ("day", "2020-03-01"), ("members", "10")],
        ),
        (
            "move",
            vec![("unit", "HA-1"), ("day", "2020-03-01"), ("parent", "KT")],
        ),
        (
            "move",
            vec![("unit", "HA-1"), ("day", "2020-03-01"), ("parent", "")],
        ),
    ] {
        let refused = house.post("ha", &format!("/tree/{verb}"), &fields).await;
        assert_eq!(
            refused.status,
            StatusCode::FORBIDDEN,
            "{verb} {fields:?} {}",
            refused.text
        );
    }
    house
        .person("xem", Role::Supervisor, Some(house.unit("HA").await))
        .await;
    assert_eq!(
        house.get("xem", "/tree/rename?unit=HA-1").await.status,
        StatusCode::FORBIDDEN
    );
    assert!(
        !house
            .get("xem", "/units/HA-1")
            .await
            .text
            .contains("/tree/rename")
    );
}
