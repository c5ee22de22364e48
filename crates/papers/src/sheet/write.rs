//! Writing tabular files. Text that a spreadsheet program could take for a formula never becomes one.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::number::plain_decimal;
use super::{Sheet, SheetCell};
use crate::date::CivilDate;
use crate::error::PaperError;

/// The sheet as XLSX: frozen bold header, filter, real numbers and days. Formulas and errors are written as text.
/// A number that a spreadsheet cannot hold exactly (more than about 15 digits) is written as text as well.
///
/// Rows stand below the header without gaps; [`super::SheetRow::line`] is not kept.
///
/// # Errors
///
/// [`PaperError::Writing`] when the sheet exceeds the format (1,048,576 rows, 16,384 columns, 32,767 characters a cell).
pub fn write_xlsx(sheet: &Sheet) -> Result<Vec<u8>, PaperError> {
    xlsx(sheet).map_err(|why| PaperError::Writing(why.to_string()))
}

fn xlsx(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed day instead of the clock: the same sheet gives the same bytes.
    let epoch = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let tab = workbook.add_worksheet();
    tab.set_name(tab_name(&sheet.name, 1))?;
    let bold = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Thin);
    let formats = Formats::new(&Format::new());
    for (column, title) in (0_u16..).zip(&sheet.header) {
        tab.write_string_with_format(0, column, title, &bold)?;
    }
    for (line, row) in (1_u32..).zip(&sheet.rows) {
        for (column, cell) in (0_u16..).zip(&row.cells) {
            write_cell(tab, line, column, cell, &formats)?;
        }
    }
    for (column, width) in (0_u16..).zip(widths(sheet)) {
        tab.set_column_width(column, width)?;
    }
    let last_line = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX);
    if let Some(last_column) = u16::try_from(sheet.header.len())
        .ok()
        .and_then(|n| n.checked_sub(1))
    {
        tab.autofilter(0, 0, last_line, last_column)?;
    }
    tab.set_freeze_panes(1, 0)?;
    workbook.save_to_buffer()
}

/// The cell formats of a workbook.
pub(crate) struct Formats {
    pub(crate) text: Format,
    /// For text that begins like a formula: keeps a program from reading it as one when the cell is edited.
    pub(crate) guarded: Format,
    pub(crate) number: Format,
    pub(crate) count: Format,
    pub(crate) percent: Format,
    pub(crate) day: Format,
}

impl Formats {
    pub(crate) fn new(base: &Format) -> Self {
        Self {
            text: base.clone(),
            guarded: base.clone().set_quote_prefix(),
            number: base.clone(),
            count: base.clone().set_num_format("#,##0"),
            percent: base.clone().set_num_format("0.0%"),
            day: base
                .clone()
                .set_num_format("dd/mm/yyyy")
                .set_align(FormatAlign::Center),
        }
    }
}

fn write_cell(
    tab: &mut Worksheet,
    line: u32,
    column: u16,
    cell: &SheetCell,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match cell {
        SheetCell::Empty => {}
        SheetCell::Number(decimal) => match exact(decimal) {
            Some(number) => {
                tab.write_number_with_format(line, column, number, &formats.number)?;
            }
            None => write_text(tab, line, column, decimal, formats)?,
        },
        SheetCell::Bool(value) => {
            tab.write_boolean(line, column, *value)?;
        }
        SheetCell::Day(date) => write_day(tab, line, column, *date, formats)?,
        SheetCell::Text(_) | SheetCell::Formula(_) | SheetCell::Error(_) => {
            write_text(tab, line, column, &cell.as_text(), formats)?;
        }
    }
    Ok(())
}

/// The spreadsheet's own number for a decimal, when it says exactly the same.
fn exact(decimal: &str) -> Option<f64> {
    let number: f64 = decimal.parse().ok()?;
    (plain_decimal(&number.to_string())? == plain_decimal(decimal)?).then_some(number)
}

/// Writes text as text, whatever it begins with.
pub(crate) fn write_text(
    tab: &mut Worksheet,
    line: u32,
    column: u16,
    text: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let format = if looks_like_formula(text) {
        &formats.guarded
    } else {
        &formats.text
    };
    tab.write_string_with_format(line, column, text, format)?;
    Ok(())
}

/// Writes a real date; one before 1900, which spreadsheets do not know, as text.
pub(crate) fn write_day(
    tab: &mut Worksheet,
    line: u32,
    column: u16,
    date: CivilDate,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match u16::try_from(date.year()) {
        Ok(year) if year >= 1900 => {
            let day = ExcelDateTime::from_ymd(year, date.month(), date.day())?;
            tab.write_datetime_with_format(line, column, &day, &formats.day)?;
            Ok(())
        }
        _ => write_text(tab, line, column, &crate::vi::day_in_table(date), formats),
    }
}

/// Column widths in characters from the header and the first rows, 6 to 50.
fn widths(sheet: &Sheet) -> Vec<f64> {
    let columns = sheet.header.iter().enumerate();
    columns
        .map(|(column, title)| {
            let cells = sheet
                .rows
                .iter()
                .take(200)
                .map(|row| row.cell(column).as_text().chars().count());
            // The header wraps and leaves room for the filter button.
            let longest = cells.max().unwrap_or(0).max(title.chars().count().min(24));
            f64::from(u16::try_from(longest + 3).unwrap_or(u16::MAX).clamp(6, 50))
        })
        .collect()
}

/// A name spreadsheet programs accept for a tab: at most 31 characters, none of `[]:*?/\`, no apostrophe at an end.
/// An empty one becomes "Bảng N".
pub(crate) fn tab_name(name: &str, number: usize) -> String {
    let clean: String = name
        .chars()
        .map(|c| {
            if "[]:*?/\\".contains(c) || c.is_control() {
                ' '
            } else {
                c
            }
        })
        .take(31)
        .collect();
    let clean = clean.trim_matches([' ', '\'']);
    // Excel keeps this name for itself.
    if clean.is_empty() || clean.eq_ignore_ascii_case("history") {
        format!("Bảng {number}")
    } else {
        clean.to_owned()
    }
}

/// The sheet as CSV (RFC 4180): commas, CRLF, UTF-8 with a byte order mark, which Excel needs for Vietnamese letters.
///
/// Text that a spreadsheet program would take for a formula gets an apostrophe in front; [`super::read`] takes exactly that
/// apostrophe away again.
#[must_use]
pub fn write_csv(sheet: &Sheet) -> Vec<u8> {
    let mut out = String::from("\u{feff}");
    let header = sheet.header.iter().map(|title| guarded(title));
    record(&mut out, header);
    for row in &sheet.rows {
        let cells = row.cells.iter().map(|cell| match cell {
            SheetCell::Number(decimal) if plain_decimal(decimal).is_some() => decimal.clone(),
            cell => guarded(&cell.as_text()),
        });
        record(&mut out, cells);
    }
    out.into_bytes()
}

fn record(out: &mut String, cells: impl Iterator<Item = String>) {
    for (column, cell) in cells.enumerate() {
        if column > 0 {
            out.push(',');
        }
        let plain = !cell.contains([',', ';', '"', '\r', '\n', '\t']) && cell.trim() == cell;
        if plain {
            out.push_str(&cell);
        } else {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        }
    }
    out.push_str("\r\n");
}

/// Whether a spreadsheet program could take the text for a formula.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Text behind any number of apostrophes that would be a formula without them: what a guard stands before.
fn needs_guard(text: &str) -> bool {
    looks_like_formula(text.trim_start_matches('\''))
}

fn guarded(text: &str) -> String {
    if needs_guard(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Takes away the one apostrophe [`guarded`] put in front.
pub(super) fn without_guard(mut text: String) -> String {
    if text.starts_with('\'') && needs_guard(&text) {
        text.remove(0);
    }
    text
}
