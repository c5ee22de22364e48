//! When the running terms of units end (R56).

use plenum_rules::access::Permission;
use plenum_rules::{SeasonId, UnitId};
use plenum_store::org;
use plenum_store::season::{self, UnitTerm};
use serde_json::json;

use super::{mending, season_with};
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// Records when a unit's running term ends, where that is not its level's day.
///
/// # Errors
/// `E-403`; `E-SEA-74` where the unit holds no congress in the season.
pub async fn set_term(cx: &mut Cx, id: &SeasonId, term: UnitTerm) -> Result<()> {
    cx.must(Permission::EditSeason, term.unit).await?;
    let season = season_with(cx, id, term.unit).await?;
    let unit = org::near(&mut cx.tx, term.unit, cx.today).await?;
    if unit.is_none_or(|unit| season.term(&unit.level).is_none()) {
        return Err(Problem::field("E-SEA-74", "target"));
    }
    let before = season::unit_terms_of(&mut cx.tx, id, &[term.unit]).await?;
    season::set_term(&mut cx.tx, id, &term).await?;
    let before = before.get(&term.unit).map(|before| before.ends);
    let detail = json!({"before": before, "ends": term.ends, "basis": term.basis});
    mending::corrected(cx, "term.set", id, term.unit, &detail).await
}

/// Lets the level's day count for a unit again.
///
/// # Errors
/// `E-403`; not found where the unit has no day of its own.
pub async fn clear_term(cx: &mut Cx, id: &SeasonId, unit: UnitId) -> Result<()> {
    cx.must(Permission::EditSeason, unit).await?;
    let before = season::unit_terms_of(&mut cx.tx, id, &[unit]).await?;
    let before = before.get(&unit).ok_or_else(Problem::not_found)?;
    season::clear_term(&mut cx.tx, id, unit).await?;
    let detail = json!({"before": before.ends, "basis": before.basis});
    mending::corrected(cx, "term.clear", id, unit, &detail).await
}
