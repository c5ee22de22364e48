//! The pages of a season.

mod attendance;
mod briefings;
mod chain;
mod charges;
mod edit;
mod events;
mod findings;
mod forms;
mod handle;
mod instruments;
mod marks;
mod mended;
mod new;
mod overview;
mod plan;
mod redate;
mod routes;
mod rules;
mod saying;
mod setup;
mod steps;
mod suggest;
mod terms;
mod visits;
mod windows;
mod works;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_rules::season::Mark;
use plenum_store::season as records;
use serde::Deserialize;

pub use self::routes::routes;
use super::fields::{Fields, Sheet};
use crate::shell::asked::Asking;
use crate::shell::page::{Link, problem_page, render};
use crate::shell::place::place;
use crate::shell::problem::{Problem, Result};
use crate::shell::{Chrome, Look, Place, Visitor, Words, profiles};

/// The most units offered for choosing at once.
const MOST_CHOICES: usize = 500;

/// Which unit, on which day.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct At {
    unit: Option<String>,
    on: Option<String>,
    /// The record that is being edited, by its id.
    #[serde(default)]
    edit: Option<String>,
}

impl Asking for At {
    const NAMES: &'static [&'static str] = &["unit", "on", "edit"];
}

/// What every page of a season begins with.
pub struct Desk {
    place: Place,
    p: Chrome,
    tabs: Vec<Link>,
}

/// Finds the place, and puts the title and the tabs around the page.
async fn desk(
    look: &mut Look,
    visitor: &Visitor,
    season: &str,
    at: &At,
    page: &'static str,
) -> Result<Desk> {
    let place = place(look, season, at.unit.as_deref(), at.on.as_deref()).await?;
    let title = visitor.words.say(&format!(
        "season-title-{}",
        if page.is_empty() { "overview" } else { page }
    ));
    let section = if page == "findings" {
        "findings"
    } else {
        "season"
    };
    let p = Chrome::new(visitor, title)
        .section(section)
        .at(&place, page);
    let tabs = [
        ("", "overview", true),
        ("instruments", "instruments", true),
        ("plan", "plan", true),
        ("marks", "marks", true),
        ("events", "events", true),
        ("charges", "charges", true),
        ("visits", "visits", true),
        ("works", "works", true),
        ("findings", "findings", true),
        ("redate", "redate", visitor.can(Permission::DateCongress)),
    ]
    .into_iter()
    .filter(|(_, _, shown)| *shown)
    .map(|(to, name, _)| Link {
        text: visitor.words.say(&format!("season-tab-{name}")),
        href: place.address(to, &place.unit.code),
        current: to == page,
    })
    .collect();
    Ok(Desk { place, p, tabs })
}

/// Whether the person may do that to some unit below the node.
async fn may_below(look: &mut Look, permission: Permission, place: &Place) -> Result<bool> {
    if look.may(permission, place.unit.unit).await? {
        return Ok(true);
    }
    let children = plenum_store::org::children_on(&mut look.tx, place.unit.unit, place.day).await?;
    match children.first() {
        Some(child) => look.may(permission, child.unit).await,
        None => Ok(false),
    }
}

/// A unit offered for choosing.
#[derive(Clone, Debug)]
pub struct Choice {
    code: String,
    name: String,
    note: String,
    chosen: bool,
}

/// The units at and below the place, for choosing one or several.
async fn choices(
    look: &mut Look,
    place: &Place,
    words: Words,
    sheet: &Sheet,
    field: &str,
) -> Result<Vec<Choice>> {
    let (units, _) =
        records::units_under(&mut look.tx, place.unit.unit, place.day, MOST_CHOICES).await?;
    Ok(units
        .iter()
        .map(|unit| choice(unit, place.profile, words, sheet, field))
        .collect())
}

fn choice(
    unit: &UnitVersion,
    profile: &Profile,
    words: Words,
    sheet: &Sheet,
    field: &str,
) -> Choice {
    let level = profiles::level_name(words, profile, &unit.level);
    let kind = profiles::kind_name(words, profile, &unit.kind);
    Choice {
        code: unit.code.clone(),
        name: unit.name.clone(),
        note: format!("{level} · {kind}"),
        chosen: sheet.chosen(field, &unit.code),
    }
}

/// A code with its name, for a list to choose from.
#[derive(Clone, Debug)]
pub struct Named {
    code: String,
    name: String,
}

/// The levels that hold a congress in the season.
fn levels_of(place: &Place, words: Words) -> Vec<Named> {
    let level = |each: &records::ShapeLevel| Named {
        code: each.level.0.clone(),
        name: profiles::level_name(words, place.profile, &each.level),
    };
    place.season.shape.levels.iter().map(level).collect()
}

/// The kinds of the season's profile.
fn kinds_of(place: &Place, words: Words) -> Vec<Named> {
    let kinds = place.profile.kinds.iter();
    kinds
        .map(|rule| Named {
            code: rule.code.0.clone(),
            name: profiles::kind_name(words, place.profile, &rule.code),
        })
        .collect()
}

/// The word for a mark: the key of its text is `season-mark-…`.
fn mark_code(mark: Mark) -> &'static str {
    match mark {
        Mark::Pilot => "pilot",
        Mark::Trial => "trial",
    }
}

/// A page as the answer, or the refusal as one.
fn show(page: Result<impl askama::Template>, visitor: &Visitor) -> Response {
    match page {
        Ok(page) => render(&page),
        Err(problem) => problem_page(visitor, &problem),
    }
}

/// After a write: the page it leads to.
fn went(address: &str) -> Response {
    Redirect::to(address).into_response()
}

/// The form again, with what was typed and what is wrong.
fn again(page: Result<impl askama::Template>, visitor: &Visitor) -> Response {
    let mut response = show(page, visitor);
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Whether a refusal belongs on the form it came from.
fn on_form(problem: &Problem) -> bool {
    problem.status == StatusCode::UNPROCESSABLE_ENTITY && problem.inner.is_none()
}

/// The form as refused.
fn refused(fields: Fields, problem: &Problem, visitor: &Visitor) -> Sheet {
    Sheet::refused(fields, problem, visitor.words)
}

/// An id as addresses write it.
fn hex(id: u128) -> String {
    format!("{id:032x}")
}

/// "02/03/2020", or from–until.
fn days(words: Words, first: Option<Day>, last: Option<Day>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => words.day(first),
        (Some(first), Some(last)) => format!("{} – {}", words.day(first), words.day(last)),
        (None, Some(last)) => words.say1("season-until", "day", words.day(last)),
        (Some(first), None) => words.say1("season-from", "day", words.day(first)),
        (None, None) => "–".to_owned(),
    }
}
