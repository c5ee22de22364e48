use axum::http::StatusCode;
use plenum_rules::access::Role;

use super::{HEADER, House, district};

#[tokio::test]
async fn a_file_is_corrected_confirmed_and_then_all_the_same() {
    let house = House::new().await;
    let wrong = district()
        .replace("KT-17,Chi bộ 17,KT", "KT-17,Chi bộ 17,KX")
        .replace("Khu dân cư,23,", "Khu dân cư,hai ba,");
    let sent = house.upload("an", "", "2015-01-01", wrong.as_bytes()).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let preview = house.get("an", &sent.location).await;
    assert!(preview.text.contains("C21"), "the cell is named");
    assert!(preview.text.contains("Không có đơn vị nào mang mã “KX”"));
    assert!(preview.text.contains("không phải số nguyên"));
    assert!(
        !preview.text.contains("name=\"mark\""),
        "nothing can be confirmed"
    );
    let only = house
        .get("an", &format!("{}?only=errors", sent.location))
        .await;
    assert!(only.text.contains("id=\"row-21\"") && !only.text.contains("id=\"row-2\""));
    assert_eq!(house.records().await, 0);

    house.import("an", "", "2015-01-01", &district()).await;
    assert_eq!(house.records().await, 42);
    let page = house.get("an", "/units?unit=KT&on=2020-03-02").await;
    assert!(
        page.text
            .contains("có 38 đơn vị trực thuộc (38 khu dân cư)"),
        "{}",
        page.text
    );
    let unit = house.get("an", "/units/KT-17").await;
    assert!(unit.text.contains("Chi bộ 17") && unit.text.contains("nhập từ tệp"));

    let again = house.get("an", "/export/units?as=xlsx&on=2020-03-02").await;
    let sent = house.upload("an", "", "2020-03-02", &again.bytes).await;
    let preview = house.get("an", &sent.location).await;
    assert!(
        preview
            .text
            .contains("Mọi dòng đều giống cây hiện có (42 đơn vị)"),
        "{}",
        preview.text
    );
    assert!(!preview.text.contains("name=\"mark\""));
}

#[tokio::test]
async fn the_page_says_from_which_day_its_tree_holds() {
    let house = House::new().await;
    let page = house.get("an", "/import").await;
    assert!(page.text.contains("chọn ngày đầu của kỳ hoặc sớm hơn"));
    assert!(
        !page.text.contains("hiện có bắt đầu từ ngày"),
        "no tree yet"
    );
    house.import("an", "", "2015-01-01", &district()).await;
    let page = house.get("an", "/import").await;
    assert!(
        page.text
            .contains("Cây tổ chức hiện có bắt đầu từ ngày 01/01/2015"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn only_what_differs_changes_and_what_is_left_out_stays() {
    let house = House::new().await;
    house.import("an", "", "2015-01-01", &district()).await;
    let file = format!(
        "{HEADER}KT-1,Chi bộ Một,KT,Chi bộ,Khu dân cư,21,\nKT-39,Chi bộ 39,KT,Chi bộ,Cơ quan,5,\n"
    );
    let sent = house
        .upload("an", "KT", "2020-03-02", file.as_bytes())
        .await;
    let preview = house.get("an", &sent.location).await;
    assert!(
        preview
            .text
            .contains("<del>Chi bộ 1</del> <ins>Chi bộ Một</ins>"),
        "{}",
        preview.text
    );
    assert!(
        preview
            .text
            .contains("1 mới · 1 thay đổi · 0 giữ nguyên · 37 đơn vị không có trong tệp")
    );
    house.confirm("an", &sent.location).await;
    assert!(
        house
            .get("an", "/units?unit=KT&on=2020-03-01")
            .await
            .text
            .contains("38 đơn vị trực thuộc")
    );
    assert!(
        house
            .get("an", "/units?unit=KT&on=2020-03-02")
            .await
            .text
            .contains("39 đơn vị trực thuộc")
    );
    // The sheet is let go with its confirmation.
    let page = house.get("an", &sent.location).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_tree_changed_meanwhile_is_shown_anew_before_anything_is_written() {
    let house = House::new().await;
    house.import("an", "", "2015-01-01", &district()).await;
    let file = format!("{HEADER}KT-1,Chi bộ Một,KT,Chi bộ,Khu dân cư,21,\n");
    let sent = house.upload("an", "", "2020-03-02", file.as_bytes()).await;
    let mark = super::hidden(&house.get("an", &sent.location).await.text, "mark");
    house
        .change(
            "an",
            "rename",
            &[
                ("unit", "KT-1"),
                ("day", "2020-03-01"),
                ("name", "Chi bộ Đầu"),
                ("code", "KT-1"),
            ],
        )
        .await;
    let refused = house.post("an", &sent.location, &[("mark", &mark)]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(
        refused.text.contains("vừa có người khác thay đổi"),
        "{}",
        refused.text
    );
    assert!(refused.text.contains("<del>Chi bộ Đầu</del>"));
    assert!(
        house
            .get("an", "/units/KT-1")
            .await
            .text
            .contains("Chi bộ Đầu")
    );
    let fresh = super::hidden(&refused.text, "mark");
    assert_eq!(
        house
            .post("an", &sent.location, &[("mark", &fresh)])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
    assert!(
        house
            .get("an", "/units/KT-1")
            .await
            .text
            .contains("Chi bộ Một")
    );
}

#[tokio::test]
async fn hostile_files_write_nothing_and_say_where() {
    let house = House::new().await;
    let circle = format!("{HEADER}A,A,B,Đảng bộ quận,Quận,0,\nB,B,A,Đảng bộ cơ sở,Phường,0,\n");
    let orphan = format!("{HEADER}A,A,,Đảng bộ quận,Quận,0,\nB,B,ZZ,Đảng bộ cơ sở,Phường,0,\n");
    let twice = format!("{HEADER}A,A,,Đảng bộ quận,Quận,0,\nA,B,A,Đảng bộ cơ sở,Phường,0,\n");
    let types = format!("{HEADER}A,A,,Trời,Đất,minus một,31/02/2020\n");
    for (file, said) in [
        (circle, "thành vòng: A → B → A"),
        (orphan, "C3: "),
        (twice, "đã có ở dòng 2"),
        (types, "không phải một ngày"),
        ("Một,Hai\n1,2\n".to_owned(), "Thiếu cột “Mã”"),
    ] {
        let sent = house.upload("an", "", "2020-03-02", file.as_bytes()).await;
        let preview = house.get("an", &sent.location).await;
        assert!(preview.text.contains(said), "{said}: {}", preview.text);
        let forced = house.post("an", &sent.location, &[("mark", "0")]).await;
        assert_ne!(forced.status, StatusCode::SEE_OTHER);
    }
    for (bytes, code) in [
        (b"PK\x03\x04 nothing of a workbook".to_vec(), "E-SHEET-08"),
        (
            vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
            "E-SHEET-04",
        ),
        (b"\"open".to_vec(), "E-SHEET-14"),
        (vec![b'a'; 41_000_000], "E-SHEET-01"),
        (Vec::new(), "E-ORG-28"),
    ] {
        let refused = house.upload("an", "", "2020-03-02", &bytes).await;
        assert!(
            refused.status.is_client_error() && refused.text.contains(code),
            "{code}: {}",
            refused.text
        );
        assert!(refused.text.contains("Chưa có gì được ghi"));
    }
    assert_eq!(house.records().await, 0);
}

#[tokio::test]
async fn nobody_imports_outside_their_own_part_of_the_tree() {
    let house = House::new().await;
    house.import("an", "", "2015-01-01", &district()).await;
    house
        .person("ha", Role::Office, Some(house.unit("HA").await))
        .await;
    let elsewhere = house
        .upload("ha", "KT", "2020-03-02", district().as_bytes())
        .await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    let everything = house
        .upload("ha", "", "2020-03-02", district().as_bytes())
        .await;
    assert_eq!(everything.status, StatusCode::FORBIDDEN);
    let file = format!("{HEADER}KT-1,Chi bộ cướp,HA,Chi bộ,Khu dân cư,21,\n");
    let sent = house
        .upload("ha", "HA", "2020-03-02", file.as_bytes())
        .await;
    let preview = house.get("ha", &sent.location).await;
    assert!(preview.text.contains("E-IMP-14"), "{}", preview.text);
    assert!(
        house.get("an", &sent.location).await.status == StatusCode::NOT_FOUND,
        "another's sheet"
    );
    let stranger = house.upload("nobody", "", "2020-03-02", b"x").await;
    assert_eq!(stranger.status, StatusCode::UNAUTHORIZED);
}
