//! Tabular files in and out: XLSX and CSV with the same shape both ways.
//!
//! The reader is our own, over `zip` and `quick-xml`, because the files come from strangers: everything is counted
//! against [`Limits`] while it is read, formulas are reported as formulas (never as the value some program cached for
//! them), and every refusal names the part or the cell. It never panics on damaged input.

mod cells;
mod csv;
mod number;
mod package;
mod refusal;
mod workbook;
mod write;

pub use refusal::SheetRefusal;
pub use write::{write_csv, write_xlsx};

pub(crate) use write::{Formats, tab_name, write_day, write_text};

use crate::date::CivilDate;
use crate::vi;

/// How much a file may hold. Every limit is checked while reading, by counting what really arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The size of the file in bytes, checked before anything is read.
    pub bytes: u64,
    /// Bytes after decompression, over all parts that are read; also the bound on the memory of the sheet itself.
    pub unpacked_bytes: u64,
    /// Rows with content, without the header.
    pub rows: u32,
    /// Columns with content.
    pub columns: u16,
    /// Characters in one cell.
    pub cell_chars: u32,
}

impl Default for Limits {
    /// 40 MB, 600 MB unpacked, 500,000 rows, 64 columns, 2,000 characters in a cell.
    fn default() -> Self {
        Self {
            bytes: 40_000_000,
            unpacked_bytes: 600_000_000,
            rows: 500_000,
            columns: 64,
            cell_chars: 2_000,
        }
    }
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetCell {
    /// Nothing, or only white space.
    Empty,
    /// Words, as typed. CSV has only these and empty cells.
    Text(String),
    /// A number in plain decimal notation without superfluous zeros: `-12.5`. Exactly what the file says.
    Number(String),
    /// A number that the file shows as a day.
    Day(CivilDate),
    /// True or false.
    Bool(bool),
    /// A formula without the leading `=`. Its cached value is not trusted and not kept. Empty when the formula is
    /// shared with another cell.
    Formula(String),
    /// An error such as `#N/A`.
    Error(String),
}

/// A row with content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// The number a spreadsheet program shows beside the row, from 1. In CSV a quoted line end does not begin a
    /// new row, as in a spreadsheet program.
    pub line: u32,
    /// The cells from column A to the last one with content.
    pub cells: Vec<SheetCell>,
}

/// A table with a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The name of the sheet; empty for CSV.
    pub name: String,
    /// The first row with content, as text without surrounding white space.
    pub header: Vec<String>,
    /// The further rows with content.
    pub rows: Vec<SheetRow>,
}

/// Reads an XLSX file (its first visible worksheet) or a CSV file; which, the first bytes say.
///
/// CSV may be separated by comma, semicolon or tab, in UTF-8 with or without byte order mark or in UTF-16 with one.
///
/// # Errors
///
/// A [`SheetRefusal`] with a stable code, naming the limit, the part, the line or the cell.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Sheet, SheetRefusal> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.bytes {
        return Err(SheetRefusal::TooBig {
            bytes: size,
            limit: limits.bytes,
        });
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return workbook::read(bytes, limits);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return Err(if package::is_encrypted_office_file(bytes) {
            SheetRefusal::Encrypted
        } else {
            SheetRefusal::OldXls
        });
    }
    csv::read(bytes, limits)
}

/// The name a spreadsheet program gives a cell: column from 0, line from 1; `cell_name(2, 17)` is `C17`.
#[must_use]
pub fn cell_name(column: usize, line: u32) -> String {
    format!("{}{line}", column_name(column))
}

/// `A`, …, `Z`, `AA`, …
fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    loop {
        letters.push(b'A' + u8::try_from(rest % 26).unwrap_or(0));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters
        .iter()
        .rev()
        .map(|&letter| char::from(letter))
        .collect()
}

impl SheetCell {
    /// Whether there is nothing to read: empty, or text of only white space.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The cell as one would type it: days as `02/03/2020`, formulas with their `=`.
    #[must_use]
    pub fn as_text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Number(text) | Self::Error(text) => text.clone(),
            Self::Day(date) => vi::day_in_table(*date),
            Self::Bool(true) => "TRUE".to_owned(),
            Self::Bool(false) => "FALSE".to_owned(),
            Self::Formula(formula) => format!("={formula}"),
        }
    }

    /// An estimate of the memory this cell takes, for the bound on a whole sheet.
    fn weight(&self) -> u64 {
        let text = match self {
            Self::Text(t) | Self::Number(t) | Self::Formula(t) | Self::Error(t) => t.len(),
            _ => 0,
        };
        u64::try_from(size_of::<Self>() + text).unwrap_or(u64::MAX)
    }
}

impl SheetRow {
    /// The cell at a column from 0; empty beyond the last.
    #[must_use]
    pub fn cell(&self, column: usize) -> &SheetCell {
        self.cells.get(column).unwrap_or(&SheetCell::Empty)
    }
}

impl Sheet {
    /// The same sheet with another row as its header, for files that begin with a title: rows above it are left out.
    /// `None` when there is no row with content at that line.
    #[must_use]
    pub fn headed_at(mut self, line: u32) -> Option<Self> {
        let at = self.rows.iter().position(|row| row.line == line)?;
        let mut rest = self.rows.split_off(at);
        let head = rest.remove(0);
        Some(Self {
            name: self.name,
            header: header_of(&head),
            rows: rest,
        })
    }
}

fn header_of(row: &SheetRow) -> Vec<String> {
    row.cells
        .iter()
        .map(|cell| cell.as_text().trim().to_owned())
        .collect()
}

/// Collects rows into a sheet and holds them to the limits.
struct Gathering<'a> {
    limits: &'a Limits,
    header: Option<Vec<String>>,
    rows: Vec<SheetRow>,
    weight: u64,
}

impl<'a> Gathering<'a> {
    fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            header: None,
            rows: Vec::new(),
            weight: 0,
        }
    }

    /// Refuses a cell that stands too far right or says too much, before it is stored.
    fn check(&self, column: usize, line: u32, text: &str) -> Result<(), SheetRefusal> {
        if column >= usize::from(self.limits.columns) {
            let at = cell_name(column, line);
            return Err(SheetRefusal::TooManyColumns {
                at,
                limit: self.limits.columns,
            });
        }
        // Bytes bound characters from above, so that most cells need no counting.
        let limit = usize::try_from(self.limits.cell_chars).unwrap_or(usize::MAX);
        if text.len() > limit && text.chars().count() > limit {
            let at = cell_name(column, line);
            return Err(SheetRefusal::CellTooLong {
                at,
                limit: self.limits.cell_chars,
            });
        }
        Ok(())
    }

    /// Takes a row; one without content is passed over.
    fn take(&mut self, line: u32, mut cells: Vec<SheetCell>) -> Result<(), SheetRefusal> {
        while cells.last().is_some_and(SheetCell::is_blank) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        self.weight += cells.iter().map(SheetCell::weight).sum::<u64>();
        if self.weight > self.limits.unpacked_bytes {
            return Err(SheetRefusal::UnpacksTooBig {
                limit: self.limits.unpacked_bytes,
            });
        }
        let row = SheetRow { line, cells };
        if self.header.is_none() {
            self.header = Some(header_of(&row));
            return Ok(());
        }
        if self.rows.len() >= usize::try_from(self.limits.rows).unwrap_or(usize::MAX) {
            return Err(SheetRefusal::TooManyRows {
                limit: self.limits.rows,
            });
        }
        self.rows.push(row);
        Ok(())
    }

    fn finish(self, name: String) -> Result<Sheet, SheetRefusal> {
        let header = self.header.ok_or(SheetRefusal::NothingInIt)?;
        Ok(Sheet {
            name,
            header,
            rows: self.rows,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_a_spreadsheet_names_them() {
        assert_eq!(cell_name(2, 17), "C17");
        assert_eq!(cell_name(25, 1), "Z1");
        assert_eq!(cell_name(26, 1), "AA1");
        assert_eq!(cell_name(701, 1), "ZZ1");
        assert_eq!(cell_name(702, 1), "AAA1");
        assert_eq!(cell_name(16_383, 1_048_576), "XFD1048576");
    }
}
