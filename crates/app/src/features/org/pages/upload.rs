//! `/import`: a sheet is sent, to be looked at before anything is written.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartError};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::access::Permission;
use plenum_store::org;
use serde::Deserialize;

use super::{everywhere, profile, tops};
use crate::features::org::actions::{self, Incoming};
use crate::features::org::sheets::{self, MOST_BYTES};
use crate::shell::asked::{Asking, Known};
use crate::shell::page::{Link, render};
use crate::shell::place::day_of;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::check_csrf;
use crate::shell::{App, Chrome, Look, Visitor, Words, act, look, profiles};

/// What the address says.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    unit: String,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["unit"];
}

/// A choice of a list.
pub struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "org/import.html")]
struct UploadPage {
    p: Chrome,
    error: Option<(String, String)>,
    whole: bool,
    roots: Vec<Choice>,
    day: String,
    day_hint: String,
    profiles: Vec<Choice>,
    levels: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    limit: String,
    max_bytes: u64,
}

/// `GET /import`.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Known(asked): Known<Asked>,
) -> Response {
    form(&app, &visitor, &asked.unit, None, None).await
}

/// What surrounds the pages of an import.
pub fn chrome(visitor: &Visitor, title: &str) -> Chrome {
    let words = visitor.words;
    let mut p = Chrome::new(visitor, words.say(title)).section("tree");
    p.trail = vec![Link::to(words.say("nav-tree"), "/units")];
    if title != "org-import-title" {
        p.trail
            .push(Link::to(words.say("org-import-title"), "/import"));
    }
    p.trail.push(Link {
        text: p.title.clone(),
        href: String::new(),
        current: true,
    });
    p
}

async fn form(
    app: &App,
    visitor: &Visitor,
    unit: &str,
    day: Option<&str>,
    problem: Option<&Problem>,
) -> Response {
    match build(app, visitor, unit, day, problem).await {
        Ok(page) => {
            let mut response = render(&page);
            if let Some(problem) = problem {
                *response.status_mut() = problem.status;
            }
            response
        }
        Err(problem) => problem.page(visitor),
    }
}

/// What the day means: the tree has units from then on only, so a season that
/// is over needs its first day here.
pub async fn day_hint(look: &mut Look, words: Words) -> Result<String> {
    let hint = words.say("org-import-day-hint");
    Ok(match org::first_day(&mut look.tx).await? {
        None => hint,
        Some(first) => format!(
            "{hint} {}",
            words.say1("org-import-day-first", "day", words.day(first))
        ),
    })
}

async fn build(
    app: &App,
    visitor: &Visitor,
    unit: &str,
    day: Option<&str>,
    problem: Option<&Problem>,
) -> Result<UploadPage> {
    let who = visitor.signed_in()?;
    let words = visitor.words;
    let mut look = look(app, who).await?;
    let today = look.today;
    let used = profile(&mut look).await?;
    let whole = everywhere(&look, Permission::ImportTree);
    let mut roots: Vec<Choice> = Vec::new();
    if !unit.is_empty()
        && let Some(version) = org::by_code(&mut look.tx, unit, today).await?
        && look.may(Permission::ImportTree, version.unit).await?
    {
        let text = format!("{} ({})", version.name, version.code);
        roots.push(Choice {
            value: version.code,
            text,
            chosen: true,
        });
    }
    for top in tops(&mut look, Permission::ImportTree, today).await? {
        if roots.iter().all(|root| root.value != top.code) {
            let text = format!("{} ({})", top.name, top.code);
            roots.push(Choice {
                value: top.code,
                text,
                chosen: false,
            });
        }
    }
    let choice = |each: &plenum_rules::profile::Profile| Choice {
        value: each.id.clone(),
        text: match words.code() {
            "en" => each.name_en.clone(),
            _ => each.name_vi.clone(),
        },
        chosen: each.id == used.id,
    };
    Ok(UploadPage {
        error: problem.map(|problem| (problem.code.clone(), problem.text(words))),
        whole,
        roots,
        day: day.map_or_else(|| today.to_string(), str::to_owned),
        day_hint: day_hint(&mut look, words).await?,
        profiles: profiles::all().iter().map(choice).collect(),
        levels: used
            .levels
            .iter()
            .map(|rule| {
                (
                    profiles::level_name(words, used, &rule.code),
                    rule.words.join(", "),
                )
            })
            .collect(),
        kinds: used
            .kinds
            .iter()
            .map(|rule| {
                (
                    profiles::kind_name(words, used, &rule.code),
                    rule.words.join(", "),
                )
            })
            .collect(),
        limit: words.count(i64::try_from(MOST_BYTES / 1_000_000).unwrap_or(i64::MAX)),
        max_bytes: MOST_BYTES,
        p: chrome(visitor, "org-import-title"),
    })
}

/// What the form sent.
#[derive(Default)]
struct Sent {
    csrf: String,
    unit: String,
    day: String,
    profile: String,
    file: String,
    bytes: Vec<u8>,
}

/// `POST /import`.
pub async fn send(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    parts: Multipart,
) -> Response {
    let by_script = headers.contains_key("x-plenum-upload");
    let mut sent = Sent::default();
    let done = match receive(parts, &mut sent).await {
        Ok(()) => keep(&app, &visitor, &headers, &mut sent).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(id) => {
            let location = format!("/import/{id:032x}");
            if by_script {
                Json(serde_json::json!({"location": location})).into_response()
            } else {
                Redirect::to(&location).into_response()
            }
        }
        Err(problem) if by_script => problem.json(visitor.words),
        Err(problem) if problem.status == StatusCode::FORBIDDEN || problem.code == "E-419" => {
            problem.page(&visitor)
        }
        Err(problem) => form(&app, &visitor, &sent.unit, Some(&sent.day), Some(&problem)).await,
    }
}

async fn receive(mut parts: Multipart, sent: &mut Sent) -> Result<()> {
    while let Some(mut part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|error| broken(&error))? {
            if bytes.len() + chunk.len() > usize::try_from(MOST_BYTES).unwrap_or(usize::MAX) {
                return Err(too_big());
            }
            bytes.extend_from_slice(&chunk);
        }
        let text = || String::from_utf8_lossy(&bytes).trim().to_owned();
        match name.as_str() {
            "csrf" => sent.csrf = text(),
            "unit" => sent.unit = text(),
            "day" => sent.day = text(),
            "profile" => sent.profile = text(),
            "file" => {
                sent.file = file
                    .unwrap_or_default()
                    .chars()
                    .filter(|letter| !letter.is_control())
                    .take(200)
                    .collect();
                sent.bytes = bytes;
            }
            _ => {}
        }
    }
    Ok(())
}

fn too_big() -> Problem {
    let limit = i64::try_from(MOST_BYTES / 1_000_000).unwrap_or(i64::MAX);
    Problem::field("E-SHEET-01", "file")
        .with("limit", limit)
        .status(StatusCode::PAYLOAD_TOO_LARGE)
}

fn broken(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_big()
    } else {
        Problem::new(StatusCode::BAD_REQUEST, "E-400")
    }
}

async fn keep(app: &App, visitor: &Visitor, headers: &HeaderMap, sent: &mut Sent) -> Result<u128> {
    let who = visitor.signed_in()?;
    let token = headers
        .get("x-csrf-token")
        .and_then(|token| token.to_str().ok())
        .unwrap_or(&sent.csrf);
    check_csrf(visitor, token)?;
    if sent.bytes.is_empty() {
        return Err(Problem::field("E-ORG-28", "file"));
    }
    let day = day_of(Some(&sent.day), app.clock.today()).map_err(|mut problem| {
        problem.field = Some("day");
        problem
    })?;
    let root = if sent.unit.is_empty() {
        None
    } else {
        let mut look = look(app, who).await?;
        let found = org::by_code(&mut look.tx, &sent.unit, day)
            .await?
            .filter(|unit| unit.span().holds(day));
        let missing = || {
            Problem::field("E-ORG-24", "unit")
                .with("code", &sent.unit)
                .with("day", plenum_rules::words::day_table(day))
        };
        Some(found.ok_or_else(missing)?.unit)
    };
    let bytes = std::mem::take(&mut sent.bytes);
    // Files are read before anything is kept, away from the other requests.
    let bytes = tokio::task::spawn_blocking(move || sheets::read(&bytes).map(|_| bytes)).await;
    let bytes = bytes.map_err(|_| Problem::field("E-SHEET-08", "file").with("part", "zip"))??;
    let incoming = Incoming {
        root,
        day,
        profile: profiles::named(&sent.profile)
            .map_or_else(String::new, |profile| profile.id.clone()),
        file: sent.file.clone(),
        bytes,
    };
    act(app, who, |cx| Box::pin(actions::upload(cx, incoming))).await
}
