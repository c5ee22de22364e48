//! The report upwards, as PDF, DOCX and XLSX.

use crate::shell::Routes;

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
}
