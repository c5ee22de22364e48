//! An official document's tables as a workbook: one sheet each, with real numbers and real days.

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::document::{Align, Cell, Column, OfficialDocument, Row, Table, capitals, one_line};
use crate::error::PaperError;
use crate::sheet::{Formats, tab_name, write_day, write_text};
use crate::vi;

/// The row of the column titles, from 0: four title rows and a gap stand above it.
const HEADER: u32 = 5;
/// The largest integer a spreadsheet holds exactly.
const EXACT: i64 = 1 << 53;

/// The tables of the document as XLSX, one sheet per table: title rows, frozen header with filter, A4 print settings with
/// the header on every page. A column of ratios becomes three numeric columns (done, total, share), so that an officer can
/// add up and sort. A document without tables gives one sheet with its title and paragraphs.
///
/// Text never becomes a formula. The same document gives the same bytes; the creation date is the document's own.
///
/// # Errors
///
/// [`PaperError::NoColumns`] and [`PaperError::RowTooLong`] for a table that cannot be set, [`PaperError::Writing`] when a
/// table exceeds the format.
pub fn xlsx(document: &OfficialDocument) -> Result<Vec<u8>, PaperError> {
    document.check()?;
    write(document).map_err(|why| PaperError::Writing(why.to_string()))
}

fn write(document: &OfficialDocument) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document)?);
    let mut names: Vec<String> = Vec::new();
    for (i, table) in document.tables().enumerate() {
        let name = free_name(table.caption.as_deref().unwrap_or_default(), i + 1, &names);
        let tab = workbook.add_worksheet();
        tab.set_name(&name)?;
        names.push(name);
        title_rows(tab, document, table.caption.as_deref())?;
        table_rows(tab, table)?;
    }
    if names.is_empty() {
        let tab = workbook.add_worksheet();
        tab.set_name(tab_name(&one_line(&document.kind), 1))?;
        title_rows(tab, document, None)?;
        paragraphs(tab, document)?;
    }
    workbook.save_to_buffer()
}

fn properties(document: &OfficialDocument) -> Result<DocProperties, XlsxError> {
    let date = document.date;
    // Metadata of a workbook begins in 1900.
    let year = u16::try_from(date.year()).unwrap_or(1900).max(1900);
    let created = ExcelDateTime::from_ymd(year, date.month(), date.day())?;
    Ok(DocProperties::new()
        .set_title(document.title())
        .set_author(capitals(&document.issuing_body))
        .set_creation_datetime(&created))
}

/// A tab name no other tab has (compared as spreadsheet programs do, without case).
fn free_name(wanted: &str, number: usize, taken: &[String]) -> String {
    let name = tab_name(&one_line(wanted), number);
    let is_free = |name: &String| {
        taken
            .iter()
            .all(|other| other.to_lowercase() != name.to_lowercase())
    };
    // Of one more ending than there are names, one is free.
    let endings = (2..=taken.len() + 2).map(|n| format!(" ({n})"));
    let numbered = endings.map(|ending| {
        let start: String = name.chars().take(31 - ending.chars().count()).collect();
        start.trim_end().to_owned() + &ending
    });
    std::iter::once(name.clone())
        .chain(numbered)
        .find(is_free)
        .unwrap_or(name)
}

fn font() -> Format {
    Format::new()
        .set_font_name("Times New Roman")
        .set_font_size(12)
        .set_align(FormatAlign::VerticalCenter)
}

fn title_rows(
    tab: &mut Worksheet,
    document: &OfficialDocument,
    caption: Option<&str>,
) -> Result<(), XlsxError> {
    let formats = Formats::new(&font());
    let bold = Formats::new(&font().set_bold().set_font_size(14));
    let italic = Formats::new(&font().set_italic());
    write_text(tab, 0, 0, &capitals(&document.issuing_body), &formats)?;
    write_text(tab, 1, 0, &document.title(), &bold)?;
    if let Some(caption) = caption {
        write_text(tab, 2, 0, &one_line(caption), &formats)?;
    }
    let number = one_line(&document.number);
    let place = document.place_and_date();
    let line = if number.is_empty() {
        place
    } else {
        format!("{number} – {place}")
    };
    write_text(tab, 3, 0, &line, &italic)
}

fn paragraphs(tab: &mut Worksheet, document: &OfficialDocument) -> Result<(), XlsxError> {
    let bold = Formats::new(&font().set_bold().set_text_wrap());
    let plain = Formats::new(&font().set_text_wrap());
    let mut line = HEADER;
    for section in &document.sections {
        let title = section.title.iter().map(|title| (title, &bold));
        for (text, formats) in title.chain(section.paragraphs.iter().map(|text| (text, &plain))) {
            write_text(tab, line, 0, &vi::printable(text), formats)?;
            line += 1;
        }
    }
    tab.set_column_width(0, 90)?;
    tab.set_paper_size(9);
    tab.set_print_fit_to_pages(1, 0);
    Ok(())
}

/// How a column of the table is laid out on the sheet.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// As it is.
    One,
    /// Done, total, share.
    Ratio,
}

fn layouts(table: &Table) -> Vec<Layout> {
    let is_ratio = |column: usize| {
        table
            .rows
            .iter()
            .any(|row| matches!(row.cell(column), Cell::Ratio { .. }))
    };
    (0..table.columns.len())
        .map(|column| {
            if is_ratio(column) {
                Layout::Ratio
            } else {
                Layout::One
            }
        })
        .collect()
}

fn table_rows(tab: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let layouts = layouts(table);
    let titles = titles(table, &layouts);
    let head = font()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00ED_EDED));
    for (column, title) in (0_u16..).zip(&titles) {
        tab.write_string_with_format(HEADER, column, &title.0, &head)?;
        tab.set_column_width(column, title.1)?;
    }
    tab.set_row_height(HEADER, 48)?;
    let styles = Styles::new();
    let columns = table.columns.iter().enumerate();
    let widths: Vec<u16> = columns
        .map(|(i, column)| width_in_chars(table, i, column))
        .collect();
    let mut line = HEADER;
    for row in &table.rows {
        line += 1;
        write_row(tab, line, row, table, &layouts, &styles)?;
        tab.set_row_height(line, height(row, &widths))?;
    }
    let totals = table
        .rows
        .iter()
        .rev()
        .take_while(|row| row.emphasis)
        .count();
    let totals = u32::try_from(totals).unwrap_or(0);
    let last_column = u16::try_from(titles.len())
        .unwrap_or(u16::MAX)
        .saturating_sub(1);
    // Totals at the end stay visible and unsorted when somebody filters.
    tab.autofilter(HEADER, 0, (line - totals).max(HEADER), last_column)?;
    tab.set_freeze_panes(HEADER + 1, 0)?;
    print_settings(tab, titles.len())
}

/// Title and width in characters of each column of the sheet.
fn titles(table: &Table, layouts: &[Layout]) -> Vec<(String, f64)> {
    let mut titles = Vec::new();
    for (i, (column, layout)) in table.columns.iter().zip(layouts).enumerate() {
        let title = one_line(&column.title);
        if *layout == Layout::Ratio {
            for part in ["đã", "tổng", "tỷ lệ"] {
                titles.push((format!("{title} ({part})"), 13.0));
            }
        } else {
            titles.push((title, f64::from(width_in_chars(table, i, column)) + 2.5));
        }
    }
    titles
}

/// The characters a column has room for: its longest cell and its title's longest word, 4 to 48.
fn width_in_chars(table: &Table, index: usize, column: &Column) -> u16 {
    let cells = table
        .rows
        .iter()
        .map(|row| vi::cell(row.cell(index)).chars().count())
        .max()
        .unwrap_or(0);
    let word = column
        .title
        .split_whitespace()
        .map(|word| word.chars().count())
        .max()
        .unwrap_or(0);
    u16::try_from(cells.max(word + 2))
        .unwrap_or(u16::MAX)
        .clamp(4, 48)
}

/// The height of a row in points: not every program measures wrapped text when it opens a file.
fn height(row: &Row, widths: &[u16]) -> f64 {
    let lines = widths.iter().enumerate().map(|(i, width)| {
        let text = vi::cell(row.cell(i));
        // Seven letters of this font take the room of six of the standard one, in which widths are given.
        let lines_of = |line: &str| (line.chars().count() * 6).div_ceil(usize::from(*width) * 7);
        text.lines()
            .map(|line| lines_of(line).max(1))
            .sum::<usize>()
    });
    let lines = u8::try_from(lines.max().unwrap_or(1).clamp(1, 24)).unwrap_or(24);
    f64::from(lines) * 15.75 + 3.0
}

fn print_settings(tab: &mut Worksheet, columns: usize) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    tab.set_paper_size(A4);
    if columns > 7 {
        tab.set_landscape();
    }
    tab.set_print_fit_to_pages(1, 0);
    tab.set_repeat_rows(HEADER, HEADER)?;
    // Inches: left 30 mm, right 15 mm, top and bottom 20 mm, as in HD 36.
    tab.set_margins(1.18, 0.59, 0.79, 0.79, 0.4, 0.4);
    tab.set_footer("&C&P/&N");
    Ok(())
}

/// The formats of body rows, plain and emphasised, for each alignment.
struct Styles {
    plain: [Formats; 3],
    emphasis: [Formats; 3],
}

impl Styles {
    fn new() -> Self {
        let body = font().set_border(FormatBorder::Thin).set_text_wrap();
        let aligned = |base: &Format| {
            [FormatAlign::Left, FormatAlign::Center, FormatAlign::Right]
                .map(|align| Formats::new(&base.clone().set_align(align)))
        };
        Self {
            plain: aligned(&body),
            emphasis: aligned(&body.clone().set_bold()),
        }
    }

    fn of(&self, row: &Row, align: Align) -> &Formats {
        let [left, center, right] = if row.emphasis {
            &self.emphasis
        } else {
            &self.plain
        };
        match align {
            Align::Left => left,
            Align::Center => center,
            Align::Right => right,
        }
    }
}

fn write_row(
    tab: &mut Worksheet,
    line: u32,
    row: &Row,
    table: &Table,
    layouts: &[Layout],
    styles: &Styles,
) -> Result<(), XlsxError> {
    let mut at = 0_u16;
    for (i, (column, layout)) in table.columns.iter().zip(layouts).enumerate() {
        let formats = styles.of(row, column.align);
        match (layout, row.cell(i)) {
            (Layout::Ratio, Cell::Ratio { done, total }) => {
                write_count(tab, line, at, *done, formats)?;
                write_count(tab, line, at + 1, *total, formats)?;
                write_share(tab, line, at + 2, *done, *total, formats)?;
            }
            (Layout::Ratio, cell) => {
                write_cell(tab, line, at, cell, formats)?;
                write_cell(tab, line, at + 1, &Cell::Empty, formats)?;
                write_cell(tab, line, at + 2, &Cell::Empty, formats)?;
            }
            (Layout::One, cell) => write_cell(tab, line, at, cell, formats)?,
        }
        at += if *layout == Layout::Ratio { 3 } else { 1 };
    }
    Ok(())
}

fn write_cell(
    tab: &mut Worksheet,
    line: u32,
    at: u16,
    cell: &Cell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {
            tab.write_blank(line, at, &formats.text)?;
            Ok(())
        }
        Cell::Text(text) => write_text(tab, line, at, &vi::printable(text), formats),
        Cell::Count(value) => write_count(tab, line, at, *value, formats),
        Cell::Percent { done, total } => write_share(tab, line, at, *done, *total, formats),
        Cell::Day(date) => write_day(tab, line, at, *date, formats),
        // A ratio makes its whole column three columns wide, so it never arrives here alone.
        Cell::Ratio { done, total } => {
            write_text(tab, line, at, &vi::ratio(*done, *total), formats)
        }
    }
}

fn write_count(
    tab: &mut Worksheet,
    line: u32,
    at: u16,
    value: i64,
    formats: &Formats,
) -> Result<(), XlsxError> {
    if value.abs_diff(0) > EXACT.unsigned_abs() {
        return write_text(tab, line, at, &vi::count(value), formats);
    }
    tab.write_number_with_format(line, at, value as f64, &formats.count)?;
    Ok(())
}

/// A share, rounded exactly to tenths of a percent before it becomes the spreadsheet's own number.
fn write_share(
    tab: &mut Worksheet,
    line: u32,
    at: u16,
    done: i64,
    total: i64,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match vi::per_mille(done, total) {
        Some(tenths) => {
            tab.write_number_with_format(line, at, tenths as f64 / 1000.0, &formats.percent)?;
            Ok(())
        }
        None => write_text(tab, line, at, vi::NOTHING, formats),
    }
}
