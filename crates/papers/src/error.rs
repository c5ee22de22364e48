//! Why a paper could not be made.

use std::fmt;

/// Why a document could not be turned into bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperError {
    /// A row has more cells than the table has columns.
    RowTooLong {
        /// The table, counted from 1 in the order of the document.
        table: usize,
        /// The row below the header, counted from 1.
        row: usize,
    },
    /// A table without columns.
    NoColumns {
        /// The table, counted from 1 in the order of the document.
        table: usize,
    },
    /// A ballot with no name on it, or with more than anybody could read.
    BallotNames {
        /// How many names the list has.
        names: usize,
    },
    /// A ballot whose columns have not one head each.
    BallotColumns {
        /// How many columns this kind of ballot has.
        columns: usize,
    },
    /// The code of a ballot does not fit into a QR code.
    BallotCode,
    /// The typesetter refused; the text is its own explanation. With a valid document this is a fault of ours.
    Typesetting(String),
    /// A spreadsheet or document writer refused: too many rows for the format, for example.
    Writing(String),
}

impl PaperError {
    /// The stable code of this error, for logs and for looking up a translated text.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::RowTooLong { .. } => "E-PAPER-02",
            Self::NoColumns { .. } => "E-PAPER-03",
            Self::Typesetting(_) => "E-PAPER-04",
            Self::Writing(_) => "E-PAPER-05",
            Self::BallotNames { .. } => "E-PAPER-06",
            Self::BallotColumns { .. } => "E-PAPER-07",
            Self::BallotCode => "E-PAPER-08",
        }
    }
}

impl fmt::Display for PaperError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RowTooLong { table, row } => {
                write!(
                    f,
                    "row {row} of table {table} has more cells than the table has columns"
                )
            }
            Self::NoColumns { table } => write!(f, "table {table} has no columns"),
            Self::BallotNames { names } => write!(f, "a ballot cannot hold {names} names"),
            Self::BallotColumns { columns } => {
                write!(
                    f,
                    "this kind of ballot has {columns} columns and needs a head for each"
                )
            }
            Self::BallotCode => write!(f, "the code of the ballot is too long"),
            Self::Typesetting(why) => write!(f, "typesetting failed: {why}"),
            Self::Writing(why) => write!(f, "writing the file failed: {why}"),
        }
    }
}

impl std::error::Error for PaperError {}
