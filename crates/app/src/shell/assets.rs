//! Style and script, served from the binary under names that change with
//! their content, so that browsers keep them for good.

use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sha2::{Digest, Sha256};

use super::routes::{Guard, Routes};

struct Asset {
    name: &'static str,
    media: &'static str,
    bytes: &'static [u8],
}

macro_rules! assets {
    ($($name:literal: $media:literal),* $(,)?) => {
        const ASSETS: &[Asset] = &[$(Asset {
            name: $name,
            media: $media,
            bytes: include_bytes!(concat!("../../assets/", $name)),
        }),*];
    };
}

assets! {
    "app.css": "text/css; charset=utf-8",
    "keying.js": "text/javascript; charset=utf-8",
    "leave.js": "text/javascript; charset=utf-8",
    "live.js": "text/javascript; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "report.js": "text/javascript; charset=utf-8",
    "suggest.js": "text/javascript; charset=utf-8",
    "report-worker.js": "text/javascript; charset=utf-8",
    "upload.js": "text/javascript; charset=utf-8",
    "words.js": "text/javascript; charset=utf-8",
    "icons.svg": "image/svg+xml",
}

/// One mark for all: modules name each other by relative addresses, so a
/// change in one must give all of them new addresses.
fn mark() -> &'static str {
    static MARK: OnceLock<String> = OnceLock::new();
    MARK.get_or_init(|| {
        let mut digest = Sha256::new();
        ASSETS.iter().for_each(|asset| digest.update(asset.bytes));
        digest
            .finalize()
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    })
}

/// The address of a file, the content's mark included.
#[must_use]
pub fn address(name: &str) -> String {
    format!("/assets/{}/{name}", mark())
}

/// Serves them.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .at("/assets/{mark}/{name}", Guard::Public, get(serve))
        .at("/report-worker.js", Guard::Public, get(worker))
}

async fn serve(Path((_, name)): Path<(String, String)>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.media),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, asset.bytes).into_response()
}

/// The worker must live at the top to look after the report pages, and must be
/// asked for anew each time.
async fn worker() -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == "report-worker.js") else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, asset.media),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    (headers, asset.bytes).into_response()
}
