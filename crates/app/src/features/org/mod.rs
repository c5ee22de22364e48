//! The dated tree of units: looking, changing, importing, exporting.

use crate::shell::Routes;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
