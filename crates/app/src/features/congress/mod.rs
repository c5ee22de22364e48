//! The congress of one unit: its facts, its report, and the level above.

mod actions;
mod facts;
mod form;
mod history;
mod limits;
mod offered;
mod pages;
mod phone;
mod steps;
mod trial;
mod typed;
mod verbs;

use axum::routing::{get, post};
use plenum_rules::access::Permission;

use crate::shell::{Guard, Routes};
use verbs::Verb;

/// A step's route: its address and who may knock; what it does is the verb's.
macro_rules! step {
    ($routes:expr, $address:literal, $verb:expr) => {
        $routes.at(
            concat!("/s/{season}/congress/", $address),
            Guard::May($verb.permission()),
            post(|app, visitor, season, form| steps::perform($verb, app, visitor, season, form)),
        )
    };
}

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    let routes = Routes::new()
        .at(
            "/r/{season}/{unit}",
            Guard::May(Permission::ReportCongress),
            get(phone::open).post(phone::send),
        )
        .at(
            "/s/{season}/congress",
            Guard::May(Permission::SeeProgress),
            get(pages::open),
        )
        .at(
            "/s/{season}/confirm",
            Guard::May(Permission::ConfirmReport),
            post(steps::confirm_many),
        );
    let routes = step!(routes, "confirm", Verb::Confirm);
    let routes = step!(routes, "return", Verb::Return);
    let routes = step!(routes, "ratify", Verb::Ratify);
    let routes = step!(routes, "prepare", Verb::Prepare);
    let routes = step!(routes, "review", Verb::Review);
    let routes = step!(routes, "hold", Verb::Hold);
    let routes = step!(routes, "date", Verb::Date);
    let routes = step!(routes, "settle", Verb::Settle);
    let routes = step!(routes, "postpone", Verb::Postpone);
    let routes = step!(routes, "hand-over", Verb::HandOver);
    let routes = step!(routes, "cancel", Verb::Cancel);
    step!(routes, "resume", Verb::Resume)
}
