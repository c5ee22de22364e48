//! What is handed out: typed input → bytes, and spreadsheets read back.
//!
//! - [`OfficialDocument`] is a document of the organisation in the Party's layout (HD 36-HD/VPTW, 03/4/2018);
//!   [`pdf`], [`docx`] and [`xlsx`] turn the same value into bytes.
//! - [`ballot`] prints a ballot paper by the [`layout`] that a reader finds its marks by.
//! - [`sheet`] reads and writes tabular files for import and export, with hard limits and refusals that name the cell.
//! - [`vi`] renders numbers and dates as Vietnamese offices write them.
//!
//! No clock, no files, no network: every date is an argument, and the same input gives the same bytes.

mod ballot;
mod date;
mod document;
mod docx;
mod error;
mod pdf;
mod press;
pub mod sheet;
pub mod vi;
mod xlsx;

pub use ballot::{
    Area, BallotLayout, BallotMarks, BallotName, BallotPage, BallotPaper, BallotRow, MOST_NAMES,
    ballot, layout,
};
pub use date::CivilDate;
pub use document::{Align, Cell, Column, OfficialDocument, Row, Section, Table};
pub use docx::docx;
pub use error::PaperError;
pub use pdf::pdf;
pub use xlsx::xlsx;
