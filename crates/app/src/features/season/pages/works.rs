//! Preparations counted in dated batches.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_store::db::new_id;
use plenum_store::season::{self as records, Work, WorkArea, WorkStep};

use super::super::actions;
use super::super::fields::{Fields, Sheet};
use super::super::roll::Roll;
use super::{At, Named, desk, hex, on_form, refused, show, went};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Look, Place, Visitor, Words, act, look};

/// A preparation as of a day.
pub struct Prepared {
    /// Its id in addresses.
    pub id: String,
    /// What it belongs to.
    pub area: String,
    /// What is counted.
    pub title: String,
    /// Whose.
    pub unit: String,
    /// `97/111`.
    pub done: String,
    /// `87,4 %`; empty where the total is unknown.
    pub share: String,
    /// Per mille, for the bar.
    pub width: i64,
    /// Whether nothing is left to do.
    pub complete: bool,
    /// What happened last.
    pub latest: String,
    /// Every step.
    pub steps: Vec<String>,
    /// Whether this person can add to it.
    pub mine: bool,
}

#[derive(Template)]
#[template(path = "season/works.html")]
struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    works: Vec<Prepared>,
    areas: Vec<Named>,
    may_edit: bool,
    step_at: String,
    sheet: Sheet,
    step: Sheet,
}

/// The preparations at and below the place as of its day.
pub async fn works(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Prepared>> {
    let rows = records::works(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.unit), place.day).await?;
    let mut works = Vec::new();
    for row in rows
        .iter()
        .filter(|row| roll.is_under(row.unit, place.unit.unit))
    {
        let mine = look.may(Permission::EditSeason, row.unit).await?;
        works.push(prepared(row, &roll, place, words, mine));
    }
    Ok(works)
}

fn prepared(row: &Work, roll: &Roll, place: &Place, words: Words, mine: bool) -> Prepared {
    let done = row.done_on(place.day);
    let total = row.total.map(i64::from);
    let said = |step: &WorkStep| {
        let sign = if step.amount > 0 { "+" } else { "" };
        format!(
            "{}: {sign}{} {}",
            words.day(step.day),
            words.count(step.amount),
            step.note
        )
        .trim_end()
        .to_owned()
    };
    Prepared {
        id: hex(row.id),
        area: words.say(&format!("season-area-{}", row.area.code())),
        title: row.title.clone(),
        unit: roll.name(row.unit),
        done: match total {
            Some(total) => format!("{}/{}", words.count(done), words.count(total)),
            None => words.count(done),
        },
        share: total
            .map(|total| words.percent(done, total))
            .unwrap_or_default(),
        width: total
            .and_then(|total| plenum_rules::words::permille(done, total))
            .unwrap_or(0),
        complete: total == Some(done),
        latest: row.latest_on(place.day).map(said).unwrap_or_default(),
        steps: row
            .steps
            .iter()
            .filter(|step| step.day <= place.day)
            .map(said)
            .collect(),
        mine,
    }
}

async fn build(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    sheet: Sheet,
    step: Sheet,
) -> Result<Page> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let desk = desk(&mut look, visitor, season, at, "works").await?;
    let (place, words) = (&desk.place, visitor.words);
    let works = works(&mut look, place, words).await?;
    let complete = works.iter().filter(|work| work.complete).count();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let answer = words.say_with(
        "season-works-answer",
        &[
            ("day", words.day_in_sentence(place.day).into()),
            ("unit", place.unit.name.clone().into()),
            ("complete", number(complete).into()),
            ("count", number(works.len()).into()),
        ],
    );
    let area = |area: WorkArea| Named {
        code: area.code().to_owned(),
        name: words.say(&format!("season-area-{}", area.code())),
    };
    Ok(Page {
        answer,
        works,
        areas: WorkArea::ALL.map(area).into(),
        may_edit: look.may(Permission::EditSeason, place.unit.unit).await?,
        step_at: place.address("works/step", &place.unit.code),
        sheet,
        step,
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
        build(
            &app,
            &visitor,
            &season,
            &at,
            Sheet::default(),
            Sheet::default(),
        )
        .await,
        &visitor,
    )
}

/// Records a preparation.
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
            super::again(
                build(&app, &visitor, &season, &at, sheet, Sheet::default()).await,
                &visitor,
            )
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
    let place = desk(&mut look, visitor, season, at, "works").await?.place;
    drop(look);
    let total = fields.number("total", 1, 10_000_000)?;
    let work = Work {
        id: new_id(),
        unit: place.unit.unit,
        area: WorkArea::parse(fields.get("area"))
            .ok_or_else(|| Problem::field("E-SEA-41", "area"))?,
        title: fields.text("title")?,
        total: total.and_then(|total| u32::try_from(total).ok()),
        steps: Vec::new(),
    };
    let id = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::add_work(cx, &id, work).await })
    })
    .await?;
    Ok(place.address("works", &place.unit.code))
}

/// Records that some more was done.
pub async fn step(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    match add_step(&app, &visitor, &season, &at, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(
                build(&app, &visitor, &season, &at, Sheet::default(), sheet).await,
                &visitor,
            )
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn add_step(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    fields: &Fields,
) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let place = desk(&mut look, visitor, season, at, "works").await?.place;
    let today = look.today;
    drop(look);
    let amount = fields.number("amount", -10_000_000, 10_000_000)?;
    let step = WorkStep {
        id: new_id(),
        day: fields.optional_day("day")?.unwrap_or(today),
        amount: amount.ok_or_else(|| Problem::field("E-SEA-41", "amount"))?,
        note: fields.optional("note")?.unwrap_or_default(),
    };
    let (id, work) = (place.season.id.clone(), fields.id("work")?);
    act(app, who, |cx| {
        Box::pin(async move { actions::add_step(cx, &id, work, step).await })
    })
    .await?;
    Ok(place.address("works", &place.unit.code))
}
