//! The elections a congress holds, each waiting for the one before.

mod plan;
mod reply;
mod step;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use plan::fits_members;
pub use reply::{Recorded, Reply};
pub use step::{Step, StepState};

use super::preliminary::Held;
use super::profile::{ElectionRules, Exhausted, Office, Shape};
use super::refusal::Refusal;
use crate::PersonId;
use crate::congress::{Contents, Form};

/// What a congress is like, as far as its chain depends on it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    /// How the unit is led.
    pub shape: Shape,
    /// Who meets.
    pub form: Form,
    /// What the congress holds (R44).
    pub contents: Contents,
    /// Official members of the unit (R29).
    pub official_members: u32,
    /// The trial in which the congress elects the secretary.
    pub trial: bool,
}

/// Why a chain stands still (R46).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// The office whose planned person failed.
    pub office: Office,
    /// To what the person was not elected.
    pub failed_in: Office,
    /// The person.
    pub person: PersonId,
}

/// The elections of one congress.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// The elections, in the order of the rules.
    pub steps: Vec<Step>,
    /// Why it stands still.
    pub pause: Option<Pause>,
    /// Answers received.
    pub replies: Vec<Reply>,
    /// A by-election: who sits in a body already stays, and more are elected.
    #[serde(default)]
    pub by_election: bool,
}

impl Chain {
    /// The election of an office.
    #[must_use]
    pub fn step(&self, office: &Office) -> Option<&Step> {
        self.steps.iter().find(|step| step.office == *office)
    }

    /// What is still to be done before an office: empty where it can begin.
    #[must_use]
    pub fn waits_for(&self, office: &Office) -> Vec<Office> {
        let after = self.step(office).map_or(&[][..], |step| &step.after);
        after
            .iter()
            .filter(|before| self.step(before).is_some_and(|step| !step.is_over()))
            .cloned()
            .collect()
    }

    /// The offices whose election can begin now.
    #[must_use]
    pub fn ready(&self) -> Vec<Office> {
        self.steps
            .iter()
            .filter(|step| self.may_begin(&step.office).is_ok())
            .map(|step| step.office.clone())
            .collect()
    }

    /// Whether elections go on. While they stand still no list is approved, no
    /// paper handed out and no ballot opened; what is in the boxes is counted.
    ///
    /// # Errors
    /// [`Refusal::WaitsForSuperior`] (R46).
    pub fn goes_on(&self) -> Result<(), Refusal> {
        match &self.pause {
            Some(pause) => Err(Refusal::WaitsForSuperior {
                office: pause.office.clone(),
            }),
            None => Ok(()),
        }
    }

    /// Whether an election can begin now.
    ///
    /// # Errors
    /// As [`Chain::begin`].
    pub fn may_begin(&self, office: &Office) -> Result<(), Refusal> {
        let step = self.step(office).ok_or_else(|| none(office))?;
        self.goes_on()?;
        if step.state != StepState::Waiting {
            return Err(Refusal::NotNow {
                verb: "begin",
                state: step.state.code(),
            });
        }
        if let Some(before) = self.waits_for(office).into_iter().next() {
            return Err(Refusal::Waits { before });
        }
        if step.introduction && step.introduced.is_none() {
            return Err(Refusal::PreliminaryBallotMissing {
                office: office.clone(),
            });
        }
        Ok(())
    }

    /// The superior approved somebody for an office, before its election. Where
    /// the person was not elected to a body it takes, the chain stands still
    /// (R46), whichever was noted first.
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`]; [`Refusal::NotNow`] once it has begun, or
    /// twice for one person.
    pub fn approve(self, office: &Office, person: PersonId) -> Result<Self, Refusal> {
        let mut chain = self.change(office, "approve", |step| {
            let waiting = step.state == StepState::Waiting && !step.planned.contains(&person);
            waiting.then(|| step.planned.push(person))
        })?;
        chain.pause = chain.pause.take().or_else(|| chain.failed());
        Ok(chain)
    }

    /// Somebody was noted as approved by mistake.
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`]; [`Refusal::NotNow`] where nobody noted it, or
    /// once the election of the office, or of a body the person must be elected
    /// to, has begun: then the superior answers (R46).
    pub fn unplan(self, office: &Office, person: PersonId) -> Result<Self, Refusal> {
        let begun = |body: &Office| self.step(body).is_some_and(|step| !step.waits());
        let bodies = self.step(office).map(|step| &step.planned_must_be_in);
        if bodies.is_some_and(|bodies| bodies.iter().any(begun)) {
            let verb = "unplan";
            let state = "body begun";
            return Err(Refusal::NotNow { verb, state });
        }
        self.recall(office, person)
    }

    /// The superior says itself that somebody was noted as approved by mistake: also
    /// after a body was elected without the person, which then stops nothing.
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`]; [`Refusal::NotNow`] where nobody noted it, or once
    /// the election of the office has begun.
    pub fn recall(self, office: &Office, person: PersonId) -> Result<Self, Refusal> {
        let mut chain = self.change(office, "unplan", |step| {
            let known = step.planned.contains(&person) && step.waits();
            known.then(|| step.planned.retain(|one| *one != person))
        })?;
        let of = |pause: &Pause| pause.office == *office && pause.person == person;
        let pause = chain.pause.take().filter(|pause| !of(pause));
        chain.pause = pause.or_else(|| chain.failed());
        Ok(chain)
    }

    /// Whether the introduction ballot of a direct election can be held now.
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`]; [`Refusal::WaitsForSuperior`];
    /// [`Refusal::Waits`] before what comes first; [`Refusal::NotNow`] where no
    /// such ballot belongs to the office, or it was held.
    pub fn may_introduce(&self, office: &Office) -> Result<(), Refusal> {
        self.goes_on()?;
        self.is_introduced(office)
    }

    /// Whether an introduction ballot, held before the elections stood still, has
    /// its place in the chain.
    fn is_introduced(&self, office: &Office) -> Result<(), Refusal> {
        let step = self.step(office).ok_or_else(|| none(office))?;
        if let Some(before) = self.waits_for(office).into_iter().next() {
            return Err(Refusal::Waits { before });
        }
        let open = step.introduction && step.introduced.is_none();
        if open && step.state == StepState::Waiting {
            return Ok(());
        }
        let state = match step.introduced {
            Some(_) => "introduced",
            None => step.state.code(),
        };
        Err(Refusal::NotNow {
            verb: "introduce",
            state,
        })
    }

    /// The introduction ballot of a direct election was held. Its order is shown
    /// to the congress and decides nothing.
    ///
    /// # Errors
    /// As [`Chain::may_introduce`], but for the superior's answer.
    pub fn introduce(self, office: &Office, held: Held) -> Result<Self, Refusal> {
        self.is_introduced(office)?;
        self.change(office, "introduce", |step| {
            step.introduced = Some(held);
            Some(())
        })
    }

    /// The introduction ballot turned out void: it is held again.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] once the election it came before has begun, or where
    /// none was held.
    pub fn introduce_again(self, office: &Office) -> Result<Self, Refusal> {
        self.change(office, "introduce_again", |step| {
            let waiting = step.state == StepState::Waiting && step.introduced.is_some();
            waiting.then(|| step.introduced = None)
        })
    }

    /// An election begins.
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`] (R44, R29); [`Refusal::WaitsForSuperior`]
    /// (R46); [`Refusal::Waits`]; [`Refusal::PreliminaryBallotMissing`];
    /// [`Refusal::NotNow`] where it has begun.
    pub fn begin(self, office: &Office) -> Result<Self, Refusal> {
        self.may_begin(office)?;
        self.change(office, "begin", |step| {
            step.state = StepState::UnderWay(1);
            Some(())
        })
    }

    /// A further ballot for the same office (R22), where the rules allow it.
    ///
    /// # Errors
    /// [`Refusal::RoundsOver`] (R30); [`Refusal::NotNow`] where none is under
    /// way.
    pub fn further_ballot(self, rules: &ElectionRules, office: &Office) -> Result<Self, Refusal> {
        let most = rules.rounds_of(office).most.as_ref();
        let most = most.map_or(u8::MAX, |most| most.value);
        if self
            .step(office)
            .is_some_and(|step| step.state == StepState::UnderWay(most))
        {
            return Err(Refusal::RoundsOver { most });
        }
        self.change(office, "further_ballot", |step| {
            if let StepState::UnderWay(round) = &mut step.state {
                *round = round.saturating_add(1);
                Some(())
            } else {
                None
            }
        })
    }

    /// What was noted of the offices of an earlier plan for the same congress.
    #[must_use]
    pub fn carried_over(mut self, before: &Self) -> Self {
        for step in &mut self.steps {
            let Some(known) = before.step(&step.office) else {
                continue;
            };
            step.planned.clone_from(&known.planned);
            if step.introduction {
                step.introduced.clone_from(&known.introduced);
            }
            if step.if_needed && known.state == StepState::Skipped {
                step.state = StepState::Skipped;
            }
        }
        self
    }

    /// A ballot was begun by mistake, and nobody has voted in it: the office waits
    /// again, or is where the ballot before left it.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] where none is under way.
    pub fn drop_ballot(self, office: &Office) -> Result<Self, Refusal> {
        self.change(office, "drop_ballot", |step| {
            let StepState::UnderWay(round) = step.state else {
                return None;
            };
            step.state = match round {
                0 | 1 => StepState::Waiting,
                later => StepState::UnderWay(later - 1),
            };
            Some(())
        })
    }

    /// An election is over, all its ballots together: who was elected and how
    /// many seats stay open. Where somebody planned for a later office is not
    /// among them, the chain stands still until the superior answers (R46).
    ///
    /// # Errors
    /// [`Refusal::NotNow`] where it is not under way.
    pub fn finish(self, office: &Office, elected: &[PersonId], open: u32) -> Result<Self, Refusal> {
        let mut chain = self.change(office, "finish", |step| {
            let StepState::UnderWay(rounds) = step.state else {
                return None;
            };
            step.state = StepState::Done { open, rounds };
            step.elected = elected.to_vec();
            Some(())
        })?;
        chain.pause = chain.failed();
        Ok(chain)
    }

    /// The first planned person who was not elected to a body the office is
    /// filled from, or to the office itself.
    fn failed(&self) -> Option<Pause> {
        let done = |office: &Office| {
            self.step(office)
                .filter(|step| matches!(step.state, StepState::Done { .. }))
        };
        self.steps.iter().find_map(|step| {
            let bodies = step.planned_must_be_in.iter().filter(|_| !step.is_over());
            let mut asked = bodies.chain(std::iter::once(&step.office));
            asked.find_map(|body| {
                let elected = &done(body)?.elected;
                let failed = step.planned.iter().find(|person| !elected.contains(person));
                failed.map(|person| Pause {
                    office: step.office.clone(),
                    failed_in: body.clone(),
                    person: *person,
                })
            })
        })
    }

    /// An election that is held only where needed is not held.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] for any other, or once it has begun.
    pub fn skip(self, office: &Office) -> Result<Self, Refusal> {
        self.change(office, "skip", |step| {
            let may = step.if_needed && step.state == StepState::Waiting;
            may.then(|| step.state = StepState::Skipped)
        })
    }

    /// What was noted as not held is held after all.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] where it was not skipped, or an election that waits for
    /// it has begun.
    pub fn hold(self, office: &Office) -> Result<Self, Refusal> {
        let begun = |step: &Step| step.after.contains(office) && !step.waits();
        let late = self.steps.iter().any(begun);
        self.change(office, "hold", |step| {
            let may = step.state == StepState::Skipped && !late;
            may.then(|| step.state = StepState::Waiting)
        })
    }

    /// Whether an office's election is over, all its ballots together.
    ///
    /// # Errors
    /// [`Refusal::OfficeOpen`].
    pub fn check_over(&self, office: &Office) -> Result<(), Refusal> {
        match self.step(office) {
            Some(step) if !step.is_over() => Err(Refusal::OfficeOpen {
                office: office.clone(),
            }),
            _ => Ok(()),
        }
    }

    /// The superior appoints after the last ballot the rules allow (R30).
    ///
    /// # Errors
    /// [`Refusal::NotNow`] before that ballot, or where the rules let nobody
    /// appoint.
    pub fn appoint(
        self,
        rules: &ElectionRules,
        office: &Office,
        person: PersonId,
    ) -> Result<Self, Refusal> {
        let rounds = rules.rounds_of(office);
        let last = rounds.most.as_ref().map(|most| most.value);
        let appoints = rounds.then.value == Exhausted::SuperiorAppoints;
        self.change(office, "appoint", |step| {
            let over = match step.state {
                StepState::UnderWay(round) => Some(round) == last,
                StepState::Done { open, rounds } => open > 0 && Some(rounds) == last,
                _ => false,
            };
            (over && appoints).then(|| {
                step.state = StepState::Appointed;
                step.elected = vec![person];
            })
        })
    }

    /// Who holds what, for the lists of later elections.
    #[must_use]
    pub fn elected(&self) -> BTreeMap<Office, Vec<PersonId>> {
        self.steps
            .iter()
            .filter(|step| !step.elected.is_empty())
            .map(|step| (step.office.clone(), step.elected.clone()))
            .collect()
    }

    fn change(
        mut self,
        office: &Office,
        verb: &'static str,
        change: impl FnOnce(&mut Step) -> Option<()>,
    ) -> Result<Self, Refusal> {
        let step = self
            .steps
            .iter_mut()
            .find(|step| step.office == *office)
            .ok_or_else(|| none(office))?;
        let state = step.state.code();
        change(step).ok_or(Refusal::NotNow { verb, state })?;
        Ok(self)
    }
}

fn none(office: &Office) -> Refusal {
    Refusal::NoSuchElection {
        office: office.clone(),
    }
}
