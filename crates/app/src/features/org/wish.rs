//! What a person wants to happen to units, and what it would do: the same
//! reading for the page that shows it and for the action that does it.

use plenum_rules::access::{Permission, may};
use plenum_rules::org::{Change, Kind, Level, NewUnit, Outcome, Part, Tree, UnitVersion, apply};
use plenum_rules::profile::Profile;
use plenum_rules::{Day, UnitId};
use plenum_store::{Tx, org};

use super::refusals;
use super::sheets::vocabulary;
use crate::shell::Who;
use crate::shell::problem::{Problem, Result};

/// A new unit as described in a form: other units by their codes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Described {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code of the unit above; empty for a root.
    pub parent: String,
    /// Its level's code.
    pub level: String,
    /// Its kind's code.
    pub kind: String,
    /// Its members.
    pub members: u32,
}

/// What is wanted. Units are named by their codes on the day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wish {
    /// A new unit.
    Found(Described),
    /// Another name or code.
    Rename {
        unit: String,
        name: String,
        code: String,
    },
    /// Another unit above.
    Move { unit: String, parent: String },
    /// Another level or kind.
    Reclassify {
        unit: String,
        level: String,
        kind: String,
    },
    /// Another number of members.
    Resize { unit: String, members: u32 },
    /// An end.
    Close { unit: String },
    /// Several become one.
    Merge { units: Vec<String>, into: Described },
    /// One becomes several; each with the codes of the children it gets.
    Split {
        unit: String,
        into: Vec<(Described, Vec<String>)>,
    },
}

/// A change that the rules allow, ready to be shown or written.
#[derive(Debug)]
pub struct Planned {
    /// The change.
    pub change: Change,
    /// What it does to the records.
    pub outcome: Outcome,
    /// The records around it as they are.
    pub before: Tree,
    /// From which day on.
    pub day: Day,
}

/// Who wants it, and when.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// Who.
    pub who: &'a Who,
    /// Today.
    pub today: Day,
    /// The levels and kinds in use.
    pub profile: &'a Profile,
}

/// Whether this person may change a unit (or found one below `below`), as the
/// tree stands today and as it stood on the day of the change: who has charge
/// of a unit now has no say in what it was elsewhere.
///
/// # Errors
/// The database's.
pub async fn may_edit(
    tx: &mut Tx,
    asker: Asker<'_>,
    day: Day,
    unit: UnitId,
    below: bool,
) -> Result<bool> {
    if asker.who.is_system() {
        return Ok(true);
    }
    for each in [asker.today, day] {
        let mut path = org::path_on(tx, unit, each).await?;
        if below {
            path.push(UnitId(0));
        }
        if !may(&asker.who.grants, asker.today, Permission::EditTree, &path) {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn must_edit(
    tx: &mut Tx,
    asker: Asker<'_>,
    day: Day,
    unit: UnitId,
    below: bool,
) -> Result<()> {
    if may_edit(tx, asker, day, unit, below).await? {
        Ok(())
    } else {
        Err(Problem::forbidden())
    }
}

/// Who founds a root needs the permission for the whole installation.
async fn must_found(tx: &mut Tx, asker: Asker<'_>, day: Day, parent: Option<UnitId>) -> Result<()> {
    match parent {
        Some(parent) => must_edit(tx, asker, day, parent, true).await,
        None if asker.who.is_system()
            || may(&asker.who.grants, asker.today, Permission::EditTree, &[]) =>
        {
            Ok(())
        }
        None => Err(Problem::forbidden()),
    }
}

/// The unit that bears a code on a day.
///
/// # Errors
/// `E-ORG-24` where none does.
pub async fn bearer(tx: &mut Tx, code: &str, day: Day, field: &'static str) -> Result<UnitVersion> {
    let code = code.trim();
    let found = org::by_code(tx, code, day)
        .await?
        .filter(|version| version.span().holds(day));
    found.ok_or_else(|| {
        Problem::field("E-ORG-24", field)
            .with("code", code)
            .with("day", plenum_rules::words::day_table(day))
    })
}

/// Says what a wish would do from a day on. `ids` gives names for life to new
/// units.
///
/// # Errors
/// Forbidden, `E-ORG-..`.
pub async fn plan(
    tx: &mut Tx,
    asker: Asker<'_>,
    day: Day,
    wish: &Wish,
    ids: &mut (dyn FnMut() -> u128 + Send),
) -> Result<Planned> {
    let change = resolve(tx, asker, day, wish, ids).await?;
    let (units, codes) = concerned(&change);
    let before = org::around(tx, &units, &codes).await?;
    match apply(&before, &vocabulary(asker.profile), day, &change) {
        Ok(outcome) => Ok(Planned {
            change,
            outcome,
            before,
            day,
        }),
        Err(refusal) => Err(refusals::problem(tx, asker.profile, day, &refusal).await?),
    }
}

async fn resolve(
    tx: &mut Tx,
    asker: Asker<'_>,
    day: Day,
    wish: &Wish,
    ids: &mut (dyn FnMut() -> u128 + Send),
) -> Result<Change> {
    Ok(match wish {
        Wish::Found(new) => Change::Found(begins(tx, asker, day, new, ids()).await?),
        Wish::Rename { unit, name, code } => {
            let unit = own(tx, asker, day, unit).await?;
            let code = Some(code.trim())
                .filter(|code| !code.is_empty())
                .map(str::to_owned);
            Change::Rename {
                unit,
                name: name.clone(),
                code,
            }
        }
        Wish::Move { unit, parent } => {
            let unit = own(tx, asker, day, unit).await?;
            let parent = above(tx, day, parent).await?;
            must_found(tx, asker, day, parent).await?;
            Change::Move { unit, parent }
        }
        Wish::Reclassify { unit, level, kind } => Change::Reclassify {
            unit: own(tx, asker, day, unit).await?,
            level: Level(level.clone()),
            kind: Kind(kind.clone()),
        },
        Wish::Resize { unit, members } => Change::Resize {
            unit: own(tx, asker, day, unit).await?,
            members: *members,
        },
        Wish::Close { unit } => Change::Close {
            unit: own(tx, asker, day, unit).await?,
        },
        Wish::Merge { units, into } => {
            let mut ending = Vec::new();
            for unit in units {
                ending.push(own(tx, asker, day, unit).await?);
            }
            Change::Merge {
                units: ending,
                into: begins(tx, asker, day, into, ids()).await?,
            }
        }
        Wish::Split { unit, into } => {
            let unit = own(tx, asker, day, unit).await?;
            let mut parts = Vec::new();
            for (new, codes) in into {
                let mut children = Vec::new();
                for code in codes {
                    children.push(bearer(tx, code, day, "children").await?.unit);
                }
                parts.push(Part {
                    unit: begins(tx, asker, day, new, ids()).await?,
                    children,
                });
            }
            Change::Split { unit, into: parts }
        }
    })
}

async fn own(tx: &mut Tx, asker: Asker<'_>, day: Day, code: &str) -> Result<UnitId> {
    let unit = bearer(tx, code, day, "units").await?.unit;
    must_edit(tx, asker, day, unit, false).await?;
    Ok(unit)
}

async fn above(tx: &mut Tx, day: Day, code: &str) -> Result<Option<UnitId>> {
    if code.trim().is_empty() {
        return Ok(None);
    }
    Ok(Some(bearer(tx, code, day, "parent").await?.unit))
}

async fn begins(
    tx: &mut Tx,
    asker: Asker<'_>,
    day: Day,
    new: &Described,
    id: u128,
) -> Result<NewUnit> {
    let parent = above(tx, day, &new.parent).await?;
    must_found(tx, asker, day, parent).await?;
    Ok(NewUnit {
        unit: UnitId(id),
        code: new.code.clone(),
        name: new.name.clone(),
        parent,
        level: Level(new.level.clone()),
        kind: Kind(new.kind.clone()),
        members: new.members,
    })
}

/// The units and codes that decide whether a change can be made.
fn concerned(change: &Change) -> (Vec<UnitId>, Vec<&str>) {
    let mut units = Vec::new();
    let mut codes: Vec<&str> = Vec::new();
    match change {
        Change::Found(new) => {
            units.extend(new.parent);
            codes.push(new.code.trim());
        }
        Change::Rename { unit, code, .. } => {
            units.push(*unit);
            codes.extend(code.as_deref().map(str::trim));
        }
        Change::Move { unit, parent } => {
            units.push(*unit);
            units.extend(*parent);
        }
        Change::Reclassify { unit, .. } | Change::Resize { unit, .. } | Change::Close { unit } => {
            units.push(*unit)
        }
        Change::Merge {
            units: ending,
            into,
        } => {
            units.extend(ending);
            units.extend(into.parent);
            codes.push(into.code.trim());
        }
        Change::Split { unit, into } => {
            units.push(*unit);
            for part in into {
                units.extend(part.unit.parent);
                codes.push(part.unit.code.trim());
            }
        }
    }
    (units, codes)
}
