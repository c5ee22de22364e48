//! Who a program is, what it asked for, and how it is refused: always
//! `{"error": {"code", "message", "field"}}`.

use crate::shell::scopes::Scope;
use axum::Json;
use axum::extract::rejection::{JsonRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use plenum_store::access;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoResponses, ToSchema};

use super::act::{App, Look, look};
use super::language::Words;
use super::problem::{Problem, Result};
use super::visitor::{Visitor, Who, digest};

/// Why a request was refused.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Refusal {
    /// The code people quote; it does not change.
    #[schema(example = "E-403")]
    pub code: String,
    /// What happened and what to do, in the language asked for.
    #[schema(example = "Your account may not do this at this unit.")]
    pub message: String,
    /// The field concerned, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "on")]
    pub field: Option<String>,
}

/// A refusal.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct ErrorBody {
    /// Why.
    pub error: Refusal,
}

/// What every request with a token can meet.
#[derive(IntoResponses)]
pub enum Refusals {
    /// A parameter is not what the description says (`E-API-03`, `E-DAY`).
    #[response(status = 400)]
    Unreadable(ErrorBody),
    /// The token is missing, unknown or has ended (`E-API-01`).
    #[response(status = 401)]
    Unknown(ErrorBody),
    /// The token was not made for this (`E-API-02`), or its account may not do it at this unit (`E-403`).
    #[response(status = 403)]
    Forbidden(ErrorBody),
    /// There is no such season or unit (`E-404`).
    #[response(status = 404)]
    Missing(ErrorBody),
    /// Another method is needed here (`E-API-06`).
    #[response(status = 405)]
    Method(ErrorBody),
    /// Too many requests a second (`E-API-05`); `Retry-After` says how many seconds to wait.
    #[response(status = 429)]
    TooMany(ErrorBody),
    /// A fault of the server (`E-500`). Nothing was changed.
    #[response(status = 500)]
    Fault(ErrorBody),
}

/// A program at the door: a token that has not ended, of an active account.
/// Sessions of browsers do not count here.
pub struct Caller {
    /// The account, with its grants and the token's scopes.
    pub who: Who,
    /// The language of texts.
    pub words: Words,
}

impl Caller {
    /// A moment to read from, where the token was made for this.
    ///
    /// # Errors
    /// `E-API-02`.
    pub async fn look(&self, app: &App, scope: Scope) -> Result<Look> {
        self.must(scope)?;
        look(app, &self.who).await
    }

    /// Refuses what the token was not made for.
    ///
    /// # Errors
    /// `E-API-02`.
    pub fn must(&self, scope: Scope) -> Result<()> {
        let has = |scopes: &Vec<String>| scopes.iter().any(|each| each == scope.code());
        if self.who.scopes.as_ref().is_some_and(has) {
            Ok(())
        } else {
            Err(Problem::new(StatusCode::FORBIDDEN, "E-API-02").with("scope", scope.code()))
        }
    }

    /// An answer, or the refusal in the language asked for.
    pub fn answer<T: serde::Serialize>(&self, result: Result<T>) -> Response {
        match result {
            Ok(body) => Json(body).into_response(),
            Err(problem) => problem.json(self.words),
        }
    }
}

/// A refusal before or instead of an answer.
pub struct Refused(Problem, Words);

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = self.0.json(self.1);
        let headers = response.headers_mut();
        if self.0.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.0.status == StatusCode::TOO_MANY_REQUESTS {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, secret) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| secret.trim())
}

async fn words(parts: &mut Parts, app: &App) -> Words {
    let Ok(visitor) = Visitor::from_request_parts(parts, app).await;
    visitor.words
}

async fn who(headers: &HeaderMap, app: &App) -> Result<Who> {
    let unknown = || Problem::new(StatusCode::UNAUTHORIZED, "E-API-01");
    let secret = bearer(headers).ok_or_else(unknown)?;
    let mut tx = app.db.read().await?;
    let (token, account) = access::token(&mut tx, &digest(secret), app.clock.now())
        .await?
        .ok_or_else(unknown)?;
    if !app.limits.token(token.id) {
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "E-API-05"));
    }
    let granted = access::grants(&mut tx, account.id).await?;
    tx.commit().await?;
    Ok(Who {
        account: Some(account.id),
        login: account.login,
        name: account.name,
        grants: granted.into_iter().map(|granted| granted.grant).collect(),
        scopes: Some(token.scopes),
    })
}

impl FromRequestParts<App> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &App,
    ) -> std::result::Result<Self, Refused> {
        let words = words(parts, app).await;
        match who(&parts.headers, app).await {
            Ok(who) => Ok(Self { who, words }),
            Err(problem) => Err(Refused(problem, words)),
        }
    }
}

fn unreadable(status: StatusCode, why: String) -> Problem {
    Problem::new(status, "E-API-03").with("why", why)
}

/// The query of an address; a name nobody knows is refused, not ignored.
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asked<T> {
    type Rejection = Refused;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &App,
    ) -> std::result::Result<Self, Refused> {
        let words = words(parts, app).await;
        let read: std::result::Result<Query<T>, QueryRejection> =
            Query::from_request_parts(parts, app).await;
        match read {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(why) => Err(Refused(
                unreadable(StatusCode::BAD_REQUEST, why.body_text()),
                words,
            )),
        }
    }
}

/// The parts of the path.
pub struct Named<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<App> for Named<T> {
    type Rejection = Refused;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &App,
    ) -> std::result::Result<Self, Refused> {
        let words = words(parts, app).await;
        match Path::<T>::from_request_parts(parts, app).await {
            Ok(Path(named)) => Ok(Self(named)),
            Err(_) => Err(Refused(Problem::not_found(), words)),
        }
    }
}

/// A body in JSON.
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Sent<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, app: &App) -> std::result::Result<Self, Refused> {
        let (mut parts, body) = request.into_parts();
        let words = words(&mut parts, app).await;
        let read: std::result::Result<Json<T>, JsonRejection> =
            Json::from_request(Request::from_parts(parts, body), app).await;
        match read {
            Ok(Json(sent)) => Ok(Self(sent)),
            Err(why) if why.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(Refused(Problem::new(why.status(), "E-413"), words))
            }
            Err(why) => Err(Refused(unreadable(why.status(), why.body_text()), words)),
        }
    }
}

/// There is no such address.
pub async fn nothing_here(visitor: Visitor) -> Response {
    Problem::new(StatusCode::NOT_FOUND, "E-API-04").json(visitor.words)
}

/// The address is not asked this way.
async fn not_this_way(visitor: Visitor) -> Response {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "E-API-06").json(visitor.words)
}

/// An address that answers other methods as everything else is answered.
pub fn only(methods: MethodRouter<App>) -> MethodRouter<App> {
    methods.fallback(not_this_way)
}
