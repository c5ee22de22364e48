//! The verbs, each on the state it starts from.

use super::piles::SheetCount;
use super::states::{
    Closed, Compared, Counting, Draft, Listed, Open, Printed, Resulted, Ruled, RulingRecord,
};
use crate::PersonId;
use crate::voting::archive::{Counted, ballots_of};
use crate::voting::attendance::Attendance;
use crate::voting::ballot::{Ballot, BallotKind, Layout, Verdict, read};
use crate::voting::count::{
    Ballots, Decision, Definition, Input, Outcome, Papers, Purpose, Ruling, check_papers, count,
};
use crate::voting::list::{Finding, may_be_voted};
use crate::voting::profile::{ElectionRules, SeatsBy};
use crate::voting::refusal::Refusal;

impl Draft {
    pub(super) fn approve(
        self,
        rules: &ElectionRules,
        list: Listed,
        findings: &[Finding],
    ) -> Result<Listed, Refusal> {
        let office = rules
            .office(&self.office)
            .filter(|_| list.draft == self)
            .ok_or(Refusal::NoSuchElection {
                office: self.office,
            })?;
        may_be_voted(findings)?;
        if self.purpose.elects() && list.list_vote.is_none() {
            return Err(Refusal::DecisionNeeded);
        }
        // A further ballot takes its seats from the one before it.
        let first = self.purpose == Purpose::Election && self.round == 1;
        match (&list.number_vote, office.seats) {
            (Some(_), SeatsBy::Allocation) => Err(Refusal::NumberIsAllocated),
            (None, SeatsBy::Vote) if first => Err(Refusal::DecisionNeeded),
            _ => Ok(list),
        }
    }
}

impl Listed {
    pub(super) fn print(
        self,
        rules: &ElectionRules,
        printed: Option<u32>,
    ) -> Result<Printed, Refusal> {
        let definition = self.definition(rules)?;
        Ok(Printed {
            listed: self,
            definition,
            printed,
        })
    }

    /// The paper the rules ask for.
    fn definition(&self, rules: &ElectionRules) -> Result<Definition, Refusal> {
        let names = u8::try_from(self.rows.len()).map_err(|_| Refusal::LayoutImpossible {
            kind: BallotKind::StrikeOut,
            names: u32::try_from(self.rows.len()).unwrap_or(u32::MAX),
            seats: self.seats.into(),
        })?;
        let (_, kind) = if self.draft.purpose.elects() {
            rules.ballot_kind(names.into(), self.seats.into())
        } else {
            rules.preliminary_kind(names.into())
        };
        let layout = Layout {
            kind: kind.value,
            names,
            seats: self.seats,
        };
        layout.check()?;
        Ok(Definition {
            office: self.draft.office.clone(),
            body: self.draft.body,
            purpose: self.draft.purpose,
            round: self.draft.round,
            layout,
            alternates: self.alternates,
        })
    }
}

impl Printed {
    pub(super) fn open(
        self,
        rules: ElectionRules,
        tellers: Vec<PersonId>,
    ) -> Result<Open, Refusal> {
        let stands = |teller: &PersonId| self.listed.rows.iter().any(|row| row.person == *teller);
        if !rules.nomination.tellers_stand.value && tellers.iter().any(stands) {
            return Err(Refusal::TellerStands);
        }
        if self.listed.definition(&rules)? != self.definition {
            return Err(Refusal::RulesChanged);
        }
        Ok(Open {
            paper: self,
            rules,
            tellers,
        })
    }
}

impl Open {
    pub(super) fn close(self, attendance: Attendance, papers: Papers) -> Result<Closed, Refusal> {
        if attendance.body != self.paper.definition.body {
            return Err(Refusal::NoDenominator);
        }
        attendance.excluded(&self.rules)?;
        let papers = Papers {
            printed: papers.printed.or(self.paper.printed),
            ..papers
        };
        check_papers(&papers, &attendance)?;
        Ok(Closed {
            open: self,
            attendance,
            papers,
            corrections: Vec::new(),
        })
    }
}

impl Closed {
    pub(super) fn correct(
        self,
        attendance: Attendance,
        papers: Papers,
        reason: String,
    ) -> Result<Self, Refusal> {
        let mut corrections = self.corrections;
        corrections.push(reason);
        let closed = self.open.close(attendance, papers)?;
        Ok(Self {
            corrections,
            ..closed
        })
    }
}

impl Counting {
    pub(super) fn compare(self, ballots: Vec<Ballot>) -> Result<Compared, Refusal> {
        let layout = &self.closed.open.paper.definition.layout;
        for ballot in &ballots {
            ballot.check(layout)?;
        }
        let returned = self.closed.papers.returned;
        if ballots.len() as u64 != u64::from(returned) {
            return Err(Refusal::PapersDoNotAddUp {
                returned,
                counted: ballots.len() as u64,
            });
        }
        Ok(Compared {
            closed: self.closed,
            ballots,
        })
    }

    pub(super) fn compare_sheets(self, counts: &[SheetCount]) -> Result<Ruled, Refusal> {
        let [first, others @ ..] = counts else {
            return Err(Refusal::SecondPersonNeeded);
        };
        if others.is_empty() {
            return Err(Refusal::SecondPersonNeeded);
        }
        for (place, count) in counts.iter().enumerate() {
            if counts[..place].iter().any(|other| other.by == count.by) {
                return Err(Refusal::SamePerson {
                    who: count.by.clone(),
                });
            }
        }
        let sum = self.sum(first)?;
        for other in others {
            if self.sum(other)? != sum {
                return Err(Refusal::CountsDiffer);
            }
        }
        let ruled = Ruled {
            closed: self.closed,
            counted: Counted::Sheets(first.sheets()),
        };
        // What does not add up is refused here, while sheets can be corrected.
        ruled.outcome(&[])?;
        Ok(ruled)
    }
}

impl Compared {
    /// The ballots that wait for a ruling: their places, and what the rules say
    /// of each.
    #[must_use]
    pub fn flagged(&self) -> Vec<(u32, Verdict)> {
        let open = &self.closed.open;
        (0..)
            .zip(&self.ballots)
            .map(|(place, ballot)| {
                let reading = read(&open.rules, &open.paper.definition.layout, ballot);
                (place, reading.verdict)
            })
            .filter(|(_, verdict)| *verdict != Verdict::Valid)
            .collect()
    }

    pub(super) fn rule(self, rulings: &[RulingRecord]) -> Result<Ruled, Refusal> {
        let ruling = |place: u32| -> Option<Ruling> {
            let record = rulings.iter().rfind(|record| record.place == place);
            record.map(|record| record.ruling.clone())
        };
        let missing = self
            .flagged()
            .iter()
            .filter(|(place, _)| ruling(*place).is_none())
            .count();
        if missing > 0 {
            return Err(Refusal::RulingMissing {
                ballots: missing as u64,
            });
        }
        let mut ballots = Ballots::new(self.closed.open.paper.definition.layout)?;
        for (place, ballot) in (0..).zip(&self.ballots) {
            ballots.add(ballot.clone(), ruling(place), 1)?;
        }
        let ruled = Ruled {
            closed: self.closed,
            counted: Counted::Ballots(ballots_of(&ballots)),
        };
        ruled.outcome(&[])?;
        Ok(ruled)
    }
}

impl Ruled {
    pub(super) fn outcome(&self, decisions: &[Decision]) -> Result<Outcome, Refusal> {
        let closed = &self.closed;
        let definition = &closed.open.paper.definition;
        let ballots = self.counted.ballots(definition.layout)?;
        let input = Input {
            rules: &closed.open.rules,
            definition,
            attendance: &closed.attendance,
            papers: closed.papers,
            votes: self.counted.votes(&ballots),
        };
        count(&input, decisions)
    }

    pub(super) fn find_result(self) -> Result<Resulted, Refusal> {
        let outcome = self.outcome(&[])?;
        Ok(Resulted {
            ruled: self,
            decisions: Vec::new(),
            outcome,
            confirmed_by: None,
        })
    }
}
