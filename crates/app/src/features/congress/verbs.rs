//! The steps of a congress as forms: which are open in a state, to whom, and
//! what each asks for.

use std::collections::BTreeMap;

use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::congress::{Contents, Form, Planned, State, form_by_members};

use super::actions::Subject;
use crate::shell::Words;
use crate::shell::reporting::is_over;

/// A step of a congress.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// The level above confirms the report.
    Confirm,
    /// The level above sends the report back.
    Return,
    /// The result is ratified.
    Ratify,
    /// The unit is ready.
    Prepare,
    /// The level above reviewed it.
    Review,
    /// It met.
    Hold,
    /// A day is set or changed.
    Date,
    /// Form, ordinal and contents.
    Settle,
    /// The day is given up.
    Postpone,
    /// A successor holds it.
    HandOver,
    /// It will not be held.
    Cancel,
    /// It is to be held after all.
    Resume,
}

impl Verb {
    /// Every step, in the order of the page.
    pub const ALL: [Self; 12] = [
        Self::Confirm,
        Self::Return,
        Self::Ratify,
        Self::Prepare,
        Self::Review,
        Self::Hold,
        Self::Date,
        Self::Settle,
        Self::Postpone,
        Self::HandOver,
        Self::Cancel,
        Self::Resume,
    ];

    /// The name in addresses and keys of texts.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Return => "return",
            Self::Ratify => "ratify",
            Self::Prepare => "prepare",
            Self::Review => "review",
            Self::Hold => "hold",
            Self::Date => "date",
            Self::Settle => "settle",
            Self::Postpone => "postpone",
            Self::HandOver => "hand-over",
            Self::Cancel => "cancel",
            Self::Resume => "resume",
        }
    }

    /// What it takes.
    #[must_use]
    pub fn permission(self) -> Permission {
        match self {
            Self::Confirm | Self::Return => Permission::ConfirmReport,
            Self::Prepare | Self::Hold => Permission::ReportCongress,
            Self::Date => Permission::DateCongress,
            Self::Ratify
            | Self::Review
            | Self::Settle
            | Self::Postpone
            | Self::HandOver
            | Self::Cancel
            | Self::Resume => Permission::MoveCongressState,
        }
    }

    /// Whether it is open in a state; the machine decides again when it is
    /// taken (`docs/machines/congress.md`).
    #[must_use]
    pub fn is_open(self, state: State) -> bool {
        use State as S;
        let dated = matches!(state, S::Dated | S::Prepared | S::Reviewed);
        let before = dated || matches!(state, S::Expected | S::Postponed);
        match self {
            Self::Confirm => state == S::Reported,
            Self::Return => matches!(state, S::Held | S::Reported | S::Confirmed),
            Self::Ratify => state == S::Confirmed,
            Self::Prepare => state == S::Dated,
            Self::Review | Self::Postpone => dated,
            Self::Hold | Self::Date | Self::Settle | Self::HandOver | Self::Cancel => {
                before || state == S::Returned
            }
            Self::Resume => matches!(state, S::Cancelled | S::HandedOver),
        }
    }

    /// Whether it should not be taken lightly.
    #[must_use]
    pub fn is_grave(self) -> bool {
        matches!(self, Self::Cancel | Self::HandOver)
    }
}

/// A field of a step's form.
pub struct Field {
    /// Its name in the form.
    pub name: &'static str,
    /// What it is called on screen.
    pub label: String,
    /// What helps to fill it in.
    pub hint: String,
    /// `date`, `number`, `text`, `unit`, `area`, `check` or `choice`.
    pub kind: &'static str,
    /// What stands in it; for a box, whether it is ticked.
    pub value: String,
    /// What can be chosen: value and name.
    pub options: Vec<(&'static str, String)>,
    /// What is wrong with it.
    pub fault: String,
}

impl Field {
    fn new(words: Words, name: &'static str, kind: &'static str, value: impl Into<String>) -> Self {
        let label = words.say(&format!("congress-field-{}", name.replace('_', "-")));
        Self {
            name,
            label,
            hint: String::new(),
            kind,
            value: value.into(),
            options: Vec::new(),
            fault: String::new(),
        }
    }

    fn hint(mut self, hint: String) -> Self {
        self.hint = hint;
        self
    }

    /// Whether a box is ticked.
    #[must_use]
    pub fn is_ticked(&self) -> bool {
        self.value == "yes"
    }
}

/// What was sent with a form.
pub type Sent = BTreeMap<String, String>;

/// A step's form.
pub struct Step {
    /// `confirm`, `date` …
    pub code: &'static str,
    /// "Xác nhận báo cáo".
    pub title: String,
    /// What it means.
    pub note: String,
    /// Whether it is shown unfolded.
    pub open: bool,
    /// Whether it should not be taken lightly.
    pub grave: bool,
    /// What it asks for.
    pub fields: Vec<Field>,
    /// What is wrong, and where.
    pub faults: Vec<(&'static str, String)>,
    /// The code of what is wrong.
    pub fault_code: String,
    /// What the days that were tried run into: code, blocks, text.
    pub findings: Vec<(&'static str, bool, String)>,
}

/// The fields a step asks for, filled in with what is known. In a season that
/// is over they include the day it is recorded for.
#[must_use]
pub fn fields(words: Words, verb: Verb, subject: &Subject, today: Day) -> Vec<Field> {
    let mut fields = own_fields(words, verb, subject, today);
    if is_over(&subject.season, today) && verb != Verb::Hold {
        let day = Field::new(words, "day", "date", subject.recorded.to_string());
        fields.push(day.hint(words.say("congress-field-day-hint")));
    }
    fields
}

fn own_fields(words: Words, verb: Verb, subject: &Subject, today: Day) -> Vec<Field> {
    let new = |name, kind, value: String| Field::new(words, name, kind, value);
    let planned = subject.congress.planned();
    let planned = planned.on(plenum_rules::day::LAST).cloned().flatten();
    match verb {
        Verb::Confirm | Verb::Prepare => Vec::new(),
        Verb::Return | Verb::Postpone | Verb::Cancel | Verb::Resume => {
            vec![new("reason", "area", String::new())]
        }
        Verb::Ratify => vec![new("decision", "text", String::new())],
        Verb::Review => vec![new("findings", "area", String::new())],
        Verb::Hold => {
            let day = planned
                .as_ref()
                .filter(|planned| planned.last <= today)
                .map_or((subject.recorded, subject.recorded), |planned| {
                    (planned.first, planned.last)
                });
            vec![
                new("first", "date", day.0.to_string()),
                new("last", "date", day.1.to_string()),
            ]
        }
        Verb::Date => dating(words, subject, planned),
        Verb::Settle => settling(words, subject, subject.recorded),
        Verb::HandOver => vec![
            new("to", "unit", String::new()).hint(words.say("congress-field-to-hint")),
            new("reason", "area", String::new()),
        ],
    }
}

fn dating(words: Words, subject: &Subject, planned: Option<Planned>) -> Vec<Field> {
    let new = |name, kind, value: String| Field::new(words, name, kind, value);
    let again = !subject.congress.planned().is_empty();
    let (first, last, half_days) = planned.map_or_else(Default::default, |planned| {
        (
            planned.first.to_string(),
            planned.last.to_string(),
            match planned.preparatory_half_days {
                0 => String::new(),
                half_days => half_days.to_string(),
            },
        )
    });
    let mut fields = vec![
        new("first", "date", first),
        new("last", "date", last).hint(words.say("congress-field-last-hint")),
        new("half_days", "number", half_days).hint(words.say("congress-field-half-days-hint")),
    ];
    if again {
        fields.push(new("reason", "area", String::new()));
    }
    fields
}

/// The fields with which the superior's consent is recorded.
#[must_use]
pub fn consent(words: Words) -> [Field; 2] {
    ["consent_who", "consent_by"].map(|name| Field::new(words, name, "text", ""))
}

fn settling(words: Words, subject: &Subject, today: Day) -> Vec<Field> {
    let new = |name, kind, value: String| Field::new(words, name, kind, value);
    let settled = subject.congress.settled();
    let bound = subject.bound(today);
    let by_rule = bound.map(|bound| form_by_members(subject.unit.members, bound));
    let form = settled.map(|(form, _, _)| form).or(by_rule);
    let contents = subject.contents();
    let yes = |flag: bool| if flag { "yes" } else { "" }.to_owned();
    let mut choice = new(
        "form",
        "choice",
        form_code(form.unwrap_or(Form::Members)).to_owned(),
    );
    choice.options = [Form::Members, Form::Delegates]
        .map(|form| (form_code(form), form_name(words, form)))
        .to_vec();
    if let Some(bound) = bound {
        choice.hint = words.say_with(
            "congress-field-form-hint",
            &[
                ("members", i64::from(subject.unit.members).into()),
                ("bound", i64::from(bound).into()),
            ],
        );
    }
    let ordinal = settled
        .and_then(|(_, ordinal, _)| ordinal)
        .map(|ordinal| ordinal.to_string())
        .unwrap_or_default();
    let mut fields = vec![
        choice,
        new("ordinal", "number", ordinal).hint(words.say("congress-field-ordinal-hint")),
        new("review", "check", yes(contents.review)),
        new("opinions", "check", yes(contents.opinions)),
        new("committee", "check", yes(contents.committee)),
        new("delegates", "check", yes(contents.delegates)),
    ];
    if by_rule == Some(Form::Members) {
        fields.push(new("consent", "check", String::new()));
    }
    fields
}

/// The name of a form in forms and records.
#[must_use]
pub fn form_code(form: Form) -> &'static str {
    match form {
        Form::Members => "members",
        Form::Delegates => "delegates",
    }
}

/// "Đại hội đảng viên".
#[must_use]
pub fn form_name(words: Words, form: Form) -> String {
    words.say(&format!("congress-form-{}", form_code(form)))
}

/// The contents ticked in a form.
#[must_use]
pub fn contents_of(sent: &Sent) -> Contents {
    let ticked = |name: &str| sent.get(name).is_some_and(|value| value == "yes");
    Contents {
        review: ticked("review"),
        opinions: ticked("opinions"),
        committee: ticked("committee"),
        delegates: ticked("delegates"),
    }
}
