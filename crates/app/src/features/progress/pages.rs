//! The progress page of a node.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use plenum_papers::sheet::{Sheet, SheetCell, SheetRow, write_xlsx};
use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::org::Level;
use plenum_rules::progress::Measure;
use plenum_store::board::{self, Board};
use serde::Deserialize;

use super::chart::{Chart, chart};
use super::rows::{self, ChildRow, Own, PartRow, PeopleGroup, RemainingRow, Tile};
use crate::shell::asked::{Asking, Known};
use crate::shell::page::render;
use crate::shell::place::{day_of, place_for};
use crate::shell::sentence::{levels_in_sentence, sentence};
use crate::shell::{App, Chrome, Place, Problem, Visitor, Words, look};

/// What the address of a progress page says.
#[derive(Clone, Deserialize, Default)]
pub struct Asked {
    /// The unit's code.
    pub unit: Option<String>,
    /// The day.
    pub on: Option<String>,
    /// The day to compare with.
    pub with: Option<String>,
}

/// Loads what the address asks for.
pub async fn load(
    app: &App,
    visitor: &Visitor,
    season: &str,
    asked: &Asked,
) -> Result<(Place, Board), Problem> {
    load_for(app, visitor, Permission::SeeProgress, season, asked).await
}

/// As [`load`], for whoever holds another permission.
pub async fn load_for(
    app: &App,
    visitor: &Visitor,
    permission: Permission,
    season: &str,
    asked: &Asked,
) -> Result<(Place, Board), Problem> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let (unit, on) = (asked.unit.as_deref(), asked.on.as_deref());
    let place = place_for(&mut look, permission, season, unit, on).await?;
    let then = match asked.with.as_deref().filter(|with| !with.is_empty()) {
        Some(with) => Some(day_of(Some(with), place.day)?),
        None => None,
    };
    let board = board::load(&mut look.tx, &place.season, &place.path, (place.day, then))
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok((place, board))
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["unit", "on", "with"];
}

#[derive(Template)]
#[template(path = "progress/progress.html")]
struct ProgressPage {
    p: Chrome,
    day: String,
    with: String,
    code: String,
    previous: String,
    next: String,
    today: String,
    wall: String,
    xlsx: String,
    report: String,
    congress: String,
    sentence: String,
    more: String,
    own: Option<Own>,
    tiles: Vec<Tile>,
    main_level: String,
    other_levels: Vec<String>,
    children: Vec<ChildRow>,
    has_below: bool,
    has_own: bool,
    has_people: bool,
    parts: Vec<PartRow>,
    people: Vec<PeopleGroup>,
    people_cut: bool,
    remaining: Option<Vec<RemainingRow>>,
    soon: usize,
    chart: Option<Chart>,
}

/// `GET /s/{season}/progress`.
pub async fn progress(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(asked): Known<Asked>,
) -> Response {
    match load(&app, &visitor, &season, &asked).await {
        Ok((place, board)) => render(&page(&visitor, &place, &board, &asked)),
        Err(problem) => problem.page(&visitor),
    }
}

fn page(visitor: &Visitor, place: &Place, board: &Board, asked: &Asked) -> ProgressPage {
    let words = visitor.words;
    let code = board.unit.code.clone();
    let on = |day: Day| {
        let mut address = place.address_on("progress", &code, Some(day));
        if let Some(then) = board.then {
            address.push_str(&format!("&with={then}"));
        }
        address
    };
    let others = other_levels(board);
    let children = rows::children(words, place, board, &others);
    let remaining = board
        .remaining
        .as_ref()
        .map(|each| rows::remaining(words, place, board, each));
    let address = |page: &str| place.address_on(page, &code, Some(board.day));
    ProgressPage {
        p: Chrome::new(visitor, &board.unit.name)
            .section("progress")
            .at(place, "progress")
            .live(place),
        day: board.day.to_string(),
        with: asked
            .with
            .clone()
            .filter(|_| board.then.is_some())
            .unwrap_or_default(),
        previous: on(board.day.plus(-1)),
        next: on(board.day.next()),
        today: place.address_on("progress", &code, None),
        wall: place.address("wall", &code),
        xlsx: address("progress.xlsx"),
        report: address("report"),
        congress: place.address("congress", &code),
        code,
        sentence: sentence(words, place.profile, board),
        more: more(words, board),
        own: board.own.as_ref().map(|own| Own::of(words, own, board)),
        tiles: rows::tiles(words, place, board),
        main_level: board
            .counted
            .as_ref()
            .map(|level| levels_in_sentence(words, place.profile, level))
            .unwrap_or_default(),
        other_levels: others
            .iter()
            .map(|level| levels_in_sentence(words, place.profile, level))
            .collect(),
        has_below: children.iter().any(|child| {
            child.main.total > 0
                && child.own.as_ref().is_none_or(|_| {
                    !child.others.is_empty()
                        || board.children.iter().any(|each| !each.below.is_empty())
                })
        }),
        has_own: children.iter().any(|child| child.own.is_some()),
        has_people: children.iter().any(|child| !child.in_charge.is_empty()),
        children,
        parts: rows::parts(words, place, board),
        people: rows::people(words, place, board),
        people_cut: board.in_charge_cut,
        soon: remaining
            .as_ref()
            .map_or(0, |rows| rows.iter().filter(|row| row.soon).count()),
        remaining,
        chart: chart(words, board),
    }
}

/// The levels below other than the counted one, where units directly below
/// have any of them below themselves.
fn other_levels(board: &Board) -> Vec<Level> {
    board
        .levels
        .iter()
        .map(|level| level.level.clone())
        .filter(|level| Some(level) != board.counted.as_ref())
        .filter(|level| {
            board.children.iter().any(|child| {
                child
                    .below
                    .get(level)
                    .is_some_and(|counts| counts.total() > 0)
            })
        })
        .collect()
}

fn more(words: Words, board: &Board) -> String {
    let main = board.main();
    if board.counted.is_none() {
        return String::new();
    }
    let late: i64 = board
        .levels
        .iter()
        .map(|level| level.all[Measure::Late])
        .sum();
    let soon: i64 = board
        .levels
        .iter()
        .map(|level| level.all[Measure::Soon])
        .sum();
    let mut text = words.say_with(
        "progress-more",
        &[
            ("remaining", main.remaining().into()),
            ("late", late.into()),
            ("soon", soon.into()),
        ],
    );
    if let (Some(then), Some(level)) = (board.then, board.level_main()) {
        let change = main.held() - level.then.held();
        text.push(' ');
        text.push_str(
            &words.say_with(
                "progress-compared",
                &[
                    ("day", words.day_in_sentence(then).into()),
                    ("then", words.count(level.then.held()).into()),
                    (
                        "change",
                        format!(
                            "{}{}",
                            if change >= 0 { "+" } else { "−" },
                            words.count(change.abs())
                        )
                        .into(),
                    ),
                ],
            ),
        );
    }
    text
}

/// `GET /s/{season}/progress.xlsx`: the table of units as a spreadsheet.
pub async fn table_as_xlsx(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(asked): Known<Asked>,
) -> Response {
    let (place, board) = match load(&app, &visitor, &season, &asked).await {
        Ok(found) => found,
        Err(problem) => return problem.page(&visitor),
    };
    let sheet = sheet(visitor.words, &place, &board);
    match write_xlsx(&sheet) {
        Ok(bytes) => {
            let name = format!(
                "attachment; filename=\"{}-{}-{}.xlsx\"",
                place.season.id,
                file_part(&board.unit.code),
                board.day
            );
            let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
            (
                [
                    (header::CONTENT_TYPE, media.to_owned()),
                    (header::CONTENT_DISPOSITION, name),
                ],
                bytes,
            )
                .into_response()
        }
        Err(error) => {
            let mut problem = Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "E-500");
            problem.inner = Some(error.to_string());
            problem.page(&visitor)
        }
    }
}

fn file_part(code: &str) -> String {
    code.chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect()
}

fn sheet(words: Words, place: &Place, board: &Board) -> Sheet {
    let others = other_levels(board);
    let mut header = vec![words.say("progress-unit"), words.say("progress-kind")];
    let levels: Vec<Level> = board
        .counted
        .iter()
        .cloned()
        .chain(others.iter().cloned())
        .collect();
    for level in &levels {
        let name = levels_in_sentence(words, place.profile, level);
        header.push(words.say1("progress-column-held", "level", name.clone()));
        header.push(words.say1("progress-column-total", "level", name));
    }
    for key in [
        "progress-late",
        "progress-soon",
        "progress-own",
        "progress-planned",
        "progress-held-on",
        "progress-in-charge",
    ] {
        header.push(words.say(key));
    }
    let number = |value: i64| SheetCell::Number(value.to_string());
    let rows = rows::children(words, place, board, &others)
        .into_iter()
        .zip(2..)
        .map(|(child, line)| {
            let mut cells = vec![SheetCell::Text(child.name), SheetCell::Text(child.kind)];
            for share in std::iter::once(&child.main).chain(&child.others) {
                cells.extend([number(share.held), number(share.total)]);
            }
            let own = child.own.unwrap_or_default();
            cells.extend([number(child.late), number(child.soon)]);
            cells.extend([own.word, own.planned, own.held, child.in_charge].map(SheetCell::Text));
            SheetRow { line, cells }
        })
        .collect();
    Sheet {
        name: words.say("nav-progress"),
        header,
        rows,
    }
}
