//! Pilots and trials.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plenum_rules::UnitId;
use plenum_rules::access::Permission;
use plenum_rules::season::{Mark, Marked};
use plenum_rules::timeline::Span;
use plenum_store::season::{self as records, SetApart};

use super::super::actions;
use super::super::fields::{Fields, Sheet};
use super::super::roll::{Roll, unit_of};
use super::{At, Choice, choices, desk, mark_code, may_below, on_form, refused, show, went};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Look, Place, Visitor, Words, act, look};

/// A unit set apart.
pub struct Apart {
    /// Its name.
    pub unit: String,
    /// Where its plan is.
    pub href: String,
    /// `pilot` or `trial`.
    pub code: &'static str,
    /// The word for that.
    pub word: String,
    /// What is tried.
    pub subject: String,
    /// Who chose it.
    pub by: String,
    /// The legal basis; empty where none is recorded.
    pub basis: String,
    /// From when.
    pub from: String,
}

#[derive(Template)]
#[template(path = "season/marks.html")]
struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    apart: Vec<Apart>,
    units: Vec<Choice>,
    may_edit: bool,
    sheet: Sheet,
}

/// The units set apart on the place's day, at and below it.
pub async fn apart(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Apart>> {
    let rows = records::set_apart(&mut look.tx, &place.season.id).await?;
    let units: Vec<UnitId> = rows
        .iter()
        .flat_map(|row| [row.unit, row.marked.by])
        .collect();
    let roll = Roll::of(&mut look.tx, units, place.day).await?;
    let meant =
        |row: &&SetApart| row.span.holds(place.day) && roll.is_under(row.unit, place.unit.unit);
    let mut found: Vec<Apart> = rows
        .iter()
        .filter(meant)
        .map(|row| {
            let code = mark_code(row.marked.mark);
            Apart {
                unit: roll.name(row.unit),
                href: place.address("plan", &roll.code(row.unit)),
                code,
                word: words.say(&format!("season-mark-{code}")),
                subject: row.subject.clone(),
                by: roll.name(row.marked.by),
                basis: row.marked.legal_basis.clone().unwrap_or_default(),
                from: words.day(row.span.from),
            }
        })
        .collect();
    found.sort_by(|a, b| {
        a.code
            .cmp(b.code)
            .then_with(|| crate::shell::names::order_natural(&a.unit, &b.unit))
    });
    Ok(found)
}

async fn build(app: &App, visitor: &Visitor, season: &str, at: &At, sheet: Sheet) -> Result<Page> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let desk = desk(&mut look, visitor, season, at, "marks").await?;
    let (place, words) = (&desk.place, visitor.words);
    let apart = apart(&mut look, place, words).await?;
    let count = |code: &str| apart.iter().filter(|one| one.code == code).count();
    let answer = words.say_with(
        "season-marks-answer",
        &[
            ("day", words.day_in_sentence(place.day).into()),
            ("unit", place.unit.name.clone().into()),
            ("pilots", i64::try_from(count("pilot")).unwrap_or(0).into()),
            ("trials", i64::try_from(count("trial")).unwrap_or(0).into()),
        ],
    );
    let mut units = choices(&mut look, place, words, &sheet, "target").await?;
    units.retain(|unit| unit.code != place.unit.code);
    Ok(Page {
        answer,
        apart,
        may_edit: !units.is_empty() && may_below(&mut look, Permission::MarkPilot, place).await?,
        units,
        sheet,
        p: desk.p,
        tabs: desk.tabs,
    })
}

/// The page.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
) -> Response {
    show(
        build(&app, &visitor, &season, &at, Sheet::default()).await,
        &visitor,
    )
}

/// Sets a unit apart.
pub async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    match add(&app, &visitor, &season, &at, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(build(&app, &visitor, &season, &at, sheet).await, &visitor)
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn add(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    fields: &Fields,
) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let place = desk(&mut look, visitor, season, at, "marks").await?.place;
    let unit = unit_of(
        &mut look.tx,
        &place.season,
        fields.get("target"),
        place.day,
        "target",
    )
    .await?;
    let from = fields.optional_day("from")?.unwrap_or(look.today);
    drop(look);
    let mark = match fields.get("mark") {
        "pilot" => Mark::Pilot,
        "trial" => Mark::Trial,
        _ => return Err(Problem::field("E-SEA-41", "mark")),
    };
    let apart = SetApart {
        unit: unit.unit,
        marked: Marked {
            mark,
            by: place.unit.unit,
            legal_basis: fields.optional("basis")?,
        },
        subject: fields.optional("subject")?.unwrap_or_default(),
        span: Span::from(from),
    };
    let id = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::set_apart(cx, &id, apart).await })
    })
    .await?;
    Ok(place.address("marks", &place.unit.code))
}
