//! One-time codes, on and off.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::account::show;
use crate::features::access::actions::{codes, own};
use crate::shell::page::render;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Visitor, act};

#[derive(Template)]
#[template(path = "access/codes.html")]
struct CodesPage {
    p: Chrome,
    secret: String,
    spaced: String,
    address: String,
    picture: String,
    error: Option<(&'static str, String)>,
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Enrolment {
    #[serde(default)]
    secret: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    old: String,
}

/// GET /account/codes
pub(in crate::features::access) async fn page(visitor: Visitor) -> Response {
    match codes::new_secret() {
        Ok(secret) => show_codes(&visitor, secret, None),
        Err(problem) => problem.page(&visitor),
    }
}

fn show_codes(visitor: &Visitor, secret: String, problem: Option<&Problem>) -> Response {
    let made = visitor
        .signed_in()
        .and_then(|who| codes::for_phone(&secret, &who.login));
    let (address, picture) = match made {
        Ok(made) => made,
        Err(problem) => return problem.page(visitor),
    };
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters
        .chunks(4)
        .map(|group| group.iter().collect())
        .collect();
    let page = CodesPage {
        p: Chrome::new(visitor, visitor.words.say("access-codes-title")).section("account"),
        spaced: groups.join(" "),
        secret,
        address,
        picture,
        error: problem
            .map(|problem| (problem.field.unwrap_or("code"), problem.text(visitor.words))),
    };
    (
        problem.map_or(StatusCode::OK, |problem| problem.status),
        render(&page),
    )
        .into_response()
}

/// POST /account/codes
pub(in crate::features::access) async fn enrol(
    State(app): State<App>,
    visitor: Visitor,
    Form(typed): Form<Enrolment>,
) -> Response {
    match try_enrol(&app, &visitor, &typed).await {
        Ok(()) => Redirect::to("/account").into_response(),
        Err(problem) => show_codes(&visitor, typed.secret, Some(&problem)),
    }
}

async fn try_enrol(app: &App, visitor: &Visitor, typed: &Enrolment) -> Result<()> {
    let who = visitor.signed_in()?;
    let account = own::account(app, who).await?;
    own::ask_again(app, &account, &typed.old, "old").await?;
    let (secret, code) = (typed.secret.clone(), typed.code.clone());
    act(app, who, |cx| Box::pin(own::enrol(cx, secret, code))).await
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Off {
    #[serde(default)]
    password_off: String,
}

/// POST /account/codes/off
pub(in crate::features::access) async fn off(
    State(app): State<App>,
    visitor: Visitor,
    Form(typed): Form<Off>,
) -> Response {
    let done = async {
        let who = visitor.signed_in()?;
        let account = own::account(&app, who).await?;
        own::ask_again(&app, &account, &typed.password_off, "password_off").await?;
        act(&app, who, |cx| Box::pin(own::drop_codes(cx))).await
    };
    match done.await {
        Ok(()) => Redirect::to("/account").into_response(),
        Err(problem) => show(&app, &visitor, Some(&problem)).await,
    }
}
