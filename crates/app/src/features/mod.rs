//! One room for each noun. No feature names another: what two of them need is
//! a rule, a part of the shell, or the store's.

pub mod access;
pub mod api;
pub mod congress;
pub mod demo;
pub mod home;
pub mod org;
pub mod progress;
pub mod reports;
pub mod season;
pub mod voting;

use crate::shell::Routes;

/// Every route of the program.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .and(home::routes())
        .and(progress::routes())
        .and(congress::routes())
        .and(org::routes())
        .and(season::routes())
        .and(voting::routes())
        .and(reports::routes())
        .and(access::routes())
        .and(api::routes())
}
