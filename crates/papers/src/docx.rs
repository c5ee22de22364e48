//! An official document as DOCX, for offices that go on writing in it: Times New Roman, the layout of HD 36-HD/VPTW.
//!
//! The parts are written by us: the writers on the registry cannot repeat a table's header row on the next page.

mod parts;
mod wordml;

use self::wordml::{GridCell, Paragraph, Place, grid, row};
use crate::document::{self, Align, OfficialDocument, Section, Table, capitals, one_line};
use crate::error::PaperError;
use crate::vi;

/// Millimetres as twips.
const fn mm(millimetres: u32) -> u32 {
    millimetres * 1440 * 10 / 254
}

/// A4 with margins of 20 (top, bottom), 30 (left) and 15 mm (right), in twips.
const PAGE: (u32, u32) = (11_906, 16_838);
const TEXT_WIDTH: u32 = PAGE.0 - mm(30) - mm(15);

/// The document as DOCX, A4, Times New Roman; table headers repeat on every page, page numbers from the second page on.
/// The same document gives the same bytes; the creation date is the document's own.
///
/// # Errors
///
/// [`PaperError::NoColumns`] and [`PaperError::RowTooLong`] for a table that cannot be set, [`PaperError::Writing`] when
/// the package cannot be written.
pub fn docx(document: &OfficialDocument) -> Result<Vec<u8>, PaperError> {
    document.check()?;
    let mut body = head(document);
    body += &kind_and_abstract(document);
    let last = document.sections.len().saturating_sub(1);
    for (i, part) in document.sections.iter().enumerate() {
        body += &section(part, i == last);
    }
    body += &signature(document);
    let date = document.date;
    let properties = parts::Properties {
        title: &document.title(),
        author: &capitals(&document.issuing_body),
        day: &format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()),
    };
    let xml = format!(
        "<w:document {}><w:body>{body}{}</w:body></w:document>",
        parts::NAMESPACES,
        page_settings()
    );
    parts::package(&xml, &properties).map_err(|why| PaperError::Writing(why.to_string()))
}

fn page_settings() -> String {
    let (width, height) = PAGE;
    format!(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId3\"/><w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>\
         <w:pgMar w:top=\"{0}\" w:right=\"{1}\" w:bottom=\"{0}\" w:left=\"{2}\" w:header=\"{3}\" w:footer=\"{3}\" w:gutter=\"0\"/>\
         <w:titlePg/></w:sectPr>",
        mm(20),
        mm(15),
        mm(30),
        mm(10)
    )
}

/// A paragraph without any height to speak of: Word wants one between two tables and after a last one.
fn spacer(below: u16) -> String {
    Paragraph::new(Place::Left, 1).spaced(0, below).xml("")
}

fn side(width: u32, paragraphs: String) -> GridCell {
    GridCell {
        width,
        shaded: false,
        middle: false,
        paragraphs,
    }
}

/// The head of the first page: superior and issuing body against the heading, number against place and date.
fn head(document: &OfficialDocument) -> String {
    let place_and_date = one_line(&document.place_and_date());
    // A long place name needs more room: an italic letter at 14 pt is about 130 twips wide.
    let letters = u32::try_from(place_and_date.chars().count()).unwrap_or(u32::MAX);
    let right = letters.saturating_mul(130).clamp(4_804, 5_600);
    let columns = [TEXT_WIDTH - right, right];
    let center = |points| Paragraph::new(Place::Center, points);
    let mut left = String::new();
    let superior = capitals(&document.superior_body);
    if !superior.is_empty() {
        left += &center(14).xml(&superior);
    }
    left += &center(14).bold().xml(&capitals(&document.issuing_body));
    left += &center(14).xml("*");
    let text = one_line(&document.heading);
    // Its rule is as long as the heading: a bold capital at 15 pt is about 188 twips wide.
    let letters = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    let length = letters.saturating_mul(188).min(columns[1]);
    let heading = Paragraph {
        sides: u16::try_from((columns[1] - length) / 2).unwrap_or(0),
        ruled: !text.is_empty(),
        ..center(15).bold()
    };
    let top = row(
        &[side(columns[0], left), side(columns[1], heading.xml(&text))],
        false,
    );
    let number = center(14)
        .spaced(60, 0)
        .xml(&vi::printable(&document.number));
    let place = center(14).italic().spaced(60, 0).xml(&place_and_date);
    let bottom = row(&[side(columns[0], number), side(columns[1], place)], false);
    grid(&columns, false, 0, &(top + &bottom)) + &spacer(440)
}

fn kind_and_abstract(document: &OfficialDocument) -> String {
    let kind = Paragraph {
        outline: Some(0),
        ..Paragraph::new(Place::Center, 16)
            .bold()
            .spaced(0, 60)
            .kept()
    };
    let line = Paragraph {
        sides: 560,
        ..Paragraph::new(Place::Center, 14).bold().kept()
    };
    let rule = Paragraph {
        sides: 3_880,
        ruled: true,
        ..Paragraph::new(Place::Center, 4)
    };
    let mut xml = kind.xml(&capitals(&document.kind));
    let subject = one_line(&document.abstract_line);
    if !subject.is_empty() {
        xml += &line.xml(&subject);
    }
    xml + &rule.xml("") + &spacer(300)
}

fn section(section: &Section, last: bool) -> String {
    let title = Paragraph {
        outline: Some(1),
        ..Paragraph::new(Place::Left, 14)
            .bold()
            .spaced(200, 120)
            .kept()
    };
    let body = Paragraph {
        first_line: 720,
        line: 300,
        ..Paragraph::new(Place::Both, 14).spaced(0, 120)
    };
    let mut xml = String::new();
    if let Some(text) = &section.title {
        xml += &title.xml(&one_line(text));
    }
    let end = section.paragraphs.len();
    for (i, text) in section.paragraphs.iter().enumerate() {
        // The last paragraphs stay with the signature, so that nobody signs an empty page; what leads to a table stays
        // with it.
        let kept = if section.table.is_some() {
            i + 1 == end
        } else {
            last && i + 2 >= end
        };
        let paragraph = if kept {
            body.clone().kept()
        } else {
            body.clone()
        };
        xml += &paragraph.xml(&vi::printable(text));
    }
    if let Some(table) = &section.table {
        xml += &data_table(table, last);
    }
    xml
}

/// A table across the text width; sizes shrink with the number of columns as in the PDF. A small one stays whole, and
/// the last rows stay with the signature where it follows.
fn data_table(table: &Table, closing: bool) -> String {
    const SMALL: usize = 8;
    let end = table.rows.len();
    let kept = |row: usize| (end <= SMALL && row + 1 < end) || (closing && row + 2 >= end);
    let (points, margin) = match table.columns.len() {
        0..=6 => (12, 80),
        7..=8 => (11, 60),
        _ => (9, 40),
    };
    let weights: Vec<u32> = table.weights().map(u32::from).collect();
    let total: u32 = weights.iter().sum::<u32>().max(1);
    let widths: Vec<u32> = weights
        .iter()
        .map(|weight| {
            u32::try_from(u64::from(TEXT_WIDTH) * u64::from(*weight) / u64::from(total))
                .unwrap_or(0)
        })
        .collect();
    let cell = |width: &u32, shaded: bool, paragraphs: String| GridCell {
        width: *width,
        shaded,
        middle: true,
        paragraphs,
    };
    let head = Paragraph::new(Place::Center, points).bold().spaced(60, 60);
    let titles: Vec<GridCell> = widths
        .iter()
        .zip(&table.columns)
        .map(|(width, column)| cell(width, true, head.xml(&vi::printable(&column.title))))
        .collect();
    let mut rows = row(&titles, true);
    for (number, line) in table.rows.iter().enumerate() {
        let cells: Vec<GridCell> = widths
            .iter()
            .zip(&table.columns)
            .enumerate()
            .map(|(i, (width, column))| {
                let place = match column.align {
                    Align::Left => Place::Left,
                    Align::Center => Place::Center,
                    Align::Right => Place::Right,
                };
                let plain = Paragraph {
                    bold: line.emphasis,
                    keep_next: kept(number),
                    ..Paragraph::new(place, points).spaced(40, 40)
                };
                cell(width, false, plain.xml(&vi::cell(line.cell(i))))
            })
            .collect();
        rows += &row(&cells, false);
    }
    let caption = table
        .caption
        .as_deref()
        .map(one_line)
        .filter(|caption| !caption.is_empty());
    let caption = caption
        .map(|caption| {
            Paragraph::new(Place::Center, 13)
                .bold()
                .spaced(120, 100)
                .kept()
                .xml(&caption)
        })
        .unwrap_or_default();
    let below = if closing {
        Paragraph::new(Place::Left, 1).spaced(0, 120).kept().xml("")
    } else {
        spacer(120)
    };
    caption + &grid(&widths, true, margin, &rows) + &below
}

/// Recipients at the left, signature at the right.
fn signature(document: &OfficialDocument) -> String {
    let center = || Paragraph::new(Place::Center, 14).kept();
    let mut left = String::new();
    let recipients = document.recipient_lines();
    if !recipients.is_empty() {
        left += &Paragraph {
            underline: true,
            ..Paragraph::new(Place::Left, 13).spaced(0, 40).kept()
        }
        .xml(document::RECIPIENTS);
    }
    for line in recipients {
        left += &Paragraph::new(Place::Left, 12).kept().xml(&line);
    }
    if left.is_empty() {
        left += &spacer(0);
    }
    let mut right = String::new();
    let authority = one_line(&document.authority);
    if !authority.is_empty() {
        right += &center().bold().xml(&authority);
    }
    right += &center().spaced(0, 1_500).xml(&one_line(&document.post));
    right += &Paragraph::new(Place::Center, 14)
        .bold()
        .xml(&one_line(&document.signer));
    let widths = [TEXT_WIDTH * 45 / 100, TEXT_WIDTH - TEXT_WIDTH * 45 / 100];
    let block = row(&[side(widths[0], left), side(widths[1], right)], false);
    Paragraph::new(Place::Left, 6).spaced(120, 0).kept().xml("")
        + &grid(&widths, false, 0, &block)
        + &spacer(0)
}
