//! Elections of a congress: people, lists, papers, tally sheets, results,
//! what is decided, custody.

mod actions;
pub mod cli;
mod counted;
mod documents;
mod forms;
mod keying;
mod pages;
mod refusals;
mod verbs;

use axum::routing::{get, post};
use plenum_rules::access::Permission;

use crate::shell::{Guard, Routes};
use verbs::{HallVerb, Verb};

/// A form's route: its address and who may knock; what it does is the verb's.
macro_rules! forms {
    ($routes:expr, $prefix:literal, $perform:path; $($address:literal => $verb:expr),* $(,)?) => {
        $routes$(.at(
            concat!($prefix, $address),
            Guard::May($verb.permission()),
            post(|app, visitor, path, form| $perform($verb, app, visitor, path, form)),
        ))*
    };
}

/// The routes.
#[must_use]
pub fn routes() -> Routes {
    let see = Guard::May(Permission::SeeElection);
    let routes = keying::routes()
        .at("/s/{season}/elections", see, get(pages::hall::open))
        .at(
            "/s/{season}/elections/{id}",
            see,
            get(pages::election::open),
        )
        .at(
            "/s/{season}/elections/{id}/wall",
            Guard::MayEither(Permission::SeeElection, Permission::SeeWall),
            get(pages::wall::open),
        )
        .at(
            "/s/{season}/elections/{id}/paper/{file}",
            see,
            get(pages::files::download),
        );
    let routes = forms!(routes, "/s/{season}/elections/hall/", pages::hall::perform;
        "set-up" => HallVerb::SetUp,
        "call-again" => HallVerb::CallAgain,
        "uncall" => HallVerb::Uncall,
        "people" => HallVerb::People,
        "person" => HallVerb::Person,
        "remove" => HallVerb::Remove,
        "attend" => HallVerb::Attend,
        "plan" => HallVerb::Plan,
        "unplan" => HallVerb::Unplan,
        "introduce" => HallVerb::Introduce,
        "introduction" => HallVerb::Introduction,
        "sit" => HallVerb::Sit,
        "begin" => HallVerb::Begin,
        "skip" => HallVerb::Skip,
        "hold" => HallVerb::Hold,
        "reply" => HallVerb::Reply,
        "appoint" => HallVerb::Appoint,
    );
    forms!(routes, "/s/{season}/elections/{id}/", pages::election::perform;
        "seats" => Verb::Seats,
        "nominate" => Verb::Nominate,
        "nomination" => Verb::Nomination,
        "ask" => Verb::Ask,
        "heard" => Verb::Heard,
        "sift" => Verb::Sift,
        "close-names" => Verb::CloseNames,
        "approve" => Verb::Approve,
        "reopen" => Verb::Reopen,
        "print" => Verb::Print,
        "hand-out" => Verb::HandOut,
        "counters" => Verb::Counters,
        "close" => Verb::Close,
        "correct" => Verb::Correct,
        "sheet" => Verb::Sheet,
        "drop-sheet" => Verb::DropSheet,
        "count-again" => Verb::CountAgain,
        "settle" => Verb::Settle,
        "confirm" => Verb::Confirm,
        "announce" => Verb::Announce,
        "decide" => Verb::Decide,
        "undecide" => Verb::Undecide,
        "further" => Verb::Further,
        "annul" => Verb::Annul,
        "seal" => Verb::Seal,
        "seal-again" => Verb::SealAgain,
        "complain" => Verb::Complain,
        "answer" => Verb::Answer,
        "unseal" => Verb::Unseal,
        "report" => Verb::Report,
        "ratify" => Verb::Ratify,
        "ratify-again" => Verb::RatifyAgain,
        "destroy" => Verb::Destroy,
    )
}
