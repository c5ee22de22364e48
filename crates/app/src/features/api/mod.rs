//! The same for programs: JSON, its OpenAPI document made from the code, and
//! tokens that may do no more than their account.

mod congresses;
mod document;
mod reporting;
mod seasons;
mod shapes;
mod units;
mod walk;

use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post};

use crate::shell::door::{self, only};
use crate::shell::{Guard, Routes};

/// The largest report a program can send, in bytes.
const LARGEST: usize = 1 << 16;

/// The routes. Each of them stands in the document, and a test compares both.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .described(document::document())
        .at(
            "/api/v1/openapi.json",
            Guard::Public,
            only(get(document::openapi)),
        )
        .at("/api/v1/seasons", Guard::Token, only(get(seasons::list)))
        .at("/api/v1/units", Guard::Token, only(get(units::list)))
        .at("/api/v1/units/{code}", Guard::Token, only(get(units::one)))
        .at(
            "/api/v1/seasons/{season}/progress",
            Guard::Token,
            only(get(seasons::progress)),
        )
        .at(
            "/api/v1/seasons/{season}/congresses",
            Guard::Token,
            only(get(congresses::list)),
        )
        .at(
            "/api/v1/seasons/{season}/congresses/{code}",
            Guard::Token,
            only(get(congresses::one)),
        )
        .at(
            "/api/v1/seasons/{season}/congresses/{code}/report",
            Guard::Token,
            only(post(reporting::report).layer(DefaultBodyLimit::max(LARGEST))),
        )
        .at("/api/{*rest}", Guard::Public, any(door::nothing_here))
}
