//! After the vote: sealed ballots, complaints, report, ratification,
//! destruction (§1.10; R39 to R41).

use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::voting::count::Next;
use plenum_rules::voting::custody::Custody;
use plenum_rules::voting::machine::Election;
use plenum_rules::voting::profile::{ElectionRules, Office};
use plenum_rules::voting::{Refusal, said};
use plenum_store::voting;
use serde_json::{Value, json};

use super::count::was_followed;
use super::{Of, custody_now, hall_of, permitted, save, step};
use crate::shell::elections::{Ballot, elects};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem, profiles};

type Decided = std::result::Result<Custody, Refusal>;

/// Changes what is kept of a ballot; `day` is when it was done, at its field:
/// what is yet to come has not been done.
async fn change(
    cx: &mut Cx,
    mut ballot: Ballot,
    (event, detail): (&'static str, Value),
    (day, field): (Day, &'static str),
    decide: impl FnOnce(Custody, &ElectionRules) -> Decided,
) -> Result<()> {
    let hall = hall_of(cx, &ballot).await?;
    let custody = custody_now(&mut cx.tx, &hall, &ballot).await?;
    let custody = custody.ok_or_else(|| ballot.facts.election.not_now(event))?;
    let after = decide(custody, &ballot.rules).map_err(|refusal| match refusal {
        Refusal::DaysReversed => Problem::from(refusal).at(field),
        other => other.into(),
    })?;
    if day > cx.today {
        return Err(Problem::from(Refusal::DaysReversed).at(field));
    }
    ballot.facts.custody = Some(after);
    save(cx, &mut ballot, (event, detail)).await
}

/// The ballots are sealed and handed over.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-30`; `E-VOT-44` for a day to come, as for everything
/// below.
pub async fn seal(cx: &mut Cx, of: &Of, on: Day, handed_to: &str) -> Result<()> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let what = ("election.sealed", json!({"to": handed_to}));
    change(cx, ballot, what, (on, "on"), |custody, _| {
        custody.seal(on, handed_to)
    })
    .await
}

/// The note of the sealing is put right, with the reason.
///
/// # Errors
/// `E-VOT-01` once the seal was opened or the ballots destroyed; `E-VOT-30`.
pub async fn seal_again(cx: &mut Cx, of: &Of, on: Day, handed_to: &str, why: &str) -> Result<()> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let custody = ballot.facts.custody.as_ref();
    let before = custody.and_then(|custody| custody.sealed.clone());
    let detail =
        json!({"to": handed_to, "on": on.to_string(), "reason": reason(why)?, "before": before});
    let what = ("election.sealed_again", detail);
    change(cx, ballot, what, (on, "on"), |custody, _| {
        custody.seal_again(on, handed_to)
    })
    .await
}

/// Why something is put right, in words.
fn reason(why: &str) -> Result<String> {
    said(why).map_err(|refusal| Problem::from(refusal).at("why"))
}

/// A complaint comes in (R40).
///
/// # Errors
/// `E-VOT-34`, `E-VOT-30`, `E-VOT-01`.
pub async fn complain(cx: &mut Cx, of: &Of, on: Day, text: &str) -> Result<()> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let what = ("election.complaint", json!({"text": text}));
    change(cx, ballot, what, (on, "on"), |custody, rules| {
        custody.complain(rules, profiles::holidays(), on, text)
    })
    .await
}

/// The level above settles a complaint.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-44`, `E-VOT-30`.
pub async fn answer(cx: &mut Cx, of: &Of, place: usize, on: Day, how: &str) -> Result<()> {
    let ballot = permitted(cx, of, Permission::ApproveElection).await?;
    let what = (
        "election.complaint_settled",
        json!({"complaint": place, "how": how}),
    );
    change(cx, ballot, what, (on, "on"), |custody, _| {
        custody.settle(place, on, how)
    })
    .await
}

/// The seal is opened, by decision only.
///
/// # Errors
/// `E-VOT-33`, `E-VOT-01`.
pub async fn unseal(cx: &mut Cx, of: &Of, on: Day, decision: &str) -> Result<()> {
    let ballot = permitted(cx, of, Permission::ApproveElection).await?;
    let what = ("election.unsealed", json!({"decision": decision}));
    change(cx, ballot, what, (on, "on"), |custody, _| {
        custody.open_seal(on, decision)
    })
    .await
}

/// The result was reported to the superior, or the superior has the report
/// (R39).
///
/// # Errors
/// `E-VOT-01`; `E-VOT-44` for a receipt before the report; `E-VOT-30` for other days
/// than were noted, without a reason.
pub async fn report(
    cx: &mut Cx,
    of: &Of,
    (reported, received): (Day, Option<Day>),
    why: &str,
) -> Result<()> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let custody = ballot.facts.custody.as_ref();
    let before = custody.map(|custody| (custody.reported, custody.received));
    // What was noted is put right with a reason; the receipt may come later.
    let same = |(day, receipt): (Option<Day>, Option<Day>)| {
        day.is_none_or(|day| day == reported)
            && receipt.is_none_or(|receipt| received == Some(receipt))
    };
    let detail = if before.is_none_or(same) {
        json!({"reported": reported.to_string(), "received": received.map(|day| day.to_string())})
    } else {
        json!({
            "reported": reported.to_string(), "received": received.map(|day| day.to_string()),
            "before": before, "reason": reason(why)?,
        })
    };
    let last = received.map_or((reported, "reported"), |day| (day, "received"));
    let what = ("election.reported", detail);
    change(cx, ballot, what, last, |custody, _| {
        custody.report(reported, received)
    })
    .await
}

/// The superior ratifies (chuẩn y), once nothing of the office's election is left
/// to decide or to hold.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-44`, `E-VOT-30`; `E-VOT-119` while a tie or an open seat
/// waits.
pub async fn ratify(cx: &mut Cx, of: &Of, on: Day, instrument: &str) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::ApproveElection).await?;
    step(&mut ballot, |election| election.ratify(on, instrument))?;
    let hall = hall_of(cx, &ballot).await?;
    hall.chain.check_over(&Office(ballot.office.clone()))?;
    let what = ("election.ratified", json!({"instrument": instrument}));
    change(cx, ballot, what, (on, "on"), |custody, _| {
        custody.ratify(on)
    })
    .await
}

/// The note of the ratification is put right, with the reason.
///
/// # Errors
/// `E-VOT-01` where nothing is ratified, `E-VOT-44`, `E-VOT-30`.
pub async fn ratify_again(
    cx: &mut Cx,
    of: &Of,
    on: Day,
    instrument: &str,
    why: &str,
) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::ApproveElection).await?;
    let before = match &ballot.facts.election {
        Election::Ratified(ratified) => {
            json!({"on": ratified.on.to_string(), "instrument": ratified.instrument})
        }
        _ => Value::Null,
    };
    step(&mut ballot, |election| {
        election.ratify_again(on, instrument)
    })?;
    let detail = json!({
        "instrument": instrument, "on": on.to_string(), "reason": reason(why)?, "before": before,
    });
    let what = ("election.ratified_again", detail);
    change(cx, ballot, what, (on, "on"), |custody, _| {
        custody.ratify(on)
    })
    .await
}

/// The ballots are destroyed (R41), and with them what stood on each: totals
/// alone are left.
///
/// # Errors
/// `E-VOT-31`, `E-VOT-32`, `E-VOT-33`, `E-VOT-01`; `E-VOT-44` for a day to come;
/// `E-VOT-119` while something of the office is still to be decided.
pub async fn destroy(cx: &mut Cx, of: &Of, on: Day, decision: &str) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    let what = (
        "election.destroyed",
        json!({"decision": decision, "on": on.to_string()}),
    );
    // What is still to be decided is decided with the ballots.
    let next = ballot
        .facts
        .election
        .resulted()
        .map(|one| &one.outcome.next);
    let open = next.is_some_and(|next| next.iter().any(Next::keeps_open));
    if open && elects(&ballot) && !was_followed(cx, &ballot).await? {
        let office = Office(ballot.office.clone());
        return Err(Refusal::OfficeOpen { office }.into());
    }
    step(&mut ballot, Election::forget_ballots)?;
    ballot.facts.rulings.clear();
    ballot.facts.past_rulings.clear();
    for count in &mut ballot.facts.sheets {
        count.piles.clear();
    }
    ballot.facts.dropped.clear();
    let id = ballot.id;
    change(cx, ballot, what, (on, "on"), |custody, rules| {
        custody.destroy(rules, on, decision)
    })
    .await?;
    voting::forget_keys(&mut cx.tx, id).await?;
    Ok(())
}
