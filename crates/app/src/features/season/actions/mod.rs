//! What people do with a season.

mod findings;
mod instruments;
mod people;
mod plan;
mod preparation;
mod redate;
mod setup;

pub use findings::{Deal, MOST_UNITS, Sought, Weighed, deal, weigh};
pub use instruments::{NewInstrument, acknowledge, add_briefing, add_instrument};
pub use people::{NewCharge, answer_visit, assign, record_visit};
pub use plan::{NewWindow, add_event, add_window, remove_event, set_apart};
pub use preparation::{add_step, add_work};
pub use redate::{Redating, preview, redate};
pub use setup::{NewSeason, create};

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
