//! The congress of one unit: its facts, its report, and the level above.

use crate::shell::Routes;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
