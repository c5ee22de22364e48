//! What is kept of a congress's elections together, and of each ballot: the
//! room of elections and the demo write it alike.

use std::collections::BTreeSet;

use plenum_rules::voting::attendance::Attendance;
use plenum_rules::voting::chain::{Chain, Occasion, fits_members};
use plenum_rules::voting::count::{Decision, Purpose};
use plenum_rules::voting::custody::{Custody, Deed};
use plenum_rules::voting::list::{DraftList, Finding, Nomination, Person};
use plenum_rules::voting::machine::{
    self, CardVote, Draft, DroppedSheets, Listed, RulingRecord, SheetCount,
};
use plenum_rules::voting::profile::{Body, ElectionRules, Office};
use plenum_rules::voting::{Refusal, Unconfirmed, Uses};
use plenum_rules::{Actor, Day, ElectionId, PersonId};
use plenum_store::voting;
use serde::{Deserialize, Serialize};

use super::language::{Lang, Words};
use super::{election_rules, names};

/// The elections of one congress.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Hall {
    /// The day of the congress's vote, which decides the rules in force.
    pub day: Day,
    /// The day on which the elected body meets and elects; `None`: the same.
    #[serde(default)]
    pub meeting: Option<Day>,
    /// The rules the chain was planned by.
    pub rules: String,
    /// What the congress is like.
    pub occasion: Occasion,
    /// Everybody who nominates, stands or counts.
    pub people: Vec<Person>,
    /// Who was convened and who leaves the denominator, by who votes.
    pub attendance: Vec<Attendance>,
    /// The elections, each waiting for the one before.
    pub chain: Chain,
    /// What was said otherwise of people on closed lists, with the reason.
    #[serde(default)]
    pub corrections: Vec<Correction>,
    /// How those who count were approved by raised cards, each committee once.
    #[serde(default)]
    pub committees: Vec<Committee>,
    /// The fields of the rules somebody has confirmed at this convocation: they
    /// are asked about again, and found ticked.
    #[serde(default)]
    pub confirmed: BTreeSet<String>,
}

/// What was said of somebody on a closed list was put right: the list keeps its
/// words.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Correction {
    /// What was said before.
    pub before: Person,
    /// Why it was put right.
    pub reason: String,
    /// Whose account did it.
    pub by: Actor,
    /// When.
    pub on: Day,
}

/// The number, the members and the head of those who count, approved by raised
/// cards (190 Đ8).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Committee {
    /// Who voted on them.
    pub body: Body,
    /// Who counts, the head first.
    pub people: Vec<PersonId>,
    /// The cards.
    pub cards: CardVote,
}

/// What a congress decided on a result, by raised cards.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Voted {
    /// What.
    pub decision: Decision,
    /// The cards.
    pub cards: CardVote,
    /// How many were present, where it was kept.
    #[serde(default)]
    pub present: Option<u32>,
    /// Whose account noted it.
    pub by: Actor,
}

/// Somebody confirmed a number of the rules before it decided something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Confirmed {
    /// The field.
    pub field: String,
    /// Whose account did it.
    pub by: Actor,
    /// When.
    pub on: Day,
}

/// What is known of one ballot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Facts {
    /// Where it stands, with everything fixed so far.
    pub election: machine::Election,
    /// The numbers of the rules that decided its list or paper, which nobody has
    /// seen in writing and somebody confirmed.
    #[serde(default)]
    pub confirmed: Vec<Confirmed>,
    /// Seats proposed.
    pub seats: u32,
    /// Seats for alternates proposed.
    pub alternates: u8,
    /// Who is nominated.
    pub nominations: Vec<Nomination>,
    /// Those on the closed list and those who count, as they were known when it
    /// was closed and the papers were handed out: what is put right later changes
    /// no paper.
    #[serde(default)]
    pub as_closed: Vec<Person>,
    /// The accounts with which it is counted; none of a ballot that was handed out
    /// before they were named: then whoever may count in the unit.
    #[serde(default)]
    pub counters: Vec<Actor>,
    /// How those who count it were approved; `None` where nobody votes on them.
    #[serde(default)]
    pub committee_vote: Option<CardVote>,
    /// The cards of what the congress decided on hearing the result.
    #[serde(default)]
    pub voted: Vec<Voted>,
    /// Tally sheets, each person's own, until they agree.
    #[serde(default)]
    pub sheets: Vec<SheetCount>,
    /// Sheets taken out of the count again, with the reason.
    #[serde(default)]
    pub dropped: Vec<DroppedSheets>,
    /// Independent passes over each bundle of a keyed count: two or three.
    #[serde(default = "two")]
    pub passes: u8,
    /// Rulings on single ballots of a keyed count.
    #[serde(default)]
    pub rulings: Vec<RulingRecord>,
    /// Rulings of a count that was made again.
    #[serde(default)]
    pub past_rulings: Vec<RulingRecord>,
    /// What follows the vote.
    #[serde(default)]
    pub custody: Option<Custody>,
    /// Of an opinion ballot: the ballot on whose list what it says goes.
    #[serde(default)]
    pub serves: Option<ElectionId>,
}

/// Two people count, where nobody asks for three (R51).
fn two() -> u8 {
    2
}

/// A ballot as it is stored.
pub type Ballot = voting::Election<Facts>;

impl Hall {
    /// The rules of the chain.
    #[must_use]
    pub fn rules(&self) -> Option<&'static ElectionRules> {
        election_rules::all()
            .iter()
            .find(|rules| rules.id == self.rules)
    }

    /// The person of an id.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The name of a person; a dash for nobody.
    #[must_use]
    pub fn name(&self, id: PersonId) -> String {
        self.person(id)
            .map_or_else(|| "–".to_owned(), |person| person.name.clone())
    }

    /// The day on which this body votes.
    #[must_use]
    pub fn day_of(&self, body: Body) -> Day {
        match body {
            Body::Meeting => self.meeting.unwrap_or(self.day),
            Body::MemberCongress | Body::DelegateCongress => self.day,
        }
    }

    /// The day of a ballot's vote.
    #[must_use]
    pub fn day_of_vote(&self, ballot: &Ballot) -> Day {
        let draft = ballot.facts.draft();
        draft.map_or(self.day, |draft| self.day_of(draft.body))
    }

    /// Somebody was elected or appointed to an office.
    pub fn take_seat(&mut self, id: PersonId, office: &Office) {
        let person = self.people.iter_mut().find(|person| person.id == id);
        if let Some(person) = person.filter(|person| !person.bodies.contains(office)) {
            person.bodies.push(office.clone());
        }
    }

    /// The people in the order of lists.
    #[must_use]
    pub fn in_order(&self) -> Vec<&Person> {
        let mut people: Vec<&Person> = self.people.iter().collect();
        people.sort_by(|a, b| names::order_people(&a.name, &b.name).then(a.id.cmp(&b.id)));
        people
    }

    /// Who was convened where this body votes: as recorded, else all official
    /// members the elections were set up for, or of delegates and members those
    /// known.
    #[must_use]
    pub fn attendance(&self, body: Body) -> Attendance {
        if let Some(known) = self.attendance.iter().find(|known| known.body == body) {
            return known.clone();
        }
        let convened = match body {
            // Not only those somebody has typed in: the rest would leave the
            // denominator without a reason (R9).
            Body::MemberCongress => {
                usize::try_from(self.occasion.official_members).unwrap_or(usize::MAX)
            }
            Body::DelegateCongress => self.people.iter().filter(|one| one.delegate).count(),
            // Members of the body that meets, not delegates of the congress.
            Body::Meeting => self.meets().map_or(0, |body| self.members(&body)),
        };
        let convened = u32::try_from(convened).unwrap_or(u32::MAX);
        Attendance {
            body,
            convened,
            present: convened,
            groups: Vec::new(),
        }
    }
}

impl Hall {
    /// Whose members vote where a meeting elects, for the offices of this chain.
    #[must_use]
    pub fn meets(&self) -> Option<Office> {
        let rules = self.rules()?;
        let mut offices = self.chain.steps.iter();
        offices.find_map(|step| rules.office(&step.office)?.voters.clone())
    }

    /// How many sit in a body.
    #[must_use]
    pub fn members(&self, body: &Office) -> usize {
        let sits = |one: &&Person| one.bodies.contains(body);
        self.people.iter().filter(sits).count()
    }

    /// Whether a meeting is convened with exactly the members of the body.
    ///
    /// # Errors
    /// [`Refusal::OtherMeeting`].
    pub fn check_meeting(&self, attendance: &Attendance) -> Result<(), Refusal> {
        let Some(body) = self.meets().filter(|_| attendance.body == Body::Meeting) else {
            return Ok(());
        };
        let members = u32::try_from(self.members(&body)).unwrap_or(u32::MAX);
        if members > 0 && attendance.convened == members {
            return Ok(());
        }
        Err(Refusal::OtherMeeting {
            convened: attendance.convened,
            members,
            body,
        })
    }

    /// Whether the members convened elect by the chain the elections were set up
    /// for (R29).
    ///
    /// # Errors
    /// [`Refusal::OtherChain`].
    pub fn check_members(&self, attendance: &Attendance) -> Result<(), Refusal> {
        match self.rules() {
            Some(rules) if attendance.body == Body::MemberCongress => {
                fits_members(rules, &self.occasion, attendance.convened)
            }
            _ => Ok(()),
        }
    }

    /// The bodies the chain asks about whose members it does not elect, or not
    /// all of them: who sits in them is entered by hand, until more are elected.
    #[must_use]
    pub fn sitting(&self) -> Vec<Office> {
        let Some(rules) = self.rules() else {
            return Vec::new();
        };
        let mut bodies = Vec::new();
        for rule in self
            .chain
            .steps
            .iter()
            .filter_map(|step| rules.office(&step.office))
        {
            let apart = rule.apart_from.iter().flat_map(|other| &other.value);
            let apart = apart.filter(|_| self.chain.by_election);
            let bodies_asked = [&rule.voters, &rule.from, &rule.within];
            let own = self.chain.by_election.then_some(&rule.code);
            for body in bodies_asked.into_iter().flatten().chain(own).chain(apart) {
                if self.sits_before(body) && !bodies.contains(body) {
                    bodies.push(body.clone());
                }
            }
        }
        bodies
    }
}

impl Hall {
    /// Whether people sit in a body whom this chain has not elected.
    fn sits_before(&self, body: &Office) -> bool {
        // Until more are elected; a list that rests on it is asked about besides.
        match self.chain.step(body) {
            Some(step) => self.chain.by_election && !step.is_over(),
            None => true,
        }
    }
}

impl Facts {
    /// At the beginning of a ballot.
    #[must_use]
    pub fn begin(draft: Draft, seats: u32, nominations: Vec<Nomination>) -> Self {
        Self {
            election: machine::Election::Draft(draft),
            confirmed: Vec::new(),
            seats,
            alternates: 0,
            nominations,
            as_closed: Vec::new(),
            counters: Vec::new(),
            committee_vote: None,
            voted: Vec::new(),
            sheets: Vec::new(),
            dropped: Vec::new(),
            passes: two(),
            rulings: Vec::new(),
            past_rulings: Vec::new(),
            custody: None,
            serves: None,
        }
    }

    /// The list while it is being made.
    #[must_use]
    pub fn draft_list(&self, hall: &Hall, draft: &Draft) -> DraftList {
        DraftList {
            office: draft.office.clone(),
            form: hall.occasion.form,
            seats: self.seats,
            attending: hall.attendance(draft.body).present,
            people: hall.people.clone(),
            nominations: self.nominations.clone(),
        }
    }

    /// What is wrong with the list. A run-off takes its list from the tie, and
    /// a further ballot its seats from what stayed open: the surplus was the
    /// first list's.
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`].
    pub fn findings(
        &self,
        rules: &ElectionRules,
        hall: &Hall,
        draft: &Draft,
    ) -> Result<Vec<Finding>, Refusal> {
        use plenum_rules::voting::list::FindingCode as Code;
        if draft.purpose.is_run_off() {
            return Ok(Vec::new());
        }
        let mut found = self.draft_list(hall, draft).check(rules)?;
        if !draft.purpose.elects() {
            // What is asked about is who may stand; the list comes after.
            found.retain(|one| match one.code {
                Code::NotOfficial
                | Code::NotDelegate
                | Code::NotInBody
                | Code::Twice
                | Code::HoldsIt
                | Code::SameNameSameBirth
                | Code::TooLong
                | Code::Unknown
                | Code::SameName
                | Code::SameNameNoBirth => true,
                Code::StandsOutsideList | Code::NominatedOutsideList | Code::MayNotNominate => {
                    draft.purpose == Purpose::Opinion
                }
                _ => false,
            });
        }
        if draft.round > 1 {
            found.retain(|one| {
                !matches!(
                    one.code,
                    Code::SurplusMissing
                        | Code::SurplusTooLarge
                        | Code::OutsideBand
                        | Code::BandEmpty
                )
            });
        }
        Ok(found)
    }

    /// The numbers of the rules nobody has seen in writing that decide the list as
    /// it is now, and its paper.
    ///
    /// # Errors
    /// As [`Facts::findings`].
    pub fn decided_by(
        &self,
        rules: &ElectionRules,
        hall: &Hall,
        draft: &Draft,
    ) -> Result<Vec<Unconfirmed>, Refusal> {
        let list = self.draft_list(hall, draft);
        let names = u32::try_from(list.rows().len()).unwrap_or(u32::MAX);
        let mut uses = Uses::default();
        if draft.purpose.elects() && !draft.purpose.is_run_off() {
            uses = list.decided_by(rules)?;
        }
        let (field, kind) = if draft.purpose.elects() {
            rules.ballot_kind(names, self.seats)
        } else {
            rules.preliminary_kind(names)
        };
        uses.parameter(field, kind);
        let mut decided = uses.list();
        if draft.round > 1 {
            // The surplus was the first list's.
            decided.retain(|one| {
                !one.field.starts_with("surplus.") && !one.field.ends_with("].surplus")
            });
        }
        Ok(decided)
    }

    /// Keeps what is known of people now, for the papers.
    pub fn keep_people(&mut self, hall: &Hall, people: impl IntoIterator<Item = PersonId>) {
        for id in people {
            let new = self.as_closed.iter().all(|known| known.id != id);
            self.as_closed
                .extend(hall.person(id).filter(|_| new).cloned());
        }
    }

    /// Somebody as the papers have him or her.
    #[must_use]
    pub fn as_closed(&self, id: PersonId) -> Option<&Person> {
        self.as_closed.iter().find(|person| person.id == id)
    }

    /// Whether somebody counts this ballot, of those who may.
    #[must_use]
    pub fn counts(&self, who: &Actor) -> bool {
        is_counter(&self.counters, who)
    }

    /// The destruction of its papers.
    #[must_use]
    pub fn destroyed(&self) -> Option<&Deed> {
        self.custody.as_ref()?.destroyed.as_ref()
    }

    /// What was approved, from then on.
    #[must_use]
    pub fn listed(&self) -> Option<&Listed> {
        listed_in(&self.election)
    }

    /// What was approved, also of a ballot that is void: for those who read.
    #[must_use]
    pub fn listed_then(&self) -> Option<&Listed> {
        listed_in(self.election.as_it_was())
    }

    /// Whether somebody stands on its list, and the list is closed.
    #[must_use]
    pub fn has_listed(&self, id: PersonId) -> bool {
        self.listed()
            .is_some_and(|listed| listed.rows.iter().any(|row| row.person == id))
    }

    /// What the ballot is for, as it began.
    #[must_use]
    pub fn draft(&self) -> Option<&Draft> {
        match &self.election {
            machine::Election::Draft(draft) => Some(draft),
            _ => self.listed().map(|listed| &listed.draft),
        }
    }

    /// Who was elected in this ballot, once the result stands.
    #[must_use]
    pub fn elected(&self) -> Vec<PersonId> {
        let stands = matches!(
            self.election,
            machine::Election::Announced(_) | machine::Election::Ratified(_)
        );
        let resulted = self.election.resulted().filter(|_| stands);
        resulted
            .map(|resulted| {
                let rows = &resulted.ruled.closed.open.paper.listed.rows;
                let elected = &resulted.outcome.elected;
                elected
                    .iter()
                    .filter_map(|number| rows.get(number.place()).map(|row| row.person))
                    .collect()
            })
            .unwrap_or_default()
    }
}

/// Whether somebody is of those who count; nobody was named of a ballot handed
/// out before they were.
#[must_use]
pub fn is_counter(counters: &[Actor], who: &Actor) -> bool {
    counters.is_empty() || counters.contains(who)
}

fn listed_in(election: &machine::Election) -> Option<&Listed> {
    match election {
        machine::Election::ListApproved(listed) => Some(listed),
        machine::Election::Printed(printed) => Some(&printed.listed),
        machine::Election::Open(open) => Some(&open.paper.listed),
        other => other.closed().map(|closed| &closed.open.paper.listed),
    }
}

/// Whether people are elected in a ballot; an opinion or introduction ballot
/// elects nobody.
#[must_use]
pub fn elects(ballot: &Ballot) -> bool {
    !matches!(ballot.purpose.as_str(), "opinion" | "introduction")
}

/// Whether a ballot is on its way: neither announced nor void.
#[must_use]
pub fn under_way(ballot: &Ballot) -> bool {
    !matches!(
        ballot.facts.election,
        machine::Election::Announced(_)
            | machine::Election::Ratified(_)
            | machine::Election::Annulled(_)
    )
}

/// An office's name on screen.
#[must_use]
pub fn office_name(words: Words, rules: &ElectionRules, office: &Office) -> String {
    rules.office(office).map_or_else(
        || office.0.clone(),
        |rule| match words.0 {
            Lang::Vi => rule.name_vi.clone(),
            Lang::En => rule.name_en.clone(),
        },
    )
}

/// A ballot's id in addresses.
#[must_use]
pub fn id_text(id: u128) -> String {
    format!("{id:032x}")
}

/// The id of an address.
#[must_use]
pub fn id_of(text: &str) -> Option<u128> {
    (text.len() == 32)
        .then(|| u128::from_str_radix(text, 16).ok())
        .flatten()
}
