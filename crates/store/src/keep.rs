//! Backups: every table as lines of JSON in one ZIP file with a manifest, the
//! same for both engines, so that what was written from one can be restored
//! into the other.
//!
//! Sessions and half-made log-ins are left out: a restored installation begins
//! with everybody outside.

mod read;
mod write;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::schema;
use crate::shape::Table;

pub use read::Archive;
pub use write::write;

/// What the file says it is.
const FORMAT: &str = "plenum-backup";
/// The version of the format.
const VERSION: u32 = 1;
/// Tables that are not kept.
const LEFT_OUT: [&str; 2] = ["session", "login_step"];

/// What is in a backup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    version: u32,
    /// The schema it was written from.
    pub schema: i64,
    /// When, in microseconds since 1970, UTC.
    pub made_at: i64,
    /// How many audit rows.
    pub audit_rows: i64,
    /// The hash of the newest audit row; empty where there is none.
    pub audit_head: String,
    /// Its tables.
    pub tables: Vec<Entry>,
}

/// One table of a backup.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The table.
    pub name: String,
    /// Its columns in the order of the lines.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: u64,
    /// SHA-256 of the lines.
    pub sha256: String,
}

impl Manifest {
    /// How many rows there are in all.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|entry| entry.rows).sum()
    }
}

/// Why a backup cannot be written or restored.
#[derive(Debug)]
pub enum KeepError {
    /// The database.
    Store(StoreError),
    /// The file.
    File(std::io::Error),
    /// The file is not a backup, or not all of one.
    Damaged(String),
    /// There is something in the database already.
    NotEmpty(String),
    /// The chain of audit rows does not hold at this row.
    Chain(i64),
}

impl fmt::Display for KeepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::File(error) => write!(f, "backup file: {error}"),
            Self::Damaged(what) => write!(f, "the backup is damaged: {what}"),
            Self::NotEmpty(table) => write!(
                f,
                "the database is not empty (table {table} has rows); restore into a new one"
            ),
            Self::Chain(seq) => write!(
                f,
                "the chain of audit rows breaks at row {seq}; see plenum audit verify"
            ),
        }
    }
}

impl std::error::Error for KeepError {}

impl From<StoreError> for KeepError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<std::io::Error> for KeepError {
    fn from(error: std::io::Error) -> Self {
        Self::File(error)
    }
}

impl From<zip::result::ZipError> for KeepError {
    fn from(error: zip::result::ZipError) -> Self {
        match error {
            zip::result::ZipError::Io(error) if error.kind() != std::io::ErrorKind::InvalidData => {
                Self::File(error)
            }
            other => Self::Damaged(other.to_string()),
        }
    }
}

/// Hears how many rows are done, of how many.
pub type Told<'a> = &'a mut (dyn FnMut(u64, u64) + Send);

/// The tables a backup of a schema has.
fn kept_tables(version: i64) -> Vec<Table> {
    let mut tables = schema::tables(version);
    tables.retain(|table| !LEFT_OUT.contains(&table.name.as_str()));
    tables
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}
