//! Keys for programs.

use plenum_rules::Day;
use plenum_rules::access::account::person_name;
use plenum_rules::access::{Permission, holds_anywhere};
use plenum_store::access::{self, Account, Token};
use plenum_store::db::new_id;
use serde_json::json;

use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};
use crate::shell::scopes::Scope;
use crate::shell::visitor::{digest, secret};

/// A token to be made, as typed.
pub struct NewToken {
    /// What it is for.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// The last day on which it holds.
    pub until: Day,
    /// The instant at which that day ends.
    pub ends_at: i64,
}

/// Makes a token of an account's own. Returns the secret, which is not kept.
///
/// # Errors
/// `E-ACC-18` (no scope), `E-ACC-19` (no name), `E-ACC-20` (ends before today).
pub async fn make(cx: &mut Cx, account: &Account, new: NewToken) -> Result<String> {
    let name = person_name(&new.name).map_err(|_| Problem::field("E-ACC-19", "name"))?;
    if new.scopes.is_empty() {
        return Err(Problem::field("E-ACC-18", "scopes"));
    }
    if new.until < cx.today {
        return Err(Problem::field("E-ACC-20", "until"));
    }
    let secret = format!("plenum_{}", secret()?);
    let scopes: Vec<String> = new
        .scopes
        .iter()
        .map(|scope| scope.code().to_owned())
        .collect();
    let token = Token {
        id: new_id(),
        account: account.id,
        name: name.clone(),
        scopes: scopes.clone(),
        made_at: cx.now,
        ends_at: Some(new.ends_at),
        used_at: None,
    };
    access::add_token(&mut cx.tx, &token, &digest(&secret)).await?;
    let detail = json!({"login": account.login, "name": name, "scopes": scopes, "until": new.until.to_string()});
    cx.record("token.made", None, None, &detail).await?;
    Ok(secret)
}

/// Makes a token for oneself.
///
/// # Errors
/// As [`make`]; forbidden for screens on a wall, which are shared.
pub async fn make_own(cx: &mut Cx, new: NewToken) -> Result<String> {
    if !holds_anywhere(&cx.who.grants, cx.today, Permission::SeeProgress) {
        return Err(Problem::forbidden());
    }
    let account = own(cx).await?;
    make(cx, &account, new).await
}

async fn own(cx: &mut Cx) -> Result<Account> {
    let id = cx.who.account.ok_or_else(Problem::forbidden)?;
    super::people::account(&mut cx.tx, id).await
}

/// Takes back a token of one's own.
///
/// # Errors
/// Not found.
pub async fn remove_own(cx: &mut Cx, token: u128) -> Result<()> {
    let account = own(cx).await?;
    take_back(cx, &account, token).await
}

/// Takes back a token of an account.
///
/// # Errors
/// Not found.
pub async fn take_back(cx: &mut Cx, account: &Account, token: u128) -> Result<()> {
    let tokens = access::tokens(&mut cx.tx, account.id).await?;
    let known = tokens
        .into_iter()
        .find(|known| known.id == token)
        .ok_or_else(Problem::not_found)?;
    access::remove_token(&mut cx.tx, account.id, token).await?;
    cx.record(
        "token.removed",
        None,
        None,
        &json!({"login": account.login, "name": known.name}),
    )
    .await
}
