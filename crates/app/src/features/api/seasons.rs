//! Seasons and their figures.

use axum::extract::State;
use axum::response::Response;
use plenum_store::season::{self as seasons, Season};
use plenum_store::{board, org};
use serde::Deserialize;
use utoipa::IntoParams;

use super::shapes::{SeasonBody, SeasonLevel, Seasons};
use crate::shell::door::{Asked, Caller, Named, Refusals};
use crate::shell::figures::{ProgressFigures, figures};
use crate::shell::place::{day_of, place};
use crate::shell::problem::Result;
use crate::shell::scopes::Scope;
use crate::shell::{App, Look, Problem};

/// The seasons the account may see something of.
#[utoipa::path(
    get, path = "/api/v1/seasons", tag = "seasons", operation_id = "seasons",
    responses((status = 200, description = "The seasons, the newest first.", body = Seasons), Refusals),
    security(("token" = ["progress:read"])),
)]
pub async fn list(State(app): State<App>, caller: Caller) -> Response {
    caller.answer(list_of(&app, &caller).await)
}

async fn list_of(app: &App, caller: &Caller) -> Result<Seasons> {
    let mut look = caller.look(app, Scope::ProgressRead).await?;
    let mut seen = Vec::new();
    for season in seasons::all(&mut look.tx).await? {
        // Whoever has a place in it may know of it.
        if place(&mut look, season.id.as_str(), None, None)
            .await
            .is_ok()
        {
            seen.push(body(&mut look, season).await?);
        }
    }
    Ok(Seasons { seasons: seen })
}

async fn body(look: &mut Look, season: Season) -> Result<SeasonBody> {
    let root = org::near(&mut look.tx, season.root, season.opens)
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(SeasonBody {
        id: season.id.to_string(),
        name: season.name,
        root: (&root).into(),
        opens: season.opens,
        counted: season.shape.counted.0,
        levels: season
            .shape
            .levels
            .into_iter()
            .map(|each| SeasonLevel {
                level: each.level.0,
                term: each.term.to_string(),
            })
            .collect(),
    })
}

/// Where and when to look.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct At {
    /// The node's code; without it the season's top, or the account's own unit below it.
    #[param(example = "CL")]
    pub unit: Option<String>,
    /// The day; without it the day on which the season's pages open, usually today.
    #[param(value_type = Option<String>, format = Date, example = "2020-03-02")]
    pub on: Option<String>,
    /// A day to compare with.
    #[param(value_type = Option<String>, format = Date, example = "2020-02-24")]
    pub with: Option<String>,
}

/// How many of how many, at any node, on any day: the figures of the page and
/// of `plenum progress --json`.
#[utoipa::path(
    get, path = "/api/v1/seasons/{season}/progress", tag = "progress", operation_id = "progress",
    params(("season" = String, Path, description = "The season's name in addresses.", example = "cam-le-2020"), At),
    responses((status = 200, description = "The figures.", body = ProgressFigures), Refusals),
    security(("token" = ["progress:read"])),
)]
pub async fn progress(
    State(app): State<App>,
    caller: Caller,
    Named(season): Named<String>,
    Asked(at): Asked<At>,
) -> Response {
    caller.answer(progress_at(&app, &caller, &season, &at).await)
}

async fn progress_at(app: &App, caller: &Caller, season: &str, at: &At) -> Result<ProgressFigures> {
    let mut look = caller.look(app, Scope::ProgressRead).await?;
    let place = place(&mut look, season, at.unit.as_deref(), at.on.as_deref()).await?;
    let then = match at.with.as_deref().filter(|with| !with.is_empty()) {
        Some(with) => Some(day_of(Some(with), place.day).map_err(|problem| problem.at("with"))?),
        None => None,
    };
    let board = board::load(&mut look.tx, &place.season, &place.path, (place.day, then))
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(figures(caller.words, &place, &board))
}
