//! A congress that is not held by its unit: cancelled, handed over, resumed.

use plenum_rules::Day;
use plenum_rules::access::Permission;
use serde_json::json;

use super::{At, change, permitted};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem, units};

/// It will not be held.
///
/// # Errors
/// `E-CON-01`, `E-CON-08`.
pub async fn cancel(cx: &mut Cx, at: &At, reason: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let what = ("congress.cancelled", json!({"reason": reason}));
    change(cx, subject, what, |congress, today| {
        congress.cancel(today, reason)
    })
    .await
}

/// A successor unit holds it instead.
///
/// # Errors
/// `E-CON-22` for an unknown successor, `E-SEA-47` and `E-SEA-48` for a name
/// that does not say which, `E-CON-01`, `E-CON-08`.
pub async fn hand_over(cx: &mut Cx, at: &At, to: &str, reason: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let root = Some(subject.season.root);
    let successor = units::typed(&mut cx.tx, root, to, subject.recorded, "to").await;
    let successor = match successor {
        Ok(found) if found.unit != subject.unit.unit => found,
        // Several of that name, or names like it: which is meant is said there.
        Err(problem) if problem.code == "E-SEA-47" || problem.code == "E-SEA-48" => {
            return Err(problem);
        }
        Err(problem) if problem.inner.is_some() => return Err(problem),
        _ => return Err(Problem::field("E-CON-22", "to")),
    };
    // Whoever takes over must itself hold a congress in this season, or the
    // congress would vanish from the count.
    if subject.season.term(&successor.level).is_none() {
        return Err(Problem::field("E-CON-22", "to"));
    }
    let detail = json!({"to": successor.unit.to_string(), "code": successor.code, "name": successor.name, "reason": reason});
    change(
        cx,
        subject,
        ("congress.handed_over", detail),
        |congress, today| congress.hand_over(today, successor.unit, reason),
    )
    .await
}

/// It is to be held after all: a cancellation or hand-over is undone.
///
/// # Errors
/// `E-CON-01`, `E-CON-08`.
pub async fn resume(cx: &mut Cx, at: &At, reason: &str) -> Result<Day> {
    let subject = permitted(cx, at, Permission::MoveCongressState).await?;
    let what = ("congress.resumed", json!({"reason": reason}));
    change(cx, subject, what, |congress, today| {
        congress.resume(today, reason)
    })
    .await
}
