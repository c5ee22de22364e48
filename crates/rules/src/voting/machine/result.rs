//! The verbs on a result: decided, confirmed, ruled on anew, ratified.

use std::collections::BTreeMap;

use super::Election;
use super::states::{Announced, Confirmed, Counting, Ratified, Resulted, RulingRecord};
use crate::voting::archive::{Archive, Counted, FORMAT, Listed as ArchivedName};
use crate::voting::ballot::Ballot;
use crate::voting::count::{Decision, Next, Outcome, Purpose};
use crate::voting::refusal::{Refusal, said};
use crate::{Actor, Day};

impl Resulted {
    pub(super) fn rule_again(
        self,
        ballots: Vec<Ballot>,
        rulings: &[RulingRecord],
    ) -> Result<Self, Refusal> {
        let Counted::Ballots(rows) = &self.ruled.counted else {
            return Err(Refusal::NotNow {
                verb: "rule_again",
                state: "counted on sheets",
            });
        };
        let mut counted: BTreeMap<Ballot, u64> = BTreeMap::new();
        for row in rows {
            let ballot = Ballot {
                marks: row.marks.clone(),
                remarks: row.remarks,
            };
            *counted.entry(ballot).or_default() += row.times;
        }
        let mut given: BTreeMap<Ballot, u64> = BTreeMap::new();
        for ballot in &ballots {
            *given.entry(ballot.clone()).or_default() += 1;
        }
        if counted != given {
            return Err(Refusal::CountsDiffer);
        }
        let counting = Counting {
            closed: self.ruled.closed,
        };
        let mut again = counting.compare(ballots)?.rule(rulings)?.find_result()?;
        let asked = |field: &String| {
            again
                .outcome
                .unconfirmed
                .iter()
                .any(|one| one.field == *field)
        };
        again.decisions = self
            .decisions
            .into_iter()
            .filter(|decision| matches!(decision, Decision::Confirm(field) if asked(field)))
            .collect();
        again.outcome = again.ruled.outcome(&again.decisions)?;
        Ok(again)
    }

    /// A decision changes the result, so whoever confirmed it must look again.
    /// Taken twice it is taken once; what nothing waits for is no decision.
    pub(super) fn decide(mut self, decision: Decision) -> Result<Self, Refusal> {
        if self.decisions.contains(&decision) {
            return Ok(self);
        }
        if !self
            .outcome
            .next
            .iter()
            .any(|next| next.asks_for(&decision))
        {
            return Err(Refusal::NotAsked);
        }
        self.decisions.push(decision);
        self.confirmed_by = None;
        self.outcome = self.ruled.outcome(&self.decisions)?;
        Ok(self)
    }

    /// What rested on the decision goes with it: the others are taken anew, as far
    /// as they are still asked for.
    pub(super) fn take_back(mut self, decision: &Decision) -> Result<Self, Refusal> {
        if !self.decisions.contains(decision) {
            return Err(Refusal::NotAsked);
        }
        let others = std::mem::take(&mut self.decisions);
        self.confirmed_by = None;
        self.outcome = self.ruled.outcome(&[])?;
        for other in others.into_iter().filter(|other| other != decision) {
            let asked = self.outcome.next.iter().any(|next| next.asks_for(&other));
            if asked {
                self = self.decide(other)?;
            }
        }
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
    pub(super) fn decide(self, decision: Decision) -> Result<Self, Refusal> {
        self.after_hearing(&decision)?;
        self.with(|resulted| resulted.decide(decision))
    }

    pub(super) fn take_back(self, decision: &Decision) -> Result<Self, Refusal> {
        self.after_hearing(decision)?;
        self.with(|resulted| resulted.take_back(decision))
    }

    /// A lot for a seat was drawn before two people confirmed who has it; one for
    /// alternates comes once the congress has taken them.
    fn after_hearing(&self, decision: &Decision) -> Result<(), Refusal> {
        let outcome = &self.confirmed.resulted.outcome;
        let before = match decision {
            Decision::Confirm(_) => true,
            Decision::Lot(lot) => {
                let seated = |number| outcome.elected.contains(number);
                outcome.tie.is_some() || lot.drawn.iter().any(seated)
            }
            _ => false,
        };
        if before {
            return Err(Refusal::NotNow {
                verb: "decide",
                state: "announced",
            });
        }
        Ok(())
    }

    /// The result changed; the two who confirmed it stay.
    fn with(
        mut self,
        change: impl FnOnce(Resulted) -> Result<Resulted, Refusal>,
    ) -> Result<Self, Refusal> {
        let before = self.confirmed.resulted;
        let first = before.confirmed_by.clone();
        self.confirmed.resulted = Resulted {
            confirmed_by: first,
            ..change(before)?
        };
        Ok(self)
    }

    pub(super) fn ratify(self, on: Day, instrument: &str) -> Result<Ratified, Refusal> {
        // Nobody was elected, so nobody is ratified.
        let outcome = &self.confirmed.resulted.outcome;
        let nobody = outcome.elected.is_empty() && outcome.alternates.is_empty();
        if nobody || !self.purpose().elects() {
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
