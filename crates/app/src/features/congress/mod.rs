//! The congress of one unit: its facts, its report, and the level above.

mod actions;
mod form;
mod history;
mod phone;
mod typed;

use axum::routing::get;
use plenum_rules::access::Permission;

use crate::shell::{Guard, Routes};

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new().at(
        "/r/{season}/{unit}",
        Guard::May(Permission::ReportCongress),
        get(phone::open).post(phone::send),
    )
}
