//! Putting right and taking back what a plan holds.

use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{self, Kept, Withdrawal};
use serde_json::{Value, json};

use crate::shell::Cx;
use crate::shell::problem::{Problem, Result};

/// What is taken back, from when on, and why.
#[derive(Clone, Debug)]
pub struct TakeBack {
    /// The record.
    pub record: u128,
    /// The first day on which it counts no longer; the days before still show
    /// it.
    pub from: Day,
    /// Why.
    pub reason: String,
    /// The superior's consent, where the rules ask for one.
    pub consent: Option<String>,
}

/// Takes a record back and writes the audit row. `kept` says what sort it is,
/// whose, and since when it counts; `said` is what it was, for the audit.
///
/// # Errors
/// `E-SEA-68` before it counted; `E-SEA-69` where it was taken back already.
pub(super) async fn take_back(
    cx: &mut Cx,
    event: &'static str,
    id: &SeasonId,
    (kept, unit, begun): (Kept, UnitId, Day),
    (what, said): (TakeBack, Value),
) -> Result<()> {
    if what.from < begun {
        return Err(Problem::field("E-SEA-68", "until"));
    }
    let standing = season::withdrawals(&mut cx.tx, id).await?;
    if standing.contains_key(&what.record) {
        return Err(Problem::field("E-SEA-69", "until"));
    }
    let withdrawal = Withdrawal {
        record: what.record,
        from: what.from,
        reason: what.reason,
        consent: what.consent,
        by: cx.who.actor(),
        on: cx.today,
    };
    season::withdraw(&mut cx.tx, id, kept, &withdrawal).await?;
    let detail = json!({
        "what": said, "from": withdrawal.from, "reason": withdrawal.reason,
        "consent": withdrawal.consent,
    });
    corrected(cx, event, id, unit, &detail).await
}

/// The audit row of a change, and news for the screens.
///
/// # Errors
/// The database's.
pub(super) async fn corrected(
    cx: &mut Cx,
    event: &'static str,
    id: &SeasonId,
    unit: UnitId,
    detail: &Value,
) -> Result<()> {
    cx.record(event, Some(id.as_str()), Some(unit), detail)
        .await?;
    cx.touch(unit).await
}
