//! The list of accounts.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_store::access;
use serde::Deserialize;

use super::roles::{self, role_name};
use crate::features::access::actions::memory::within;
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::{App, Chrome, Visitor, look};

/// So many stand on a page.
const AT_ONCE: i64 = 50;

struct AccountRow {
    href: String,
    login: String,
    name: String,
    roles: Vec<String>,
    active: bool,
    codes: bool,
}

#[derive(Template)]
#[template(path = "access/accounts.html")]
struct AccountsPage {
    p: Chrome,
    words: String,
    rows: Vec<AccountRow>,
    first: bool,
    more: String,
}

#[derive(Deserialize)]
pub(in crate::features::access) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// GET /accounts
pub(in crate::features::access) async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Response {
    match build(&app, &visitor, &asked).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn build(app: &App, visitor: &Visitor, asked: &Asked) -> Result<AccountsPage> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let (words, today) = (visitor.words, look.today);
    let part = within(who, today, Permission::ManageAccounts);
    let mut found = access::find_accounts(
        &mut look.tx,
        &part,
        today,
        &asked.q,
        &asked.after,
        AT_ONCE + 1,
    )
    .await?;
    let more = i64::try_from(found.len()).is_ok_and(|found| found > AT_ONCE);
    found.truncate(usize::try_from(AT_ONCE).unwrap_or(usize::MAX));
    let ids: Vec<u128> = found.iter().map(|account| account.id).collect();
    let grants = access::grants_of(&mut look.tx, &ids).await?;
    let mut rows = Vec::with_capacity(found.len());
    for account in &found {
        let mut held = Vec::new();
        for granted in grants.get(&account.id).into_iter().flatten() {
            if granted.grant.until.is_none_or(|until| until > today) {
                let place = roles::place(&mut look.tx, words, today, &granted.grant).await?;
                held.push(format!("{}: {place}", role_name(words, granted.grant.role)));
            }
        }
        rows.push(AccountRow {
            href: format!("/accounts/{:032x}", account.id),
            login: account.login.clone(),
            name: account.name.clone(),
            roles: held,
            active: account.active,
            codes: account.totp.is_some(),
        });
    }
    let last = found
        .last()
        .filter(|_| more)
        .map(|account| account.login.clone());
    let more = last.map(|after| {
        let query = serde_urlencoded::to_string([("q", asked.q.as_str()), ("after", &after)])
            .unwrap_or_default();
        format!("/accounts?{query}")
    });
    Ok(AccountsPage {
        p: Chrome::new(visitor, words.say("nav-accounts")).section("access"),
        words: asked.q.clone(),
        rows,
        first: asked.after.is_empty(),
        more: more.unwrap_or_default(),
    })
}
