//! The door.

use askama::Template;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use plenum_rules::access::Role;
use plenum_store::access;
use serde::Deserialize;

use crate::features::access::actions::login::{self, Attempt, Opened, Origin, Progress};
use crate::shell::page::render;
use crate::shell::problem::{Problem, Result};
use crate::shell::secrets::DEMO_PASSWORD;
use crate::shell::server::own_address;
use crate::shell::visitor::{
    CallerAddress, DOOR_COOKIE, Form, LANGUAGE_COOKIE, SESSION_COOKIE, cookie, door_csrf, secret,
};
use crate::shell::{App, Chrome, Visitor, act, look};

/// The cookie that holds the secret between password and session.
pub(super) const STEP_COOKIE: &str = "plenum_step";

/// An account of the demo, named at the door.
struct DemoAccount {
    login: String,
    what: String,
    href: String,
}

#[derive(Template)]
#[template(path = "access/login.html")]
struct LoginPage {
    p: Chrome,
    login: String,
    password: String,
    next: String,
    error: Option<String>,
    left: bool,
    unset: bool,
    demo: Vec<DemoAccount>,
    demo_password: String,
}

#[derive(Deserialize, Default)]
pub(in crate::features::access) struct Asked {
    #[serde(default)]
    next: String,
    #[serde(default)]
    left: String,
    #[serde(default, rename = "as")]
    who: String,
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Typed {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    keep: String,
    #[serde(default)]
    next: String,
}

/// Where a log-in comes from.
pub(in crate::features::access) struct Caller(pub Origin);

impl FromRequestParts<App> for Caller {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &App,
    ) -> std::result::Result<Self, Self::Rejection> {
        let Ok(CallerAddress(address)) = CallerAddress::from_request_parts(parts, app).await;
        let told = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|told| told.to_str().ok())
            .unwrap_or("");
        Ok(Self(Origin {
            address,
            device: told.chars().take(200).collect(),
        }))
    }
}

/// GET /login
pub(in crate::features::access) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    if visitor.who.is_some() {
        return Redirect::to(own_address(&asked.next)).into_response();
    }
    let typed = Typed {
        login: asked.who,
        password: String::new(),
        keep: String::new(),
        next: asked.next,
    };
    show(
        &app,
        &headers,
        visitor,
        &typed,
        None,
        !asked.left.is_empty(),
    )
    .await
}

/// Shows the door, with a cookie that ties its form to this browser.
async fn show(
    app: &App,
    headers: &HeaderMap,
    mut visitor: Visitor,
    typed: &Typed,
    problem: Option<&Problem>,
    left: bool,
) -> Response {
    let door = match ensure_door(app, headers, &mut visitor) {
        Ok(door) => door,
        Err(problem) => return problem.page(&visitor),
    };
    let (unset, demo) = match known_accounts(app, &visitor).await {
        Ok(known) => known,
        Err(problem) => return problem.page(&visitor),
    };
    let prefilled = demo.iter().any(|one| one.login == typed.login) && problem.is_none();
    let page = LoginPage {
        p: Chrome::new(&visitor, visitor.words.say("access-login-title")),
        login: typed.login.clone(),
        password: if prefilled {
            DEMO_PASSWORD.to_owned()
        } else {
            String::new()
        },
        next: own_address(&typed.next).to_owned(),
        error: problem.map(|problem| problem.text(visitor.words)),
        left,
        unset,
        demo,
        demo_password: DEMO_PASSWORD.to_owned(),
    };
    let status = problem.map_or(StatusCode::OK, |problem| problem.status);
    (
        status,
        AppendHeaders(door.map(|door| (header::SET_COOKIE, door))),
        render(&page),
    )
        .into_response()
}

/// Sees to it that the visitor has what the form must send back. The cookie is
/// to be set where it is new.
pub(super) fn ensure_door(
    app: &App,
    headers: &HeaderMap,
    visitor: &mut Visitor,
) -> Result<Option<String>> {
    if cookie(headers, DOOR_COOKIE).is_some() && !visitor.csrf.is_empty() {
        return Ok(None);
    }
    let door = secret()?;
    visitor.csrf = door_csrf(&door);
    Ok(Some(set_cookie(app, DOOR_COOKIE, &door, Some(3_600))))
}

/// A cookie no script can read. Without `keep_for` it ends with the browser.
pub(super) fn set_cookie(app: &App, name: &str, value: &str, keep_for: Option<i64>) -> String {
    let secure = if app.settings.https { "; Secure" } else { "" };
    let age = keep_for
        .map(|seconds| format!("; Max-Age={seconds}"))
        .unwrap_or_default();
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")
}

/// Whether there is no account yet; in the demo, the accounts.
async fn known_accounts(app: &App, visitor: &Visitor) -> Result<(bool, Vec<DemoAccount>)> {
    let nobody = crate::shell::Who::system("door");
    let mut look = look(app, &nobody).await?;
    let unset = access::count_accounts(&mut look.tx).await? == 0;
    let mut demo = Vec::new();
    if app.settings.demo {
        for account in access::accounts(&mut look.tx).await?.into_iter().take(12) {
            let grants = access::grants(&mut look.tx, account.id).await?;
            let role = |role: Role| {
                visitor
                    .words
                    .say(&format!("access-role-{}", role.code().replace('_', "-")))
            };
            let roles: Vec<String> = grants
                .iter()
                .map(|granted| role(granted.grant.role))
                .collect();
            let query = serde_urlencoded::to_string([("as", &account.login)]).unwrap_or_default();
            demo.push(DemoAccount {
                what: format!("{} · {}", account.name, roles.join(", ")),
                href: format!("/login?{query}"),
                login: account.login,
            });
        }
    }
    Ok((unset, demo))
}

/// POST /login
pub(in crate::features::access) async fn log_in(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Caller(from): Caller,
    form: std::result::Result<Form<Typed>, Problem>,
) -> Response {
    let typed = match form {
        Ok(Form(typed)) => typed,
        // The cookie of the form is gone (an hour passed): the page again, anew.
        Err(problem) if problem.status.as_u16() == 419 => {
            let empty = Typed {
                login: String::new(),
                password: String::new(),
                keep: String::new(),
                next: String::new(),
            };
            return show(
                &app,
                &HeaderMap::new(),
                visitor,
                &empty,
                Some(&problem),
                false,
            )
            .await;
        }
        Err(problem) => return problem.page(&visitor),
    };
    let attempt = Attempt {
        login: typed.login.clone(),
        password: typed.password.clone(),
        keep: !typed.keep.is_empty(),
        from,
    };
    match login::log_in(&app, &attempt).await {
        Ok(progress) => went(&app, progress, &typed.next),
        Err(problem) if problem.status.is_server_error() => problem.page(&visitor),
        Err(problem) => show(&app, &headers, visitor, &typed, Some(&problem), false).await,
    }
}

/// Where a log-in that went well leads.
pub(super) fn went(app: &App, progress: Progress, next: &str) -> Response {
    let next = own_address(next);
    let query = serde_urlencoded::to_string([("next", next)]).unwrap_or_default();
    let (step, to) = match progress {
        Progress::In(opened) => return entered(app, &opened, next),
        Progress::Code(step) => (step, format!("/login/code?{query}")),
        Progress::Renew(step) => (step, format!("/login/renew?{query}")),
    };
    let cookie = set_cookie(app, STEP_COOKIE, &step, Some(600));
    ([(header::SET_COOKIE, cookie)], Redirect::to(&to)).into_response()
}

fn entered(app: &App, opened: &Opened, next: &str) -> Response {
    let language = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
        opened.language
    );
    let cookies = AppendHeaders([
        (
            header::SET_COOKIE,
            set_cookie(app, SESSION_COOKIE, &opened.secret, opened.keep_for),
        ),
        (
            header::SET_COOKIE,
            set_cookie(app, STEP_COOKIE, "", Some(0)),
        ),
        (
            header::SET_COOKIE,
            set_cookie(app, DOOR_COOKIE, "", Some(0)),
        ),
        (header::SET_COOKIE, language),
    ]);
    (cookies, Redirect::to(next)).into_response()
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Nothing {}

/// POST /logout
pub(in crate::features::access) async fn log_out(
    State(app): State<App>,
    visitor: Visitor,
    Form(Nothing {}): Form<Nothing>,
) -> Response {
    let done = async {
        let who = visitor.signed_in()?;
        let session = visitor.session.clone().unwrap_or_default();
        act(&app, who, |cx| Box::pin(login::log_out(cx, session))).await
    };
    if let Err(problem) = done.await {
        return problem.page(&visitor);
    }
    let gone = set_cookie(&app, SESSION_COOKIE, "", Some(0));
    // The page after it tells the phone's keeper of report pages to forget them.
    ([(header::SET_COOKIE, gone)], Redirect::to("/login?left=1")).into_response()
}
