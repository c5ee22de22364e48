//! The report as a document of the Party's layout. It is always in
//! Vietnamese: it goes to an office, whatever language the screen speaks, so
//! its wording stands here and not among the texts of the screen.

use plenum_papers::{CivilDate, OfficialDocument, Section, Table, vi};
use plenum_rules::Day;
use plenum_rules::progress::Measure;
use plenum_rules::season::InstrumentKind;
use plenum_rules::words::{day_document, day_sentence, roman};
use plenum_store::board::Board;
use plenum_store::season::InstrumentRow;

use super::letter::Letter;
use super::matter::Matter;
use super::{lists, parts};
use crate::shell::sentence::{levels_in_sentence, sentence};
use crate::shell::{Lang, Place, Words};

/// The language of every report.
pub const VI: Words = Words(Lang::Vi);

/// A day as paper takes it.
#[must_use]
pub fn civil(day: Day) -> CivilDate {
    let date = day.date();
    let month = u8::try_from(date.month()).unwrap_or(1);
    let number = u8::try_from(date.day()).unwrap_or(1);
    CivilDate::new(date.year(), month, number)
        .or_else(|| CivilDate::new(1900, 1, 1))
        .unwrap_or_else(|| unreachable!("1 January 1900 is a day"))
}

/// Writes the report.
#[must_use]
pub fn write(place: &Place, board: &Board, matter: &Matter, letter: &Letter) -> OfficialDocument {
    let mut numbered: Vec<Part> = vec![
        parts::overall(place, board, matter),
        parts::units(place, board),
        lists::remaining(board),
        lists::calendar(board),
        lists::elections(place, board),
        lists::difficulties(board, matter),
        lists::works(board, matter),
    ];
    numbered.retain(|part| !part.sections.is_empty());
    let mut sections = vec![opening(place, board, matter)];
    for (part, number) in numbered.into_iter().zip(1_u16..) {
        let title = format!("{}. {}", roman(number), part.title);
        let mut own = part.sections.into_iter();
        sections.extend(own.next().map(|first| Section {
            title: Some(title),
            ..first
        }));
        sections.extend(own);
    }
    sections.push(said(vec![closing(matter)]));
    OfficialDocument {
        heading: place.profile.heading_vi.clone(),
        superior_body: letter.superior.clone(),
        issuing_body: letter.body.clone(),
        number: letter.number.clone(),
        place: letter.place.clone(),
        date: civil(letter.date),
        kind: "BÁO CÁO".to_owned(),
        abstract_line: about(place, board),
        sections,
        authority: letter.authority.clone(),
        post: letter.post.clone(),
        signer: letter.signer.clone(),
        recipients: letter.recipients().map(str::to_owned).collect(),
    }
}

/// A part with a title of its own; its sections follow one another.
pub struct Part {
    /// The title without its number.
    pub title: String,
    /// Paragraphs and tables.
    pub sections: Vec<Section>,
}

impl Part {
    /// With a title.
    #[must_use]
    pub fn new(title: &str, sections: Vec<Section>) -> Self {
        Self {
            title: title.to_owned(),
            sections,
        }
    }
}

/// Paragraphs only.
#[must_use]
pub fn said(paragraphs: Vec<String>) -> Section {
    Section {
        title: None,
        paragraphs,
        table: None,
    }
}

/// Paragraphs with a table after them.
#[must_use]
pub fn shown(paragraphs: Vec<String>, table: Table) -> Section {
    Section {
        title: None,
        paragraphs,
        table: Some(table),
    }
}

fn about(place: &Place, board: &Board) -> String {
    let what = match &board.counted {
        Some(counted) => {
            let level = levels_in_sentence(VI, place.profile, counted);
            format!(
                "tiến độ đại hội {level} và các tổ chức đảng trực thuộc {}",
                board.unit.name
            )
        }
        None => format!("kết quả đại hội {}", board.unit.name),
    };
    format!("{what} (tính đến {})", day_document(board.day))
}

fn kind(kind: InstrumentKind) -> &'static str {
    match kind {
        InstrumentKind::Directive => "Chỉ thị số",
        InstrumentKind::Plan => "Kế hoạch số",
        InstrumentKind::Guidance => "Hướng dẫn số",
        InstrumentKind::Decision => "Quyết định số",
        InstrumentKind::Other => "Văn bản số",
    }
}

fn named(row: &InstrumentRow) -> String {
    format!(
        "{} {}, ngày {} của {}",
        kind(row.kind),
        row.key.number,
        day_sentence(row.key.date),
        row.key.issuer
    )
}

fn opening(place: &Place, board: &Board, matter: &Matter) -> Section {
    let speaker = Letter::speaker(&matter.line);
    let carried: Vec<String> = matter.instruments.iter().map(named).collect();
    let reports = format!("{speaker} báo cáo tiến độ, kết quả đại hội như sau:");
    let first = if carried.is_empty() {
        reports
    } else {
        format!("Thực hiện {}, {reports}", carried.join("; "))
    };
    let mut paragraphs = vec![first, sentence(VI, place.profile, board)];
    paragraphs.extend(outlook(board));
    said(paragraphs)
}

/// What remains, as the page says it below its sentence.
fn outlook(board: &Board) -> Option<String> {
    board.counted.as_ref()?;
    if board.levels.iter().all(|level| level.all.remaining() == 0) {
        return None;
    }
    let sum =
        |measure: Measure| -> i64 { board.levels.iter().map(|level| level.all[measure]).sum() };
    let values = [
        ("remaining", board.main().remaining().into()),
        ("late", sum(Measure::Late).into()),
        ("soon", sum(Measure::Soon).into()),
    ];
    Some(VI.say_with("progress-more", &values))
}

fn closing(matter: &Matter) -> String {
    let speaker = Letter::speaker(&matter.line);
    match Letter::addressee(&matter.line) {
        Some(above) => format!(
            "Trên đây là báo cáo tiến độ, kết quả đại hội, {speaker} kính báo cáo {above} xem xét, cho ý kiến chỉ đạo."
        ),
        None => format!("Trên đây là báo cáo tiến độ, kết quả đại hội của {speaker}."),
    }
}

/// "2.457", as paper writes it.
#[must_use]
pub fn number(value: i64) -> String {
    vi::count(value)
}
