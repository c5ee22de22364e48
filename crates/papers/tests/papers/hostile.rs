//! Files from people who mean harm, and files that suffered on the way. None may panic or eat the machine.

use std::io::{Cursor, Write};
use std::time::Instant;

use plenum_papers::sheet::{self, Limits, Sheet, SheetRefusal};
use zip::write::SimpleFileOptions;

const RELATIONS: &str = r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const MAIN: &str =
    r#"<workbook><sheets><sheet name="Bảng" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const MAIN_RELATIONS: &str = r#"<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="rId2" Type="x/styles" Target="styles.xml"/>
    <Relationship Id="rId3" Type="x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>"#;
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm"/></numFmts>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;
const STRINGS: &str = "<sst><si><t>Chung</t></si></sst>";
const DATA: &str = r#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>"#;

/// A ZIP package of these parts; a part given as empty is left out.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts.iter().filter(|part| !part.1.is_empty()) {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a new part");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("a package").into_inner()
}

/// A small valid workbook with some parts replaced.
pub fn workbook(replaced: &[(&str, &str)]) -> Vec<u8> {
    let usual = [
        ("_rels/.rels", RELATIONS),
        ("xl/workbook.xml", MAIN),
        ("xl/_rels/workbook.xml.rels", MAIN_RELATIONS),
        ("xl/styles.xml", STYLES),
        ("xl/sharedStrings.xml", STRINGS),
        ("xl/worksheets/sheet1.xml", DATA),
    ];
    let part = |(name, content)| {
        let other = replaced.iter().find(|replaced| replaced.0 == name);
        (name, other.map_or(content, |replaced| replaced.1))
    };
    package(&usual.map(part))
}

/// A workbook with these rows.
pub fn part_of_sheet(rows: &str) -> Vec<u8> {
    let data = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    workbook(&[("xl/worksheets/sheet1.xml", &data)])
}

fn read(bytes: &[u8]) -> Result<Sheet, SheetRefusal> {
    sheet::read(bytes, &Limits::default())
}

fn damaged_part(bytes: &[u8]) -> String {
    match read(bytes) {
        Err(SheetRefusal::Damaged { part, .. }) => part,
        other => panic!("expected a damaged part, got {other:?}"),
    }
}

#[test]
fn a_large_file_is_refused_by_its_size_before_anything_is_read() {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.resize(100_000_000, b'x');
    let start = Instant::now();
    assert_eq!(
        read(&bytes),
        Err(SheetRefusal::TooBig {
            bytes: 100_000_000,
            limit: 40_000_000
        })
    );
    assert!(start.elapsed().as_millis() < 50, "nothing was read");
}

#[test]
fn a_zip_bomb_is_stopped_by_counting_what_it_unpacks_to() {
    let limits = Limits {
        unpacked_bytes: 3_000_000,
        ..Limits::default()
    };
    let padding = " ".repeat(64);
    let rows: String = (1..=60_000)
        .map(|i| format!("<row r=\"{i}\">{padding}</row>"))
        .collect();
    let bytes = part_of_sheet(&rows);
    assert!(bytes.len() < 300_000, "{} bytes packed", bytes.len());
    assert_eq!(
        sheet::read(&bytes, &limits),
        Err(SheetRefusal::UnpacksTooBig { limit: 3_000_000 })
    );
    let strings = format!(
        "<sst>{}</sst>",
        format!("<si><t>{padding}</t></si>").repeat(60_000)
    );
    let bytes = workbook(&[("xl/sharedStrings.xml", &strings)]);
    assert_eq!(
        sheet::read(&bytes, &limits),
        Err(SheetRefusal::UnpacksTooBig { limit: 3_000_000 })
    );
    // Sizes in the headers that lie about what follows change nothing.
    let mut lying = bytes.clone();
    let size = u32::try_from(strings.len()).expect("small").to_le_bytes();
    let mut at = 0;
    while let Some(found) = lying[at..].windows(4).position(|window| window == size) {
        lying[at + found..at + found + 4].copy_from_slice(&10_u32.to_le_bytes());
        at += found + 4;
    }
    assert!(at > 0, "the size stands in the headers");
    assert!(sheet::read(&lying, &limits).is_err());
}

#[test]
fn one_endless_token_is_stopped_before_it_fills_the_memory() {
    let endless = format!("<sst><si><t>{}</t></si></sst>", "a".repeat(20_000_000));
    assert_eq!(
        damaged_part(&workbook(&[("xl/sharedStrings.xml", &endless)])),
        "xl/sharedStrings.xml"
    );
}

#[test]
fn one_text_repeated_by_reference_is_counted_each_time() {
    let text = "a".repeat(2_000);
    let strings = format!("<sst><si><t>{text}</t></si></sst>");
    let cells = r#"<c t="s"><v>0</v></c>"#.repeat(60);
    let data = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        format!("<row>{cells}</row>").repeat(1_000)
    );
    let bytes = workbook(&[
        ("xl/sharedStrings.xml", &strings),
        ("xl/worksheets/sheet1.xml", &data),
    ]);
    let limits = Limits {
        unpacked_bytes: 10_000_000,
        ..Limits::default()
    };
    assert_eq!(
        sheet::read(&bytes, &limits),
        Err(SheetRefusal::UnpacksTooBig { limit: 10_000_000 })
    );
    assert_eq!(
        read(&bytes).expect("within the usual limits").rows.len(),
        999
    );
}

#[test]
fn entities_are_never_expanded() {
    let laughs =
        r#"<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>"#;
    let bytes = workbook(&[("xl/sharedStrings.xml", laughs)]);
    assert_eq!(
        read(&bytes),
        Err(SheetRefusal::DocumentType {
            part: "xl/sharedStrings.xml".to_owned()
        })
    );
    let undeclared = "<sst><si><t>&xxe;</t></si></sst>";
    assert_eq!(
        damaged_part(&workbook(&[("xl/sharedStrings.xml", undeclared)])),
        "xl/sharedStrings.xml"
    );
}

#[test]
fn absurd_references_allocate_nothing() {
    let start = Instant::now();
    let far = part_of_sheet(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    assert_eq!(
        read(&far),
        Err(SheetRefusal::TooManyColumns {
            at: "XFD1048576".to_owned(),
            limit: 64
        })
    );
    for rows in [
        r#"<row r="4294967295"/>"#,
        r#"<row r="0"/>"#,
        r#"<row r="1048577"/>"#,
        r#"<row r="-1"/>"#,
        r#"<row r="2"/><row r="1"/>"#,
        r#"<row r="2"/><row r="2"/>"#,
        r#"<row r="1"><c r="ZZZZZZZZZ1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A2"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>"#,
        r#"<row r="1"><c r="A1"><v>NaN</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>-1</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="s"><v>99999999999999999999</v></c></row>"#,
        r#"<row r="1"><c r="A1" t="q"><v>1</v></c></row>"#,
        r#"<row r="1"><c r="A1"><v>1</v></row>"#,
    ] {
        assert_eq!(
            damaged_part(&part_of_sheet(rows)),
            "xl/worksheets/sheet1.xml",
            "{rows}"
        );
    }
    assert!(start.elapsed().as_secs() < 2);
}

#[test]
fn missing_parts_are_named() {
    for name in [
        "xl/worksheets/sheet1.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/workbook.xml",
    ] {
        assert_eq!(damaged_part(&workbook(&[(name, "")])), name);
    }
    assert_eq!(
        read(&workbook(&[("xl/_rels/workbook.xml.rels", "")])),
        Err(SheetRefusal::NoSheet)
    );
    assert_eq!(
        read(&workbook(&[("_rels/.rels", "")])).map(|sheet| sheet.header),
        Ok(vec!["Chung".to_owned()])
    );
    let letter = package(&[
        (
            "_rels/.rels",
            &RELATIONS.replace("xl/workbook", "word/document"),
        ),
        ("word/document.xml", "<document/>"),
    ]);
    assert_eq!(read(&letter), Err(SheetRefusal::NotASpreadsheet));
    assert_eq!(
        read(&package(&[("photo.txt", "x")])),
        Err(SheetRefusal::NotASpreadsheet)
    );
}

#[test]
fn old_and_encrypted_workbooks_are_told_apart() {
    let mut container = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    container.resize(2_048, 0);
    assert_eq!(read(&container), Err(SheetRefusal::OldXls));
    container.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(read(&container), Err(SheetRefusal::Encrypted));
}

#[test]
fn a_truncated_file_is_refused_wherever_it_ends() {
    let bytes = sheet::write_xlsx(&read(&part_of_sheet(DATA)).expect("readable")).expect("an XLSX");
    for length in (0..bytes.len()).step_by(37) {
        assert!(
            read(&bytes[..length]).is_err(),
            "{length} of {} bytes",
            bytes.len()
        );
    }
}

/// Xorshift: the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below).expect("small")).expect("small")
    }
}

#[test]
fn random_damage_never_panics() {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let rows = r#"<row r="2"><c r="A2" t="inlineStr"><is><t>Lê Ánh &amp; _x000D_</t></is></c><c r="B2" s="2"><v>43892.5</v></c>
        <c r="C2"><f>A1</f><v>1E5</v></c></row>"#;
    let data = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let valid = part_of_sheet(rows);
    let csv = "Họ tên;Ngày\n\"Lê \"\"Ánh\"\"\";02/9/1945\n'=x;\n".as_bytes();
    let mut refused = 0;
    for _ in 0..600 {
        for original in [valid.as_slice(), csv] {
            let mut bytes = original.to_vec();
            for _ in 0..=dice.roll(6) {
                let at = dice.roll(bytes.len());
                bytes[at] = u8::try_from(dice.roll(256)).expect("a byte");
            }
            refused += u32::from(read(&bytes).is_err());
        }
        // Damage inside the XML, behind a sound ZIP, reaches the parser itself.
        for (name, part) in [
            ("xl/worksheets/sheet1.xml", data.as_str()),
            ("xl/styles.xml", STYLES),
            ("xl/workbook.xml", MAIN),
        ] {
            let mut xml = part.as_bytes().to_vec();
            for _ in 0..=dice.roll(4) {
                let at = dice.roll(xml.len());
                match dice.roll(3) {
                    0 => drop(xml.remove(at)),
                    1 => xml[at] = b"<>&\"'/0!?x"[dice.roll(10)],
                    _ => xml.insert(at, b"<>&;[]-9"[dice.roll(8)]),
                }
            }
            refused +=
                u32::from(read(&workbook(&[(name, &String::from_utf8_lossy(&xml))])).is_err());
        }
    }
    assert!(
        (500..3_000).contains(&refused),
        "{refused} of 3000: the damage is felt, and not everything is refused"
    );
}

#[test]
fn a_large_honest_workbook_is_read_quickly() {
    let rows: String = (1..=20_000)
        .map(|i| {
            let cells: String = ["A", "B", "C", "D", "E", "F", "G", "H"]
                .iter()
                .map(|column| format!("<c r=\"{column}{i}\" t=\"str\"><v>Chi bộ số {i}</v></c>"))
                .collect();
            format!("<row r=\"{i}\">{cells}</row>")
        })
        .collect();
    let bytes = part_of_sheet(&rows);
    let start = Instant::now();
    assert_eq!(read(&bytes).expect("readable").rows.len(), 19_999);
    // Generous for an unoptimised build on a busy machine; a quadratic reader would need minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
