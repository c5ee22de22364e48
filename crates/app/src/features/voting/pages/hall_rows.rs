//! What the page of a congress's elections shows: the chain, the people, who
//! was convened.

use plenum_rules::PersonId;
use plenum_rules::voting::Uses;
use plenum_rules::voting::chain::{Recorded, Reply, Step, StepState};
use plenum_rules::voting::list::Person;
use plenum_rules::voting::preliminary::Held;
use plenum_rules::voting::profile::{Body, DenominatorKind, ElectionRules, Office};

use super::super::actions::preliminary::introducing;
use super::{ballot_name, state_chip, state_of};
use crate::shell::elections::{Ballot, Correction, Hall, id_text, office_name};
use crate::shell::{Lang, Place, Words};

/// More names than these are folded.
const MOST_NAMED: usize = 5;

/// An election of the chain.
pub struct StepRow {
    pub office: String,
    pub name: String,
    pub chip: &'static str,
    pub state: String,
    pub waits: String,
    pub planned: String,
    pub elected: String,
    /// How many were elected, where they are too many to stand side by side.
    pub many: String,
    pub begin: bool,
    pub skip: bool,
    pub hold: bool,
    pub introduction: bool,
    pub introduced: String,
    pub ballots: Vec<BallotRow>,
}

/// A ballot of an election.
pub struct BallotRow {
    pub href: String,
    pub name: String,
    pub state: String,
    pub chip: &'static str,
}

/// A person of the roster.
pub struct PersonRow {
    pub id: String,
    pub name: String,
    pub birth: String,
    pub joined: String,
    pub marks: Vec<String>,
    /// What was said otherwise once, and why it was put right.
    pub corrected: Vec<String>,
}

/// Who was convened where one body votes.
pub struct BodyPart {
    pub title: String,
    /// Whether somebody said so: these figures are nobody's guess.
    pub recorded: bool,
    pub convened: i64,
    pub present: i64,
    pub exclusions: Vec<(String, i64, i64)>,
    pub value: String,
    pub need: String,
}

/// A convocation of the unit.
pub struct ConvocationRow {
    pub href: String,
    pub name: String,
    pub here: bool,
}

/// The address of a unit's elections on one convocation; the latest needs no
/// number, but an address that is kept does.
pub fn convocation_address(place: &Place, called: i64) -> String {
    format!(
        "{}&called={called}",
        place.address("elections", &place.unit.code)
    )
}

/// How often the unit was called together, where it was more than once.
pub fn convocations(
    words: Words,
    place: &Place,
    halls: &[(i64, Hall)],
    called: i64,
) -> Vec<ConvocationRow> {
    let row = |(number, hall): &(i64, Hall)| {
        let key = if hall.chain.by_election {
            "voting-called-by-election"
        } else {
            "voting-called-congress"
        };
        let offices = hall.chain.steps.iter();
        let offices: Vec<String> = offices
            .map(|step| named(words, hall, &step.office))
            .collect();
        let values = [
            ("day", words.day(hall.day).into()),
            ("offices", offices.join(", ").into()),
        ];
        ConvocationRow {
            href: convocation_address(place, *number),
            name: words.say_with(key, &values),
            here: *number == called,
        }
    };
    let several = halls.len() > 1;
    halls.iter().filter(|_| several).map(row).collect()
}

/// A body's name in forms and keys of texts.
pub fn body_code(body: Body) -> &'static str {
    match body {
        Body::MemberCongress => "member_congress",
        Body::DelegateCongress => "delegate_congress",
        Body::Meeting => "meeting",
    }
}

/// What the rules are called.
pub fn rules_said(words: Words, rules: &ElectionRules) -> String {
    match words.0 {
        Lang::Vi => rules.name_vi.clone(),
        Lang::En => rules.name_en.clone(),
    }
}

/// Where the elections stand, in a sentence.
pub fn sentence(words: Words, place: &Place, hall: Option<&Hall>) -> String {
    let Some(hall) = hall else {
        return words.say1("voting-hall-none", "unit", &place.unit.name);
    };
    let over = hall
        .chain
        .steps
        .iter()
        .filter(|step| step.is_over())
        .count();
    words.say_with(
        "voting-hall-sentence",
        &[
            ("unit", (&place.unit.name).into()),
            ("day", words.day_in_sentence(hall.day).into()),
            ("over", over.into()),
            ("all", hall.chain.steps.len().into()),
        ],
    )
}

/// An office's name by the rules of the chain.
pub fn named(words: Words, hall: &Hall, office: &Office) -> String {
    hall.rules().map_or_else(
        || office.0.clone(),
        |rules| office_name(words, rules, office),
    )
}

/// Why the chain stands still; empty where it does not.
pub fn pause_said(words: Words, hall: &Hall) -> String {
    hall.chain.pause.as_ref().map_or_else(String::new, |pause| {
        words.say_with(
            "voting-pause",
            &[
                ("person", hall.name(pause.person).into()),
                ("office", named(words, hall, &pause.office).into()),
                ("body", named(words, hall, &pause.failed_in).into()),
            ],
        )
    })
}

/// Who put an answer on record, and from what.
fn recorded(words: Words, recorded: &Recorded) -> String {
    match recorded {
        Recorded::BySuperior { who } => words.say1("voting-reply-superior", "who", &who.0),
        Recorded::FromDocument { number, date, who } => words.say_with(
            "voting-reply-document",
            &[
                ("number", number.into()),
                ("date", words.day(*date).into()),
                ("who", (&who.0).into()),
            ],
        ),
    }
}

/// The superior's answers so far.
pub fn replies(words: Words, hall: &Hall) -> Vec<String> {
    let said = |reply: &Reply| {
        words.say_with(
            "voting-reply-said",
            &[
                ("office", named(words, hall, &reply.pause.office).into()),
                ("text", (&reply.text).into()),
                (
                    "person",
                    reply
                        .planned
                        .map_or_else(|| "–".to_owned(), |id| hall.name(id))
                        .into(),
                ),
                ("recorded", recorded(words, &reply.recorded).into()),
            ],
        )
    };
    hall.chain.replies.iter().map(said).collect()
}

fn names(hall: &Hall, people: &[PersonId]) -> String {
    people
        .iter()
        .map(|id| hall.name(*id))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The elections in order.
pub fn step_rows(words: Words, place: &Place, hall: &Hall, ballots: &[Ballot]) -> Vec<StepRow> {
    let row = |step: &Step| {
        let waits: Vec<String> = hall
            .chain
            .waits_for(&step.office)
            .iter()
            .map(|office| named(words, hall, office))
            .collect();
        let waiting = step.state == StepState::Waiting;
        StepRow {
            office: step.office.0.clone(),
            name: named(words, hall, &step.office),
            chip: match step.state {
                StepState::Waiting => "waiting",
                StepState::UnderWay(_) => "today",
                StepState::Done { open: 0, .. } | StepState::Appointed => "held",
                StepState::Done { .. } => "warn",
                StepState::Skipped => "off",
            },
            state: words.say_with(
                &format!("voting-step-{}", step.state.code().replace('_', "-")),
                &[
                    (
                        "open",
                        match step.state {
                            StepState::Done { open, .. } => i64::from(open),
                            _ => 0,
                        }
                        .into(),
                    ),
                    (
                        "round",
                        match step.state {
                            StepState::UnderWay(round) => i64::from(round),
                            _ => 0,
                        }
                        .into(),
                    ),
                ],
            ),
            waits: if waiting {
                waits.join(", ")
            } else {
                String::new()
            },
            planned: names(hall, &step.planned),
            elected: names(hall, &step.elected),
            many: if step.elected.len() > MOST_NAMED {
                words.say1("voting-people-many", "count", step.elected.len())
            } else {
                String::new()
            },
            begin: hall.chain.may_begin(&step.office).is_ok(),
            skip: step.if_needed && waiting,
            hold: hall.chain.clone().hold(&step.office).is_ok(),
            introduction: hall.chain.may_introduce(&step.office).is_ok()
                && introducing(ballots, &step.office).is_none(),
            introduced: introduced(words, step),
            ballots: ballots
                .iter()
                .filter(|ballot| ballot.office == step.office.0)
                .map(|ballot| BallotRow {
                    href: format!("/s/{}/elections/{}", place.season.id, id_text(ballot.id)),
                    name: ballot_name(words, ballot),
                    state: state_of(words, ballot),
                    chip: state_chip(&ballot.state),
                })
                .collect(),
        }
    };
    hall.chain.steps.iter().map(row).collect()
}

/// Whether the introduction ballot before an office was held, and how.
fn introduced(words: Words, step: &Step) -> String {
    match &step.introduced {
        None if step.introduction => words.say("voting-introduced-not-yet"),
        None => String::new(),
        Some(Held::Here(_)) => words.say("voting-introduced-here"),
        Some(Held::OnPaper(source)) => {
            words.say1("voting-introduced-on-paper", "source", source.as_str())
        }
    }
}

/// What a body that votes is called: a meeting with the body whose members
/// vote.
pub fn body_name(words: Words, hall: &Hall, body: Body) -> String {
    match hall.meets().filter(|_| body == Body::Meeting) {
        Some(meets) => words.say_with(
            "voting-body-meeting-of",
            &[
                ("body", named(words, hall, &meets).into()),
                ("members", hall.members(&meets).into()),
            ],
        ),
        None => words.say(&format!(
            "voting-body-{}",
            body_code(body).replace('_', "-")
        )),
    }
}

/// The people in the order of lists.
pub fn person_rows(words: Words, hall: &Hall) -> Vec<PersonRow> {
    let marks = |person: &Person| {
        let flags = [
            (!person.official, "voting-mark-probationary"),
            (person.delegate, "voting-mark-delegate"),
            (person.convening, "voting-mark-convening"),
            (person.teller, "voting-mark-teller"),
            (person.helper, "voting-mark-helper"),
        ];
        let flags = flags.into_iter().filter(|(is, _)| *is);
        let bodies = person
            .bodies
            .iter()
            .map(|office| named(words, hall, office));
        flags.map(|(_, key)| words.say(key)).chain(bodies).collect()
    };
    hall.in_order()
        .into_iter()
        .map(|person| PersonRow {
            id: person.id.to_string(),
            name: person.name.clone(),
            birth: person.birth.map(|day| words.day(day)).unwrap_or_default(),
            joined: person.joined.map(|day| words.day(day)).unwrap_or_default(),
            marks: marks(person),
            corrected: corrected(words, hall, person.id),
        })
        .collect()
}

/// What lists said of somebody before it was put right.
fn corrected(words: Words, hall: &Hall, id: PersonId) -> Vec<String> {
    let own = hall.corrections.iter().filter(|one| one.before.id == id);
    let said = |one: &Correction| {
        let birth = one.before.birth.map(|day| words.day(day));
        words.say_with(
            "voting-corrected",
            &[
                ("name", (&one.before.name).into()),
                ("birth", birth.unwrap_or_else(|| "–".to_owned()).into()),
                ("reason", (&one.reason).into()),
                ("day", words.day(one.on).into()),
                ("by", (&one.by.0).into()),
            ],
        )
    };
    own.map(said).collect()
}

/// The bodies that vote in this chain.
pub fn bodies(hall: &Hall) -> Vec<Body> {
    let Some(rules) = hall.rules() else {
        return Vec::new();
    };
    let mut bodies: Vec<Body> = Vec::new();
    for step in &hall.chain.steps {
        if let Some(rule) = rules.office(&step.office) {
            let body = Body::of(rule.elected_by, hall.occasion.form);
            if !bodies.contains(&body) {
                bodies.push(body);
            }
        }
    }
    // Nobody meets before there are members.
    let sits = |body: &Body| match hall.meets().filter(|_| *body == Body::Meeting) {
        Some(meets) => hall.members(&meets) > 0,
        None => true,
    };
    bodies.retain(sits);
    bodies
}

/// Who was convened, by who votes.
pub fn body_parts(words: Words, hall: &Hall) -> Vec<BodyPart> {
    let Some(rules) = hall.rules() else {
        return Vec::new();
    };
    let part = |body: Body| {
        let attendance = hall.attendance(body);
        let (_, rule) = rules.denominator(body)?;
        let early = matches!(
            rule.kind.value,
            DenominatorKind::Convened | DenominatorKind::Present
        );
        let found = attendance
            .denominator(rules, (0, 0), &mut Uses::default())
            .ok()
            .filter(|_| early);
        let exclusions = rule.exclusions.iter().filter_map(|exclusion| {
            let group = attendance
                .groups
                .iter()
                .find(|group| group.code == exclusion.code)?;
            let text = match words.0 {
                Lang::Vi => exclusion.text_vi.clone(),
                Lang::En => exclusion.text_en.clone(),
            };
            Some((text, i64::from(group.people), i64::from(group.counted)))
        });
        Some(BodyPart {
            title: body_name(words, hall, body),
            recorded: hall.attendance.iter().any(|known| known.body == body),
            convened: attendance.convened.into(),
            present: attendance.present.into(),
            exclusions: exclusions.collect(),
            value: found.as_ref().map_or_else(
                || words.say("voting-denominator-later"),
                |found| words.count(i64::from(found.value)),
            ),
            need: found.map_or_else(String::new, |found| {
                let need = rules.threshold.value.need(found.value);
                words.count(i64::try_from(need).unwrap_or(i64::MAX))
            }),
        })
    };
    bodies(hall).into_iter().filter_map(part).collect()
}
