//! What a form sent, read field by field, and the form shown again with it.

use plenum_rules::Day;
use plenum_rules::org::{Kind, Level};
use plenum_rules::profile::Profile;
use serde::Deserialize;

use crate::shell::Words;
use crate::shell::problem::{Problem, Result};

/// The longest text a field takes, in bytes.
const LONGEST: usize = 4_000;

/// The fields of a form as they were sent; a name may stand several times.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Fields set by the program, for a form with something filled in.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.push((name.to_owned(), value.into()));
        self
    }

    /// The same with one value in a field instead of what was sent.
    pub fn set(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.retain(|(field, _)| field != name);
        self.with(name, value)
    }

    /// What was typed; empty where the field was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(field, _)| field == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// Everything sent under a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(field, _)| field == name)
            .map(|(_, value)| value.trim())
    }

    /// The units of a list: those ticked, and those typed beside it, a line each.
    pub fn units<'a>(&'a self, name: &'a str, typed: &'a str) -> impl Iterator<Item = &'a str> {
        let lines = self.get(typed).lines().map(str::trim);
        self.all(name).chain(lines).filter(|text| !text.is_empty())
    }

    /// Whether this value was sent under the name.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|sent| sent == value)
    }

    /// A text that must say something.
    ///
    /// # Errors
    /// `E-SEA-41`, `E-SEA-42`.
    pub fn text(&self, name: &'static str) -> Result<String> {
        let text = self.optional(name)?;
        text.ok_or_else(|| Problem::field("E-SEA-41", name))
    }

    /// A text that may be left out.
    ///
    /// # Errors
    /// `E-SEA-42`.
    pub fn optional(&self, name: &'static str) -> Result<Option<String>> {
        match self.get(name) {
            "" => Ok(None),
            text if text.len() > LONGEST => Err(Problem::field("E-SEA-42", name)),
            text => Ok(Some(text.to_owned())),
        }
    }

    /// A day.
    ///
    /// # Errors
    /// `E-SEA-41`, `E-DAY`.
    pub fn day(&self, name: &'static str) -> Result<Day> {
        self.optional_day(name)?
            .ok_or_else(|| Problem::field("E-SEA-41", name))
    }

    /// A day that may be left out.
    ///
    /// # Errors
    /// `E-DAY`.
    pub fn optional_day(&self, name: &'static str) -> Result<Option<Day>> {
        match self.get(name) {
            "" => Ok(None),
            text => Day::parse(text)
                .map(Some)
                .map_err(|_| Problem::field("E-DAY", name)),
        }
    }

    /// A whole number within bounds that may be left out.
    ///
    /// # Errors
    /// `E-SEA-43`.
    pub fn number(&self, name: &'static str, least: i64, most: i64) -> Result<Option<i64>> {
        let text = self.get(name);
        if text.is_empty() {
            return Ok(None);
        }
        match text.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
            _ => Err(Problem::field("E-SEA-43", name)
                .with("least", least)
                .with("most", most)),
        }
    }

    /// A record's id.
    ///
    /// # Errors
    /// Not found.
    pub fn id(&self, name: &str) -> Result<u128> {
        u128::from_str_radix(self.get(name), 16).map_err(|_| Problem::not_found())
    }

    /// A record's id that may be left out.
    ///
    /// # Errors
    /// Not found.
    pub fn optional_id(&self, name: &str) -> Result<Option<u128>> {
        if self.get(name).is_empty() {
            Ok(None)
        } else {
            self.id(name).map(Some)
        }
    }

    /// A level of the profile that may be left out.
    ///
    /// # Errors
    /// `E-SEA-44`.
    pub fn level(&self, name: &'static str, profile: &Profile) -> Result<Option<Level>> {
        match self.get(name) {
            "" => Ok(None),
            code => {
                let level = Level(code.to_owned());
                let known = profile.level(&level).is_some();
                known
                    .then_some(Some(level))
                    .ok_or_else(|| Problem::field("E-SEA-44", name))
            }
        }
    }

    /// A kind of the profile that may be left out.
    ///
    /// # Errors
    /// `E-SEA-44`.
    pub fn kind(&self, name: &'static str, profile: &Profile) -> Result<Option<Kind>> {
        match self.get(name) {
            "" => Ok(None),
            code => {
                let kind = Kind(code.to_owned());
                let known = profile.kind(&kind).is_some();
                known
                    .then_some(Some(kind))
                    .ok_or_else(|| Problem::field("E-SEA-44", name))
            }
        }
    }
}

/// A form on a page: what stands in it and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    fields: Fields,
    wrong: Option<Wrong>,
}

#[derive(Clone, Debug)]
struct Wrong {
    field: &'static str,
    code: String,
    text: String,
}

impl Sheet {
    /// A form with something filled in.
    pub fn filled(fields: Fields) -> Self {
        Self {
            fields,
            wrong: None,
        }
    }

    /// The form as it was sent, with what is wrong with it.
    pub fn refused(fields: Fields, problem: &Problem, words: Words) -> Self {
        let wrong = Wrong {
            field: problem.field.unwrap_or(""),
            code: problem.code.clone(),
            text: problem.text(words),
        };
        Self {
            fields,
            wrong: Some(wrong),
        }
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    /// Whether a choice is made.
    pub fn chosen(&self, name: &str, value: &str) -> bool {
        self.fields.has(name, value)
    }

    /// Whether something is wrong with the form.
    pub fn is_refused(&self) -> bool {
        self.wrong.is_some()
    }

    /// Whether something is wrong with this field.
    pub fn is_wrong(&self, name: &str) -> bool {
        self.wrong.as_ref().is_some_and(|wrong| wrong.field == name)
    }

    /// The code of what is wrong.
    pub fn code(&self) -> &str {
        self.wrong.as_ref().map_or("", |wrong| &wrong.code)
    }

    /// What is wrong, in words.
    pub fn fault(&self) -> &str {
        self.wrong.as_ref().map_or("", |wrong| &wrong.text)
    }

    /// The field concerned; empty where it is the whole form.
    pub fn fault_at(&self) -> &str {
        self.wrong.as_ref().map_or("", |wrong| wrong.field)
    }
}
