//! With which accounts a ballot is counted: the permission says who may count in
//! a unit, this who counts here. Nobody counts who stands (R27).

use plenum_rules::Actor;
use plenum_rules::access::{Permission, Role, may};
use plenum_rules::voting::list::same_name;
use plenum_rules::voting::machine::Election;
use plenum_rules::voting::{Refusal, said};
use plenum_rules::{Day, UnitId};
use plenum_store::{Tx, access, org};
use serde_json::json;

use super::{Of, permitted, save};
use crate::shell::elections::Ballot;
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// An account that may count in the unit.
#[derive(Clone, Debug)]
pub struct Holder {
    /// Its log-in name.
    pub who: Actor,
    /// The name on screen.
    pub name: String,
    /// Whether it counts and nothing else.
    pub teller: bool,
}

/// The accounts that may count in a unit.
///
/// # Errors
/// The database's.
pub async fn holders(tx: &mut Tx, unit: UnitId, today: Day) -> Result<Vec<Holder>> {
    let path = org::path_on(tx, unit, today).await?;
    let held = access::holders_in(tx, &path).await?;
    let counts = held
        .into_iter()
        .filter(|(_, grants)| may(grants, today, Permission::KeyBallots, &path));
    let holder = counts.map(|(account, grants)| Holder {
        who: Actor(account.login),
        name: account.name,
        teller: grants
            .iter()
            .any(|grant| grant.role == Role::Teller && grant.unit == Some(unit)),
    });
    Ok(holder.collect())
}

/// Whether an account bears the name of somebody on the closed list.
#[must_use]
pub fn stands(ballot: &Ballot, holder: &Holder) -> bool {
    let listed = ballot.facts.listed();
    listed.is_some_and(|listed| {
        let mut rows = listed.rows.iter();
        rows.any(|row| same_name(&row.name, &holder.name))
    })
}

/// Who counts as far as nobody says otherwise: the unit's tellers; where fewer than
/// two of them do not stand (R51), whoever may. Never somebody who stands.
#[must_use]
pub fn suggested(ballot: &Ballot, holders: &[Holder]) -> Vec<Actor> {
    let free = holders.iter().filter(|holder| !stands(ballot, holder));
    let free: Vec<&Holder> = free.collect();
    let enough = free.iter().filter(|holder| holder.teller).count() > 1;
    let counts = free.iter().filter(|holder| holder.teller || !enough);
    counts.map(|holder| holder.who.clone()).collect()
}

/// Who is named to count.
#[derive(Clone, Debug)]
pub struct Named {
    /// The accounts; none: those suggested.
    pub accounts: Vec<Actor>,
    /// Whoever leads says that an account with the name of somebody who stands is
    /// another person's.
    pub namesakes: bool,
}

/// Those named to count, or suggested where nobody is. Only names are compared
/// with the list: an account has no birth date.
///
/// # Errors
/// `E-VOT-68` for an account that may not count here; `E-VOT-43` for one with the
/// name of somebody who stands (R27); `E-VOT-133` for fewer than two (R51).
pub async fn chosen(cx: &mut Cx, ballot: &Ballot, named: &Named) -> Result<Vec<Actor>> {
    let holders = holders(&mut cx.tx, ballot.unit, cx.today).await?;
    let counters = if named.accounts.is_empty() {
        suggested(ballot, &holders)
    } else {
        named.accounts.clone()
    };
    for who in &counters {
        let holder = holders.iter().find(|holder| holder.who == *who);
        let holder = holder.ok_or_else(|| Problem::field("E-VOT-68", "account"))?;
        if stands(ballot, holder) && !named.namesakes {
            return Err(Problem::from(Refusal::TellerStands).at("account"));
        }
    }
    if counters.len() < 2 {
        return Err(Problem::field("E-VOT-133", "account"));
    }
    Ok(counters)
}

/// Somebody else counts: a laptop's operator is replaced, a third person is
/// needed. What was counted before stays theirs who counted it.
///
/// # Errors
/// `E-VOT-01` before papers are out and once two have confirmed; `E-VOT-30`; as
/// [`chosen`].
pub async fn change(cx: &mut Cx, of: &Of, named: &Named, reason: &str) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    let reason = said(reason)?;
    let election = &ballot.facts.election;
    if !is_counted(election) {
        return Err(election.not_now("counters").into());
    }
    if named.accounts.is_empty() {
        return Err(Problem::field("E-VOT-133", "account"));
    }
    let counters = chosen(cx, &ballot, named).await?;
    let detail = json!({
        "before": ballot.facts.counters, "accounts": counters,
        "namesakes": named.namesakes, "reason": reason,
    });
    ballot.facts.counters = counters;
    save(cx, &mut ballot, ("election.counters", detail)).await
}

/// Whether ballots are out and the result does not stand yet.
#[must_use]
pub fn is_counted(election: &Election) -> bool {
    matches!(
        election,
        Election::Open(_)
            | Election::Closed(_)
            | Election::Counting(_)
            | Election::Compared(_)
            | Election::Ruled(_)
            | Election::Resulted(_)
    )
}

/// May they count this ballot? Then the ballot.
///
/// # Errors
/// Forbidden; `E-VOT-129` for somebody who does not count this one.
pub async fn counting(cx: &mut Cx, of: &Of) -> Result<Ballot> {
    let ballot = permitted(cx, of, Permission::KeyBallots).await?;
    if !ballot.facts.counts(&cx.who.actor()) {
        return Err(Problem::refused("E-VOT-129"));
    }
    Ok(ballot)
}
