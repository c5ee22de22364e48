//! The five seasons of the demo: every figure of the documents the product was
//! asked for, through the pages and through the command line.

use std::process::Command;

use plenum_app::features::demo;
use plenum_app::shell::Who;
use plenum_rules::access::Role;
use plenum_testkit::{Client, Hall, Scratch, day, on_both};
use serde_json::Value;

async fn hall(scratch: &Scratch) -> (Hall, Client) {
    let hall = Hall::new(&scratch.db, day("2026-11-20"));
    demo::load(&hall.app, &Who::system("test"))
        .await
        .expect("the demo loads");
    let reader = hall.person("reader", Role::Auditor, None).await;
    (hall, reader)
}

async fn progress(reader: &mut Client, season: &str, query: &str) -> String {
    reader
        .get(&format!("/s/{season}/progress?{query}"))
        .await
        .is(200)
        .words()
}

async fn season_page(reader: &mut Client, season: &str, query: &str) -> String {
    reader
        .get(&format!("/s/{season}?{query}"))
        .await
        .is(200)
        .words()
}

fn holds(words: &str, texts: &[&str]) {
    for text in texts {
        assert!(words.contains(text), "“{text}” is missing in: {words}");
    }
}

#[tokio::test]
async fn cam_le_has_121_of_235_on_2_march_2020() {
    on_both(async |scratch| {
        let (_hall, mut reader) = hall(scratch).await;
        let page = progress(&mut reader, "cam-le-2020", "unit=CL&on=2020-03-02").await;
        holds(
            &page,
            &[
                "Tính đến ngày 02-3-2020, Đảng bộ quận Cẩm Lệ có 121/235 chi bộ đã đại hội (51,5 %), trong đó đã \
                 hoàn thành: Đảng bộ phường Khuê Trung 36/36, Đảng bộ Quân sự quận 3/3.",
                "Còn 114 chưa đại hội",
                "Đảng bộ phường Khuê Trung Đại hội điểm",
                "Chi bộ Tòa án nhân dân quận Đại hội điểm",
                "Đảng bộ Công an quận Thí điểm",
                "Đảng bộ Tổng Công ty CP Dệt may Hòa Thọ Thí điểm",
            ],
        );
        // One day earlier fewer had met; before the plan nothing was expected.
        let earlier = progress(&mut reader, "cam-le-2020", "unit=CL&on=2020-01-31&with=2020-03-02").await;
        assert!(!earlier.contains("121/235 chi bộ đã đại hội"), "{earlier}");
        holds(&earlier, &["/235 chi bộ đã đại hội", "So với ngày 02-3-2020 (121)"]);
        let ward = progress(&mut reader, "cam-le-2020", "unit=CL-KT&on=2020-03-02").await;
        holds(&ward, &["Đảng bộ phường Khuê Trung có 36/36 chi bộ đã đại hội (100,0 %)", "26/26", "10/10", "993/993"]);
        // After the end of March the others are late, without any event.
        holds(&page, &["Phụ trách tổ chức cơ sở đảng: 6 đồng chí"]);
        let april = progress(&mut reader, "cam-le-2020", "unit=CL&on=2020-04-01").await;
        holds(&april, &["121/235", "114 quá hạn"]);
    })
    .await;
}

#[tokio::test]
async fn khue_trung_had_46_branches_before_the_merger_and_36_after() {
    on_both(async |scratch| {
        let (_hall, mut reader) = hall(scratch).await;
        let after = reader
            .get("/units?unit=CL-KT&on=2019-10-01")
            .await
            .is(200)
            .words();
        holds(&after, &["Chi bộ 12", "Chi bộ 26"]);
        assert!(!after.contains("Chi bộ khu dân cư 1 "), "{after}");
        let before = reader
            .get("/units?unit=CL-KT&on=2019-09-30")
            .await
            .is(200)
            .words();
        holds(&before, &["Chi bộ khu dân cư 1", "Chi bộ khu dân cư 36"]);
    })
    .await;
}

#[tokio::test]
async fn cam_le_shows_its_plan_its_people_and_275_delegates() {
    on_both(async |scratch| {
        let (_hall, mut reader) = hall(scratch).await;
        let page = season_page(&mut reader, "cam-le-2020", "unit=CL&on=2020-03-02").await;
        holds(
            &page,
            &[
                "35-CT/TW",
                "86-KH/QU",
                "15/11/2019",
                "31/03/2020",
                "09/06/2020",
                "275",
                "Tiểu ban Văn kiện",
                "Tiểu ban Nhân sự",
                "Tiểu ban Tổ chức phục vụ",
                "Ủy viên Ban Thường vụ Quận ủy",
                "2020–2022",
                "2020–2025",
            ],
        );
    })
    .await;
}

#[tokio::test]
async fn an_khe_2020_has_all_branches_and_lists_the_grassroots_that_remain() {
    on_both(async |scratch| {
        let (_hall, mut reader) = hall(scratch).await;
        let page = progress(&mut reader, "an-khe-2020", "unit=AK&on=2020-06-04").await;
        holds(
            &page,
            &[
                "41/48 tổ chức cơ sở đảng đã đại hội",
                "129/129",
                "Còn 7 chưa đại hội",
                "19/06/2020",
            ],
        );
        for waiting in [
            "Đảng bộ phường Tây Sơn",
            "Đảng bộ phường An Phú",
            "Đảng bộ Trung tâm Y tế thị xã",
        ] {
            holds(&page, &[waiting]);
        }
        let year_end = progress(&mut reader, "an-khe-2020", "unit=AK&on=2019-12-31").await;
        holds(&year_end, &["129/129", "0/48"]);
        let pilots = progress(&mut reader, "an-khe-2020", "unit=AK&on=2020-02-29").await;
        holds(&pilots, &["2/48", "đại hội điểm 1/1", "thí điểm 1/1"]);
        let due = progress(&mut reader, "an-khe-2020", "unit=AK&on=2020-06-20").await;
        holds(&due, &["7 quá hạn"]);
    })
    .await;
}

#[tokio::test]
async fn an_khe_2020_shows_2457_members_conclusions_drafts_and_the_review() {
    on_both(async |scratch| {
        let (_hall, mut reader) = hall(scratch).await;
        let page = progress(&mut reader, "an-khe-2020", "unit=AK&on=2020-06-04").await;
        holds(&page, &["/2.457"]);
        let season = season_page(&mut reader, "an-khe-2020", "unit=AK&on=2020-06-04").await;
        holds(
            &season,
            &[
                "52/52",
                "97/111",
                "87,4 %",
                "58/58",
                "Dự thảo lần 2",
                "03/06/2020",
                "Duyệt nội dung Đại hội đại biểu Đảng bộ thị xã lần thứ XVII",
            ],
        );
        // The batches are dated: at the end of April fewer were concluded.
        let april = season_page(&mut reader, "an-khe-2020", "unit=AK&on=2020-04-30").await;
        holds(&april, &["40/52", "71/111", "43/58", "Dự thảo lần 1"]);
    })
    .await;
}

#[tokio::test]
async fn an_thanh_has_3_of_8_and_3_of_4_agency_branches() {
    on_both(async |scratch| {
        let (_hall, mut reader) = hall(scratch).await;
        let page = progress(&mut reader, "an-thanh-2022", "unit=AT&on=2022-08-04").await;
        holds(
            &page,
            &[
                "Đảng bộ xã An Thanh có 3/8 chi bộ đã đại hội (37,5 %)",
                "3/4",
                "0/4",
                "07/08/2022",
            ],
        );
        let season = season_page(&mut reader, "an-thanh-2022", "unit=AT&on=2022-08-04").await;
        holds(&season, &["2022–2025", "07/08/2022", "82"]);
    })
    .await;
}

#[tokio::test]
async fn o_cho_dua_shows_the_chain_of_instruments_and_its_windows() {
    on_both(async |scratch| {
        let (_hall, mut reader) = hall(scratch).await;
        let page = season_page(&mut reader, "o-cho-dua-2024", "unit=OCD&on=2024-08-23").await;
        holds(
            &page,
            &[
                "35-CT/TW",
                "14/06/2024",
                "323-KH/QU",
                "08/08/2024",
                "22/08/2024",
                "31/12/2024",
                "31/01/2025",
                "Tiểu ban Nhân sự",
                "Tiểu ban Văn kiện",
                "Tiểu ban Hậu cần",
                "2025–2027",
                "2025–2030",
                "Chi bộ khu dân cư 7",
            ],
        );
    })
    .await;
}

#[tokio::test]
async fn an_khe_2024_shows_pilot_trial_visit_event_and_terms() {
    on_both(async |scratch| {
        let (_hall, mut reader) = hall(scratch).await;
        let town = season_page(&mut reader, "an-khe-2024", "unit=AK&on=2024-11-13").await;
        holds(
            &town,
            &["1434", "26/09/2024", "2025–2027", "2025–2030", "13/11/2024"],
        );
        let commune = season_page(&mut reader, "an-khe-2024", "unit=AK-TA&on=2024-11-13").await;
        holds(
            &commune,
            &[
                "Bầu cử trưởng thôn",
                "15/12/2024",
                "04/01/2025",
                "15/01/2025",
            ],
        );
        let ward = progress(&mut reader, "an-khe-2024", "unit=AK-NM&on=2024-11-13").await;
        holds(&ward, &["09/01/2025–10/01/2025", "08/01/2025"]);
    })
    .await;
}

#[tokio::test]
async fn the_wall_is_open_to_its_own_role_and_nothing_else_is() {
    on_both(async |scratch| {
        let (hall, _reader) = hall(scratch).await;
        let mut tx = hall.app.db.read().await.expect("read");
        let district = plenum_store::org::by_code(&mut tx, "CL", day("2020-03-02"))
            .await
            .expect("look")
            .expect("the district");
        tx.commit().await.expect("end of reading");
        let mut wall = hall.person("beamer", Role::Wall, Some(district.unit)).await;
        let page = wall
            .get("/s/cam-le-2020/wall?unit=CL")
            .await
            .is(200)
            .words();
        holds(&page, &["có 121/235 chi bộ đã đại hội", "36/36", "51,5 %"]);
        let _ = wall
            .get_once("/s/cam-le-2020/progress?unit=CL")
            .await
            .is(403);
        let _ = wall.get_once("/s/an-khe-2020/wall?unit=AK").await.is(403);
    })
    .await;
}

fn plenum(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_plenum"))
        .args(arguments)
        .output()
        .expect("plenum runs");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The lists beside Cẩm Lệ's figures on 2 March 2020.
fn in_charge_and_remaining(figures: &Value) {
    let list = |name: &str| figures[name].as_array().unwrap_or_else(|| panic!("{name}"));
    let people = list("in_charge");
    assert_eq!(
        (people.len(), &figures["in_charge_cut"]),
        (6, &Value::Bool(false))
    );
    let of_branches = |person: &Value, measure: &str| {
        let counts = person["counts"].as_array().expect("counts");
        let of_level = counts.iter().find(|each| each["level"] == "branch");
        of_level.map_or(0, |each| {
            each["figures"][measure].as_i64().expect("a count")
        })
    };
    let sum = |measure| {
        people
            .iter()
            .map(|each| of_branches(each, measure))
            .sum::<i64>()
    };
    assert_eq!((sum("held"), sum("total")), (121, 235));
    let complete = people.iter().find(|person| {
        let units = person["units"].as_array().expect("units");
        units.iter().any(|unit| unit["code"] == "CL-KT")
    });
    let complete = complete.expect("somebody is in charge of Khuê Trung");
    assert_eq!(
        (
            of_branches(complete, "held"),
            of_branches(complete, "total")
        ),
        (36, 36)
    );
    let branches = |name| {
        list(name)
            .iter()
            .filter(|each| each["level"] == "branch")
            .count()
    };
    assert_eq!(
        (branches("remaining"), branches("soon"), branches("late")),
        (114, 99, 0)
    );
    for each in list("soon") {
        assert!(
            each["planned_first"].as_str().expect("a day") >= "2020-03-02",
            "{each}"
        );
        assert_eq!(each["due"], "2020-03-31", "{each}");
    }
}

#[test]
fn the_command_line_says_what_the_page_says() {
    let folder = std::env::temp_dir().join(format!("plenum-seasons-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let database = format!("sqlite:{}", folder.join("demo.db").display());
    plenum(&["demo", "--load-only", "--database", &database]);
    let text = plenum(&[
        "progress",
        "--database",
        &database,
        "--season",
        "cam-le-2020",
        "--as-of",
        "2020-03-02",
    ]);
    holds(&text, &["121/235", "36/36", "3/3"]);
    let figures = |season: &str, on: &str, unit: &str| -> Value {
        let mut arguments = vec![
            "progress",
            "--database",
            &database,
            "--season",
            season,
            "--as-of",
            on,
            "--json",
        ];
        if !unit.is_empty() {
            arguments.extend(["--unit", unit]);
        }
        serde_json::from_str(&plenum(&arguments)).expect("JSON")
    };
    for (season, on, unit, held, total) in [
        ("cam-le-2020", "2020-03-02", "", 121, 235),
        ("cam-le-2020", "2020-03-02", "CL-KT", 36, 36),
        ("cam-le-2020", "2020-03-02", "CL-QS", 3, 3),
        ("an-khe-2020", "2020-06-04", "", 41, 48),
        ("an-thanh-2022", "2022-08-04", "", 3, 8),
        ("o-cho-dua-2024", "2024-08-23", "", 0, 26),
        ("an-khe-2024", "2024-11-13", "", 0, 129),
    ] {
        let value = figures(season, on, unit);
        assert_eq!(
            (value["held"].as_i64(), value["total"].as_i64()),
            (Some(held), Some(total)),
            "{season} {unit}"
        );
    }
    in_charge_and_remaining(&figures("cam-le-2020", "2020-03-02", ""));
    let doctor = plenum(&["doctor", "--database", &database]);
    assert!(!doctor.contains('✗'), "{doctor}");
    std::fs::remove_dir_all(&folder).expect("clean up");
}
