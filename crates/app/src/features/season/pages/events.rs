//! Events outside the season that its dates must respect.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plenum_rules::UnitId;
use plenum_rules::access::Permission;
use plenum_rules::season::{EventId, EventRelation, OutsideEvent};
use plenum_store::db::new_id;
use plenum_store::season as records;

use super::super::actions;
use super::super::fields::{Fields, Sheet};
use super::super::roll::Roll;
use super::{At, Named, days, desk, hex, kinds_of, levels_of, on_form, refused, show, went};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Look, Place, Visitor, Words, act, look, profiles};

/// An outside event.
pub struct Event {
    /// Its id in addresses.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// When.
    pub days: String,
    /// For which units.
    pub scope: String,
    /// What congresses must do about it.
    pub relation: String,
    /// Whether this person can take it back.
    pub mine: bool,
}

#[derive(Template)]
#[template(path = "season/events.html")]
struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    events: Vec<Event>,
    levels: Vec<Named>,
    kinds: Vec<Named>,
    may_edit: bool,
    remove_at: String,
    sheet: Sheet,
}

/// The events that count at the place and those of units below it.
pub async fn events(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Event>> {
    let rows = records::events(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.scope), place.day).await?;
    let path: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
    let mut found = Vec::new();
    for row in rows {
        if !path.contains(&row.scope) && !roll.is_under(row.scope, place.unit.unit) {
            continue;
        }
        let mut scope = vec![roll.name(row.scope)];
        scope.extend(
            row.level
                .as_ref()
                .map(|level| profiles::level_name(words, place.profile, level)),
        );
        scope.extend(
            row.kind
                .as_ref()
                .map(|kind| profiles::kind_name(words, place.profile, kind)),
        );
        found.push(Event {
            id: hex(row.id.0),
            name: row.name.clone(),
            days: days(words, Some(row.first), Some(row.last)),
            scope: scope.join(" · "),
            relation: words.say(match row.relation {
                EventRelation::MustPrecede => "season-event-before",
                EventRelation::MustNotOverlap => "season-event-apart",
            }),
            mine: look.may(Permission::EditPlan, row.scope).await?,
        });
    }
    Ok(found)
}

async fn build(app: &App, visitor: &Visitor, season: &str, at: &At, sheet: Sheet) -> Result<Page> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let desk = desk(&mut look, visitor, season, at, "events").await?;
    let (place, words) = (&desk.place, visitor.words);
    let events = events(&mut look, place, words).await?;
    let answer = words.say_with(
        "season-events-answer",
        &[
            ("unit", place.unit.name.clone().into()),
            ("count", i64::try_from(events.len()).unwrap_or(0).into()),
        ],
    );
    Ok(Page {
        answer,
        events,
        levels: levels_of(place, words),
        kinds: kinds_of(place, words),
        may_edit: look.may(Permission::EditPlan, place.unit.unit).await?,
        remove_at: place.address("events/remove", &place.unit.code),
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

/// Records an event.
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
    let place = desk(&mut look, visitor, season, at, "events").await?.place;
    drop(look);
    let first = fields.day("first")?;
    let event = OutsideEvent {
        id: EventId(new_id()),
        name: fields.text("name")?,
        first,
        last: fields.optional_day("last")?.unwrap_or(first),
        scope: place.unit.unit,
        level: fields.level("level", place.profile)?,
        kind: fields.kind("kind", place.profile)?,
        relation: match fields.get("relation") {
            "before" => EventRelation::MustPrecede,
            "apart" => EventRelation::MustNotOverlap,
            _ => return Err(Problem::field("E-SEA-41", "relation")),
        },
    };
    let id = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::add_event(cx, &id, event).await })
    })
    .await?;
    Ok(place.address("events", &place.unit.code))
}

/// Takes an event back.
pub async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    let done: Result<String> = async {
        let who = visitor.signed_in()?;
        let mut look = look(&app, who).await?;
        let place = desk(&mut look, &visitor, &season, &at, "events")
            .await?
            .place;
        drop(look);
        let (id, event) = (place.season.id.clone(), EventId(fields.id("event")?));
        act(&app, who, |cx| {
            Box::pin(async move { actions::remove_event(cx, &id, event).await })
        })
        .await?;
        Ok(place.address("events", &place.unit.code))
    }
    .await;
    done.map_or_else(|problem| problem.page(&visitor), |address| went(&address))
}
