//! The typed input of an official document, in the Party's layout: HD 36-HD/VPTW of 03/4/2018.
//!
//! The mandatory parts of that instruction are (1) heading, (2) issuing body, (3) number and symbol, (4) place and date,
//! (5) type and abstract, (6) body, (7) authority, post, name and signature, (8) seal, (9) recipients. The heading is
//! the organisation's; the seal is put on the paper by hand.

use crate::date::CivilDate;
use crate::error::PaperError;
use crate::vi;

/// The words above the recipients.
pub(crate) const RECIPIENTS: &str = "Nơi nhận:";

/// An official document. All text is plain text: nothing in it is read as markup, in any output format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficialDocument {
    /// What every document of the organisation carries at the top right of its first page, "ĐẢNG CỘNG SẢN VIỆT NAM".
    /// Set in bold, 15 pt, with a rule below; empty leaves the place blank.
    pub heading: String,
    /// The body above the issuing one, "ĐẢNG BỘ THÀNH PHỐ ĐÀ NẴNG"; may be empty. Set in capitals, 14 pt.
    pub superior_body: String,
    /// The body that issues the document, "QUẬN ỦY CẨM LỆ". Set in bold capitals, 14 pt.
    pub issuing_body: String,
    /// Number and symbol, "Số 12-BC/QU", or with a gap to be filled by hand.
    pub number: String,
    /// Where it was signed, "Cẩm Lệ".
    pub place: String,
    /// The day of the document; also the creation date in the file's metadata.
    pub date: CivilDate,
    /// The type, "BÁO CÁO". Set in bold capitals, 16 pt.
    pub kind: String,
    /// What the document is about, one sentence. Bold, 14 pt.
    pub abstract_line: String,
    /// The body, in order.
    pub sections: Vec<Section>,
    /// In whose name it is signed, "T/M BAN THƯỜNG VỤ".
    pub authority: String,
    /// The post of who signs, "PHÓ BÍ THƯ"; may be empty.
    pub post: String,
    /// Who signs.
    pub signer: String,
    /// Who receives a copy, without the leading dash; none leaves the block out.
    pub recipients: Vec<String>,
}

/// A part of the body: an optional title, paragraphs, then an optional table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// The title with its own numbering, "I. TÌNH HÌNH CHUNG".
    pub title: Option<String>,
    /// Paragraphs of plain text; a line end inside one is kept.
    pub paragraphs: Vec<String>,
    /// A table after the paragraphs.
    pub table: Option<Table>,
}

/// A table whose header row repeats on every page it reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// A line above the table.
    pub caption: Option<String>,
    /// The columns, at least one.
    pub columns: Vec<Column>,
    /// The rows; a row shorter than the columns is filled with empty cells, a longer one is refused.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands in the header row.
    pub title: String,
    /// The share of the text width this column takes, relative to the other columns; zero counts as one.
    pub width_weight: u16,
    /// How the cells below the header are set.
    pub align: Align,
}

/// How cells are set in their column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// At the left: words.
    Left,
    /// In the middle: dates, ordinals.
    Center,
    /// At the right: numbers.
    Right,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The cells from the left.
    pub cells: Vec<Cell>,
    /// A total or a group heading: set in bold.
    pub emphasis: bool,
}

/// What a cell says. Counts are of whatever the column names; shares are kept as two integers and rounded only in print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Words.
    Text(String),
    /// An integer: `2.457`.
    Count(i64),
    /// So many of so many: `121/235`.
    Ratio {
        /// How many.
        done: i64,
        /// Of how many.
        total: i64,
    },
    /// The same as a share: `51,5 %`, or `–` when the total is zero.
    Percent {
        /// How many.
        done: i64,
        /// Of how many.
        total: i64,
    },
    /// A day: `02/03/2020`.
    Day(CivilDate),
}

impl OfficialDocument {
    /// The tables of the document in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.sections
            .iter()
            .filter_map(|section| section.table.as_ref())
    }

    /// "Cẩm Lệ, ngày 02 tháng 3 năm 2020".
    #[must_use]
    pub fn place_and_date(&self) -> String {
        let day = vi::day_in_text(self.date);
        match self.place.trim() {
            "" => day,
            place => format!("{place}, {day}"),
        }
    }

    /// Type and abstract in one line, the title in the file's metadata.
    #[must_use]
    pub fn title(&self) -> String {
        one_line(&format!("{} {}", self.kind, self.abstract_line))
    }

    /// The recipients as printed: a dash before each, a comma after each, a full stop after the last.
    pub(crate) fn recipient_lines(&self) -> Vec<String> {
        let last = self.recipients.len().saturating_sub(1);
        let lines = self.recipients.iter().enumerate();
        lines
            .map(|(i, name)| {
                let name = one_line(name);
                let name = name
                    .trim_start_matches(['-', ' '])
                    .trim_end_matches([',', ';', '.', ' ']);
                format!("- {name}{}", if i == last { "." } else { "," })
            })
            .collect()
    }

    /// Refuses tables that cannot be set: no columns, or a row longer than the columns.
    pub(crate) fn check(&self) -> Result<(), PaperError> {
        for (i, table) in self.tables().enumerate() {
            if table.columns.is_empty() {
                return Err(PaperError::NoColumns { table: i + 1 });
            }
            let width = table.columns.len();
            if let Some(row) = table.rows.iter().position(|row| row.cells.len() > width) {
                return Err(PaperError::RowTooLong {
                    table: i + 1,
                    row: row + 1,
                });
            }
        }
        Ok(())
    }
}

impl Table {
    /// The weight of each column, never zero.
    pub(crate) fn weights(&self) -> impl Iterator<Item = u16> {
        self.columns.iter().map(|column| column.width_weight.max(1))
    }
}

impl Row {
    /// The cell at a column; empty beyond the end of the row.
    pub(crate) fn cell(&self, column: usize) -> &Cell {
        self.cells.get(column).unwrap_or(&Cell::Empty)
    }
}

/// Printable text with runs of white space and line ends as single spaces.
pub(crate) fn one_line(text: &str) -> String {
    let printable = vi::printable(text);
    // No-break spaces stay: they are typed on purpose.
    let words: Vec<&str> = printable
        .split([' ', '\n', '\t'])
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

/// One line in capitals: what HD 36 sets in capitals is set so whatever was typed.
pub(crate) fn capitals(text: &str) -> String {
    one_line(text).to_uppercase()
}
