//! What changed about a unit, when, and who recorded it.

use std::collections::BTreeSet;

use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_rules::{Day, UnitId};
use plenum_store::audit::Recorded;
use plenum_store::org;

use crate::shell::language::Words;
use crate::shell::problem::Result;
use crate::shell::profiles::{kind_name, level_name};
use crate::shell::{App, Look};

/// A field before and after.
pub struct Change {
    /// Its name.
    pub field: String,
    /// As it was.
    pub old: String,
    /// As it is from then on.
    pub new: String,
}

/// A day on which something changed.
pub struct Moment {
    /// For machines.
    pub day: String,
    /// For people.
    pub shown: String,
    /// What happened.
    pub text: String,
    /// Field by field.
    pub changes: Vec<Change>,
}

/// The differences between two records of a unit; `name_of` knows the units
/// above.
pub fn differences(
    words: Words,
    profile: &Profile,
    (old, new): (&UnitVersion, &UnitVersion),
    name_of: impl Fn(Option<UnitId>) -> String,
) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut compare = |key: &str, old: String, new: String| {
        if old != new {
            changes.push(Change {
                field: words.say(key),
                old,
                new,
            });
        }
    };
    compare("org-name", old.name.clone(), new.name.clone());
    compare("org-code", old.code.clone(), new.code.clone());
    if old.parent != new.parent {
        compare("org-above", name_of(old.parent), name_of(new.parent));
    }
    compare(
        "org-level",
        level_name(words, profile, &old.level),
        level_name(words, profile, &new.level),
    );
    compare(
        "org-kind",
        kind_name(words, profile, &old.kind),
        kind_name(words, profile, &new.kind),
    );
    compare(
        "org-members",
        words.count(i64::from(old.members)),
        words.count(i64::from(new.members)),
    );
    changes
}

/// Every change of a unit, the newest first.
pub async fn history(
    look: &mut Look,
    words: Words,
    profile: &Profile,
    versions: &[UnitVersion],
) -> Result<Vec<Moment>> {
    let parents: BTreeSet<UnitId> = versions
        .iter()
        .filter_map(|version| version.parent)
        .collect();
    let parents: Vec<UnitId> = parents.into_iter().collect();
    let known = org::versions_of(&mut look.tx, &parents).await?;
    let moment = |day: Day, key: &str, changes: Vec<Change>| Moment {
        day: day.to_string(),
        shown: words.day(day),
        text: words.say(key),
        changes,
    };
    let mut moments = Vec::new();
    let mut before: Option<&UnitVersion> = None;
    for version in versions {
        match before.filter(|before| before.until == Some(version.from)) {
            Some(old) => {
                let name = |unit: Option<UnitId>| name_on(&known, unit, version.from);
                let changes = differences(words, profile, (old, version), name);
                moments.push(moment(version.from, "org-changed", changes));
            }
            None => {
                if let Some(ended) = before.and_then(|before| before.until) {
                    moments.push(moment(ended, "org-ended", Vec::new()));
                }
                moments.push(moment(version.from, "org-founded", Vec::new()));
            }
        }
        before = Some(version);
    }
    if let Some(ended) = before.and_then(|before| before.until) {
        moments.push(moment(ended, "org-ended", Vec::new()));
    }
    moments.reverse();
    Ok(moments)
}

fn name_on(
    known: &std::collections::BTreeMap<UnitId, Vec<UnitVersion>>,
    unit: Option<UnitId>,
    day: Day,
) -> String {
    unit.and_then(|unit| known.get(&unit))
        .and_then(|versions| org::nearest(versions, day))
        .map_or_else(|| "–".to_owned(), |version| version.name.clone())
}

/// What somebody did, as the records have it.
pub struct Deed {
    /// When, for machines.
    pub at: String,
    /// When, for people.
    pub shown: String,
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
}

/// A row of the record as far as it is about the tree.
pub fn deed(words: Words, app: &App, row: &Recorded) -> Option<Deed> {
    let key = format!("org-event-{}", row.event.replace(['.', '_'], "-"));
    if !words.knows(&key) {
        return None;
    }
    let day = app.clock.day_of(row.at);
    let detail: serde_json::Value = serde_json::from_str(&row.detail).unwrap_or_default();
    let since = detail["day"]
        .as_str()
        .and_then(|day| Day::parse(day).ok())
        .unwrap_or(day);
    Some(Deed {
        at: day.to_string(),
        shown: format!("{} {}", words.day(day), app.clock.time_of(row.at)),
        who: row.who.clone(),
        what: words.say1(&key, "day", words.day(since)),
    })
}
