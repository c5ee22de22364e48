//! Tally sheets: handed in pile by pile, taken out again with a reason.

use plenum_rules::Actor;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::count::Sheet;
use plenum_rules::voting::machine::{Counting, Election, drop_sheets};
use serde_json::json;

use super::super::counted;
use super::counters::counting;
use super::{Of, permitted, save, step};
use crate::shell::elections::Ballot;
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// The count while it is open to sheets.
async fn open<'a>(cx: &mut Cx, ballot: &'a Ballot, verb: &'static str) -> Result<&'a Counting> {
    if counted::is_keyed(&mut cx.tx, ballot).await? {
        // Once ballots are keyed one by one, totals would be a second truth.
        return Err(Refusal::CountedOtherwise { way: "keyed" }.into());
    }
    match &ballot.facts.election {
        Election::Counting(counting) => Ok(counting),
        other => Err(other.not_now(verb).into()),
    }
}

/// When everybody's sheets hold all ballots and agree, the result is found
/// (R51).
fn find(ballot: &mut Ballot) -> Result<()> {
    let counts = ballot.facts.sheets.clone();
    let agreed =
        matches!(&ballot.facts.election, Election::Counting(counting) if counting.agree(&counts));
    if !agreed {
        return Ok(());
    }
    step(ballot, |election| {
        election.compare_sheets(&counts)?.find_result()
    })
}

/// Somebody hands in the sheet of a pile, without looking at anybody else's. One
/// written again takes the place of the first with the reason, and the first is
/// kept.
///
/// # Errors
/// `E-VOT-120` for a sheet written again without a reason; `E-VOT-01`;
/// `E-VOT-04`, `E-VOT-05` for a sheet that does not add up;
/// `E-VOT-15`; `E-VOT-111` for ranked ballots; `E-VOT-113` once ballots are
/// keyed one by one; `E-VOT-114`.
pub async fn sheet(cx: &mut Cx, of: &Of, (pile, sheet): (u16, Sheet), reason: &str) -> Result<()> {
    let mut ballot = counting(cx, of).await?;
    let counting = open(cx, &ballot, "sheet").await?.clone();
    let by = cx.who.actor();
    let mut detail = json!({"pile": pile, "ballots": sheet.ballots, "valid": sheet.valid});
    let counts = &mut ballot.facts.sheets;
    let own = counts.iter().find(|count| count.by == by);
    let known = own.and_then(|count| count.piles.get(&pile));
    let mut event = "election.sheet";
    if !reason.trim().is_empty() && known.is_some_and(|known| *known != sheet) {
        let dropped = drop_sheets(counts, (&by, Some(pile)), &by, reason)?;
        detail["reason"] = dropped.reason.clone().into();
        event = "election.sheet_again";
        ballot.facts.dropped.push(dropped);
    }
    counting
        .hand_in(counts, &by, (pile, sheet))
        .map_err(|refusal| match refusal {
            Refusal::Beyond { .. } => Problem::from(refusal).at("pile"),
            Refusal::SheetThere { .. } => Problem::from(refusal).at("reason"),
            other => other.into(),
        })?;
    find(&mut ballot)?;
    save(cx, &mut ballot, (event, detail)).await
}

/// Sheets are taken out of the count again: of one pile, or all of somebody's.
/// What was on them is kept with the reason.
///
/// # Errors
/// `E-VOT-30`; `E-403` for another's without the right to run the election;
/// `E-VOT-112` for another's by somebody who counted too; `E-VOT-01`.
pub async fn drop(
    cx: &mut Cx,
    of: &Of,
    (whose, pile): (&Actor, Option<u16>),
    reason: &str,
) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::KeyBallots).await?;
    let by = cx.who.actor();
    if by != *whose {
        cx.must(Permission::RunElection, ballot.unit).await?;
    }
    let _ = open(cx, &ballot, "drop_sheets").await?;
    let dropped = drop_sheets(&mut ballot.facts.sheets, (whose, pile), &by, reason)?;
    let piles: Vec<u16> = dropped.count.piles.keys().copied().collect();
    let detail = json!({"of": whose, "piles": piles, "reason": dropped.reason});
    ballot.facts.dropped.push(dropped);
    // Without it, those that are left may agree.
    find(&mut ballot)?;
    save(cx, &mut ballot, ("election.sheet_dropped", detail)).await
}
