//! The result, its confirmation, and what people decide on it.

use plenum_rules::PersonId;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::ballot::Number;
use plenum_rules::voting::chain::StepState;
use plenum_rules::voting::count::{Decision, Next, Outcome, Purpose};
use plenum_rules::voting::custody::Custody;
use plenum_rules::voting::list::{Nomination, Source};
use plenum_rules::voting::machine::{CardVote, Draft, Election, Listed};
use plenum_rules::voting::profile::Office;
use plenum_store::voting;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::super::refusals::gone;
use super::counters::counting;
use super::hall::{add_ballot, ballots_of};
use super::{Of, cards, closing, hall_of, permitted, preliminary, save, step};
use crate::shell::elections::{Ballot, Facts, Hall, Voted, elects};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

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
    let mut ballot = counting(cx, of).await?;
    let outcome = match ballot.facts.election.resulted() {
        Some(resulted) => resulted.outcome.clone(),
        None => {
            return Err(ballot.facts.election.not_now("confirm").into());
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
    let day = hall.day_of_vote(&ballot);
    step(&mut ballot, |election| election.announce(day))?;
    let elects = elects(&ballot);
    let closed = closing(&mut cx.tx, &hall, &ballot).await?;
    ballot.facts.custody = Some(if elects {
        Custody::new(day, closed)
    } else {
        Custody::of_nobody(day, closed)
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
/// `E-VOT-01`; as the count; of what the congress decides `E-VOT-98` without the
/// cards, `E-VOT-125` and `E-VOT-96` for them.
pub async fn decide(
    cx: &mut Cx,
    of: &Of,
    decision: Decision,
    cards: Option<CardVote>,
) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    if let Some(destroyed) = ballot.facts.destroyed() {
        // The ballots a decision is counted with are no more.
        return Err(gone(destroyed.on));
    }
    if was_followed(cx, &ballot).await? {
        return Err(ballot.facts.election.not_now("decide").into());
    }
    let detail = json!({"decision": decision, "cards": cards});
    // Sent twice it is one decision, with the cards it was taken by.
    let resulted = ballot.facts.election.resulted();
    let known = resulted.is_some_and(|resulted| resulted.decisions.contains(&decision));
    step(&mut ballot, |election| election.decide(decision.clone()))?;
    if known {
        let again = json!({"decision": decision, "again": true});
        return save(cx, &mut ballot, ("election.decided", again)).await;
    }
    let hall = hall_of(cx, &ballot).await?;
    if !decision.comes_first() {
        let draft = ballot.facts.draft().ok_or_else(Problem::not_found)?;
        let present = hall.attendance(draft.body).present;
        let cards = cards.ok_or_else(|| Problem::field("E-VOT-98", "decide_agree"))?;
        cards::carried(&cards, present, "decide_agree")?;
        ballot.facts.voted.push(Voted {
            decision,
            cards,
            present: Some(present),
            by: cx.who.actor(),
        });
    }
    save(cx, &mut ballot, ("election.decided", detail)).await?;
    settle(cx, &ballot, hall).await
}

/// Whether another ballot for the office came after: what is decided then is
/// decided there.
pub(super) async fn was_followed(cx: &mut Cx, ballot: &Ballot) -> Result<bool> {
    let ballots = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    Ok(ballots
        .iter()
        .filter(|other| !other.facts.election.is_void())
        .any(|other| other.office == ballot.office && other.place > ballot.place && elects(other)))
}

/// Where nothing more is to be decided, the office's step of the chain is over:
/// who was elected in all its ballots holds it.
pub(super) async fn settle(cx: &mut Cx, ballot: &Ballot, mut hall: Hall) -> Result<()> {
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
    let goes_on = resulted.outcome.next.iter().any(Next::keeps_open);
    if goes_on || !under_way {
        return Ok(());
    }
    let ballots = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    let elected: Vec<PersonId> = ballots
        .iter()
        .filter(|other| other.office == ballot.office)
        .flat_map(|other| other.facts.elected())
        .collect();
    // Alternates are elected once every seat is filled.
    let purpose = resulted.ruled.closed.open.paper.definition.purpose;
    let open = if purpose.elects_alternates() {
        0
    } else {
        resulted.outcome.open
    };
    hall.chain = hall.chain.clone().finish(&office, &elected, open)?;
    for person in &elected {
        hall.take_seat(*person, &office);
    }
    voting::save_hall(&mut cx.tx, &ballot.convocation(), &hall, cx.now).await?;
    let detail = json!({"office": ballot.office, "elected": elected, "open": open});
    let (season, unit) = (ballot.season.as_str(), Some(ballot.unit));
    cx.record("election.finished", Some(season), unit, &detail)
        .await
}

/// The ballot that follows: among the tied, or for the seats that stayed open;
/// likewise for the places of alternates.
///
/// # Errors
/// `E-VOT-01` where none follows; `E-VOT-29` (R30); `E-VOT-33` while the congress
/// has not decided on those below the tie (Điều 18); `E-VOT-27` while the
/// superior's answer is awaited (R46).
pub async fn further(cx: &mut Cx, of: &Of) -> Result<u128> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let not_now = || Problem::from(ballot.facts.election.not_now("further_ballot"));
    let announced = matches!(ballot.facts.election, Election::Announced(_));
    let resulted = ballot
        .facts
        .election
        .resulted()
        .filter(|_| announced)
        .ok_or_else(not_now)?;
    let listed = &resulted.ruled.closed.open.paper.listed;
    let outcome = &resulted.outcome;
    let follows = outcome
        .next
        .iter()
        .find_map(|next| follows(outcome, listed, next));
    let (purpose, numbers, seats) = follows.ok_or_else(not_now)?;
    let undecided = |next: &Next| matches!(next, Next::DecideAlternates(_));
    if outcome.next.iter().any(undecided) {
        return Err(Refusal::DecisionNeeded.into());
    }
    let people = people_of(listed, &numbers);
    let mut hall = hall_of(cx, &ballot).await?;
    hall.chain.goes_on()?;
    let office = Office(ballot.office.clone());
    if was_followed(cx, &ballot).await? {
        return Err(not_now());
    }
    hall.chain = hall.chain.clone().further_ballot(&ballot.rules, &office)?;
    voting::save_hall(&mut cx.tx, &ballot.convocation(), &hall, cx.now).await?;
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
    let mut facts = Facts::begin(draft, seats, nominations);
    if !purpose.elects_alternates() {
        // Whoever passes there besides is asked for as alternate then, for the
        // places nobody has yet.
        let taken = u8::try_from(outcome.alternates.len()).unwrap_or(u8::MAX);
        facts.alternates = listed.alternates.saturating_sub(taken);
    }
    add_ballot(cx, ballot.convocation(), ballot.rules.clone(), facts).await
}

/// What ballot follows: for what, of whom, for how many.
fn follows(outcome: &Outcome, listed: &Listed, next: &Next) -> Option<(Purpose, Vec<Number>, u32)> {
    let left = || -> Vec<Number> {
        let taken = |number: &Number| {
            outcome.elected.contains(number) || outcome.alternates.contains(number)
        };
        let order = outcome.order.iter();
        order.filter(|number| !taken(number)).copied().collect()
    };
    let further = match listed.draft.purpose {
        Purpose::Alternates | Purpose::AlternatesRunOff => Purpose::Alternates,
        _ => Purpose::Election,
    };
    Some(match next {
        Next::RunOff { tied, seats } => (Purpose::RunOff, tied.clone(), *seats),
        Next::AlternatesRunOff { tied, seats } => (Purpose::AlternatesRunOff, tied.clone(), *seats),
        Next::HoldFurtherBallot(seats) => (further, left(), *seats),
        Next::HoldAlternatesBallot(seats) => (Purpose::Alternates, left(), *seats),
        _ => return None,
    })
}

fn people_of(listed: &Listed, numbers: &[Number]) -> Vec<PersonId> {
    numbers
        .iter()
        .filter_map(|number| listed.rows.get(number.place()))
        .map(|row| row.person)
        .collect()
}
