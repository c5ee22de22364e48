//! One's own account.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::access::Permission;
use plenum_store::access;
use serde::Deserialize;

use super::roles::{self, GrantRow};
use crate::features::access::actions::own;
use crate::shell::page::render;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::{Form, LANGUAGE_COOKIE};
use crate::shell::{App, Chrome, Lang, Visitor, Words, act, look};

/// A session as a row.
struct SessionRow {
    digest: String,
    device: String,
    seen: String,
    ends: String,
    this: bool,
}

#[derive(Template)]
#[template(path = "access/account.html")]
struct AccountPage {
    p: Chrome,
    login: String,
    roles: Vec<GrantRow>,
    sessions: Vec<SessionRow>,
    codes: bool,
    can_tokens: bool,
    error: Option<(&'static str, String)>,
}

/// GET /account
pub(in crate::features::access) async fn page(
    State(app): State<App>,
    visitor: Visitor,
) -> Response {
    show(&app, &visitor, None).await
}

pub(super) async fn show(app: &App, visitor: &Visitor, problem: Option<&Problem>) -> Response {
    match build(app, visitor, problem).await {
        Ok(page) => (
            problem.map_or(StatusCode::OK, |problem| problem.status),
            render(&page),
        )
            .into_response(),
        Err(problem) => problem.page(visitor),
    }
}

async fn build(app: &App, visitor: &Visitor, problem: Option<&Problem>) -> Result<AccountPage> {
    let who = visitor.signed_in()?;
    let account = own::account(app, who).await?;
    let mut look = look(app, who).await?;
    let words = visitor.words;
    let granted = access::grants(&mut look.tx, account.id).await?;
    let roles = roles::rows(&mut look.tx, words, look.today, &granted).await?;
    let sessions = access::sessions_of(&mut look.tx, account.id, app.clock.now()).await?;
    let moment = |at: i64| {
        format!(
            "{} {}",
            words.day(app.clock.day_of(at)),
            app.clock.time_of(at)
        )
    };
    let sessions = sessions.into_iter().map(|session| SessionRow {
        this: visitor.session.as_deref() == Some(session.digest.as_str()),
        device: device(words, &session.device),
        seen: moment(session.seen_at),
        ends: moment(session.ends_at),
        digest: session.digest,
    });
    Ok(AccountPage {
        p: Chrome::new(visitor, words.say("account")).section("account"),
        login: account.login,
        roles,
        sessions: sessions.collect(),
        codes: account.totp.is_some(),
        can_tokens: visitor.can(Permission::SeeProgress),
        error: problem.map(|problem| (problem.field.unwrap_or("old"), problem.text(words))),
    })
}

/// What a browser says of itself, as people call it.
fn device(words: Words, told: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names
            .iter()
            .find(|(mark, _)| told.contains(mark))
            .map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg/", "Edge"),
        ("coc_coc", "Cốc Cốc"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => words.say("access-device-unknown"),
    }
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Passwords {
    #[serde(default)]
    old: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// POST /account/password
pub(in crate::features::access) async fn password(
    State(app): State<App>,
    visitor: Visitor,
    Form(typed): Form<Passwords>,
) -> Response {
    match change(&app, &visitor, &typed).await {
        Ok(()) => Redirect::to("/account").into_response(),
        Err(problem) => show(&app, &visitor, Some(&problem)).await,
    }
}

async fn change(app: &App, visitor: &Visitor, typed: &Passwords) -> Result<()> {
    let who = visitor.signed_in()?;
    let account = own::account(app, who).await?;
    own::ask_again(app, &account, &typed.old, "old").await?;
    let hash = own::new_password(&account, &typed.old, &typed.password, &typed.again).await?;
    let session = visitor.session.clone();
    act(app, who, |cx| {
        Box::pin(own::change_password(cx, hash, session))
    })
    .await
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Choice {
    #[serde(default)]
    language: String,
}

/// POST /account/language
pub(in crate::features::access) async fn language(
    State(app): State<App>,
    visitor: Visitor,
    Form(choice): Form<Choice>,
) -> Response {
    let lang = Lang::of_code(&choice.language).unwrap_or_default();
    let done = async {
        let who = visitor.signed_in()?;
        act(&app, who, |cx| Box::pin(own::choose_language(cx, lang))).await
    };
    if let Err(problem) = done.await {
        return problem.page(&visitor);
    }
    let cookie = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
        lang.code()
    );
    ([(header::SET_COOKIE, cookie)], Redirect::to("/account")).into_response()
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Which {
    #[serde(default)]
    session: String,
}

/// POST /account/sessions: one, or without a name all others.
pub(in crate::features::access) async fn sessions(
    State(app): State<App>,
    visitor: Visitor,
    Form(which): Form<Which>,
) -> Response {
    let done = async {
        let who = visitor.signed_in()?;
        let this = visitor.session.clone();
        let which = Some(which.session).filter(|which| !which.is_empty());
        act(&app, who, |cx| Box::pin(own::end_sessions(cx, which, this))).await
    };
    match done.await {
        Ok(()) => Redirect::to("/account").into_response(),
        Err(problem) => problem.page(&visitor),
    }
}
