//! Between the right password and the session.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::login::{Caller, STEP_COOKIE, ensure_door, went};
use crate::features::access::actions::login;
use crate::shell::page::render;
use crate::shell::problem::Problem;
use crate::shell::server::own_address;
use crate::shell::visitor::{Form, cookie};
use crate::shell::{App, Chrome, Visitor};

#[derive(Template)]
#[template(path = "access/step.html")]
struct StepPage {
    p: Chrome,
    action: &'static str,
    explain: String,
    login: String,
    next: String,
    error: Option<String>,
    renew: bool,
}

#[derive(Deserialize, Default)]
pub(in crate::features::access) struct Asked {
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Code {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Renewed {
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
    #[serde(default)]
    next: String,
}

async fn show(
    app: &App,
    headers: &HeaderMap,
    mut visitor: Visitor,
    next: &str,
    renew: bool,
    problem: Option<&Problem>,
) -> Response {
    let account = match login::step(app, cookie(headers, STEP_COOKIE).as_deref()).await {
        Ok((_, account)) => account,
        Err(problem) if problem.status.is_server_error() => return problem.page(&visitor),
        Err(_) => return Redirect::to("/login").into_response(),
    };
    let door = match ensure_door(app, headers, &mut visitor) {
        Ok(door) => door,
        Err(problem) => return problem.page(&visitor),
    };
    let words = visitor.words;
    let kind = if renew { "renew" } else { "code" };
    let page = StepPage {
        p: Chrome::new(&visitor, words.say(&format!("access-{kind}-title"))),
        action: if renew { "/login/renew" } else { "/login/code" },
        explain: words.say(&format!("access-{kind}-explain")),
        login: account.login,
        next: own_address(next).to_owned(),
        error: problem.map(|problem| problem.text(words)),
        renew,
    };
    let status = problem.map_or(StatusCode::OK, |problem| problem.status);
    (
        status,
        AppendHeaders(door.map(|door| (header::SET_COOKIE, door))),
        render(&page),
    )
        .into_response()
}

/// GET /login/code
pub(in crate::features::access) async fn code_page(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    show(&app, &headers, visitor, &asked.next, false, None).await
}

/// POST /login/code
pub(in crate::features::access) async fn code(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Caller(from): Caller,
    Form(typed): Form<Code>,
) -> Response {
    let secret = cookie(&headers, STEP_COOKIE);
    match login::give_code(&app, secret.as_deref(), &typed.code, &from).await {
        Ok(progress) => went(&app, progress, &typed.next),
        Err(problem) => show(&app, &headers, visitor, &typed.next, false, Some(&problem)).await,
    }
}

/// GET /login/renew
pub(in crate::features::access) async fn renew_page(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    show(&app, &headers, visitor, &asked.next, true, None).await
}

/// POST /login/renew
pub(in crate::features::access) async fn renew(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Caller(from): Caller,
    Form(typed): Form<Renewed>,
) -> Response {
    let secret = cookie(&headers, STEP_COOKIE);
    let done = if typed.password == typed.again {
        login::renew(&app, secret.as_deref(), &typed.password, &from).await
    } else {
        Err(Problem::field("E-ACC-14", "again"))
    };
    match done {
        Ok(progress) => went(&app, progress, &typed.next),
        Err(problem) => show(&app, &headers, visitor, &typed.next, true, Some(&problem)).await,
    }
}
