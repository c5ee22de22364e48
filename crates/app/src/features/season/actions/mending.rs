//! Putting right and taking back what a plan holds, and mending a withdrawal
//! that was itself entered wrongly.

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

/// A withdrawal that was entered wrongly, as it is to be.
#[derive(Clone, Debug)]
pub struct Mend {
    /// The record that was withdrawn.
    pub record: u128,
    /// The first day on which it counts no longer; `None`: it was not to be
    /// withdrawn at all.
    pub from: Option<Day>,
    /// Why the withdrawal is put right.
    pub reason: String,
    /// The superior's consent, where the rules ask for one.
    pub consent: Option<String>,
}

/// That a record was withdrawn.
///
/// # Errors
/// `E-SEA-70` where it was not, or not any more.
pub(super) async fn withdrawal(cx: &mut Cx, id: &SeasonId, record: u128) -> Result<Withdrawal> {
    season::withdrawals(&mut cx.tx, id)
        .await?
        .remove(&record)
        .ok_or_else(|| Problem::field("E-SEA-70", "again"))
}

/// Gives a withdrawal another day, or takes it back; the log keeps both.
/// `kept` says what sort of record it is, whose, and since when it counts;
/// `until` is the day on which something else ends it anyway.
///
/// # Errors
/// `E-SEA-68` before it counted; `E-SEA-70` where it was not withdrawn.
pub(super) async fn mend(
    cx: &mut Cx,
    id: &SeasonId,
    (kept, unit, begun): (Kept, UnitId, Day),
    (mend, said): (Mend, Value),
    until: Option<Day>,
) -> Result<()> {
    let before = withdrawal(cx, id, mend.record).await?;
    let (event, after) = match mend.from {
        Some(from) if from < begun => return Err(Problem::field("E-SEA-68", "again")),
        Some(from) => {
            let after = Withdrawal {
                from,
                consent: mend.consent,
                ..before.clone()
            };
            season::redate_withdrawal(&mut cx.tx, id, kept, &after).await?;
            let day = json!({"from": after.from, "consent": after.consent});
            ("withdrawal.redate", day)
        }
        None => {
            season::restore(&mut cx.tx, id, kept, mend.record, until).await?;
            ("withdrawal.restore", Value::Null)
        }
    };
    let detail = json!({
        "kind": kept.code(), "what": said, "reason": mend.reason, "from": mend.from,
        "before": {"from": before.from, "reason": before.reason, "consent": before.consent},
        "after": after,
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
