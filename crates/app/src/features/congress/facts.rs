//! What is known of a congress, for its page: the sheet of facts, and what
//! happened line by line.

use plenum_rules::Day;
use plenum_rules::congress::{Congress, Entry, Fact, Form, State, form_by_members};
use plenum_rules::words::{ordinal_en, roman};
use plenum_store::audit::Recorded;
use plenum_store::board::Standing;
use plenum_store::{Tx, org, season as seasons};

use super::actions::Subject;
use super::form::moment;
use super::history::History;
use super::limits;
use super::verbs::form_name;
use crate::shell::problem::Result;
use crate::shell::sentence::days;
use crate::shell::{App, Lang, Place, Words};

/// A line of the history.
pub struct Line {
    /// The day it belongs to.
    pub day: String,
    /// The same for machines.
    pub machine_day: String,
    /// What happened.
    pub text: String,
    /// Why, or what was said.
    pub more: String,
    /// Who recorded it and when; empty where nothing says so.
    pub who: String,
    /// Whether it no longer counts.
    pub void: bool,
}

/// What was recorded for days after the one looked at.
pub struct Later {
    /// How many facts.
    pub count: usize,
    /// The last of their days.
    pub day: Day,
}

/// What is recorded for days after this one.
#[must_use]
pub fn later(congress: &Congress, day: Day) -> Option<Later> {
    let later = || congress.entries().iter().filter(|entry| entry.on > day);
    Some(Later {
        count: later().count(),
        day: later().map(|entry| entry.on).max()?,
    })
}

/// The history up to a day, the latest first.
pub async fn lines(
    tx: &mut Tx,
    app: &App,
    words: Words,
    (subject, history, day): (&Subject, &History, Day),
) -> Result<Vec<Line>> {
    let entries = subject.congress.entries();
    let returned = entries
        .iter()
        .rposition(|entry| matches!(entry.fact, Fact::Returned { .. }))
        .unwrap_or_default();
    let mut rows: Vec<(&Recorded, &str)> = history.rows().collect();
    let mut lines = Vec::new();
    for (place, entry) in entries.iter().enumerate().rev() {
        if entry.on > day {
            continue;
        }
        let recorded = rows
            .iter()
            .position(|(row, _)| tells(row, entry))
            .map(|found| rows.remove(found));
        let (text, more) = said(tx, words, entry).await?;
        lines.push(Line {
            day: words.day(entry.on),
            machine_day: entry.on.to_string(),
            text,
            more,
            who: recorded
                .map(|(row, name)| format!("{name}, {}", moment(app, words, row.at)))
                .unwrap_or_default(),
            void: place < returned
                && matches!(
                    entry.fact,
                    Fact::Held { .. } | Fact::Reported { .. } | Fact::Confirmed
                ),
        });
    }
    Ok(lines)
}

/// Whether an audit row is the one that recorded a fact. Rows and facts are
/// both taken from the latest on; a holding is known by its day, since reports
/// record one too.
fn tells(row: &Recorded, entry: &Entry) -> bool {
    let event = match &entry.fact {
        Fact::Settled { .. } => "congress.settled",
        Fact::Dated { .. } => "congress.dated",
        Fact::Postponed { .. } => "congress.postponed",
        Fact::Prepared => "congress.prepared",
        Fact::Reviewed { .. } => "congress.reviewed",
        Fact::Held { .. } => {
            return row.event == "congress.held"
                && row.detail.contains(&format!("\"last\":\"{}\"", entry.on));
        }
        Fact::Reported { .. } => "congress.reported",
        Fact::Returned { .. } => "congress.returned",
        Fact::Confirmed => "congress.confirmed",
        Fact::Ratified { .. } => "congress.ratified",
        Fact::Cancelled { .. } => "congress.cancelled",
        Fact::HandedOver { .. } => "congress.handed_over",
        Fact::Resumed { .. } => "congress.resumed",
    };
    row.event == event
}

async fn said(tx: &mut Tx, words: Words, entry: &Entry) -> Result<(String, String)> {
    let plain = |key: &str| words.say(&format!("congress-fact-{key}"));
    Ok(match &entry.fact {
        Fact::Settled { form, ordinal, .. } => (
            plain("settled"),
            joined(&[
                form_name(words, *form),
                ordinal
                    .map(|ordinal| ordinal_said(words, ordinal))
                    .unwrap_or_default(),
            ]),
        ),
        Fact::Dated { planned, reason } => (
            words.say1(
                "congress-fact-dated",
                "days",
                days(words, planned.first, planned.last),
            ),
            reason.clone().unwrap_or_default(),
        ),
        Fact::Postponed { reason } => (plain("postponed"), reason.clone()),
        Fact::Prepared => (plain("prepared"), String::new()),
        Fact::Reviewed { findings } => (plain("reviewed"), findings.clone()),
        Fact::Held { first } => (
            words.say1("congress-fact-held", "days", days(words, *first, entry.on)),
            String::new(),
        ),
        Fact::Reported {
            numbers,
            difficulties,
        } => (
            words.say_with(
                "congress-fact-reported",
                &[
                    ("present", words.count(i64::from(numbers.present)).into()),
                    ("convened", words.count(i64::from(numbers.convened)).into()),
                ],
            ),
            difficulties.clone(),
        ),
        Fact::Returned { reason } => (plain("returned"), reason.clone()),
        Fact::Confirmed => (plain("confirmed"), String::new()),
        Fact::Ratified { decision } => (plain("ratified"), decision.clone()),
        Fact::Cancelled { reason } => (plain("cancelled"), reason.clone()),
        Fact::HandedOver { to, reason } => {
            let to = org::near(tx, *to, entry.on).await?;
            let to = to.map(|unit| unit.name).unwrap_or_default();
            (
                words.say1("congress-fact-handed-over", "unit", to),
                reason.clone(),
            )
        }
        Fact::Resumed { reason } => (plain("resumed"), reason.clone()),
    })
}

fn joined(parts: &[String]) -> String {
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join(", ")
}

/// "lần thứ XVII"; "the 17th".
fn ordinal_said(words: Words, ordinal: u16) -> String {
    let said = match words.0 {
        Lang::Vi => roman(ordinal),
        Lang::En => ordinal_en(ordinal),
    };
    words.say1("congress-ordinal-said", "ordinal", said)
}

/// The sheet of facts: what and its value, in the order of the page.
pub async fn sheet(
    tx: &mut Tx,
    words: Words,
    place: &Place,
    subject: &Subject,
    stands: &Standing,
) -> Result<Vec<(String, String)>> {
    let mut sheet = Vec::new();
    let mut put = |key: &str, value: String| {
        if !value.is_empty() {
            sheet.push((words.say(&format!("congress-sheet-{key}")), value));
        }
    };
    let planned = stands.planned.as_ref();
    put(
        "planned",
        planned.map_or_else(
            || words.say("congress-sheet-undated"),
            |planned| days(words, planned.first, planned.last),
        ),
    );
    put(
        "half-days",
        planned
            .map(|planned| planned.preparatory_half_days)
            .filter(|half_days| *half_days > 0)
            .map(|half_days| words.count(i64::from(half_days)))
            .unwrap_or_default(),
    );
    put(
        "held",
        stands
            .held
            .map(|(first, last)| days(words, first, last))
            .unwrap_or_default(),
    );
    put("due", limits::due(tx, words, place).await?);
    put("form", form(words, place, subject));
    put(
        "ordinal",
        subject
            .congress
            .settled()
            .and_then(|(_, ordinal, _)| ordinal)
            .map(|ordinal| ordinal_said(words, ordinal))
            .unwrap_or_default(),
    );
    put(
        "term",
        place
            .season
            .term(&place.unit.level)
            .map(ToString::to_string)
            .unwrap_or_default(),
    );
    put("term-ends", limits::term_ends(tx, words, place).await?);
    put("contents", contents(words, subject));
    put("members", words.count(i64::from(place.unit.members)));
    put("charge", in_charge(tx, place).await?);
    put(
        "reason",
        stands
            .reason
            .clone()
            .filter(|_| stands.waits() || !stands.state.is_expected_of_unit())
            .unwrap_or_default(),
    );
    put("decision", decision(subject));
    Ok(sheet)
}

/// "Đại hội đảng viên (30 đảng viên, dưới 200)".
fn form(words: Words, place: &Place, subject: &Subject) -> String {
    let members = subject.unit.members;
    let version = place
        .profile
        .in_force(place.day, &subject.unit.level, Some(&subject.unit.kind));
    let bound = version.and_then(|version| version.parameters.delegate_congress_from.as_ref());
    let settled = subject.congress.settled().map(|(form, _, _)| form);
    let by_rule = bound
        .filter(|_| members > 0)
        .map(|bound| form_by_members(members, bound.value));
    let Some(form) = settled.or(by_rule) else {
        return String::new();
    };
    let name = form_name(words, form);
    let Some(bound) = bound else { return name };
    let key = match (settled, by_rule, form) {
        (Some(Form::Delegates), Some(Form::Members), _) => "congress-form-consented",
        (_, _, Form::Members) => "congress-form-below",
        (_, _, Form::Delegates) => "congress-form-from",
    };
    let mut said = words.say_with(
        key,
        &[
            ("form", name.into()),
            ("bound", i64::from(bound.value).into()),
        ],
    );
    if !bound.confirmed {
        said.push(' ');
        said.push_str(&words.say("congress-unconfirmed"));
    }
    said
}

fn contents(words: Words, subject: &Subject) -> String {
    let contents = subject.contents();
    let flags = [
        (contents.review, "congress-field-review"),
        (contents.opinions, "congress-field-opinions"),
        (contents.committee, "congress-field-committee"),
        (contents.delegates, "congress-field-delegates"),
    ];
    let held: Vec<String> = flags
        .into_iter()
        .filter(|(flag, _)| *flag)
        .map(|(_, key)| words.say(key))
        .collect();
    format!("{}/4: {}", held.len(), held.join("; "))
}

async fn in_charge(tx: &mut Tx, place: &Place) -> Result<String> {
    let charges = seasons::charges(tx, &place.season.id).await?;
    let people: Vec<String> = charges
        .into_iter()
        .filter(|charge| charge.unit == place.unit.unit && charge.span.holds(place.day))
        .map(|charge| joined(&[charge.person, charge.post]))
        .collect();
    Ok(people.join("; "))
}

fn decision(subject: &Subject) -> String {
    if subject.congress.state() != State::Ratified {
        return String::new();
    }
    let entries = subject.congress.entries().iter().rev();
    entries
        .filter_map(|entry| match &entry.fact {
            Fact::Ratified { decision } => Some(decision.clone()),
            _ => None,
        })
        .next()
        .unwrap_or_default()
}
