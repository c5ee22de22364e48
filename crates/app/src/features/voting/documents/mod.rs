//! What is handed out of an election. Papers are always in Vietnamese: people
//! sign them, whatever language the screen speaks, so their wording stands
//! here and not among the texts of the screen.

mod journal;
mod list;
mod minutes;
mod preliminary;

use axum::http::StatusCode;
use plenum_papers::{Cell, CivilDate, OfficialDocument, Row, Section, Table};
use plenum_rules::Day;
use plenum_rules::voting::archive::Archive;
use plenum_store::voting::Paper;

pub use journal::journal;
pub use list::list;
pub use minutes::{minutes, result};

use super::pages::ballot_name;
use crate::shell::elections::{Ballot, Hall};
use crate::shell::{Lang, Place, Problem, Words};

/// The language of every paper.
pub const VI: Words = Words(Lang::Vi);

/// A paper that could not be made: a fault of ours.
pub fn failed(error: &dyn std::fmt::Display) -> Problem {
    let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
    problem.inner = Some(error.to_string());
    problem
}

/// Whose election, as it stands on papers: "Bầu Chi ủy Chi bộ 12, nhiệm kỳ
/// 2020–2022".
pub fn title(place: &Place, ballot: &Ballot) -> String {
    let name = ballot_name(VI, ballot);
    let unit = &place.unit.name;
    match place.season.term(&place.unit.level) {
        Some(term) => format!("{name} — {unit}, nhiệm kỳ {term}"),
        None => format!("{name} — {unit}"),
    }
}

/// The archive of the ballot, once there is a result.
pub fn archive(
    place: &Place,
    hall: &Hall,
    ballot: &Ballot,
    paper: Option<Paper>,
) -> Option<Archive> {
    let resulted = ballot.facts.election.resulted()?;
    Some(resulted.archive(
        &title(place, ballot),
        hall.day_of_vote(ballot),
        paper.map(|paper| paper.layout),
    ))
}

/// A day as paper takes it.
fn civil(day: Day) -> CivilDate {
    let date = day.date();
    let month = u8::try_from(date.month()).unwrap_or(1);
    let number = u8::try_from(date.day()).unwrap_or(1);
    CivilDate::new(date.year(), month, number)
        .or_else(|| CivilDate::new(1900, 1, 1))
        .unwrap_or_else(|| unreachable!("1 January 1900 is a day"))
}

/// The place papers are signed at: the nearest unit that is one.
fn signed_at(place: &Place) -> String {
    let starts = [
        "phường ",
        "xã ",
        "thị trấn ",
        "quận ",
        "huyện ",
        "thị xã ",
        "thành phố ",
        "tỉnh ",
    ];
    let of = |name: &str| {
        starts.iter().find_map(|start| {
            name.find(start)
                .map(|at| name[at + start.len()..].to_owned())
        })
    };
    place
        .path
        .iter()
        .rev()
        .find_map(|unit| of(&unit.name))
        .unwrap_or_default()
}

/// A document of a day with its heading; the body follows.
fn document(place: &Place, day: Day, kind: &str, about: String) -> OfficialDocument {
    let above = place
        .path
        .len()
        .checked_sub(2)
        .and_then(|above| place.path.get(above));
    OfficialDocument {
        superior_body: above.map_or_else(String::new, |unit| unit.name.to_uppercase()),
        issuing_body: place.unit.name.to_uppercase(),
        number: String::new(),
        place: signed_at(place),
        date: civil(day),
        kind: kind.to_owned(),
        abstract_line: about,
        sections: Vec::new(),
        authority: "T/M BAN KIỂM PHIẾU".to_owned(),
        post: "TRƯỞNG BAN".to_owned(),
        signer: String::new(),
        recipients: Vec::new(),
    }
}

fn said(title: &str, paragraphs: Vec<String>) -> Section {
    Section {
        title: (!title.is_empty()).then(|| title.to_owned()),
        paragraphs,
        table: None,
    }
}

fn shown(title: &str, paragraphs: Vec<String>, table: Table) -> Section {
    Section {
        table: Some(table),
        ..said(title, paragraphs)
    }
}

fn row(cells: Vec<Cell>) -> Row {
    Row {
        cells,
        emphasis: false,
    }
}

fn text(words: impl Into<String>) -> Cell {
    Cell::Text(words.into())
}
