//! What is taken back: a ballot that is void, after which another begins and what
//! stood on it falls; a decision nobody took.

use plenum_rules::ElectionId;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::chain::StepState;
use plenum_rules::voting::count::Decision;
use plenum_rules::voting::custody::Custody;
use plenum_rules::voting::machine::Election;
use plenum_rules::voting::profile::Office;
use plenum_store::voting::{self, Convocation};
use serde_json::json;

use super::super::refusals::gone;
use super::hall::{add_ballot, ballots_of, built_on_since};
use super::{Of, closing, count, hall_of, permitted, preliminary, save, step};
use crate::shell::elections::{Ballot, Facts, Hall, elects, id_text, under_way};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// The ballot is void; the office's election goes on with another. Lists that
/// were being made on its result fall with it. A ballot nobody has voted in yet is
/// dropped; one whose list is approved is taken up again first.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-30`; `E-VOT-92` where later ballots stand on it; `E-403` for
/// what two people have confirmed without the right to approve it.
pub async fn annul(cx: &mut Cx, of: &Of, reason: &str) -> Result<u128> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    let before = ballot.facts.clone();
    let over = matches!(
        before.election,
        Election::Announced(_) | Election::Ratified(_)
    );
    // The answer of a ballot before the list is known once it is counted: nobody who
    // asks throws it away (R25). What was misread is counted again.
    let answered = !elects(&ballot) && before.election.resulted().is_some();
    if over || answered || matches!(before.election, Election::Confirmed(_)) {
        // What two people confirmed, and the hall hears, only the superior takes
        // back (Điều 33).
        cx.must(Permission::ApproveElection, ballot.unit).await?;
    }
    if elects(&ballot) && matches!(before.election, Election::Draft(_)) {
        return drop_draft(cx, ballot, reason).await;
    }
    let hall = hall_of(cx, &ballot).await?;
    let all = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    let standing = standing_on(&hall, &ballot, all);
    let built_on = if elects(&ballot) {
        standing.iter().any(has_begun)
    } else {
        preliminary::is_built_on(cx, &ballot, &hall).await?
    };
    if built_on || built_on_since(&mut cx.tx, &ballot).await? {
        return Err(Problem::refused("E-VOT-92"));
    }
    let voted = hall.day_of_vote(&ballot);
    let closed = closing(&mut cx.tx, &hall, &ballot).await?;
    step(&mut ballot, |election| election.annul(reason))?;
    if before.election.papers_are_out() {
        // Papers of a void ballot are kept like any other (Điều 35).
        let custody = ballot.facts.custody.take();
        ballot.facts.custody =
            Some(custody.map_or_else(|| Custody::of_nobody(voted, closed), Custody::void));
    }
    let detail = json!({"reason": reason});
    save(cx, &mut ballot, ("election.annulled", detail)).await?;
    let draft = before.draft().cloned().ok_or_else(Problem::not_found)?;
    if !before.election.papers_are_out() {
        // Dropped before anybody voted: back to what it was to serve.
        return Ok(before.serves.map_or(ballot.id, |ElectionId(id)| id));
    }
    if over && elects(&ballot) {
        take_back(cx, &ballot, (hall, draft.round), &standing).await?;
    } else if over {
        let lists = preliminary::take_back(cx, &ballot, hall).await?;
        fall(cx, &ballot, lists, reason).await?;
    }
    fall(cx, &ballot, standing, reason).await?;
    let facts = Facts {
        serves: before.serves,
        alternates: before.alternates,
        ..Facts::begin(draft, before.seats, before.nominations)
    };
    let at = ballot.convocation();
    let next = add_ballot(cx, at, ballot.rules.clone(), facts).await?;
    // What was heard for the list goes on with the next.
    let all = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    for mut asked in all {
        if asked.facts.serves == Some(ElectionId(ballot.id)) {
            asked.facts.serves = Some(ElectionId(next));
            voting::save(&mut cx.tx, &asked, cx.now).await?;
        }
    }
    Ok(next)
}

/// A ballot was begun by mistake: its list falls, and the office waits again, or
/// is where the ballot before left it.
async fn drop_draft(cx: &mut Cx, mut ballot: Ballot, reason: &str) -> Result<u128> {
    let all = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    let own = |other: &&Ballot| other.facts.serves == Some(ElectionId(ballot.id));
    if let Some(asked) = all.iter().filter(own).find(|other| under_way(other)) {
        return Err(asked.facts.election.not_now("annul").into());
    }
    // What an opinion ballot said goes on with its list (R25, R59).
    if ballot
        .facts
        .nominations
        .iter()
        .any(|one| one.opinion.is_some())
    {
        return Err(Refusal::BuiltOn.into());
    }
    let office = Office(ballot.office.clone());
    let before = all.iter().rev().find(|other| {
        other.office == ballot.office
            && other.place < ballot.place
            && elects(other)
            && !other.facts.election.is_void()
    });
    let back = before.map_or(ballot.id, |other| other.id);
    step(&mut ballot, |election| election.fall(reason))?;
    let detail = json!({"reason": reason});
    save(cx, &mut ballot, ("election.annulled", detail)).await?;
    let mut hall = hall_of(cx, &ballot).await?;
    hall.chain = hall.chain.drop_ballot(&office)?;
    voting::save_hall(&mut cx.tx, &ballot.convocation(), &hall, cx.now).await?;
    Ok(back)
}

/// A decision was entered that nobody took: it goes, with the lists that were
/// being made on it.
///
/// # Errors
/// `E-VOT-30`; `E-VOT-115` where it was not decided; `E-VOT-122` where a ballot
/// has begun on it, the superior has appointed, or a ballot of the office is
/// ratified; `E-VOT-01`.
pub async fn undecide(cx: &mut Cx, of: &Of, decision: &Decision, reason: &str) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    if let Some(destroyed) = ballot.facts.destroyed() {
        return Err(gone(destroyed.on));
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::ReasonNeeded.into());
    }
    let hall = hall_of(cx, &ballot).await?;
    let all = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    let standing = standing_on(&hall, &ballot, all);
    let office = Office(ballot.office.clone());
    let appointed = hall
        .chain
        .step(&office)
        .is_some_and(|step| step.state == StepState::Appointed);
    let own = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    let ratified = own.iter().any(|other| {
        other.office == ballot.office && matches!(other.facts.election, Election::Ratified(_))
    });
    let followed =
        count::was_followed(cx, &ballot).await? || built_on_since(&mut cx.tx, &ballot).await?;
    if followed || appointed || ratified || standing.iter().any(has_begun) {
        return Err(Refusal::BuiltOn.into());
    }
    let round = ballot.facts.draft().map_or(1, |draft| draft.round);
    step(&mut ballot, |election| election.take_back(decision))?;
    // What rested on it goes with it.
    let left = ballot.facts.election.resulted();
    let left = left.map_or_else(Vec::new, |resulted| resulted.decisions.clone());
    ballot
        .facts
        .voted
        .retain(|one| left.contains(&one.decision));
    let detail = json!({"decision": decision, "reason": reason});
    save(cx, &mut ballot, ("election.undecided", detail)).await?;
    let over = hall.chain.check_over(&office).is_ok();
    if over && matches!(ballot.facts.election, Election::Announced(_)) {
        take_back(cx, &ballot, (hall, round), &standing).await?;
        fall(cx, &ballot, standing, reason).await?;
        // Without the decision the office may be over all the same.
        let hall = hall_of(cx, &ballot).await?;
        count::settle(cx, &ballot, hall).await?;
    }
    Ok(())
}

/// Lists that were being made on a ballot fall with it.
async fn fall(cx: &mut Cx, ballot: &Ballot, standing: Vec<Ballot>, reason: &str) -> Result<()> {
    for mut other in standing {
        step(&mut other, |election| election.fall(reason))?;
        let detail = json!({"reason": reason, "with": id_text(ballot.id)});
        save(cx, &mut other, ("election.fallen", detail)).await?;
    }
    Ok(())
}

/// Whether more than a list under way stands there.
fn has_begun(other: &Ballot) -> bool {
    !matches!(other.facts.election, Election::Draft(_))
}

/// Whether an office waits for another, directly or through others.
fn waits_for(hall: &Hall, office: &Office, before: &Office) -> bool {
    let mut asked = vec![office.clone()];
    let mut known = asked.clone();
    while let Some(office) = asked.pop() {
        let after = hall.chain.step(&office).map_or(&[][..], |step| &step.after);
        if after.contains(before) {
            return true;
        }
        for next in after {
            // The rules let nothing wait in a circle; what is stored is trusted less.
            if !known.contains(next) {
                known.push(next.clone());
                asked.push(next.clone());
            }
        }
    }
    false
}

/// The later ballots that stand on a ballot's result and are not void: elections,
/// introductions, and opinion ballots on their way; an opinion that was heard for
/// a later list stays on record. On an opinion or introduction ballot only its
/// list stands.
fn standing_on(hall: &Hall, ballot: &Ballot, all: Vec<Ballot>) -> Vec<Ballot> {
    let office = Office(ballot.office.clone());
    let stands = |other: &Ballot| {
        let own = other.office == ballot.office;
        elects(ballot)
            && other.place > ballot.place
            && (elects(other) || other.purpose == "introduction" || under_way(other))
            && !other.facts.election.is_void()
            && (own || waits_for(hall, &Office(other.office.clone()), &office))
    };
    all.into_iter().filter(stands).collect()
}

/// What the chain took from a ballot that is void: the office's election is
/// under way again, nobody holds the office by it, and what had begun on it
/// waits again.
async fn take_back(
    cx: &mut Cx,
    ballot: &Ballot,
    (mut hall, round): (Hall, u8),
    standing: &[Ballot],
) -> Result<()> {
    let mut elected = Vec::new();
    let own = Office(ballot.office.clone());
    let after: Vec<Office> = hall
        .chain
        .steps
        .iter()
        .filter(|step| waits_for(&hall, &step.office, &own))
        .map(|step| step.office.clone())
        .collect();
    for step in &mut hall.chain.steps {
        if after.contains(&step.office) {
            // Who was introduced from among those elected is introduced anew.
            step.introduced = None;
        }
        if step.office.0 == ballot.office {
            step.state = StepState::UnderWay(round);
            elected.append(&mut step.elected);
        } else if standing.iter().any(|other| other.office == step.office.0) {
            step.state = StepState::Waiting;
            step.elected.clear();
        }
    }
    // The superior's answer is still waited for about anything else (R46).
    let moot = |office: &Office| {
        office.0 == ballot.office || standing.iter().any(|other| other.office == office.0)
    };
    let pause = hall.chain.pause.take();
    hall.chain.pause = pause.filter(|pause| !moot(&pause.failed_in));
    // Who sat there before a by-election sits there still.
    for person in hall
        .people
        .iter_mut()
        .filter(|one| elected.contains(&one.id))
    {
        person.bodies.retain(|office| office.0 != ballot.office);
    }
    voting::save_hall(&mut cx.tx, &ballot.convocation(), &hall, cx.now).await?;
    // Nor do they at convocations called since, which nothing was held at for it.
    let halls: Vec<(i64, Hall)> = voting::halls(&mut cx.tx, &ballot.season, ballot.unit).await?;
    let later = halls
        .into_iter()
        .filter(|(called, _)| *called > ballot.called);
    for (called, mut hall) in later {
        for person in &mut hall.people {
            let sat = elected.contains(&person.id);
            person.bodies.retain(|office| !sat || *office != own);
        }
        let of = Convocation {
            called,
            ..ballot.convocation()
        };
        voting::save_hall(&mut cx.tx, &of, &hall, cx.now).await?;
    }
    Ok(())
}
