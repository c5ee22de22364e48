//! The state machine over a congress's facts: what can happen when.

use super::facts::{Contents, Fact, Form, Numbers, Planned};
use super::numbers::{check_numbers, form_by_members};
use super::record::Congress;
use super::refusal::Refusal;
use super::state::State;
use super::text::{bounded, said};
use crate::{Day, UnitId};

const BEFORE_OR_RETURNED: [State; 6] = [
    State::Expected,
    State::Postponed,
    State::Dated,
    State::Prepared,
    State::Reviewed,
    State::Returned,
];
const BEFORE_REPORT: [State; 7] = [
    State::Expected,
    State::Postponed,
    State::Dated,
    State::Prepared,
    State::Reviewed,
    State::Returned,
    State::Held,
];

impl Congress {
    fn must_be(&self, verb: &'static str, allowed: &[State]) -> Result<(), Refusal> {
        let state = self.state();
        if allowed.contains(&state) {
            Ok(())
        } else {
            Err(Refusal::NotNow { verb, state })
        }
    }

    /// Settles form, ordinal and contents. `members` and `bound` decide the form
    /// (R31); where the rules set no bound, either form can be settled.
    ///
    /// # Errors
    /// [`Refusal::TooManyForMembers`], [`Refusal::DelegatesNeedConsent`] (R31),
    /// [`Refusal::NotNow`] once it has met.
    pub fn settle(
        &mut self,
        today: Day,
        form: Form,
        ordinal: Option<u16>,
        contents: Contents,
        consent: bool,
        (members, bound): (u32, Option<u32>),
    ) -> Result<(), Refusal> {
        self.must_be("settle", &BEFORE_OR_RETURNED)?;
        if let Some(bound) = bound {
            match (form, form_by_members(members, bound)) {
                (Form::Members, Form::Delegates) => {
                    return Err(Refusal::TooManyForMembers { bound });
                }
                (Form::Delegates, Form::Members) if !consent => {
                    return Err(Refusal::DelegatesNeedConsent { bound });
                }
                _ => {}
            }
        }
        self.push(
            today,
            Fact::Settled {
                form,
                ordinal,
                contents,
                consent,
            },
        );
        Ok(())
    }

    /// Sets or changes the days.
    ///
    /// # Errors
    /// [`Refusal::DaysReversed`], [`Refusal::ReasonNeeded`] for a change,
    /// [`Refusal::NotNow`] once it has met or ended.
    pub fn date(
        &mut self,
        today: Day,
        planned: Planned,
        reason: Option<String>,
    ) -> Result<(), Refusal> {
        self.must_be("date", &BEFORE_OR_RETURNED)?;
        if planned.last < planned.first {
            return Err(Refusal::DaysReversed);
        }
        let reason = reason.filter(|reason| !reason.trim().is_empty());
        let reason = match reason {
            Some(reason) => Some(bounded(&reason, "reason")?),
            None => None,
        };
        let change = !self.planned().is_empty();
        if change && reason.is_none() {
            return Err(Refusal::ReasonNeeded);
        }
        self.push(today, Fact::Dated { planned, reason });
        Ok(())
    }

    /// Gives the day up.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`], [`Refusal::NotNow`].
    pub fn postpone(&mut self, today: Day, reason: &str) -> Result<(), Refusal> {
        self.must_be(
            "postpone",
            &[State::Dated, State::Prepared, State::Reviewed],
        )?;
        self.push(
            today,
            Fact::Postponed {
                reason: said(reason)?,
            },
        );
        Ok(())
    }

    /// The unit is ready.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] unless it has a day.
    pub fn prepare(&mut self, today: Day) -> Result<(), Refusal> {
        self.must_be("prepare", &[State::Dated])?;
        self.push(today, Fact::Prepared);
        Ok(())
    }

    /// The superior reviewed it. Small units are reviewed without a notice of
    /// readiness, so a day is enough.
    ///
    /// # Errors
    /// [`Refusal::NotNow`].
    pub fn review(&mut self, today: Day, findings: &str) -> Result<(), Refusal> {
        self.must_be("review", &[State::Dated, State::Prepared, State::Reviewed])?;
        let findings = bounded(findings, "findings")?;
        self.push(today, Fact::Reviewed { findings });
        Ok(())
    }

    /// It met and reports. A branch may report although nobody above recorded
    /// its day: what happened, happened.
    ///
    /// # Errors
    /// [`Refusal::AlreadyReported`], [`Refusal::HeldInFuture`],
    /// [`Refusal::DaysReversed`], the sums in [`check_numbers`],
    /// [`Refusal::NotNow`] for an ended congress.
    pub fn submit_report(
        &mut self,
        today: Day,
        (first, last): (Day, Day),
        numbers: Numbers,
        difficulties: &str,
    ) -> Result<(), Refusal> {
        if let (Some(_), Some((_, last))) = (self.report(), self.held()) {
            return Err(Refusal::AlreadyReported { held: last });
        }
        self.must_be("report", &BEFORE_REPORT)?;
        if last < first {
            return Err(Refusal::DaysReversed);
        }
        if last > today {
            return Err(Refusal::HeldInFuture { held: last, today });
        }
        check_numbers(
            &numbers,
            self.settled()
                .map_or(Contents::FOUR, |(_, _, contents)| contents),
        )?;
        let difficulties = bounded(difficulties, "difficulties")?;
        // Where an officer recorded other days, the unit knows better.
        if self.held() != Some((first, last)) {
            self.push(last, Fact::Held { first });
        }
        self.push(
            today,
            Fact::Reported {
                numbers,
                difficulties,
            },
        );
        Ok(())
    }

    /// An officer records that it met; the numbers follow with the report.
    ///
    /// # Errors
    /// [`Refusal::HeldInFuture`], [`Refusal::DaysReversed`], [`Refusal::NotNow`].
    pub fn hold(&mut self, today: Day, (first, last): (Day, Day)) -> Result<(), Refusal> {
        self.must_be("hold", &BEFORE_OR_RETURNED)?;
        if last < first {
            return Err(Refusal::DaysReversed);
        }
        if last > today {
            return Err(Refusal::HeldInFuture { held: last, today });
        }
        self.push(last, Fact::Held { first });
        Ok(())
    }

    /// The level above confirms the report.
    ///
    /// # Errors
    /// [`Refusal::NotNow`].
    pub fn confirm(&mut self, today: Day) -> Result<(), Refusal> {
        self.must_be("confirm", &[State::Reported])?;
        self.push(today, Fact::Confirmed);
        Ok(())
    }

    /// The level above sends the report back, or takes back a holding that was
    /// recorded by mistake.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`]; [`Refusal::NotNow`] before it was said to
    /// have met, and once it is ratified.
    pub fn return_for_rework(&mut self, today: Day, reason: &str) -> Result<(), Refusal> {
        self.must_be("return", &[State::Held, State::Reported, State::Confirmed])?;
        self.push(
            today,
            Fact::Returned {
                reason: said(reason)?,
            },
        );
        Ok(())
    }

    /// The superior ratifies.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] unless the report is confirmed.
    pub fn ratify(&mut self, today: Day, decision: &str) -> Result<(), Refusal> {
        self.must_be("ratify", &[State::Confirmed])?;
        let decision = bounded(decision, "decision")?;
        self.push(today, Fact::Ratified { decision });
        Ok(())
    }

    /// It will not be held.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`], [`Refusal::NotNow`] once it has met.
    pub fn cancel(&mut self, today: Day, reason: &str) -> Result<(), Refusal> {
        self.must_be("cancel", &BEFORE_OR_RETURNED)?;
        self.push(
            today,
            Fact::Cancelled {
                reason: said(reason)?,
            },
        );
        Ok(())
    }

    /// A successor holds it.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`], [`Refusal::NotNow`] once it has met.
    pub fn hand_over(&mut self, today: Day, to: UnitId, reason: &str) -> Result<(), Refusal> {
        self.must_be("hand over", &BEFORE_OR_RETURNED)?;
        self.push(
            today,
            Fact::HandedOver {
                to,
                reason: said(reason)?,
            },
        );
        Ok(())
    }

    /// A cancellation or a hand-over is undone: it is to be held after all, and
    /// stands where it stood before.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`]; [`Refusal::NotNow`] unless it had ended.
    pub fn resume(&mut self, today: Day, reason: &str) -> Result<(), Refusal> {
        self.must_be("resume", &[State::Cancelled, State::HandedOver])?;
        self.push(
            today,
            Fact::Resumed {
                reason: said(reason)?,
            },
        );
        Ok(())
    }
}
