//! The web server: all routes, the headers that guard them, and its end.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Query, Request};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use super::act::App;
use super::language::Lang;
use super::routes::{Guard, Routes};
use super::visitor::LANGUAGE_COOKIE;

/// The router with everything around it.
pub fn router(app: App, routes: Routes) -> Router {
    routes
        .and(own_routes())
        .into_router(app)
        .layer(middleware::from_fn(guard_headers))
        .layer(DefaultBodyLimit::max(64 << 20))
        .layer(CompressionLayer::new())
        // What the router catches has a page; this is for what stands around it.
        .layer(CatchPanicLayer::new())
}

/// The shell's own routes.
#[must_use]
pub fn own_routes() -> Routes {
    super::assets::routes()
        .at("/health", Guard::Public, get(|| async { "ok\n" }))
        .at("/language", Guard::Public, get(choose_language))
}

#[derive(Deserialize)]
struct Choice {
    to: String,
    #[serde(default)]
    back: String,
}

async fn choose_language(Query(choice): Query<Choice>) -> Response {
    let lang = Lang::of_code(&choice.to).unwrap_or_default();
    let cookie = format!(
        "{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax",
        lang.code()
    );
    (
        [(header::SET_COOKIE, cookie)],
        Redirect::to(own_address(&choice.back)),
    )
        .into_response()
}

/// An address of this server, or its front page: never somebody else's.
#[must_use]
pub fn own_address(address: &str) -> &str {
    let own = address.starts_with('/')
        && !address.starts_with("//")
        && !address.contains('\\')
        && !address.chars().any(char::is_control);
    if own { address } else { "/" }
}

/// Tells browsers what this site's pages may do.
async fn guard_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let always = [
        (
            "content-security-policy",
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'",
        ),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ];
    for (name, value) in always {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
    // Pages hold people's records: a shared computer must not keep them.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Serves until interrupted. `ready` hears the address once it listens.
///
/// # Errors
/// Where the address cannot be listened on.
pub async fn serve(
    app: App,
    routes: Routes,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(listen).await?;
    ready(listener.local_addr()?);
    let limits = app.limits.clone();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(Duration::from_secs(600)).await;
            limits.tidy();
        }
    });
    let db = app.db.clone();
    let service = router(app, routes).into_make_service_with_connect_info::<SocketAddr>();
    // Open screens hold their connections for good, so the end does not wait
    // for them: writes are on disk before they are acknowledged.
    tokio::select! {
        done = axum::serve(listener, service) => done?,
        () = interrupted() => {}
    }
    db.close().await;
    Ok(())
}

async fn interrupted() {
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
