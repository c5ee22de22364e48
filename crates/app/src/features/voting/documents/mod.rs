//! What is handed out of an election. Papers are always in Vietnamese: people
//! sign them, whatever language the screen speaks, so their wording stands
//! here and not among the texts of the screen.

mod journal;
mod list;
mod minutes;
mod outcome;
mod preliminary;

use axum::http::StatusCode;
use plenum_papers::{Cell, CivilDate, OfficialDocument, Row, Section, Table};
use plenum_rules::Day;
use plenum_rules::voting::archive::Archive;
use plenum_rules::voting::machine::Election;
use plenum_rules::voting::profile::Body;
use plenum_rules::words::roman;
use plenum_store::voting::Paper;

pub use journal::{Keyed, journal};
pub use list::list;
pub use minutes::{minutes, result};

use super::pages::named_there;
use super::pages::wall::is_confirmed;
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
pub fn title(place: &Place, hall: &Hall, ballot: &Ballot) -> String {
    let name = named_there(VI, hall, ballot);
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
    let election = &ballot.facts.election;
    let resulted = election.as_it_was().resulted()?;
    let mut title = title(place, hall, ballot);
    if election.is_void() {
        title.push_str(" (đã hủy)");
    } else if !is_confirmed(election) {
        title.push_str(" (chưa xác nhận)");
    }
    Some(resulted.archive(
        &title,
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

/// A ballot, where it is held, and the how-manieth congress that is, where its
/// record says so.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    pub place: &'a Place,
    pub hall: &'a Hall,
    pub ballot: &'a Ballot,
    pub ordinal: Option<u16>,
    /// The names of those who confirmed the result.
    pub confirmed: &'a [String],
}

impl Subject<'_> {
    fn body(&self) -> Option<Body> {
        self.ballot.facts.draft().map(|draft| draft.body)
    }

    /// Who votes: a congress or a committee's meeting.
    fn assembly(&self) -> &'static str {
        match self.body() {
            Some(Body::Meeting) => "hội nghị",
            _ => "đại hội",
        }
    }

    fn day(&self) -> Day {
        self.hall.day_of_vote(self.ballot)
    }

    /// Whose election, and at which congress. A by-election is held between two
    /// congresses and at neither.
    fn about(&self) -> String {
        let title = title(self.place, self.hall, self.ballot);
        if self.hall.chain.by_election {
            return title;
        }
        match (self.body(), self.ordinal) {
            (Some(Body::Meeting), _) => format!("{title}, tại Hội nghị lần thứ nhất"),
            (Some(_), Some(ordinal)) => format!("{title}, tại Đại hội lần thứ {}", roman(ordinal)),
            _ => title,
        }
    }
}

/// A document of a ballot with its heading, signed by the head of those who
/// count; the body follows.
fn document(subject: &Subject<'_>, kind: &str, about: String) -> OfficialDocument {
    let Subject { place, ballot, .. } = subject;
    let facts = &ballot.facts;
    let head = facts.election.as_it_was().closed().and_then(|closed| {
        let head = closed.open.tellers.first()?;
        facts.as_closed(*head)
    });
    let (authority, post) = if ballot.purpose == "opinion" {
        ("T/M TỔ GIÚP VIỆC", "TỔ TRƯỞNG")
    } else {
        ("T/M BAN KIỂM PHIẾU", "TRƯỞNG BAN")
    };
    let above = place
        .path
        .len()
        .checked_sub(2)
        .and_then(|above| place.path.get(above));
    OfficialDocument {
        heading: place.profile.heading_vi.clone(),
        superior_body: above.map_or_else(String::new, |unit| unit.name.to_uppercase()),
        issuing_body: place.unit.name.to_uppercase(),
        number: String::new(),
        place: signed_at(place),
        date: civil(subject.day()),
        kind: kind.to_owned(),
        abstract_line: about,
        sections: Vec::new(),
        authority: authority.to_owned(),
        post: post.to_owned(),
        signer: head.map_or_else(String::new, |head| head.name.clone()),
        recipients: Vec::new(),
    }
}

/// That the ballot is void; nothing of one that is not.
fn voided(subject: &Subject<'_>) -> Option<Section> {
    let void = subject.ballot.facts.election.is_void();
    void.then(|| standing(subject))
}

/// What a paper with figures says of where they stand: void, not confirmed yet,
/// or confirmed by whom.
fn standing(subject: &Subject<'_>) -> Section {
    let standing = match &subject.ballot.facts.election {
        Election::Annulled(annulled) => format!(
            "LẦN BẦU NÀY ĐÃ BỊ HỦY: {}. Số liệu chỉ để lưu và đối chiếu.",
            annulled.reason.trim_end_matches('.')
        ),
        _ if subject.confirmed.len() < 2 => {
            "BẢN CHƯA XÁC NHẬN: kết quả chưa được hai người kiểm phiếu xác nhận.".to_owned()
        }
        _ => format!(
            "Kết quả đã được xác nhận trên máy bởi: {}.",
            subject.confirmed.join(", ")
        ),
    };
    said("", vec![standing])
}

/// A list is the presidium's.
fn of_presidium(paper: &mut OfficialDocument) {
    paper.authority = "T/M ĐOÀN CHỦ TỊCH".to_owned();
    paper.post.clear();
    paper.signer.clear();
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
