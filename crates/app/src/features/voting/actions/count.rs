//! Tally sheets, the result, its confirmation, and what people decide on it.

use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::chain::StepState;
use plenum_rules::voting::count::{Decision, Next, Outcome, Purpose, Sheet};
use plenum_rules::voting::custody::Custody;
use plenum_rules::voting::list::{Nomination, Source};
use plenum_rules::voting::machine::{Draft, Election, Listed, SheetCount};
use plenum_rules::voting::profile::Office;
use plenum_rules::{ElectionId, PersonId};
use plenum_store::voting;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::hall::{add_ballot, ballots_of};
use super::{Of, hall_of, permitted, preliminary, save, step};
use crate::shell::elections::{Ballot, Facts, Hall, elects};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// Somebody fills a tally sheet, from the piles and without looking at anybody
/// else's. When two people's sheets agree the result is found (R51).
///
/// # Errors
/// `E-VOT-01`; `E-VOT-04`, `E-VOT-05` for a sheet that does not add up;
/// `E-VOT-15`.
pub async fn sheet(cx: &mut Cx, of: &Of, sheet: Sheet) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::KeyBallots).await?;
    let Election::Counting(counting) = &ballot.facts.election else {
        return Err(Refusal::NotNow {
            verb: "sheet",
            state: ballot.facts.election.state(),
        }
        .into());
    };
    let closed = &counting.closed;
    if super::super::counted::is_keyed(&mut cx.tx, &ballot).await? {
        // Once ballots are keyed one by one, totals would be a second truth.
        return Err(Refusal::CountsDiffer.into());
    }
    sheet.check(&closed.open.paper.definition.layout)?;
    if sheet.ballots != closed.papers.returned {
        return Err(Refusal::PapersDoNotAddUp {
            returned: closed.papers.returned,
            counted: sheet.ballots.into(),
        }
        .into());
    }
    let by = cx.who.actor();
    let detail = json!({"ballots": sheet.ballots, "valid": sheet.valid});
    ballot.facts.sheets.retain(|known| known.by != by);
    ballot.facts.sheets.push(SheetCount {
        by,
        sheets: vec![sheet],
    });
    let found = ballot.facts.sheets.clone();
    let agreed = found.len() > 1 && found.iter().all(|one| one.sheets == found[0].sheets);
    if agreed {
        step(&mut ballot, |election| {
            election.compare_sheets(&found)?.find_result()
        })?;
    }
    save(cx, &mut ballot, ("election.sheet", detail)).await
}

/// What names a result: two people confirm the same one.
#[must_use]
pub fn mark_of(outcome: &Outcome) -> String {
    let text = serde_json::to_string(outcome).unwrap_or_default();
    Sha256::digest(text.as_bytes())
        .iter()
        .take(8)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Somebody confirms the result they saw; the second person makes it stand.
///
/// # Errors
/// `E-VOT-17` for one account twice, `E-VOT-20` for another result than the
/// one seen, `E-VOT-41`, `E-VOT-01`.
pub async fn confirm(cx: &mut Cx, of: &Of, seen: &str) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::KeyBallots).await?;
    let outcome = match ballot.facts.election.resulted() {
        Some(resulted) => resulted.outcome.clone(),
        None => {
            return Err(Refusal::NotNow {
                verb: "confirm",
                state: ballot.facts.election.state(),
            }
            .into());
        }
    };
    if mark_of(&outcome) != seen {
        return Err(Refusal::CountsDiffer.into());
    }
    let by = cx.who.actor();
    step(&mut ballot, |election| election.confirm(by, &outcome))?;
    save(
        cx,
        &mut ballot,
        ("election.confirmed", json!({"result": seen})),
    )
    .await
}

/// The hall hears the result; from here on the ballots are to be kept.
///
/// # Errors
/// `E-VOT-01`.
pub async fn announce(cx: &mut Cx, of: &Of) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    let hall = hall_of(cx, &ballot).await?;
    step(&mut ballot, |election| election.announce(hall.day))?;
    let elects = elects(&ballot);
    ballot.facts.custody = Some(if elects {
        Custody::new(hall.day)
    } else {
        Custody::preliminary(hall.day)
    });
    save(cx, &mut ballot, ("election.announced", json!({}))).await?;
    if elects {
        settle(cx, &ballot, hall).await
    } else {
        preliminary::flow_back(cx, &ballot, hall).await
    }
}

/// People decide what the rules leave to them, or confirm a number of the
/// rules nobody had confirmed.
///
/// # Errors
/// `E-VOT-01`; as the count.
pub async fn decide(cx: &mut Cx, of: &Of, decision: Decision) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    if was_followed(cx, &ballot).await? {
        return Err(Refusal::NotNow {
            verb: "decide",
            state: ballot.facts.election.state(),
        }
        .into());
    }
    let detail = json!({"decision": decision});
    step(&mut ballot, |election| election.decide(decision))?;
    save(cx, &mut ballot, ("election.decided", detail)).await?;
    let hall = hall_of(cx, &ballot).await?;
    settle(cx, &ballot, hall).await
}

/// Whether another ballot for the office came after: what is decided then is
/// decided there.
async fn was_followed(cx: &mut Cx, ballot: &Ballot) -> Result<bool> {
    let ballots = ballots_of(&mut cx.tx, &ballot.season, ballot.unit).await?;
    Ok(ballots
        .iter()
        .any(|other| other.office == ballot.office && other.place > ballot.place && elects(other)))
}

/// Whether a ballot's result asks for another one.
fn goes_on(outcome: &Outcome, decisions: &[Decision]) -> bool {
    if decisions.contains(&Decision::Stop) {
        return false;
    }
    outcome.next.iter().any(|next| {
        matches!(
            next,
            Next::RunOff { .. }
                | Next::DrawLot { .. }
                | Next::DecideTie { .. }
                | Next::DecideOpenSeats(_)
                | Next::HoldFurtherBallot(_)
                | Next::DecideAlternates(_)
                | Next::DecideMoreAlternates(_)
        )
    })
}

/// Where nothing more is to be decided, the office's step of the chain is over:
/// who was elected in all its ballots holds it.
async fn settle(cx: &mut Cx, ballot: &Ballot, mut hall: Hall) -> Result<()> {
    let announced = matches!(ballot.facts.election, Election::Announced(_));
    let stands = announced && elects(ballot);
    let Some(resulted) = ballot.facts.election.resulted().filter(|_| stands) else {
        return Ok(());
    };
    let office = Office(ballot.office.clone());
    let under_way = hall
        .chain
        .step(&office)
        .is_some_and(|step| matches!(step.state, StepState::UnderWay(_)));
    if goes_on(&resulted.outcome, &resulted.decisions) || !under_way {
        return Ok(());
    }
    let ballots = ballots_of(&mut cx.tx, &ballot.season, ballot.unit).await?;
    let elected: Vec<PersonId> = ballots
        .iter()
        .filter(|other| other.office == ballot.office)
        .flat_map(|other| other.facts.elected())
        .collect();
    let open = resulted.outcome.open;
    hall.chain = hall.chain.clone().finish(&office, &elected, open)?;
    for person in hall
        .people
        .iter_mut()
        .filter(|one| elected.contains(&one.id))
    {
        if !person.bodies.contains(&office) {
            person.bodies.push(office.clone());
        }
    }
    voting::save_hall(&mut cx.tx, &ballot.season, ballot.unit, &hall, cx.now).await?;
    let detail = json!({"office": ballot.office, "elected": elected, "open": open});
    let (season, unit) = (ballot.season.as_str(), Some(ballot.unit));
    cx.record("election.finished", Some(season), unit, &detail)
        .await
}

/// The ballot that follows: among the tied, or for the seats that stayed open.
///
/// # Errors
/// `E-VOT-01` where none follows; `E-VOT-29` (R30).
pub async fn further(cx: &mut Cx, of: &Of) -> Result<u128> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let not_now = || {
        Problem::from(Refusal::NotNow {
            verb: "further_ballot",
            state: ballot.facts.election.state(),
        })
    };
    let announced = matches!(ballot.facts.election, Election::Announced(_));
    let resulted = ballot
        .facts
        .election
        .resulted()
        .filter(|_| announced)
        .ok_or_else(not_now)?;
    let listed = &resulted.ruled.closed.open.paper.listed;
    let outcome = &resulted.outcome;
    let follows = outcome.next.iter().find_map(|next| match next {
        // A tie among alternates alone leaves no seat open: its winners would
        // become more members than there are seats.
        Next::RunOff { tied, seats } | Next::DecideTie { tied, seats } if outcome.open > 0 => {
            Some((Purpose::RunOff, people_of(listed, tied), *seats))
        }
        Next::HoldFurtherBallot(seats) => {
            let left: Vec<_> = outcome
                .order
                .iter()
                .filter(|number| !outcome.elected.contains(number))
                .copied()
                .collect();
            Some((Purpose::Election, people_of(listed, &left), *seats))
        }
        _ => None,
    });
    let (purpose, people, seats) = follows.ok_or_else(not_now)?;
    let mut hall = hall_of(cx, &ballot).await?;
    let office = Office(ballot.office.clone());
    if was_followed(cx, &ballot).await? {
        return Err(not_now());
    }
    hall.chain = hall.chain.clone().further_ballot(&ballot.rules, &office)?;
    voting::save_hall(&mut cx.tx, &ballot.season, ballot.unit, &hall, cx.now).await?;
    let draft = Draft {
        office,
        body: listed.draft.body,
        purpose,
        round: listed.draft.round.saturating_add(1),
    };
    // The congress has them on its list already.
    let nominations = people
        .into_iter()
        .map(|person| Nomination::new(person, Source::Convening))
        .collect();
    let facts = Facts::begin(draft, seats, nominations);
    add_ballot(
        cx,
        (&ballot.season, ballot.unit),
        ballot.rules.clone(),
        facts,
    )
    .await
}

fn people_of(listed: &Listed, numbers: &[plenum_rules::voting::ballot::Number]) -> Vec<PersonId> {
    numbers
        .iter()
        .filter_map(|number| listed.rows.get(number.place()))
        .map(|row| row.person)
        .collect()
}

/// The ballot is void; the office's election goes on with another. An opinion or
/// introduction ballot nobody has voted in yet is dropped.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-30`; `E-VOT-92` where later ballots stand on it.
pub async fn annul(cx: &mut Cx, of: &Of, reason: &str) -> Result<u128> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    let before = ballot.facts.clone();
    let over = matches!(
        before.election,
        Election::Announced(_) | Election::Ratified(_)
    );
    if over && elects(&ballot) {
        // What the hall has heard only the superior takes back (Điều 33).
        cx.must(Permission::ApproveElection, ballot.unit).await?;
    }
    let ballots = ballots_of(&mut cx.tx, &ballot.season, ballot.unit).await?;
    let hall = hall_of(cx, &ballot).await?;
    let office = Office(ballot.office.clone());
    let stands_on_it = |other: &Ballot| {
        let step = hall.chain.step(&Office(other.office.clone()));
        let after = step.is_some_and(|step| step.after.contains(&office));
        let begun = !matches!(
            other.facts.election,
            Election::Draft(_) | Election::Annulled(_)
        );
        let follows = elects(other) && other.place > ballot.place;
        follows && begun && (other.office == ballot.office || after)
    };
    let built_on = if elects(&ballot) {
        ballots.iter().any(stands_on_it)
    } else {
        preliminary::is_built_on(cx, &ballot, &hall).await?
    };
    if built_on {
        return Err(Problem::refused("E-VOT-92"));
    }
    step(&mut ballot, |election| election.annul(reason))?;
    save(
        cx,
        &mut ballot,
        ("election.annulled", json!({"reason": reason})),
    )
    .await?;
    let draft = before.draft().cloned().ok_or_else(Problem::not_found)?;
    if !papers_are_out(&before.election) {
        // Dropped before anybody voted: back to what it was to serve.
        return Ok(before.serves.map_or(ballot.id, |ElectionId(id)| id));
    }
    if over && elects(&ballot) {
        take_back(cx, &ballot, draft.round).await?;
    } else if over {
        preliminary::take_back(cx, &ballot, hall).await?;
    }
    let facts = Facts {
        serves: before.serves,
        ..Facts::begin(draft, before.seats, before.nominations)
    };
    add_ballot(
        cx,
        (&ballot.season, ballot.unit),
        ballot.rules.clone(),
        facts,
    )
    .await
}

/// Whether papers have been handed out.
fn papers_are_out(election: &Election) -> bool {
    !matches!(
        election,
        Election::Draft(_) | Election::ListApproved(_) | Election::Printed(_)
    )
}

/// What the chain took from a ballot that is void: the office's election is
/// under way again, and nobody holds the office by it.
async fn take_back(cx: &mut Cx, ballot: &Ballot, round: u8) -> Result<()> {
    let mut hall = hall_of(cx, ballot).await?;
    let mut elected = Vec::new();
    for step in &mut hall.chain.steps {
        if step.office.0 == ballot.office && step.is_over() {
            step.state = StepState::UnderWay(round);
            elected.append(&mut step.elected);
        }
    }
    hall.chain.pause = None;
    // Who sat there before a by-election sits there still.
    for person in hall
        .people
        .iter_mut()
        .filter(|one| elected.contains(&one.id))
    {
        person.bodies.retain(|office| office.0 != ballot.office);
    }
    voting::save_hall(&mut cx.tx, &ballot.season, ballot.unit, &hall, cx.now).await?;
    Ok(())
}
