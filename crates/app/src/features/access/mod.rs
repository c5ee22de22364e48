//! Logging in, accounts, roles, tokens, and the memory of who did what.

use crate::shell::Routes;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
