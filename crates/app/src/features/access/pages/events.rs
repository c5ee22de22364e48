//! What was done, in plain words. Each event has a text of its own; one that
//! has none is shown by its code.

use plenum_rules::Day;
use plenum_rules::access::Role;
use plenum_store::audit::Recorded;
use serde_json::Value as Json;

use super::roles::role_name;
use crate::shell::language::Put;
use crate::shell::{Lang, Words, election_rules};

/// The particulars a text can name; one that a row does not have is empty.
const NAMES: [&str; 28] = [
    "login", "name", "role", "from", "until", "unit", "season", "reason", "code", "count", "title",
    "number", "day", "state", "address", "device", "language", "rows", "file", "to", "office",
    "bundle", "bundles", "pass", "pile", "people", "of", "decision",
];

/// The sentence of a row, without who and when.
pub(super) fn sentence(words: Words, row: &Recorded, unit: &str) -> String {
    let key = format!("access-event-{}", row.event.replace(['.', '_'], "-"));
    if !words.knows(&key) {
        return row.event.clone();
    }
    let detail: Json = serde_json::from_str(&row.detail).unwrap_or(Json::Null);
    let values: Vec<(&str, Put)> = NAMES
        .iter()
        .map(|name| (*name, Put::Text(value(words, row, unit, &detail, name))))
        .collect();
    words.say_with(&key, &values)
}

fn value(words: Words, row: &Recorded, unit: &str, detail: &Json, name: &str) -> String {
    match name {
        "unit" if row.unit.is_some() => return unit.to_owned(),
        "unit" => return words.say("access-everywhere"),
        "season" => return row.season.clone().unwrap_or_default(),
        _ => {}
    }
    let text = match detail.get(name) {
        None | Some(Json::Null) => return "–".to_owned(),
        Some(Json::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    if name == "office" {
        return office_name(words, text);
    }
    if name == "role" {
        return Role::parse(&text).map_or(text, |role| role_name(words, role));
    }
    match Day::parse(&text) {
        Ok(day) if text.len() == 10 => words.day(day),
        _ => text,
    }
}

/// What an office of elections is called, by any rules that know it.
fn office_name(words: Words, code: String) -> String {
    let rules = election_rules::all().iter();
    let mut known = rules.flat_map(|rules| &rules.offices);
    match (known.find(|rule| rule.code.0 == code), words.0) {
        (Some(rule), Lang::Vi) => rule.name_vi.clone(),
        (Some(rule), Lang::En) => rule.name_en.clone(),
        (None, _) => code,
    }
}

/// Whether the sentence says all: where there is no text for it, the
/// particulars are shown as they were recorded.
pub(super) fn is_known(words: Words, row: &Recorded) -> bool {
    words.knows(&format!(
        "access-event-{}",
        row.event.replace(['.', '_'], "-")
    ))
}
