//! How many of how many, on any day, at any node.

mod chart;
pub mod cli;
mod live;
mod pages;
mod rows;
mod wall;

use axum::routing::get;
use plenum_rules::access::Permission;

use crate::shell::{Guard, Routes};

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    Routes::new()
        .at(
            "/s/{season}/progress",
            Guard::May(Permission::SeeProgress),
            get(pages::progress),
        )
        .at(
            "/s/{season}/progress.xlsx",
            Guard::May(Permission::SeeProgress),
            get(pages::table_as_xlsx),
        )
        .at(
            "/s/{season}/wall",
            Guard::May(Permission::SeeWall),
            get(wall::wall),
        )
        .at("/live", Guard::May(Permission::SeeWall), get(live::live))
}
