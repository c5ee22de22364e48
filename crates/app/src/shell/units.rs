//! Units as people type them: a code, a name, or both as they are suggested.

use plenum_rules::org::UnitVersion;
use plenum_rules::{Day, UnitId};
use plenum_store::search::fold;
use plenum_store::{Tx, org};

use super::problem::{Problem, Result};

/// Between the code and the name of a suggestion.
const JOINT: &str = " · ";
/// As many matches are looked through.
const LOOKED_THROUGH: i64 = 200;
/// The most units named in a refusal.
const MOST_NAMED: usize = 4;

/// A unit offered while somebody types.
pub struct Suggestion {
    /// The unit.
    pub unit: UnitId,
    /// What is put into the field: code and name.
    pub value: String,
    /// Where it stands.
    pub above: String,
}

/// A unit as the field shows it.
#[must_use]
pub fn written(unit: &UnitVersion) -> String {
    format!("{}{JOINT}{}", unit.code, unit.name)
}

/// The unit somebody typed, at or below the top (or anywhere) on the day: its
/// code, its code and name as suggested, or its name where no other unit has it.
///
/// # Errors
/// `E-SEA-45` for one nobody knows, `E-SEA-47` where several have the name,
/// `E-SEA-48` where others have a name like it.
pub async fn typed(
    tx: &mut Tx,
    top: Option<UnitId>,
    text: &str,
    day: Day,
    field: &'static str,
) -> Result<UnitVersion> {
    let text = text.trim();
    let code = text.split(JOINT).next().unwrap_or(text).trim();
    let unknown = || Problem::field("E-SEA-45", field).with("code", text);
    if code.is_empty() {
        return Err(Problem::field("E-SEA-41", field));
    }
    if let Some(unit) = org::by_code(tx, code, day).await? {
        let path = org::path_on(tx, unit.unit, day).await?;
        let below = top.is_none_or(|top| path.contains(&top));
        return below.then_some(unit).ok_or_else(unknown);
    }
    let wanted = fold(text);
    if wanted.is_empty() {
        return Err(unknown());
    }
    let found = matching(tx, top, text, day).await?;
    let (mut same, other): (Vec<UnitVersion>, Vec<UnitVersion>) = found
        .into_iter()
        .partition(|unit| fold(&unit.name) == wanted);
    match same.len() {
        1 => return same.pop().ok_or_else(unknown),
        0 if other.is_empty() => return Err(unknown()),
        _ => {}
    }
    let (key, near) = match same.is_empty() {
        true => ("E-SEA-48", other),
        false => ("E-SEA-47", same),
    };
    let mut named = Vec::new();
    for unit in near.iter().take(MOST_NAMED) {
        let above = above(tx, unit, day).await?;
        named.push(match above.is_empty() {
            true => written(unit),
            false => format!("{} ({above})", written(unit)),
        });
    }
    if near.len() > MOST_NAMED {
        named.push("…".to_owned());
    }
    Err(Problem::field(key, field)
        .with("name", text)
        .with("near", named.join("; ")))
}

/// The units to offer for what was typed so far; those directly below the top
/// while nothing was.
///
/// # Errors
/// The database's.
pub async fn suggested(
    tx: &mut Tx,
    top: Option<UnitId>,
    text: &str,
    day: Day,
    most: usize,
) -> Result<Vec<Suggestion>> {
    let text = text.split(JOINT).next().unwrap_or(text).trim();
    let mut found = match fold(text).is_empty() {
        true => match top {
            Some(top) => org::children_on(tx, top, day).await?,
            None => org::roots_on(tx, day).await?,
        },
        false => matching(tx, top, text, day).await?,
    };
    found.truncate(most);
    let mut suggestions = Vec::new();
    for unit in &found {
        suggestions.push(suggestion(tx, unit, day).await?);
    }
    Ok(suggestions)
}

/// One unit as a suggestion, where it stands on the day.
///
/// # Errors
/// The database's.
pub async fn of(tx: &mut Tx, unit: UnitId, day: Day) -> Result<Option<Suggestion>> {
    match org::on(tx, unit, day).await? {
        Some(unit) => Ok(Some(suggestion(tx, &unit, day).await?)),
        None => Ok(None),
    }
}

async fn suggestion(tx: &mut Tx, unit: &UnitVersion, day: Day) -> Result<Suggestion> {
    Ok(Suggestion {
        unit: unit.unit,
        value: written(unit),
        above: above(tx, unit, day).await?,
    })
}

async fn above(tx: &mut Tx, unit: &UnitVersion, day: Day) -> Result<String> {
    let Some(parent) = unit.parent else {
        return Ok(String::new());
    };
    let parent = org::near(tx, parent, day).await?;
    Ok(parent.map(|parent| parent.name).unwrap_or_default())
}

/// What of the tree at and below the top holds the words in name or code.
async fn matching(
    tx: &mut Tx,
    top: Option<UnitId>,
    text: &str,
    day: Day,
) -> Result<Vec<UnitVersion>> {
    let part = match top {
        Some(top) => {
            let version = org::near(tx, top, day).await?;
            // Below a root stands its whole tree: no need to walk down first.
            version.filter(|one| one.parent.is_some()).map(|_| top)
        }
        None => None,
    };
    let mut found = match part {
        Some(top) => org::search_below(tx, &[top], text, day, LOOKED_THROUGH).await?,
        None => org::search(tx, text, day, LOOKED_THROUGH).await?,
    };
    found.retain(|unit| unit.span().holds(day));
    // What stood below once may stand elsewhere now; trees stand side by side.
    let mut below = Vec::new();
    for unit in found {
        let path = org::path_on(tx, unit.unit, day).await?;
        if top.is_none_or(|top| path.contains(&top)) {
            below.push(unit);
        }
    }
    Ok(below)
}
