//! Routes, each with its authority on the same line.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::MethodRouter;
use axum::{Extension, Router};
use plenum_rules::access::Permission;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::openapi::OpenApi;

use super::act::App;
use super::dress;
use super::page::problem_page;
use super::problem::Problem;
use super::visitor::Visitor;

/// Who may knock. Whether the unit asked for lies in the person's subtree is
/// the action's to say; this refuses whoever could not do it anywhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Guard {
    /// Anybody.
    Public,
    /// Anybody logged in.
    SignedIn,
    /// Whoever holds the permission somewhere.
    May(Permission),
    /// Whoever holds one of the two somewhere.
    MayEither(Permission, Permission),
    /// Programs, with a token; the API checks its scope.
    Token,
}

/// The routes of a feature.
#[derive(Default)]
pub struct Routes {
    router: Router<App>,
    listed: Vec<(&'static str, Guard)>,
    /// What programs are told of the routes for them.
    described: OpenApi,
}

impl Routes {
    /// No routes yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a route.
    #[must_use]
    pub fn at(mut self, path: &'static str, guard: Guard, methods: MethodRouter<App>) -> Self {
        let guarded = methods.layer(middleware::from_fn(move |request: Request, next: Next| {
            check(guard, request, next)
        }));
        self.router = self.router.route(path, guarded);
        self.listed.push((path, guard));
        self
    }

    /// Describes the routes for programs.
    #[must_use]
    pub fn described(mut self, document: OpenApi) -> Self {
        // What is merged into keeps its own title and introduction.
        let before = std::mem::replace(&mut self.described, document);
        self.described.merge(before);
        self
    }

    /// The description of the routes for programs.
    #[must_use]
    pub fn description(&self) -> &OpenApi {
        &self.described
    }

    /// Adds another feature's routes.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self = self.described(other.described);
        self.router = self.router.merge(other.router);
        self.listed.extend(other.listed);
        self
    }

    /// Every route with its guard.
    #[must_use]
    pub fn listed(&self) -> &[(&'static str, Guard)] {
        &self.listed
    }

    /// The router, once the program's state is known.
    pub fn into_router(self, app: App) -> Router {
        let knows_visitor = middleware::from_fn_with_state(app.clone(), know_visitor);
        let description = Extension(Description(Arc::new(self.described)));
        self.router
            .fallback(|| async { Problem::not_found() })
            .method_not_allowed_fallback(|| async {
                Problem::new(StatusCode::METHOD_NOT_ALLOWED, "E-405")
            })
            .layer(CatchPanicLayer::custom(dress::panicked))
            .layer(middleware::from_fn(refuse_foreign))
            .layer(knows_visitor)
            .layer(description)
            .with_state(app)
    }
}

/// The description of the routes for programs, as the route that shows it gets
/// it.
#[derive(Clone)]
pub struct Description(pub Arc<OpenApi>);

/// Finds out who asks, once for each request, before any guard; and gives
/// refusals that came without a page the one this visitor can read.
async fn know_visitor(State(app): State<App>, request: Request, next: Next) -> Response {
    let as_json = wants_json(&request);
    let (mut parts, body) = request.into_parts();
    match Visitor::find(&parts, &app).await {
        Ok(visitor) => {
            parts.extensions.insert(visitor.clone());
            let response = next.run(Request::from_parts(parts, body)).await;
            dress::dressed(&visitor, as_json, response)
        }
        Err(problem) => {
            let visitor = Visitor::nobody(&parts, &app);
            dress::dressed(&visitor, as_json, problem.into_response())
        }
    }
}

/// Refuses writes that another site's page sent.
async fn refuse_foreign(request: Request, next: Next) -> Response {
    let foreign = request
        .headers()
        .get_all("sec-fetch-site")
        .iter()
        .any(|site| site != "same-origin" && site != "none");
    if foreign && !request.method().is_safe() {
        return Problem::new(StatusCode::FORBIDDEN, "E-SITE").into_response();
    }
    next.run(request).await
}

async fn check(guard: Guard, request: Request, next: Next) -> Response {
    let Some(visitor) = request.extensions().get::<Visitor>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let wants_json = wants_json(&request);
    let refusal = match (guard, &visitor.who) {
        (Guard::Public | Guard::Token, _) | (Guard::SignedIn, Some(_)) => None,
        (_, None) => Some(Problem::new(StatusCode::UNAUTHORIZED, "E-401")),
        (Guard::May(permission), Some(_)) => (!visitor.can(permission)).then(Problem::forbidden),
        (Guard::MayEither(one, other), Some(_)) => {
            (!visitor.can(one) && !visitor.can(other)).then(Problem::forbidden)
        }
    };
    let Some(problem) = refusal else {
        return next.run(request).await;
    };
    if wants_json {
        return problem.json(visitor.words);
    }
    if problem.status == StatusCode::UNAUTHORIZED && request.method() == axum::http::Method::GET {
        let back = serde_urlencoded::to_string([("next", &visitor.address)]).unwrap_or_default();
        return axum::response::Redirect::to(&format!("/login?{back}")).into_response();
    }
    problem_page(&visitor, &problem)
}

/// Programs, and scripts that say so, are answered in JSON.
fn wants_json(request: &Request) -> bool {
    let for_programs = request.uri().path().starts_with("/api/");
    for_programs || accepts_json(request)
}

fn accepts_json(request: &Request) -> bool {
    request
        .headers()
        .get(axum::http::header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.starts_with("application/json"))
}
