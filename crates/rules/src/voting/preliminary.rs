//! Ballots before a list is closed: opinions on nominees from outside (R25,
//! R59) and the introduction before a direct election (§1.9). Nobody is elected
//! in them; what they say goes onto the list of the election they serve.

use serde::{Deserialize, Serialize};

use super::list::{Nomination, choose_outside};
use super::profile::{ElectionRules, Electorate, Office, OfficeRule, OpinionBallot};
use super::refusal::Refusal;
use super::unconfirmed::Uses;
use crate::{ElectionId, PersonId};

/// How such a ballot was held.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// Here: counted, confirmed by two people and announced.
    Here(ElectionId),
    /// It was counted on paper: what says so.
    OnPaper(String),
}

impl Held {
    /// Counted on paper, with the source of the figures.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] for a source that says nothing.
    pub fn on_paper(source: &str) -> Result<Self, Refusal> {
        let source = source.trim();
        if source.is_empty() {
            Err(Refusal::ReasonNeeded)
        } else {
            Ok(Self::OnPaper(source.to_owned()))
        }
    }
}

/// What an opinion ballot said about a nominee.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// Votes for the nominee.
    pub votes: u32,
    /// People attending when it was held.
    pub attending: u32,
    /// How it was held.
    pub held: Held,
}

/// Votes an opinion ballot must give somebody before the name may be put on
/// the list: more than thirty percent of those attending where the congress
/// elects (R25); `None` where the rules set no such number.
#[must_use]
pub fn need(rules: &ElectionRules, office: &Office, attending: u32) -> Option<u64> {
    let support = rules.nomination.outside_support.as_ref()?;
    let congress = rules.office(office)?.elected_by == Electorate::Congress;
    congress.then(|| support.value.need(attending))
}

/// Whom an opinion ballot asks about: the nominees from outside who still
/// stand and about whom none was held.
///
/// # Errors
/// [`Refusal::NoSuchElection`] where the office has no opinion ballots;
/// [`Refusal::NobodyToAsk`].
pub fn asked(
    rules: &ElectionRules,
    office: &Office,
    nominations: &[Nomination],
) -> Result<Vec<Nomination>, Refusal> {
    let known = rules.office(office);
    known
        .filter(|rule| rule.opinion_ballot.value != OpinionBallot::None)
        .ok_or_else(|| Refusal::NoSuchElection {
            office: office.clone(),
        })?;
    let open = |one: &&Nomination| one.source.is_outside() && one.stands() && one.opinion.is_none();
    let asked: Vec<Nomination> = nominations.iter().filter(open).cloned().collect();
    if asked.is_empty() {
        return Err(Refusal::NobodyToAsk);
    }
    Ok(asked)
}

/// What an opinion ballot leaves of the nominees from outside.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Sifted {
    /// They go on, from the most votes down.
    pub taken: Vec<PersonId>,
    /// Too few support them (R25).
    pub too_few: Vec<PersonId>,
    /// The list is full before them (Điều 14.3; the order by votes is from
    /// memory).
    pub no_room: Vec<PersonId>,
    /// Equal votes across the last place: the congress decides which of them.
    pub tied: Vec<PersonId>,
    /// The numbers of the rules nobody has confirmed that decided it.
    pub decided_by: Uses,
}

/// Those heard in an opinion ballot: who has the support, and who of them finds
/// room on a list for so many seats.
#[must_use]
pub fn sift(
    rules: &ElectionRules,
    office: &Office,
    seats: u32,
    nominations: &[Nomination],
) -> Sifted {
    let standing: Vec<&Nomination> = nominations.iter().filter(|one| one.stands()).collect();
    let mut sifted = Sifted::default();
    let mut enough: Vec<(PersonId, u32)> = Vec::new();
    let heard = standing.iter().filter(|one| one.source.is_outside());
    for (person, opinion) in heard.filter_map(|one| Some((one.person, one.opinion.as_ref()?))) {
        match need(rules, office, opinion.attending) {
            Some(need) if u64::from(opinion.votes) < need => sifted.too_few.push(person),
            _ => enough.push((person, opinion.votes)),
        }
    }
    if let Some(support) = rules.nomination.outside_support.as_ref()
        && !sifted.too_few.is_empty()
    {
        let field = "nomination.outside_support";
        sifted.decided_by.parameter(field, support);
    }
    let others = standing.len() - enough.len() - sifted.too_few.len();
    let by_votes = rules.surplus.by_opinion_votes.as_ref();
    // Only a list that must have a surplus has a cap (R23): delegates and single
    // seats take everybody with the support.
    let capped = rules
        .office(office)
        .is_some_and(OfficeRule::must_have_surplus);
    let room = rules
        .surplus_cap(seats)
        .filter(|_| capped && by_votes.is_some_and(|rule| rule.value))
        .map_or(usize::MAX, |cap| {
            (seats as usize + cap as usize).saturating_sub(others)
        });
    (sifted.taken, sifted.tied) = choose_outside(&enough, room);
    let left = |(person, _): &&(PersonId, u32)| {
        !sifted.taken.contains(person) && !sifted.tied.contains(person)
    };
    sifted.no_room = enough
        .iter()
        .filter(left)
        .map(|(person, _)| *person)
        .collect();
    if let Some(by_votes) = by_votes
        && (!sifted.no_room.is_empty() || !sifted.tied.is_empty())
    {
        let field = "surplus.by_opinion_votes";
        sifted.decided_by.parameter(field, by_votes);
        if let Some(cap) = rules.surplus_cap_from(seats) {
            cap.used(&mut sifted.decided_by);
        }
    }
    sifted
}
