//! The first administrator, made in a browser.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use plenum_store::access;
use serde::Deserialize;

use super::login::ensure_door;
use crate::features::access::actions::setup::{self, First};
use crate::shell::page::render;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Visitor, Who, act, look};

#[derive(Template)]
#[template(path = "access/setup.html")]
struct SetupPage {
    p: Chrome,
    valid: bool,
    token: String,
    login: String,
    name: String,
    error: Option<String>,
}

#[derive(Deserialize, Default)]
pub(in crate::features::access) struct Typed {
    #[serde(default)]
    token: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

async fn is_open(app: &App, token: &str) -> Result<bool> {
    let mut look = look(app, &Who::system("setup")).await?;
    Ok(setup::is_right(app, token) && access::count_accounts(&mut look.tx).await? == 0)
}

async fn show(
    app: &App,
    headers: &HeaderMap,
    mut visitor: Visitor,
    typed: Typed,
    problem: Option<&Problem>,
) -> Response {
    let prepared = match is_open(app, &typed.token).await {
        Ok(valid) => ensure_door(app, headers, &mut visitor).map(|door| (valid, door)),
        Err(problem) => Err(problem),
    };
    let (valid, door) = match prepared {
        Ok(prepared) => prepared,
        Err(problem) => return problem.page(&visitor),
    };
    // A refused form was sent to the bare address; in another language it is
    // asked for again by its own.
    let query = serde_urlencoded::to_string([("token", &typed.token)]).unwrap_or_default();
    visitor.address = format!("/setup?{query}");
    let page = SetupPage {
        p: Chrome::new(&visitor, visitor.words.say("access-setup-title")),
        valid,
        token: typed.token,
        login: typed.login,
        name: typed.name,
        error: problem.map(|problem| problem.text(visitor.words)),
    };
    let status = match problem {
        _ if !valid => StatusCode::GONE,
        Some(problem) => problem.status,
        None => StatusCode::OK,
    };
    (
        status,
        AppendHeaders(door.map(|door| (header::SET_COOKIE, door))),
        render(&page),
    )
        .into_response()
}

/// GET /setup
pub(in crate::features::access) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(typed): Query<Typed>,
) -> Response {
    let typed = Typed {
        token: typed.token,
        ..Typed::default()
    };
    show(&app, &headers, visitor, typed, None).await
}

/// POST /setup
pub(in crate::features::access) async fn set_up(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    match make(&app, &visitor, &typed).await {
        Ok(()) => Redirect::to("/login").into_response(),
        Err(problem) => show(&app, &headers, visitor, typed, Some(&problem)).await,
    }
}

async fn make(app: &App, visitor: &Visitor, typed: &Typed) -> Result<()> {
    if !is_open(app, &typed.token).await? {
        return Err(Problem::refused("E-ACC-16").status(StatusCode::GONE));
    }
    if typed.password != typed.again {
        return Err(Problem::field("E-ACC-14", "again"));
    }
    let first = First {
        login: typed.login.clone(),
        name: typed.name.clone(),
        password: typed.password.clone(),
        language: visitor.words.code().to_owned(),
    };
    let account = first.account().await?;
    let who = Who {
        account: Some(account.id),
        login: account.login.clone(),
        ..Who::system("setup")
    };
    act(app, &who, |cx| Box::pin(setup::begin(cx, account))).await
}
