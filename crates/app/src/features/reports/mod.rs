//! The report upwards, of any node on any day: on screen, as PDF, DOCX and
//! XLSX, all made from one document, its figures the board's.

mod actions;
mod cells;
pub mod cli;
mod document;
mod letter;
mod lists;
mod matter;
mod pages;
mod parts;
mod programs;

use axum::routing::get;
use plenum_rules::access::Permission;

use crate::shell::door::only;
use crate::shell::{Guard, Routes};

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    const MAY: Guard = Guard::May(Permission::DownloadReport);
    Routes::new()
        .at("/s/{season}/report", MAY, get(pages::preview))
        .at("/s/{season}/report.pdf", MAY, get(pages::pdf))
        .at("/s/{season}/report.docx", MAY, get(pages::docx))
        .at("/s/{season}/report.xlsx", MAY, get(pages::xlsx))
        .described(programs::document())
        .at(
            "/api/v1/seasons/{season}/report",
            Guard::Token,
            only(get(programs::report)),
        )
}
