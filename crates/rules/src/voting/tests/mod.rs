//! Tests of the voting room: builders here, stories beside. A test of a rule
//! is named after its row, and its numbers are those of the row.

mod archive;
mod axioms;
mod ballots;
mod chain;
mod custody;
mod denominator;
mod keying;
mod list;
mod machine;
mod piles;
mod preliminary;
mod profiles;
mod result;

use super::attendance::{Attendance, Group};
use super::ballot::{Ballot, BallotKind, Layout, Marks, Names, Number};
use super::count::{
    Ballots, Decision, Definition, Input, Outcome, Papers, Purpose, Ruling, Votes, count,
};
use super::profile::{Body, CriterionCode, ElectionRules, ExclusionCode, Office, Test};
use super::*;

fn rules(id: &str) -> ElectionRules {
    let text = match id {
        "vn-party-190" => include_str!("../../../profiles/elections/vn-party-190.toml"),
        "vn-party-244" => include_str!("../../../profiles/elections/vn-party-244.toml"),
        "vn-youth-union" => include_str!("../../../profiles/elections/vn-youth-union.toml"),
        _ => include_str!("../../../profiles/elections/association.toml"),
    };
    toml::from_str(text).unwrap()
}

/// The regulation of 2024 after somebody has read its article on results: what
/// follows from nobody having done so is told by `profiles`.
fn party() -> ElectionRules {
    let mut rules = rules("vn-party-190");
    let of_congresses = |body: Body| body != Body::Meeting;
    for rule in &mut rules.denominators {
        rule.kind.confirmed |= of_congresses(rule.body);
        for exclusion in &mut rule.exclusions {
            exclusion.confirmed = true;
        }
    }
    for rule in &mut rules.criteria {
        rule.confirmed |= rule.test == Test::PersonNotOneBox;
    }
    rules
}

fn office(code: &str) -> Office {
    Office(code.to_owned())
}

fn criterion(code: &str) -> CriterionCode {
    CriterionCode(code.to_owned())
}

fn no(number: u8) -> Number {
    Number::new(number).unwrap()
}

fn names(numbers: &[u8]) -> Names {
    numbers.iter().copied().map(no).collect()
}

fn struck(numbers: &[u8]) -> Ballot {
    Ballot::struck(names(numbers))
}

fn boxes(agree: &[u8], disagree: &[u8]) -> Ballot {
    Ballot::plain(Marks::Boxes {
        agree: names(agree),
        disagree: names(disagree),
    })
}

fn ranking(order: &[u8]) -> Ballot {
    Ballot::plain(Marks::Order(order.iter().copied().map(no).collect()))
}

fn layout(kind: BallotKind, names: u8, seats: u8) -> Layout {
    Layout { kind, names, seats }
}

fn strike_list(names: u8, seats: u8) -> Layout {
    layout(BallotKind::StrikeOut, names, seats)
}

fn ruled(valid: bool, code: &str) -> Option<Ruling> {
    Some(Ruling {
        valid,
        criterion: criterion(code),
        meaning: None,
    })
}

fn group(code: &str, people: u32, counted: u32) -> Group {
    Group {
        code: ExclusionCode(code.to_owned()),
        people,
        counted,
    }
}

fn attending(body: Body, convened: u32, groups: &[Group]) -> Attendance {
    let absent: u32 = groups.iter().map(|each| each.people - each.counted).sum();
    Attendance {
        body,
        convened,
        present: convened.saturating_sub(absent),
        groups: groups.to_vec(),
    }
}

/// An election under way, with all it takes to count it.
#[derive(Clone)]
struct Case {
    rules: ElectionRules,
    definition: Definition,
    attendance: Attendance,
    papers: Papers,
    ballots: Ballots,
}

impl Case {
    /// Everybody convened is present and takes a paper.
    fn new(rules: ElectionRules, code: &str, layout: Layout, convened: u32) -> Self {
        let body = Body::DelegateCongress;
        Self {
            rules,
            definition: Definition {
                office: office(code),
                body,
                purpose: Purpose::Election,
                round: 1,
                layout,
                alternates: 0,
            },
            attendance: attending(body, convened, &[]),
            papers: Papers {
                printed: None,
                issued: convened,
                spoiled: 0,
                returned: 0,
            },
            ballots: Ballots::new(layout).unwrap(),
        }
    }

    fn with(mut self, ballot: Ballot, times: u32) -> Self {
        self.ballots.add(ballot, None, times.into()).unwrap();
        self.papers.returned += times;
        self
    }

    fn ruled(mut self, ballot: Ballot, ruling: Option<Ruling>, times: u32) -> Self {
        self.ballots.add(ballot, ruling, times.into()).unwrap();
        self.papers.returned += times;
        self
    }

    /// Ballots that give each person exactly these votes, by moving a window of
    /// as many names as there are seats over the list of the votes to give.
    fn votes(mut self, votes: &[u32]) -> Self {
        let layout = self.definition.layout;
        let seats = usize::from(layout.seats);
        let mut left = votes.to_vec();
        while left.iter().any(|votes| *votes > 0) {
            let mut places: Vec<usize> = (0..left.len()).filter(|place| left[*place] > 0).collect();
            places.sort_by_key(|place| std::cmp::Reverse(left[*place]));
            places.truncate(seats);
            let mut voted = Names::NONE;
            for place in places {
                left[place] -= 1;
                voted = voted.with(no(u8::try_from(place + 1).unwrap()));
            }
            self = self.with(Ballot::struck(layout.all().without(voted)), 1);
        }
        self
    }

    fn count(&self) -> Result<Outcome, Refusal> {
        self.decide(&[])
    }

    fn decide(&self, decisions: &[Decision]) -> Result<Outcome, Refusal> {
        let input = Input {
            rules: &self.rules,
            definition: &self.definition,
            attendance: &self.attendance,
            papers: self.papers,
            votes: Votes::Ballots(&self.ballots),
        };
        count(&input, decisions)
    }
}
