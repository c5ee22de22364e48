//! Instruments and the conferences that make them known.

use plenum_rules::access::Permission;
use plenum_rules::season::{InstrumentCode, InstrumentKey, InstrumentKind, check_instruments};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{self, Briefing, InstrumentRow};
use plenum_store::{db, org};
use serde_json::json;

use super::{season_of, season_with};
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// An instrument as typed in.
#[derive(Clone, Debug)]
pub struct NewInstrument {
    /// Issuer, number and date.
    pub key: InstrumentKey,
    /// What sort.
    pub kind: InstrumentKind,
    /// What it is about.
    pub title: String,
    /// The unit that records it: whose own it is, or which it binds.
    pub unit: UnitId,
    /// Whether that unit issued it itself.
    pub own: bool,
    /// The recorded instrument it carries out.
    pub derived_from: Option<u128>,
    /// The units it is addressed to.
    pub addressed: Vec<UnitId>,
    /// The last day on which they should have said they know it.
    pub acknowledge_by: Option<Day>,
}

/// Records an instrument and whom it is addressed to. The same number of
/// another date is another instrument.
///
/// # Errors
/// `E-403`; `E-INS-01`, `E-INS-03`; `E-SEA-57` where it is addressed outside
/// the recording unit's part of the tree.
pub async fn add_instrument(cx: &mut Cx, id: &SeasonId, new: NewInstrument) -> Result<u128> {
    cx.must(Permission::EditSeason, new.unit).await?;
    season_with(cx, id, new.unit).await?;
    let row = InstrumentRow {
        id: db::new_id(),
        key: new.key,
        kind: new.kind,
        title: new.title,
        issuer_unit: new.own.then_some(new.unit),
        derived_from: new.derived_from,
        acknowledge_by: new.acknowledge_by,
    };
    let mut rows = season::instruments(&mut cx.tx, id).await?;
    if row
        .derived_from
        .is_some_and(|source| rows.iter().all(|known| known.id != source))
    {
        return Err(Problem::not_found());
    }
    rows.push(row.clone());
    for found in check_instruments(&season::chain(&rows)) {
        let field = match found.code {
            InstrumentCode::BeforeSource | InstrumentCode::Circle => "derived_from",
            InstrumentCode::Twice => "number",
            _ => continue,
        };
        if found.instrument == row.key {
            return Err(Problem::field(found.code.code(), field));
        }
    }
    for unit in &new.addressed {
        if !org::path_on(&mut cx.tx, *unit, cx.today)
            .await?
            .contains(&new.unit)
        {
            return Err(Problem::field("E-SEA-57", "addressed"));
        }
    }
    season::add_instrument(&mut cx.tx, id, &row).await?;
    season::address(&mut cx.tx, row.id, &new.addressed).await?;
    let detail = json!({
        "instrument": row.key, "kind": row.kind, "title": row.title, "addressed": new.addressed,
    });
    cx.record("instrument.add", Some(id.as_str()), Some(new.unit), &detail)
        .await?;
    cx.touch(new.unit).await?;
    Ok(row.id)
}

/// Notes that a unit knows an instrument addressed to it.
///
/// # Errors
/// `E-403`; `E-SEA-58` where it is not addressed to the unit, or the unit said
/// so before.
pub async fn acknowledge(cx: &mut Cx, id: &SeasonId, instrument: u128, unit: UnitId) -> Result<()> {
    cx.must(Permission::AcknowledgeInstrument, unit).await?;
    season_of(cx, id).await?;
    let row = season::instrument(&mut cx.tx, id, instrument)
        .await?
        .ok_or_else(Problem::not_found)?;
    let by = cx.who.login.clone();
    if !season::acknowledge(&mut cx.tx, instrument, unit, cx.today, &by).await? {
        return Err(Problem::refused("E-SEA-58"));
    }
    cx.record(
        "instrument.acknowledge",
        Some(id.as_str()),
        Some(unit),
        &json!({"instrument": row.key}),
    )
    .await?;
    cx.touch(unit).await
}

/// Records a conference.
///
/// # Errors
/// `E-403`, not found for an unknown instrument.
pub async fn add_briefing(cx: &mut Cx, id: &SeasonId, briefing: Briefing) -> Result<()> {
    cx.must(Permission::EditSeason, briefing.unit).await?;
    season_with(cx, id, briefing.unit).await?;
    for instrument in &briefing.instruments {
        season::instrument(&mut cx.tx, id, *instrument)
            .await?
            .ok_or_else(Problem::not_found)?;
    }
    season::add_briefing(&mut cx.tx, id, &briefing).await?;
    let detail =
        json!({"title": briefing.title, "day": briefing.day, "attendance": briefing.attendance});
    cx.record(
        "briefing.add",
        Some(id.as_str()),
        Some(briefing.unit),
        &detail,
    )
    .await?;
    cx.touch(briefing.unit).await
}
