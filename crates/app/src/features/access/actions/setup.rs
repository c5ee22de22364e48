//! The first administrator.

use axum::http::StatusCode;
use plenum_rules::access::account::{check_password, login_name, person_name};
use plenum_rules::access::{Grant, Role};
use plenum_store::access::{self, Account};
use plenum_store::db::new_id;
use serde_json::json;

use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::{digest, secret};
use crate::shell::{App, Cx, secrets};

/// The first administrator, as typed.
pub struct First {
    /// The log-in name.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The password.
    pub password: String,
    /// The language.
    pub language: String,
}

impl First {
    /// The account, once everything typed is as it must be.
    ///
    /// # Errors
    /// `E-ACC-06` to `E-ACC-09`, at their fields.
    pub async fn account(&self) -> Result<Account> {
        let login =
            login_name(&self.login).map_err(|refusal| Problem::field(refusal.code(), "login"))?;
        let name =
            person_name(&self.name).map_err(|refusal| Problem::field(refusal.code(), "name"))?;
        check_password(&login, &self.password)
            .map_err(|refusal| Problem::field(refusal.code(), "password"))?;
        Ok(Account {
            id: new_id(),
            login,
            name,
            password: secrets::hash(&self.password).await?,
            totp: None,
            active: true,
            language: self.language.clone(),
        })
    }
}

/// Makes the first administrator; refused once there is an account.
///
/// # Errors
/// `E-ACC-16`.
pub async fn begin(cx: &mut Cx, account: Account) -> Result<()> {
    if access::count_accounts(&mut cx.tx).await? > 0 {
        return Err(Problem::refused("E-ACC-16").status(StatusCode::GONE));
    }
    access::save_account(&mut cx.tx, &account).await?;
    let grant = Grant {
        role: Role::Administrator,
        unit: None,
        from: cx.today,
        until: None,
    };
    access::add_grant(&mut cx.tx, account.id, &grant).await?;
    let detail = json!({"login": account.login, "name": account.name});
    cx.record("installation.begun", None, None, &detail).await
}

/// The address at which the first administrator is made in a browser, where
/// there is no account yet. It holds until the server stops or somebody used it.
///
/// # Errors
/// The database's; no randomness.
pub async fn address(app: &App) -> Result<Option<String>> {
    let mut tx = app.db.read().await?;
    if access::count_accounts(&mut tx).await? > 0 {
        return Ok(None);
    }
    let secret = secret()?;
    // Asked twice, the first secret stays the valid one and this one is useless.
    if app.setup.set(digest(&secret)).is_err() {
        return Ok(None);
    }
    Ok(Some(format!("/setup?token={secret}")))
}

/// Whether the secret is the one printed at the start.
#[must_use]
pub fn is_right(app: &App, secret: &str) -> bool {
    app.setup.get().is_some_and(|kept| *kept == digest(secret))
}
