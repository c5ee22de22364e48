//! The verbs, each on the state it starts from.

use super::Election;
use super::states::{
    Announced, Closed, Compared, Confirmed, Counting, Draft, Listed, Open, Printed, Ratified,
    Resulted, Ruled, RulingRecord, SheetCount,
};
use crate::PersonId;
use crate::voting::archive::{Archive, Counted, FORMAT, Listed as ArchivedName, ballots_of};
use crate::voting::attendance::Attendance;
use crate::voting::ballot::{Ballot, BallotKind, Layout, Verdict, read};
use crate::voting::count::{
    Ballots, Decision, Definition, Input, Next, Outcome, Papers, Purpose, Ruling, check_papers,
    count,
};
use crate::voting::list::{Finding, may_be_voted};
use crate::voting::profile::{ElectionRules, SeatsBy};
use crate::voting::refusal::Refusal;
use crate::{Actor, Day};

/// A text that says something, without the space around it.
pub(super) fn said(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        Err(Refusal::ReasonNeeded)
    } else {
        Ok(text.to_owned())
    }
}

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
        let kind = if self.draft.purpose.elects() {
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
        if others.iter().any(|other| other.sheets != first.sheets) {
            return Err(Refusal::CountsDiffer);
        }
        let ruled = Ruled {
            closed: self.closed,
            counted: Counted::Sheets(first.sheets.clone()),
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
    fn outcome(&self, decisions: &[Decision]) -> Result<Outcome, Refusal> {
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

impl Resulted {
    /// A decision changes the result, so whoever confirmed it must look again.
    pub(super) fn decide(mut self, decision: Decision) -> Result<Self, Refusal> {
        if !self.decisions.contains(&decision) {
            self.decisions.push(decision);
            self.confirmed_by = None;
        }
        self.outcome = self.ruled.outcome(&self.decisions)?;
        Ok(self)
    }

    pub(super) fn confirm(self, by: Actor, seen: &Outcome) -> Result<Election, Refusal> {
        if *seen != self.outcome {
            return Err(Refusal::CountsDiffer);
        }
        for next in &self.outcome.next {
            match next {
                Next::Confirm(unconfirmed) => {
                    return Err(Refusal::Unconfirmed {
                        field: unconfirmed.field.clone(),
                    });
                }
                Next::RuleOn(ballots) => {
                    return Err(Refusal::RulingMissing { ballots: *ballots });
                }
                Next::DrawLot { .. } => return Err(Refusal::DecisionNeeded),
                _ => {}
            }
        }
        match &self.confirmed_by {
            Some(first) if *first == by => Err(Refusal::SamePerson { who: by }),
            Some(_) => Ok(Election::Confirmed(Box::new(Confirmed {
                resulted: self,
                second: by,
            }))),
            None => Ok(Election::Resulted(Box::new(Self {
                confirmed_by: Some(by),
                ..self
            }))),
        }
    }

    /// The archive of the election.
    #[must_use]
    pub fn archive(&self, title: &str, day: Day, template: Option<String>) -> Archive {
        let closed = &self.ruled.closed;
        let paper = &closed.open.paper;
        Archive {
            format: FORMAT.to_owned(),
            title: title.to_owned(),
            day,
            rules: closed.open.rules.clone(),
            definition: paper.definition.clone(),
            list: paper
                .listed
                .rows
                .iter()
                .map(|row| ArchivedName {
                    name: row.name.clone(),
                    birth: row.birth,
                })
                .collect(),
            template,
            attendance: closed.attendance.clone(),
            papers: closed.papers,
            counted: self.ruled.counted.clone(),
            decisions: self.decisions.clone(),
            outcome: self.outcome.clone(),
        }
    }
}

impl Announced {
    fn purpose(&self) -> Purpose {
        let paper = &self.confirmed.resulted.ruled.closed.open.paper;
        paper.definition.purpose
    }

    /// What the congress decides on hearing the result: how to go on with open
    /// seats and alternates. What was elected stands as two people confirmed it.
    pub(super) fn decide(mut self, decision: Decision) -> Result<Self, Refusal> {
        if matches!(decision, Decision::Lot(_) | Decision::Confirm(_)) {
            return Err(Refusal::NotNow {
                verb: "decide",
                state: "announced",
            });
        }
        let before = self.confirmed.resulted;
        let first = before.confirmed_by.clone();
        self.confirmed.resulted = Resulted {
            confirmed_by: first,
            ..before.decide(decision)?
        };
        Ok(self)
    }

    pub(super) fn ratify(self, on: Day, instrument: &str) -> Result<Ratified, Refusal> {
        // Nobody was elected, so nobody is ratified.
        if !self.purpose().elects() {
            return Err(Refusal::NotNow {
                verb: "ratify",
                state: "announced",
            });
        }
        let instrument = said(instrument)?;
        if on < self.on {
            return Err(Refusal::DaysReversed);
        }
        Ok(Ratified {
            announced: self,
            on,
            instrument,
        })
    }
}
