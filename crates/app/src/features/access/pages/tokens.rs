//! Keys for programs, one's own.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_store::access;
use serde::Deserialize;

use crate::features::access::actions::tokens::{self, NewToken};
use crate::shell::page::render;
use crate::shell::problem::{Problem, Result};
use crate::shell::scopes::Scope;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Visitor, act, look};

/// A token as a row.
pub(super) struct TokenRow {
    pub id: String,
    pub name: String,
    pub scopes: String,
    pub made: String,
    pub until: String,
    pub used: String,
}

struct ScopeChoice {
    code: &'static str,
    text: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "access/tokens.html")]
struct TokensPage {
    p: Chrome,
    tokens: Vec<TokenRow>,
    scopes: Vec<ScopeChoice>,
    name: String,
    until: String,
    error: Option<(&'static str, String)>,
}

/// A secret, shown once.
#[derive(Template)]
#[template(path = "access/once.html")]
pub(super) struct OncePage {
    pub p: Chrome,
    pub secret: String,
    pub explain: String,
    pub back: String,
}

/// What the form of a token sends: the scopes as one field each.
#[derive(Deserialize, Default)]
pub(in crate::features::access) struct Typed {
    #[serde(default)]
    name: String,
    #[serde(default)]
    until: String,
    #[serde(default, rename = "progress:read")]
    progress_read: String,
    #[serde(default, rename = "units:read")]
    units_read: String,
    #[serde(default, rename = "congresses:read")]
    congresses_read: String,
    #[serde(default, rename = "congresses:write")]
    congresses_write: String,
    #[serde(default, rename = "reports:read")]
    reports_read: String,
}

impl Typed {
    fn scopes(&self) -> Vec<Scope> {
        let ticked = |scope: &Scope| {
            let field = match scope {
                Scope::ProgressRead => &self.progress_read,
                Scope::UnitsRead => &self.units_read,
                Scope::CongressesRead => &self.congresses_read,
                Scope::CongressesWrite => &self.congresses_write,
                Scope::ReportsRead => &self.reports_read,
            };
            !field.is_empty()
        };
        Scope::ALL.into_iter().filter(ticked).collect()
    }
}

/// GET /tokens
pub(in crate::features::access) async fn page(
    State(app): State<App>,
    visitor: Visitor,
) -> Response {
    let ninety = visitor.today.plus(90);
    let typed = Typed {
        until: ninety.to_string(),
        ..Typed::default()
    };
    show(&app, &visitor, &typed, None).await
}

async fn show(app: &App, visitor: &Visitor, typed: &Typed, problem: Option<&Problem>) -> Response {
    match build(app, visitor, typed, problem).await {
        Ok(page) => (
            problem.map_or(StatusCode::OK, |problem| problem.status),
            render(&page),
        )
            .into_response(),
        Err(problem) => problem.page(visitor),
    }
}

async fn build(
    app: &App,
    visitor: &Visitor,
    typed: &Typed,
    problem: Option<&Problem>,
) -> Result<TokensPage> {
    let who = visitor.signed_in()?;
    if !visitor.can(Permission::SeeProgress) {
        return Err(Problem::forbidden());
    }
    let mut look = look(app, who).await?;
    let words = visitor.words;
    let own = access::tokens(&mut look.tx, who.account.unwrap_or_default()).await?;
    let chosen = typed.scopes();
    let scopes = Scope::ALL.into_iter().map(|scope| ScopeChoice {
        code: scope.code(),
        text: words.say(&format!("access-scope-{}", scope.code().replace(':', "-"))),
        chosen: chosen.contains(&scope),
    });
    Ok(TokensPage {
        p: Chrome::new(visitor, words.say("access-tokens-title")).section("account"),
        tokens: own.iter().map(|token| row(app, visitor, token)).collect(),
        scopes: scopes.collect(),
        name: typed.name.clone(),
        until: typed.until.clone(),
        error: problem.map(|problem| (problem.field.unwrap_or("name"), problem.text(words))),
    })
}

pub(super) fn row(app: &App, visitor: &Visitor, token: &access::Token) -> TokenRow {
    let day = |at: i64| visitor.words.day(app.clock.day_of(at));
    TokenRow {
        id: format!("{:032x}", token.id),
        name: token.name.clone(),
        scopes: token.scopes.join(", "),
        made: day(token.made_at),
        until: token.ends_at.map(|at| day(at - 1)).unwrap_or_default(),
        used: token.used_at.map(day).unwrap_or_default(),
    }
}

/// POST /tokens
pub(in crate::features::access) async fn make(
    State(app): State<App>,
    visitor: Visitor,
    Form(typed): Form<Typed>,
) -> Response {
    match try_make(&app, &visitor, &typed).await {
        Ok(secret) => render(&OncePage {
            p: Chrome::new(&visitor, visitor.words.say("access-token-made")).section("account"),
            secret,
            explain: visitor.words.say("access-token-once"),
            back: "/tokens".to_owned(),
        }),
        Err(problem) => show(&app, &visitor, &typed, Some(&problem)).await,
    }
}

async fn try_make(app: &App, visitor: &Visitor, typed: &Typed) -> Result<String> {
    let until = Day::parse(typed.until.trim()).map_err(|_| Problem::field("E-DAY", "until"))?;
    let ends_at = app.clock.start_of(until.next());
    let new = NewToken {
        name: typed.name.clone(),
        scopes: typed.scopes(),
        until,
        ends_at,
    };
    act(app, visitor.signed_in()?, |cx| {
        Box::pin(tokens::make_own(cx, new))
    })
    .await
}

/// POST /tokens/{token}/remove
pub(in crate::features::access) async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(super::login::Nothing {}): Form<super::login::Nothing>,
) -> Response {
    let done = async {
        let token = u128::from_str_radix(&token, 16).map_err(|_| Problem::not_found())?;
        act(&app, visitor.signed_in()?, |cx| {
            Box::pin(tokens::remove_own(cx, token))
        })
        .await
    };
    match done.await {
        Ok(()) => Redirect::to("/tokens").into_response(),
        Err(problem) => problem.page(&visitor),
    }
}
