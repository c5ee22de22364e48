//! The memory of who did what.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use plenum_rules::Day;
use plenum_rules::access::{Permission, may};
use plenum_store::audit::Recorded;
use serde::Deserialize;

use super::events;
use crate::features::access::actions::memory::{self, Chain};
use crate::shell::page::render;
use crate::shell::problem::{Problem, Result};
use crate::shell::{App, Chrome, Visitor, look};

/// So many rows stand on a page.
const AT_ONCE: i64 = 100;
/// So many rows go into one file.
const IN_FILE: i64 = 100_000;

struct EventRow {
    seq: i64,
    at: String,
    who: String,
    what: String,
    unit: String,
    season: String,
    detail: String,
}

#[derive(Template)]
#[template(path = "access/audit.html")]
struct AuditPage {
    p: Chrome,
    asked: Asked,
    rows: Vec<EventRow>,
    more: String,
    file: String,
    whole: Option<String>,
    broken: Option<String>,
    can_verify: bool,
    error: Option<String>,
}

#[derive(Deserialize, Default, Clone)]
pub(in crate::features::access) struct Asked {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    season: String,
    #[serde(default)]
    event: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    verify: String,
}

impl Asked {
    fn wanted(&self) -> Result<memory::Asked> {
        let day = |text: &str, field| match text.trim() {
            "" => Ok(None),
            text => Day::parse(text)
                .map(Some)
                .map_err(|_| Problem::field("E-DAY", field)),
        };
        Ok(memory::Asked {
            unit: self.unit.trim().to_owned(),
            season: self.season.clone(),
            event: self.event.clone(),
            who: self.who.trim().to_lowercase(),
            from: day(&self.from, "from")?,
            until: day(&self.until, "until")?,
        })
    }

    fn query(&self, before: Option<i64>) -> String {
        let before = before.map(|before| before.to_string()).unwrap_or_default();
        let fields = [
            ("unit", &self.unit),
            ("season", &self.season),
            ("event", &self.event),
            ("who", &self.who),
            ("from", &self.from),
            ("until", &self.until),
            ("before", &before),
        ];
        let told = fields.into_iter().filter(|(_, value)| !value.is_empty());
        serde_urlencoded::to_string(told.collect::<Vec<_>>()).unwrap_or_default()
    }
}

/// GET /audit
pub(in crate::features::access) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Response {
    match build(&app, &visitor, &asked).await {
        Ok(page) => {
            let status = if page.error.is_some() {
                StatusCode::UNPROCESSABLE_ENTITY
            } else {
                StatusCode::OK
            };
            (status, render(&page)).into_response()
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn build(app: &App, visitor: &Visitor, asked: &Asked) -> Result<AuditPage> {
    let who = visitor.signed_in()?;
    // Whoever reads a part of it is not told about the whole.
    let can_verify = may(&who.grants, visitor.today, Permission::ReadAudit, &[]);
    let (mut whole, mut broken) = (None, None);
    if can_verify && !asked.verify.is_empty() {
        match memory::verify(app).await? {
            Chain::Whole { rows, head } => {
                let values = [
                    ("rows", visitor.words.count(rows).into()),
                    ("head", head.into()),
                ];
                whole = Some(visitor.words.say_with("access-audit-whole", &values));
            }
            Chain::Broken { seq, row } => {
                let event = row
                    .map(|row| row.event)
                    .unwrap_or_else(|| visitor.words.say("access-audit-gone"));
                let values = [
                    ("seq", visitor.words.count(seq).into()),
                    ("event", event.into()),
                ];
                broken = Some(visitor.words.say_with("access-audit-broken", &values));
            }
        }
    }
    let (rows, error) = match found(app, visitor, asked, AT_ONCE).await {
        Ok(rows) => (rows, None),
        Err(problem) if problem.field.is_some() => (Vec::new(), Some(problem.text(visitor.words))),
        Err(problem) => return Err(problem),
    };
    let last = rows
        .last()
        .filter(|_| i64::try_from(rows.len()).is_ok_and(|found| found == AT_ONCE));
    Ok(AuditPage {
        p: Chrome::new(visitor, visitor.words.say("nav-audit")).section("audit"),
        asked: asked.clone(),
        more: last
            .map(|row| format!("/audit?{}", asked.query(Some(row.seq))))
            .unwrap_or_default(),
        file: format!("/audit.csv?{}", asked.query(None)),
        rows,
        whole,
        broken,
        can_verify,
        error,
    })
}

async fn found(app: &App, visitor: &Visitor, asked: &Asked, limit: i64) -> Result<Vec<EventRow>> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let before = asked.before.parse().ok();
    let rows = memory::rows(&mut look, &app.clock, &asked.wanted()?, before, limit).await?;
    let names = memory::unit_names(&mut look, &rows).await?;
    let shown = |row: &Recorded| {
        let unit = row
            .unit
            .and_then(|unit| names.get(&unit))
            .cloned()
            .unwrap_or_default();
        EventRow {
            seq: row.seq,
            at: format!(
                "{} {}",
                visitor.words.day(app.clock.day_of(row.at)),
                app.clock.time_of(row.at)
            ),
            who: row.who.clone(),
            what: events::sentence(visitor.words, row, &unit),
            unit,
            season: row.season.clone().unwrap_or_default(),
            detail: if events::is_known(visitor.words, row) {
                String::new()
            } else {
                row.detail.clone()
            },
        }
    };
    Ok(rows.iter().map(shown).collect())
}

/// GET /audit.csv
pub(in crate::features::access) async fn csv(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Response {
    match file(&app, &visitor, &asked).await {
        Ok(text) => {
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"audit.csv\"",
                ),
            ];
            (headers, text).into_response()
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn file(app: &App, visitor: &Visitor, asked: &Asked) -> Result<String> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let rows = memory::rows(&mut look, &app.clock, &asked.wanted()?, None, IN_FILE).await?;
    let names = memory::unit_names(&mut look, &rows).await?;
    // The mark tells spreadsheets that this is UTF-8.
    let mut text = String::from("\u{feff}seq,day,time,who,event,season,unit,what,detail,hash\r\n");
    for row in &rows {
        let unit = row
            .unit
            .and_then(|unit| names.get(&unit))
            .map_or("", String::as_str);
        let cells = [
            row.seq.to_string(),
            app.clock.day_of(row.at).to_string(),
            app.clock.time_of(row.at),
            row.who.clone(),
            row.event.clone(),
            row.season.clone().unwrap_or_default(),
            unit.to_owned(),
            events::sentence(visitor.words, row, unit),
            row.detail.clone(),
            row.hash.clone(),
        ];
        text.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        text.push_str("\r\n");
    }
    Ok(text)
}

/// A cell in quotation marks; what a spreadsheet would take for a formula
/// begins with an apostrophe.
fn quoted(cell: &str) -> String {
    let mark = if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}
