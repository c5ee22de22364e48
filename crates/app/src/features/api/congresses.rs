//! Congresses one by one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use plenum_rules::congress::State as Stands;
use plenum_rules::org::UnitVersion;
use plenum_store::{board, congress, org};
use serde::Deserialize;
use utoipa::IntoParams;

use super::shapes::{CongressBody, CongressWhole, Congresses, FactBody};
use super::units::On;
use super::walk::{Step, Walk, ids};
use crate::shell::door::{Asked, Caller, Named, Refusals};
use crate::shell::place::place;
use crate::shell::problem::Result;
use crate::shell::scopes::Scope;
use crate::shell::{App, Look, Place, Problem};

/// A page holds so many congresses unless asked otherwise.
const PAGE: usize = 100;
/// And at most so many.
const LARGEST_PAGE: usize = 500;
/// A request looks at no more units than this, so that a rare state cannot
/// keep the server busy; the page then ends early.
const MOST_LOOKED_AT: usize = 5_000;

/// Which congresses.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// The node's code: congresses below it; without it the season's top, or the account's own unit below it.
    #[param(example = "CL-KT")]
    unit: Option<String>,
    /// Only those that stand so on the day.
    #[param(
        value_type = Option<String>,
        pattern = "^(expected|postponed|dated|prepared|reviewed|held|reported|returned|confirmed|ratified|cancelled|handed_over)$",
        example = "dated"
    )]
    state: Option<Stands>,
    /// The day; without it the day on which the season's pages open, usually today.
    #[param(value_type = Option<String>, format = Date, example = "2020-03-02")]
    on: Option<String>,
    /// The `next` of the page before.
    #[param(example = "CL-KT-12")]
    after: Option<String>,
    /// How many at most.
    #[param(minimum = 1, maximum = 500, default = 100)]
    limit: Option<usize>,
}

/// The congresses below a unit, in the order of the tree, a page at a time.
#[utoipa::path(
    get, path = "/api/v1/seasons/{season}/congresses", tag = "congresses", operation_id = "congresses",
    params(("season" = String, Path, description = "The season's name in addresses.", example = "cam-le-2020"), Which),
    responses((status = 200, description = "A page of congresses.", body = Congresses), Refusals),
    security(("token" = ["congresses:read"])),
)]
pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Named(season): Named<String>,
    Asked(which): Asked<Which>,
) -> Response {
    caller.answer(list_of(&app, &caller, &season, &which).await)
}

async fn list_of(app: &App, caller: &Caller, season: &str, which: &Which) -> Result<Congresses> {
    let mut look = caller.look(app, Scope::CongressesRead).await?;
    let place = place(
        &mut look,
        season,
        which.unit.as_deref(),
        which.on.as_deref(),
    )
    .await?;
    let limit = which.limit.unwrap_or(PAGE);
    if !(1..=LARGEST_PAGE).contains(&limit) {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "E-API-08").at("limit"));
    }
    let mut walk = match which.after.as_deref().filter(|after| !after.is_empty()) {
        None => Walk::below(&mut look, &place.path, place.day).await?,
        Some(after) => walk_after(&mut look, &place, after).await?,
    };
    let (mut page, mut looked_at, mut last) = (Vec::new(), 0, None);
    while page.len() < limit && looked_at < MOST_LOOKED_AT && !walk.is_over() {
        let steps = walk.next(&mut look, limit - page.len()).await?;
        looked_at += steps.len();
        last = steps.last().map(|(unit, _)| unit.code.clone()).or(last);
        page.extend(standing(&mut look, &place, &steps, which.state).await?);
    }
    Ok(Congresses {
        on: place.day,
        congresses: page,
        next: last.filter(|_| !walk.is_over()),
    })
}

async fn walk_after(look: &mut Look, place: &Place, after: &str) -> Result<Walk> {
    let unknown = || Problem::new(StatusCode::BAD_REQUEST, "E-API-09").at("after");
    let version = org::by_code(&mut look.tx, after, place.day)
        .await?
        .ok_or_else(unknown)?;
    let path = org::path_versions(&mut look.tx, version.unit, place.day).await?;
    let node = path
        .iter()
        .position(|each| each.unit == place.unit.unit)
        .ok_or_else(unknown)?;
    Walk::after(look, &place.path, &path[node + 1..], place.day).await
}

async fn standing(
    look: &mut Look,
    place: &Place,
    steps: &[Step],
    only: Option<Stands>,
) -> Result<Vec<CongressBody>> {
    let units: Vec<_> = steps
        .iter()
        .map(|(unit, chain)| (unit.clone(), ids(chain)))
        .collect();
    let standings = board::standings(&mut look.tx, &place.season, &units, place.day).await?;
    let bodies = steps
        .iter()
        .zip(standings)
        .filter_map(|((unit, chain), standing)| {
            let standing = standing?;
            let wanted = only.is_none_or(|only| only == standing.state);
            wanted.then(|| CongressBody::of(unit, chain.last(), &standing, place.day))
        });
    Ok(bodies.collect())
}

/// A unit's congress with its record.
#[utoipa::path(
    get, path = "/api/v1/seasons/{season}/congresses/{code}", tag = "congresses", operation_id = "congress",
    params(
        ("season" = String, Path, description = "The season's name in addresses.", example = "cam-le-2020"),
        ("code" = String, Path, description = "The unit's code.", example = "CL-KT-12"),
        On,
    ),
    responses((status = 200, description = "The congress.", body = CongressWhole), Refusals),
    security(("token" = ["congresses:read"])),
)]
pub async fn one(
    State(app): State<App>,
    caller: Caller,
    Named((season, code)): Named<(String, String)>,
    Asked(on): Asked<On>,
) -> Response {
    caller.answer(one_of(&app, &caller, (&season, &code), &on).await)
}

async fn one_of(
    app: &App,
    caller: &Caller,
    (season, code): (&str, &str),
    on: &On,
) -> Result<CongressWhole> {
    let mut look = caller.look(app, Scope::CongressesRead).await?;
    let place = place(&mut look, season, Some(code), on.on.as_deref()).await?;
    let above: Vec<UnitVersion> = place.path[..place.path.len() - 1].to_vec();
    let step = [(place.unit.clone(), above)];
    let congress = standing(&mut look, &place, &step, None)
        .await?
        .pop()
        .ok_or_else(Problem::not_found)?;
    let facts = congress::load(&mut look.tx, &place.season.id, place.unit.unit).await?;
    let record = facts
        .entries()
        .iter()
        .filter(|entry| entry.on <= place.day)
        .map(|entry| FactBody {
            on: entry.on,
            fact: entry.fact.code().to_owned(),
        })
        .collect();
    Ok(CongressWhole { congress, record })
}
