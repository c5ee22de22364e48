//! What can be wrong in a sheet, and where.

use serde::Serialize;

/// A column of the sheet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Mã, Code.
    Code,
    /// Tên, Name.
    Name,
    /// Mã cấp trên, Parent code: empty for a root.
    ParentCode,
    /// Cấp, Level.
    Level,
    /// Loại hình, Kind.
    Kind,
    /// Số đảng viên, Members.
    Members,
    /// Từ ngày, From: the day from which the row holds. May be left out.
    From,
}

/// What can be wrong in a sheet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportCode {
    /// A column is missing.
    ColumnMissing,
    /// Two columns have the same meaning.
    ColumnTwice,
    /// A column of unknown meaning, which is not read (warns).
    ColumnUnknown,
    /// No code.
    CodeEmpty,
    /// A code with spaces, or of more than 40 characters.
    CodeMalformed,
    /// The code, or the unit it means, stands in another line.
    CodeTwice,
    /// The code belongs to another unit on a later day.
    CodeTakenLater,
    /// No name.
    NameEmpty,
    /// A name of more than 200 characters.
    NameTooLong,
    /// The code above is neither in the sheet nor a unit on the day.
    ParentUnknown,
    /// The unit above does not exist on one of the days that follow.
    ParentNotStanding,
    /// The rows stand above each other in a circle.
    Circle,
    /// A second unit without a unit above.
    SecondRoot,
    /// The row is about a unit outside the part of the tree being imported.
    OutsideRoot,
    /// No such level.
    LevelUnknown,
    /// The level is not below that of the unit above, or not above that of a
    /// unit below.
    LevelNotBetween,
    /// No such kind.
    KindUnknown,
    /// Not a whole number from 0.
    NotACount,
    /// More than ten million members.
    CountTooBig,
    /// Not a day.
    NotADay,
    /// A truth value or a day where a text is expected.
    NotAText,
    /// A formula.
    Formula,
    /// An error of the spreadsheet.
    ErrorCell,
    /// A line break, a tab or another character that cannot be seen.
    ControlCharacter,
}

impl ImportCode {
    /// Every code, for catalogues of texts.
    pub const ALL: [Self; 24] = [
        Self::ColumnMissing,
        Self::ColumnTwice,
        Self::ColumnUnknown,
        Self::CodeEmpty,
        Self::CodeMalformed,
        Self::CodeTwice,
        Self::CodeTakenLater,
        Self::NameEmpty,
        Self::NameTooLong,
        Self::ParentUnknown,
        Self::ParentNotStanding,
        Self::Circle,
        Self::SecondRoot,
        Self::OutsideRoot,
        Self::LevelUnknown,
        Self::LevelNotBetween,
        Self::KindUnknown,
        Self::NotACount,
        Self::CountTooBig,
        Self::NotADay,
        Self::NotAText,
        Self::Formula,
        Self::ErrorCell,
        Self::ControlCharacter,
    ];

    /// The number that screens, handbook and support share.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::ColumnMissing => "E-IMP-01",
            Self::ColumnTwice => "E-IMP-02",
            Self::ColumnUnknown => "W-IMP-03",
            Self::CodeEmpty => "E-IMP-04",
            Self::CodeMalformed => "E-IMP-05",
            Self::CodeTwice => "E-IMP-06",
            Self::CodeTakenLater => "E-IMP-07",
            Self::NameEmpty => "E-IMP-08",
            Self::NameTooLong => "E-IMP-09",
            Self::ParentUnknown => "E-IMP-10",
            Self::ParentNotStanding => "E-IMP-11",
            Self::Circle => "E-IMP-12",
            Self::SecondRoot => "E-IMP-13",
            Self::OutsideRoot => "E-IMP-14",
            Self::LevelUnknown => "E-IMP-15",
            Self::LevelNotBetween => "E-IMP-16",
            Self::KindUnknown => "E-IMP-17",
            Self::NotACount => "E-IMP-18",
            Self::CountTooBig => "E-IMP-19",
            Self::NotADay => "E-IMP-20",
            Self::NotAText => "E-IMP-21",
            Self::Formula => "E-IMP-22",
            Self::ErrorCell => "E-IMP-23",
            Self::ControlCharacter => "E-IMP-24",
        }
    }

    /// Whether it stops the import.
    #[must_use]
    pub fn severity(self) -> Severity {
        if self == Self::ColumnUnknown {
            Severity::Warns
        } else {
            Severity::Blocks
        }
    }
}

/// Whether a finding stops the import.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It must be put right first.
    Blocks,
    /// It is good to know.
    Warns,
}

/// Something wrong in the header.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct HeaderFinding {
    /// The column, from 0; `None` for one that is missing.
    pub column: Option<usize>,
    /// What the column means; `None` where that is unknown.
    pub field: Option<Field>,
    /// What is wrong.
    pub code: ImportCode,
    /// The word found, cut to 80 characters.
    pub value: String,
    /// Whether it stops the import.
    pub severity: Severity,
}

/// Something wrong in a cell.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CellFinding {
    /// The line in the file.
    pub line: u32,
    /// The column, from 0.
    pub column: usize,
    /// What the column means.
    pub field: Field,
    /// What is wrong.
    pub code: ImportCode,
    /// What was found, cut to 80 characters: the cell's content, the codes of
    /// a circle (`A → B → A`), the day from which something fails.
    pub value: String,
    /// Other lines concerned, at most twenty.
    pub lines: Vec<u32>,
    /// Whether it stops the import.
    pub severity: Severity,
}
