//! Into a session, through it, and out.

use std::net::IpAddr;

use axum::http::StatusCode;
use plenum_rules::access::Grant;
use plenum_rules::access::account::{check_password, may_stay_logged_in};
use plenum_store::access::{self, Account, LoginStep};
use serde_json::json;

use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::{digest, secret};
use crate::shell::{App, Cx, Who, act, secrets};

use super::codes;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 24 * 3_600 * SECOND;
/// A session ends at the latest after this.
const SESSION: i64 = 7 * DAY;
/// A session somebody asked to keep, on their own phone.
const KEPT_SESSION: i64 = 30 * DAY;
/// So long a log-in may take between password and code.
const STEP: i64 = 10 * 60 * SECOND;

/// What was typed at the log-in page.
pub struct Attempt {
    /// The log-in name.
    pub login: String,
    /// The password.
    pub password: String,
    /// Whether the session shall be kept long.
    pub keep: bool,
    /// Where it comes from.
    pub from: Origin,
}

/// Where a log-in comes from.
#[derive(Clone, Default)]
pub struct Origin {
    /// The network address.
    pub address: Option<IpAddr>,
    /// What it runs on, as the browser says.
    pub device: String,
}

/// How far a log-in came.
pub enum Progress {
    /// In.
    In(Opened),
    /// The one-time code is asked for; the secret names the step.
    Code(String),
    /// A new password is asked for; the secret names the step.
    Renew(String),
}

/// A session that began.
pub struct Opened {
    /// Its secret, for the cookie.
    pub secret: String,
    /// How long the browser shall keep it, in seconds; `None`: until it closes.
    pub keep_for: Option<i64>,
    /// The account's language.
    pub language: String,
}

/// Longer names are refused before anything is remembered of them, in bytes.
const LONGEST_LOGIN: usize = 256;

/// Tries a log-in name and a password.
///
/// # Errors
/// `E-429`, `E-ACC-10` (wrong), `E-ACC-11` (switched off).
pub async fn log_in(app: &App, attempt: &Attempt) -> Result<Progress> {
    let (login, address) = (attempt.login.as_str(), attempt.from.address);
    // No log-in name is that long: the brake and the log need not keep it.
    if login.len() > LONGEST_LOGIN {
        return Err(Problem::field("E-ACC-10", "password"));
    }
    if !app.limits.login(login, address) {
        return Err(too_many());
    }
    let mut tx = app.db.read().await?;
    let account = access::account_by_login(&mut tx, login).await?;
    tx.commit().await?;
    let kept = account.as_ref().map(|account| account.password.as_str());
    let right = secrets::verify(&attempt.password, kept).await?;
    let Some(account) = account.filter(|_| right) else {
        tracing::warn!(login, ?address, "a log-in was refused");
        return Err(Problem::field("E-ACC-10", "password"));
    };
    app.limits.login_worked(login, address);
    if !account.active {
        return Err(Problem::field("E-ACC-11", "login"));
    }
    let step = LoginStep {
        account: account.id,
        keep: attempt.keep,
        code_passed: account.totp.is_none(),
    };
    go_on(app, account, step, &attempt.from).await
}

fn too_many() -> Problem {
    Problem::new(StatusCode::TOO_MANY_REQUESTS, "E-429")
}

/// The account as whoever acts: what it does to its own session is its own act.
fn who_of(account: &Account) -> Who {
    Who {
        account: Some(account.id),
        login: account.login.clone(),
        name: account.name.clone(),
        grants: Vec::new(),
        scopes: None,
    }
}

/// Opens the session, or the step that is still missing.
async fn go_on(app: &App, account: Account, step: LoginStep, from: &Origin) -> Result<Progress> {
    let from = from.clone();
    let who = who_of(&account);
    act(app, &who, |cx| Box::pin(next(cx, account, step, from))).await
}

async fn next(cx: &mut Cx, account: Account, step: LoginStep, from: Origin) -> Result<Progress> {
    must_stand(cx, &account).await?;
    let renew = access::must_renew(&mut cx.tx, account.id).await?;
    if step.code_passed && !renew {
        return open(cx, &account, step.keep, &from).await.map(Progress::In);
    }
    let secret = secret()?;
    access::begin_step(&mut cx.tx, &digest(&secret), &step, cx.now, cx.now + STEP).await?;
    cx.record(
        "session.password_accepted",
        None,
        None,
        &json!({"address": from.address}),
    )
    .await?;
    Ok(if step.code_passed {
        Progress::Renew(secret)
    } else {
        Progress::Code(secret)
    })
}

/// Refuses where the password was reset, or the account switched off, since it
/// was looked at: checking a password takes long enough for that.
async fn must_stand(cx: &mut Cx, seen: &Account) -> Result<()> {
    let stands = access::account(&mut cx.tx, seen.id)
        .await?
        .is_some_and(|now| now.active && now.password == seen.password && now.totp == seen.totp);
    if stands {
        Ok(())
    } else {
        Err(Problem::refused("E-ACC-15"))
    }
}

/// Begins a session with a new secret.
async fn open(cx: &mut Cx, account: &Account, keep: bool, from: &Origin) -> Result<Opened> {
    access::end_steps_of(&mut cx.tx, account.id).await?;
    let grants: Vec<Grant> = access::grants(&mut cx.tx, account.id)
        .await?
        .into_iter()
        .map(|granted| granted.grant)
        .collect();
    let keep = keep && may_stay_logged_in(&grants, cx.today);
    let (session, csrf) = (secret()?, secret()?);
    let length = if keep { KEPT_SESSION } else { SESSION };
    let name = digest(&session);
    access::begin_session(
        &mut cx.tx,
        &name,
        account.id,
        &csrf,
        cx.now,
        cx.now + length,
    )
    .await?;
    access::session_device(&mut cx.tx, &name, &from.device).await?;
    let detail = json!({"address": from.address, "device": from.device, "kept": keep});
    cx.record("session.begun", None, None, &detail).await?;
    Ok(Opened {
        secret: session,
        keep_for: keep.then_some(length / SECOND),
        language: account.language.clone(),
    })
}

/// The log-in step of a secret, with its account.
///
/// # Errors
/// `E-ACC-15`: it took too long, or there is none.
pub async fn step(app: &App, secret: Option<&str>) -> Result<(LoginStep, Account)> {
    let begin_again = || Problem::refused("E-ACC-15");
    let name = digest(secret.ok_or_else(begin_again)?);
    let mut tx = app.db.read().await?;
    let step = access::login_step(&mut tx, &name, app.clock.now())
        .await?
        .ok_or_else(begin_again)?;
    let account = access::account(&mut tx, step.account).await?;
    let account = account
        .filter(|account| account.active)
        .ok_or_else(begin_again)?;
    Ok((step, account))
}

/// Tries a one-time code.
///
/// # Errors
/// `E-429`, `E-ACC-12` (wrong or used), `E-ACC-15`.
pub async fn give_code(
    app: &App,
    secret: Option<&str>,
    code: &str,
    from: &Origin,
) -> Result<Progress> {
    let (mut step, account) = step(app, secret).await?;
    if !app.limits.code(account.id) {
        return Err(too_many());
    }
    let matched = account
        .totp
        .as_deref()
        .and_then(|totp| codes::matching_step(totp, code, app.clock.now()));
    let Some(used) = matched else {
        return Err(Problem::field("E-ACC-12", "code"));
    };
    let (who, from) = (who_of(&account), from.clone());
    let done = act(app, &who, |cx| {
        Box::pin(async move {
            if !access::use_code(&mut cx.tx, account.id, used).await? {
                return Err(Problem::field("E-ACC-12", "code"));
            }
            access::end_steps_of(&mut cx.tx, account.id).await?;
            step.code_passed = true;
            next(cx, account, step, from).await
        })
    })
    .await?;
    if let Some(id) = who.account {
        app.limits.code_worked(id);
    }
    Ok(done)
}

/// Sets the new password that is asked for at the first log-in with a given
/// one, and goes in.
///
/// # Errors
/// `E-ACC-08`, `E-ACC-09`, `E-ACC-13` (the given one again), `E-ACC-15`.
pub async fn renew(
    app: &App,
    secret: Option<&str>,
    password: &str,
    from: &Origin,
) -> Result<Progress> {
    let (step, account) = step(app, secret).await?;
    if !step.code_passed {
        return Err(Problem::refused("E-ACC-15"));
    }
    check_password(&account.login, password)
        .map_err(|refusal| Problem::field(refusal.code(), "password"))?;
    if secrets::verify(password, Some(&account.password)).await? {
        return Err(Problem::field("E-ACC-13", "password"));
    }
    let hash = secrets::hash(password).await?;
    let (who, from) = (who_of(&account), from.clone());
    act(app, &who, |cx| {
        Box::pin(async move {
            must_stand(cx, &account).await?;
            access::set_password(&mut cx.tx, account.id, &hash, false).await?;
            access::end_sessions_of(&mut cx.tx, account.id, None).await?;
            cx.record(
                "account.password_changed",
                None,
                None,
                &json!({"login": account.login}),
            )
            .await?;
            open(cx, &account, step.keep, &from).await.map(Progress::In)
        })
    })
    .await
}

/// Ends the session of this digest.
///
/// # Errors
/// The database's.
pub async fn log_out(cx: &mut Cx, session: String) -> Result<()> {
    access::end_session(&mut cx.tx, &session).await?;
    cx.record("session.ended", None, None, &json!({})).await
}
