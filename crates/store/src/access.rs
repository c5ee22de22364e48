//! Accounts, what they may do, and their sessions and tokens. Secrets are kept
//! as digests only.

use plenum_rules::access::{Grant, Role};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx, end, new_id};

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
    /// What the person may do.
    pub grants: Vec<Grant>,
}

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
        "INSERT INTO account (id, login, name, password, totp, active, language) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET login = excluded.login, \
         name = excluded.name, password = excluded.password, totp = excluded.totp, \
         active = excluded.active, language = excluded.language",
        args![
            account.id,
            account.login.to_lowercase(),
            &account.name,
            &account.password,
            account.totp.clone(),
            account.active,
            &account.language
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
    let sql = "SELECT s.account, a.login, a.name, s.csrf, g.role, g.unit, g.from_day, g.until_day \
               FROM session s JOIN account a ON a.id = s.account \
               LEFT JOIN role_grant g ON g.account = s.account \
               WHERE s.digest = $1 AND s.ends_at > $2 AND a.active = 1 ORDER BY g.id";
    let rows = tx.rows(sql, args![digest, now]).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let mut grants = Vec::new();
    for row in &rows {
        if row.opt_text(4)?.is_some() {
            grants.push(read_grant(row, 4)?);
        }
    }
    Ok(Some(Session {
        account: first.id(0)?,
        login: first.text(1)?,
        name: first.text(2)?,
        csrf: first.text(3)?,
        grants,
    }))
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
