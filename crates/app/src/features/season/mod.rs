//! The season: instruments, plans, pilots, people in charge, visits, findings.

mod actions;
mod fields;
mod pages;
mod roll;

use crate::shell::Routes;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    pages::routes()
}
