//! The list: nominations, withdrawals, seats, its approval by raised cards.

use plenum_rules::PersonId;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::ballot::MOST_NAMES;
use plenum_rules::voting::count::Purpose;
use plenum_rules::voting::list::{Nomination, Source, Withdrawal, may_be_voted};
use plenum_rules::voting::machine::{CardVote, Draft, Election, Listed};
use plenum_rules::voting::profile::SeatsBy;
use serde::Serialize;
use serde_json::json;

use super::hall::ballots_of;
use super::{Of, at_most, cards, confirmed, hall_of, permitted, preliminary, save, step};
use crate::shell::elections::Ballot;
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// The ballot while its list is made.
async fn drafting(cx: &mut Cx, of: &Of, verb: &'static str) -> Result<(Ballot, Draft)> {
    let ballot = permitted(cx, of, Permission::RunElection).await?;
    match &ballot.facts.election {
        Election::Draft(draft) => {
            let draft = draft.clone();
            Ok((ballot, draft))
        }
        other => Err(other.not_now(verb).into()),
    }
}

/// As [`drafting`], where the list is still to be made: a run-off is between
/// those tied, for the seats they tied for (R20); an opinion ballot is about the
/// nominees of the list it serves.
async fn making(cx: &mut Cx, of: &Of, verb: &'static str) -> Result<(Ballot, Draft)> {
    let (ballot, draft) = drafting(cx, of, verb).await?;
    if draft.purpose.is_run_off() || draft.purpose == Purpose::Opinion {
        return Err(ballot.facts.election.not_now(verb).into());
    }
    Ok((ballot, draft))
}

/// Proposes how many are elected, and how many alternates.
///
/// # Errors
/// `E-VOT-01` once the list is approved; `E-VOT-95` for an office of one seat,
/// and for alternates of one that has none; `E-VOT-114`.
pub async fn seats(cx: &mut Cx, of: &Of, seats: u32, alternates: u32) -> Result<()> {
    let (mut ballot, draft) = making(cx, of, "seats").await?;
    if !draft.purpose.elects() {
        return Err(Problem::field("E-VOT-95", "seats"));
    }
    // A further ballot is for the seats that stayed open, no more and no fewer:
    // those left out would be nobody's.
    if draft.round > 1 && seats != ballot.facts.seats {
        return Err(Problem::field("E-VOT-95", "seats"));
    }
    let single = ballot
        .rules
        .office(&draft.office)
        .is_some_and(|rule| rule.seats == SeatsBy::One);
    if seats == 0 || single && seats != 1 {
        return Err(Problem::field("E-VOT-95", "seats"));
    }
    at_most(seats, MOST_NAMES.into(), "seats")?;
    at_most(alternates, MOST_NAMES.into(), "alternates")?;
    let rule = ballot.rules.alternates.as_ref();
    let has_alternates = rule.is_some_and(|rule| rule.office == draft.office);
    if alternates > 0 && (!has_alternates || draft.round > 1) {
        return Err(Problem::field("E-VOT-95", "alternates"));
    }
    ballot.facts.seats = seats;
    if draft.round == 1 {
        ballot.facts.alternates = u8::try_from(alternates).unwrap_or(MOST_NAMES);
    }
    let detail = json!({"seats": seats, "alternates": alternates});
    save(cx, &mut ballot, ("election.seats", detail)).await
}

/// Nominates people from one source.
///
/// # Errors
/// `E-VOT-68` for somebody unknown; `E-VOT-66` for somebody nominated already;
/// `E-VOT-118` for somebody elected by an earlier ballot.
pub async fn nominate(cx: &mut Cx, of: &Of, people: &[PersonId], source: Source) -> Result<()> {
    let (mut ballot, draft) = making(cx, of, "nominate").await?;
    let hall = hall_of(cx, &ballot).await?;
    let nominator = match source {
        Source::Floor(person) => Some(person),
        _ => None,
    };
    let unknown = people
        .iter()
        .chain(&nominator)
        .any(|person| hall.person(*person).is_none());
    if unknown || people.is_empty() {
        return Err(Problem::field("E-VOT-68", "person"));
    }
    let elected = elected_before(cx, &ballot, &draft).await?;
    if people.iter().any(|person| elected.contains(person)) {
        return Err(Problem::field("E-VOT-118", "person"));
    }
    for person in people {
        let known = &mut ballot.facts.nominations;
        if known.iter().any(|nomination| nomination.person == *person) {
            return Err(Problem::field("E-VOT-66", "person"));
        }
        known.push(Nomination::new(*person, source));
    }
    let detail = json!({"people": people, "source": source});
    save(cx, &mut ballot, ("election.nominated", detail)).await
}

/// Whom the office's earlier ballots elected: nobody has two seats (R19), and no
/// delegate is an alternate besides (Điều 18).
async fn elected_before(cx: &mut Cx, ballot: &Ballot, draft: &Draft) -> Result<Vec<PersonId>> {
    let ballots = ballots_of(&mut cx.tx, &ballot.convocation()).await?;
    let earlier = ballots
        .iter()
        .filter(|other| other.office == ballot.office && other.place < ballot.place);
    let mut people = Vec::new();
    for resulted in earlier.filter_map(|other| other.facts.election.resulted()) {
        let outcome = &resulted.outcome;
        let alternates = outcome
            .alternates
            .iter()
            .filter(|_| draft.purpose.elects_alternates());
        let rows = &resulted.ruled.closed.open.paper.listed.rows;
        let numbers = outcome.elected.iter().chain(alternates);
        people.extend(numbers.filter_map(|number| Some(rows.get(number.place())?.person)));
    }
    Ok(people)
}

/// What becomes of a nomination.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// So many support an outside nominee (R25).
    Supporters(u32),
    /// A wish to withdraw, or none.
    Wish(bool),
    /// The congress decided on the wish by raised cards: more than half of those
    /// present let the person withdraw.
    Decided(CardVote),
    /// Left out by the congress after an opinion ballot.
    Out,
    /// Left out, and put on the list after all.
    Back,
    /// It was entered by mistake.
    Remove,
}

/// Changes a nomination.
///
/// # Errors
/// `E-VOT-68` for somebody not nominated; `E-VOT-01` for a decision on a wish
/// nobody has; `E-VOT-94` for taking somebody off an opinion ballot is or was held
/// about; `E-VOT-114` for more supporters, `E-VOT-125` for more cards, than people
/// present.
pub async fn change(cx: &mut Cx, of: &Of, person: PersonId, change: Change) -> Result<()> {
    let (mut ballot, draft) = making(cx, of, "nomination").await?;
    let mut present = None;
    if matches!(change, Change::Supporters(_) | Change::Decided(_)) {
        let hall = hall_of(cx, &ballot).await?;
        present = Some(hall.attendance(draft.body).present);
    }
    if let (Change::Supporters(figure), Some(present)) = (change, present) {
        at_most(figure, present, "number")?;
    }
    let asked_about = matches!(change, Change::Remove)
        && preliminary::is_asked_about(cx, &ballot, person).await?;
    let nominations = &mut ballot.facts.nominations;
    let place = nominations
        .iter()
        .position(|nomination| nomination.person == person)
        .ok_or_else(|| Problem::field("E-VOT-68", "person"))?;
    let mut nomination = nominations.remove(place);
    let kept = match change {
        Change::Supporters(people) => {
            nomination.supporters = Some(people);
            true
        }
        // What an opinion ballot said leaves somebody out, and nothing else.
        Change::Out if !nomination.source.is_outside() || nomination.opinion.is_none() => {
            return Err(Problem::from(Refusal::NotAsked).at("change"));
        }
        Change::Out | Change::Back => {
            nomination.left_out = matches!(change, Change::Out);
            true
        }
        Change::Decided(_) if nomination.withdrawal.is_none() => {
            return Err(ballot.facts.election.not_now("withdraw").into());
        }
        Change::Decided(vote) => {
            let present = present.unwrap_or_default();
            cards::raised(&vote, present, "agree")?;
            nomination.withdrawal = Some(if cards::is_majority(&vote, present) {
                Withdrawal::Granted
            } else {
                Withdrawal::Denied
            });
            nomination.withdrawal_vote = Some(vote);
            true
        }
        Change::Wish(asks) => {
            nomination.withdrawal = asks.then_some(Withdrawal::Asked);
            nomination.withdrawal_vote = None;
            true
        }
        // Whom a ballot was held about stays on record, and is not asked about
        // again: such a nominee is left out instead.
        Change::Remove if asked_about || preliminary::was_asked(&nomination) => {
            let name = hall_of(cx, &ballot).await?.name(person);
            return Err(Problem::refused("E-VOT-94").with("name", name));
        }
        Change::Remove => false,
    };
    let detail = json!({"person": person, "change": change});
    if kept {
        nominations.insert(place, nomination);
    }
    save(cx, &mut ballot, ("election.nomination", detail)).await
}

/// Number and list are approved by raised cards.
///
/// # Errors
/// As the machine's `approve_list`; `E-VOT-40` while an opinion ballot on the
/// list is on its way; `E-VOT-125` where more cards were raised than people are
/// present; `E-VOT-96` where no more than half of those agree (190 Đ2); `E-VOT-41`
/// where a number nobody has confirmed decides the list or its paper; `E-VOT-27`
/// while the superior's answer is awaited (R46).
pub async fn approve(
    cx: &mut Cx,
    of: &Of,
    (number_vote, list_vote): (Option<CardVote>, CardVote),
    ticked: &[String],
) -> Result<()> {
    let (mut ballot, draft) = drafting(cx, of, "approve_list").await?;
    if !draft.purpose.elects() {
        return Err(ballot.facts.election.not_now("approve_list").into());
    }
    if preliminary::is_asked(cx, &ballot).await? {
        // What the opinion ballot says may change the list.
        let office = draft.office;
        return Err(Refusal::PreliminaryBallotMissing { office }.into());
    }
    let hall = hall_of(cx, &ballot).await?;
    hall.chain.goes_on()?;
    let attendance = hall.attendance(draft.body);
    for (vote, field) in [
        (number_vote.as_ref(), "number_agree"),
        (Some(&list_vote), "list_agree"),
    ] {
        let Some(vote) = vote else { continue };
        cards::carried(vote, attendance.present, field)?;
    }
    let findings = ballot.facts.findings(&ballot.rules, &hall, &draft)?;
    may_be_voted(&findings)?;
    let decided = ballot.facts.decided_by(&ballot.rules, &hall, &draft)?;
    let seats = u8::try_from(ballot.facts.seats)
        .ok()
        .filter(|seats| *seats > 0)
        .ok_or_else(|| Problem::field("E-VOT-95", "seats"))?;
    let listed = Listed {
        rows: ballot.facts.draft_list(&hall, &draft).rows(),
        draft,
        seats,
        alternates: ballot.facts.alternates,
        number_vote,
        list_vote: Some(list_vote),
    };
    let rules = ballot.rules.clone();
    let people = listed.rows.iter().map(|row| row.person);
    ballot.facts.keep_people(&hall, people);
    confirmed::confirm(cx, &mut ballot, decided, ticked).await?;
    let detail = json!({"seats": seats, "names": listed.rows.len(), "list_vote": list_vote, "number_vote": number_vote});
    step(&mut ballot, |election| {
        election.approve_list(&rules, listed, &findings)
    })?;
    save(cx, &mut ballot, ("election.list_approved", detail)).await
}

/// The list is taken up again.
///
/// # Errors
/// `E-VOT-01` once papers are handed out; `E-VOT-30`.
pub async fn reopen(cx: &mut Cx, of: &Of, reason: &str) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    step(&mut ballot, |election| election.reopen_list(reason))?;
    ballot.facts.as_closed.clear();
    save(
        cx,
        &mut ballot,
        ("election.list_reopened", json!({"reason": reason})),
    )
    .await
}
