//! Who is at the door.

use std::convert::Infallible;
use std::net::IpAddr;
use std::num::NonZeroU32;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use plenum_rules::access::{Grant, Permission, holds_anywhere};
use plenum_rules::{Actor, Day};
use plenum_store::access;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::act::App;
use super::language::{Lang, Words};
use super::problem::Problem;

/// Somebody who acts or looks: an account with its grants, or the program
/// itself on the command line.
#[derive(Clone, Debug)]
pub struct Who {
    /// The account; none for the program itself.
    pub account: Option<u128>,
    /// The name in records.
    pub login: String,
    /// The name on screen.
    pub name: String,
    /// What they may do and where.
    pub grants: Vec<Grant>,
    /// For programs: what the token was made for.
    pub scopes: Option<Vec<String>>,
}

impl Who {
    /// The program on the command line: whoever can read the database file may
    /// do anything with it, and the records say so.
    #[must_use]
    pub fn system(user: &str) -> Self {
        Self {
            account: None,
            login: format!("cli:{user}"),
            name: user.to_owned(),
            grants: Vec::new(),
            scopes: None,
        }
    }

    /// Whether this is the program itself.
    #[must_use]
    pub fn is_system(&self) -> bool {
        self.account.is_none() && self.login.starts_with("cli:")
    }

    /// The name in the audit.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor(self.login.clone())
    }
}

/// A request's visitor: language, and who, where somebody is logged in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Who; nobody at the log-in page.
    pub who: Option<Who>,
    /// The session's secret that forms must send back.
    pub csrf: String,
    /// The words of the chosen language.
    pub words: Words,
    /// The path and query asked for.
    pub address: String,
    /// Today, which decides which grants hold.
    pub today: Day,
}

impl Visitor {
    /// Who, or a refusal that leads to the log-in page.
    ///
    /// # Errors
    /// `E-401`.
    pub fn signed_in(&self) -> Result<&Who, Problem> {
        self.who
            .as_ref()
            .ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, "E-401"))
    }

    /// Whether they hold the permission somewhere: what a person could never
    /// do is not offered.
    #[must_use]
    pub fn can(&self, permission: Permission) -> bool {
        self.who
            .as_ref()
            .is_some_and(|who| holds_anywhere(&who.grants, self.today, permission))
    }
}

/// The cookie with the session's secret.
pub const SESSION_COOKIE: &str = "plenum_session";
/// The cookie with the chosen language.
pub const LANGUAGE_COOKIE: &str = "plenum_language";

/// A cookie's value.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .find_map(|line| {
            line.split(';').find_map(|pair| {
                let (key, value) = pair.trim().split_once('=')?;
                (key == name).then(|| value.to_owned())
            })
        })
}

/// SHA-256 in hexadecimal: how secrets are kept.
#[must_use]
pub fn digest(secret: &str) -> String {
    Sha256::digest(secret.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// 256 random bits in hexadecimal.
///
/// # Errors
/// Where the machine has no randomness, nothing secret may be made.
pub fn secret() -> Result<String, Problem> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| {
        let mut problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "E-500");
        problem.inner = Some(error.to_string());
        problem
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn language(headers: &HeaderMap) -> Lang {
    cookie(headers, LANGUAGE_COOKIE)
        .as_deref()
        .and_then(Lang::of_code)
        .or_else(|| {
            let wanted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
            let first = wanted.split([',', ';', '-']).next()?;
            (first == "en").then_some(Lang::En)
        })
        .unwrap_or_default()
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let words = Words(language(&parts.headers));
        let address = parts
            .uri
            .path_and_query()
            .map_or("/", |path| path.as_str())
            .to_owned();
        let mut visitor = Self {
            who: None,
            csrf: String::new(),
            words,
            address,
            today: app.clock.today(),
        };
        if let Some(secret) = cookie(&parts.headers, SESSION_COOKIE)
            && let Ok(Some(session)) = session_of(app, &secret).await
        {
            visitor.csrf.clone_from(&session.csrf);
            visitor.who = Some(Who {
                account: Some(session.account),
                login: session.login,
                name: session.name,
                grants: session.grants,
                scopes: None,
            });
        }
        parts.extensions.insert(visitor.clone());
        Ok(visitor)
    }
}

async fn session_of(app: &App, secret: &str) -> plenum_store::db::Result<Option<access::Session>> {
    let mut tx = app.db.read().await?;
    let session = access::session(&mut tx, &digest(secret), app.clock.now()).await?;
    tx.commit().await?;
    Ok(session)
}

/// A form sent by a page of ours: its `csrf` field matches the session's.
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Form<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, app).await;
        let bytes = axum::body::to_bytes(body, 1 << 20)
            .await
            .map_err(|_| Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "E-413"))?;
        let sent = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&bytes)
            .map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "E-400"))?;
        let token = sent
            .iter()
            .find(|(name, _)| name == "csrf")
            .map_or("", |(_, value)| value);
        check_csrf(&visitor, token)?;
        serde_urlencoded::from_bytes(&bytes)
            .map(Form)
            .map_err(|error| {
                let mut problem = Problem::new(StatusCode::BAD_REQUEST, "E-400");
                problem.inner = Some(error.to_string());
                problem
            })
    }
}

/// Refuses a write that does not carry the session's secret.
///
/// # Errors
/// `E-419`: the page is stale or the request comes from elsewhere.
pub fn check_csrf(visitor: &Visitor, token: &str) -> Result<(), Problem> {
    // Both are random hexadecimal of one length; hashing first makes the
    // comparison's time tell nothing.
    if visitor.who.is_some() && digest(token) != digest(&visitor.csrf) {
        let status = StatusCode::from_u16(419).unwrap_or(StatusCode::FORBIDDEN);
        return Err(Problem::new(status, "E-419"));
    }
    Ok(())
}

/// Brakes: so many tries in a stretch of time for each key.
pub struct Limits {
    logins: DefaultKeyedRateLimiter<String>,
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    tokens: DefaultKeyedRateLimiter<u128>,
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

const fn times(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

impl Limits {
    /// Ten tries at once and then five a minute for each log-in name; sixty
    /// and thirty a minute for each address; sixty requests a second for each
    /// program's token.
    #[must_use]
    pub fn new() -> Self {
        Self {
            logins: RateLimiter::keyed(Quota::per_minute(times(5)).allow_burst(times(10))),
            addresses: RateLimiter::keyed(Quota::per_minute(times(30)).allow_burst(times(60))),
            tokens: RateLimiter::keyed(Quota::per_second(times(60))),
        }
    }

    /// Whether this try to log in may be made.
    #[must_use]
    pub fn login(&self, login: &str, address: Option<IpAddr>) -> bool {
        let by_name = self.logins.check_key(&login.to_lowercase()).is_ok();
        let by_address = address.is_none_or(|address| self.addresses.check_key(&address).is_ok());
        by_name && by_address
    }

    /// Whether this program may ask now.
    #[must_use]
    pub fn token(&self, token: u128) -> bool {
        self.tokens.check_key(&token).is_ok()
    }

    /// Forgets keys that have not been used for long.
    pub fn tidy(&self) {
        self.logins.retain_recent();
        self.addresses.retain_recent();
        self.tokens.retain_recent();
    }
}
