//! What people do to elections.

pub mod cards;
pub mod chain;
pub mod confirmed;
pub mod count;
pub mod counters;
pub mod custody;
pub mod hall;
pub mod keyed;
pub mod list;
pub mod papers;
pub mod people;
pub mod preliminary;
pub mod sheets;
pub mod void;

use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::voting::custody::Custody;
use plenum_rules::voting::{Refusal, machine};
use plenum_store::voting::Convocation;
use plenum_store::{Tx, congress, voting};
use serde_json::Value;

use crate::shell::elections::{Ballot, Hall, elects, id_text};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// Which ballot: its season and its id.
#[derive(Clone, Debug)]
pub struct Of {
    /// The season's name.
    pub season: String,
    /// The ballot.
    pub id: u128,
}

/// A figure that can be.
///
/// # Errors
/// `E-VOT-114` at its field, with the bound.
fn at_most(figure: u32, limit: u32, field: &'static str) -> Result<()> {
    if figure > limit {
        let limit = limit.into();
        return Err(Problem::from(Refusal::Beyond { limit }).at(field));
    }
    Ok(())
}

/// Loads a ballot of a season.
///
/// # Errors
/// Not found.
pub async fn load(tx: &mut Tx, of: &Of) -> Result<Ballot> {
    voting::load::<crate::shell::elections::Facts>(tx, of.id)
        .await?
        .filter(|ballot| ballot.season.as_str() == of.season)
        .ok_or_else(Problem::not_found)
}

/// The elections of a congress; there must be some.
///
/// # Errors
/// Not found.
pub async fn load_hall(tx: &mut Tx, of: &Convocation) -> Result<Hall> {
    voting::hall(tx, of).await?.ok_or_else(Problem::not_found)
}

/// May they? Then the ballot.
async fn permitted(cx: &mut Cx, of: &Of, permission: Permission) -> Result<Ballot> {
    let ballot = load(&mut cx.tx, of).await?;
    cx.must(permission, ballot.unit).await?;
    Ok(ballot)
}

/// Writes a ballot, remembers and tells.
async fn save(
    cx: &mut Cx,
    ballot: &mut Ballot,
    (event, mut detail): (&'static str, Value),
) -> Result<()> {
    ballot.state = ballot.facts.election.state().to_owned();
    voting::save(&mut cx.tx, ballot, cx.now).await?;
    if let Value::Object(fields) = &mut detail {
        fields.insert("election".to_owned(), id_text(ballot.id).into());
        fields.insert("office".to_owned(), ballot.office.as_str().into());
        fields.insert("round".to_owned(), ballot.round.into());
    }
    cx.record(
        event,
        Some(ballot.season.as_str()),
        Some(ballot.unit),
        &detail,
    )
    .await?;
    cx.touch(ballot.unit).await
}

/// Moves the ballot on.
fn step(
    ballot: &mut Ballot,
    verb: impl FnOnce(machine::Election) -> std::result::Result<machine::Election, Refusal>,
) -> Result<()> {
    ballot.facts.election = verb(ballot.facts.election.clone())?;
    Ok(())
}

/// The last day of the congress at which a ballot was held: what follows the vote
/// counts from it (R39 to R41). As held, else as planned where the vote lies in
/// it; a meeting after the congress counts from itself.
///
/// # Errors
/// The database's.
pub async fn closing(tx: &mut Tx, hall: &Hall, ballot: &Ballot) -> Result<Day> {
    let vote = hall.day_of_vote(ballot);
    if hall.chain.by_election {
        // Held at no congress.
        return Ok(vote);
    }
    let record = congress::load(tx, &ballot.season, ballot.unit).await?;
    let planned = record.planned().on(vote).and_then(Clone::clone);
    let planned = planned.filter(|days| days.first <= vote);
    let last = record.held().map(|(_, last)| last);
    let last = last.or(planned.map(|days| days.last));
    Ok(last.map_or(vote, |last| last.max(vote)))
}

/// What is kept of a ballot since its vote, counted from the days on which the
/// congress was held as they are known now.
///
/// # Errors
/// The database's.
pub async fn custody_now(tx: &mut Tx, hall: &Hall, ballot: &Ballot) -> Result<Option<Custody>> {
    let Some(custody) = ballot.facts.custody.clone() else {
        return Ok(None);
    };
    let voted = hall.day_of_vote(ballot);
    let closed = closing(tx, hall, ballot).await?;
    let elected = ballot.facts.election.resulted().is_some_and(|resulted| {
        let outcome = &resulted.outcome;
        !outcome.elected.is_empty() || !outcome.alternates.is_empty()
    });
    Ok(Some(Custody {
        // Of alternates the congress decides after it heard the result.
        elected_nobody: !elects(ballot) || !elected,
        ..custody.held(voted, closed)
    }))
}

/// The elections of the ballot's congress.
async fn hall_of(cx: &mut Cx, ballot: &Ballot) -> Result<Hall> {
    load_hall(&mut cx.tx, &ballot.convocation()).await
}
