//! Accounts, what they may do, and their sessions and tokens. Secrets are kept
//! as digests only.

use std::collections::BTreeMap;

use plenum_rules::UnitId;
use plenum_rules::access::{Grant, Role};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx, end, new_id};
use crate::reach::{self, Within};
use crate::search;

/// Somebody who can log in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Account {
    /// Its id.
    pub id: u128,
    /// The name typed to log in.
    pub login: String,
    /// The name on screen.
    pub name: String,
    /// The password's argon2id string.
    pub password: String,
    /// The secret of one-time codes, where the person chose them.
    pub totp: Option<String>,
    /// Whether it may log in.
    pub active: bool,
    /// The language chosen.
    pub language: String,
}

/// A grant with its id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Granted {
    /// Its id.
    pub id: u128,
    /// Role, unit and days.
    pub grant: Grant,
}

/// A live session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Session {
    /// Whose.
    pub account: u128,
    /// The log-in name.
    pub login: String,
    /// The name on screen.
    pub name: String,
    /// What forms must send back.
    pub csrf: String,
    /// When it was last noted to be used.
    pub seen_at: i64,
    /// What the person may do.
    pub grants: Vec<Grant>,
}

/// A session that is not used for so long ends, in microseconds: 12 hours.
const IDLE: i64 = 12 * 3_600 * 1_000_000;

/// A session made for longer than this was asked to be kept, and does not end
/// by not being used: 7 days.
const KEPT: i64 = 7 * 24 * 3_600 * 1_000_000;

const ACCOUNT: &str = "id, login, name, password, totp, active, language";

fn read_account(row: &Row) -> Result<Account> {
    Ok(Account {
        id: row.id(0)?,
        login: row.text(1)?,
        name: row.text(2)?,
        password: row.text(3)?,
        totp: row.opt_text(4)?,
        active: row.truth(5)?,
        language: row.text(6)?,
    })
}

/// Every account, by log-in name.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn accounts(tx: &mut Tx) -> Result<Vec<Account>> {
    let sql = format!("SELECT {ACCOUNT} FROM account ORDER BY login");
    tx.rows(&sql, &[]).await?.iter().map(read_account).collect()
}

/// The account of an id.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn account(tx: &mut Tx, id: u128) -> Result<Option<Account>> {
    let sql = format!("SELECT {ACCOUNT} FROM account WHERE id = $1");
    tx.row(&sql, args![id])
        .await?
        .as_ref()
        .map(read_account)
        .transpose()
}

/// The account of a log-in name; names differ in more than their case.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn account_by_login(tx: &mut Tx, login: &str) -> Result<Option<Account>> {
    let sql = format!("SELECT {ACCOUNT} FROM account WHERE login = $1");
    tx.row(&sql, args![login.trim().to_lowercase()])
        .await?
        .as_ref()
        .map(read_account)
        .transpose()
}

/// Writes an account, new or changed.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn save_account(tx: &mut Tx, account: &Account) -> Result<()> {
    tx.run(
        "INSERT INTO account (id, login, name, password, totp, active, language, folded) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO UPDATE SET login = excluded.login, \
         name = excluded.name, password = excluded.password, totp = excluded.totp, \
         active = excluded.active, language = excluded.language, folded = excluded.folded",
        args![
            account.id,
            account.login.to_lowercase(),
            &account.name,
            &account.password,
            account.totp.clone(),
            account.active,
            &account.language,
            search::fold(&format!("{} {}", account.login, account.name))
        ],
    )
    .await?;
    Ok(())
}

fn read_grant(row: &Row, first: usize) -> Result<Grant> {
    let code = row.text(first)?;
    let role = Role::parse(&code).ok_or_else(|| StoreError::Damaged(format!("the role {code}")))?;
    Ok(Grant {
        role,
        unit: row.opt_unit(first + 1)?,
        from: row.day(first + 2)?,
        until: row.opt_day(first + 3)?,
    })
}

/// What an account may do.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn grants(tx: &mut Tx, account: u128) -> Result<Vec<Granted>> {
    let sql =
        "SELECT id, role, unit, from_day, until_day FROM role_grant WHERE account = $1 ORDER BY id";
    let rows = tx.rows(sql, args![account]).await?;
    rows.iter()
        .map(|row| {
            Ok(Granted {
                id: row.id(0)?,
                grant: read_grant(row, 1)?,
            })
        })
        .collect()
}

/// What several accounts may do.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn grants_of(tx: &mut Tx, accounts: &[u128]) -> Result<BTreeMap<u128, Vec<Granted>>> {
    let mut found: BTreeMap<u128, Vec<Granted>> = BTreeMap::new();
    for account in accounts {
        found.insert(*account, grants(tx, *account).await?);
    }
    Ok(found)
}

/// Accounts that may log in and hold a role for the whole installation, with
/// that grant.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn holders_everywhere(tx: &mut Tx, role: Role) -> Result<Vec<(u128, Grant)>> {
    let sql = "SELECT a.id, g.role, g.unit, g.from_day, g.until_day FROM role_grant g \
               JOIN account a ON a.id = g.account WHERE a.active = 1 AND g.unit IS NULL AND g.role = $1 ORDER BY g.id";
    let rows = tx.rows(sql, args![role.code()]).await?;
    rows.iter()
        .map(|row| Ok((row.id(0)?, read_grant(row, 1)?)))
        .collect()
}

/// Accounts that may log in and hold a role in one of these units, by log-in
/// name, each with all its grants there.
///
/// # Errors
/// [`StoreError::Engine`], [`StoreError::Damaged`].
pub async fn holders_in(tx: &mut Tx, units: &[UnitId]) -> Result<Vec<(Account, Vec<Grant>)>> {
    let sql = "SELECT a.id, g.role, g.unit, g.from_day, g.until_day FROM role_grant g \
               JOIN account a ON a.id = g.account WHERE a.active = 1 AND g.unit = $1 ORDER BY g.id";
    let mut grants: BTreeMap<u128, Vec<Grant>> = BTreeMap::new();
    for unit in units {
        for row in tx.rows(sql, args![*unit]).await? {
            let own = grants.entry(row.id(0)?).or_default();
            own.push(read_grant(&row, 1)?);
        }
    }
    let mut found = Vec::new();
    for (id, grants) in grants {
        found.extend(account(tx, id).await?.map(|account| (account, grants)));
    }
    found.sort_by(|(one, _), (other, _)| one.login.cmp(&other.login));
    Ok(found)
}

/// Accounts with a role in a part of the tree (or all), whose log-in or name
/// holds the words, by log-in name after `after`.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn find_accounts(
    tx: &mut Tx,
    within: &Within,
    today: plenum_rules::Day,
    words: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<Account>> {
    let (with, values) = reach::below(within, today).unwrap_or_default();
    let mut conditions = reach::Conditions::after(values);
    if !with.is_empty() {
        conditions.add_plain(
            "EXISTS (SELECT 1 FROM role_grant g JOIN below ON below.unit = g.unit WHERE g.account = account.id)",
        );
    }
    if !words.trim().is_empty() {
        conditions.add("folded LIKE ? ESCAPE '!'", search::pattern(words));
    }
    conditions.add("login > ?", after);
    let condition = conditions.sql();
    conditions.values.push(limit.into());
    let place = conditions.values.len();
    let sql =
        format!("{with}SELECT {ACCOUNT} FROM account{condition} ORDER BY login LIMIT ${place}");
    tx.long_rows(&sql, &conditions.values)
        .await?
        .iter()
        .map(read_account)
        .collect()
}

/// Gives a role.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_grant(tx: &mut Tx, account: u128, grant: &Grant) -> Result<u128> {
    let id = new_id();
    tx.run(
        "INSERT INTO role_grant (id, account, role, unit, from_day, until_day) VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            id.into(),
            account.into(),
            grant.role.code().into(),
            grant.unit.into(),
            grant.from.into(),
            end(grant.until),
        ],
    )
    .await?;
    Ok(id)
}

/// Ends a role of an account on a day; one that would end before it began goes.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn end_grant(tx: &mut Tx, id: u128, day: plenum_rules::Day) -> Result<()> {
    tx.run(
        "DELETE FROM role_grant WHERE id = $1 AND from_day >= $2",
        args![id, day],
    )
    .await?;
    tx.run(
        "UPDATE role_grant SET until_day = $2 WHERE id = $1 AND until_day > $2",
        args![id, day],
    )
    .await?;
    Ok(())
}

/// How many accounts there are: none at the first start.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn count_accounts(tx: &mut Tx) -> Result<i64> {
    tx.row("SELECT COUNT(*) FROM account", &[])
        .await?
        .map_or(Ok(0), |row| row.int(0))
}

/// Begins a session, kept as the digest of its secret.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn begin_session(
    tx: &mut Tx,
    digest: &str,
    account: u128,
    csrf: &str,
    now: i64,
    ends: i64,
) -> Result<()> {
    tx.run(
        "INSERT INTO session (digest, account, csrf, made_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $4, $5)",
        args![digest, account, csrf, now, ends],
    )
    .await?;
    tx.run("DELETE FROM session WHERE ends_at < $1", args![now])
        .await?;
    Ok(())
}

/// The session of a digest, where it has not ended and its account may log in.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn session(tx: &mut Tx, digest: &str, now: i64) -> Result<Option<Session>> {
    let sql = "SELECT s.account, a.login, a.name, s.csrf, s.seen_at, g.role, g.unit, g.from_day, g.until_day \
               FROM session s JOIN account a ON a.id = s.account \
               LEFT JOIN role_grant g ON g.account = s.account \
               WHERE s.digest = $1 AND s.ends_at > $2 AND (s.seen_at > $3 OR s.ends_at - s.made_at > $4) \
               AND a.active = 1 ORDER BY g.id";
    let rows = tx.rows(sql, args![digest, now, now - IDLE, KEPT]).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let mut grants = Vec::new();
    for row in &rows {
        if row.opt_text(5)?.is_some() {
            grants.push(read_grant(row, 5)?);
        }
    }
    Ok(Some(Session {
        account: first.id(0)?,
        login: first.text(1)?,
        name: first.text(2)?,
        csrf: first.text(3)?,
        seen_at: first.int(4)?,
        grants,
    }))
}

/// Notes that a session was used.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn session_seen(tx: &mut Tx, digest: &str, now: i64) -> Result<()> {
    tx.run(
        "UPDATE session SET seen_at = $2 WHERE digest = $1 AND seen_at < $2",
        args![digest, now],
    )
    .await?;
    Ok(())
}

/// Notes what a session runs on, as the browser says.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn session_device(tx: &mut Tx, digest: &str, device: &str) -> Result<()> {
    tx.run(
        "UPDATE session SET device = $2 WHERE digest = $1",
        args![digest, device],
    )
    .await?;
    Ok(())
}

/// A session as its owner sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionEntry {
    /// The digest of its secret, which names it.
    pub digest: String,
    /// When it began.
    pub made_at: i64,
    /// When it was last noted to be used.
    pub seen_at: i64,
    /// When it ends at the latest.
    pub ends_at: i64,
    /// What it runs on, as the browser said.
    pub device: String,
}

/// The live sessions of an account, the latest used first.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn sessions_of(tx: &mut Tx, account: u128, now: i64) -> Result<Vec<SessionEntry>> {
    let sql = "SELECT digest, made_at, seen_at, ends_at, device FROM session WHERE account = $1 AND ends_at > $2 \
               AND (seen_at > $3 OR ends_at - made_at > $4) ORDER BY seen_at DESC, digest";
    let rows = tx.rows(sql, args![account, now, now - IDLE, KEPT]).await?;
    rows.iter()
        .map(|row| {
            Ok(SessionEntry {
                digest: row.text(0)?,
                made_at: row.int(1)?,
                seen_at: row.int(2)?,
                ends_at: row.int(3)?,
                device: row.text(4)?,
            })
        })
        .collect()
}

/// A log-in between the right password and the session.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoginStep {
    /// Whose.
    pub account: u128,
    /// Whether the session shall be kept long.
    pub keep: bool,
    /// Whether the one-time code was right already.
    pub code_passed: bool,
}

/// Begins or replaces a log-in step, kept as the digest of its secret.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn begin_step(
    tx: &mut Tx,
    digest: &str,
    step: &LoginStep,
    now: i64,
    ends: i64,
) -> Result<()> {
    tx.run(
        "DELETE FROM login_step WHERE ends_at < $1 OR digest = $2",
        args![now, digest],
    )
    .await?;
    tx.run(
        "INSERT INTO login_step (digest, account, keep, code_passed, ends_at) VALUES ($1, $2, $3, $4, $5)",
        args![digest, step.account, step.keep, step.code_passed, ends],
    )
    .await?;
    Ok(())
}

/// The log-in step of a digest, where it has not ended.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn login_step(tx: &mut Tx, digest: &str, now: i64) -> Result<Option<LoginStep>> {
    let sql =
        "SELECT account, keep, code_passed FROM login_step WHERE digest = $1 AND ends_at > $2";
    let row = tx.row(sql, args![digest, now]).await?;
    row.map(|row| {
        Ok(LoginStep {
            account: row.id(0)?,
            keep: row.truth(1)?,
            code_passed: row.truth(2)?,
        })
    })
    .transpose()
}

/// Ends every log-in step of an account.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn end_steps_of(tx: &mut Tx, account: u128) -> Result<()> {
    tx.run("DELETE FROM login_step WHERE account = $1", args![account])
        .await?;
    Ok(())
}

/// Uses up the step of a one-time code; false where it, or a later one, was
/// used before.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn use_code(tx: &mut Tx, account: u128, step: i64) -> Result<bool> {
    let sql = "UPDATE account SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
    Ok(tx.run(sql, args![account, step]).await? == 1)
}

/// Whether the account's password must be changed at log-in.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn must_renew(tx: &mut Tx, account: u128) -> Result<bool> {
    let row = tx
        .row("SELECT renew FROM account WHERE id = $1", args![account])
        .await?;
    row.map_or(Ok(false), |row| row.truth(0))
}

/// Sets a password. `renew`: it was given by somebody else and must be changed
/// at log-in.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn set_password(tx: &mut Tx, account: u128, hash: &str, renew: bool) -> Result<()> {
    tx.run(
        "UPDATE account SET password = $2, renew = $3 WHERE id = $1",
        args![account, hash, renew],
    )
    .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn end_session(tx: &mut Tx, digest: &str) -> Result<()> {
    tx.run("DELETE FROM session WHERE digest = $1", args![digest])
        .await?;
    Ok(())
}

/// Ends every session of an account but, where given, one: after a new
/// password, a new role or a lost phone.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn end_sessions_of(tx: &mut Tx, account: u128, but: Option<&str>) -> Result<()> {
    tx.run(
        "DELETE FROM session WHERE account = $1 AND digest <> $2",
        args![account, but.unwrap_or("")],
    )
    .await?;
    Ok(())
}

/// A program's token, without its secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Token {
    /// Its id.
    pub id: u128,
    /// Whose rights it has, at the most.
    pub account: u128,
    /// What it is for, in its maker's words.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<String>,
    /// When it was made.
    pub made_at: i64,
    /// When it ends.
    pub ends_at: Option<i64>,
    /// When it was last used.
    pub used_at: Option<i64>,
}

fn read_token(row: &Row) -> Result<Token> {
    Ok(Token {
        id: row.id(0)?,
        account: row.id(1)?,
        name: row.text(2)?,
        scopes: row.text(3)?.split_whitespace().map(str::to_owned).collect(),
        made_at: row.int(4)?,
        ends_at: row.opt_int(5)?,
        used_at: row.opt_int(6)?,
    })
}

const TOKEN: &str = "id, account, name, scopes, made_at, ends_at, used_at";

/// Makes a token.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn add_token(tx: &mut Tx, token: &Token, digest: &str) -> Result<()> {
    tx.run(
        "INSERT INTO token (id, digest, account, name, scopes, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        args![
            token.id,
            digest,
            token.account,
            &token.name,
            token.scopes.join(" "),
            token.made_at,
            token.ends_at
        ],
    )
    .await?;
    Ok(())
}

/// The token of a digest, where it has not ended and its account is active,
/// with the account.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn token(tx: &mut Tx, digest: &str, now: i64) -> Result<Option<(Token, Account)>> {
    let sql = format!(
        "SELECT {TOKEN} FROM token WHERE digest = $1 AND (ends_at IS NULL OR ends_at > $2)"
    );
    let Some(row) = tx.row(&sql, args![digest, now]).await? else {
        return Ok(None);
    };
    let token = read_token(&row)?;
    let owner = account(tx, token.account)
        .await?
        .filter(|account| account.active);
    Ok(owner.map(|account| (token, account)))
}

/// The tokens of an account.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn tokens(tx: &mut Tx, account: u128) -> Result<Vec<Token>> {
    let sql = format!("SELECT {TOKEN} FROM token WHERE account = $1 ORDER BY id");
    tx.rows(&sql, args![account])
        .await?
        .iter()
        .map(read_token)
        .collect()
}

/// Takes a token back.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn remove_token(tx: &mut Tx, account: u128, id: u128) -> Result<u64> {
    tx.run(
        "DELETE FROM token WHERE id = $1 AND account = $2",
        args![id, account],
    )
    .await
}
