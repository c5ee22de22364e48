//! Drawing up a report and turning it into paper.

use axum::http::StatusCode;
use plenum_papers::OfficialDocument;
use plenum_rules::access::Permission;
use plenum_store::board::{self, Board};
use serde::Deserialize;
use tokio::sync::Semaphore;

use super::document;
use super::letter::{Asked, Letter};
use super::matter;
use crate::shell::place::place;
use crate::shell::problem::Result;
use crate::shell::{Look, Place, Problem};

/// Setting a long report takes a processor for a while; others wait, so that
/// pages stay quick.
static PRESSES: Semaphore = Semaphore::const_new(2);

/// A report drawn up.
pub struct Drawn {
    /// Season, unit and day.
    pub place: Place,
    /// The figures.
    pub board: Board,
    /// What is usual around it.
    pub usual: Letter,
    /// What stands around it.
    pub letter: Letter,
    /// The document.
    pub document: OfficialDocument,
}

/// Draws up the report of a node on a day.
///
/// # Errors
/// Not found, forbidden, `E-DAY`, `E-REP-06`.
pub async fn draw_up(look: &mut Look, season: &str, asked: &Asked) -> Result<Drawn> {
    let place = place(look, season, asked.unit.as_deref(), asked.on.as_deref()).await?;
    look.must(Permission::DownloadReport, place.unit.unit)
        .await?;
    let board = board::load(&mut look.tx, &place.season, &place.path, (place.day, None))
        .await?
        .ok_or_else(Problem::not_found)?;
    let matter = matter::gather(look, &place, &board).await?;
    let usual = Letter::usual(&matter.line, place.day);
    let letter = usual.clone().adjusted(asked)?;
    let document = document::write(&place, &board, &matter, &letter);
    Ok(Drawn {
        place,
        board,
        usual,
        letter,
        document,
    })
}

/// What paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// To print and send.
    Pdf,
    /// To go on writing.
    Docx,
    /// To count on.
    Xlsx,
}

impl Format {
    /// The format of a file's ending.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        [Self::Pdf, Self::Docx, Self::Xlsx]
            .into_iter()
            .find(|format| format.ending() == ending)
    }

    /// The ending of the file's name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
        }
    }

    /// The media type.
    #[must_use]
    pub fn media(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Sets a document.
///
/// # Errors
/// `E-500` where it cannot be set.
pub async fn set(document: OfficialDocument, format: Format) -> Result<Vec<u8>> {
    let failed = |why: String| {
        let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
        problem.inner = Some(why);
        problem
    };
    let permit = PRESSES
        .acquire()
        .await
        .map_err(|error| failed(error.to_string()))?;
    let bytes = tokio::task::spawn_blocking(move || {
        // Kept until the work is done, even if whoever asked has gone.
        let _permit = permit;
        match format {
            Format::Pdf => plenum_papers::pdf(&document),
            Format::Docx => plenum_papers::docx(&document),
            Format::Xlsx => plenum_papers::xlsx(&document),
        }
    })
    .await
    .map_err(|error| failed(error.to_string()))?;
    bytes.map_err(|error| failed(error.to_string()))
}

/// The name a report is saved under.
#[must_use]
pub fn file_name(drawn: &Drawn, format: Format) -> String {
    let code: String = drawn
        .board
        .unit
        .code
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect();
    format!(
        "bao-cao-{}-{code}-{}.{}",
        drawn.place.season.id,
        drawn.place.day,
        format.ending()
    )
}
