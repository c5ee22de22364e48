//! Forms as the pages show them, and what was typed into them.

use std::collections::BTreeMap;

use plenum_rules::Day;
use plenum_rules::PersonId;

use crate::shell::problem::Result;
use crate::shell::{Problem, Words};

/// What a form sent: its fields by name.
pub type Sent = BTreeMap<String, String>;

/// The text of a field, without the space around it.
pub fn text<'a>(sent: &'a Sent, name: &str) -> &'a str {
    sent.get(name).map_or("", |value| value.trim())
}

/// Whether a box is ticked.
pub fn ticked(sent: &Sent, name: &str) -> bool {
    text(sent, name) == "yes"
}

/// A number, or nothing.
///
/// # Errors
/// `E-VOT-98`.
pub fn number<T: std::str::FromStr>(sent: &Sent, name: &'static str) -> Result<Option<T>> {
    match text(sent, name) {
        "" => Ok(None),
        digits => digits
            .parse()
            .map(Some)
            .map_err(|_| Problem::field("E-VOT-98", name)),
    }
}

/// A number that must be there.
///
/// # Errors
/// `E-VOT-98`.
pub fn needed<T: std::str::FromStr>(sent: &Sent, name: &'static str) -> Result<T> {
    number(sent, name)?.ok_or_else(|| Problem::field("E-VOT-98", name))
}

/// A day, or nothing.
///
/// # Errors
/// `E-DAY`.
pub fn day(sent: &Sent, name: &'static str) -> Result<Option<Day>> {
    match text(sent, name) {
        "" => Ok(None),
        day => read_day(day)
            .map(Some)
            .ok_or_else(|| Problem::field("E-DAY", name)),
    }
}

/// A day that must be there.
///
/// # Errors
/// `E-DAY`.
pub fn needed_day(sent: &Sent, name: &'static str) -> Result<Day> {
    day(sent, name)?.ok_or_else(|| Problem::field("E-DAY", name))
}

/// `2020-03-02` or `02/03/2020`.
pub fn read_day(text: &str) -> Option<Day> {
    if let Ok(day) = Day::parse(text) {
        return Some(day);
    }
    let mut parts = text.split(['/', '-', '.']).map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let none_left = parts.next().is_none();
    Day::of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        .ok()
        .filter(|_| none_left)
}

/// The person of a field.
///
/// # Errors
/// `E-VOT-68`.
pub fn person(sent: &Sent, name: &'static str) -> Result<PersonId> {
    person_of(text(sent, name)).ok_or_else(|| Problem::field("E-VOT-68", name))
}

/// The person of an id as it stands in forms.
pub fn person_of(text: &str) -> Option<PersonId> {
    text.parse().ok()
}

/// What is ticked of several boxes `name_VALUE`.
pub fn ticked_of<'a>(sent: &'a Sent, name: &'a str) -> impl Iterator<Item = &'a str> {
    sent.iter()
        .filter(|(_, value)| *value == "yes")
        .filter_map(move |(key, _)| key.strip_prefix(name)?.strip_prefix('_'))
}

/// The people whose boxes `name_ID` are ticked.
pub fn people(sent: &Sent, name: &str) -> Vec<PersonId> {
    ticked_of(sent, name).filter_map(person_of).collect()
}

/// A field of a form.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// The name in the form.
    pub name: String,
    /// The label.
    pub label: String,
    /// What helps to fill it.
    pub hint: String,
    /// `text`, `number`, `date`, `area`, `check`, `ticks`, `choice`, `select`,
    /// `people`, `hidden`.
    pub kind: &'static str,
    /// What stands in it.
    pub value: String,
    /// For choices: value and label.
    pub options: Vec<(String, String)>,
    /// For people and ticks: whose boxes are ticked.
    pub chosen: Vec<String>,
    /// What is wrong with it.
    pub fault: String,
}

impl Field {
    /// A field with a label of the room's texts.
    pub fn new(words: Words, kind: &'static str, name: &str) -> Self {
        let key = format!("voting-field-{}", name.replace('_', "-"));
        let hint = format!("{key}-hint");
        Self {
            name: name.to_owned(),
            label: words.say(&key),
            hint: if words.knows(&hint) {
                words.say(&hint)
            } else {
                String::new()
            },
            kind,
            ..Self::default()
        }
    }

    /// A field that is not shown.
    pub fn hidden(name: &str, value: impl Into<String>) -> Self {
        Self {
            name: name.to_owned(),
            kind: "hidden",
            value: value.into(),
            ..Self::default()
        }
    }

    /// With another label.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// With a value.
    #[must_use]
    pub fn value(mut self, value: impl ToString) -> Self {
        self.value = value.to_string();
        self
    }

    /// With options.
    #[must_use]
    pub fn options(mut self, options: Vec<(String, String)>) -> Self {
        self.options = options;
        self
    }

    /// Whether the box is ticked.
    #[must_use]
    pub fn is_ticked(&self) -> bool {
        self.value == "yes"
    }

    /// Whether the box of an option is ticked.
    #[must_use]
    pub fn has(&self, option: &str) -> bool {
        self.chosen.iter().any(|one| one == option)
    }
}

/// A form of the page.
#[derive(Clone, Debug, Default)]
pub struct FormView {
    /// The verb, which is also the form's place on the page.
    pub verb: &'static str,
    /// Tells forms of one verb apart.
    pub key: String,
    /// Where it is sent.
    pub action: String,
    /// The title.
    pub title: String,
    /// What it does.
    pub note: String,
    /// The button.
    pub button: String,
    /// Whether it is the next thing to do.
    pub main: bool,
    /// Whether it cannot be taken back.
    pub grave: bool,
    /// Whether it is unfolded.
    pub open: bool,
    /// The fields.
    pub fields: Vec<Field>,
    /// Why it was refused.
    pub fault: String,
    /// The code of the refusal.
    pub fault_code: String,
    /// Under which name the browser keeps what was typed.
    pub keep: String,
}

impl FormView {
    /// A form of a verb, with the room's texts.
    pub fn new(words: Words, verb: &'static str, action: impl Into<String>) -> Self {
        let note = format!("voting-note-{verb}");
        Self {
            verb,
            action: action.into(),
            title: words.say(&format!("voting-do-{verb}")),
            button: words.say(&format!("voting-do-{verb}")),
            note: if words.knows(&note) {
                words.say(&note)
            } else {
                String::new()
            },
            ..Self::default()
        }
    }

    /// With a field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }

    /// With fields.
    #[must_use]
    pub fn fields(mut self, fields: impl IntoIterator<Item = Field>) -> Self {
        self.fields.extend(fields);
        self
    }

    /// As the next thing to do.
    #[must_use]
    pub fn main(mut self) -> Self {
        self.main = true;
        self.open = true;
        self
    }

    /// As something that cannot be taken back.
    #[must_use]
    pub fn grave(mut self) -> Self {
        self.grave = true;
        self
    }

    /// One of several of its verb.
    #[must_use]
    pub fn keyed(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// Whether most of it are numbers, which then stand side by side.
    #[must_use]
    pub fn has_figures(&self) -> bool {
        self.fields
            .iter()
            .filter(|field| field.kind == "number")
            .count()
            > 2
    }

    /// The form's place on the page.
    #[must_use]
    pub fn id(&self) -> String {
        if self.key.is_empty() {
            self.verb.to_owned()
        } else {
            format!("{}-{}", self.verb, self.key)
        }
    }
}

/// A form that was refused.
pub struct Tried {
    /// Its verb.
    pub verb: &'static str,
    /// What was typed.
    pub sent: Sent,
    /// Why.
    pub problem: Problem,
}

impl Tried {
    /// Puts what was typed back and says what is wrong; answers whether one of
    /// the forms was it.
    fn put_back(&self, words: Words, forms: &mut [FormView]) -> bool {
        let found = forms.iter_mut().find(|form| {
            let mut hidden = form.fields.iter().filter(|field| field.kind == "hidden");
            form.verb == self.verb
                && hidden.all(|field| {
                    self.sent
                        .get(&field.name)
                        .is_none_or(|sent| *sent == field.value)
                })
        });
        let Some(form) = found else {
            return false;
        };
        form.open = true;
        form.fault = self.problem.text(words);
        form.fault_code.clone_from(&self.problem.code);
        let at = self.problem.field.unwrap_or("");
        for field in form
            .fields
            .iter_mut()
            .filter(|field| field.kind != "hidden")
        {
            field.value = self.sent.get(&field.name).cloned().unwrap_or_default();
            let start = format!("{}_", field.name);
            field.chosen = self
                .sent
                .keys()
                .filter_map(|key| key.strip_prefix(&start).map(str::to_owned))
                .collect();
            if field.name == at {
                field.fault.clone_from(&form.fault);
            }
        }
        true
    }

    /// Puts what was typed back into its form; where it has none any more,
    /// answers why it was refused, and the code.
    pub fn fault(&self, words: Words, groups: &mut [&mut Vec<FormView>]) -> (String, String) {
        if groups.iter_mut().any(|forms| self.put_back(words, forms)) {
            return (String::new(), String::new());
        }
        (self.problem.text(words), self.problem.code.clone())
    }
}
