//! Visits of the working group.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_store::db::new_id;
use plenum_store::season::{self as records, Visit, VisitFinding};

use super::super::actions;
use super::super::fields::{Fields, Sheet};
use super::super::roll::{Roll, unit_of};
use super::{At, Choice, choices, desk, hex, may_below, on_form, refused, show, went};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Look, Place, Visitor, Words, act, look};

/// A visit.
pub struct Visited {
    /// Its id in addresses.
    pub id: String,
    /// When.
    pub day: String,
    /// The unit visited.
    pub unit: String,
    /// Who came.
    pub visitors: String,
    /// What for.
    pub purpose: String,
    /// What was found.
    pub found: Vec<Found>,
    /// Whether this person can say what became of it.
    pub mine: bool,
}

/// Something found on a visit.
pub struct Found {
    /// Its place in the visit.
    pub place: usize,
    /// What.
    pub text: String,
    /// What became of it; empty while it is open.
    pub handled: String,
}

#[derive(Template)]
#[template(path = "season/visits.html")]
struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    visits: Vec<Visited>,
    units: Vec<Choice>,
    may_edit: bool,
    answer_at: String,
    sheet: Sheet,
}

/// The visits up to the place's day, at and below it, latest first.
pub async fn visits(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Visited>> {
    let rows = records::visits(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.unit), place.day).await?;
    let mut visits = Vec::new();
    for row in rows {
        if row.day > place.day || !roll.is_under(row.unit, place.unit.unit) {
            continue;
        }
        let mine = look.may(Permission::HandleFinding, row.unit).await?
            || look.may(Permission::RecordVisit, row.unit).await?;
        let found = row.findings.iter().enumerate().map(|(at, finding)| Found {
            place: at,
            text: finding.text.clone(),
            handled: handled(finding, place, words),
        });
        visits.push(Visited {
            id: hex(row.id),
            day: words.day(row.day),
            unit: roll.name(row.unit),
            found: found.collect(),
            visitors: row.visitors,
            purpose: row.purpose,
            mine,
        });
    }
    Ok(visits)
}

fn handled(finding: &VisitFinding, place: &Place, words: Words) -> String {
    finding
        .handled_on(place.day)
        .map_or_else(String::new, |handled| {
            words.say_with(
                "season-visit-handled",
                &[
                    ("how", handled.how.clone().into()),
                    ("by", handled.by.clone().into()),
                    ("day", words.day(handled.on).into()),
                ],
            )
        })
}

async fn build(app: &App, visitor: &Visitor, season: &str, at: &At, sheet: Sheet) -> Result<Page> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let desk = desk(&mut look, visitor, season, at, "visits").await?;
    let (place, words) = (&desk.place, visitor.words);
    let visits = visits(&mut look, place, words).await?;
    let found = || visits.iter().flat_map(|visit| &visit.found);
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let open = found().filter(|one| one.handled.is_empty()).count();
    let answer = words.say_with(
        "season-visits-answer",
        &[
            ("day", words.day_in_sentence(place.day).into()),
            ("unit", place.unit.name.clone().into()),
            ("count", number(visits.len()).into()),
            ("found", number(found().count()).into()),
            ("open", number(open).into()),
        ],
    );
    Ok(Page {
        answer,
        visits,
        units: choices(&mut look, place, words, &sheet, "target").await?,
        may_edit: may_below(&mut look, Permission::RecordVisit, place).await?,
        answer_at: place.address("visits/answer", &place.unit.code),
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

/// Records a visit.
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
    let place = desk(&mut look, visitor, season, at, "visits").await?.place;
    let unit = unit_of(
        &mut look.tx,
        &place.season,
        fields.get("target"),
        place.day,
        "target",
    )
    .await?;
    drop(look);
    let found = fields.optional("found")?.unwrap_or_default();
    let visit = Visit {
        id: new_id(),
        unit: unit.unit,
        visitors: fields.text("visitors")?,
        day: fields.day("day")?,
        purpose: fields.text("purpose")?,
        findings: found
            .lines()
            .filter(|line| !line.trim().is_empty())
            .map(VisitFinding::open)
            .collect(),
    };
    let id = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::record_visit(cx, &id, visit).await })
    })
    .await?;
    Ok(place.address("visits", &place.unit.code))
}

/// Says what became of something found.
pub async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    let done: Result<String> = async {
        let who = visitor.signed_in()?;
        let mut look = look(&app, who).await?;
        let place = desk(&mut look, &visitor, &season, &at, "visits")
            .await?
            .place;
        drop(look);
        let (id, visit, how) = (
            place.season.id.clone(),
            fields.id("visit")?,
            fields.text("how")?,
        );
        let found = fields
            .get("place")
            .parse::<usize>()
            .map_err(|_| Problem::not_found())?;
        act(&app, who, |cx| {
            Box::pin(async move { actions::answer_visit(cx, &id, visit, found, how).await })
        })
        .await?;
        Ok(place.address("visits", &place.unit.code))
    }
    .await;
    done.map_or_else(|problem| problem.page(&visitor), |address| went(&address))
}
