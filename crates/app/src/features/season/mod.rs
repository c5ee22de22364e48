//! The season: instruments, plans, pilots, people in charge, visits, findings.

use crate::shell::Routes;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
