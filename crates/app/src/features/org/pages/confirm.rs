//! What a change would do, shown before it is written.

use askama::Template;
use plenum_rules::UnitId;
use plenum_rules::org::Edit;
use plenum_rules::profile::Profile;
use plenum_rules::words::day_table;
use sha2::{Digest, Sha256};

use super::change_form::{Fields, Verb};
use super::unit_history::{Change, differences};
use crate::features::org::effects::{self, Effect, Turn};
use crate::features::org::wish::Planned;
use crate::shell::language::Words;
use crate::shell::problem::Result;
use crate::shell::profiles::{kind_name, level_name};
use crate::shell::{Chrome, Look, Visitor};

/// How many units the confirmation lists one by one.
const LISTED: usize = 300;

/// What becomes of a unit, as it is shown.
struct Shown {
    turn: String,
    chip: &'static str,
    name: String,
    code: String,
    what: String,
    changes: Vec<Change>,
}

#[derive(Template)]
#[template(path = "org/confirm.html")]
pub struct ConfirmPage {
    p: Chrome,
    verb: &'static str,
    title: String,
    meanwhile: bool,
    danger: bool,
    sentence: String,
    effects: Vec<Shown>,
    more: i64,
    expected: Vec<(String, String, String, String)>,
    uncounted: bool,
    sent: Vec<(String, String)>,
    mark: String,
}

/// A mark of the outcome, so that what is made is what was looked at.
pub fn mark(planned: &Planned) -> String {
    let text = serde_json::to_string(&planned.outcome).unwrap_or_default();
    Sha256::digest(text.as_bytes())
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The page that shows it.
///
/// # Errors
/// The database's.
pub async fn confirmation(
    look: &mut Look,
    visitor: &Visitor,
    profile: &Profile,
    (verb, fields): (Verb, &Fields),
    planned: &Planned,
    mark: String,
) -> Result<ConfirmPage> {
    let words = visitor.words;
    let all = effects::effects(planned);
    let expected = effects::expected(&mut look.tx, planned).await?;
    let title = words.say(&format!("org-do-{}", verb.code()));
    let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let values = [
        ("day", day_table(planned.day).into()),
        ("count", count.into()),
        ("what", title.clone().into()),
    ];
    let text = |number: i64| words.count(number);
    Ok(ConfirmPage {
        p: Chrome::new(visitor, words.say("org-confirm-title")).section("tree"),
        verb: verb.code(),
        meanwhile: !fields.get("confirmed").is_empty(),
        danger: matches!(verb, Verb::Close | Verb::Merge | Verb::Split),
        sentence: words.say_with("org-confirm-sentence", &values),
        effects: all
            .iter()
            .take(LISTED)
            .map(|effect| shown(words, profile, planned, effect))
            .collect(),
        more: i64::try_from(all.len().saturating_sub(LISTED)).unwrap_or(i64::MAX),
        uncounted: expected.is_none(),
        expected: expected
            .unwrap_or_default()
            .into_iter()
            .map(|each| {
                let level = level_name(words, profile, &each.level);
                (each.season.name, level, text(each.before), text(each.after))
            })
            .collect(),
        sent: fields
            .0
            .iter()
            .filter(|(name, _)| !["csrf", "confirmed", "back"].contains(&name.as_str()))
            .flat_map(|(name, values)| values.iter().map(|value| (name.clone(), value.clone())))
            .collect(),
        title,
        mark,
    })
}

fn shown(words: Words, profile: &Profile, planned: &Planned, effect: &Effect) -> Shown {
    let day = planned.day;
    let after = |unit: UnitId| {
        planned.outcome.edits.iter().find_map(|edit| match edit {
            Edit::Put(version) if version.unit == unit => Some(version.name.clone()),
            _ => None,
        })
    };
    let name_of = |unit: Option<UnitId>| {
        let standing = |unit| {
            planned
                .before
                .on(unit, day)
                .map(|version| version.name.clone())
        };
        unit.and_then(|unit| standing(unit).or_else(|| after(unit)))
            .unwrap_or_else(|| "–".to_owned())
    };
    let (key, chip) = match effect.turn {
        Turn::Begins => ("org-turn-begins", "chip--held"),
        Turn::Ends => ("org-turn-ends", "chip--off"),
        Turn::Changes => ("org-turn-changes", "chip--planned"),
        Turn::Later => ("org-turn-later", "chip--draft"),
    };
    let seen = effect.after.as_ref().or(effect.before.as_ref());
    let (name, code) = match (
        effect.before.as_ref().or(seen),
        planned.before.versions(effect.unit).first(),
    ) {
        (Some(version), _) | (None, Some(version)) => (version.name.clone(), version.code.clone()),
        (None, None) => (String::new(), String::new()),
    };
    let what = seen.map(|version| {
        let values = [
            ("level", level_name(words, profile, &version.level).into()),
            ("kind", kind_name(words, profile, &version.kind).into()),
            ("members", words.count(i64::from(version.members)).into()),
            ("above", name_of(version.parent).into()),
        ];
        words.say_with("org-turn-what", &values)
    });
    let changes = match (&effect.before, &effect.after) {
        (Some(old), Some(new)) => differences(words, profile, (old, new), name_of),
        _ => Vec::new(),
    };
    Shown {
        turn: words.say(key),
        chip,
        name,
        code,
        what: what.unwrap_or_default(),
        changes,
    }
}
