//! `/import/{draft}`: what a sheet would do, cell by cell; nothing is written
//! until it is confirmed.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::org::ImportPlan;
use plenum_store::audit;
use plenum_store::org::{self, ImportDraft};
use serde::Deserialize;

use super::address;
use super::preview_rows::{Only, PAGE, Row, order, rows};
use super::preview_said::{LISTED, Said, count, header, listed};
use super::upload;
use crate::features::org::actions::{self, KEPT, Taking};
use crate::features::org::findings;
use crate::features::org::sheets::{self, MOST_BYTES};
use crate::shell::asked::{Asking, Known, one_of};
use crate::shell::language::Words;
use crate::shell::page::render;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Look, Visitor, act, look, profiles};

/// What the address says.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    only: String,
    #[serde(default)]
    page: usize,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["only", "page"];
}

/// What is confirmed.
#[derive(Deserialize)]
pub struct Confirmed {
    #[serde(default)]
    mark: String,
}

/// A list's choice, as the upload form has them.
pub struct Choice {
    value: String,
    text: String,
    chosen: bool,
}

/// A plan that was made, with what it was made from.
struct Seen {
    taking: Taking,
    plan: ImportPlan,
    mark: String,
}

/// The plan looked at last: its pages are turned without planning again while
/// no record has changed. A nation's weighs hundreds of megabytes, so it is let
/// go of after [`AT_HAND`].
static LAST: Mutex<Option<Last>> = Mutex::new(None);

/// So long a plan is kept at hand after it was made.
const AT_HAND: Duration = Duration::from_secs(600);

/// The draft, the newest record when it was planned, and the plan.
type Last = (u128, i64, Arc<Seen>);

#[derive(Template)]
#[template(path = "org/preview.html")]
struct PreviewPage {
    p: Chrome,
    changed_meanwhile: bool,
    file: String,
    where_to: String,
    sentence: String,
    errors: i64,
    counts: String,
    listed: Vec<(String, String, String, u32)>,
    listed_more: i64,
    header: Vec<(String, bool, String)>,
    heads: Vec<String>,
    rows: Vec<Row>,
    filters: Vec<(String, String, bool)>,
    pages: Vec<(String, String, bool)>,
    absent: Vec<(String, String)>,
    absent_more: i64,
    absent_title: String,
    ready: bool,
    nothing: bool,
    mark: String,
    whole: bool,
    roots: Vec<Choice>,
    day: String,
    day_hint: String,
    profiles: Vec<Choice>,
    limit: String,
    max_bytes: u64,
}

/// `GET /import/{draft}`.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(draft): Path<String>,
    Known(asked): Known<Asked>,
) -> Response {
    match build(&app, &visitor, &draft, &asked, false).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

/// `POST /import/{draft}`.
pub async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(draft): Path<String>,
    Form(confirmed): Form<Confirmed>,
) -> Response {
    match write(&app, &visitor, &draft, &confirmed.mark).await {
        Ok(location) => Redirect::to(&location).into_response(),
        // Somebody changed the tree meanwhile: what would happen now is shown.
        Err(problem) if problem.status == StatusCode::CONFLICT => {
            match build(&app, &visitor, &draft, &Asked::default(), true).await {
                Ok(page) => {
                    let mut response = render(&page);
                    *response.status_mut() = StatusCode::CONFLICT;
                    response
                }
                Err(problem) => problem.page(&visitor),
            }
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn write(app: &App, visitor: &Visitor, draft: &str, mark: &str) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let draft = kept(&mut look, app, draft).await?;
    let (id, root, day) = (draft.id, draft.root, draft.day);
    drop(look);
    let taking = taking(draft).await?;
    let mark = mark.to_owned();
    act(app, who, move |cx| {
        Box::pin(async move { actions::confirm(cx, id, &taking, &mark).await })
    })
    .await?;
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = None;
    let mut look = crate::shell::look(app, who).await?;
    let root = match root {
        Some(root) => org::near(&mut look.tx, root, day)
            .await?
            .map(|version| version.code)
            .unwrap_or_default(),
        None => String::new(),
    };
    Ok(address(
        "/units",
        &[
            ("unit", &root),
            ("on", &day.to_string()),
            ("done", "import"),
        ],
    ))
}

async fn kept(look: &mut Look, app: &App, draft: &str) -> Result<ImportDraft> {
    let gone = || Problem::new(StatusCode::NOT_FOUND, "E-ORG-26");
    let id = u128::from_str_radix(draft, 16).map_err(|_| gone())?;
    let account = look.who.account.ok_or_else(Problem::forbidden)?;
    org::kept(&mut look.tx, id, account, app.clock.now() - KEPT)
        .await?
        .ok_or_else(gone)
}

async fn taking(draft: ImportDraft) -> Result<Taking> {
    let profile = profiles::named(&draft.profile).ok_or_else(Problem::not_found)?;
    let (root, day, file) = (draft.root, draft.day, draft.file);
    let read = tokio::task::spawn_blocking(move || sheets::read(&draft.bytes)).await;
    let sheet = read.map_err(|_| Problem::field("E-SHEET-08", "file").with("part", "zip"))??;
    Ok(Taking {
        root,
        day,
        profile,
        file,
        sheet,
    })
}

async fn seen(look: &mut Look, draft: ImportDraft) -> Result<Arc<Seen>> {
    let (id, seq) = (draft.id, audit::head(&mut look.tx).await?.seq);
    let last = LAST.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((known, at, seen)) = last
        && (known, at) == (id, seq)
    {
        return Ok(seen);
    }
    let taking = taking(draft).await?;
    let who = look.who.clone();
    let (_, plan) = actions::plan(&mut look.tx, &who, look.today, &taking).await?;
    let seen = Arc::new(Seen {
        mark: sheets::mark(&plan),
        plan,
        taking,
    });
    *LAST.lock().unwrap_or_else(PoisonError::into_inner) = Some((id, seq, Arc::clone(&seen)));
    let kept = Arc::downgrade(&seen);
    tokio::spawn(async move {
        tokio::time::sleep(AT_HAND).await;
        let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |(_, _, seen): &Last| std::ptr::eq(Arc::as_ptr(seen), kept.as_ptr());
        if last.as_ref().is_some_and(same) {
            *last = None;
        }
    });
    Ok(seen)
}

async fn build(
    app: &App,
    visitor: &Visitor,
    draft: &str,
    asked: &Asked,
    changed_meanwhile: bool,
) -> Result<PreviewPage> {
    let who = visitor.signed_in()?;
    let words = visitor.words;
    let mut look = look(app, who).await?;
    let kept = kept(&mut look, app, draft).await?;
    let here = format!("/import/{draft}");
    let root = match kept.root {
        Some(root) => org::near(&mut look.tx, root, kept.day).await?,
        None => None,
    };
    let seen = seen(&mut look, kept).await?;
    let (plan, taking) = (&seen.plan, &seen.taking);
    let only = one_of("only", Some(&asked.only), Only::parse)?.unwrap_or(Only::All);
    let places = order(plan, only);
    let page = asked.page.clamp(1, places.len().div_ceil(PAGE).max(1));
    let shown = &places[(page - 1) * PAGE..places.len().min(page * PAGE)];
    let absent_units: Vec<_> = plan.absent.iter().take(LISTED).copied().collect();
    let absent = org::near_many(&mut look.tx, &absent_units, taking.day).await?;
    let said = Said::new(words, taking, plan);
    let where_to = root
        .as_ref()
        .map_or_else(|| words.say("org-import-whole"), |root| root.name.clone());
    let mut p = super::upload::chrome(visitor, "org-preview-title");
    p.unit = root
        .as_ref()
        .map(|root| root.code.clone())
        .unwrap_or_default();
    Ok(PreviewPage {
        changed_meanwhile,
        file: taking.file.clone(),
        sentence: said.sentence,
        errors: said.errors,
        counts: said.counts,
        listed: listed(words, taking, plan),
        listed_more: count(plan.findings.len().saturating_sub(LISTED)),
        header: header(words, plan),
        heads: super::preview_rows::FIELDS
            .iter()
            .map(|field| findings::field_name(words, *field))
            .collect(),
        rows: rows(words, taking.profile, &taking.sheet, plan, shown),
        filters: filters(words, &here, only, plan),
        pages: pages(&here, &asked.only, page, places.len()),
        absent: absent_units
            .iter()
            .filter_map(|unit| absent.get(unit))
            .map(|version| (version.name.clone(), version.code.clone()))
            .collect(),
        absent_more: count(plan.absent.len().saturating_sub(LISTED)),
        absent_title: words.say1("org-preview-absent", "count", count(plan.absent.len())),
        ready: said.ready,
        nothing: said.nothing,
        mark: seen.mark.clone(),
        whole: root.is_none(),
        roots: root
            .iter()
            .map(|root| Choice {
                value: root.code.clone(),
                text: root.name.clone(),
                chosen: true,
            })
            .collect(),
        where_to,
        day: taking.day.to_string(),
        day_hint: upload::day_hint(&mut look, words).await?,
        profiles: vec![Choice {
            value: taking.profile.id.clone(),
            text: String::new(),
            chosen: true,
        }],
        limit: words.count(i64::try_from(MOST_BYTES / 1_000_000).unwrap_or(i64::MAX)),
        max_bytes: MOST_BYTES,
        p,
    })
}

fn filters(words: Words, here: &str, only: Only, plan: &ImportPlan) -> Vec<(String, String, bool)> {
    let count = |number: usize| words.count(i64::try_from(number).unwrap_or(i64::MAX));
    [
        ("", Only::All, "org-filter-all", plan.rows.len()),
        (
            "errors",
            Only::Errors,
            "org-filter-errors",
            plan.summary.errors,
        ),
        (
            "changed",
            Only::Changed,
            "org-filter-changed",
            plan.summary.changed,
        ),
        ("new", Only::New, "org-filter-new", plan.summary.new),
    ]
    .into_iter()
    .filter(|(_, each, _, number)| *each == Only::All || *number > 0)
    .map(|(value, each, key, number)| {
        (
            words.say1(key, "count", count(number)),
            address(here, &[("only", value)]),
            each == only,
        )
    })
    .collect()
}

fn pages(here: &str, only: &str, page: usize, rows: usize) -> Vec<(String, String, bool)> {
    let last = rows.div_ceil(PAGE);
    if last <= 1 {
        return Vec::new();
    }
    let mut numbers = vec![1, last];
    numbers.extend((page.saturating_sub(3).max(1)..=(page + 3).min(last)).collect::<Vec<_>>());
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .into_iter()
        .map(|number| {
            let text = number.to_string();
            (
                text.clone(),
                address(here, &[("only", only), ("page", &text)]),
                number == page,
            )
        })
        .collect()
}
