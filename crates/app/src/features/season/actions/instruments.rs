//! Instruments: recorded, put right, taken back, acknowledged.

use plenum_rules::access::Permission;
use plenum_rules::season::{InstrumentCode, InstrumentKey, InstrumentKind, check_instruments};
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{self, InstrumentRow, Kept};
use plenum_store::{db, org};
use serde_json::json;

use super::mending::{self, Mend, TakeBack};
use super::{season_of, season_with};
use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};
use crate::shell::reporting::filed_for;

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

impl NewInstrument {
    fn row(&self, id: u128) -> InstrumentRow {
        InstrumentRow {
            id,
            key: self.key.clone(),
            unit: self.unit,
            kind: self.kind,
            title: self.title.clone(),
            issuer_unit: self.own.then_some(self.unit),
            derived_from: self.derived_from,
            acknowledge_by: self.acknowledge_by,
            until: None,
        }
    }
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
    let row = new.row(db::new_id());
    check_chain(cx, id, &row).await?;
    check_addresses(cx, new.unit, &new.addressed).await?;
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

/// Puts right what was entered wrongly of an instrument, and addresses it to
/// further units. Who said already that they know it stays.
///
/// # Errors
/// As [`add_instrument`]; not found.
pub async fn correct_instrument(
    cx: &mut Cx,
    id: &SeasonId,
    record: u128,
    mut new: NewInstrument,
    reason: &str,
) -> Result<()> {
    let before = instrument_of(cx, id, record).await?;
    cx.must(Permission::EditSeason, before.unit).await?;
    new.unit = before.unit;
    let after = InstrumentRow {
        until: before.until,
        issuer_unit: match (new.own, before.issuer_unit) {
            (true, Some(issuer)) => Some(issuer),
            (true, None) => Some(before.unit),
            (false, _) => None,
        },
        ..new.row(record)
    };
    check_chain(cx, id, &after).await?;
    check_addresses(cx, new.unit, &new.addressed).await?;
    season::correct_instrument(&mut cx.tx, &after).await?;
    season::address(&mut cx.tx, record, &new.addressed).await?;
    let said = |row: &InstrumentRow| {
        json!({
            "instrument": row.key, "kind": row.kind, "title": row.title,
            "acknowledge_by": row.acknowledge_by, "derived_from": row.derived_from.map(UnitId),
        })
    };
    let detail = json!({
        "reason": reason, "before": said(&before), "after": said(&after), "addressed": new.addressed,
    });
    mending::corrected(cx, "instrument.correct", id, new.unit, &detail).await
}

/// Takes an instrument back from a day on: nobody is asked for it any more.
///
/// # Errors
/// `E-403`, not found; `E-SEA-68` before its date; `E-SEA-69`.
pub async fn withdraw_instrument(cx: &mut Cx, id: &SeasonId, what: TakeBack) -> Result<()> {
    let known = instrument_of(cx, id, what.record).await?;
    cx.must(Permission::EditSeason, known.unit).await?;
    let kept = (Kept::Instrument, known.unit, known.key.date);
    let said = json!(known.key);
    mending::take_back(cx, "instrument.withdraw", id, kept, (what, said)).await
}

/// Gives the withdrawal of an instrument another day, or takes it back.
///
/// # Errors
/// `E-403`, not found; `E-SEA-68`, `E-SEA-70`.
pub async fn mend_instrument(cx: &mut Cx, id: &SeasonId, mend: Mend) -> Result<()> {
    let known = instrument_of(cx, id, mend.record).await?;
    cx.must(Permission::EditSeason, known.unit).await?;
    let kept = (Kept::Instrument, known.unit, known.key.date);
    let said = json!(known.key);
    mending::mend(cx, id, kept, (mend, said), None).await
}

pub(super) async fn instrument_of(
    cx: &mut Cx,
    id: &SeasonId,
    record: u128,
) -> Result<InstrumentRow> {
    season::instrument(&mut cx.tx, id, record)
        .await?
        .ok_or_else(Problem::not_found)
}

/// Refuses an instrument that does not fit the others of the season.
async fn check_chain(cx: &mut Cx, id: &SeasonId, row: &InstrumentRow) -> Result<()> {
    let mut rows = season::instruments(&mut cx.tx, id).await?;
    rows.retain(|known| known.id != row.id);
    if row
        .derived_from
        .is_some_and(|source| source != row.id && rows.iter().all(|known| known.id != source))
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
    Ok(())
}

/// Refuses units that do not stand below the recording one.
async fn check_addresses(cx: &mut Cx, recording: UnitId, addressed: &[UnitId]) -> Result<()> {
    for unit in addressed {
        let path = org::path_on(&mut cx.tx, *unit, cx.today).await?;
        if !path.contains(&recording) {
            return Err(Problem::field("E-SEA-57", "addressed"));
        }
    }
    Ok(())
}

/// Notes that a unit knows an instrument addressed to it; in a season that is
/// over, on the season's own day.
///
/// # Errors
/// `E-403`; `E-SEA-58` where it is not addressed to the unit, or the unit said
/// so before; `E-SEA-69` where it was withdrawn.
pub async fn acknowledge(cx: &mut Cx, id: &SeasonId, instrument: u128, unit: UnitId) -> Result<()> {
    cx.must(Permission::AcknowledgeInstrument, unit).await?;
    let season = season_of(cx, id).await?;
    let row = instrument_of(cx, id, instrument).await?;
    let by = cx.who.login.clone();
    let given = filed_for(&season, cx.today);
    if row.until.is_some_and(|until| until <= given) {
        return Err(Problem::refused("E-SEA-69"));
    }
    if !season::acknowledge(&mut cx.tx, instrument, unit, given, &by).await? {
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
