//! Dealing with one finding.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plenum_rules::Day;
use plenum_rules::season::{Consent, EventId, FindingCode};
use serde::Deserialize;

use super::super::actions::{self, Deal, Sought};
use super::super::fields::{Fields, Sheet};
use super::super::roll::unit_of;
use super::saying::{Said, Speaker};
use super::{At, Desk, desk, on_form, refused, show, went};
use crate::shell::asked::{Asking, Known};
use crate::shell::problem::{Problem, Result};
use crate::shell::reporting::filed_for;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Visitor, act, look};

/// Which finding an address names.
#[derive(Clone, Debug, Deserialize)]
pub struct Which {
    unit: Option<String>,
    on: Option<String>,
    about: String,
    code: String,
    other: Option<String>,
    event: Option<String>,
    day: Option<String>,
}

impl Asking for Which {
    const NAMES: &'static [&'static str] =
        &["unit", "on", "about", "code", "other", "event", "day"];
}

#[derive(Template)]
#[template(path = "season/handle.html")]
struct HandlePage {
    p: Chrome,
    said: Said,
    back: String,
    sheet: Sheet,
}

async fn sought(look: &mut crate::shell::Look, desk: &Desk, which: &Which) -> Result<Sought> {
    let place = &desk.place;
    let unit = unit_of(
        &mut look.tx,
        &place.season,
        &which.about,
        place.day,
        "about",
    )
    .await?;
    let day = which
        .day
        .as_deref()
        .map(|day| Day::parse(day).map_err(|_| Problem::not_found()))
        .transpose()?;
    let other = which
        .other
        .as_deref()
        .map(|unit| unit.parse().map_err(|_| Problem::not_found()))
        .transpose()?;
    let event = which
        .event
        .as_deref()
        .map(|event| {
            u128::from_str_radix(event, 16)
                .map(EventId)
                .map_err(|_| Problem::not_found())
        })
        .transpose()?;
    Ok(Sought {
        unit: unit.unit,
        code: FindingCode::parse(&which.code).ok_or_else(Problem::not_found)?,
        other,
        event,
        day,
        on: place.day,
    })
}

async fn build_form(
    app: &App,
    visitor: &Visitor,
    season: &str,
    which: &Which,
    sheet: Sheet,
) -> Result<HandlePage> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let at = At {
        unit: which.unit.clone(),
        on: which.on.clone(),
        edit: None,
    };
    let desk = desk(&mut look, visitor, season, &at, "findings").await?;
    let sought = sought(&mut look, &desk, which).await?;
    let weighed = actions::weigh(
        &mut look.tx,
        &desk.place.season,
        sought.unit,
        desk.place.day,
    )
    .await?;
    let finding = weighed.open.iter().find(|finding| sought.is(finding));
    let finding = finding.ok_or_else(|| Problem::refused("E-SEA-65"))?;
    let (units, events) = (&weighed.outlook.versions, &weighed.outlook.events);
    let speaker = Speaker {
        units,
        events,
        place: &desk.place,
        words: visitor.words,
    };
    Ok(HandlePage {
        said: speaker.say(finding, true),
        back: desk.place.address("findings", &desk.place.unit.code),
        sheet,
        p: desk.p,
    })
}

/// The form for dealing with one finding.
pub async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(which): Known<Which>,
) -> Response {
    show(
        build_form(&app, &visitor, &season, &which, Sheet::default()).await,
        &visitor,
    )
}

/// Deals with one finding.
pub async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(which): Known<Which>,
    Form(fields): Form<Fields>,
) -> Response {
    match handle(&app, &visitor, &season, &which, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) && problem.code != "E-SEA-65" => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(
                build_form(&app, &visitor, &season, &which, sheet).await,
                &visitor,
            )
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn handle(
    app: &App,
    visitor: &Visitor,
    season: &str,
    which: &Which,
    fields: &Fields,
) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let at = At {
        unit: which.unit.clone(),
        on: which.on.clone(),
        edit: None,
    };
    let desk = desk(&mut look, visitor, season, &at, "findings").await?;
    let finding = sought(&mut look, &desk, which).await?;
    let given = fields
        .optional_day("given")?
        .unwrap_or_else(|| filed_for(&desk.place.season, look.today));
    drop(look);
    let consent = match fields.optional("consent_by")? {
        None => None,
        Some(by) => Some(Consent {
            who: by,
            on: fields.day("consent_on")?,
            instrument: fields.text("consent_instrument")?,
        }),
    };
    let deal = Deal {
        finding,
        reason: fields.optional("reason")?.unwrap_or_default(),
        consent,
        given,
    };
    let id = desk.place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::deal(cx, &id, deal).await })
    })
    .await?;
    Ok(desk.place.address("findings", &desk.place.unit.code))
}
