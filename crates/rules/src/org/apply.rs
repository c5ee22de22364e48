//! Whether a change can be made, and what it does to the records.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, NewUnit, Outcome, Part, Vocabulary};
use super::draft::{Draft, Scope};
use super::list::{ended, passed, restated, run_until};
use super::refusal::Refusal;
use super::text::{self, MEMBERS_LIMIT};
use super::tree::Tree;
use super::{Kind, Level, Lineage, Passage, UnitVersion};
use crate::{Day, UnitId};

const PLACED: Scope = Scope {
    code: false,
    place: true,
    below: false,
};
const ADDED: Scope = Scope {
    code: true,
    place: true,
    below: false,
};

/// What the change, in force from `day` on, does to the records. It may be
/// back-dated; [`super::change`] says what then happens to later versions.
/// The tree must hold every unit that could share a code with those changed,
/// all above and all below them.
///
/// Rule 2.8 (`docs/rulebook`): units, the unit above and names are valid from
/// a day, and a restructuring in mid-season leaves what was before as it was.
///
/// # Errors
/// See [`Refusal`]. Nothing is half done: a refusal gives no edits.
pub fn apply(
    tree: &Tree,
    words: &Vocabulary,
    day: Day,
    change: &Change,
) -> Result<Outcome, Refusal> {
    match change {
        Change::Found(new) => found(tree, words, day, new),
        Change::Rename { unit, name, code } => {
            rename(tree, words, day, (*unit, name, code.as_deref()))
        }
        Change::Move { unit, parent } => {
            let mut wanted = standing(tree, *unit, day)?.clone();
            wanted.parent = *parent;
            restate(tree, words, day, &wanted, PLACED)
        }
        Change::Reclassify { unit, level, kind } => {
            known(words, level, kind)?;
            let mut wanted = standing(tree, *unit, day)?.clone();
            let scope = Scope {
                place: wanted.level != *level,
                below: wanted.level != *level,
                ..Scope::default()
            };
            wanted.level = level.clone();
            wanted.kind = kind.clone();
            restate(tree, words, day, &wanted, scope)
        }
        Change::Resize { unit, members } => {
            countable(*members)?;
            let mut wanted = standing(tree, *unit, day)?.clone();
            wanted.members = *members;
            restate(tree, words, day, &wanted, Scope::default())
        }
        Change::Close { unit } => close(tree, day, *unit),
        Change::Merge { units, into } => merge(tree, words, day, units, into),
        Change::Split { unit, into } => split(tree, words, day, *unit, into),
    }
}

fn found(tree: &Tree, words: &Vocabulary, day: Day, new: &NewUnit) -> Result<Outcome, Refusal> {
    let mut draft = Draft::new(tree);
    begin(tree, words, day, new, &mut draft)?;
    draft.checks().unit(new.unit, day, ADDED, words)?;
    Ok(outcome(draft, Vec::new()))
}

fn rename(
    tree: &Tree,
    words: &Vocabulary,
    day: Day,
    (unit, name, code): (UnitId, &str, Option<&str>),
) -> Result<Outcome, Refusal> {
    let mut wanted = standing(tree, unit, day)?.clone();
    well_named(&mut wanted.name, name)?;
    let mut scope = Scope::default();
    if let Some(code) = code {
        scope.code = wanted.code != code.trim();
        well_coded(&mut wanted.code, code)?;
    }
    restate(tree, words, day, &wanted, scope)
}

fn close(tree: &Tree, day: Day, unit: UnitId) -> Result<Outcome, Refusal> {
    let mut draft = Draft::new(tree);
    end(tree, day, unit, &mut draft)?;
    draft.checks().none_left_under(unit, day)?;
    Ok(outcome(draft, Vec::new()))
}

fn merge(
    tree: &Tree,
    words: &Vocabulary,
    day: Day,
    units: &[UnitId],
    into: &NewUnit,
) -> Result<Outcome, Refusal> {
    let ending = mergeable(tree, day, units)?;
    let mut draft = Draft::new(tree);
    for unit in units {
        end_for_good(tree, day, *unit, &mut draft)?;
    }
    begin(tree, words, day, into, &mut draft)?;
    let mut passing = BTreeSet::new();
    for unit in units {
        for child in children_since(tree, *unit, day) {
            if !ending.contains(&child) {
                let list = passed(draft.list(child), day, *unit, into.unit);
                draft.put(child, list);
                passing.insert(child);
            }
        }
    }
    let checks = draft.checks();
    checks.unit(into.unit, day, ADDED, words)?;
    for child in passing {
        checks.unit(child, day, PLACED, words)?;
    }
    let lineage = units
        .iter()
        .map(|unit| Lineage {
            day,
            from: *unit,
            into: into.unit,
            how: Passage::Merge,
        })
        .collect();
    Ok(outcome(draft, lineage))
}

/// At least two units, each named once, all there on the day and of one
/// level, none above another.
fn mergeable(tree: &Tree, day: Day, units: &[UnitId]) -> Result<BTreeSet<UnitId>, Refusal> {
    if units.len() < 2 {
        return Err(Refusal::TooFew { given: units.len() });
    }
    let mut named = BTreeSet::new();
    let mut levels = BTreeSet::new();
    for unit in units {
        if !named.insert(*unit) {
            return Err(Refusal::NamedTwice { unit: *unit });
        }
        levels.insert(&standing(tree, *unit, day)?.level);
    }
    for unit in units {
        if let Some(upper) = tree
            .ancestors_on(*unit, day)
            .into_iter()
            .find(|above| named.contains(above))
        {
            return Err(Refusal::OneAboveOther {
                upper,
                lower: *unit,
            });
        }
    }
    if levels.len() > 1 {
        return Err(Refusal::LevelsDiffer {
            units: units.to_vec(),
        });
    }
    Ok(named)
}

fn split(
    tree: &Tree,
    words: &Vocabulary,
    day: Day,
    unit: UnitId,
    into: &[Part],
) -> Result<Outcome, Refusal> {
    if into.len() < 2 {
        return Err(Refusal::TooFew { given: into.len() });
    }
    let had = standing(tree, unit, day)?.members;
    let parts: u64 = into.iter().map(|part| u64::from(part.unit.members)).sum();
    if parts != u64::from(had) {
        return Err(Refusal::MembersDoNotAddUp { had, parts });
    }
    let homes = shared_out(tree, day, unit, into)?;
    let mut draft = Draft::new(tree);
    end_for_good(tree, day, unit, &mut draft)?;
    for part in into {
        begin(tree, words, day, &part.unit, &mut draft)?;
    }
    for (child, home) in &homes {
        let list = passed(draft.list(*child), day, unit, *home);
        draft.put(*child, list);
    }
    let checks = draft.checks();
    for part in into {
        checks.unit(part.unit.unit, day, ADDED, words)?;
    }
    for child in homes.keys() {
        checks.unit(*child, day, PLACED, words)?;
    }
    let lineage = into
        .iter()
        .map(|part| Lineage {
            day,
            from: unit,
            into: part.unit.unit,
            how: Passage::Split,
        })
        .collect();
    Ok(outcome(draft, lineage))
}

/// To which part each child goes. The children are those the unit has on the
/// day or, on record already, will have later.
fn shared_out(
    tree: &Tree,
    day: Day,
    unit: UnitId,
    into: &[Part],
) -> Result<BTreeMap<UnitId, UnitId>, Refusal> {
    let children = children_since(tree, unit, day);
    let mut homes = BTreeMap::new();
    for part in into {
        for child in &part.children {
            if !children.contains(child) {
                return Err(Refusal::NotAChild {
                    child: *child,
                    of: unit,
                });
            }
            if homes.insert(*child, part.unit.unit).is_some() {
                return Err(Refusal::NamedTwice { unit: *child });
            }
        }
    }
    match children
        .into_iter()
        .find(|child| !homes.contains_key(child))
    {
        Some(child) => Err(Refusal::ChildLeftOver { child }),
        None => Ok(homes),
    }
}

fn restate(
    tree: &Tree,
    words: &Vocabulary,
    day: Day,
    wanted: &UnitVersion,
    scope: Scope,
) -> Result<Outcome, Refusal> {
    let unit = wanted.unit;
    if standing(tree, unit, day)? == wanted {
        return Err(Refusal::NothingChanges { unit });
    }
    let list =
        restated(tree.versions(unit), day, wanted).ok_or(Refusal::UnitUnknown { unit, day })?;
    let mut draft = Draft::new(tree);
    draft.put(unit, list);
    draft.checks().unit(unit, day, scope, words)?;
    Ok(outcome(draft, Vec::new()))
}

fn begin(
    tree: &Tree,
    words: &Vocabulary,
    day: Day,
    new: &NewUnit,
    draft: &mut Draft<'_>,
) -> Result<(), Refusal> {
    if !tree.versions(new.unit).is_empty() || !draft.list(new.unit).is_empty() {
        return Err(Refusal::UnitTaken { unit: new.unit });
    }
    let mut version = new.version(day);
    well_coded(&mut version.code, &new.code)?;
    well_named(&mut version.name, &new.name)?;
    countable(new.members)?;
    known(words, &new.level, &new.kind)?;
    draft.put(new.unit, vec![version]);
    Ok(())
}

fn end(tree: &Tree, day: Day, unit: UnitId, draft: &mut Draft<'_>) -> Result<(), Refusal> {
    let list = ended(tree.versions(unit), day).ok_or(Refusal::UnitUnknown { unit, day })??;
    draft.put(unit, list);
    Ok(())
}

/// Ends a unit that passes into others. One whose end is on record already
/// may have passed into others then; both cannot be true.
fn end_for_good(tree: &Tree, day: Day, unit: UnitId, draft: &mut Draft<'_>) -> Result<(), Refusal> {
    standing(tree, unit, day)?;
    if let Some(until) = run_until(tree.versions(unit), day) {
        return Err(Refusal::EndsLater { unit, until });
    }
    end(tree, day, unit, draft)
}

fn standing(tree: &Tree, unit: UnitId, day: Day) -> Result<&UnitVersion, Refusal> {
    tree.on(unit, day).ok_or(Refusal::UnitUnknown { unit, day })
}

fn children_since(tree: &Tree, unit: UnitId, day: Day) -> BTreeSet<UnitId> {
    tree.versions_under(Some(unit))
        .filter(|child| child.until.is_none_or(|until| until > day))
        .map(|child| child.unit)
        .collect()
}

fn well_coded(place: &mut String, code: &str) -> Result<(), Refusal> {
    let fits = text::code(code).map_err(|fault| Refusal::CodeMalformed {
        code: code.to_owned(),
        fault,
    })?;
    fits.clone_into(place);
    Ok(())
}

fn well_named(place: &mut String, name: &str) -> Result<(), Refusal> {
    let fits = text::name(name).map_err(|fault| Refusal::NameMalformed {
        name: name.to_owned(),
        fault,
    })?;
    fits.clone_into(place);
    Ok(())
}

fn countable(members: u32) -> Result<(), Refusal> {
    if members > MEMBERS_LIMIT {
        Err(Refusal::MembersTooMany { members })
    } else {
        Ok(())
    }
}

fn known(words: &Vocabulary, level: &Level, kind: &Kind) -> Result<(), Refusal> {
    if !words.ranks.contains_key(level) {
        return Err(Refusal::LevelUnknown {
            level: level.clone(),
        });
    }
    if !words.kinds.contains(kind) {
        return Err(Refusal::KindUnknown { kind: kind.clone() });
    }
    Ok(())
}

fn outcome(draft: Draft<'_>, lineage: Vec<Lineage>) -> Outcome {
    let (edits, touched) = draft.finish();
    Outcome {
        edits,
        lineage,
        touched,
    }
}
