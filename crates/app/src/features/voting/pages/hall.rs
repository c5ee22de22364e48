//! The elections of one congress: their chain, the people, who was convened.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::access::Permission;
use plenum_rules::congress::Form as CongressForm;
use plenum_rules::voting::attendance::{Attendance, Group};
use plenum_rules::voting::chain::{Step, StepState};
use plenum_rules::voting::list::{Person, PersonId};
use plenum_rules::voting::profile::{
    Body, DenominatorKind, ElectionRules, ExclusionCode, Office, Shape,
};
use plenum_rules::voting::Uses;
use plenum_rules::{Day, SeasonId};
use plenum_store::season::{self as seasons};
use plenum_store::{congress, voting};
use serde::Deserialize;

use super::super::actions::hall::{self as actions, At, ChainStep, Said, SetUp};
use super::super::facts::{Ballot, Hall, id_text, office_name};
use super::super::forms::{self, Field, FormView, Sent, Tried};
use super::super::verbs::HallVerb;
use super::{ballot_name, state_chip, state_word};
use crate::shell::page::render;
use crate::shell::place::place_for;
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Lang, Look, Place, Problem, Visitor, Words, act, look};

/// What the address of the page says.
#[derive(Deserialize, Default)]
pub struct Asked {
    unit: Option<String>,
    on: Option<String>,
    edit: Option<u64>,
    done: Option<String>,
}

/// An election of the chain.
struct StepRow {
    office: String,
    name: String,
    chip: &'static str,
    state: String,
    waits: String,
    planned: String,
    elected: String,
    begin: bool,
    skip: bool,
    introduce: bool,
    ballots: Vec<BallotRow>,
}

struct BallotRow {
    href: String,
    name: String,
    state: String,
    chip: &'static str,
}

/// A person of the roster.
struct PersonRow {
    id: u64,
    name: String,
    birth: String,
    joined: String,
    marks: Vec<String>,
}

/// Who was convened where one body votes.
struct BodyPart {
    title: String,
    convened: i64,
    present: i64,
    exclusions: Vec<(String, i64, i64)>,
    value: String,
    need: String,
}

#[derive(Template)]
#[template(path = "voting/hall.html")]
struct HallPage {
    p: Chrome,
    unit: String,
    on: String,
    address: String,
    congress: String,
    sentence: String,
    rules: String,
    done: String,
    fault: String,
    fault_code: String,
    pause: String,
    replies: Vec<String>,
    steps: Vec<StepRow>,
    people: Vec<PersonRow>,
    bodies: Vec<BodyPart>,
    may_run: bool,
    first: Vec<FormView>,
    chain_forms: Vec<FormView>,
    people_forms: Vec<FormView>,
    attend_forms: Vec<FormView>,
}

/// `GET /s/{season}/elections`.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    match build(&app, &visitor, &season, &asked, None).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

/// `POST /s/{season}/elections/hall/…`.
pub async fn perform(
    verb: HallVerb,
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Form(sent): Form<Sent>,
) -> Response {
    let on = match forms::day(&sent, "on") {
        Ok(on) => on,
        Err(problem) => return problem.page(&visitor),
    };
    let at = At {
        season: season.clone(),
        unit: forms::text(&sent, "unit").to_owned(),
        on,
    };
    match take(&app, &visitor, verb, (&at, &sent)).await {
        Ok(Some(ballot)) => {
            Redirect::to(&actions::address(&season, ballot)).into_response()
        }
        Ok(None) => {
            let mut query = vec![("unit", at.unit.clone()), ("done", verb.code().to_owned())];
            query.extend(on.map(|on| ("on", on.to_string())));
            let query = serde_urlencoded::to_string(query).unwrap_or_default();
            Redirect::to(&format!("/s/{season}/elections?{query}")).into_response()
        }
        Err(problem) if problem.status == axum::http::StatusCode::UNPROCESSABLE_ENTITY => {
            let asked = Asked {
                unit: Some(at.unit.clone()),
                on: on.map(|on| on.to_string()),
                edit: forms::text(&sent, "id").parse().ok(),
                done: None,
            };
            let tried = Tried {
                verb: verb.code(),
                sent,
                problem,
            };
            match build(&app, &visitor, &season, &asked, Some(&tried)).await {
                Ok(page) => {
                    let mut response = render(&page);
                    *response.status_mut() = tried.problem.status;
                    response
                }
                Err(problem) => problem.page(&visitor),
            }
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn take(
    app: &App,
    visitor: &Visitor,
    verb: HallVerb,
    (at, sent): (&At, &Sent),
) -> Result<Option<u128>> {
    let who = visitor.signed_in()?;
    let (at, office) = (at.clone(), Office(forms::text(sent, "office").to_owned()));
    macro_rules! chain {
        ($step:expr) => {{
            let step = $step;
            act(app, who, |cx| {
                Box::pin(async move { actions::move_chain(cx, &at, &office, step).await })
            })
            .await?
        }};
    }
    match verb {
        HallVerb::SetUp => {
            let set_up = set_up_of(sent)?;
            act(app, who, |cx| {
                Box::pin(async move { actions::set_up(cx, &at, set_up).await })
            })
            .await?;
        }
        HallVerb::People => {
            let people = roster(forms::text(sent, "people"))?;
            act(app, who, |cx| {
                Box::pin(async move { actions::add_people(cx, &at, &people).await })
            })
            .await?;
        }
        HallVerb::Person => {
            let (id, said) = (forms::person(sent, "id")?, said_of(sent)?);
            act(app, who, |cx| {
                Box::pin(async move { actions::change_person(cx, &at, id, &said).await })
            })
            .await?;
        }
        HallVerb::Remove => {
            let id = forms::person(sent, "id")?;
            act(app, who, |cx| {
                Box::pin(async move { actions::remove_person(cx, &at, id).await })
            })
            .await?;
        }
        HallVerb::Attend => {
            let attendance = attendance_of(sent)?;
            act(app, who, |cx| {
                Box::pin(async move { actions::attend(cx, &at, attendance).await })
            })
            .await?;
        }
        HallVerb::Plan => chain!(ChainStep::Plan(forms::person(sent, "person")?)),
        HallVerb::Introduce => chain!(ChainStep::Introduce),
        HallVerb::Skip => chain!(ChainStep::Skip),
        HallVerb::Appoint => chain!(ChainStep::Appoint(forms::person(sent, "person")?)),
        HallVerb::Reply => {
            let text = forms::text(sent, "reason").to_owned();
            let planned = forms::text(sent, "person").parse().ok().map(PersonId);
            act(app, who, |cx| {
                Box::pin(async move { actions::reply(cx, &at, &text, planned).await })
            })
            .await?;
        }
        HallVerb::Begin => {
            let ballot = act(app, who, |cx| {
                Box::pin(async move { actions::begin(cx, &at, &office).await })
            })
            .await?;
            return Ok(Some(ballot));
        }
    }
    Ok(None)
}

fn set_up_of(sent: &Sent) -> Result<SetUp> {
    Ok(SetUp {
        day: forms::needed_day(sent, "day")?,
        shape: if forms::text(sent, "shape") == "branch" {
            Shape::Branch
        } else {
            Shape::Committee
        },
        form: if forms::text(sent, "form") == "delegates" {
            CongressForm::Delegates
        } else {
            CongressForm::Members
        },
        official_members: forms::needed(sent, "official_members")?,
        trial: forms::ticked(sent, "trial"),
    })
}

fn said_of(sent: &Sent) -> Result<Said> {
    Ok(Said {
        name: forms::text(sent, "name").to_owned(),
        birth: forms::day(sent, "birth")?,
        joined: forms::day(sent, "joined")?,
        official: forms::ticked(sent, "official"),
        delegate: forms::ticked(sent, "delegate"),
        convening: forms::ticked(sent, "convening"),
        teller: forms::ticked(sent, "teller"),
    })
}

/// People typed one on a line: name; birth; joined; letters. The letters: D
/// probationary, B delegate, C convening committee, K counting committee.
fn roster(text: &str) -> Result<Vec<Said>> {
    let mut people = Vec::new();
    for (number, line) in (1_i64..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let wrong = || Problem::field("E-VOT-99", "people").with("line", number);
        let mut parts = line.split([';', '\t']).map(str::trim);
        let name = parts.next().unwrap_or_default().to_owned();
        let mut day = || -> Result<Option<Day>> {
            match parts.next().unwrap_or_default() {
                "" => Ok(None),
                text => forms::read_day(text).map(Some).ok_or_else(wrong),
            }
        };
        let (birth, joined) = (day()?, day()?);
        let letters = parts.next().unwrap_or_default().to_uppercase();
        let known = letters
            .chars()
            .all(|letter| "DBCK, ".contains(letter));
        if !known || parts.next().is_some() {
            return Err(wrong());
        }
        people.push(Said {
            name,
            birth,
            joined,
            official: !letters.contains('D'),
            delegate: letters.contains('B'),
            convening: letters.contains('C'),
            teller: letters.contains('K'),
        });
    }
    Ok(people)
}

fn attendance_of(sent: &Sent) -> Result<Attendance> {
    let body = match forms::text(sent, "body") {
        "member_congress" => Body::MemberCongress,
        "delegate_congress" => Body::DelegateCongress,
        _ => Body::Meeting,
    };
    let mut groups = Vec::new();
    for (key, value) in sent {
        let Some(code) = key.strip_prefix("out_").filter(|_| !value.trim().is_empty()) else {
            continue;
        };
        let number = |name: &str| -> Result<u32> {
            match forms::text(sent, name) {
                "" => Ok(0),
                digits => digits
                    .parse()
                    .map_err(|_| Problem::refused("E-VOT-98")),
            }
        };
        let group = Group {
            code: ExclusionCode(code.to_owned()),
            people: number(key)?,
            counted: number(&format!("in_{code}"))?,
        };
        if group.people > 0 || group.counted > 0 {
            groups.push(group);
        }
    }
    Ok(Attendance {
        body,
        convened: forms::needed(sent, "convened")?,
        present: forms::needed(sent, "present")?,
        groups,
    })
}

fn body_code(body: Body) -> &'static str {
    match body {
        Body::MemberCongress => "member_congress",
        Body::DelegateCongress => "delegate_congress",
        Body::Meeting => "meeting",
    }
}

async fn build(
    app: &App,
    visitor: &Visitor,
    season: &str,
    asked: &Asked,
    tried: Option<&Tried>,
) -> Result<HallPage> {
    let words = visitor.words;
    let mut look = look(app, visitor.signed_in()?).await?;
    let permission = Permission::SeeElection;
    let place = place_for(
        &mut look,
        permission,
        season,
        asked.unit.as_deref(),
        asked.on.as_deref(),
    )
    .await?;
    if place.season.term(&place.unit.level).is_none() {
        return Err(Problem::refused("E-CON-14").with("unit", &place.unit.name));
    }
    let unit = place.unit.unit;
    let hall: Option<Hall> = voting::hall(&mut look.tx, &place.season.id, unit).await?;
    let ballots = actions::ballots_of(&mut look.tx, &place.season.id, unit).await?;
    let may_run = look.may(Permission::RunElection, unit).await?;
    let may_approve = look.may(Permission::ApproveElection, unit).await?;
    let mut first = Vec::new();
    let (mut chain_forms, mut people_forms, mut attend_forms) = (Vec::new(), Vec::new(), Vec::new());
    if may_run && ballots.is_empty() {
        first.push(set_up_form(&mut look, words, &place, hall.as_ref()).await?);
    }
    if let Some(hall) = &hall {
        if may_run {
            chain_forms = running(words, &place, hall);
            people_forms = roster_forms(words, &place, hall, asked.edit);
            attend_forms = attendance_forms(words, &place, hall);
        }
        if may_approve {
            chain_forms.extend(appointing(words, &place, hall));
        }
    }
    let (mut fault, mut fault_code) = (String::new(), String::new());
    if let Some(tried) = tried {
        let put_back = [&mut first, &mut chain_forms, &mut people_forms, &mut attend_forms]
            .into_iter()
            .any(|forms| tried.put_back(words, forms));
        if !put_back {
            fault = tried.problem.text(words);
            fault_code.clone_from(&tried.problem.code);
        }
    }
    let done = asked.done.as_deref().map(|done| format!("voting-done-{done}"));
    let title = words.say1("voting-hall-title", "unit", &place.unit.name);
    let view = hall.as_ref();
    Ok(HallPage {
        p: Chrome::new(visitor, title)
            .section("progress")
            .at(&place, "elections")
            .live(&place),
        unit: place.unit.code.clone(),
        on: if place.day_named { place.day.to_string() } else { String::new() },
        address: place.address("elections", &place.unit.code),
        congress: place.address("congress", &place.unit.code),
        sentence: sentence(words, &place, view),
        rules: view.and_then(Hall::rules).map(|rules| rules_said(words, rules)).unwrap_or_default(),
        done: done
            .filter(|key| words.knows(key))
            .map(|key| words.say(&key))
            .unwrap_or_default(),
        fault,
        fault_code,
        pause: view.map(|hall| pause_said(words, hall)).unwrap_or_default(),
        replies: view.map(|hall| replies(words, hall)).unwrap_or_default(),
        steps: view.map(|hall| step_rows(words, &place, hall, &ballots)).unwrap_or_default(),
        people: view.map(|hall| person_rows(words, hall)).unwrap_or_default(),
        bodies: view.map(|hall| body_parts(words, hall)).unwrap_or_default(),
        may_run,
        first,
        chain_forms,
        people_forms,
        attend_forms,
    })
}

fn rules_said(words: Words, rules: &ElectionRules) -> String {
    match words.0 {
        Lang::Vi => rules.name_vi.clone(),
        Lang::En => rules.name_en.clone(),
    }
}

fn sentence(words: Words, place: &Place, hall: Option<&Hall>) -> String {
    let Some(hall) = hall else {
        return words.say1("voting-hall-none", "unit", &place.unit.name);
    };
    let over = hall.chain.steps.iter().filter(|step| step.is_over()).count();
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

fn named(words: Words, hall: &Hall, office: &Office) -> String {
    hall.rules().map_or_else(
        || office.0.clone(),
        |rules| office_name(words, rules, office),
    )
}

fn pause_said(words: Words, hall: &Hall) -> String {
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

fn replies(words: Words, hall: &Hall) -> Vec<String> {
    let said = |reply: &plenum_rules::voting::chain::Reply| {
        words.say_with(
            "voting-reply-said",
            &[
                ("office", named(words, hall, &reply.pause.office).into()),
                ("text", (&reply.text).into()),
                (
                    "person",
                    reply.planned.map_or_else(|| "–".to_owned(), |id| hall.name(id)).into(),
                ),
            ],
        )
    };
    hall.chain.replies.iter().map(said).collect()
}

fn names(hall: &Hall, people: &[PersonId]) -> String {
    people.iter().map(|id| hall.name(*id)).collect::<Vec<_>>().join(", ")
}

fn step_rows(words: Words, place: &Place, hall: &Hall, ballots: &[Ballot]) -> Vec<StepRow> {
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
                StepState::Done { open: 0 } | StepState::Appointed => "held",
                StepState::Done { .. } => "warn",
                StepState::Skipped => "off",
            },
            state: words.say_with(
                &format!("voting-step-{}", step.state.code().replace('_', "-")),
                &[
                    ("open", match step.state {
                        StepState::Done { open } => i64::from(open),
                        _ => 0,
                    }.into()),
                    ("round", match step.state {
                        StepState::UnderWay(round) => i64::from(round),
                        _ => 0,
                    }.into()),
                ],
            ),
            waits: if waiting { waits.join(", ") } else { String::new() },
            planned: names(hall, &step.planned),
            elected: names(hall, &step.elected),
            begin: hall.chain.may_begin(&step.office).is_ok(),
            skip: step.if_needed && waiting,
            introduce: step.introduction && !step.introduced && waiting,
            ballots: ballots
                .iter()
                .filter(|ballot| ballot.office == step.office.0)
                .map(|ballot| BallotRow {
                    href: format!("/s/{}/elections/{}", place.season.id, id_text(ballot.id)),
                    name: ballot_name(words, ballot),
                    state: state_word(words, &ballot.state),
                    chip: state_chip(&ballot.state),
                })
                .collect(),
        }
    };
    hall.chain.steps.iter().map(row).collect()
}

fn person_rows(words: Words, hall: &Hall) -> Vec<PersonRow> {
    let marks = |person: &Person| {
        let flags = [
            (!person.official, "voting-mark-probationary"),
            (person.delegate, "voting-mark-delegate"),
            (person.convening, "voting-mark-convening"),
            (person.teller, "voting-mark-teller"),
        ];
        let flags = flags.into_iter().filter(|(is, _)| *is);
        let bodies = person.bodies.iter().map(|office| named(words, hall, office));
        flags.map(|(_, key)| words.say(key)).chain(bodies).collect()
    };
    hall.in_order()
        .into_iter()
        .map(|person| PersonRow {
            id: person.id.0,
            name: person.name.clone(),
            birth: person.birth.map(|day| words.day(day)).unwrap_or_default(),
            joined: person.joined.map(|day| words.day(day)).unwrap_or_default(),
            marks: marks(person),
        })
        .collect()
}

/// The bodies that vote in this chain.
fn bodies(hall: &Hall) -> Vec<Body> {
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
    bodies
}

fn body_parts(words: Words, hall: &Hall) -> Vec<BodyPart> {
    let Some(rules) = hall.rules() else {
        return Vec::new();
    };
    let part = |body: Body| {
        let attendance = hall.attendance(body);
        let (_, rule) = rules.denominator(body)?;
        let early = matches!(rule.kind.value, DenominatorKind::Convened | DenominatorKind::Present);
        let found = attendance
            .denominator(rules, (0, 0), &mut Uses::default())
            .ok()
            .filter(|_| early);
        let exclusions = rule.exclusions.iter().filter_map(|exclusion| {
            let group = attendance.groups.iter().find(|group| group.code == exclusion.code)?;
            let text = match words.0 {
                Lang::Vi => exclusion.text_vi.clone(),
                Lang::En => exclusion.text_en.clone(),
            };
            Some((text, i64::from(group.people), i64::from(group.counted)))
        });
        Some(BodyPart {
            title: words.say(&format!("voting-body-{}", body_code(body).replace('_', "-"))),
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

// ---------------------------------------------------------------- forms

fn view(words: Words, place: &Place, verb: HallVerb) -> FormView {
    let action = format!("/s/{}/elections/hall/{}", place.season.id, verb.code());
    let on = if place.day_named { place.day.to_string() } else { String::new() };
    let mut form = FormView::new(words, verb.code(), action)
        .field(Field::hidden("unit", &place.unit.code))
        .field(Field::hidden("on", on));
    form.keep = format!("elections/{}/{}/{}", place.season.id, place.unit.code, verb.code());
    form
}

async fn set_up_form(
    look: &mut Look,
    words: Words,
    place: &Place,
    hall: Option<&Hall>,
) -> Result<FormView> {
    let (season, unit) = (&place.season.id, &place.unit);
    let record = congress::load(&mut look.tx, season, unit.unit).await?;
    let planned = record.planned().on(place.day).and_then(|planned| planned.clone());
    let day = hall
        .map(|hall| hall.day)
        .or(record.held().map(|(first, _)| first))
        .or(planned.map(|planned| planned.first))
        .unwrap_or(place.day);
    let trial = match hall {
        Some(hall) => hall.occasion.trial,
        None => is_trial(look, season, place).await?,
    };
    let delegates = match (hall, record.settled()) {
        (Some(hall), _) => hall.occasion.form == CongressForm::Delegates,
        (None, Some((form, _, _))) => form == CongressForm::Delegates,
        (None, None) => false,
    };
    let shape = match hall.map(|hall| hall.occasion.shape) {
        Some(Shape::Branch) => "branch",
        Some(Shape::Committee) => "committee",
        None if unit.level.0 == "branch" => "branch",
        None => "committee",
    };
    let members = hall.map_or(unit.members, |hall| hall.occasion.official_members);
    let choice = |name: &str, options: &[&str]| {
        let options = options.iter().map(|option| {
            let key = format!("voting-field-{name}-{option}");
            ((*option).to_owned(), words.say(&key))
        });
        Field::new(words, "choice", name).options(options.collect())
    };
    let form = view(words, place, HallVerb::SetUp)
        .field(Field::new(words, "date", "day").value(day))
        .field(Field::new(words, "number", "official_members").value(members))
        .field(choice("shape", &["branch", "committee"]).value(shape))
        .field(choice("form", &["members", "delegates"]).value(if delegates { "delegates" } else { "members" }))
        .field(Field::new(words, "check", "trial").value(if trial { "yes" } else { "" }));
    Ok(if hall.is_none() { form.main() } else { form })
}

async fn is_trial(look: &mut Look, season: &SeasonId, place: &Place) -> Result<bool> {
    use plenum_rules::season::Mark;
    let marks = seasons::marks_of(&mut look.tx, season, &[place.unit.unit]).await?;
    Ok(marks
        .get(&place.unit.unit)
        .is_some_and(|marks| {
            marks
                .iter()
                .any(|(span, mark)| *mark == Mark::Trial && span.holds(place.day))
        }))
}

/// The people as options, in the order of lists.
pub fn people_options(hall: &Hall, keep: impl Fn(&Person) -> bool) -> Vec<(String, String)> {
    hall.in_order()
        .into_iter()
        .filter(|person| keep(person))
        .map(|person| {
            let twin = hall
                .people
                .iter()
                .any(|other| other.id != person.id && other.name == person.name);
            let birth = person.birth.filter(|_| twin);
            let label = birth.map_or_else(
                || person.name.clone(),
                |day| format!("{} ({})", person.name, plenum_rules::words::day_table(day)),
            );
            (person.id.0.to_string(), label)
        })
        .collect()
}

fn person_field(words: Words, hall: &Hall) -> Field {
    let mut options = vec![(String::new(), "–".to_owned())];
    options.extend(people_options(hall, |person| person.official));
    Field::new(words, "select", "person").options(options)
}

fn running(words: Words, place: &Place, hall: &Hall) -> Vec<FormView> {
    let mut forms = Vec::new();
    if hall.chain.pause.is_some() {
        forms.push(
            view(words, place, HallVerb::Reply)
                .field(Field::new(words, "area", "reason").label(words.say("voting-field-reply")))
                .field(person_field(words, hall).label(words.say("voting-field-reply-person")))
                .main(),
        );
    }
    let planning: Vec<&Step> = hall
        .chain
        .steps
        .iter()
        .filter(|step| step.state == StepState::Waiting && !step.planned_must_be_in.is_empty())
        .collect();
    for step in planning {
        let mut form = view(words, place, HallVerb::Plan)
            .field(Field::hidden("office", &step.office.0))
            .field(person_field(words, hall))
            .keyed(&step.office.0);
        form.title = words.say1("voting-plan-title", "office", named(words, hall, &step.office));
        forms.push(form);
    }
    forms
}

fn appointing(words: Words, place: &Place, hall: &Hall) -> Vec<FormView> {
    let Some(rules) = hall.rules() else {
        return Vec::new();
    };
    let open = hall.chain.steps.iter().filter(|step| {
        let tried = PersonId(0);
        hall.chain.clone().appoint(rules, &step.office, tried).is_ok()
    });
    open.map(|step| {
        let mut form = view(words, place, HallVerb::Appoint)
            .field(Field::hidden("office", &step.office.0))
            .field(person_field(words, hall))
            .keyed(&step.office.0);
        form.title = words.say1("voting-appoint-title", "office", named(words, hall, &step.office));
        form
    })
    .collect()
}

fn roster_forms(words: Words, place: &Place, hall: &Hall, edit: Option<u64>) -> Vec<FormView> {
    let mut forms = Vec::new();
    if let Some(person) = edit.and_then(|id| hall.person(PersonId(id))) {
        let tick = |name: &str, is: bool| {
            Field::new(words, "check", name).value(if is { "yes" } else { "" })
        };
        let day = |name: &str, day: Option<Day>| {
            Field::new(words, "date", name).value(day.map(|day| day.to_string()).unwrap_or_default())
        };
        let mut form = view(words, place, HallVerb::Person)
            .field(Field::hidden("id", person.id.0.to_string()))
            .field(Field::new(words, "text", "name").value(&person.name))
            .field(day("birth", person.birth))
            .field(day("joined", person.joined))
            .field(tick("official", person.official))
            .field(tick("delegate", person.delegate))
            .field(tick("convening", person.convening))
            .field(tick("teller", person.teller));
        form.open = true;
        form.keep.clear();
        forms.push(form);
        let mut form = view(words, place, HallVerb::Remove)
            .field(Field::hidden("id", person.id.0.to_string()))
            .grave();
        form.keep.clear();
        forms.push(form);
    }
    let mut form = view(words, place, HallVerb::People).field(Field::new(words, "area", "people"));
    form.open = hall.people.is_empty();
    form.main = hall.people.is_empty();
    forms.push(form);
    forms
}

fn attendance_forms(words: Words, place: &Place, hall: &Hall) -> Vec<FormView> {
    let Some(rules) = hall.rules() else {
        return Vec::new();
    };
    bodies(hall)
        .into_iter()
        .map(|body| {
            let attendance = hall.attendance(body);
            let mut form = view(words, place, HallVerb::Attend)
                .field(Field::hidden("body", body_code(body)))
                .field(Field::new(words, "number", "convened").value(attendance.convened))
                .field(Field::new(words, "number", "present").value(attendance.present))
                .keyed(body_code(body));
            let exclusions = rules.denominator(body).map(|(_, rule)| &rule.exclusions[..]);
            for exclusion in exclusions.unwrap_or_default() {
                let known = attendance.groups.iter().find(|group| group.code == exclusion.code);
                let number = |pick: fn(&Group) -> u32| {
                    known.map(pick).filter(|number| *number > 0).map(|number| number.to_string()).unwrap_or_default()
                };
                let text = match words.0 {
                    Lang::Vi => &exclusion.text_vi,
                    Lang::En => &exclusion.text_en,
                };
                let mut out = Field::new(words, "number", "out").label(text).value(number(|group| group.people));
                out.name = format!("out_{}", exclusion.code.0);
                out.hint.clone_from(&exclusion.source);
                form = form.field(out);
                if exclusion.may_be_counted {
                    let mut inside = Field::new(words, "number", "in").value(number(|group| group.counted));
                    inside.name = format!("in_{}", exclusion.code.0);
                    form = form.field(inside);
                }
            }
            form.title = words.say1(
                "voting-attend-title",
                "body",
                words.say(&format!("voting-body-{}", body_code(body).replace('_', "-"))),
            );
            form.open = !hall.attendance.iter().any(|known| known.body == body) && body != Body::Meeting;
            form
        })
        .collect()
}
