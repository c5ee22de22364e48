//! What makes the forms of one ballot, and for whom.

use plenum_rules::Day;

use super::super::forms::{Field, FormView};
use super::super::verbs::Verb;
use super::Seen;
use crate::shell::Words;

/// What whoever looks may do with this ballot.
#[derive(Clone, Copy, Debug)]
pub struct Can {
    /// Lead it.
    pub run: bool,
    /// Count it.
    pub count: bool,
    /// Approve it for the level above.
    pub approve: bool,
}

/// The forms of the page.
#[derive(Default)]
pub struct Forms {
    /// What comes next.
    pub next: Vec<FormView>,
    /// What else can be done.
    pub other: Vec<FormView>,
    /// What follows the vote.
    pub after: Vec<FormView>,
}

/// Makes forms of one ballot.
pub struct Maker<'a> {
    pub words: Words,
    pub seen: &'a Seen,
    base: &'a str,
    today: Day,
}

impl<'a> Maker<'a> {
    /// Makes forms that are sent below an address.
    pub fn new(words: Words, seen: &'a Seen, base: &'a str, today: Day) -> Self {
        Self {
            words,
            seen,
            base,
            today,
        }
    }

    /// A form of a verb.
    pub fn form(&self, verb: Verb) -> FormView {
        let action = format!("{}/{}", self.base, verb.code());
        FormView::new(self.words, verb.code(), action)
    }

    /// A field with its own label.
    pub fn field(&self, kind: &'static str, name: &str) -> Field {
        Field::new(self.words, kind, name)
    }

    /// A field with another's label.
    pub fn labelled(&self, kind: &'static str, name: &str, key: &str) -> Field {
        self.field(kind, name).label(self.words.say(key))
    }

    /// The fields of a vote by raised cards, `NAME_agree` and the others.
    pub fn cards(&self, name: &str, present: u32) -> Vec<Field> {
        let field = |what: &str| {
            let mut field = self.field("number", &format!("{name}_{what}"));
            if what == "agree" {
                let present = i64::from(present);
                field.hint = self.words.say1("voting-cards-present", "present", present);
            }
            field
        };
        ["agree", "disagree", "abstain"].map(field).into()
    }

    /// A form of a day and a text.
    pub fn keep(&self, verb: Verb, label: &str, area: bool) -> FormView {
        self.form(verb)
            .field(self.field("date", "on").value(self.today))
            .field(self.labelled(if area { "area" } else { "text" }, "reason", label))
    }
}
