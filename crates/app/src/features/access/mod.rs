//! Logging in, accounts, roles, tokens, and the memory of who did what.

pub mod actions;
pub mod cli;
mod pages;
#[cfg(test)]
mod tests;

use axum::routing::{get, post};

use crate::shell::{Guard, Routes};

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .at(
            "/login",
            Guard::Public,
            get(pages::login::page).post(pages::login::log_in),
        )
        .at(
            "/login/code",
            Guard::Public,
            get(pages::steps::code_page).post(pages::steps::code),
        )
        .at(
            "/login/renew",
            Guard::Public,
            get(pages::steps::renew_page).post(pages::steps::renew),
        )
        .at("/logout", Guard::SignedIn, post(pages::login::log_out))
        .at(
            "/setup",
            Guard::Public,
            get(pages::setup::page).post(pages::setup::set_up),
        )
}
