//! Ballot papers, ready to print, with the layout a reader needs to find every mark again.
//!
//! All papers of one election are the same: nothing on them could point to a voter. The layout is computed first and the
//! paper printed by it, so that what the layout says is where the ink is. Lengths are whole hundredths of a millimetre.

use serde::{Deserialize, Serialize};
use typst::foundations::{Dict, Smart, Value};
use typst_pdf::PdfOptions;

use crate::document::one_line;
use crate::error::PaperError;
use crate::press::{self, array, dict, text};
use crate::vi;

mod layout;
mod names;

use names::{LEADING, lines};

pub use layout::{Area, BallotLayout, BallotPage, BallotRow, layout};

const TEMPLATE: (&str, &str) = ("ballot.typ", include_str!("ballot.typ"));
/// More names than this are no ballot a person can read.
pub const MOST_NAMES: usize = 256;

/// How a voter marks the paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BallotMarks {
    /// A line through the whole name of whoever is not voted for: a list with surplus (244-QĐ/TW, Article 17.1).
    StrikeOut,
    /// An X for or against each person: a list without surplus, in four columns (the same article).
    AgreeDisagree,
    /// A number for each person, 1 for the first choice.
    Rank,
}

/// A name on the list, in its order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BallotName {
    /// Family name, middle name and given name; where two are equal, with what tells them apart.
    pub name: String,
}

/// What stands on the paper. All text is plain text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BallotPaper {
    /// Who meets: the organisation above, then the one that votes; one line each.
    pub organisation: Vec<String>,
    /// "PHIẾU BẦU CỬ".
    pub title: String,
    /// What is elected: "Bầu Chi ủy Chi bộ 12, nhiệm kỳ 2020–2022".
    pub subject: String,
    /// How to vote, and how many are to be elected; one line each.
    pub instruction: Vec<String>,
    /// The list.
    pub names: Vec<BallotName>,
    /// How it is marked.
    pub marks: BallotMarks,
    /// The heads of the columns: number, name, then one for each place to mark.
    pub columns: Vec<String>,
    /// What stands in the place for the stamp, at the upper left.
    pub stamp: String,
    /// "Tờ {n}/{of}", for lists of several sheets.
    pub sheet: String,
}

impl BallotPaper {
    fn check(&self) -> Result<(), PaperError> {
        let names = self.names.len();
        if names == 0 || names > MOST_NAMES {
            return Err(PaperError::BallotNames { names });
        }
        let columns = 2 + self.marks.places();
        if self.columns.len() != columns {
            return Err(PaperError::BallotColumns { columns });
        }
        Ok(())
    }
}

impl BallotMarks {
    /// How many places to mark each name has beside it.
    #[must_use]
    pub fn places(self) -> usize {
        match self {
            Self::StrikeOut => 0,
            Self::AgreeDisagree => 2,
            Self::Rank => 1,
        }
    }
}

/// The paper as PDF. `code` names the election and its layout; it is printed as a QR code, with the number of the sheet
/// after it, so that a scanner can tell what it reads. The same paper gives the same bytes.
///
/// # Errors
///
/// [`PaperError::BallotNames`] and [`PaperError::BallotColumns`] for a paper that cannot be set,
/// [`PaperError::BallotCode`] where the code is too long, [`PaperError::Typesetting`].
pub fn ballot(paper: &BallotPaper, code: &str) -> Result<Vec<u8>, PaperError> {
    let layout = layout(paper)?;
    let options = PdfOptions {
        creator: Smart::Custom(Some("Plenum".to_owned())),
        ..PdfOptions::default()
    };
    press::print(TEMPLATE, &values(paper, &layout, code)?, &options)
}

fn values(paper: &BallotPaper, layout: &BallotLayout, code: &str) -> Result<Dict, PaperError> {
    let mut head: Vec<(String, bool, i64)> = Vec::new();
    let last = paper.organisation.len().saturating_sub(1);
    for (place, line) in paper.organisation.iter().enumerate() {
        head.push((line.clone(), place == last, 90));
    }
    head.push((paper.title.clone(), true, 150));
    head.push((paper.subject.clone(), true, 105));
    let instruction = paper
        .instruction
        .iter()
        .map(|line| (line.clone(), false, 100));
    let mut pages = Vec::new();
    for page in 0..layout.pages.len() {
        pages.push(Value::Dict(sheet(paper, layout, page, code)?));
    }
    Ok(dict([
        (
            "title",
            text(one_line(&format!("{} {}", paper.title, paper.subject))),
        ),
        ("width", Value::Int(layout.width.into())),
        ("height", Value::Int(layout.height.into())),
        ("size", Value::Int(layout.size.into())),
        ("leading", Value::Int(LEADING.into())),
        ("corners", array(layout.corners, area)),
        ("stamp", area(layout.stamp)),
        ("stamp-label", text(one_line(&paper.stamp))),
        ("head", area(layout.head)),
        ("head-lines", array(head, line)),
        ("instruction", area(layout.instruction)),
        ("instruction-lines", array(instruction, line)),
        ("foot", area(layout.foot)),
        ("pages", array(pages, |page| page)),
    ]))
}

fn line((words, bold, scale): (String, bool, i64)) -> Value {
    Value::Dict(dict([
        ("text", text(vi::printable(&words))),
        ("bold", Value::Bool(bold)),
        ("scale", Value::Int(scale)),
    ]))
}

fn sheet(
    paper: &BallotPaper,
    layout: &BallotLayout,
    page: usize,
    code: &str,
) -> Result<Dict, PaperError> {
    let of = layout.pages.len();
    let sheet = &layout.pages[page];
    let heads = sheet.heads.iter().map(|(column, place)| {
        Value::Dict(dict([
            ("box", area(*place)),
            ("label", text(one_line(&paper.columns[*column]))),
        ]))
    });
    let rows = sheet.rows.iter().map(|row| {
        let name = &paper.names[usize::from(row.number) - 1].name;
        let marks = row.cells.iter().zip(&row.boxes);
        Value::Dict(dict([
            ("number", text(row.number.to_string())),
            ("number-box", area(row.number_cell)),
            (
                "name",
                array(lines(&one_line(name), row.name_cell.w, row.size), text),
            ),
            ("size", Value::Int(row.size.into())),
            ("name-box", area(row.name_cell)),
            (
                "marks",
                array(marks, |(cell, place)| {
                    Value::Dict(dict([("cell", area(*cell)), ("box", area(*place))]))
                }),
            ),
        ]))
    });
    let foot = paper
        .sheet
        .replace("{n}", &(page + 1).to_string())
        .replace("{of}", &of.to_string());
    Ok(dict([
        (
            "code",
            array(bars(layout, &format!("{code}/{}", page + 1))?, area),
        ),
        ("heads", array(heads, |head| head)),
        ("rows", array(rows, |row| row)),
        ("foot", text(one_line(&foot))),
    ]))
}

/// The dark modules of a QR code inside the layout's place for it: one bar for each run in a row.
fn bars(layout: &BallotLayout, code: &str) -> Result<Vec<Area>, PaperError> {
    let made = qrcode::QrCode::with_error_correction_level(code, qrcode::EcLevel::Q)
        .map_err(|_| PaperError::BallotCode)?;
    let side = u32::try_from(made.width()).map_err(|_| PaperError::BallotCode)?;
    let dark = made.to_colors();
    let edge = |module: u32| layout.code.w * module / side;
    let mut bars = Vec::new();
    for (row, modules) in (0..side).zip(dark.chunks(made.width())) {
        let mut from = None;
        for (column, colour) in (0..=side).zip(modules.iter().map(Some).chain([None])) {
            let is_dark = colour == Some(&qrcode::Color::Dark);
            match from {
                None if is_dark => from = Some(column),
                Some(start) if !is_dark => {
                    bars.push(Area {
                        x: layout.code.x + edge(start),
                        y: layout.code.y + edge(row),
                        w: edge(column) - edge(start),
                        h: edge(row + 1) - edge(row),
                    });
                    from = None;
                }
                _ => {}
            }
        }
    }
    Ok(bars)
}

fn area(area: Area) -> Value {
    Value::Dict(dict([
        ("x", Value::Int(area.x.into())),
        ("y", Value::Int(area.y.into())),
        ("w", Value::Int(area.w.into())),
        ("h", Value::Int(area.h.into())),
    ]))
}
