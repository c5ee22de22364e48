//! What people do with a season.

mod briefings;
mod findings;
mod instruments;
mod mending;
mod people;
mod plan;
mod preparation;
mod redate;
mod setup;
mod steps;
mod terms;
mod windows;

pub use briefings::{add_briefing, correct_briefing, mend_briefing, withdraw_briefing};
pub use findings::{Deal, MOST_UNITS, Sought, Weighed, deal, weigh};
pub use instruments::{
    NewInstrument, acknowledge, add_instrument, correct_instrument, mend_instrument,
    withdraw_instrument,
};
pub use mending::{Mend, TakeBack};
pub use people::{
    NewCharge, answer_visit, assign, correct_visit, end_charge, mend_charge, record_visit,
    rename_member,
};
pub use plan::{
    add_event, correct_event, correct_mark, mend_event, mend_mark, set_apart, withdraw_event,
    withdraw_mark,
};
pub use preparation::{add_work, correct_work, mend_work, withdraw_work};
pub use redate::{Redating, preview, redate};
pub use setup::{Edited, NewSeason, TypedLevel, create, edit};
pub use steps::{add_step, correct_step, mend_step, withdraw_step};
pub use terms::{clear_term, set_term};
pub use windows::{NewWindow, add_window, correct_window, mend_window, withdraw_window};

use plenum_rules::{SeasonId, UnitId};
use plenum_store::season::{self, Season};

use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// The most units whose counters are changed one by one; beyond, the season is
/// counted anew.
const ONE_BY_ONE: usize = 2_000;

/// The season of an id.
async fn season_of(cx: &mut Cx, id: &SeasonId) -> Result<Season> {
    season::load(&mut cx.tx, id)
        .await?
        .ok_or_else(Problem::not_found)
}

/// The season of an id, where the unit belongs to it today.
async fn season_with(cx: &mut Cx, id: &SeasonId, unit: UnitId) -> Result<Season> {
    let season = season_of(cx, id).await?;
    let path = plenum_store::org::path_on(&mut cx.tx, unit, cx.today).await?;
    if path.contains(&season.root) {
        Ok(season)
    } else {
        Err(Problem::not_found())
    }
}
