//! Units offered while somebody types into a form.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use plenum_rules::access::Permission;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::shell::asked::{Asking, Known};
use crate::shell::place::place;
use crate::shell::problem::Result;
use crate::shell::units::{Suggestion, of, suggested};
use crate::shell::{App, Visitor, look};

/// As many are offered at once.
const OFFERED: usize = 20;
/// As many are looked at to find those this person may choose.
const LOOKED_AT: usize = 120;

/// Below which unit, on which day, and what was typed so far.
#[derive(Deserialize)]
pub struct Asked {
    unit: Option<String>,
    on: Option<String>,
    #[serde(default)]
    q: String,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["unit", "on", "q"];
}

fn answered(found: Result<Vec<Suggestion>>, visitor: &Visitor) -> Response {
    match found {
        Ok(found) => {
            let said = |one: &Suggestion| json!({"value": one.value, "above": one.above});
            Json(found.iter().map(said).collect::<Vec<Value>>()).into_response()
        }
        Err(problem) => problem.json(visitor.words),
    }
}

/// `GET /s/{season}/units`: units at and below the place.
pub async fn units(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(asked): Known<Asked>,
) -> Response {
    let found: Result<Vec<Suggestion>> = async {
        let mut look = look(&app, visitor.signed_in()?).await?;
        let (unit, on) = (asked.unit.as_deref(), asked.on.as_deref());
        let place = place(&mut look, &season, unit, on).await?;
        let top = Some(place.unit.unit);
        suggested(&mut look.tx, top, &asked.q, place.day, OFFERED).await
    }
    .await;
    answered(found, &visitor)
}

/// `GET /seasons/units`: units this person may set up a season for.
pub async fn roots(
    State(app): State<App>,
    visitor: Visitor,
    Known(asked): Known<Asked>,
) -> Response {
    let found: Result<Vec<Suggestion>> = async {
        let mut look = look(&app, visitor.signed_in()?).await?;
        let today = look.today;
        let mut found = suggested(&mut look.tx, None, &asked.q, today, LOOKED_AT).await?;
        if asked.q.trim().is_empty() {
            // Nothing typed yet: the units this person was given.
            for unit in look
                .who
                .grants
                .clone()
                .iter()
                .filter_map(|grant| grant.unit)
            {
                if found.iter().all(|one| one.unit != unit) {
                    found.extend(of(&mut look.tx, unit, today).await?);
                }
            }
        }
        let mut offered = Vec::new();
        for one in found {
            if offered.len() < OFFERED && look.may(Permission::EditSeason, one.unit).await? {
                offered.push(one);
            }
        }
        Ok(offered)
    }
    .await;
    answered(found, &visitor)
}
