//! Numbers of the rules nobody has seen in writing: whoever leads the election
//! confirms each before it decides something.

use plenum_rules::voting::count::Decision;
use plenum_rules::voting::{Refusal, Unconfirmed};
use plenum_store::voting;
use serde_json::json;

use super::count::decide;
use super::{Of, hall_of, load};
use crate::shell::elections::{Ballot, Confirmed};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// What decides a list or its paper is confirmed, or was.
///
/// # Errors
/// `E-VOT-41` for what is neither.
pub async fn confirm(
    cx: &mut Cx,
    ballot: &mut Ballot,
    decided: Vec<Unconfirmed>,
    ticked: &[String],
) -> Result<()> {
    let mut new = Vec::new();
    for Unconfirmed { field, .. } in decided {
        if ballot.facts.confirmed.iter().any(|one| one.field == field) {
            continue;
        }
        if !ticked.contains(&field) {
            return Err(Problem::from(Refusal::Unconfirmed { field }).at("confirm"));
        }
        ballot.facts.confirmed.push(Confirmed {
            field: field.clone(),
            by: cx.who.actor(),
            on: cx.today,
        });
        new.push(field);
    }
    if new.is_empty() {
        return Ok(());
    }
    let (season, unit) = (ballot.season.as_str(), Some(ballot.unit));
    let detail = json!({"office": ballot.office, "fields": new});
    cx.record("election.rules_confirmed", Some(season), unit, &detail)
        .await?;
    remember(cx, ballot, new).await
}

/// What was confirmed once is found ticked the next time.
async fn remember(cx: &mut Cx, ballot: &Ballot, fields: Vec<String>) -> Result<()> {
    let mut hall = hall_of(cx, ballot).await?;
    hall.confirmed.extend(fields);
    voting::save_hall(&mut cx.tx, &ballot.convocation(), &hall, cx.now).await?;
    Ok(())
}

/// Numbers of the rules that decided a result are confirmed.
///
/// # Errors
/// `E-VOT-98` for none; as [`decide`].
pub async fn settle(cx: &mut Cx, of: &Of, fields: &[String]) -> Result<()> {
    if fields.is_empty() {
        return Err(Problem::field("E-VOT-98", "confirm"));
    }
    for field in fields {
        decide(cx, of, Decision::Confirm(field.clone()), None).await?;
    }
    let ballot = load(&mut cx.tx, of).await?;
    remember(cx, &ballot, fields.to_vec()).await
}
