//! What waits for whoever is logged in.

mod lists;
mod pages;

use axum::routing::get;

use crate::shell::{Guard, Routes};

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().at("/", Guard::SignedIn, get(pages::home))
}
