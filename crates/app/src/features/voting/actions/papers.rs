//! The papers: printed, handed out, taken from the boxes.

use plenum_rules::PersonId;
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::attendance::Attendance;
use plenum_rules::voting::count::Papers;
use plenum_rules::voting::keying::MOST_PAPERS;
use plenum_rules::voting::list::Person;
use plenum_rules::voting::machine::{CardVote, DroppedSheets, Listed};
use plenum_rules::voting::profile::{Body, Office};
use plenum_store::voting::{self, Paper, PassRow, PassState};
use serde_json::json;

use super::counters::Named;
use super::{Of, at_most, cards, counters, hall_of, permitted, save, step};
use crate::shell::elections::{Ballot, Committee, Hall};
use crate::shell::problem::Result;
use crate::shell::{Cx, Problem};

/// More papers are printed for no election.
const MOST_PRINTED: u32 = 1_000_000;

/// The figures of papers that only a bound of their own keeps sensible.
fn bounded(papers: &Papers) -> Result<()> {
    at_most(papers.printed.unwrap_or(0), MOST_PRINTED, "printed")?;
    at_most(papers.issued, MOST_PRINTED, "issued")
}

/// The paper is fixed and kept with the ballot. It was laid out for `listed`.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-09`; `E-VOT-10` where another list was approved
/// meanwhile; `E-VOT-114`.
pub async fn print(
    cx: &mut Cx,
    of: &Of,
    printed: Option<u32>,
    (paper, listed): (&Paper, &Listed),
) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    at_most(printed.unwrap_or(0), MOST_PRINTED, "printed")?;
    if ballot.facts.listed().is_some_and(|now| now != listed) {
        return Err(Refusal::OtherLayout.into());
    }
    let rules = ballot.rules.clone();
    step(&mut ballot, |election| election.print(&rules, printed))?;
    voting::keep_paper(&mut cx.tx, ballot.id, paper).await?;
    let detail = json!({"printed": printed, "code": paper.code});
    save(cx, &mut ballot, ("election.printed", detail)).await
}

/// Whether a team that helps the presidium counts this ballot: an opinion ballot,
/// where the rules have such a team.
fn helpers_count(ballot: &Ballot) -> bool {
    let rule = ballot.rules.nomination.helpers_count_opinions.as_ref();
    ballot.purpose == "opinion" && rule.is_some_and(|rule| rule.value)
}

/// Who is marked to count ballots of this sort.
#[must_use]
pub fn marked<'a>(ballot: &Ballot, hall: &'a Hall) -> Vec<&'a Person> {
    let helpers = helpers_count(ballot);
    let counts = |person: &&Person| {
        if helpers {
            person.helper
        } else {
            person.teller
        }
    };
    hall.people.iter().filter(counts).collect()
}

/// Of those, who counts this ballot as far as nobody says otherwise: at a meeting
/// its members, where any of them is marked.
#[must_use]
pub fn counting<'a>(ballot: &Ballot, hall: &'a Hall) -> Vec<&'a Person> {
    let marked = marked(ballot, hall);
    let rule = ballot.rules.office(&Office(ballot.office.clone()));
    let voters = rule.and_then(|rule| rule.voters.as_ref());
    let sits = |person: &&&Person| voters.is_some_and(|body| person.bodies.contains(body));
    let members: Vec<&Person> = marked.iter().filter(sits).copied().collect();
    if members.is_empty() { marked } else { members }
}

/// Whether those who vote approve who counts, by raised cards: where the rules have
/// such a committee, and no team of the presidium's counts.
#[must_use]
pub fn voted_on(ballot: &Ballot) -> bool {
    let committee = Office("counting_committee".to_owned());
    ballot.rules.office(&committee).is_some() && !helpers_count(ballot)
}

/// The cards by which those who count were approved: now, or before another ballot
/// that the same people counted.
fn approved(
    hall: &mut Hall,
    body: Body,
    people: &[PersonId],
    cards: Option<CardVote>,
) -> Result<CardVote> {
    let same = |one: &&Committee| one.body == body && one.people == people;
    let before = hall.committees.iter().find(same).map(|one| one.cards);
    let Some(cards) = cards else {
        return before.ok_or_else(|| Problem::field("E-VOT-98", "committee_agree"));
    };
    cards::carried(&cards, hall.attendance(body).present, "committee_agree")?;
    hall.committees.retain(|one| !same(&one));
    hall.committees.push(Committee {
        body,
        people: people.to_vec(),
        cards,
    });
    Ok(cards)
}

/// Papers are handed out: from here on the rules are those pinned. `chosen` of
/// those marked count, all of [`counting`] where nobody is named; `head` heads
/// them, without a word whoever was marked first. They count with `accounts`.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-43` (R27), `E-VOT-97` without a counting committee,
/// `E-VOT-89` without a team for an opinion ballot; `E-VOT-68` for somebody who is
/// not marked, and a head who does not count; `E-VOT-121` before the day of the
/// vote; `E-VOT-134` before it is recorded who was convened; `E-VOT-132` for somebody who is no official member, or at a delegates'
/// congress no delegate; `E-VOT-98` without the cards by which they were approved,
/// `E-VOT-125` and `E-VOT-96` for them; `E-VOT-27` while the superior's answer is awaited (R46); as
/// [`counters::chosen`].
pub async fn hand_out(
    cx: &mut Cx,
    of: &Of,
    (chosen, head, cards): (&[PersonId], Option<PersonId>, Option<CardVote>),
    accounts: &Named,
) -> Result<()> {
    let mut ballot = permitted(cx, of, Permission::RunElection).await?;
    let mut hall = hall_of(cx, &ballot).await?;
    hall.chain.goes_on()?;
    let day = hall.day_of_vote(&ballot);
    if day > cx.today {
        return Err(Refusal::NotYet { day }.into());
    }
    let marked = marked(&ballot, &hall);
    let known = |id: &PersonId| marked.iter().any(|person| person.id == *id);
    if !chosen.iter().all(known) {
        return Err(Problem::field("E-VOT-68", "counts"));
    }
    let mut people = counting(&ballot, &hall);
    if !chosen.is_empty() {
        people = marked;
        people.retain(|person| chosen.contains(&person.id));
    }
    let body = ballot.facts.draft().map(|draft| draft.body);
    let body = body.ok_or_else(Problem::not_found)?;
    if !hall.attendance.iter().any(|known| known.body == body) {
        // What the votes are held against is nobody's guess.
        return Err(Problem::refused("E-VOT-134"));
    }
    if voted_on(&ballot) {
        // Official members, at a delegates' congress its delegates (190 Đ8).
        let belongs = |person: &&Person| match body {
            Body::DelegateCongress => person.delegate,
            Body::MemberCongress | Body::Meeting => person.official,
        };
        if let Some(other) = people.iter().find(|person| !belongs(person)) {
            return Err(Problem::field("E-VOT-132", "counts").with("name", &other.name));
        }
    }
    let mut tellers: Vec<PersonId> = people.iter().map(|person| person.id).collect();
    if tellers.is_empty() {
        return Err(Problem::refused(if helpers_count(&ballot) {
            "E-VOT-89"
        } else {
            "E-VOT-97"
        }));
    }
    if let Some(head) = head {
        let place = tellers.iter().position(|teller| *teller == head);
        let place = place.ok_or_else(|| Problem::field("E-VOT-68", "head"))?;
        tellers[..=place].rotate_right(1);
    }
    let rules = ballot.rules.clone();
    ballot.facts.keep_people(&hall, tellers.iter().copied());
    if voted_on(&ballot) {
        let cards = approved(&mut hall, body, &tellers, cards)?;
        ballot.facts.committee_vote = Some(cards);
        voting::save_hall(&mut cx.tx, &ballot.convocation(), &hall, cx.now).await?;
    }
    ballot.facts.counters = counters::chosen(cx, &ballot, accounts).await?;
    let detail = json!({
        "tellers": tellers, "accounts": ballot.facts.counters, "namesakes": accounts.namesakes,
        "cards": ballot.facts.committee_vote,
    });
    step(&mut ballot, |election| election.open(rules, tellers))?;
    save(cx, &mut ballot, ("election.handed_out", detail)).await
}

/// The boxes are opened, papers and people counted (R16). Counting begins.
///
/// # Errors
/// `E-VOT-01`; `E-VOT-02` for more returned than issued; `E-VOT-03`; `E-VOT-06`.
pub async fn close(cx: &mut Cx, of: &Of, present: u32, papers: Papers) -> Result<()> {
    let mut ballot = counters::counting(cx, of).await?;
    bounded(&papers)?;
    let attendance = attendance(cx, &ballot, present).await?;
    let detail = json!({"present": present, "papers": papers});
    step(&mut ballot, |election| {
        election.close(attendance, papers)?.begin_count()
    })?;
    save(cx, &mut ballot, ("election.closed", detail)).await
}

/// The figures are put right, with the reason on record. Sheets counted by the
/// wrong figures are handed in again. Who was convened and who leaves the
/// denominator stays as it was when the boxes were opened, unless it is taken
/// `anew` as it stands now.
///
/// # Errors
/// `E-VOT-01` once the counts agree; `E-VOT-30`; as [`close`].
pub async fn correct(
    cx: &mut Cx,
    of: &Of,
    (present, papers): (u32, Papers),
    (anew, reason): (bool, &str),
) -> Result<()> {
    let mut ballot = counters::counting(cx, of).await?;
    bounded(&papers)?;
    let closed = ballot.facts.election.closed();
    let attendance = match closed.filter(|_| !anew) {
        Some(closed) => Attendance {
            present,
            ..closed.attendance.clone()
        },
        None => attendance(cx, &ballot, present).await?,
    };
    let detail = json!({"attendance": attendance, "papers": papers, "reason": reason});
    step(&mut ballot, |election| {
        election.correct_papers(attendance, papers, reason)
    })?;
    let by = cx.who.actor();
    for count in std::mem::take(&mut ballot.facts.sheets) {
        ballot.facts.dropped.push(DroppedSheets {
            count,
            dropped_by: by.clone(),
            reason: reason.trim().to_owned(),
        });
    }
    resize(cx, &ballot, papers.returned).await?;
    save(cx, &mut ballot, ("election.corrected", detail)).await
}

/// Papers found or missed are of the last bundle: it is as large as the others
/// leave it; where they leave nothing there is no such bundle.
async fn resize(cx: &mut Cx, ballot: &Ballot, returned: u32) -> Result<()> {
    let mut bundles = voting::bundles(&mut cx.tx, ballot.id).await?;
    let passes = voting::passes(&mut cx.tx, ballot.id).await?;
    while let Some((last, _)) = bundles.pop_last() {
        let others: i64 = bundles.values().sum();
        let papers = i64::from(returned) - others;
        if papers > i64::from(MOST_PAPERS) {
            return Err(Refusal::TooLarge.into());
        }
        if papers > 0 {
            voting::resize_bundle(&mut cx.tx, ballot.id, last, papers).await?;
            return Ok(());
        }
        let keyed = |pass: &PassRow| pass.bundle == last && pass.state != PassState::Dropped;
        if passes.iter().any(keyed) {
            let (verb, state) = ("correct_papers", "passes begun");
            return Err(Refusal::NotNow { verb, state }.into());
        }
        voting::untie_bundle(&mut cx.tx, ballot.id, last).await?;
    }
    Ok(())
}

/// Who was convened where the ballot's body votes, with those present now.
async fn attendance(cx: &mut Cx, ballot: &Ballot, present: u32) -> Result<Attendance> {
    let hall = hall_of(cx, ballot).await?;
    let draft = ballot.facts.draft().ok_or_else(Problem::not_found)?;
    let attendance = Attendance {
        present,
        ..hall.attendance(draft.body)
    };
    hall.check_meeting(&attendance)?;
    Ok(attendance)
}
