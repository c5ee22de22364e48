//! The office takes units in from a spreadsheet.

use crate::browser::{Browser, DESK};
use crate::stage::Stage;

const WRONG: &str = "Mã,Tên,Mã cấp trên,Cấp,Loại hình,Số đảng viên\n\
    TH-04,Chi bộ 4,TH,branch,residential,nhiều\n\
    TH-05,Chi bộ 5,KHONG-CO,branch,residential,22\n";
const RIGHT: &str = "Mã,Tên,Mã cấp trên,Cấp,Loại hình,Số đảng viên\n\
    TH-04,Chi bộ 4,TH,branch,residential,21\n\
    TH-05,Chi bộ 5,TH,branch,residential,22\n";

async fn upload(browser: &Browser, name: &str, text: &str) {
    let file =
        std::env::temp_dir().join(format!("plenum-{:032x}-{name}", plenum_store::db::new_id()));
    std::fs::write(&file, text).unwrap();
    let field = browser
        .driver
        .find(thirtyfour::By::Css("input[type=file]"))
        .await
        .unwrap();
    field.send_keys(file.display().to_string()).await.unwrap();
    browser.press("form[data-upload] button.button--main").await;
}

#[tokio::test]
async fn an_office_imports_a_tree_and_corrects_its_errors() {
    let stage = Stage::open().await;
    let browser = Browser::open(DESK).await;
    browser.log_in(&stage, "vanphong").await;
    browser.go(&stage.address("/import")).await;
    upload(&browser, "sai.csv", WRONG).await;
    browser.reads(".errors", "E-IMP-").await;
    assert!(
        browser.text("main").await.contains("KHONG-CO"),
        "the cell is named"
    );
    assert!(stage.unit("TH-04").await.is_none(), "nothing is written");
    upload(&browser, "dung.csv", RIGHT).await;
    browser.reads("main", "TH-05").await;
    assert!(
        stage.unit("TH-04").await.is_none(),
        "nothing is written before it is confirmed"
    );
    browser
        .press("form:has(input[name=mark]) button.button--main")
        .await;
    browser.reads("body", "Chi bộ").await;
    for _ in 0..50 {
        if stage.unit("TH-05").await.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(stage.unit("TH-05").await.map(|unit| unit.members), Some(22));
    browser.close().await;
    stage.close().await;
}
