//! The rules in force at a place: which version, which numbers, which of them
//! nobody could confirm.

use std::collections::BTreeMap;

use plenum_rules::org::Level;
use plenum_rules::profile::{Parameter, Parameters, ProfileVersion};

use crate::shell::{Place, Words, profiles};

/// A version of the rules that is in force for some levels.
pub struct Version {
    /// "35-CT/TW, 14/06/2024, Bộ Chính trị".
    pub instrument: String,
    /// From when.
    pub from: String,
    /// For which levels of the season.
    pub levels: Vec<String>,
    /// Its numbers.
    pub numbers: Vec<Number>,
    /// How many of them nobody could confirm.
    pub unconfirmed: usize,
}

/// A number of the rules.
pub struct Number {
    /// What it limits, and for which level.
    pub name: String,
    /// The number.
    pub value: String,
    /// Where it was read.
    pub source: String,
    /// Whether somebody saw the wording.
    pub confirmed: bool,
}

/// The versions in force on the place's day for the season's levels.
pub fn versions(place: &Place, words: Words) -> Vec<Version> {
    let mut found: Vec<(&ProfileVersion, Vec<&Level>)> = Vec::new();
    for each in &place.season.shape.levels {
        let Some(version) = place.profile.in_force(place.day, &each.level, None) else {
            continue;
        };
        match found
            .iter_mut()
            .find(|(known, _)| std::ptr::eq(*known, version))
        {
            Some((_, levels)) => levels.push(&each.level),
            None => found.push((version, vec![&each.level])),
        }
    }
    found
        .into_iter()
        .map(|(version, levels)| one(place, words, version, &levels))
        .collect()
}

fn one(place: &Place, words: Words, version: &ProfileVersion, levels: &[&Level]) -> Version {
    let key = &version.instrument;
    let numbers = numbers(place, words, &version.parameters, levels);
    Version {
        instrument: format!("{}, {}, {}", key.number, words.day(key.date), key.issuer),
        from: words.day(version.valid_from),
        levels: levels
            .iter()
            .map(|level| profiles::level_name(words, place.profile, level))
            .collect(),
        unconfirmed: numbers.iter().filter(|number| !number.confirmed).count(),
        numbers,
    }
}

fn numbers(place: &Place, words: Words, all: &Parameters, levels: &[&Level]) -> Vec<Number> {
    let mut list = List {
        place,
        words,
        levels,
        numbers: Vec::new(),
    };
    list.whole("delegates-from", all.delegate_congress_from.as_ref());
    list.by_level("days", &all.max_days);
    list.by_level("preparatory", &all.preparatory_half_days);
    list.by_level("review", &all.review_before_opening_working_days);
    list.by_level("announce", &all.announce_working_days);
    list.whole("report", all.report_within_working_days.as_ref());
    list.whole("ratify", all.ratify_within_working_days.as_ref());
    for level in levels {
        let shift = all.shift_months.get(*level);
        list.level("early", level, shift.and_then(|shift| shift.early.as_ref()));
        list.level("late", level, shift.and_then(|shift| shift.late.as_ref()));
    }
    list.numbers
}

struct List<'a> {
    place: &'a Place,
    words: Words,
    levels: &'a [&'a Level],
    numbers: Vec<Number>,
}

impl List<'_> {
    fn whole<T: Copy + Into<i64>>(&mut self, name: &str, parameter: Option<&Parameter<T>>) {
        self.put(self.words.say(&format!("season-rule-{name}")), parameter);
    }

    fn by_level<T: Copy + Into<i64>>(
        &mut self,
        name: &str,
        parameters: &BTreeMap<Level, Parameter<T>>,
    ) {
        for level in self.levels {
            self.level(name, level, parameters.get(*level));
        }
    }

    fn level<T: Copy + Into<i64>>(
        &mut self,
        name: &str,
        level: &Level,
        parameter: Option<&Parameter<T>>,
    ) {
        let level = profiles::level_name(self.words, self.place.profile, level);
        let name = self.words.say(&format!("season-rule-{name}"));
        self.put(format!("{name} – {level}"), parameter);
    }

    fn put<T: Copy + Into<i64>>(&mut self, name: String, parameter: Option<&Parameter<T>>) {
        self.numbers.extend(parameter.map(|parameter| Number {
            name,
            value: self.words.count(parameter.value.into()),
            source: parameter.source.clone(),
            confirmed: parameter.confirmed,
        }));
    }
}
