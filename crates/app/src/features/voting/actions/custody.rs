//! After the vote: sealed ballots, complaints, report, ratification,
//! destruction (§1.10; R39 to R41).

use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::custody::Custody;
use plenum_rules::voting::profile::ElectionRules;
use serde_json::{Value, json};

use super::{Of, permitted, save, step};
use crate::shell::elections::Ballot;
use crate::shell::problem::Result;
use crate::shell::{Cx, profiles};

type Decided = std::result::Result<Custody, Refusal>;

async fn change(
    cx: &mut Cx,
    mut ballot: Ballot,
    (event, detail): (&'static str, Value),
    decide: impl FnOnce(Custody, &ElectionRules) -> Decided,
) -> Result<()> {
    let custody = ballot.facts.custody.clone().ok_or(Refusal::NotNow {
        verb: event,
        state: ballot.facts.election.state(),
    })?;
    ballot.facts.custody = Some(decide(custody, &ballot.rules)?);
    save(cx, &mut ballot, (event, detail)).await
}

/// The ballots are sealed and handed over.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-30`.
pub async fn seal(cx: &mut Cx, of: &Of, on: Day, handed_to: &str) -> Result<()> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let what = ("election.sealed", json!({"to": handed_to}));
    change(cx, ballot, what, |custody, _| custody.seal(on, handed_to)).await
}

/// A complaint comes in (R40).
///
/// # Errors
/// `E-VOT-34`, `E-VOT-30`, `E-VOT-01`.
pub async fn complain(cx: &mut Cx, of: &Of, on: Day, text: &str) -> Result<()> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let what = ("election.complaint", json!({"text": text}));
    change(cx, ballot, what, |custody, rules| {
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
    change(cx, ballot, what, |custody, _| {
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
    change(cx, ballot, what, |custody, _| {
        custody.open_seal(on, decision)
    })
    .await
}

/// The result was reported to the superior, or the superior has the report
/// (R39).
///
/// # Errors
/// `E-VOT-01`; `E-VOT-44` for a receipt before the report.
pub async fn report(cx: &mut Cx, of: &Of, reported: Day, received: Option<Day>) -> Result<()> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let detail =
        json!({"reported": reported.to_string(), "received": received.map(|day| day.to_string())});
    change(cx, ballot, ("election.reported", detail), |custody, _| {
        if reported < custody.closed || received.is_some_and(|received| received < reported) {
            return Err(Refusal::DaysReversed);
        }
        Ok(Custody {
            reported: Some(reported),
            received,
            ..custody
        })
    })
    .await
}

/// The superior ratifies (chuẩn y).
///
/// # Errors
/// `E-VOT-01`, `E-VOT-44`, `E-VOT-30`.
pub async fn ratify(cx: &mut Cx, of: &Of, on: Day, instrument: &str) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::ApproveElection).await?;
    step(&mut ballot, |election| election.ratify(on, instrument))?;
    let what = ("election.ratified", json!({"instrument": instrument}));
    change(cx, ballot, what, |custody, _| {
        Ok(Custody {
            ratified: Some(on),
            ..custody
        })
    })
    .await
}

/// The ballots are destroyed (R41).
///
/// # Errors
/// `E-VOT-31`, `E-VOT-32`, `E-VOT-33`, `E-VOT-01`; `E-VOT-44` for a day to come.
pub async fn destroy(cx: &mut Cx, of: &Of, on: Day, decision: &str) -> Result<()> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    let what = ("election.destroyed", json!({"decision": decision}));
    // What is yet to come has not been done.
    let ahead = on > cx.today;
    change(cx, ballot, what, |custody, rules| {
        let destroyed = custody.destroy(rules, on, decision)?;
        if ahead {
            return Err(Refusal::DaysReversed);
        }
        Ok(destroyed)
    })
    .await
}
