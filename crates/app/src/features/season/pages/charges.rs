//! Members in charge of units.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plenum_rules::UnitId;
use plenum_rules::access::Permission;
use plenum_rules::progress::MOST_LEVELS;
use plenum_store::season as records;

use super::super::actions::{self, NewCharge};
use super::super::fields::{Fields, Sheet};
use super::super::roll::{Roll, units_of};
use super::{At, Choice, choices, desk, may_below, on_form, refused, show, went};
use crate::shell::names::{order_natural, order_people};
use crate::shell::page::Link;
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Look, Place, Visitor, act, look};

/// A member with the units in this member's charge.
pub struct Member {
    /// Who.
    pub person: String,
    /// The post.
    pub post: String,
    /// The units, by name.
    pub units: Vec<Link>,
}

#[derive(Template)]
#[template(path = "season/charges.html")]
struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    members: Vec<Member>,
    without: Vec<Link>,
    units: Vec<Choice>,
    may_edit: bool,
    sheet: Sheet,
}

/// The members in charge at and below the place on its day, by name; and every
/// unit of the season somebody is in charge of.
pub async fn members(look: &mut Look, place: &Place) -> Result<(Vec<Member>, BTreeSet<UnitId>)> {
    let mut rows = records::charges(&mut look.tx, &place.season.id).await?;
    rows.retain(|row| row.span.holds(place.day));
    let charged: BTreeSet<UnitId> = rows.iter().map(|row| row.unit).collect();
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.unit), place.day).await?;
    rows.retain(|row| roll.is_under(row.unit, place.unit.unit));
    let mut by_member: BTreeMap<(&str, &str), Vec<Link>> = BTreeMap::new();
    for row in &rows {
        let link = Link::to(
            roll.name(row.unit),
            place.address("plan", &roll.code(row.unit)),
        );
        by_member
            .entry((&row.person, &row.post))
            .or_default()
            .push(link);
    }
    let mut members: Vec<Member> = by_member
        .into_iter()
        .map(|((person, post), mut units)| {
            units.sort_by(|a, b| order_natural(&a.text, &b.text));
            Member {
                person: person.to_owned(),
                post: post.to_owned(),
                units,
            }
        })
        .collect();
    members.sort_by(|a, b| order_people(&a.person, &b.person));
    Ok((members, charged))
}

async fn build(app: &App, visitor: &Visitor, season: &str, at: &At, sheet: Sheet) -> Result<Page> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let desk = desk(&mut look, visitor, season, at, "charges").await?;
    let (place, words) = (&desk.place, visitor.words);
    let (members, charged) = members(&mut look, place).await?;
    let (below, _) = records::units_under(&mut look.tx, place.unit.unit, place.day, 3_000).await?;
    let below: Vec<_> = below
        .into_iter()
        .filter(|unit| unit.unit != place.unit.unit && place.season.term(&unit.level).is_some())
        .collect();
    // A member in charge of a unit is in charge of everything below it too.
    let parents: BTreeMap<UnitId, UnitId> = below
        .iter()
        .chain(&place.path)
        .filter_map(|unit| Some((unit.unit, unit.parent?)))
        .collect();
    let has = |unit| {
        let above = std::iter::successors(Some(unit), |unit| parents.get(unit).copied());
        above
            .take(usize::from(MOST_LEVELS))
            .any(|unit| charged.contains(&unit))
    };
    let mut without: Vec<Link> = below
        .iter()
        .filter(|unit| !has(unit.unit))
        .map(|unit| Link::to(unit.name.clone(), place.address("plan", &unit.code)))
        .collect();
    without.sort_by(|a, b| order_natural(&a.text, &b.text));
    let (total, covered) = (below.len(), below.len() - without.len());
    let number = |count: usize| words.count(i64::try_from(count).unwrap_or(i64::MAX));
    let answer = words.say_with(
        "season-charges-answer",
        &[
            ("day", words.day_in_sentence(place.day).into()),
            ("covered", number(covered).into()),
            ("total", number(total).into()),
            ("unit", place.unit.name.clone().into()),
            ("members", i64::try_from(members.len()).unwrap_or(0).into()),
        ],
    );
    let mut units = choices(&mut look, place, words, &sheet, "units").await?;
    units.retain(|unit| unit.code != place.unit.code);
    Ok(Page {
        answer,
        members,
        without,
        may_edit: !units.is_empty()
            && may_below(&mut look, Permission::AssignSupervisor, place).await?,
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

/// Puts a member in charge of units.
pub async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    match assign(&app, &visitor, &season, &at, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(build(&app, &visitor, &season, &at, sheet).await, &visitor)
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn assign(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    fields: &Fields,
) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let place = desk(&mut look, visitor, season, at, "charges").await?.place;
    let person = fields.text("person")?;
    let units = units_of(
        &mut look.tx,
        &place.season,
        fields.all("units"),
        place.day,
        "units",
    )
    .await?;
    let from = fields.optional_day("from")?.unwrap_or(look.today);
    drop(look);
    let new = NewCharge {
        person,
        post: fields.optional("post")?.unwrap_or_default(),
        units: units.into_iter().map(|unit| unit.unit).collect(),
        from,
    };
    let id = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::assign(cx, &id, new).await })
    })
    .await?;
    Ok(place.address("charges", &place.unit.code))
}
