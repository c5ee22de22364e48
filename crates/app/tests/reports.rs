//! The report upwards: its figures are the screen's, whatever the format.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use plenum_rules::access::Role;
use plenum_rules::congress::{Congress, Numbers, Planned};
use plenum_store::season::{Work, WorkArea, WorkStep};
use plenum_store::{Tx, congress, db::new_id, progress, season as seasons};
use plenum_testkit::{Answer, Hall, Plot, Scratch, day, on_both, season, unit};

/// Two of the small district's five branches have met; one of them had
/// difficulties.
async fn stage(hall: &Hall) {
    hall.set_up(async |tx: &mut Tx| {
        Plot::small(day("2015-01-01")).save(tx).await;
        let levels = ["district", "grassroots", "branch"];
        let season = season(tx, "hb-2020", unit("HB"), day("2020-01-01"), &levels).await;
        for (code, text) in [("TH-01", "Hội trường nhỏ, phải họp hai ca"), ("PS-01", "")]
        {
            let mut facts = Congress::nothing();
            let held = day("2020-02-20");
            let numbers = Numbers {
                convened: 30,
                present: 27,
                elected_committee: 5,
                elected_secretary: true,
                elected_deputies: 1,
                elected_delegates: 3,
                opinions: 14,
            };
            facts
                .submit_report(held, (held, held), numbers, text)
                .expect("report");
            congress::save(tx, &season.id, unit(code), &facts, 0)
                .await
                .expect("save");
        }
        let mut facts = Congress::nothing();
        let planned = Planned {
            first: day("2020-03-09"),
            last: day("2020-03-10"),
            preparatory_half_days: 0,
        };
        facts.date(day("2020-02-01"), planned, None).expect("date");
        congress::save(tx, &season.id, unit("TH-02"), &facts, 0)
            .await
            .expect("save");
        let work = Work {
            id: new_id(),
            unit: unit("HB"),
            area: WorkArea::Personnel,
            title: "Kết luận tiêu chuẩn chính trị".to_owned(),
            total: Some(111),
            until: None,
            steps: vec![
                WorkStep {
                    id: new_id(),
                    day: day("2020-02-10"),
                    amount: 97,
                    note: "Đợt 1".to_owned(),
                    until: None,
                },
                WorkStep {
                    id: new_id(),
                    day: day("2020-03-20"),
                    amount: 14,
                    note: "Đợt 2".to_owned(),
                    until: None,
                },
            ],
        };
        seasons::add_work(tx, &season.id, &work)
            .await
            .expect("add a preparation");
        progress::rebuild(tx, &season).await.expect("count");
    })
    .await;
}

fn pdf_text(pdf: &[u8]) -> String {
    let mut reader = Command::new("pdftotext")
        .args(["-layout", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("this test reads PDFs with pdftotext: install poppler-utils ({error})")
        });
    reader
        .stdin
        .take()
        .expect("its input")
        .write_all(pdf)
        .expect("hand it the PDF");
    let read = reader.wait_with_output().expect("its output");
    assert!(read.status.success());
    String::from_utf8(read.stdout)
        .expect("a text")
        .replace('\u{200b}', "")
}

/// Every figure in a text, with how often it stands there: 121/235, 51,5, days.
fn figures(text: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for word in text.split(|letter: char| letter.is_whitespace() || "()%:;“”".contains(letter))
    {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if word.contains(['/', ',']) && word.starts_with(|letter: char| letter.is_ascii_digit()) {
            *found.entry(word.to_owned()).or_default() += 1;
        }
    }
    found
}

fn paper(answer: &Answer) -> String {
    let page = answer.text();
    let start = page.find("<article class=\"paper\"").expect("a paper");
    let end = page.find("</article>").expect("its end");
    let body = page.as_bytes()[start..end].to_vec();
    let paper = Answer {
        status: answer.status,
        headers: answer.headers.clone(),
        body,
        address: answer.address.clone(),
    };
    paper.words()
}

const AT: &str = "unit=HB&on=2020-03-02";

#[tokio::test]
async fn every_format_has_the_figures_of_the_page() {
    on_both(async |scratch: &Scratch| {
        let hall = Hall::new(&scratch.db, day("2020-03-02"));
        stage(&hall).await;
        let mut officer = hall
            .person("vanphong", Role::Office, Some(unit("HB")))
            .await;
        let screen = officer
            .get(&format!("/s/hb-2020/progress?{AT}"))
            .await
            .is(200);
        let sentence =
            "Tính đến ngày 02-3-2020, Đảng bộ quận Hòa Bình có 2/5 chi bộ đã đại hội (40,0 %).";
        let preview = officer
            .get(&format!("/s/hb-2020/report?{AT}"))
            .await
            .is(200);
        let paper = paper(&preview);
        let plain = |text: &str| text.replace('\u{a0}', " ");
        assert!(
            plain(&screen.words()).contains(sentence),
            "{}",
            screen.words()
        );
        assert!(plain(&paper).contains(sentence), "{paper}");
        for told in [
            "QUẬN ỦY HÒA BÌNH",
            "Hòa Bình, ngày 02 tháng 3 năm 2020",
            "(tính đến ngày 02 tháng 3 năm 2020)",
            "Hội trường nhỏ, phải họp hai ca",
            "09–10/03/2020",
            "54/60",
            "97/111",
            "87,4",
        ] {
            assert!(paper.contains(told), "{told} is missing in {paper}");
        }
        let pdf = officer
            .get(&format!("/s/hb-2020/report.pdf?{AT}"))
            .await
            .is(200);
        assert_eq!(pdf.header("content-type"), "application/pdf");
        assert!(
            pdf.header("content-disposition")
                .contains("bao-cao-hb-2020-HB-2020-03-02.pdf")
        );
        assert_eq!(figures(&pdf_text(&pdf.body)), figures(&paper));
        for (ending, inside) in [("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")] {
            let file = officer
                .get(&format!("/s/hb-2020/report.{ending}?{AT}"))
                .await
                .is(200);
            assert!(file.body.starts_with(b"PK"));
            assert!(String::from_utf8_lossy(&file.body).contains(inside));
        }
    })
    .await;
}

#[tokio::test]
async fn what_an_officer_adjusts_stands_in_the_address_and_nothing_else() {
    on_both(async |scratch: &Scratch| {
        let hall = Hall::new(&scratch.db, day("2020-03-02"));
        stage(&hall).await;
        let mut officer = hall.person("vanphong", Role::Office, Some(unit("HB"))).await.in_english();
        let form = "superior=&body=QU%E1%BA%ACN+%E1%BB%A6Y+H%C3%92A+B%C3%8CNH&place=H%C3%B2a+B%C3%ACnh\
                    &number=S%E1%BB%91+12-BC%2FQU&signer=L%C3%AA+Th%E1%BB%8B+Na";
        let sent = officer.get_once(&format!("/s/hb-2020/report?{AT}&{form}")).await.is(303);
        let address = sent.header("location").to_owned();
        assert!(!address.contains("place=") && !address.contains("body="), "{address}");
        assert!(address.contains("number=S") && address.contains("signer=L"), "{address}");
        let page = officer.get(&address).await.is(200);
        // The screen speaks English, the paper does not.
        let page = page.says("Recipients").says("BÁO CÁO").says("Số 12-BC/QU").says("Lê Thị Na");
        let _ = page.says("Nơi nhận:");
        let pdf = officer.get(&address.replace("/report?", "/report.pdf?")).await.is(200);
        let text = pdf_text(&pdf.body);
        assert!(text.contains("Số 12-BC/QU") && text.contains("Lê Thị Na"), "{text}");
        let long = "x".repeat(1_001);
        let _ = officer.get(&format!("/s/hb-2020/report?{AT}&signer={long}")).await.is(422);
    })
    .await;
}

#[tokio::test]
async fn a_report_is_for_those_whose_part_of_the_tree_it_tells_of() {
    on_both(async |scratch: &Scratch| {
        let hall = Hall::new(&scratch.db, day("2020-03-02"));
        stage(&hall).await;
        let mut ward = hall.person("phuong", Role::Office, Some(unit("TH"))).await;
        let _ = ward
            .get("/s/hb-2020/report.pdf?unit=TH&on=2020-03-02")
            .await
            .is(200);
        let _ = ward.get(&format!("/s/hb-2020/report?{AT}")).await.is(403);
        let _ = ward.get("/s/hb-2020/report.docx?unit=PS").await.is(403);
        let mut wall = hall.person("manhinh", Role::Wall, Some(unit("HB"))).await;
        let _ = wall
            .get(&format!("/s/hb-2020/report.xlsx?{AT}"))
            .await
            .is(403);
        let sent_away = hall
            .stranger()
            .get_once(&format!("/s/hb-2020/report?{AT}"))
            .await
            .is(303);
        assert!(sent_away.header("location").starts_with("/login"));
        // The smallest unit reports too.
        let own = ward
            .get("/s/hb-2020/report?unit=TH-01&on=2020-03-02")
            .await
            .is(200);
        let _ = own.says("CHI BỘ 1").says("T/M CHI BỘ");
    })
    .await;
}

#[tokio::test]
async fn the_terminal_writes_the_same_report() {
    let scratch = plenum_testkit::scratch_sqlite().await;
    plenum_store::schema::migrate(&scratch.db)
        .await
        .expect("migrate");
    let hall = Hall::new(&scratch.db, day("2020-03-02"));
    stage(&hall).await;
    let mut officer = hall
        .person("vanphong", Role::Office, Some(unit("HB")))
        .await;
    let page = officer
        .get(&format!("/s/hb-2020/report.pdf?{AT}"))
        .await
        .is(200);
    let out = std::env::temp_dir().join(format!("plenum-report-{:032x}.pdf", new_id()));
    let done = Command::new(env!("CARGO_BIN_EXE_plenum"))
        .args([
            "report",
            "--database",
            &scratch.url,
            "--season",
            "hb-2020",
            "--unit",
            "HB",
            "--as-of",
            "2020-03-02",
        ])
        .args(["--format", "pdf", "--out"])
        .arg(&out)
        .output()
        .expect("run plenum");
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let written = std::fs::read(&out).expect("the report");
    std::fs::remove_file(&out).expect("tidy up");
    assert_eq!(pdf_text(&written), pdf_text(&page.body));
    scratch.remove().await;
}
