//! Ballots keyed one by one: bundles, passes by different people, every key on
//! record, and the papers looked at again where passes differ.

mod actions;
mod desk;
mod differences;
mod keyboard;
mod pages;
mod rulings;
mod subject;

use axum::routing::{get, post};
use plenum_rules::access::Permission;

use crate::shell::{Guard, Routes};

pub use desk::keyed;
pub use subject::of;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    let key = Guard::May(Permission::KeyBallots);
    Routes::new()
        .at("/s/{season}/elections/{id}/count", key, get(pages::count))
        .at(
            "/s/{season}/elections/{id}/bundles",
            Guard::May(Permission::RunElection),
            post(pages::tie),
        )
        .at(
            "/s/{season}/elections/{id}/untie",
            Guard::May(Permission::RunElection),
            post(pages::untie),
        )
        .at("/s/{season}/elections/{id}/take", key, post(pages::take))
        .at(
            "/s/{season}/elections/{id}/key",
            key,
            get(keyboard::key).post(keyboard::keys),
        )
        .at(
            "/s/{season}/elections/{id}/finish",
            key,
            post(pages::finish),
        )
        .at("/s/{season}/elections/{id}/again", key, post(pages::again))
        .at(
            "/s/{season}/elections/{id}/compared",
            key,
            post(pages::compared),
        )
        .at(
            "/s/{season}/elections/{id}/rulings",
            key,
            get(rulings::open).post(rulings::rule),
        )
        .at(
            "/s/{season}/elections/{id}/compare",
            key,
            get(differences::compare).post(differences::resolve),
        )
}
