//! What a person changes of their own account.

use axum::http::StatusCode;
use plenum_rules::access::account::check_password;
use plenum_store::access::{self, Account};
use serde_json::json;

use super::codes;
use crate::shell::problem::{Problem, Result};
use crate::shell::{App, Cx, Lang, Who, secrets};

/// The account of whoever is logged in.
///
/// # Errors
/// Forbidden for the program itself, which has none.
pub async fn account(app: &App, who: &Who) -> Result<Account> {
    let id = who.account.ok_or_else(Problem::forbidden)?;
    let mut tx = app.db.read().await?;
    super::people::account(&mut tx, id).await
}

/// Asks for the password again: whoever found an open screen does not know it.
///
/// # Errors
/// `E-ACC-17` (wrong), `E-429`.
pub async fn ask_again(
    app: &App,
    account: &Account,
    password: &str,
    field: &'static str,
) -> Result<()> {
    if !app.limits.code(account.id) {
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "E-429"));
    }
    if !secrets::verify(password, Some(&account.password)).await? {
        return Err(Problem::field("E-ACC-17", field));
    }
    app.limits.code_worked(account.id);
    Ok(())
}

/// The hash of a new password that may be chosen.
///
/// # Errors
/// `E-ACC-08`, `E-ACC-09`, `E-ACC-13`, `E-ACC-14`.
pub async fn new_password(
    account: &Account,
    old: &str,
    password: &str,
    again: &str,
) -> Result<String> {
    if password != again {
        return Err(Problem::field("E-ACC-14", "again"));
    }
    if password == old {
        return Err(Problem::field("E-ACC-13", "password"));
    }
    check_password(&account.login, password)
        .map_err(|refusal| Problem::field(refusal.code(), "password"))?;
    secrets::hash(password).await
}

fn own(cx: &Cx) -> Result<u128> {
    cx.who.account.ok_or_else(Problem::forbidden)
}

/// Sets the new password and ends every other session.
///
/// # Errors
/// The database's.
pub async fn change_password(cx: &mut Cx, hash: String, session: Option<String>) -> Result<()> {
    let id = own(cx)?;
    access::set_password(&mut cx.tx, id, &hash, false).await?;
    access::end_sessions_of(&mut cx.tx, id, session.as_deref()).await?;
    access::end_steps_of(&mut cx.tx, id).await?;
    cx.record("account.password_changed", None, None, &json!({}))
        .await
}

/// Chooses the language of one's pages.
///
/// # Errors
/// The database's.
pub async fn choose_language(cx: &mut Cx, lang: Lang) -> Result<()> {
    let id = own(cx)?;
    let mut account = super::people::account(&mut cx.tx, id).await?;
    lang.code().clone_into(&mut account.language);
    access::save_account(&mut cx.tx, &account).await?;
    cx.record(
        "account.language_changed",
        None,
        None,
        &json!({"language": lang.code()}),
    )
    .await
}

/// Turns on one-time codes, once a first one shows that the phone knows the secret.
///
/// # Errors
/// `E-ACC-12`.
pub async fn enrol(cx: &mut Cx, secret: String, code: String) -> Result<()> {
    let id = own(cx)?;
    let step = codes::matching_step(&secret, &code, cx.now)
        .ok_or_else(|| Problem::field("E-ACC-12", "code"))?;
    let mut account = super::people::account(&mut cx.tx, id).await?;
    account.totp = Some(secret);
    access::save_account(&mut cx.tx, &account).await?;
    if !access::use_code(&mut cx.tx, id, step).await? {
        return Err(Problem::field("E-ACC-12", "code"));
    }
    cx.record("totp.enrolled", None, None, &json!({})).await
}

/// Turns one-time codes off.
///
/// # Errors
/// The database's.
pub async fn drop_codes(cx: &mut Cx) -> Result<()> {
    let id = own(cx)?;
    let mut account = super::people::account(&mut cx.tx, id).await?;
    account.totp = None;
    access::save_account(&mut cx.tx, &account).await?;
    cx.record("totp.removed", None, None, &json!({"login": account.login}))
        .await
}

/// Ends one other session of one's own, or all others.
///
/// # Errors
/// Not found: it is nobody's, or somebody else's.
pub async fn end_sessions(cx: &mut Cx, which: Option<String>, this: Option<String>) -> Result<()> {
    let id = own(cx)?;
    match which {
        None => access::end_sessions_of(&mut cx.tx, id, this.as_deref()).await?,
        Some(digest) => {
            let own = access::sessions_of(&mut cx.tx, id, cx.now).await?;
            if !own.iter().any(|session| session.digest == digest) {
                return Err(Problem::not_found());
            }
            access::end_session(&mut cx.tx, &digest).await?;
        }
    }
    cx.record("session.ended", None, None, &json!({})).await
}
