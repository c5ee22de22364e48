//! The tree of units on any day.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use plenum_rules::access::{Permission, may};
use plenum_rules::org::UnitVersion;
use plenum_rules::{Day, UnitId};
use plenum_store::org;
use serde::Deserialize;
use utoipa::IntoParams;

use super::shapes::{Unit, UnitRef, UnitThen, UnitWhole, Units};
use crate::shell::door::{Asked, Caller, Named, Refusals};
use crate::shell::place::day_of;
use crate::shell::problem::Result;
use crate::shell::scopes::Scope;
use crate::shell::{App, Look, Problem};

/// How many units a search answers at most.
const MOST_FOUND: i64 = 100;

/// Which units.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// The day; without it today.
    #[param(value_type = Option<String>, format = Date, example = "2020-03-02")]
    on: Option<String>,
    /// A unit's code: those directly below it.
    #[param(example = "CL")]
    parent: Option<String>,
    /// Words of the name or code, without regard to accents and case: at most 100 units.
    #[param(example = "khue trung")]
    q: Option<String>,
}

/// A day.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct On {
    /// The day; without it today.
    #[param(value_type = Option<String>, format = Date, example = "2020-03-02")]
    pub on: Option<String>,
}

/// Units on a day: those directly below one (`parent`), those that match
/// words (`q`), or, with neither, the topmost the account may see.
#[utoipa::path(
    get, path = "/api/v1/units", tag = "units", operation_id = "units", params(Which),
    responses((status = 200, description = "The units.", body = Units), Refusals),
    security(("token" = ["units:read"])),
)]
pub async fn list(State(app): State<App>, caller: Caller, Asked(which): Asked<Which>) -> Response {
    caller.answer(list_of(&app, &caller, &which).await)
}

async fn list_of(app: &App, caller: &Caller, which: &Which) -> Result<Units> {
    let mut look = caller.look(app, Scope::UnitsRead).await?;
    let on = day_of(which.on.as_deref(), look.today)?;
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    let versions = match (given(&which.parent), given(&which.q)) {
        (Some(_), Some(_)) => {
            return Err(Problem::new(axum::http::StatusCode::BAD_REQUEST, "E-API-07").at("q"));
        }
        (Some(parent), None) => {
            let parent = of_code(&mut look, &parent, on).await?;
            org::children_on(&mut look.tx, parent.unit, on).await?
        }
        (None, Some(words)) => {
            let found = match places(&look) {
                None => org::search(&mut look.tx, &words, on, MOST_FOUND).await?,
                Some(tops) => {
                    org::search_below(&mut look.tx, &tops, &words, on, MOST_FOUND).await?
                }
            };
            visible(&mut look, found, on).await?
        }
        (None, None) => topmost(&mut look, on).await?,
    };
    let mut above: BTreeMap<UnitId, Option<UnitVersion>> = BTreeMap::new();
    let mut units = Vec::new();
    for version in versions {
        if let Some(parent) = version.parent
            && !above.contains_key(&parent)
        {
            let found = org::near(&mut look.tx, parent, on).await?;
            above.insert(parent, found);
        }
        let parent = version
            .parent
            .and_then(|parent| above.get(&parent)?.as_ref());
        units.push(Unit::of(&version, parent));
    }
    Ok(Units { on, units })
}

/// The unit of a code that the caller may see.
pub async fn of_code(look: &mut Look, code: &str, on: Day) -> Result<UnitVersion> {
    let version = org::by_code(&mut look.tx, code, on)
        .await?
        .ok_or_else(Problem::not_found)?;
    look.must(Permission::SeeUnit, version.unit).await?;
    Ok(version)
}

async fn visible(look: &mut Look, found: Vec<UnitVersion>, on: Day) -> Result<Vec<UnitVersion>> {
    let mut seen = Vec::new();
    for version in found {
        let exists = version.span().holds(on);
        if exists && look.may(Permission::SeeUnit, version.unit).await? {
            seen.push(version);
        }
    }
    Ok(seen)
}

/// The units whose parts of the tree the caller sees; none: all of it.
fn places(look: &Look) -> Option<Vec<UnitId>> {
    let grants = &look.who.grants;
    let everywhere = may(grants, look.today, Permission::SeeUnit, &[]);
    (!everywhere).then(|| grants.iter().filter_map(|grant| grant.unit).collect())
}

async fn topmost(look: &mut Look, on: Day) -> Result<Vec<UnitVersion>> {
    let roots = org::roots_on(&mut look.tx, on).await?;
    let mut seen = visible(look, roots, on).await?;
    let own: Vec<UnitId> = look
        .who
        .grants
        .iter()
        .filter_map(|grant| grant.unit)
        .collect();
    for unit in own {
        let path = org::path_on(&mut look.tx, unit, on).await?;
        let covered = seen.iter().any(|version| path.contains(&version.unit));
        if !covered && let Some(version) = org::on(&mut look.tx, unit, on).await? {
            seen.extend(visible(look, vec![version], on).await?);
        }
    }
    Ok(seen)
}

/// A unit on a day, with those above it and all it ever was.
#[utoipa::path(
    get, path = "/api/v1/units/{code}", tag = "units", operation_id = "unit",
    params(("code" = String, Path, description = "The unit's code.", example = "CL-KT"), On),
    responses((status = 200, description = "The unit.", body = UnitWhole), Refusals),
    security(("token" = ["units:read"])),
)]
pub async fn one(
    State(app): State<App>,
    caller: Caller,
    Named(code): Named<String>,
    Asked(on): Asked<On>,
) -> Response {
    caller.answer(one_of(&app, &caller, &code, &on).await)
}

async fn one_of(app: &App, caller: &Caller, code: &str, on: &On) -> Result<UnitWhole> {
    let mut look = caller.look(app, Scope::UnitsRead).await?;
    let on = day_of(on.on.as_deref(), look.today)?;
    let version = of_code(&mut look, code, on).await?;
    let mut path = org::path_versions(&mut look.tx, version.unit, on).await?;
    path.pop();
    let versions = org::versions(&mut look.tx, version.unit).await?;
    Ok(UnitWhole {
        unit: Unit::of(&version, path.last()),
        above: path.iter().map(UnitRef::from).collect(),
        versions: versions
            .into_iter()
            .map(|then| UnitThen {
                from: then.from,
                until: then.until,
                code: then.code,
                name: then.name,
                members: then.members,
            })
            .collect(),
    })
}
