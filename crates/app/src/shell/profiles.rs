//! The organisations' rules, as data files built into the program.

use std::sync::OnceLock;

use plenum_rules::org::{Kind, Level};
use plenum_rules::profile::Profile;
use plenum_rules::season::{HolidayCalendar, HolidayRules};

use super::language::{Lang, Words};

const FILES: [(&str, &str); 3] = [
    (
        "vn-party.toml",
        include_str!("../../../rules/profiles/vn-party.toml"),
    ),
    (
        "union.toml",
        include_str!("../../../rules/profiles/union.toml"),
    ),
    (
        "vn-youth-union.toml",
        include_str!("../../../rules/profiles/vn-youth-union.toml"),
    ),
];
const HOLIDAYS: &str = include_str!("../../../rules/profiles/holidays-vn.toml");

/// Reads a profile's text and checks it.
///
/// # Errors
/// The line and field of what is wrong.
pub fn read(file: &str, text: &str) -> Result<Profile, String> {
    let profile: Profile = toml::from_str(text).map_err(|error| format!("{file}: {error}"))?;
    match profile.check().first() {
        None => Ok(profile),
        Some(error) => Err(format!(
            "{file}: {} {}: {error}",
            error.code(),
            error.field()
        )),
    }
}

/// Every profile built in. That each of them is sound is a test's business.
pub fn all() -> &'static [Profile] {
    static PROFILES: OnceLock<Vec<Profile>> = OnceLock::new();
    PROFILES.get_or_init(|| {
        FILES
            .iter()
            .filter_map(|(file, text)| read(file, text).ok())
            .collect()
    })
}

/// The profile of an id; an unknown one is answered with the first.
#[must_use]
pub fn named(id: &str) -> Option<&'static Profile> {
    all()
        .iter()
        .find(|profile| profile.id == id)
        .or_else(|| all().first())
}

/// The public holidays the rules count working days over.
pub fn holidays() -> &'static HolidayCalendar {
    static CALENDAR: OnceLock<HolidayCalendar> = OnceLock::new();
    CALENDAR.get_or_init(|| match toml::from_str::<HolidayRules>(HOLIDAYS) {
        Ok(rules) => rules.calendar(2015, 2040),
        Err(_) => HolidayCalendar::default(),
    })
}

/// A level's name on screen.
#[must_use]
pub fn level_name(words: Words, profile: &Profile, level: &Level) -> String {
    profile.level(level).map_or_else(
        || level.0.clone(),
        |rule| match words.0 {
            Lang::Vi => rule.name_vi.clone(),
            Lang::En => rule.name_en.clone(),
        },
    )
}

/// Several units of a level inside a sentence: "chi bộ", "branches".
#[must_use]
pub fn levels_in_sentence(words: Words, profile: &Profile, level: &Level) -> String {
    let plural = profile
        .level(level)
        .filter(|_| words.0 == Lang::En)
        .map(|rule| match rule.plural_en.as_str() {
            "" => format!("{}s", rule.name_en),
            plural => plural.to_owned(),
        });
    let name = plural.unwrap_or_else(|| level_name(words, profile, level));
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// A kind's name on screen.
#[must_use]
pub fn kind_name(words: Words, profile: &Profile, kind: &Kind) -> String {
    profile.kind(kind).map_or_else(
        || kind.0.clone(),
        |rule| match words.0 {
            Lang::Vi => rule.name_vi.clone(),
            Lang::En => rule.name_en.clone(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_profile_built_in_is_sound() {
        for (file, text) in FILES {
            assert!(read(file, text).is_ok(), "{:?}", read(file, text).err());
        }
        assert!(toml::from_str::<HolidayRules>(HOLIDAYS).is_ok());
    }

    #[test]
    fn a_profile_with_a_fault_names_line_and_field() {
        let broken = FILES[0]
            .1
            .replacen("term_months = 60", "term_months = \"sixty\"", 1);
        let error = read("vn-party.toml", &broken).unwrap_err();
        assert!(
            error.contains("line") && error.contains("term_months"),
            "{error}"
        );
    }
}
