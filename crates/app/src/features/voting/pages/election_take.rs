//! A form of a ballot is sent: from what was typed to the action.

use std::collections::BTreeMap;

use plenum_rules::Actor;
use plenum_rules::access::Permission;
use plenum_rules::voting::ballot::Number;
use plenum_rules::voting::count::{Decision, Lot, Papers, Sheet};
use plenum_rules::voting::list::Source;
use plenum_rules::voting::machine::{CardVote, Election};
use plenum_rules::voting::profile::CriterionCode;

use super::super::actions::counters::Named;
use super::super::actions::{
    Of, confirmed, count, counters, custody, keyed, list, papers, preliminary, sheets, void,
};
use super::super::forms::{self, Sent};
use super::super::verbs::Verb;
use super::see;
use super::sheets_part::ballots_left;
use crate::shell::problem::Result;
use crate::shell::{App, Problem, Visitor, act, ballot_paper, look};

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

/// Does what a form asks; answers the ballot that follows, where one does.
///
/// # Errors
/// What the action refuses.
pub async fn take(
    app: &App,
    visitor: &Visitor,
    verb: Verb,
    (of, sent): (&Of, &Sent),
) -> Result<Option<u128>> {
    let reason = forms::text(sent, "reason").to_owned();
    let ticked: Vec<String> = forms::ticked_of(sent, "confirm")
        .map(str::to_owned)
        .collect();
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
            run!(app, visitor, list::approve, of, (number, list), &ticked);
        }
        Verb::Ask => return Ok(Some(run!(app, visitor, preliminary::ask, of))),
        Verb::Heard => {
            let paper = on_paper(sent, &reason)?;
            run!(app, visitor, preliminary::heard, of, paper);
        }
        Verb::Sift => run!(app, visitor, preliminary::sift, of, &ticked),
        Verb::CloseNames => run!(app, visitor, preliminary::close_names, of, &ticked),
        Verb::Reopen => run!(app, visitor, list::reopen, of, &reason),
        Verb::Print => print(app, visitor, of, forms::number(sent, "printed")?).await?,
        Verb::HandOut => {
            let head = match forms::text(sent, "head") {
                "" => None,
                _ => Some(forms::person(sent, "head")?),
            };
            let chosen = forms::people(sent, "counts");
            let accounts = counters_of(sent);
            let names = ["committee_agree", "committee_disagree", "committee_abstain"];
            let cards = cards(sent, names)?;
            run!(
                app,
                visitor,
                papers::hand_out,
                of,
                (&chosen, head, cards),
                &accounts
            );
        }
        Verb::Counters => {
            let accounts = counters_of(sent);
            run!(app, visitor, counters::change, of, &accounts, &reason);
        }
        Verb::Close => {
            let (present, counted) = papers_of(sent)?;
            run!(app, visitor, papers::close, of, present, counted);
        }
        Verb::Correct => {
            let counted = papers_of(sent)?;
            let anew = forms::ticked(sent, "anew");
            run!(app, visitor, papers::correct, of, counted, (anew, &reason));
        }
        Verb::Sheet => {
            let sheet = sheet_of(app, visitor, of, sent).await?;
            run!(app, visitor, sheets::sheet, of, sheet, &reason);
        }
        Verb::DropSheet => {
            let whose = Actor(forms::text(sent, "whose").to_owned());
            let pile = forms::number(sent, "pile")?;
            run!(app, visitor, sheets::drop, of, (&whose, pile), &reason);
        }
        Verb::CountAgain => run!(app, visitor, keyed::count_again, of, &reason),
        Verb::Confirm => {
            let seen = forms::text(sent, "seen").to_owned();
            run!(app, visitor, count::confirm, of, &seen);
        }
        Verb::Announce => run!(app, visitor, count::announce, of),
        Verb::Settle if forms::text(sent, "decision") == "confirm" => {
            run!(app, visitor, confirmed::settle, of, &ticked);
        }
        Verb::Settle => {
            let decision = drawn(sent)?;
            run!(app, visitor, count::decide, of, decision, None);
        }
        Verb::Decide => {
            let decision = decided(sent)?;
            let cards = cards(sent, ["decide_agree", "decide_disagree", "decide_abstain"])?;
            run!(app, visitor, count::decide, of, decision, cards);
        }
        Verb::Undecide => {
            let decision = match forms::text(sent, "decision") {
                "lot" => drawn(sent)?,
                _ => decided(sent)?,
            };
            run!(app, visitor, void::undecide, of, &decision, &reason);
        }
        Verb::Further => return Ok(Some(run!(app, visitor, count::further, of))),
        Verb::Annul => return Ok(Some(run!(app, visitor, void::annul, of, &reason))),
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
            let why = forms::text(sent, "why").to_owned();
            let days = (reported, received);
            run!(app, visitor, custody::report, of, days, &why);
            return Ok(());
        }
        Verb::Answer => {
            let (place, on) = (
                forms::needed(sent, "complaint")?,
                forms::needed_day(sent, "on")?,
            );
            run!(app, visitor, custody::answer, of, place, on, &reason);
            return Ok(());
        }
        _ => {}
    }
    let on = forms::needed_day(sent, "on")?;
    let why = forms::text(sent, "why").to_owned();
    match verb {
        Verb::Seal => run!(app, visitor, custody::seal, of, on, &reason),
        Verb::Complain => run!(app, visitor, custody::complain, of, on, &reason),
        Verb::Unseal => run!(app, visitor, custody::unseal, of, on, &reason),
        Verb::Ratify => run!(app, visitor, custody::ratify, of, on, &reason),
        Verb::SealAgain => run!(app, visitor, custody::seal_again, of, on, &reason, &why),
        Verb::RatifyAgain => run!(app, visitor, custody::ratify_again, of, on, &reason, &why),
        Verb::Destroy => {
            run!(app, visitor, custody::destroy, of, on, &reason);
            app.db.empty_log().await?;
        }
        _ => return Err(Problem::not_found()),
    }
    Ok(())
}

/// What an opinion ballot counted on paper said: `heard_ID` for each nominee.
fn on_paper(sent: &Sent, source: &str) -> Result<preliminary::OnPaper> {
    let mut votes = Vec::new();
    for (key, value) in sent.iter().filter(|(_, value)| !value.trim().is_empty()) {
        let Some(person) = key.strip_prefix("heard_").and_then(forms::person_of) else {
            continue;
        };
        let number = value.trim().parse();
        votes.push((
            person,
            number.map_err(|_| Problem::field("E-VOT-98", "heard"))?,
        ));
    }
    Ok(preliminary::OnPaper {
        attending: forms::needed(sent, "attending")?,
        votes,
        source: source.to_owned(),
    })
}

/// People present, and the papers.
fn papers_of(sent: &Sent) -> Result<(u32, Papers)> {
    let papers = Papers {
        printed: forms::number(sent, "printed")?,
        issued: forms::needed(sent, "issued")?,
        spoiled: forms::number(sent, "spoiled")?.unwrap_or(0),
        returned: forms::needed(sent, "returned")?,
    };
    Ok((forms::needed(sent, "present")?, papers))
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
        "out" => list::Change::Out,
        "back" => list::Change::Back,
        "ask" => list::Change::Wish(true),
        "stay" => list::Change::Wish(false),
        "decide" => list::Change::Decided(
            cards(sent, ["agree", "disagree", "abstain"])?
                .ok_or_else(|| Problem::field("E-VOT-98", "agree"))?,
        ),
        "remove" => list::Change::Remove,
        _ => return Err(Problem::field("E-VOT-98", "change")),
    })
}

/// A vote by raised cards; `None` where its fields are empty.
fn cards(sent: &Sent, [agree, disagree, abstain]: [&'static str; 3]) -> Result<Option<CardVote>> {
    let (against, neither) = (
        forms::number(sent, disagree)?,
        forms::number(sent, abstain)?,
    );
    match forms::number(sent, agree)? {
        None if against.is_none() && neither.is_none() => Ok(None),
        // Cards against are of a vote; who agreed is not guessed.
        None => Err(Problem::field("E-VOT-98", agree)),
        Some(agree) => Ok(Some(CardVote {
            agree,
            disagree: against.unwrap_or(0),
            abstain: neither.unwrap_or(0),
        })),
    }
}

/// What the congress decides.
fn decided(sent: &Sent) -> Result<Decision> {
    Ok(match forms::text(sent, "decision") {
        "further" => Decision::FurtherBallot,
        "stop" => Decision::Stop,
        "take" => Decision::TakeAlternates,
        "leave" => Decision::LeaveAlternates,
        _ => return Err(Problem::field("E-VOT-98", "decision")),
    })
}

/// The accounts ticked to count.
fn counters_of(sent: &Sent) -> Named {
    let accounts = forms::ticked_of(sent, "account");
    Named {
        accounts: accounts.map(|who| Actor(who.to_owned())).collect(),
        namesakes: forms::ticked(sent, "namesakes"),
    }
}

/// A lot that was drawn.
fn drawn(sent: &Sent) -> Result<Decision> {
    let numbers = |field: &'static str| -> Result<Vec<Number>> {
        let parts = forms::text(sent, field).split([' ', ',']);
        parts
            .filter(|part| !part.is_empty())
            .map(|part| {
                let number = part.parse().ok().and_then(Number::new);
                number.ok_or_else(|| Problem::field("E-VOT-98", field))
            })
            .collect()
    };
    Ok(match forms::text(sent, "decision") {
        "lot" => Decision::Lot(Lot {
            tied: numbers("tied")?,
            drawn: numbers("drawn")?,
        }),
        _ => return Err(Problem::field("E-VOT-98", "decision")),
    })
}

/// The tally sheet as typed, one number for each person and criterion, and
/// which pile's it is: without a word, the first, with all ballots that are
/// left.
async fn sheet_of(app: &App, visitor: &Visitor, of: &Of, sent: &Sent) -> Result<(u16, Sheet)> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let seen = see(&mut look, of).await?;
    let facts = &seen.ballot.facts;
    let names = facts.listed().map_or(0, |listed| listed.rows.len());
    let pile = forms::number(sent, "pile")?.unwrap_or(1);
    let ballots = match forms::number(sent, "ballots")? {
        Some(ballots) => ballots,
        None => ballots_left(facts, &who.actor(), pile),
    };
    let whole = |name: &str| -> Result<u32> {
        match forms::text(sent, name) {
            "" => Ok(0),
            digits => digits.parse().map_err(|_| Problem::refused("E-VOT-98")),
        }
    };
    let column = |name: &str| -> Result<Vec<u32>> {
        (1..=names)
            .map(|number| whole(&format!("{name}_{number}")))
            .collect()
    };
    let has_against = sent.keys().any(|key| key.starts_with("against_"));
    let mut invalid = BTreeMap::new();
    for (key, _) in sent.iter().filter(|(_, value)| !value.trim().is_empty()) {
        if let Some(code) = key.strip_prefix("invalid_") {
            let ballots = whole(key)?;
            if ballots > 0 {
                invalid.insert(CriterionCode(code.to_owned()), ballots);
            }
        }
    }
    let sheet = Sheet {
        ballots,
        valid: forms::needed(sent, "valid")?,
        invalid,
        votes: column("votes")?,
        against: if has_against {
            column("against")?
        } else {
            Vec::new()
        },
    };
    Ok((pile, sheet))
}

/// Lays the paper out and prints it, outside of any transaction.
async fn print(app: &App, visitor: &Visitor, of: &Of, printed: Option<u32>) -> Result<()> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let seen = see(&mut look, of).await?;
    look.must(Permission::RunElection, seen.ballot.unit).await?;
    drop(look);
    let Election::ListApproved(listed) = &seen.ballot.facts.election else {
        return Err(seen.ballot.facts.election.not_now("print").into());
    };
    let names: Vec<&str> = seen
        .place
        .path
        .iter()
        .map(|unit| unit.name.as_str())
        .collect();
    let term = seen
        .place
        .season
        .term(&seen.place.unit.level)
        .map(ToString::to_string);
    let paper = ballot_paper::paper(
        (&names, term.as_deref()),
        ballot_paper::Kind {
            below_grassroots: seen.place.unit.level.0 == "branch",
            by_election: seen.hall.chain.by_election,
        },
        &seen.ballot,
        listed,
    );
    let kept = ballot_paper::printed(paper, seen.ballot.id).await?;
    let listed = listed.clone();
    run!(app, visitor, papers::print, of, printed, (&kept, &listed));
    Ok(())
}
