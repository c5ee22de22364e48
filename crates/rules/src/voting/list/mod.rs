//! Lists: nominations, withdrawals, the order of names, and what is wrong with
//! a list before it is voted on (§1.2, §1.3).

mod check;
mod finding;

use serde::{Deserialize, Serialize};

pub use check::may_be_voted;
pub use finding::{Finding, FindingCode};

use super::ballot::Number;
use super::machine::CardVote;
use super::preliminary::Opinion;
use super::profile::{Office, OfficeRule};
use crate::congress::Form;
use crate::{Day, PersonId};

/// What the rules ask about a person.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Which.
    pub id: PersonId,
    /// The name as printed.
    pub name: String,
    /// The name's place in the alphabet of the language, given name first:
    /// made by whoever knows the language (R53). Lower sorts first.
    pub sort_key: Vec<u8>,
    /// The birth date.
    #[serde(default)]
    pub birth: Option<Day>,
    /// The day of joining, which orders people of one name.
    #[serde(default)]
    pub joined: Option<Day>,
    /// An official member, not a probationary one.
    pub official: bool,
    /// An official delegate of this congress; at a members' congress nobody.
    #[serde(default)]
    pub delegate: bool,
    /// A member of the committee that convened the congress or, at a meeting,
    /// of the body that prepared its list.
    #[serde(default)]
    pub convening: bool,
    /// A member of the counting committee.
    #[serde(default)]
    pub teller: bool,
    /// One of the team that helps the presidium with opinion ballots.
    #[serde(default)]
    pub helper: bool,
    /// The bodies of this term the person was elected to.
    #[serde(default)]
    pub bodies: Vec<Office>,
}

/// Where a nomination comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The list of the convening committee.
    Convening,
    /// Somebody at the congress nominated.
    Floor(PersonId),
    /// The person stands on his or her own account.
    Own,
}

impl Source {
    /// Whether it is from outside the convening committee's list.
    #[must_use]
    pub fn is_outside(self) -> bool {
        self != Self::Convening
    }
}

/// A wish to withdraw: the congress decides (§1.2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdrawal {
    /// Asked; the congress has not decided.
    Asked,
    /// The congress let the person withdraw.
    Granted,
    /// It did not.
    Denied,
}

/// A nomination.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nomination {
    /// Who is to stand.
    pub person: PersonId,
    /// Where it comes from.
    pub source: Source,
    /// People attending who support an outside nominee by raised cards, where
    /// no opinion ballot was held (R25); `None`: not asked yet.
    #[serde(default)]
    pub supporters: Option<u32>,
    /// What the opinion ballot said (R59); `None`: none was held.
    #[serde(default)]
    pub opinion: Option<Opinion>,
    /// A wish to withdraw.
    #[serde(default)]
    pub withdrawal: Option<Withdrawal>,
    /// The cards raised when the congress decided on the wish.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal_vote: Option<CardVote>,
    /// Not put on the list after an opinion ballot: too few support the
    /// nominee, or there is no room.
    #[serde(default)]
    pub left_out: bool,
}

impl Nomination {
    /// Somebody nominated from there, about whom nothing else is known yet.
    #[must_use]
    pub fn new(person: PersonId, source: Source) -> Self {
        Self {
            person,
            source,
            supporters: None,
            opinion: None,
            withdrawal: None,
            withdrawal_vote: None,
            left_out: false,
        }
    }

    /// Whether the person is on the list.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.withdrawal != Some(Withdrawal::Granted) && !self.left_out
    }
}

/// A list on its way to the vote.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftList {
    /// The office.
    pub office: Office,
    /// Who meets.
    pub form: Form,
    /// How many are to be elected.
    pub seats: u32,
    /// People attending.
    pub attending: u32,
    /// Everybody concerned.
    pub people: Vec<Person>,
    /// The nominations.
    pub nominations: Vec<Nomination>,
}

/// A row of the list in ballot order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The number on the ballot.
    pub number: Number,
    /// Who.
    pub person: PersonId,
    /// The name as printed.
    pub name: String,
    /// The birth date, printed where two people on the list have one name
    /// (R54).
    #[serde(default)]
    pub birth: Option<Day>,
}

impl DraftList {
    /// The person of an id.
    #[must_use]
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The body candidates for an office must belong to: the narrower one
    /// where somebody sits in it (a standing committee), else the wider.
    #[must_use]
    pub fn candidates_from<'a>(&self, rule: &'a OfficeRule) -> Option<&'a Office> {
        candidates_from(rule, &self.people)
    }

    /// Those who stand, in the order of the list: by the keys they came with
    /// (R53); of one name, who joined earlier, then who was born earlier.
    #[must_use]
    pub fn standing(&self) -> Vec<&Person> {
        let mut standing: Vec<&Person> = self
            .nominations
            .iter()
            .filter(|nomination| nomination.stands())
            .filter_map(|nomination| self.person(nomination.person))
            .collect();
        let known = |day: Option<Day>| (day.is_none(), day);
        standing.sort_by_key(|person| {
            (
                &person.sort_key,
                known(person.joined),
                known(person.birth),
                person.id,
            )
        });
        standing.dedup_by_key(|person| person.id);
        standing
    }

    /// The rows of the ballot: numbered, equal names with their birth dates
    /// (R54). At most 128.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let standing = self.standing();
        (1..=u8::MAX)
            .map_while(Number::new)
            .zip(&standing)
            .map(|(number, person)| {
                let shared = standing
                    .iter()
                    .any(|other| other.id != person.id && same_name(&other.name, &person.name));
                Row {
                    number,
                    person: person.id,
                    name: person.name.clone(),
                    birth: person.birth.filter(|_| shared),
                }
            })
            .collect()
    }
}

/// As [`DraftList::candidates_from`], before there is a list.
#[must_use]
pub fn candidates_from<'a>(rule: &'a OfficeRule, people: &[Person]) -> Option<&'a Office> {
    let sits = |body: &&Office| people.iter().any(|person| person.bodies.contains(body));
    rule.within.as_ref().filter(sits).or(rule.from.as_ref())
}

/// Whether two names read the same: capitals and spaces do not tell people
/// apart.
#[must_use]
pub fn same_name(one: &str, other: &str) -> bool {
    let folded =
        |name: &str| -> Vec<String> { name.split_whitespace().map(str::to_lowercase).collect() };
    folded(one) == folded(other)
}

/// Outside nominees chosen after an opinion ballot when there are too many
/// (Điều 14.3): from the most votes down, `room` of them. Those tied across the
/// last place are named, not chosen: the presidium puts them to the congress.
#[must_use]
pub fn choose_outside(votes: &[(PersonId, u32)], room: usize) -> (Vec<PersonId>, Vec<PersonId>) {
    let mut order = votes.to_vec();
    order.sort_by_key(|(person, votes)| (std::cmp::Reverse(*votes), *person));
    let next = order.get(room).map(|(_, votes)| *votes);
    let last = room
        .checked_sub(1)
        .and_then(|last| order.get(last))
        .map(|(_, votes)| *votes);
    let cut = next.filter(|next| last == Some(*next));
    let chosen = order
        .iter()
        .take(room)
        .filter(|(_, votes)| Some(*votes) != cut);
    let tied = order.iter().filter(|(_, votes)| Some(*votes) == cut);
    (
        chosen.map(|(person, _)| *person).collect(),
        tied.map(|(person, _)| *person).collect(),
    )
}
