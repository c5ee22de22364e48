//! What waits for whoever is logged in, and the search.

use crate::shell::Routes;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
