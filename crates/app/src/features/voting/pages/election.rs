//! One ballot through its states, the next action first.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::access::Permission;
use plenum_rules::voting::ballot::Number;
use plenum_rules::voting::count::{Decision, Lot, Papers, Sheet};
use plenum_rules::voting::list::{Source, Withdrawal};
use plenum_rules::voting::machine::{CardVote, Election};
use plenum_rules::voting::profile::{CriterionCode, SeatsBy};
use serde::Deserialize;

use super::super::actions::hall::address;
use super::super::actions::{Of, count, custody, list, papers};
use super::super::documents;
use super::super::facts::{id_of, id_text};
use super::super::forms::{self, FormView, Sent, Tried};
use super::super::verbs::Verb;
use super::list_part::{FindingRow, ListPart};
use super::next_part::{self, Can};
use super::result_part::ResultPart;
use super::{Seen, ballot_name, see, state_chip, state_word};
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Problem, Visitor, Words, act, look};

/// What the address of the page says.
#[derive(Deserialize, Default)]
pub struct Asked {
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "voting/election.html")]
struct ElectionPage {
    p: Chrome,
    back: String,
    wall: String,
    base: String,
    unit_name: String,
    rules: String,
    state: String,
    chip: &'static str,
    sentence: String,
    done: String,
    fault: String,
    fault_code: String,
    next: Vec<FormView>,
    other: Vec<FormView>,
    after: Vec<FormView>,
    list: ListPart,
    findings: Vec<FindingRow>,
    facts: Vec<(String, String)>,
    sheets: Vec<String>,
    result: Option<ResultPart>,
    custody: Vec<(String, String)>,
    files: Vec<(String, String)>,
    archive: bool,
    count: String,
}

/// Which ballot an address names.
///
/// # Errors
/// Not found.
pub fn of(season: &str, id: &str) -> Result<Of> {
    Ok(Of {
        season: season.to_owned(),
        id: id_of(id).ok_or_else(Problem::not_found)?,
    })
}

/// `GET /s/{season}/elections/{id}`.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Response {
    let page = match of(&season, &id) {
        Ok(of) => build(&app, &visitor, &of, &asked, None).await,
        Err(problem) => Err(problem),
    };
    match page {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

/// `POST /s/{season}/elections/{id}/…`.
pub async fn perform(
    verb: Verb,
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Path<(String, String)>,
    Form(sent): Form<Sent>,
) -> Response {
    let of = match of(&season, &id) {
        Ok(of) => of,
        Err(problem) => return problem.page(&visitor),
    };
    match take(&app, &visitor, verb, (&of, &sent)).await {
        Ok(Some(other)) => Redirect::to(&address(&season, other)).into_response(),
        Ok(None) => {
            let base = address(&season, of.id);
            Redirect::to(&format!("{base}?done={}", verb.code())).into_response()
        }
        Err(problem) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => {
            let tried = Tried {
                verb: verb.code(),
                sent,
                problem,
            };
            match build(&app, &visitor, &of, &Asked::default(), Some(&tried)).await {
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

/// Runs an action as whoever asks.
macro_rules! run {
    ($app:expr, $visitor:expr, $action:path, $of:expr $(, $input:expr)* $(,)?) => {{
        let of = $of.clone();
        act($app, $visitor.signed_in()?, |cx| {
            Box::pin(async move { $action(cx, &of $(, $input)*).await })
        })
        .await?
    }};
}

async fn take(app: &App, visitor: &Visitor, verb: Verb, (of, sent): (&Of, &Sent)) -> Result<Option<u128>> {
    let reason = forms::text(sent, "reason").to_owned();
    match verb {
        Verb::Seats => {
            let (seats, alternates) = (
                forms::needed(sent, "seats")?,
                forms::number(sent, "alternates")?.unwrap_or(0),
            );
            run!(app, visitor, list::seats, of, seats, alternates);
        }
        Verb::Nominate => {
            let (people, source) = (forms::people(sent, "person"), source_of(sent)?);
            run!(app, visitor, list::nominate, of, &people, source);
        }
        Verb::Nomination => {
            let (person, change) = (forms::person(sent, "person")?, change_of(sent)?);
            run!(app, visitor, list::change, of, person, change);
        }
        Verb::Approve => {
            let number = cards(sent, ["number_agree", "number_disagree", "number_abstain"])?;
            let list = cards(sent, ["list_agree", "list_disagree", "list_abstain"])?
                .ok_or_else(|| Problem::field("E-VOT-98", "list_agree"))?;
            run!(app, visitor, list::approve, of, number, list);
        }
        Verb::Reopen => run!(app, visitor, list::reopen, of, &reason),
        Verb::Print => print(app, visitor, of, forms::number(sent, "printed")?).await?,
        Verb::HandOut => run!(app, visitor, papers::hand_out, of),
        Verb::Close => {
            let present = forms::needed(sent, "present")?;
            let counted = Papers {
                printed: forms::number(sent, "printed")?,
                issued: forms::needed(sent, "issued")?,
                spoiled: forms::number(sent, "spoiled")?.unwrap_or(0),
                returned: forms::needed(sent, "returned")?,
            };
            run!(app, visitor, papers::close, of, present, counted);
        }
        Verb::Sheet => {
            let sheet = sheet_of(app, visitor, of, sent).await?;
            run!(app, visitor, count::sheet, of, sheet);
        }
        Verb::Confirm => {
            let seen = forms::text(sent, "seen").to_owned();
            run!(app, visitor, count::confirm, of, &seen);
        }
        Verb::Announce => run!(app, visitor, count::announce, of),
        Verb::Settle | Verb::Decide => {
            let decision = decision_of(sent)?;
            run!(app, visitor, count::decide, of, decision);
        }
        Verb::Further => return Ok(Some(run!(app, visitor, count::further, of))),
        Verb::Annul => return Ok(Some(run!(app, visitor, count::annul, of, &reason))),
        _ => keep(app, visitor, verb, (of, sent)).await?,
    }
    Ok(None)
}

/// What follows the vote.
async fn keep(app: &App, visitor: &Visitor, verb: Verb, (of, sent): (&Of, &Sent)) -> Result<()> {
    let reason = forms::text(sent, "reason").to_owned();
    match verb {
        Verb::Report => {
            let (reported, received) = (
                forms::needed_day(sent, "reported")?,
                forms::day(sent, "received")?,
            );
            run!(app, visitor, custody::report, of, reported, received);
            return Ok(());
        }
        Verb::Answer => {
            let (place, on) = (forms::needed(sent, "complaint")?, forms::needed_day(sent, "on")?);
            run!(app, visitor, custody::answer, of, place, on, &reason);
            return Ok(());
        }
        _ => {}
    }
    let on = forms::needed_day(sent, "on")?;
    match verb {
        Verb::Seal => run!(app, visitor, custody::seal, of, on, &reason),
        Verb::Complain => run!(app, visitor, custody::complain, of, on, &reason),
        Verb::Unseal => run!(app, visitor, custody::unseal, of, on, &reason),
        Verb::Ratify => run!(app, visitor, custody::ratify, of, on, &reason),
        Verb::Destroy => run!(app, visitor, custody::destroy, of, on, &reason),
        _ => return Err(Problem::not_found()),
    }
    Ok(())
}

fn source_of(sent: &Sent) -> Result<Source> {
    Ok(match forms::text(sent, "source") {
        "own" => Source::Own,
        "floor" => Source::Floor(forms::person(sent, "nominator")?),
        _ => Source::Convening,
    })
}

fn change_of(sent: &Sent) -> Result<list::Change> {
    Ok(match forms::text(sent, "change") {
        "supporters" => list::Change::Supporters(forms::needed(sent, "number")?),
        "opinion" => list::Change::OpinionVotes(forms::needed(sent, "number")?),
        "ask" => list::Change::Withdrawal(Some(Withdrawal::Asked)),
        "grant" => list::Change::Withdrawal(Some(Withdrawal::Granted)),
        "deny" => list::Change::Withdrawal(Some(Withdrawal::Denied)),
        "stay" => list::Change::Withdrawal(None),
        "remove" => list::Change::Remove,
        _ => return Err(Problem::field("E-VOT-98", "change")),
    })
}

/// A vote by raised cards; `None` where its fields are empty.
fn cards(sent: &Sent, [agree, disagree, abstain]: [&'static str; 3]) -> Result<Option<CardVote>> {
    let Some(agree) = forms::number(sent, agree)? else {
        return Ok(None);
    };
    Ok(Some(CardVote {
        agree,
        disagree: forms::number(sent, disagree)?.unwrap_or(0),
        abstain: forms::number(sent, abstain)?.unwrap_or(0),
    }))
}

fn decision_of(sent: &Sent) -> Result<Decision> {
    Ok(match forms::text(sent, "decision") {
        "further" => Decision::FurtherBallot,
        "stop" => Decision::Stop,
        "take" => Decision::TakeAlternates,
        "leave" => Decision::LeaveAlternates,
        "confirm" => Decision::Confirm(forms::text(sent, "parameter").to_owned()),
        "lot" => {
            let numbers = |text: &str| -> Vec<Number> {
                text.split([' ', ','])
                    .filter_map(|part| Number::new(part.parse().ok()?))
                    .collect()
            };
            Decision::Lot(Lot {
                tied: numbers(forms::text(sent, "tied")),
                drawn: numbers(forms::text(sent, "drawn")),
            })
        }
        _ => return Err(Problem::field("E-VOT-98", "decision")),
    })
}

/// The tally sheet as typed, one number for each person and criterion.
async fn sheet_of(app: &App, visitor: &Visitor, of: &Of, sent: &Sent) -> Result<Sheet> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let seen = see(&mut look, of).await?;
    let facts = &seen.ballot.facts;
    let names = facts.listed().map_or(0, |listed| listed.rows.len());
    let ballots = facts.election.closed().map_or(0, |closed| closed.papers.returned);
    let whole = |name: &str| -> Result<u32> {
        match forms::text(sent, name) {
            "" => Ok(0),
            digits => digits.parse().map_err(|_| Problem::refused("E-VOT-98")),
        }
    };
    let column = |name: &str| -> Result<Vec<u32>> {
        (1..=names).map(|number| whole(&format!("{name}_{number}"))).collect()
    };
    let has_against = sent.keys().any(|key| key.starts_with("against_"));
    let mut invalid = std::collections::BTreeMap::new();
    for (key, _) in sent.iter().filter(|(_, value)| !value.trim().is_empty()) {
        if let Some(code) = key.strip_prefix("invalid_") {
            let ballots = whole(key)?;
            if ballots > 0 {
                invalid.insert(CriterionCode(code.to_owned()), ballots);
            }
        }
    }
    Ok(Sheet {
        ballots,
        valid: forms::needed(sent, "valid")?,
        invalid,
        votes: column("votes")?,
        against: if has_against { column("against")? } else { Vec::new() },
    })
}

/// Lays the paper out and prints it, outside of any transaction.
async fn print(app: &App, visitor: &Visitor, of: &Of, printed: Option<u32>) -> Result<()> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let seen = see(&mut look, of).await?;
    look.must(Permission::RunElection, seen.ballot.unit).await?;
    drop(look);
    let Election::ListApproved(listed) = &seen.ballot.facts.election else {
        return Err(plenum_rules::voting::Refusal::NotNow {
            verb: "print",
            state: seen.ballot.facts.election.state(),
        }
        .into());
    };
    let paper = documents::ballot::paper(&seen.place, &seen.ballot, listed);
    let kept = documents::ballot::printed(paper, seen.ballot.id).await?;
    run!(app, visitor, papers::print, of, printed, &kept);
    Ok(())
}

async fn build(
    app: &App,
    visitor: &Visitor,
    of: &Of,
    asked: &Asked,
    tried: Option<&Tried>,
) -> Result<ElectionPage> {
    let words = visitor.words;
    let mut look = look(app, visitor.signed_in()?).await?;
    let seen = see(&mut look, of).await?;
    let unit = seen.ballot.unit;
    let can = Can {
        run: look.may(Permission::RunElection, unit).await?,
        count: look.may(Permission::KeyBallots, unit).await?,
        approve: look.may(Permission::ApproveElection, unit).await?,
    };
    let base = address(&of.season, of.id);
    let me = visitor.signed_in()?.actor();
    let mut forms = next_part::forms(words, &seen, (&base, &can, look.today), &me);
    let (mut fault, mut fault_code) = (String::new(), String::new());
    if let Some(tried) = tried {
        let put_back = [&mut forms.next, &mut forms.other, &mut forms.after]
            .into_iter()
            .any(|forms| tried.put_back(words, forms));
        if !put_back {
            fault = tried.problem.text(words);
            fault_code.clone_from(&tried.problem.code);
        }
    }
    let done = asked.done.as_deref().map(|done| format!("voting-done-{done}"));
    let facts = &seen.ballot.facts;
    let place = &seen.place;
    let counting = matches!(
        facts.election,
        Election::Closed(_) | Election::Counting(_) | Election::Compared(_)
    );
    Ok(ElectionPage {
        p: Chrome::new(visitor, ballot_name(words, &seen.ballot))
            .section("progress")
            .at(place, "elections")
            .live(place),
        back: place.address("elections", &place.unit.code),
        wall: format!("{base}/wall"),
        unit_name: place.unit.name.clone(),
        rules: match words.0 {
            crate::shell::Lang::Vi => seen.ballot.rules.name_vi.clone(),
            crate::shell::Lang::En => seen.ballot.rules.name_en.clone(),
        },
        state: state_word(words, &seen.ballot.state),
        chip: state_chip(&seen.ballot.state),
        sentence: next_part::sentence(words, &seen),
        done: done
            .filter(|key| words.knows(key))
            .map(|key| words.say(&key))
            .unwrap_or_default(),
        fault,
        fault_code,
        next: forms.next,
        other: forms.other,
        after: forms.after,
        list: ListPart::of(words, &seen, can.run),
        findings: FindingRow::of(words, &seen)?,
        facts: figures(words, &seen),
        sheets: facts.sheets.iter().map(|sheet| sheet.by.0.clone()).collect(),
        result: ResultPart::of(words, &seen),
        custody: next_part::custody_said(words, &seen, look.today),
        files: files(words, &seen, &base),
        archive: facts.election.resulted().is_some() && can.run,
        count: if counting && can.count { format!("{base}/count") } else { String::new() },
        base,
    })
}

/// What was voted by cards, printed, handed out and returned.
fn figures(words: Words, seen: &Seen) -> Vec<(String, String)> {
    let facts = &seen.ballot.facts;
    let mut figures = Vec::new();
    let mut add = |key: &str, value: String| figures.push((words.say(key), value));
    let single = seen
        .ballot
        .rules
        .office(&plenum_rules::voting::profile::Office(seen.ballot.office.clone()))
        .is_some_and(|rule| rule.seats == SeatsBy::One);
    if facts.seats > 0 && !single {
        add("voting-seats", words.count(i64::from(facts.seats)));
    }
    if let Some(listed) = facts.listed() {
        let vote = |vote: &CardVote| {
            words.say_with(
                "voting-cards-said",
                &[
                    ("agree", i64::from(vote.agree).into()),
                    ("disagree", i64::from(vote.disagree).into()),
                    ("abstain", i64::from(vote.abstain).into()),
                ],
            )
        };
        if let Some(number) = &listed.number_vote {
            add("voting-number-vote", vote(number));
        }
        add("voting-list-vote", vote(&listed.list_vote));
    }
    if let Some(closed) = facts.election.closed() {
        let papers = closed.papers;
        let whole = |number: u32| words.count(i64::from(number));
        add("voting-convened", whole(closed.attendance.convened));
        add("voting-present", whole(closed.attendance.present));
        if let Some(printed) = papers.printed {
            add("voting-printed", whole(printed));
        }
        add("voting-issued", whole(papers.issued));
        add("voting-spoiled", whole(papers.spoiled));
        add("voting-returned", whole(papers.returned));
        let missing = papers
            .issued
            .saturating_sub(papers.spoiled)
            .saturating_sub(papers.returned);
        add("voting-not-returned", whole(missing));
    }
    figures
}

/// What can be taken out: name and address.
fn files(words: Words, seen: &Seen, base: &str) -> Vec<(String, String)> {
    let facts = &seen.ballot.facts;
    let mut files = Vec::new();
    let mut add = |key: &str, names: &[&str]| {
        for name in names {
            let kind = name.rsplit('.').next().unwrap_or_default().to_uppercase();
            files.push((
                format!("{} ({kind})", words.say(key)),
                format!("{base}/paper/{name}"),
            ));
        }
    };
    if facts.listed().is_some() {
        add("voting-file-list", &["list.pdf", "list.docx"]);
    }
    let unprinted = matches!(facts.election, Election::Draft(_) | Election::ListApproved(_));
    if !unprinted {
        add("voting-file-ballot", &["ballot.pdf"]);
    }
    if facts.election.resulted().is_some() {
        add("voting-file-minutes", &["minutes.pdf", "minutes.docx"]);
        add("voting-file-result", &["result.pdf", "result.docx"]);
        add("voting-file-extract", &["extract.json"]);
    }
    files
}

/// The ballot's address, for other pages of the room.
pub fn address_of(seen: &Seen) -> String {
    format!("/s/{}/elections/{}", seen.place.season.id, id_text(seen.ballot.id))
}
