//! What an outcome means: unit by unit before and after, and for the seasons.

use std::collections::BTreeSet;

use plenum_rules::org::{Change, Edit, Level, Outcome, Tree, UnitVersion};
use plenum_rules::progress::{Contributions, Facet, GroupKey};
use plenum_rules::{Day, UnitId};
use plenum_store::progress::{self, Subjects};
use plenum_store::season::{self, Season};
use plenum_store::{Tx, org};

use super::wish::Planned;
use crate::shell::problem::Result;

/// Beyond so many units counters are counted anew instead of changed.
pub const MANY: usize = 2_000;

/// What becomes of a unit on the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Turn {
    /// It begins.
    Begins,
    /// It ends.
    Ends,
    /// It goes on and something about it changes.
    Changes,
    /// Only later records change.
    Later,
}

/// One unit before and after.
#[derive(Clone, Debug)]
pub struct Effect {
    /// Which.
    pub unit: UnitId,
    /// What becomes of it.
    pub turn: Turn,
    /// As it stands on the day.
    pub before: Option<UnitVersion>,
    /// As it will stand on the day.
    pub after: Option<UnitVersion>,
}

/// The effects on every unit touched, what ends first.
#[must_use]
pub fn effects(planned: &Planned) -> Vec<Effect> {
    let after = planned.before.after(&planned.outcome.edits);
    let mut effects: Vec<Effect> = planned
        .outcome
        .touched
        .iter()
        .map(|unit| effect(&planned.before, &after, *unit, planned.day))
        .collect();
    effects.sort_by_key(|effect| match effect.turn {
        Turn::Ends => 0,
        Turn::Begins => 1,
        Turn::Changes => 2,
        Turn::Later => 3,
    });
    effects
}

fn effect(before: &Tree, after: &Tree, unit: UnitId, day: Day) -> Effect {
    let old = before.on(unit, day).cloned();
    let new = after.on(unit, day).cloned();
    let turn = match (&old, &new) {
        (None, Some(_)) => Turn::Begins,
        (Some(_), None) => Turn::Ends,
        (Some(old), Some(new)) if facts(old) != facts(new) => Turn::Changes,
        _ => Turn::Later,
    };
    Effect {
        unit,
        turn,
        before: old,
        after: new,
    }
}

fn facts(version: &UnitVersion) -> (&str, &str, Option<UnitId>, &str, &str, u32) {
    (
        &version.code,
        &version.name,
        version.parent,
        &version.level.0,
        &version.kind.0,
        version.members,
    )
}

/// The units whose counting an outcome can touch: for units that end or move,
/// with all below them.
///
/// # Errors
/// The database's.
pub async fn counted(tx: &mut Tx, change: &Change, day: Day) -> Result<(Vec<UnitId>, Vec<UnitId>)> {
    Ok(match change {
        // Names and codes are not counted.
        Change::Rename { .. } => (Vec::new(), Vec::new()),
        Change::Found(new) => (Vec::new(), vec![new.unit]),
        Change::Resize { unit, .. } | Change::Reclassify { unit, .. } | Change::Close { unit } => {
            (vec![*unit], Vec::new())
        }
        Change::Move { unit, .. } => (org::below_since(tx, &[*unit], day).await?, Vec::new()),
        Change::Merge { units, into } => (org::below_since(tx, units, day).await?, vec![into.unit]),
        Change::Split { unit, into } => {
            let new = into.iter().map(|part| part.unit.unit).collect();
            (org::below_since(tx, &[*unit], day).await?, new)
        }
    })
}

/// Writes an outcome with its counters.
///
/// # Errors
/// The database's.
pub async fn write(
    tx: &mut Tx,
    outcome: &Outcome,
    counted: &[UnitId],
    new: &[UnitId],
) -> Result<()> {
    if counted.len() + new.len() > MANY {
        org::save(tx, outcome).await?;
        return recount(tx).await;
    }
    let pending = progress::before(tx, counted).await?;
    org::save(tx, outcome).await?;
    pending.finish(tx, new).await?;
    Ok(())
}

/// Counts every season anew.
///
/// # Errors
/// The database's.
pub async fn recount(tx: &mut Tx) -> Result<()> {
    for season in season::all(tx).await? {
        progress::rebuild(tx, &season).await?;
    }
    Ok(())
}

/// How many congresses of a level a season expects, before and after.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The season.
    pub season: Season,
    /// The level.
    pub level: Level,
    /// So many now.
    pub before: i64,
    /// So many then.
    pub after: i64,
}

/// The expected totals that a change makes different, on its day or, for a
/// season that opens later, on that season's first day. `None` where so many
/// units are concerned that only a recount would tell.
///
/// # Errors
/// The database's.
pub async fn expected(tx: &mut Tx, planned: &Planned) -> Result<Option<Vec<Expected>>> {
    let (old, new) = counted(tx, &planned.change, planned.day).await?;
    if old.len() + new.len() > MANY {
        return Ok(None);
    }
    let mut units: BTreeSet<UnitId> = old.into_iter().chain(new).collect();
    if units.is_empty() {
        return Ok(Some(Vec::new()));
    }
    units.extend(planned.outcome.edits.iter().filter_map(|edit| match edit {
        Edit::Put(version) => version.parent,
        Edit::Drop { .. } | Edit::End { .. } => None,
    }));
    let units: Vec<UnitId> = units.into_iter().collect();
    let after = planned.before.after(&planned.outcome.edits);
    let mut found = Vec::new();
    for season in season::all(tx).await? {
        let mut subjects = Subjects::load(tx, &season, &units).await?;
        let mut changes = Contributions::new();
        subjects.contribute(&season, -1, &mut changes);
        for unit in &planned.outcome.touched {
            subjects
                .versions
                .insert(*unit, after.versions(*unit).to_vec());
        }
        subjects.contribute(&season, 1, &mut changes);
        let day = planned.day.max(season.opens);
        found.extend(differences(tx, &season, changes, day).await?);
    }
    Ok(Some(found))
}

async fn differences(
    tx: &mut Tx,
    season: &Season,
    changes: Contributions,
    day: Day,
) -> Result<Vec<Expected>> {
    let mut found = Vec::new();
    let stored = progress::levels_on(tx, season, &[season.root], day).await?;
    let now = stored.get(&season.root);
    for level in season.shape.levels.iter().map(|each| &each.level) {
        let key = GroupKey {
            level: level.clone(),
            facet: Facet::All,
        };
        let more: i64 = changes
            .values()
            .filter_map(|tally| tally.groups.get(&key))
            .map(|series| {
                let mut series = series.clone();
                series.settle();
                series.on(day).total()
            })
            .sum();
        if more != 0 {
            let before = now
                .and_then(|groups| groups.get(&key))
                .map_or(0, plenum_rules::progress::Counts::total);
            found.push(Expected {
                season: season.clone(),
                level: level.clone(),
                before,
                after: before + more,
            });
        }
    }
    Ok(found)
}
