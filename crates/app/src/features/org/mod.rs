//! The dated tree of units: looking, changing, importing, exporting.

mod actions;
pub mod cli;
mod effects;
mod findings;
mod pages;
mod refusals;
mod sheets;
#[cfg(test)]
mod tests;
mod wish;

use axum::routing::get;
use plenum_rules::access::Permission as P;

use crate::shell::{Guard, Routes};

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .at("/units", Guard::May(P::SeeUnit), get(pages::tree::page))
        .at(
            "/units/{code}",
            Guard::May(P::SeeUnit),
            get(pages::unit::page),
        )
        .at(
            "/export/units",
            Guard::May(P::DownloadReport),
            get(pages::export::file),
        )
        .at("/search", Guard::May(P::SeeUnit), get(pages::search::page))
        .at(
            "/tree/{verb}",
            Guard::May(P::EditTree),
            get(pages::change::form).post(pages::change::send),
        )
        .at(
            "/import",
            Guard::May(P::ImportTree),
            get(pages::upload::page).post(pages::upload::send),
        )
        .at(
            "/import/{draft}",
            Guard::May(P::ImportTree),
            get(pages::preview::page).post(pages::preview::confirm),
        )
}
