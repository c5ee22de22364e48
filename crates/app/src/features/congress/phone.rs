//! The report a unit writes on a phone: kept while the network is gone, sent
//! once.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use serde_json::json;

use super::actions::{At, instant};
use super::form::{Scene, page, scene};
use super::typed::{Bounds, Typed};
use crate::shell::place::report_address;
use crate::shell::visitor::check_csrf;
use crate::shell::{App, Problem, Visitor, reporting};

/// The longest report a phone can send, in bytes.
const LARGEST: usize = 64 << 10;

/// What the address of the page says.
#[derive(Deserialize, Default)]
pub struct Asked {
    sent: Option<String>,
}

/// `GET /r/{season}/{unit}`.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, unit)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let at = At {
        season,
        unit,
        on: None,
        day: None,
    };
    match scene(&app, &visitor, &at).await {
        Ok(scene) => {
            let typed = scene.prefilled();
            page(
                &app,
                &visitor,
                &scene,
                (typed, Vec::new()),
                asked.sent.is_some(),
            )
        }
        Err(problem) => problem.page(&visitor),
    }
}

/// `POST /r/{season}/{unit}`: JSON from the page's script, or the plain form.
pub async fn send(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, unit)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let at = At {
        season,
        unit,
        on: None,
        day: None,
    };
    let is_json =
        header_of(&headers, header::CONTENT_TYPE.as_str()).starts_with("application/json");
    let Ok(bytes) = axum::body::to_bytes(body, LARGEST).await else {
        let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "E-413");
        return if is_json {
            problem.json(visitor.words)
        } else {
            problem.page(&visitor)
        };
    };
    if is_json {
        let sent = serde_json::from_slice(&bytes)
            .ok()
            .and_then(|value| Typed::of_json(&value))
            .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "E-400"));
        let token = header_of(&headers, "x-csrf-token");
        let key = header_of(&headers, "idempotency-key");
        return by_script(&app, &visitor, &at, (sent, token, key)).await;
    }
    by_form(&app, &visitor, &at, &bytes).await
}

fn header_of<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Reads and submits; what is wrong comes back with the scene, so that nothing
/// typed is lost.
async fn deliver(
    app: &App,
    visitor: &Visitor,
    at: &At,
    (typed, key): (&Typed, &str),
) -> Result<reporting::Receipt, (Option<Box<Scene>>, Vec<Problem>)> {
    let who = visitor
        .signed_in()
        .map_err(|problem| (None, vec![problem]))?;
    let scene = scene(app, visitor, at)
        .await
        .map_err(|problem| (None, vec![problem]))?;
    let bounds = Bounds {
        season: &scene.subject.season,
        today: scene.today,
        contents: scene.subject.contents(),
    };
    let report = match typed.read(&bounds) {
        Ok(report) => report,
        Err(problems) => return Err((Some(Box::new(scene)), problems)),
    };
    let place = (&scene.subject.season.id, scene.subject.unit.unit);
    match reporting::submit(app, who, place, key, &report).await {
        Ok(receipt) => Ok(receipt),
        Err(problem) => Err((Some(Box::new(scene)), vec![problem])),
    }
}

async fn by_script(
    app: &App,
    visitor: &Visitor,
    at: &At,
    (sent, token, key): (Result<Typed, Problem>, &str, &str),
) -> Response {
    let words = visitor.words;
    if let Err(problem) = check_csrf(visitor, token) {
        return problem.json(words);
    }
    let typed = match sent {
        Ok(typed) => typed,
        Err(problem) => return problem.json(words),
    };
    match deliver(app, visitor, at, (&typed, key)).await {
        Ok(receipt) => axum::Json(json!({
            "state": "received",
            "at": instant(receipt.at),
            "message": words.say("congress-report-thanks"),
        }))
        .into_response(),
        Err((scene, problems)) => {
            let Some(problem) = problems.first() else {
                return StatusCode::INTERNAL_SERVER_ERROR.into_response();
            };
            let stands = scene.filter(|_| problem.status == StatusCode::CONFLICT);
            match stands {
                Some(scene) => conflict(visitor, problem, &scene),
                None => problem.json(words),
            }
        }
    }
}

/// A report stands already: who made it and when.
fn conflict(visitor: &Visitor, problem: &Problem, scene: &Scene) -> Response {
    let mut standing = json!({});
    if let Some((row, name)) = scene.history.last("congress.reported") {
        standing = json!({"by": name, "at": instant(row.at)});
    }
    let error = json!({"code": problem.code, "message": problem.text(visitor.words)});
    (
        StatusCode::CONFLICT,
        axum::Json(json!({"error": error, "standing": standing})),
    )
        .into_response()
}

/// The plain form's own fields beside the report.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Around {
    csrf: String,
    key: String,
}

async fn by_form(app: &App, visitor: &Visitor, at: &At, bytes: &[u8]) -> Response {
    let parsed = (
        serde_urlencoded::from_bytes::<Typed>(bytes),
        serde_urlencoded::from_bytes::<Around>(bytes),
    );
    let (Ok(typed), Ok(around)) = parsed else {
        return Problem::new(StatusCode::BAD_REQUEST, "E-400").page(visitor);
    };
    if let Err(problem) = check_csrf(visitor, &around.csrf) {
        return problem.page(visitor);
    }
    match deliver(app, visitor, at, (&typed, &around.key)).await {
        Ok(_) => Redirect::to(&format!("{}?sent=1", report_address(&at.season, &at.unit)))
            .into_response(),
        Err((Some(scene), problems)) => page(app, visitor, &scene, (typed, problems), false),
        Err((None, problems)) => match problems.first() {
            Some(problem) => problem.page(visitor),
            None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        },
    }
}
