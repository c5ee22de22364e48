//! The routes of a season, each with who may knock.

use axum::routing::{get, post};
use plenum_rules::access::Permission;

use super::forms::{page, send};
use super::mended::{Mending, Withdrawing};
use super::{
    briefings, charges, edit, events, findings, handle, instruments, marks, new, overview, plan,
    redate, setup, steps, suggest, terms, visits, works,
};
use crate::shell::{Guard, Routes};

/// The routes by which records are taken back, and a withdrawal put right.
macro_rules! mended {
    ($routes:expr, $address:literal, $may:ident, $records:ty) => {
        $routes
            .at(
                concat!("/s/{season}/", $address, "/withdraw"),
                Guard::May(Permission::$may),
                post(send::<Withdrawing<$records>>),
            )
            .at(
                concat!("/s/{season}/", $address, "/withdrawal"),
                Guard::May(Permission::$may),
                post(send::<Mending<$records>>),
            )
    };
}

/// The routes.
pub fn routes() -> Routes {
    let see = Guard::May(Permission::SeeProgress);
    let routes = Routes::new()
        .at("/seasons", Guard::SignedIn, get(setup::list))
        .at(
            "/seasons/new",
            Guard::May(Permission::EditSeason),
            get(new::form).post(new::save),
        )
        .at(
            "/seasons/units",
            Guard::May(Permission::EditSeason),
            get(suggest::roots),
        )
        .at("/s/{season}/units", see, get(suggest::units))
        .at("/s/{season}", see, get(page::<overview::Page>))
        .at("/s/{season}/", see, get(page::<overview::Page>))
        .at(
            "/s/{season}/instruments",
            see,
            get(page::<instruments::Page>).post(send::<instruments::Recorded>),
        )
        .at(
            "/s/{season}/instruments/acknowledge",
            Guard::May(Permission::AcknowledgeInstrument),
            post(send::<instruments::Acknowledged>),
        )
        .at(
            "/s/{season}/instruments/briefing",
            Guard::May(Permission::EditSeason),
            post(send::<briefings::Held>),
        )
        .at(
            "/s/{season}/plan",
            see,
            get(page::<plan::Page>).post(send::<plan::Recorded>),
        )
        .at(
            "/s/{season}/events",
            see,
            get(page::<events::Page>).post(send::<events::Recorded>),
        )
        .at(
            "/s/{season}/marks",
            see,
            get(page::<marks::Page>).post(send::<marks::Recorded>),
        )
        .at(
            "/s/{season}/charges",
            see,
            get(page::<charges::Page>).post(send::<charges::Recorded>),
        )
        .at(
            "/s/{season}/charges/withdraw",
            Guard::May(Permission::AssignSupervisor),
            post(send::<charges::Ending>),
        )
        .at(
            "/s/{season}/charges/withdrawal",
            Guard::May(Permission::AssignSupervisor),
            post(send::<Mending<charges::Charges>>),
        )
        .at(
            "/s/{season}/visits",
            see,
            get(page::<visits::Page>).post(send::<visits::Recorded>),
        )
        .at(
            "/s/{season}/visits/answer",
            see,
            post(send::<visits::Answer>),
        )
        .at(
            "/s/{season}/works",
            see,
            get(page::<works::Page>).post(send::<works::Recorded>),
        )
        .at(
            "/s/{season}/works/step",
            Guard::May(Permission::EditSeason),
            post(send::<steps::Step>),
        )
        .at(
            "/s/{season}/edit",
            Guard::May(Permission::EditSeason),
            get(page::<edit::Page>).post(send::<edit::Changed>),
        )
        .at(
            "/s/{season}/terms",
            see,
            get(page::<terms::Page>).post(send::<terms::Recorded>),
        )
        .at(
            "/s/{season}/terms/clear",
            Guard::May(Permission::EditSeason),
            post(send::<terms::Cleared>),
        )
        .at(
            "/s/{season}/redate",
            Guard::May(Permission::DateCongress),
            get(redate::page).post(redate::save),
        )
        .at("/s/{season}/findings", see, get(findings::page))
        .at(
            "/s/{season}/findings/handle",
            Guard::May(Permission::HandleFinding),
            get(handle::form).post(handle::save),
        );
    let routes = mended!(routes, "instruments", EditSeason, instruments::Instruments);
    let routes = mended!(
        routes,
        "instruments/briefing",
        EditSeason,
        briefings::Briefings
    );
    let routes = mended!(routes, "plan", EditPlan, plan::Windows);
    let routes = mended!(routes, "marks", MarkPilot, marks::Marks);
    let routes = mended!(routes, "events", EditPlan, events::Events);
    let routes = mended!(routes, "works", EditSeason, works::Works);
    mended!(routes, "works/step", EditSeason, steps::Steps)
}
