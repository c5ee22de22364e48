//! Why a tabular file was not read.

use std::fmt;

/// Why a tabular file was not read. [`SheetRefusal::code`] is stable; the fields are what a translated text needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetRefusal {
    /// The file is larger than allowed.
    TooBig {
        /// Its size in bytes.
        bytes: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// The file unpacks to more than allowed (counted while unpacking, whatever its headers claim).
    UnpacksTooBig {
        /// The limit in bytes.
        limit: u64,
    },
    /// Neither a spreadsheet nor text.
    NotASpreadsheet,
    /// The binary format of Excel 97–2003 (`.xls`): to be saved as `.xlsx`.
    OldXls,
    /// Protected by a password.
    Encrypted,
    /// A workbook without a visible worksheet.
    NoSheet,
    /// A sheet without any content.
    NothingInIt,
    /// A part of the file is missing or damaged.
    Damaged {
        /// The part's name inside the file, `xl/workbook.xml`; the file itself is `zip`.
        part: String,
        /// What is wrong with it, for the log.
        why: &'static str,
    },
    /// A part declares a document type; spreadsheets have none, attacks by entity expansion do.
    DocumentType {
        /// The part's name inside the file.
        part: String,
    },
    /// More rows with content than allowed.
    TooManyRows {
        /// The limit.
        limit: u32,
    },
    /// Content to the right of the last allowed column.
    TooManyColumns {
        /// The cell, `BM17`.
        at: String,
        /// The limit.
        limit: u16,
    },
    /// A cell with more characters than allowed.
    CellTooLong {
        /// The cell, `C17`.
        at: String,
        /// The limit in characters.
        limit: u32,
    },
    /// The text is not UTF-8 (nor UTF-16 with a byte order mark): to be saved as "CSV UTF-8".
    NotUtf8 {
        /// The line of the file, from 1.
        line: u32,
    },
    /// A quotation mark is not closed, or text follows a closing one.
    BadQuoting {
        /// The line of the file, from 1.
        line: u32,
    },
}

impl SheetRefusal {
    /// The stable code, for logs and for looking up the translated text.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooBig { .. } => "E-SHEET-01",
            Self::UnpacksTooBig { .. } => "E-SHEET-02",
            Self::NotASpreadsheet => "E-SHEET-03",
            Self::OldXls => "E-SHEET-04",
            Self::Encrypted => "E-SHEET-05",
            Self::NoSheet => "E-SHEET-06",
            Self::NothingInIt => "E-SHEET-07",
            Self::Damaged { .. } => "E-SHEET-08",
            Self::DocumentType { .. } => "E-SHEET-09",
            Self::TooManyRows { .. } => "E-SHEET-10",
            Self::TooManyColumns { .. } => "E-SHEET-11",
            Self::CellTooLong { .. } => "E-SHEET-12",
            Self::NotUtf8 { .. } => "E-SHEET-13",
            Self::BadQuoting { .. } => "E-SHEET-14",
        }
    }
}

impl fmt::Display for SheetRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooBig { bytes, limit } => {
                write!(f, "the file has {bytes} bytes; {limit} are allowed")
            }
            Self::UnpacksTooBig { limit } => {
                write!(f, "the file unpacks to more than {limit} bytes")
            }
            Self::NotASpreadsheet => write!(f, "this is neither an XLSX nor a CSV file"),
            Self::OldXls => write!(f, "this is an old .xls file; save it as .xlsx"),
            Self::Encrypted => write!(f, "the file is protected by a password"),
            Self::NoSheet => write!(f, "the workbook has no visible worksheet"),
            Self::NothingInIt => write!(f, "the sheet is empty"),
            Self::Damaged { part, why } => {
                write!(f, "the part {part} of the file is damaged: {why}")
            }
            Self::DocumentType { part } => {
                write!(
                    f,
                    "the part {part} declares a document type, which spreadsheets do not have"
                )
            }
            Self::TooManyRows { limit } => write!(f, "more than {limit} rows"),
            Self::TooManyColumns { at, limit } => write!(f, "cell {at} is beyond column {limit}"),
            Self::CellTooLong { at, limit } => {
                write!(f, "cell {at} has more than {limit} characters")
            }
            Self::NotUtf8 { line } => {
                write!(
                    f,
                    "line {line} is not UTF-8; save the file as \"CSV UTF-8\" or as .xlsx"
                )
            }
            Self::BadQuoting { line } => {
                write!(f, "a quotation mark in line {line} is not closed properly")
            }
        }
    }
}

impl std::error::Error for SheetRefusal {}
