//! Tabular files there and back.

use plenum_papers::sheet::{self, Limits, Sheet, SheetCell, SheetRefusal, SheetRow};

use crate::hostile::{part_of_sheet, workbook};
use crate::specimen::day;

fn text(text: &str) -> SheetCell {
    SheetCell::Text(text.to_owned())
}

fn number(text: &str) -> SheetCell {
    SheetCell::Number(text.to_owned())
}

fn row(line: u32, cells: Vec<SheetCell>) -> SheetRow {
    SheetRow { line, cells }
}

fn read(bytes: &[u8]) -> Result<Sheet, SheetRefusal> {
    sheet::read(bytes, &Limits::default())
}

fn sample() -> Sheet {
    Sheet {
        name: "Đại biểu".to_owned(),
        header: vec![
            "Họ và tên".to_owned(),
            "Ngày sinh".to_owned(),
            "Tuổi đảng".to_owned(),
            "Nữ".to_owned(),
        ],
        rows: vec![
            row(
                2,
                vec![
                    text("Nguyễn Thị Ế"),
                    SheetCell::Day(day(1975, 9, 2)),
                    number("21"),
                    SheetCell::Bool(true),
                ],
            ),
            row(3, vec![text("=1+1"), SheetCell::Empty, number("-0.125")]),
            row(
                4,
                vec![
                    text("Một, hai; \"ba\"\nbốn"),
                    SheetCell::Day(day(1900, 1, 1)),
                    number("12345678901234567890"),
                ],
            ),
            row(
                5,
                vec![
                    text("_x0041_ '=x  "),
                    SheetCell::Empty,
                    SheetCell::Empty,
                    SheetCell::Bool(false),
                ],
            ),
        ],
    }
}

#[test]
fn a_written_workbook_reads_back_the_same() {
    let bytes = sheet::write_xlsx(&sample()).expect("an XLSX");
    let mut expected = sample();
    // A spreadsheet holds about 15 digits: the long number is kept exact, as text.
    expected.rows[2].cells[2] = text("12345678901234567890");
    assert_eq!(read(&bytes).expect("readable"), expected);
    assert_eq!(
        bytes,
        sheet::write_xlsx(&sample()).expect("an XLSX"),
        "deterministic"
    );
}

#[test]
fn a_written_csv_reads_back_as_text_without_formulas() {
    let bytes = sheet::write_csv(&sample());
    let raw = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert!(
        raw.starts_with("\u{feff}Họ và tên,"),
        "Excel needs the byte order mark"
    );
    assert!(raw.contains("\r\n'=1+1,,-0.125\r\n"), "{raw}");
    let back = read(&bytes).expect("readable");
    assert_eq!(back.header, sample().header);
    let as_text: Vec<Vec<String>> = back
        .rows
        .iter()
        .map(|row| row.cells.iter().map(SheetCell::as_text).collect())
        .collect();
    let expected: Vec<Vec<String>> = sample()
        .rows
        .iter()
        .map(|row| row.cells.iter().map(SheetCell::as_text).collect())
        .collect();
    assert_eq!(as_text, expected);
}

#[test]
fn guards_against_formulas_are_taken_away_exactly_once() {
    for cell in [
        "=x",
        "'=x",
        "''=x",
        "+84 905",
        "-",
        "@a",
        "'chi bộ'",
        "'",
        "a=b",
        "\t=x",
        "\n=x",
    ] {
        let sheet = Sheet {
            name: String::new(),
            header: vec!["A".to_owned()],
            rows: vec![row(2, vec![text(cell)])],
        };
        let bytes = sheet::write_csv(&sheet);
        let raw = String::from_utf8(bytes.clone()).expect("UTF-8");
        let field = raw
            .lines()
            .nth(1)
            .unwrap_or_default()
            .trim_start_matches('"');
        assert!(!field.starts_with(['=', '+', '-', '@', '\t']), "{raw:?}");
        assert_eq!(read(&bytes).expect("readable"), sheet, "{cell:?}");
    }
}

#[test]
fn csv_of_every_office() {
    let expected = vec![
        row(2, vec![text("Lê Ánh"), text("02/9/1945")]),
        row(4, vec![text("Võ, Yến")]),
    ];
    let body = |separator: &str| {
        format!(
            "Họ tên{separator}Ngày sinh\r\nLê Ánh{separator}02/9/1945\r\n{separator}\r\n\"Võ, Yến\"{separator}\r\n"
        )
    };
    let utf16 = |text: &str| -> Vec<u8> {
        [0xff, 0xfe]
            .into_iter()
            .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
            .collect()
    };
    let files = [
        body(",").into_bytes(),
        body(";").into_bytes(),
        body("\t").into_bytes(),
        format!("\u{feff}{}", body(";")).into_bytes(),
        format!("sep=|\r\n{}", body("|")).into_bytes(),
        utf16(&body("\t")),
        body(",").replace("\r\n", "\n").into_bytes(),
        body(",").replace("\r\n", "\r").into_bytes(),
        body(",").trim_end().as_bytes().to_vec(),
    ];
    for file in files {
        let sheet = read(&file)
            .unwrap_or_else(|refusal| panic!("{refusal}: {}", String::from_utf8_lossy(&file)));
        assert_eq!(sheet.header, ["Họ tên", "Ngày sinh"]);
        assert_eq!(sheet.rows, expected);
    }
}

#[test]
fn csv_that_is_not_text_says_where() {
    let refusals = [
        (
            &b"a,b\nc,d\nNguy\xeen,x\n"[..],
            SheetRefusal::NotUtf8 { line: 3 },
        ),
        (b"a,b\n\"c\nd,e\n", SheetRefusal::BadQuoting { line: 2 }),
        (
            b"a,b\n1,\"x\ny\"\n2,\"c\"d,e\n",
            SheetRefusal::BadQuoting { line: 4 },
        ),
        (b"\xff\xfea\x00\x00\xd8", SheetRefusal::NotUtf8 { line: 1 }),
        (b"%PDF-1.7\n", SheetRefusal::NotASpreadsheet),
        (b"\x89PNG\r\n\x1a\n\0\0\0", SheetRefusal::NotASpreadsheet),
        (b"", SheetRefusal::NothingInIt),
        (b"\xef\xbb\xbf\r\n , \r\n", SheetRefusal::NothingInIt),
    ];
    for (bytes, refusal) in refusals {
        assert_eq!(
            read(bytes),
            Err(refusal),
            "{}",
            String::from_utf8_lossy(bytes)
        );
    }
    assert!(
        SheetRefusal::NotUtf8 { line: 3 }
            .to_string()
            .contains("line 3")
    );
    assert_eq!(SheetRefusal::NotUtf8 { line: 3 }.code(), "E-SHEET-13");
}

#[test]
fn cells_of_every_kind_are_told_apart() {
    let bytes = part_of_sheet(
        r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><r><t>Lê </t></r><r><t>Ánh</t></r><rPh><t>no</t></rPh></is></c></row>
           <row r="7"><c r="A7" s="1"><v>43892</v></c><c r="B7"><f>SUM(A1:A6)</f><v>42</v></c><c r="C7" t="e"><v>#N/A</v></c>
           <c r="D7" t="b"><v>1</v></c><c r="E7"><v>1.50E2</v></c><c r="F7" t="d"><v>2020-03-02T00:00:00</v></c>
           <c r="G7" s="2"><v>43892.5</v></c><c r="H7" t="str"><v>a &amp; b&#x1EBF;</v></c><c r="XFD7" s="1"/></row>
           <row r="9"><c r="B9"><f t="shared" si="0"/><v>7</v></c></row>"#,
    );
    let sheet = read(&bytes).expect("readable");
    assert_eq!(sheet.header, ["Chung", "", "Lê Ánh"]);
    assert_eq!(sheet.rows.len(), 2);
    assert_eq!(
        sheet.rows[0],
        row(
            7,
            vec![
                SheetCell::Day(day(2020, 3, 2)),
                SheetCell::Formula("SUM(A1:A6)".to_owned()),
                SheetCell::Error("#N/A".to_owned()),
                SheetCell::Bool(true),
                number("150"),
                SheetCell::Day(day(2020, 3, 2)),
                text("02/03/2020 12:00"),
                text("a & bế"),
            ]
        )
    );
    assert_eq!(
        sheet.rows[1],
        row(9, vec![SheetCell::Empty, SheetCell::Formula(String::new())])
    );
}

#[test]
fn the_first_visible_worksheet_is_read_and_1904_is_respected() {
    let main = r#"<workbook><workbookPr date1904="1"/><sheets><sheet name="Ẩn" sheetId="1" state="hidden" r:id="rId9"/>
        <sheet name="Danh sách" sheetId="2" r:id="rId1"/></sheets></workbook>"#;
    let data = r#"<worksheet><sheetData><row><c t="str"><v>Ngày</v></c></row><row><c s="1"><v>42430</v></c></row></sheetData></worksheet>"#;
    let sheet = read(&workbook(&[
        ("xl/workbook.xml", main),
        ("xl/worksheets/sheet1.xml", data),
    ]))
    .expect("readable");
    assert_eq!(sheet.name, "Danh sách");
    assert_eq!(sheet.rows, [row(2, vec![SheetCell::Day(day(2020, 3, 2))])]);
    let hidden = main.replace(
        "name=\"Danh sách\"",
        "name=\"Danh sách\" state=\"veryHidden\"",
    );
    assert_eq!(
        read(&workbook(&[("xl/workbook.xml", &hidden)])),
        Err(SheetRefusal::NoSheet)
    );
}

#[test]
fn limits_name_the_cell() {
    let bytes = part_of_sheet(
        r#"<row r="1"><c r="A1" t="str"><v>A</v></c></row><row r="17"><c r="C17" t="str"><v>dài quá rồi</v></c></row>
           <row r="18"><c r="AA18"><v>1</v></c></row>"#,
    );
    let with = |limits: Limits| sheet::read(&bytes, &limits);
    let limits = Limits::default();
    assert!(with(limits).is_ok());
    assert_eq!(
        with(Limits {
            cell_chars: 10,
            ..limits
        }),
        Err(SheetRefusal::CellTooLong {
            at: "C17".to_owned(),
            limit: 10
        })
    );
    assert!(
        with(Limits {
            cell_chars: 11,
            ..limits
        })
        .is_ok(),
        "characters, not bytes"
    );
    assert_eq!(
        with(Limits {
            columns: 26,
            ..limits
        }),
        Err(SheetRefusal::TooManyColumns {
            at: "AA18".to_owned(),
            limit: 26
        })
    );
    assert_eq!(
        with(Limits { rows: 1, ..limits }),
        Err(SheetRefusal::TooManyRows { limit: 1 })
    );
    let csv = "a,b\n1,2\n3,4\n";
    let with = |limits: Limits| sheet::read(csv.as_bytes(), &limits);
    assert_eq!(
        with(Limits { rows: 1, ..limits }),
        Err(SheetRefusal::TooManyRows { limit: 1 })
    );
    assert_eq!(
        with(Limits {
            columns: 1,
            ..limits
        }),
        Err(SheetRefusal::TooManyColumns {
            at: "B1".to_owned(),
            limit: 1
        })
    );
}
