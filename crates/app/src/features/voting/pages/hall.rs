//! The elections of one congress: their chain, the people, who was convened.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::access::Permission;
use plenum_rules::voting::profile::Office;
use plenum_store::voting::{self, Convocation};
use serde::Deserialize;

use super::super::actions::chain::{Answer, ChainStep, move_chain, reply};
use super::super::actions::hall::{self as actions, At};
use super::super::actions::{people, preliminary};
use super::super::forms::{self, Field, FormView, Sent, Tried};
use super::super::verbs::HallVerb;
use super::hall_forms::{
    appointing, attendance_forms, call_again_form, is_trial, roster_forms, set_up_form, uncall_form,
};
use super::hall_rows::{
    BodyPart, ConvocationRow, PersonRow, StepRow, body_parts, convocation_address, convocations,
    pause_said, person_rows, replies, rules_said, sentence, step_rows,
};
use super::hall_running::{running, sitting_forms};
use super::hall_sent::{attendance_of, roster, said_of, set_up_of};
use crate::shell::elections::{Ballot, Hall};
use crate::shell::page::render;
use crate::shell::place::place_for;
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Place, Problem, Visitor, Words, act, look};

/// What the address of the page says.
#[derive(Deserialize, Default)]
pub struct Asked {
    unit: Option<String>,
    on: Option<String>,
    edit: Option<String>,
    called: Option<i64>,
    done: Option<String>,
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
    called: i64,
    convocations: Vec<ConvocationRow>,
    first: Vec<FormView>,
    again: Vec<FormView>,
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
    let called = match forms::text(&sent, "called") {
        "" => None,
        digits => match digits.parse() {
            Ok(called) => Some(called),
            Err(_) => return Problem::not_found().page(&visitor),
        },
    };
    let at = At {
        season: season.clone(),
        unit: forms::text(&sent, "unit").to_owned(),
        on,
        called,
    };
    match take(&app, &visitor, verb, (&at, &sent)).await {
        Ok(Some(ballot)) => Redirect::to(&actions::address(&season, ballot)).into_response(),
        Ok(None) => {
            let mut query = vec![("unit", at.unit.clone()), ("done", verb.code().to_owned())];
            query.extend(on.map(|on| ("on", on.to_string())));
            let moves = [HallVerb::CallAgain, HallVerb::Uncall].contains(&verb);
            let stays = at.called.filter(|_| !moves);
            query.extend(stays.map(|called| ("called", called.to_string())));
            let query = serde_urlencoded::to_string(query).unwrap_or_default();
            Redirect::to(&format!("/s/{season}/elections?{query}")).into_response()
        }
        Err(problem) if problem.status == axum::http::StatusCode::UNPROCESSABLE_ENTITY => {
            let asked = Asked {
                unit: Some(at.unit.clone()),
                on: on.map(|on| on.to_string()),
                edit: Some(forms::text(&sent, "id").to_owned()),
                called: at.called,
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
                Box::pin(async move { move_chain(cx, &at, &office, step).await })
            })
            .await?
        }};
    }
    match verb {
        HallVerb::SetUp | HallVerb::CallAgain => {
            let set_up = set_up_of(sent)?;
            act(app, who, |cx| {
                Box::pin(async move {
                    match verb {
                        HallVerb::SetUp => actions::set_up(cx, &at, set_up).await,
                        _ => actions::call_again(cx, &at, set_up).await,
                    }
                })
            })
            .await?;
        }
        HallVerb::Uncall => {
            let why = forms::text(sent, "reason").to_owned();
            act(app, who, |cx| {
                Box::pin(async move { actions::uncall(cx, &at, &why).await })
            })
            .await?;
        }
        HallVerb::People => {
            let said = roster(forms::text(sent, "people"))?;
            act(app, who, |cx| {
                Box::pin(async move { people::add_people(cx, &at, &said).await })
            })
            .await?;
        }
        HallVerb::Person => {
            let (id, said) = (forms::person(sent, "id")?, said_of(sent)?);
            let reason = forms::text(sent, "reason").to_owned();
            act(app, who, |cx| {
                Box::pin(async move { people::change_person(cx, &at, id, (&said, &reason)).await })
            })
            .await?;
        }
        HallVerb::Remove => {
            let id = forms::person(sent, "id")?;
            act(app, who, |cx| {
                Box::pin(async move { people::remove_person(cx, &at, id).await })
            })
            .await?;
        }
        HallVerb::Attend => {
            let attended = (attendance_of(sent)?, forms::day(sent, "day")?);
            act(app, who, |cx| {
                Box::pin(async move { people::attend(cx, &at, attended).await })
            })
            .await?;
        }
        HallVerb::Plan => chain!(ChainStep::Plan(forms::person(sent, "person")?)),
        HallVerb::Unplan => chain!(ChainStep::Unplan(forms::person(sent, "person")?)),
        HallVerb::Introduce => chain!(ChainStep::Introduce(forms::text(sent, "reason").to_owned())),
        HallVerb::Skip => chain!(ChainStep::Skip),
        HallVerb::Hold => chain!(ChainStep::Hold),
        HallVerb::Appoint => chain!(ChainStep::Appoint(forms::person(sent, "person")?)),
        HallVerb::Reply => {
            let answer = Answer {
                text: forms::text(sent, "reason").to_owned(),
                planned: forms::person_of(forms::text(sent, "person")),
                document: forms::text(sent, "document").to_owned(),
                dated: forms::day(sent, "dated")?,
            };
            act(app, who, |cx| {
                Box::pin(async move { reply(cx, &at, &answer).await })
            })
            .await?;
        }
        HallVerb::Sit => {
            let body = Office(forms::text(sent, "body").to_owned());
            let members = forms::people(sent, "member");
            act(app, who, |cx| {
                Box::pin(async move { people::sit(cx, &at, &body, &members).await })
            })
            .await?;
        }
        HallVerb::Begin | HallVerb::Introduction => {
            let ballot = act(app, who, |cx| {
                Box::pin(async move {
                    match verb {
                        HallVerb::Begin => actions::begin(cx, &at, &office).await,
                        _ => preliminary::introduce(cx, &at, &office).await,
                    }
                })
            })
            .await?;
            return Ok(Some(ballot));
        }
    }
    Ok(None)
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
    let halls: Vec<(i64, Hall)> = voting::halls(&mut look.tx, &place.season.id, unit).await?;
    let latest = halls.last().map_or(1, |(called, _)| *called);
    let called = asked.called.unwrap_or(latest);
    let hall = halls.iter().find(|(number, _)| *number == called);
    let hall = hall.map(|(_, hall)| hall);
    if hall.is_none() && called != latest {
        return Err(Problem::not_found());
    }
    let convocation = Convocation {
        season: place.season.id.clone(),
        unit,
        called,
    };
    let ballots = actions::ballots_of(&mut look.tx, &convocation).await?;
    let may_run = look.may(Permission::RunElection, unit).await?;
    let may_approve = look.may(Permission::ApproveElection, unit).await?;
    let mut desk = Desk::default();
    let stands = |ballot: &Ballot| !ballot.facts.election.is_void();
    let begun = ballots.iter().any(stands);
    let congress = halls.iter().any(|(_, hall)| !hall.chain.by_election);
    let other = |(number, hall): &(i64, Hall)| *number != called && !hall.chain.by_election;
    let first = !halls.iter().any(other);
    if may_run && !begun && called == latest {
        let form = set_up_form(&mut look, words, &place, (first, hall)).await?;
        desk.first.push(form);
        let dropped = ballots
            .iter()
            .all(|ballot| ballot.facts.election.is_dropped());
        if called > 1 && called == latest && dropped {
            desk.first.push(uncall_form(words, &place));
        }
    }
    if let Some(hall) = hall.filter(|_| may_run && begun && called == latest) {
        let trial = !congress && is_trial(&mut look, &place.season.id, &place).await?;
        desk.again
            .push(call_again_form(words, &place, (hall, congress), trial));
    }
    if let Some(hall) = hall {
        desk.lay(words, (&place, hall, asked), (may_run, may_approve));
    }
    desk.name(called);
    let (fault, fault_code) = tried.map_or_else(Default::default, |tried| {
        tried.fault(
            words,
            &mut [
                &mut desk.first,
                &mut desk.again,
                &mut desk.chain,
                &mut desk.people,
                &mut desk.attend,
            ],
        )
    });
    let done = asked
        .done
        .as_deref()
        .map(|done| format!("voting-done-{done}"));
    let title = words.say1("voting-hall-title", "unit", &place.unit.name);
    let view = hall;
    Ok(HallPage {
        p: Chrome::new(visitor, title)
            .section("progress")
            .at(&place, "elections")
            .live(&place),
        unit: place.unit.code.clone(),
        on: if place.day_named {
            place.day.to_string()
        } else {
            String::new()
        },
        address: convocation_address(&place, called),
        called,
        convocations: convocations(words, &place, &halls, called),
        congress: place.address("congress", &place.unit.code),
        sentence: sentence(words, &place, view),
        rules: view
            .and_then(Hall::rules)
            .map(|rules| rules_said(words, rules))
            .unwrap_or_default(),
        done: done
            .filter(|key| words.knows(key))
            .map(|key| words.say(&key))
            .unwrap_or_default(),
        fault,
        fault_code,
        pause: view.map(|hall| pause_said(words, hall)).unwrap_or_default(),
        replies: view.map(|hall| replies(words, hall)).unwrap_or_default(),
        steps: view
            .map(|hall| step_rows(words, &place, hall, &ballots))
            .unwrap_or_default(),
        people: view
            .map(|hall| person_rows(words, hall))
            .unwrap_or_default(),
        bodies: view.map(|hall| body_parts(words, hall)).unwrap_or_default(),
        may_run,
        first: desk.first,
        again: desk.again,
        chain_forms: desk.chain,
        people_forms: desk.people,
        attend_forms: desk.attend,
    })
}

/// The forms of the page.
#[derive(Default)]
struct Desk {
    first: Vec<FormView>,
    again: Vec<FormView>,
    chain: Vec<FormView>,
    people: Vec<FormView>,
    attend: Vec<FormView>,
}

impl Desk {
    /// Every form says which convocation it is about: another may be called
    /// meanwhile.
    fn name(&mut self, called: i64) {
        let own = [
            &mut self.first,
            &mut self.again,
            &mut self.chain,
            &mut self.people,
            &mut self.attend,
        ];
        for form in own.into_iter().flatten() {
            form.fields
                .push(Field::hidden("called", called.to_string()));
        }
    }

    fn lay(
        &mut self,
        words: Words,
        (place, hall, asked): (&Place, &Hall, &Asked),
        (may_run, may_approve): (bool, bool),
    ) {
        if may_run {
            self.chain = running(words, place, hall, may_approve);
            self.people = roster_forms(words, place, hall, asked.edit.as_deref());
            self.people.extend(sitting_forms(words, place, hall));
            self.attend = attendance_forms(words, place, hall);
        }
        if may_approve {
            self.chain.extend(appointing(words, place, hall));
        }
    }
}
