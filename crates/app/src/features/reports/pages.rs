//! The report on screen, and its files.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_papers::{Align, Cell, OfficialDocument, vi};
use plenum_rules::Day;

use super::actions::{self, Drawn, Format};
use super::letter::{Asked, Letter};
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::{App, Chrome, Visitor, look};

/// A cell as the page shows it.
struct Shown {
    class: &'static str,
    text: String,
}

struct ShownRow {
    emphasis: bool,
    cells: Vec<Shown>,
}

struct ShownTable {
    caption: String,
    columns: Vec<String>,
    rows: Vec<ShownRow>,
}

struct ShownSection {
    title: String,
    paragraphs: Vec<String>,
    table: Option<ShownTable>,
}

#[derive(Template)]
#[template(path = "reports/preview.html")]
struct Preview {
    p: Chrome,
    code: String,
    day: String,
    date: String,
    previous: String,
    next: String,
    today: String,
    adjusted: bool,
    usual: String,
    pdf: String,
    docx: String,
    xlsx: String,
    letter: Letter,
    place_and_date: String,
    about: String,
    recipients: Vec<String>,
    sections: Vec<ShownSection>,
}

/// `GET /s/{season}/report`.
pub async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    match draw(&app, &visitor, &season, &asked).await {
        // What the form sent as it was is left out of the address.
        Ok(drawn) if says_the_usual(&asked, &drawn) => {
            Redirect::to(&address(&drawn, "report", drawn.place.day)).into_response()
        }
        Ok(drawn) => render(&page(&visitor, drawn)),
        Err(problem) => problem.page(&visitor),
    }
}

async fn draw(app: &App, visitor: &Visitor, season: &str, asked: &Asked) -> Result<Drawn> {
    let mut look = look(app, visitor.signed_in()?).await?;
    actions::draw_up(&mut look, season, asked).await
}

/// Whether the address names a part of the letter as it would be anyway.
fn says_the_usual(asked: &Asked, drawn: &Drawn) -> bool {
    let named = [
        &asked.superior,
        &asked.body,
        &asked.number,
        &asked.place,
        &asked.date,
        &asked.authority,
        &asked.post,
        &asked.signer,
        &asked.to,
    ]
    .into_iter()
    .flatten()
    .count();
    named > drawn.letter.differing(&drawn.usual).len()
}

/// The address of this report, or of its file, with all that was adjusted.
fn address(drawn: &Drawn, page: &str, day: Day) -> String {
    let mut address = drawn
        .place
        .address_on(page, &drawn.board.unit.code, Some(day));
    let differing = drawn.letter.differing(&drawn.usual);
    if !differing.is_empty() {
        let query = serde_urlencoded::to_string(differing).unwrap_or_default();
        address.push('&');
        address.push_str(&query);
    }
    address
}

fn page(visitor: &Visitor, drawn: Drawn) -> Preview {
    let (place, board) = (&drawn.place, &drawn.board);
    let file = |format: Format| address(&drawn, &format!("report.{}", format.ending()), place.day);
    let title = visitor
        .words
        .say1("reports-title", "unit", &board.unit.name);
    let document = &drawn.document;
    Preview {
        p: Chrome::new(visitor, title)
            .section("reports")
            .at(place, "report"),
        code: board.unit.code.clone(),
        day: place.day.to_string(),
        date: drawn.letter.date.to_string(),
        previous: address(&drawn, "report", place.day.plus(-1)),
        next: address(&drawn, "report", place.day.next()),
        today: place.address_on("report", &board.unit.code, None),
        adjusted: drawn.letter != drawn.usual,
        usual: place.address_on("report", &board.unit.code, Some(place.day)),
        pdf: file(Format::Pdf),
        docx: file(Format::Docx),
        xlsx: file(Format::Xlsx),
        place_and_date: document.place_and_date(),
        about: document.abstract_line.clone(),
        recipients: document.recipients.clone(),
        sections: shown(document),
        letter: drawn.letter.clone(),
    }
}

fn shown(document: &OfficialDocument) -> Vec<ShownSection> {
    document
        .sections
        .iter()
        .map(|section| ShownSection {
            title: section.title.clone().unwrap_or_default(),
            paragraphs: section.paragraphs.clone(),
            table: section.table.as_ref().map(|table| ShownTable {
                caption: table.caption.clone().unwrap_or_default(),
                columns: table
                    .columns
                    .iter()
                    .map(|column| column.title.clone())
                    .collect(),
                rows: table
                    .rows
                    .iter()
                    .map(|row| ShownRow {
                        emphasis: row.emphasis,
                        cells: table
                            .columns
                            .iter()
                            .zip(row.cells.iter().chain(std::iter::repeat(&Cell::Empty)))
                            .map(|(column, cell)| Shown {
                                class: match column.align {
                                    Align::Right => "num",
                                    Align::Center => "nowrap",
                                    Align::Left => "",
                                },
                                text: vi::cell(cell),
                            })
                            .collect(),
                    })
                    .collect(),
            }),
        })
        .collect()
}

/// `GET /s/{season}/report.pdf`.
pub async fn pdf(
    state: State<App>,
    visitor: Visitor,
    season: Path<String>,
    asked: Query<Asked>,
) -> Response {
    file(state, visitor, season, asked, Format::Pdf).await
}

/// `GET /s/{season}/report.docx`.
pub async fn docx(
    state: State<App>,
    visitor: Visitor,
    season: Path<String>,
    asked: Query<Asked>,
) -> Response {
    file(state, visitor, season, asked, Format::Docx).await
}

/// `GET /s/{season}/report.xlsx`.
pub async fn xlsx(
    state: State<App>,
    visitor: Visitor,
    season: Path<String>,
    asked: Query<Asked>,
) -> Response {
    file(state, visitor, season, asked, Format::Xlsx).await
}

async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(asked): Query<Asked>,
    format: Format,
) -> Response {
    let drawn = match draw(&app, &visitor, &season, &asked).await {
        Ok(drawn) => drawn,
        Err(problem) => return problem.page(&visitor),
    };
    let name = actions::file_name(&drawn, format);
    match actions::set(drawn.document, format).await {
        Ok(bytes) => (
            [
                (header::CONTENT_TYPE, format.media().to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{name}\""),
                ),
            ],
            bytes,
        )
            .into_response(),
        Err(problem) => problem.page(&visitor),
    }
}
