//! The laws of the house, read from the sources: who may name whom, that every
//! word is there in both languages, that every code is explained.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file below a folder with one of these endings, with its text.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let top = root().join(folder);
    let mut waiting = vec![top.clone()];
    let mut found = Vec::new();
    while let Some(folder) = waiting.pop() {
        for entry in
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else if endings
                .iter()
                .any(|ending| path.extension().is_some_and(|own| own == *ending))
            {
                let name = path.strip_prefix(&top).unwrap().display().to_string();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} is empty");
    found
}

/// The lines that are code, with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn assert_none(broken: &[String]) {
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn no_feature_names_another() {
    let sources = files("crates/app/src/features", &["rs"]);
    let features: BTreeSet<&str> = sources
        .iter()
        .filter_map(|(name, _)| name.split_once('/'))
        .map(|(feature, _)| feature)
        .collect();
    let mut broken = Vec::new();
    for (name, text) in &sources {
        let Some((own, _)) = name.split_once('/') else {
            continue;
        };
        for other in features.iter().filter(|other| **other != own) {
            for (line, code) in code(text) {
                let names = [
                    format!("features::{other}"),
                    format!("super::super::{other}"),
                ];
                let sibling =
                    name.ends_with("/mod.rs") && code.contains(&format!("super::{other}::"));
                if names.iter().any(|each| code.contains(each.as_str())) || sibling {
                    broken.push(format!("features/{name}:{line}: {own} names {other}"));
                }
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn actions_know_neither_the_web_nor_the_terminal() {
    let mut broken = Vec::new();
    for (name, text) in files("crates/app/src/features", &["rs"]) {
        if !name.ends_with("/actions.rs") && !name.contains("/actions/") {
            continue;
        }
        for (line, code) in code(&text) {
            let web = code.contains("axum") && !code.contains("axum::http::StatusCode");
            if web || code.contains("clap") {
                broken.push(format!("features/{name}:{line}: {}", code.trim()));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn nothing_is_printed_that_a_closed_pipe_would_topple() {
    let mut broken = Vec::new();
    for (name, text) in files("crates/app/src", &["rs"]) {
        for (line, code) in code(&text) {
            let prints = ["println!(", "print!("]
                .iter()
                .any(|each| code.contains(each));
            if prints {
                broken.push(format!("{name}:{line}: use say!: {}", code.trim()));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn the_shell_knows_no_feature() {
    let mut broken = Vec::new();
    for (name, text) in files("crates/app/src/shell", &["rs"]) {
        for (line, code) in code(&text) {
            if code.contains("features::") || code.contains("crate::features") {
                broken.push(format!("shell/{name}:{line}: {}", code.trim()));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn rules_are_pure() {
    let forbidden = [
        "HashMap",
        "HashSet",
        "std::fs",
        "std::net",
        "SystemTime",
        "Instant::now",
        "async fn",
        "f32",
        "f64",
    ];
    let mut broken = Vec::new();
    for (name, text) in files("crates/rules/src", &["rs"]) {
        if name.contains("tests") {
            continue;
        }
        for (line, code) in code(&text) {
            let words: Vec<&str> = code
                .split(|letter: char| !letter.is_alphanumeric() && !"_:".contains(letter))
                .collect();
            for word in forbidden {
                if words.contains(&word)
                    || (word.contains("::") || word.contains(' ')) && code.contains(word)
                {
                    broken.push(format!("rules/{name}:{line}: {word}"));
                }
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn sql_stands_in_the_store_alone() {
    let mut broken = Vec::new();
    for (name, text) in files("crates/app/src", &["rs"]) {
        for (line, code) in code(&text) {
            let sql = ["SELECT ", "INSERT INTO ", "DELETE FROM ", "UPDATE "];
            if sql.iter().any(|word| code.contains(&format!("\"{word}"))) {
                broken.push(format!("app/{name}:{line}: {}", code.trim()));
            }
        }
    }
    assert_none(&broken);
}

/// A language's texts: key, then the values it asks for.
type Texts = BTreeMap<String, BTreeSet<String>>;

fn texts(language: &str) -> Texts {
    let mut texts = Texts::new();
    for (name, text) in files(&format!("crates/app/words/{language}"), &["ftl"]) {
        let mut key = String::new();
        for line in text.lines() {
            let begins = line.starts_with(|letter: char| letter.is_ascii_lowercase());
            if let Some((new, _)) = line.split_once('=').filter(|_| begins) {
                new.trim().clone_into(&mut key);
                assert!(
                    texts.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{language}/{name}: {key} is there twice"
                );
            }
            for value in line.split('$').skip(1) {
                let value: String = value
                    .chars()
                    .take_while(|letter| letter.is_ascii_alphanumeric() || "-_".contains(*letter))
                    .collect();
                texts.entry(key.clone()).or_default().insert(value);
            }
        }
    }
    texts
}

/// The texts of a language with what each asks for, the language's own suffix
/// left out.
fn in_language(code: &str) -> BTreeMap<String, BTreeSet<String>> {
    let suffix = format!("_{code}");
    let bare = |name: String| {
        name.strip_suffix(&suffix)
            .map(str::to_owned)
            .unwrap_or(name)
    };
    texts(code)
        .into_iter()
        .map(|(key, asked)| (key, asked.into_iter().map(bare).collect()))
        .collect()
}

#[test]
fn both_languages_have_the_same_texts() {
    // What is said in the reader's language ends in its code: `level_vi`, `level_en`.
    let (vi, en) = (in_language("vi"), in_language("en"));
    let mut broken = Vec::new();
    for key in vi.keys().chain(en.keys()).collect::<BTreeSet<_>>() {
        match (vi.get(key), en.get(key)) {
            (Some(_), None) => broken.push(format!("{key} is missing in English")),
            (None, Some(_)) => broken.push(format!("{key} is missing in Vietnamese")),
            // English may leave out what only one language says, but not ask for more.
            (Some(vi), Some(en)) if !en.is_subset(vi) && !vi.is_subset(en) => {
                broken.push(format!(
                    "{key} asks for {vi:?} in Vietnamese and for {en:?} in English"
                ));
            }
            _ => {}
        }
    }
    assert_none(&broken);
}

/// The literal keys a source asks for.
fn asked(text: &str) -> Vec<(usize, String)> {
    let mut keys = Vec::new();
    for call in ["say(\"", "say1(\"", "say_with(\""] {
        for (at, _) in text.match_indices(call) {
            let rest = &text[at + call.len()..];
            let key = rest.split('"').next().unwrap_or("");
            keys.push((text[..at].lines().count().max(1), key.to_owned()));
        }
    }
    keys
}

#[test]
fn every_text_asked_for_is_there() {
    let known = texts("vi");
    let mut broken = Vec::new();
    let places = [
        ("crates/app/src", &["rs", "html"][..]),
        ("crates/app/templates", &["html"][..]),
    ];
    for (folder, endings) in places {
        for (name, text) in files(folder, endings) {
            // What tests ask for on purpose is not there.
            let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
            for (line, key) in asked(text) {
                if !known.contains_key(&key) {
                    broken.push(format!("{folder}/{name}:{line}: {key}"));
                }
            }
        }
    }
    assert_none(&broken);
}

/// Every code of a finding or a refusal, with the file that has it.
fn codes() -> BTreeMap<String, String> {
    let mut codes = BTreeMap::new();
    for folder in ["crates/rules/src", "crates/app/src"] {
        for (name, text) in files(folder, &["rs"]) {
            for quoted in text.split('"').skip(1).step_by(2) {
                let parts: Vec<&str> = quoted.split('-').collect();
                if let [kind, room, number] = parts[..]
                    && matches!(kind, "E" | "W")
                    && room.len() == 3
                    && room.bytes().all(|letter| letter.is_ascii_uppercase())
                    && (2..=3).contains(&number.len())
                    && number.bytes().all(|letter| letter.is_ascii_digit())
                {
                    codes
                        .entry(quoted.to_owned())
                        .or_insert_with(|| format!("{folder}/{name}"));
                }
            }
        }
    }
    assert!(codes.len() > 50, "codes are found");
    codes
}

#[test]
fn every_code_has_a_text_in_both_languages() {
    let (vi, en) = (texts("vi"), texts("en"));
    let mut broken = Vec::new();
    for (code, place) in codes() {
        // Faults of a profile's file: its authors meet them, in the file's language.
        if code.starts_with("E-PRO-") {
            continue;
        }
        let low = code.to_lowercase();
        let keys = ["problem", "finding"].map(|kind| format!("{kind}-{low}"));
        for (language, texts) in [("Vietnamese", &vi), ("English", &en)] {
            // A finding may have several texts, told apart by what follows.
            let told = keys.iter().any(|key| {
                texts
                    .range(key.clone()..)
                    .next()
                    .is_some_and(|(found, _)| found.starts_with(key.as_str()))
            });
            if !told {
                broken.push(format!(
                    "{code} ({place}) has no text in {language}: {} or {}",
                    keys[0], keys[1]
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn every_code_stands_in_the_rulebook() {
    let rulebook: String = files("docs/rulebook", &["md"])
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let missing: Vec<String> = codes()
        .into_iter()
        .filter(|(code, _)| !rulebook.contains(code.as_str()))
        .map(|(code, place)| format!("{code} ({place}) has no line in docs/rulebook"))
        .collect();
    assert_none(&missing);
}

/// Strings in quotation marks of a source that look like what is asked for.
fn quoted(folders: &[&str], fits: impl Fn(&str) -> bool) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for folder in folders {
        for (name, text) in files(folder, &["rs"]) {
            for (_, line) in code(&text) {
                for part in line.split('"').skip(1).step_by(2).filter(|part| fits(part)) {
                    found
                        .entry(part.to_owned())
                        .or_insert_with(|| format!("{folder}/{name}"));
                }
            }
        }
    }
    found
}

#[test]
fn every_event_of_congresses_and_elections_has_a_text() {
    let is_event = |part: &str| {
        let rest = ["congress.", "election.", "count."]
            .iter()
            .find_map(|noun| part.strip_prefix(noun));
        rest.is_some_and(|rest| {
            rest.len() > 2
                && rest
                    .bytes()
                    .all(|letter| letter.is_ascii_lowercase() || letter == b'_')
        })
    };
    let folders = [
        "crates/app/src/features/congress",
        "crates/app/src/features/voting",
    ];
    let events = quoted(&folders, is_event);
    assert!(events.len() > 50, "events are found");
    let mut broken = Vec::new();
    for (language, texts) in [("Vietnamese", texts("vi")), ("English", texts("en"))] {
        for (event, place) in &events {
            let key = format!("access-event-{}", event.replace(['.', '_'], "-"));
            if !texts.contains_key(&key) {
                broken.push(format!(
                    "{event} ({place}) has no text in {language}: {key}"
                ));
            }
        }
    }
    assert_none(&broken);
}

#[test]
fn every_state_of_elections_is_said_in_words() {
    let folders = ["crates/rules/src/voting", "crates/app/src/features/voting"];
    let mut states: BTreeSet<String> = plenum_rules::voting::machine::Election::STATES
        .map(str::to_owned)
        .into();
    states.extend(["waiting", "under_way", "done", "skipped", "appointed"].map(str::to_owned));
    for (name, text) in folders.iter().flat_map(|folder| files(folder, &["rs"])) {
        if name.starts_with("tests/") {
            continue;
        }
        let named = text.split("state: \"").skip(1);
        let given = text
            .split("not_now(")
            .skip(1)
            .filter_map(|rest| rest.split_once(", \""));
        let given = given
            .filter(|(verb, _)| verb.len() < 20)
            .map(|(_, rest)| rest);
        let all = named.chain(given).filter_map(|rest| rest.split('"').next());
        states.extend(all.map(|state| state.replace(' ', "_")));
    }
    assert!(states.len() > 28, "states are found: {states:?}");
    let mut broken = Vec::new();
    for language in ["vi", "en"] {
        let words = files(&format!("crates/app/words/{language}"), &["ftl"]);
        let text = words.iter().find(|(name, _)| name == "voting.ftl");
        let (_, text) = text.expect("the room's texts");
        let said = text.split("problem-e-vot-01 =").nth(1).unwrap_or_default();
        let said = said.split("\nproblem-").next().unwrap_or_default();
        for state in &states {
            if !said.contains(&format!("[{state}]")) {
                broken.push(format!(
                    "{language}: problem-e-vot-01 does not say “{state}”"
                ));
            }
        }
    }
    assert_none(&broken);
}
