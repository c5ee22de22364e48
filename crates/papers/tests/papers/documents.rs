//! Papers as their readers see them: the PDF through `pdftotext`, DOCX and XLSX through their parts.

use std::io::{Cursor, Read};
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use plenum_papers::sheet::{self, Limits, SheetCell};
use plenum_papers::{Align, Cell, Column, OfficialDocument, PaperError, Row, Section, Table};

use crate::specimen::{day, report, units_table};

/// What one of poppler's tools says about a PDF.
fn poppler(tool: &str, arguments: &[&str], pdf: &[u8]) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("papers-{}.pdf", NUMBER.fetch_add(1, Ordering::Relaxed));
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, pdf).expect("the target folder is writable");
    let mut command = Command::new(tool);
    command.args(arguments).arg(&file);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap_or_else(|error| {
        panic!("this test reads PDFs with `{tool}`: install poppler-utils ({error})");
    });
    assert!(
        output.status.success(),
        "{tool}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn text(pdf: &[u8]) -> String {
    poppler("pdftotext", &["-layout"], pdf)
}

/// Runs of white space as one space, so that line breaks do not matter.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A document of one section.
fn short(paragraphs: &[&str]) -> OfficialDocument {
    let paragraphs = paragraphs.iter().map(|&p| p.to_owned()).collect();
    OfficialDocument {
        sections: vec![Section {
            paragraphs,
            ..Section::default()
        }],
        ..report(1)
    }
}

fn one_column(cells: Vec<Cell>) -> OfficialDocument {
    let columns = vec![Column {
        title: "Tên".to_owned(),
        width_weight: 1,
        align: Align::Left,
    }];
    let rows = cells
        .into_iter()
        .map(|cell| Row {
            cells: vec![cell],
            emphasis: false,
        })
        .collect();
    let table = Some(Table {
        caption: None,
        columns,
        rows,
    });
    OfficialDocument {
        sections: vec![Section {
            table,
            ..Section::default()
        }],
        ..report(1)
    }
}

#[test]
fn a_name_without_end_breaks_in_the_minutes_too() {
    let name = "Nguyễn".repeat(20);
    let pdf = plenum_papers::pdf(&short(&[&format!("Danh sách: 1. {name}; 2. Lê Văn Hai.")]));
    let text = text(&pdf.expect("a PDF"));
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    assert!(letters.contains(&name), "{text}");
    // What runs over the edge of the paper is on the page and not on the paper: every line is short.
    assert!(
        text.lines().all(|line| line.trim().chars().count() < 100),
        "{text}"
    );
    assert!(flat(&text).contains("2. Lê Văn Hai."), "{text}");
}

#[test]
fn the_first_page_has_all_parts_of_the_layout_in_their_order() {
    let text = flat(&text(&plenum_papers::pdf(&report(3)).expect("a PDF")));
    let parts = [
        "ĐẢNG BỘ THÀNH PHỐ ĐÀ NẴNG ĐẢNG CỘNG SẢN VIỆT NAM",
        "QUẬN ỦY CẨM LỆ",
        "Số -BC/QU Cẩm Lệ, ngày 02 tháng 3 năm 2020",
        "BÁO CÁO",
        "tiến độ và kết quả đại hội",
        "I. TÌNH HÌNH CHUNG",
        "121/235 chi bộ đã đại hội (51,5 %), với 2.457 đảng viên dự",
        "TT",
        "Tổng cộng 9.421/10.307 91,4 %",
        "Nơi nhận: T/M BAN THƯỜNG VỤ",
        "- Lưu Văn phòng Quận ủy.",
        "Tôn Nữ Ngọc Bảo Khuê",
    ];
    let mut rest = text.as_str();
    for part in parts {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("{part:?} is missing or out of order in:\n{text}"));
        rest = &rest[at..];
    }
}

#[test]
fn a_long_table_keeps_every_row_and_repeats_its_header() {
    let text = text(&plenum_papers::pdf(&report(235)).expect("a PDF"));
    let pages: Vec<&str> = text
        .split('\u{c}')
        .filter(|page| !page.trim().is_empty())
        .collect();
    assert!(pages.len() > 8, "{} pages", pages.len());
    for (i, page) in pages.iter().enumerate() {
        let first = page
            .lines()
            .map(str::trim)
            .find(|line| !line.is_empty())
            .unwrap_or_default();
        let number = (i + 1).to_string();
        assert_eq!(
            first == number,
            i > 0,
            "page {number} begins with {first:?}: numbers from page 2 on"
        );
        let has_rows = page.contains(" %") && page.contains("/2020");
        assert_eq!(
            page.contains("Tên tổ chức đảng"),
            has_rows || i == 0,
            "header on page {number}"
        );
    }
    for i in 1..=235_i64 {
        let total = 12 + (i * 37) % 61;
        let ratio = format!("{}/{total}", total - (i * 5) % 9);
        let found = text.lines().any(|line| {
            let mut words = line.split_whitespace();
            words.next() == Some(i.to_string().as_str()) && line.contains(&ratio)
        });
        assert!(found, "row {i} with {ratio} is missing");
    }
}

#[test]
fn nothing_in_a_text_is_read_as_markup() {
    let nasty =
        "#panic() *đậm* _nghiêng_ $x^2$ <nhãn> @ai // chú #sys.inputs ``` = Đề mục \\ \"x\" & co.";
    let document = short(&[nasty]);
    let printed = flat(&text(&plenum_papers::pdf(&document).expect("a PDF")));
    assert!(printed.contains(nasty), "{printed}");
    let in_table = one_column(vec![Cell::Text("#let x = 1; *Chi bộ* 1".to_owned())]);
    let printed = flat(&text(&plenum_papers::pdf(&in_table).expect("a PDF")));
    assert!(printed.contains("#let x = 1; *Chi bộ* 1"), "{printed}");
    let xml = part(
        &plenum_papers::docx(&document).expect("a DOCX"),
        "word/document.xml",
    );
    assert!(
        xml.contains("&lt;nhãn&gt; @ai") && xml.contains("&amp; co."),
        "escaped once"
    );
}

#[test]
fn every_vietnamese_letter_is_printed_with_the_text_font() {
    let small =
        "aàảãáạ ăằẳẵắặ âầẩẫấậ đ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ";
    let all = format!("{small} {}", small.to_uppercase());
    let pdf = plenum_papers::pdf(&short(&[&all])).expect("a PDF");
    let printed = flat(&text(&pdf));
    assert!(printed.contains(&all), "{printed}");
    let fonts = poppler("pdffonts", &[], &pdf);
    for line in fonts.lines().skip(2) {
        assert!(
            line.contains("LibertinusSerif"),
            "another font stepped in: {fonts}"
        );
    }
    let decomposed = flat(&text(
        &plenum_papers::pdf(&short(&["Nguye\u{302}\u{303}n Thi\u{323} E\u{301}"])).expect("a PDF"),
    ));
    assert!(
        decomposed.contains("Nguyễn Thị É")
            || decomposed.contains("Nguye\u{302}\u{303}n Thi\u{323} E\u{301}"),
        "{decomposed}"
    );
}

#[test]
fn what_no_font_has_stands_as_a_visible_mark_and_no_paper_fails_for_it() {
    let hard = short(&[
        "Chi bộ \u{13000} và \u{13001}",
        "Lý do: 🙂👍🏽, 会议, ประชุม, \u{202e}ngược\u{202c}, \u{e000}, \u{10ffff}, ❤\u{fe0f}.",
        "a\u{20dd} ש\u{5bc} क\u{93f} \u{301}\u{302} đ\u{fffd}",
    ]);
    let printed = flat(&text(&plenum_papers::pdf(&hard).expect("a PDF")));
    for said in ["Chi bộ □ và □", "Lý do: □□, □□, □□□□□□, ngược, □, □, □."]
    {
        assert!(printed.contains(said), "{said}: {printed}");
    }
    // Word has fonts for all of it; only what turns the direction is gone.
    let docx = plenum_papers::docx(&hard).expect("a DOCX");
    let document = part(&docx, "word/document.xml");
    assert!(document.contains("会议") && !document.contains('\u{202e}'));
}

/// Characters of the first three planes alone and under a mark, in a paragraph and in bold.
#[test]
fn any_letter_with_any_mark_can_be_printed() {
    let letters = (0_u32..0x3_0000).step_by(41).filter_map(char::from_u32);
    let all: String = letters.flat_map(|c| [c, ' ', c, '\u{323}', ' ']).collect();
    let mut paper = one_column(vec![Cell::Empty]);
    paper.sections[0].paragraphs = vec![all.clone()];
    if let Some(table) = paper.sections[0].table.as_mut() {
        table.columns[0].title = all;
    }
    let made = plenum_papers::pdf(&paper);
    assert!(made.is_ok(), "{made:?}");
}

#[test]
fn the_same_document_gives_the_same_bytes_and_carries_its_own_date() {
    let document = report(20);
    let first = plenum_papers::pdf(&document).expect("a PDF");
    assert_eq!(first, plenum_papers::pdf(&document).expect("a PDF"));
    let info = poppler("pdfinfo", &["-isodates"], &first);
    assert!(info.contains("2020-03-02T00:00:00"), "{info}");
    assert!(
        info.contains("Tagged:          yes") && info.contains("(A4)"),
        "{info}"
    );
    assert!(
        String::from_utf8_lossy(&first).contains("pdfaid:part>2"),
        "declared as PDF/A-2"
    );
    assert_eq!(
        plenum_papers::docx(&document),
        plenum_papers::docx(&document)
    );
    assert_eq!(
        plenum_papers::xlsx(&document),
        plenum_papers::xlsx(&document)
    );
}

#[test]
fn tables_that_cannot_be_set_are_refused_by_all_three_formats() {
    let mut too_long = report(3);
    if let Some(table) = too_long.sections[1].table.as_mut() {
        table.rows[1].cells.push(Cell::Count(1));
    }
    let mut no_columns = report(3);
    no_columns.sections[1].table = Some(Table::default());
    for paper in [plenum_papers::pdf, plenum_papers::docx, plenum_papers::xlsx] {
        assert_eq!(
            paper(&too_long),
            Err(PaperError::RowTooLong { table: 1, row: 2 })
        );
        assert_eq!(paper(&no_columns), Err(PaperError::NoColumns { table: 1 }));
    }
}

#[test]
fn a_document_of_almost_nothing_is_still_a_document() {
    let bare = OfficialDocument {
        heading: String::new(),
        superior_body: String::new(),
        issuing_body: String::new(),
        number: String::new(),
        place: String::new(),
        date: day(2020, 3, 2),
        kind: String::new(),
        abstract_line: String::new(),
        sections: vec![],
        authority: String::new(),
        post: String::new(),
        signer: String::new(),
        recipients: vec![],
    };
    let printed = flat(&text(&plenum_papers::pdf(&bare).expect("a PDF")));
    assert!(
        printed.contains("ngày 02 tháng 3 năm 2020")
            && !printed.contains("Nơi nhận")
            && !printed.contains("ĐẢNG"),
        "{printed}"
    );
    assert!(plenum_papers::docx(&bare).is_ok());
    assert!(plenum_papers::xlsx(&bare).is_ok());
}

/// A part of a package as text.
fn part(package: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).expect("a ZIP package");
    let mut text = String::new();
    archive
        .by_name(name)
        .expect("the part")
        .read_to_string(&mut text)
        .expect("UTF-8");
    text
}

#[test]
fn the_docx_is_well_formed_and_repeats_the_header_row() {
    let mut document = report(235);
    document.signer = "Lê \u{1}\u{b}Thị <Bình> & \u{fffe}Co".to_owned();
    let bytes = plenum_papers::docx(&document).expect("a DOCX");
    for name in [
        "[Content_Types].xml",
        "word/document.xml",
        "word/styles.xml",
        "word/header1.xml",
        "docProps/core.xml",
    ] {
        let xml = part(&bytes, name);
        assert!(
            !xml.contains(['\u{1}', '\u{b}', '\u{fffe}']),
            "{name} has characters XML forbids"
        );
        let mut reader = quick_xml::Reader::from_str(&xml);
        let mut depth = 0_i32;
        loop {
            match reader
                .read_event()
                .unwrap_or_else(|error| panic!("{name}: {error}"))
            {
                quick_xml::events::Event::Start(_) => depth += 1,
                quick_xml::events::Event::End(_) => depth -= 1,
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(depth, 0, "{name} closes what it opens");
    }
    let xml = part(&bytes, "word/document.xml");
    assert_eq!(xml.matches("<w:tblHeader/>").count(), 1);
    assert_eq!(
        xml.matches("<w:tr>").count(),
        2 + 1 + 236 + 1,
        "head, header row, body, signature"
    );
    for text in [
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "QUẬN ỦY CẨM LỆ",
        "51,5\u{a0}%",
        "Lê   Thị &lt;Bình&gt; &amp;  Co",
    ] {
        assert!(xml.contains(text) || xml.contains(&flat(text)), "{text}");
    }
    assert!(part(&bytes, "docProps/core.xml").contains("2020-03-02T00:00:00Z"));
    assert!(part(&bytes, "word/styles.xml").contains("Times New Roman"));
}

#[test]
fn the_workbook_holds_numbers_and_days_an_officer_can_add_up_and_sort() {
    let bytes = plenum_papers::xlsx(&report(12)).expect("an XLSX");
    let sheet = sheet::read(&bytes, &Limits::default()).expect("readable");
    assert_eq!(
        sheet.name, "Tiến độ đại hội các chi bộ trực",
        "cut to 31 characters"
    );
    let sheet = sheet.headed_at(6).expect("the header stands in row 6");
    assert_eq!(
        sheet.header,
        [
            "TT",
            "Tên tổ chức đảng",
            "Bí thư",
            "Ngày đại hội",
            "Đảng viên dự (đã)",
            "Đảng viên dự (tổng)",
            "Đảng viên dự (tỷ lệ)",
            "Tỷ lệ"
        ]
    );
    let number = |text: &str| SheetCell::Number(text.to_owned());
    let first = &sheet.rows[0];
    assert_eq!(first.line, 7);
    assert_eq!(first.cells[0], number("1"));
    assert_eq!(first.cells[3], SheetCell::Day(day(2020, 2, 2)));
    assert_eq!(
        first.cells[4..],
        [number("44"), number("49"), number("0.898"), number("0.898")]
    );
    assert_eq!(sheet.rows[10].cells[3], SheetCell::Empty, "no day yet");
    assert_eq!(sheet.rows.len(), 13);
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(
        xml.contains("state=\"frozen\"") && xml.contains("<autoFilter ref=\"A6:H18\""),
        "totals not filtered"
    );
    assert!(
        xml.contains("paperSize=\"9\"") && xml.contains("fitToHeight=\"0\""),
        "A4, one page wide"
    );
    assert!(
        part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"),
        "the header on every page"
    );
}

#[test]
fn text_never_becomes_a_formula() {
    let nasty = ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\t=1"];
    let document = one_column(
        nasty
            .iter()
            .map(|&text| Cell::Text(text.to_owned()))
            .collect(),
    );
    let bytes = plenum_papers::xlsx(&document).expect("an XLSX");
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!xml.contains("<f>") && !xml.contains("<f "), "{xml}");
    let sheet = sheet::read(&bytes, &Limits::default())
        .expect("readable")
        .headed_at(6)
        .expect("header");
    for (row, text) in sheet.rows.iter().zip(nasty) {
        assert_eq!(row.cells, [SheetCell::Text(text.replace('\t', " "))]);
    }
}

#[test]
fn tables_with_the_same_caption_get_tabs_of_their_own() {
    let mut document = report(2);
    for _ in 0..2 {
        document.sections.push(Section {
            table: Some(units_table(2)),
            ..Section::default()
        });
    }
    let bytes = plenum_papers::xlsx(&document).expect("an XLSX");
    let xml = part(&bytes, "xl/workbook.xml");
    assert_eq!(xml.matches("<sheet ").count(), 3);
    assert!(xml.contains("Tiến độ đại hội các chi bộ (2)"), "{xml}");
}

#[test]
fn long_cells_and_long_lists_are_cut_into_pages_and_not_cut_off() {
    let words: Vec<String> = (1..=1_500).map(|i| format!("ý{i}")).collect();
    let mut document = one_column(vec![Cell::Text(words.join(" "))]);
    document.recipients = (1..=120).map(|i| format!("Chi bộ nhận {i}")).collect();
    let printed = flat(&text(&plenum_papers::pdf(&document).expect("a PDF")));
    for i in (1..1_500).step_by(100).chain([1_500]) {
        assert!(printed.contains(&format!("ý{i} ")), "word {i} is cut off");
    }
    assert!(
        printed.contains("- Chi bộ nhận 120."),
        "the last recipient is cut off"
    );
}

#[test]
fn a_word_longer_than_its_column_breaks_and_invisible_characters_need_no_glyph() {
    let word = "thư_mục/đường_dẫn_rất_dài_không_khoảng_trắng.xlsx";
    let mut document = one_column(vec![
        Cell::Text(word.to_owned()),
        Cell::Text("a\u{200b}b\u{ad}c".to_owned()),
    ]);
    if let Some(table) = document.sections[0].table.as_mut() {
        for _ in 0..9 {
            table.columns.push(Column {
                title: "Số".to_owned(),
                width_weight: 1,
                align: Align::Right,
            });
        }
    }
    let pdf = plenum_papers::pdf(&document).expect("a PDF");
    let printed = text(&pdf);
    assert!(!printed.contains(word), "the word is broken: {printed}");
    let joined: String = printed
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{200b}')
        .collect();
    assert!(
        joined.contains("thư_") && joined.contains("trắng.xlsx"),
        "{joined}"
    );
}

/// How many rows of each page stand above the signature.
fn rows_on_the_last_page(rows: usize) -> (usize, usize, bool) {
    let cells = (1..=rows).map(|number| Cell::Text(format!("hàng {number};")));
    let mut document = one_column(cells.collect());
    document.signer = "Người ký".to_owned();
    let printed = text(&plenum_papers::pdf(&document).expect("a PDF"));
    let pages: Vec<&str> = printed
        .split('\u{c}')
        .filter(|page| !page.trim().is_empty())
        .collect();
    let last = pages.last().expect("a page");
    assert!(last.contains("Người ký"), "{rows}: {printed}");
    (
        pages.len(),
        last.matches("hàng ").count(),
        last.contains("Tên"),
    )
}

#[test]
fn nobody_signs_an_empty_page_and_a_small_table_stays_whole() {
    for rows in 1..60 {
        let (pages, on_last, headed) = rows_on_the_last_page(rows);
        assert!(on_last >= rows.min(2), "{rows} rows: {on_last} on the last");
        assert!(headed, "{rows} rows: the header is above them");
        if rows <= 8 {
            assert_eq!(on_last, rows, "on page {pages}");
        }
    }
    // A small table that begins at the foot of a page goes to the next one as a whole, with what leads to it.
    for paragraphs in 1..30 {
        let mut document = one_column(vec![Cell::Text("hàng;".to_owned()); 4]);
        document.sections[0].paragraphs = vec!["Một đoạn.".to_owned(); paragraphs];
        document.sections[0].paragraphs.push("Dẫn vào:".to_owned());
        document.sections.push(Section {
            paragraphs: vec!["Đoạn cuối.".to_owned()],
            ..Section::default()
        });
        let printed = text(&plenum_papers::pdf(&document).expect("a PDF"));
        let mut pages = printed.split('\u{c}');
        let with = pages.find(|page| page.contains("hàng;")).expect("a table");
        assert_eq!(with.matches("hàng;").count(), 4, "{paragraphs}: {printed}");
        assert!(with.contains("Dẫn vào:"), "{paragraphs}: {printed}");
    }
}
