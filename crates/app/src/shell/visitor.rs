//! Who is at the door.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use plenum_rules::access::{Grant, Permission, holds_anywhere};
use plenum_rules::{Actor, Day};
use plenum_store::access;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::act::App;
use super::language::{Lang, Words};
use super::problem::Problem;
use super::secrets;

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
    /// What forms must send back: the session's, or the one of the cookie that
    /// the log-in page gave; empty where there is neither.
    pub csrf: String,
    /// The digest of the session's secret, which names the session.
    pub session: Option<String>,
    /// The words of the chosen language.
    pub words: Words,
    /// The path and query asked for.
    pub address: String,
    /// Today, which decides which grants hold.
    pub today: Day,
    /// The organisation's time zone, in which pages and scripts say times.
    pub zone: Arc<str>,
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
/// The cookie that ties the log-in page's form to one browser.
pub const DOOR_COOKIE: &str = "plenum_door";
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
    Ok(secrets::random::<32>()?
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
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

impl Visitor {
    /// Finds out who asks.
    ///
    /// # Errors
    /// The database's: a failure must not look like a log-out.
    pub async fn find(parts: &Parts, app: &App) -> Result<Self, Problem> {
        let mut visitor = Self::nobody(parts, app);
        if let Some(door) = cookie(&parts.headers, DOOR_COOKIE) {
            visitor.csrf = door_csrf(&door);
        }
        let Some(secret) = cookie(&parts.headers, SESSION_COOKIE) else {
            return Ok(visitor);
        };
        let digest = digest(&secret);
        let Some(session) = session_of(app, &digest).await? else {
            return Ok(visitor);
        };
        visitor.csrf = session.csrf;
        visitor.session = Some(digest);
        visitor.who = Some(Who {
            account: Some(session.account),
            login: session.login,
            name: session.name,
            grants: session.grants,
            scopes: None,
        });
        Ok(visitor)
    }

    /// Somebody nobody knows, with the language their browser asks for.
    #[must_use]
    pub fn nobody(parts: &Parts, app: &App) -> Self {
        Self {
            who: None,
            csrf: String::new(),
            session: None,
            words: Words(language(&parts.headers)),
            address: parts
                .uri
                .path_and_query()
                .map_or("/", |path| path.as_str())
                .to_owned(),
            today: app.clock.today(),
            zone: app.clock.zone().into(),
        }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        // The router has looked already; nobody comes in where it has not.
        Ok(parts
            .extensions
            .get::<Self>()
            .cloned()
            .unwrap_or_else(|| Self::nobody(parts, app)))
    }
}

/// What the log-in page's form sends back: derived from its cookie, which no
/// other site can set or read.
#[must_use]
pub fn door_csrf(secret: &str) -> String {
    digest(&format!("door {secret}"))
}

/// A session's last use is noted no oftener than this, in microseconds: reading
/// a page should not be a write.
const NOTED_EVERY: i64 = 10 * 60 * 1_000_000;

async fn session_of(app: &App, digest: &str) -> plenum_store::db::Result<Option<access::Session>> {
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let session = access::session(&mut tx, digest, now).await?;
    tx.commit().await?;
    if session
        .as_ref()
        .is_some_and(|session| now - session.seen_at >= NOTED_EVERY)
    {
        let (db, digest) = (app.db.clone(), digest.to_owned());
        // Beside the request: it must not wait for whoever is writing now.
        tokio::spawn(async move {
            if let Err(error) = note_use(&db, &digest, now).await {
                tracing::warn!(%error, "the use of a session could not be noted");
            }
        });
    }
    Ok(session)
}

async fn note_use(db: &plenum_store::Db, digest: &str, now: i64) -> plenum_store::db::Result<()> {
    let mut tx = db.write().await?;
    access::session_seen(&mut tx, digest, now).await?;
    tx.commit().await
}

/// The address a request comes from, for the brakes. Behind a proxy on this
/// machine or network (`--https`) it is the one the proxy appended.
pub struct CallerAddress(pub Option<IpAddr>);

impl FromRequestParts<App> for CallerAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let near = peer.is_some_and(|peer| match peer {
            IpAddr::V4(peer) => peer.is_loopback() || peer.is_private(),
            IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local(),
        });
        if !(app.settings.https && near) {
            return Ok(Self(peer));
        }
        // Only the last entry is the proxy's; those before it are the caller's own words.
        let told = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let told = told
            .and_then(|value| value.to_str().ok())
            .and_then(|line| line.rsplit(',').next());
        Ok(Self(
            told.and_then(|address| address.trim().parse().ok())
                .or(peer),
        ))
    }
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
    if visitor.csrf.is_empty() || digest(token) != digest(&visitor.csrf) {
        let status = StatusCode::from_u16(419).unwrap_or(StatusCode::FORBIDDEN);
        return Err(Problem::new(status, "E-419"));
    }
    Ok(())
}
