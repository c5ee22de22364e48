//! One account, for whoever looks after it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::access::{Grant, Permission, Role, may};
use plenum_rules::{Day, UnitId};
use plenum_store::{access, org};
use serde::Deserialize;

use super::login::Nothing;
use super::roles::{self, GrantRow, role_name};
use super::tokens::{OncePage, TokenRow, row};
use crate::features::access::actions::people::{self, Given, NewAccount};
use crate::shell::page::render;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Visitor, act, look};

struct RoleChoice {
    code: &'static str,
    text: String,
    hint: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "access/person.html")]
struct PersonPage {
    p: Chrome,
    address: String,
    login: String,
    active: bool,
    codes: bool,
    can_change: bool,
    grants: Vec<GrantRow>,
    tokens: Vec<TokenRow>,
    roles: Vec<RoleChoice>,
    typed: Typed,
    today: String,
    error: Option<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "access/person_new.html")]
struct NewPage {
    p: Chrome,
    roles: Vec<RoleChoice>,
    typed: Typed,
    everywhere: bool,
    error: Option<(&'static str, String)>,
}

/// What the forms of an account and of a role send.
#[derive(Deserialize, Default)]
pub(in crate::features::access) struct Typed {
    #[serde(default)]
    login: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
}

impl Typed {
    /// The role as a grant: the unit by its code, the days, `until` being the
    /// last day on which it holds.
    async fn grant(&self, app: &App, visitor: &Visitor) -> Result<Grant> {
        let role = Role::parse(&self.role).ok_or_else(|| Problem::field("E-ACC-22", "role"))?;
        let day = |text: &str, field| match text.trim() {
            "" => Ok(None),
            text => Day::parse(text)
                .map(Some)
                .map_err(|_| Problem::field("E-DAY", field)),
        };
        let from = day(&self.from, "from")?.unwrap_or(visitor.today);
        let until = day(&self.until, "until")?.map(Day::next);
        Ok(Grant {
            role,
            unit: self.unit_id(app, visitor).await?,
            from,
            until,
        })
    }

    async fn unit_id(&self, app: &App, visitor: &Visitor) -> Result<Option<UnitId>> {
        let code = self.unit.trim();
        if code.is_empty() {
            return Ok(None);
        }
        let mut look = look(app, visitor.signed_in()?).await?;
        if let Some(unit) = org::by_code(&mut look.tx, code, look.today).await? {
            return Ok(Some(unit.unit));
        }
        // No such code: perhaps it is part of a name. What lies beyond one's
        // reach is not named.
        let today = look.today;
        let mut near = Vec::new();
        for found in org::search(&mut look.tx, code, today, 20).await? {
            if near.len() < 5 && look.may(Permission::ManageAccounts, found.unit).await? {
                near.push(format!("{} ({})", found.code, found.name));
            }
        }
        let problem = Problem::field("E-ACC-21", "unit").with("code", code);
        Err(if near.is_empty() {
            problem
        } else {
            Problem::field("E-ACC-23", "unit")
                .with("code", code)
                .with("near", near.join("; "))
        })
    }
}

fn role_choices(visitor: &Visitor, chosen: &str) -> Vec<RoleChoice> {
    let choice = |role: Role| RoleChoice {
        code: role.code(),
        text: role_name(visitor.words, role),
        hint: visitor.words.say(&format!(
            "access-role-{}-hint",
            role.code().replace('_', "-")
        )),
        chosen: role.code() == chosen,
    };
    Role::ALL.into_iter().map(choice).collect()
}

fn id_of(text: &str) -> Result<u128> {
    u128::from_str_radix(text, 16).map_err(|_| Problem::not_found())
}

/// GET /accounts/{account}
pub(in crate::features::access) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(account): Path<String>,
) -> Response {
    show(&app, &visitor, &account, Typed::default(), None).await
}

async fn show(
    app: &App,
    visitor: &Visitor,
    account: &str,
    typed: Typed,
    problem: Option<&Problem>,
) -> Response {
    match build(app, visitor, account, typed, problem).await {
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
    account: &str,
    typed: Typed,
    problem: Option<&Problem>,
) -> Result<PersonPage> {
    let id = id_of(account)?;
    let mut look = look(app, visitor.signed_in()?).await?;
    let found = people::account(&mut look.tx, id).await?;
    let granted = access::grants(&mut look.tx, id).await?;
    let can_change = people::may_change(&mut look, id).await?;
    let mut grants = roles::rows(&mut look.tx, visitor.words, look.today, &granted).await?;
    let mut seen = can_change;
    for one in &granted {
        let may_end = people::may_grant_at(&mut look, one.grant.unit).await?;
        seen |= may_end;
        if let Some(row) = grants
            .iter_mut()
            .find(|row| row.id == format!("{:032x}", one.id))
        {
            row.can_end = may_end && !row.over;
        }
    }
    // An account that lies wholly elsewhere is none of one's business.
    if !seen {
        return Err(Problem::not_found());
    }
    let tokens = if can_change {
        access::tokens(&mut look.tx, id).await?
    } else {
        Vec::new()
    };
    Ok(PersonPage {
        p: Chrome::new(visitor, found.name.clone()).section("access"),
        address: format!("/accounts/{id:032x}"),
        login: found.login,
        active: found.active,
        codes: found.totp.is_some(),
        can_change,
        grants,
        tokens: tokens
            .iter()
            .map(|token| row(app, visitor, token))
            .collect(),
        roles: role_choices(visitor, &typed.role),
        typed,
        today: visitor.today.to_string(),
        error: problem
            .map(|problem| (problem.field.unwrap_or("page"), problem.text(visitor.words))),
    })
}

/// GET /accounts/new
pub(in crate::features::access) async fn new(visitor: Visitor) -> Response {
    show_new(
        &visitor,
        Typed {
            role: "unit_secretary".to_owned(),
            ..Typed::default()
        },
        None,
    )
}

fn show_new(visitor: &Visitor, typed: Typed, problem: Option<&Problem>) -> Response {
    let everywhere = visitor
        .who
        .as_ref()
        .is_some_and(|who| may(&who.grants, visitor.today, Permission::ManageAccounts, &[]));
    let page = NewPage {
        p: Chrome::new(visitor, visitor.words.say("access-new-title")).section("access"),
        roles: role_choices(visitor, &typed.role),
        typed,
        everywhere,
        error: problem
            .map(|problem| (problem.field.unwrap_or("page"), problem.text(visitor.words))),
    };
    (
        problem.map_or(StatusCode::OK, |problem| problem.status),
        render(&page),
    )
        .into_response()
}

/// POST /accounts/new
pub(in crate::features::access) async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let new = NewAccount {
            login: typed.login.clone(),
            name: typed.name.clone(),
            grant: typed.grant(&app, &visitor).await?,
            language: "vi".to_owned(),
        };
        let given = Given::by_dice().await?;
        let password = given.password.clone();
        let id = act(&app, visitor.signed_in()?, |cx| {
            Box::pin(people::add(cx, new, given))
        })
        .await?;
        Ok((id, password))
    };
    match done.await {
        Ok((id, password)) => once(
            &visitor,
            "access-added",
            password,
            &format!("/accounts/{id:032x}"),
        ),
        Err(problem) => show_new(&visitor, typed, Some(&problem)),
    }
}

/// The page that shows a password, once.
fn once(visitor: &Visitor, title: &str, secret: String, back: &str) -> Response {
    render(&OncePage {
        p: Chrome::new(visitor, visitor.words.say(title)).section("access"),
        secret,
        explain: visitor.words.say("access-password-once"),
        back: back.to_owned(),
    })
}

/// POST /accounts/{account}/grants
pub(in crate::features::access) async fn give(
    State(app): State<App>,
    visitor: Visitor,
    Path(account): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let done = async {
        let (id, grant) = (id_of(&account)?, typed.grant(&app, &visitor).await?);
        act(&app, visitor.signed_in()?, |cx| {
            Box::pin(people::give(cx, id, grant))
        })
        .await
    };
    match done.await {
        Ok(()) => Redirect::to(&format!("/accounts/{account}")).into_response(),
        Err(problem) => show(&app, &visitor, &account, typed, Some(&problem)).await,
    }
}

/// POST /accounts/{account}/grants/{grant}/end: it ends today.
pub(in crate::features::access) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path((account, grant)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Response {
    let done = async {
        let (id, grant, today) = (id_of(&account)?, id_of(&grant)?, visitor.today);
        act(&app, visitor.signed_in()?, |cx| {
            Box::pin(people::end(cx, id, grant, today))
        })
        .await
    };
    answer(&app, &visitor, &account, done.await).await
}

async fn answer(app: &App, visitor: &Visitor, account: &str, done: Result<()>) -> Response {
    match done {
        Ok(()) => Redirect::to(&format!("/accounts/{account}")).into_response(),
        Err(problem) => show(app, visitor, account, Typed::default(), Some(&problem)).await,
    }
}

/// POST /accounts/{account}/{change}
pub(in crate::features::access) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path((account, change)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Response {
    if change == "reset" {
        return reset(&app, &visitor, &account).await;
    }
    let done = async {
        let (id, who) = (id_of(&account)?, visitor.signed_in()?);
        match change.as_str() {
            "disable" => act(&app, who, |cx| Box::pin(people::switch(cx, id, false))).await,
            "enable" => act(&app, who, |cx| Box::pin(people::switch(cx, id, true))).await,
            "codes" => act(&app, who, |cx| Box::pin(people::drop_codes(cx, id))).await,
            _ => Err(Problem::not_found()),
        }
    };
    answer(&app, &visitor, &account, done.await).await
}

async fn reset(app: &App, visitor: &Visitor, account: &str) -> Response {
    let done = async {
        let id = id_of(account)?;
        let given = Given::by_dice().await?;
        let password = given.password.clone();
        act(app, visitor.signed_in()?, |cx| {
            Box::pin(people::reset(cx, id, given))
        })
        .await?;
        Ok(password)
    };
    match done.await {
        Ok(password) => once(
            visitor,
            "access-reset-done",
            password,
            &format!("/accounts/{account}"),
        ),
        Err(problem) => show(app, visitor, account, Typed::default(), Some(&problem)).await,
    }
}

/// POST /accounts/{account}/tokens/{token}/remove
pub(in crate::features::access) async fn remove_token(
    State(app): State<App>,
    visitor: Visitor,
    Path((account, token)): Path<(String, String)>,
    Form(Nothing {}): Form<Nothing>,
) -> Response {
    let done = async {
        let (id, token) = (id_of(&account)?, id_of(&token)?);
        act(&app, visitor.signed_in()?, |cx| {
            Box::pin(people::remove_token(cx, id, token))
        })
        .await
    };
    answer(&app, &visitor, &account, done.await).await
}
