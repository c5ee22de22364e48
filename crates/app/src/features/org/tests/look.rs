use axum::http::StatusCode;
use plenum_rules::access::Role;

use super::{House, district};

#[tokio::test]
async fn the_tree_shows_what_a_person_may_see_on_any_day() {
    let house = House::new().await;
    let empty = house.get("an", "/units").await;
    assert!(empty.text.contains("Chưa có đơn vị nào"), "{}", empty.text);
    house.import("an", "", "2015-01-01", &district()).await;
    let before = house.get("an", "/units?on=2014-12-31").await;
    assert!(before.text.contains("Chưa có đơn vị nào"));
    let top = house.get("an", "/units").await;
    assert!(
        top.text.contains("có 2 đơn vị trực thuộc") && top.text.contains("Chi bộ 38"),
        "{}",
        top.text
    );
    let table = house.get("an", "/units?unit=KT&view=table").await;
    let (two, ten) = (
        table.text.find(">Chi bộ 2<").unwrap(),
        table.text.find(">Chi bộ 10<").unwrap(),
    );
    assert!(two < ten, "numbers in names count as numbers");

    house
        .person("ha", Role::Office, Some(house.unit("HA").await))
        .await;
    let own = house.get("ha", "/units").await;
    assert!(
        own.text.contains("Đảng bộ phường Hòa An") && !own.text.contains("Khuê Trung"),
        "{}",
        own.text
    );
    assert!(
        !own.text.contains("quận Cẩm Lệ"),
        "the trail begins where the person may look"
    );
    for address in [
        "/units?unit=KT",
        "/units/KT-1",
        "/export/units?unit=CL&as=csv",
    ] {
        assert_eq!(
            house.get("ha", address).await.status,
            StatusCode::FORBIDDEN,
            "{address}"
        );
    }
    let csv = house.get("ha", "/export/units?as=csv").await;
    assert!(csv.text.contains("HA-1") && !csv.text.contains("KT-1"));
}

#[tokio::test]
async fn search_forgives_accents_and_stays_in_the_subtree() {
    let house = House::new().await;
    house.import("an", "", "2015-01-01", &district()).await;
    house
        .person("ha", Role::Office, Some(house.unit("HA").await))
        .await;
    for words in ["ho%C3%A0 an", "HOA AN", "H%C3%B2a An"] {
        let found = house
            .get("an", &format!("/search?q={}", words.replace(' ', "+")))
            .await;
        assert!(
            found.text.contains("/units/HA\""),
            "{words}: {}",
            found.text
        );
    }
    let none = house.get("ha", "/search?q=khue+trung").await;
    assert!(none.text.contains("Không có đơn vị nào"), "{}", none.text);
    let branches = house.get("ha", "/search?q=chi+bo+1").await;
    assert!(branches.text.contains("HA-1") && !branches.text.contains("KT-1"));
    house
        .change(
            "an",
            "rename",
            &[
                ("unit", "HA-1"),
                ("day", "2020-01-01"),
                ("name", "Chi bộ Tư pháp"),
                ("code", "HA-1"),
            ],
        )
        .await;
    let formerly = house.get("ha", "/search?q=chi+bo+1").await;
    assert!(
        formerly.text.contains("Trước đây: Chi bộ 1"),
        "{}",
        formerly.text
    );
}
