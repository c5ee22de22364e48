//! Accounts and what they may do.

use axum::http::StatusCode;
use plenum_rules::access::account::{
    AccountRefusal, administers_everything, check_password, login_name, may_look_after, person_name,
};
use plenum_rules::access::{Grant, Permission, Role, may};
use plenum_rules::{Day, UnitId};
use plenum_store::access::{self, Account, Granted};
use plenum_store::db::new_id;
use plenum_store::{Tx, org};
use serde_json::json;

use crate::shell::problem::{Problem, Result};
use crate::shell::{Cx, Look, Who, secrets};

/// An account to be made, as typed.
pub struct NewAccount {
    /// The log-in name.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// The first role.
    pub grant: Grant,
    /// The language.
    pub language: String,
}

/// A password that was given and its hash.
pub struct Given {
    /// The password, to be told once.
    pub password: String,
    hash: String,
    renew: bool,
}

impl Given {
    /// A password made by dice, to be changed at the first log-in.
    ///
    /// # Errors
    /// No randomness.
    pub async fn by_dice() -> Result<Self> {
        let password = secrets::one_time_password()?;
        let hash = secrets::hash(&password).await?;
        Ok(Self {
            password,
            hash,
            renew: true,
        })
    }

    /// A password somebody chose at the terminal.
    ///
    /// # Errors
    /// `E-ACC-08`, `E-ACC-09`.
    pub async fn chosen(login: &str, password: String) -> Result<Self> {
        check_password(login, &password)
            .map_err(|refusal| Problem::field(refusal.code(), "password"))?;
        let hash = secrets::hash(&password).await?;
        Ok(Self {
            password,
            hash,
            renew: false,
        })
    }
}

/// Where somebody's grant may be looked after: within the whole installation
/// or at a unit.
async fn must_at(cx: &mut Cx, unit: Option<UnitId>) -> Result<()> {
    match unit {
        Some(unit) => cx.must(Permission::ManageAccounts, unit).await,
        None => cx.must_everywhere(Permission::ManageAccounts),
    }
}

/// Refuses where the account reaches, or ever reached, further than whoever acts.
async fn must_look_after(cx: &mut Cx, account: u128) -> Result<()> {
    if cx.who.is_system() || looks_after(&mut cx.tx, &cx.who, cx.today, account).await? {
        Ok(())
    } else {
        Err(Problem::new(
            StatusCode::FORBIDDEN,
            AccountRefusal::BeyondReach.code(),
        ))
    }
}

async fn looks_after(tx: &mut Tx, who: &Who, today: Day, account: u128) -> Result<bool> {
    let mut held = Vec::new();
    for granted in access::grants(tx, account).await? {
        held.push(match granted.grant.unit {
            Some(unit) => org::path_on(tx, unit, today).await?,
            None => Vec::new(),
        });
    }
    Ok(may_look_after(&who.grants, today, &held))
}

/// Whether whoever looks may change the whole account.
///
/// # Errors
/// The database's.
pub async fn may_change(look: &mut Look, account: u128) -> Result<bool> {
    looks_after(&mut look.tx, &look.who, look.today, account).await
}

/// Whether whoever looks may give and end roles there.
///
/// # Errors
/// The database's.
pub async fn may_grant_at(look: &mut Look, unit: Option<UnitId>) -> Result<bool> {
    match unit {
        Some(unit) => look.may(Permission::ManageAccounts, unit).await,
        None => Ok(may(
            &look.who.grants,
            look.today,
            Permission::ManageAccounts,
            &[],
        )),
    }
}

/// The account of an id.
///
/// # Errors
/// Not found.
pub async fn account(tx: &mut Tx, id: u128) -> Result<Account> {
    access::account(tx, id)
        .await?
        .ok_or_else(Problem::not_found)
}

/// Makes an account with its first role.
///
/// # Errors
/// `E-ACC-01`, `E-ACC-02`, `E-ACC-05` to `E-ACC-07`; forbidden beyond one's reach.
pub async fn add(cx: &mut Cx, new: NewAccount, given: Given) -> Result<u128> {
    let login =
        login_name(&new.login).map_err(|refusal| Problem::field(refusal.code(), "login"))?;
    let name = person_name(&new.name).map_err(|refusal| Problem::field(refusal.code(), "name"))?;
    check(&new.grant)?;
    must_at(cx, new.grant.unit).await?;
    if access::account_by_login(&mut cx.tx, &login)
        .await?
        .is_some()
    {
        return Err(Problem::field("E-ACC-05", "login"));
    }
    let account = Account {
        id: new_id(),
        login: login.clone(),
        name: name.clone(),
        password: given.hash.clone(),
        totp: None,
        active: true,
        language: new.language,
    };
    access::save_account(&mut cx.tx, &account).await?;
    access::set_password(&mut cx.tx, account.id, &given.hash, given.renew).await?;
    cx.record(
        "account.added",
        None,
        new.grant.unit,
        &json!({"login": login, "name": name}),
    )
    .await?;
    write_grant(cx, &account, &new.grant).await?;
    Ok(account.id)
}

fn check(grant: &Grant) -> Result<()> {
    grant.check().map_err(|refusal| {
        let field = if refusal.code() == "E-ACC-01" {
            "unit"
        } else {
            "until"
        };
        Problem::field(refusal.code(), field)
    })
}

async fn write_grant(cx: &mut Cx, account: &Account, grant: &Grant) -> Result<()> {
    access::add_grant(&mut cx.tx, account.id, grant).await?;
    let detail = json!({
        "login": account.login, "role": grant.role.code(),
        "from": grant.from.to_string(), "until": grant.until.map(|day| day.to_string()),
    });
    cx.record("grant.given", None, grant.unit, &detail).await
}

/// Gives an account another role.
///
/// # Errors
/// `E-ACC-01`, `E-ACC-02`, `E-ACC-04`; forbidden beyond one's reach.
pub async fn give(cx: &mut Cx, id: u128, grant: Grant) -> Result<()> {
    check(&grant)?;
    must_at(cx, grant.unit).await?;
    let account = account(&mut cx.tx, id).await?;
    must_look_after(cx, id).await?;
    write_grant(cx, &account, &grant).await
}

/// Ends a role on a day.
///
/// # Errors
/// `E-ACC-03`: nobody would administer the installation; not found.
pub async fn end(cx: &mut Cx, id: u128, grant: u128, day: Day) -> Result<()> {
    let account = account(&mut cx.tx, id).await?;
    let granted = grant_of(cx, id, grant).await?;
    must_at(cx, granted.grant.unit).await?;
    let before = administrators(cx).await?;
    access::end_grant(&mut cx.tx, grant, day).await?;
    must_keep_one(cx, before).await?;
    let detail = json!({"login": account.login, "role": granted.grant.role.code(), "until": day.to_string()});
    cx.record("grant.ended", None, granted.grant.unit, &detail)
        .await
}

async fn grant_of(cx: &mut Cx, account: u128, grant: u128) -> Result<Granted> {
    let all = access::grants(&mut cx.tx, account).await?;
    all.into_iter()
        .find(|granted| granted.id == grant)
        .ok_or_else(Problem::not_found)
}

/// How many accounts keep the installation alive.
async fn administrators(cx: &mut Cx) -> Result<usize> {
    let holders = access::holders_everywhere(&mut cx.tx, Role::Administrator).await?;
    Ok(holders
        .into_iter()
        .filter(|(_, grant)| administers_everything(std::slice::from_ref(grant), cx.today))
        .count())
}

async fn must_keep_one(cx: &mut Cx, before: usize) -> Result<()> {
    if before > 0 && administrators(cx).await? == 0 {
        return Err(Problem::refused(AccountRefusal::LastAdministrator.code()));
    }
    Ok(())
}

/// Lets an account log in again, or no longer.
///
/// # Errors
/// `E-ACC-03`, `E-ACC-04`.
pub async fn switch(cx: &mut Cx, id: u128, active: bool) -> Result<()> {
    let mut account = account(&mut cx.tx, id).await?;
    must_look_after(cx, id).await?;
    let before = administrators(cx).await?;
    account.active = active;
    access::save_account(&mut cx.tx, &account).await?;
    must_keep_one(cx, before).await?;
    if !active {
        access::end_sessions_of(&mut cx.tx, id, None).await?;
        access::end_steps_of(&mut cx.tx, id).await?;
    }
    let event = if active {
        "account.enabled"
    } else {
        "account.disabled"
    };
    cx.record(event, None, None, &json!({"login": account.login}))
        .await
}

/// Gives an account another password and ends its sessions.
///
/// # Errors
/// `E-ACC-04`.
pub async fn reset(cx: &mut Cx, id: u128, given: Given) -> Result<()> {
    let account = account(&mut cx.tx, id).await?;
    must_look_after(cx, id).await?;
    access::set_password(&mut cx.tx, id, &given.hash, given.renew).await?;
    access::end_sessions_of(&mut cx.tx, id, None).await?;
    access::end_steps_of(&mut cx.tx, id).await?;
    cx.record(
        "account.password_reset",
        None,
        None,
        &json!({"login": account.login}),
    )
    .await
}

/// Takes the one-time codes away from an account whose phone is lost.
///
/// # Errors
/// `E-ACC-04`.
pub async fn drop_codes(cx: &mut Cx, id: u128) -> Result<()> {
    let mut account = account(&mut cx.tx, id).await?;
    must_look_after(cx, id).await?;
    account.totp = None;
    access::save_account(&mut cx.tx, &account).await?;
    cx.record("totp.removed", None, None, &json!({"login": account.login}))
        .await
}

/// Takes a token back from an account.
///
/// # Errors
/// `E-ACC-04`; not found.
pub async fn remove_token(cx: &mut Cx, id: u128, token: u128) -> Result<()> {
    let account = account(&mut cx.tx, id).await?;
    must_look_after(cx, id).await?;
    super::tokens::take_back(cx, &account, token).await
}
