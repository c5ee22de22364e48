//! Changes of units with an effective day.

use plenum_rules::org::{Change, Tree};
use plenum_rules::profile::Profile;
use plenum_rules::{Day, UnitId};
use plenum_store::db::new_id;
use serde_json::json;

use super::super::effects::{self, MANY, Turn};
use super::super::wish::{Asker, Planned, Wish, plan};
use crate::shell::Cx;
use crate::shell::problem::Result;

/// How many units get a line of their own in the record.
pub(super) const RECORDED: usize = 500;

/// Makes a change from a day on: found, rename, move, reclassify, resize,
/// close, merge, split. Answers with the unit to look at afterwards.
///
/// # Errors
/// Forbidden outside the person's subtree; `E-ORG-..`.
pub async fn change(cx: &mut Cx, profile: &Profile, day: Day, wish: &Wish) -> Result<UnitId> {
    let who = cx.who.clone();
    let asker = Asker {
        who: &who,
        today: cx.today,
        profile,
    };
    let planned = plan(&mut cx.tx, asker, day, wish, &mut new_id).await?;
    let (counted, new) = effects::counted(&mut cx.tx, &planned.change, day).await?;
    let news = principals(&planned.change);
    // Screens above the old place must hear of a move as well.
    for unit in &news {
        cx.touch(*unit).await?;
    }
    effects::write(&mut cx.tx, &planned.outcome, &counted, &new).await?;
    record(cx, &planned).await?;
    for unit in &news {
        cx.touch(*unit).await?;
    }
    Ok(news.last().copied().unwrap_or(UnitId(0)))
}

/// The units a change is about, the one that remains last.
fn principals(change: &Change) -> Vec<UnitId> {
    match change {
        Change::Found(new) => vec![new.unit],
        Change::Rename { unit, .. }
        | Change::Move { unit, .. }
        | Change::Reclassify { unit, .. }
        | Change::Resize { unit, .. }
        | Change::Close { unit } => vec![*unit],
        Change::Merge { units, into } => units.iter().copied().chain([into.unit]).collect(),
        Change::Split { unit, into } => [*unit]
            .into_iter()
            .chain(into.iter().map(|part| part.unit.unit))
            .collect(),
    }
}

/// One row for each unit touched, with its records before and after.
async fn record(cx: &mut Cx, planned: &Planned) -> Result<()> {
    let after = planned.before.after(&planned.outcome.edits);
    let all = effects::effects(planned);
    for effect in all.iter().take(RECORDED) {
        let event = event(&planned.change, &effect.turn, effect.unit);
        let mut detail = before_and_after(&planned.before, &after, effect.unit);
        detail["day"] = json!(planned.day);
        cx.record(event, None, Some(effect.unit), &detail).await?;
    }
    if all.len() > RECORDED {
        let rest: Vec<UnitId> = all
            .iter()
            .skip(RECORDED)
            .take(MANY)
            .map(|effect| effect.unit)
            .collect();
        cx.record(
            "tree.changed",
            None,
            None,
            &json!({"day": planned.day, "units": rest, "count": all.len()}),
        )
        .await?;
    }
    Ok(())
}

pub(super) fn before_and_after(before: &Tree, after: &Tree, unit: UnitId) -> serde_json::Value {
    json!({"before": before.versions(unit), "after": after.versions(unit)})
}

fn event(change: &Change, turn: &Turn, unit: UnitId) -> &'static str {
    match (change, turn) {
        (_, Turn::Begins) => "unit.founded",
        (Change::Merge { units, .. }, _) if units.contains(&unit) => "unit.merged",
        (Change::Split { unit: ended, .. }, _) if *ended == unit => "unit.split",
        (Change::Rename { .. }, _) => "unit.renamed",
        (Change::Reclassify { .. }, _) => "unit.reclassified",
        (Change::Resize { .. }, _) => "unit.resized",
        (Change::Close { .. }, _) => "unit.closed",
        // What stood below a unit that merged or split has moved.
        (
            Change::Move { .. } | Change::Merge { .. } | Change::Split { .. } | Change::Found(_),
            _,
        ) => "unit.moved",
    }
}
