//! The state machine over a congress's facts.

use serde::{Deserialize, Serialize};

use super::facts::{Contents, Entry, Fact, Form, Numbers, Planned};
use crate::timeline::Timeline;
use crate::{Day, UnitId};

/// Where a congress stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The season expects it; nothing is known yet.
    Expected,
    /// It had a day and lost it.
    Postponed,
    /// It has a day.
    Dated,
    /// The unit is ready.
    Prepared,
    /// The superior reviewed it.
    Reviewed,
    /// It met, but the numbers are not in.
    Held,
    /// The unit reported; the level above has yet to confirm.
    Reported,
    /// The report went back for rework and does not count.
    Returned,
    /// The level above confirmed the report.
    Confirmed,
    /// The superior ratified the result.
    Ratified,
    /// It will not be held.
    Cancelled,
    /// A successor unit holds it.
    HandedOver,
}

impl State {
    /// Every state, in the order of progress.
    pub const ALL: [Self; 12] = [
        Self::Expected,
        Self::Postponed,
        Self::Dated,
        Self::Prepared,
        Self::Reviewed,
        Self::Held,
        Self::Reported,
        Self::Returned,
        Self::Confirmed,
        Self::Ratified,
        Self::Cancelled,
        Self::HandedOver,
    ];

    /// The name in the database, addresses and programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Postponed => "postponed",
            Self::Dated => "dated",
            Self::Prepared => "prepared",
            Self::Reviewed => "reviewed",
            Self::Held => "held",
            Self::Reported => "reported",
            Self::Returned => "returned",
            Self::Confirmed => "confirmed",
            Self::Ratified => "ratified",
            Self::Cancelled => "cancelled",
            Self::HandedOver => "handed_over",
        }
    }

    /// Whether the congress has met.
    #[must_use]
    pub fn is_held(self) -> bool {
        matches!(
            self,
            Self::Held | Self::Reported | Self::Confirmed | Self::Ratified
        )
    }

    /// Whether the congress counts towards the season's total.
    #[must_use]
    pub fn is_expected_of_unit(self) -> bool {
        !matches!(self, Self::Cancelled | Self::HandedOver)
    }
}

/// Why a fact was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The congress is in a state in which this cannot happen.
    NotNow {
        /// What was asked.
        verb: &'static str,
        /// Where the congress stands.
        state: State,
    },
    /// A report already stands (a second one is never a correction).
    AlreadyReported {
        /// Held on this day, says the report that stands.
        held: Day,
    },
    /// The last day lies before the first.
    DaysReversed,
    /// The day of holding lies after the day of reporting.
    HeldInFuture {
        /// The day claimed.
        held: Day,
        /// Today.
        today: Day,
    },
    /// More present than convened.
    MorePresentThanConvened {
        /// Present.
        present: u32,
        /// Convened.
        convened: u32,
    },
    /// More elected than convened, or deputies beyond the committee.
    ElectedDoNotAddUp,
    /// Numbers of people elected although the congress elects nobody (R44).
    NothingToElect,
    /// A change needs a reason.
    ReasonNeeded,
    /// A text of more than [`LONGEST_TEXT`] characters.
    TextTooLong {
        /// Which: `reason`, `findings`, `decision`, `difficulties`.
        field: &'static str,
    },
    /// Fewer members than the bound and no consent of the superior (R31).
    DelegatesNeedConsent {
        /// The bound.
        bound: u32,
    },
    /// At the bound or above it a members' congress is not possible (R31).
    TooManyForMembers {
        /// The bound.
        bound: u32,
    },
}

impl Refusal {
    /// The code shown to people and programs; `docs/rulebook` explains each.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotNow { .. } => "E-CON-01",
            Self::AlreadyReported { .. } => "E-CON-02",
            Self::DaysReversed => "E-CON-03",
            Self::HeldInFuture { .. } => "E-CON-04",
            Self::MorePresentThanConvened { .. } => "E-CON-05",
            Self::ElectedDoNotAddUp => "E-CON-06",
            Self::NothingToElect => "E-CON-07",
            Self::ReasonNeeded => "E-CON-08",
            Self::DelegatesNeedConsent { .. } => "E-CON-09",
            Self::TooManyForMembers { .. } => "E-CON-10",
            Self::TextTooLong { .. } => "E-CON-25",
        }
    }
}

/// The longest text a fact of a congress can carry, in characters.
pub const LONGEST_TEXT: usize = 10_000;

/// A text as it is kept: without blanks around it.
///
/// # Errors
/// [`Refusal::TextTooLong`].
pub fn bounded(text: &str, field: &'static str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST_TEXT {
        Err(Refusal::TextTooLong { field })
    } else {
        Ok(text.to_owned())
    }
}

/// The form that follows from the number of members (R31: 199 members meet
/// all together, 200 send delegates).
#[must_use]
pub fn form_by_members(members: u32, bound: u32) -> Form {
    if members < bound {
        Form::Members
    } else {
        Form::Delegates
    }
}

/// A congress: its facts in the order in which they were recorded.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Congress {
    entries: Vec<Entry>,
}

impl Congress {
    /// A congress of which nothing is known.
    #[must_use]
    pub const fn nothing() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// The facts, oldest record first.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The facts that count: all but the reports sent back (with the holding
    /// each claimed), and of several days of holding the one said last.
    fn standing(&self) -> impl Iterator<Item = &Entry> {
        let last = |wanted: fn(&Fact) -> bool| {
            self.entries
                .iter()
                .rposition(|entry| wanted(&entry.fact))
                .unwrap_or_default()
        };
        let returned = last(|fact| matches!(fact, Fact::Returned { .. }));
        let held = last(|fact| matches!(fact, Fact::Held { .. }));
        self.entries
            .iter()
            .enumerate()
            .filter_map(move |(place, entry)| {
                let void = match entry.fact {
                    Fact::Held { .. } => place < returned || place < held,
                    Fact::Reported { .. } | Fact::Confirmed | Fact::Returned { .. } => {
                        place < returned
                    }
                    _ => false,
                };
                (!void).then_some(entry)
            })
    }

    /// The state on a day, from the facts dated up to it.
    #[must_use]
    pub fn state_on(&self, day: Day) -> State {
        let mut reached = State::Expected;
        let mut ended = None;
        for entry in self.standing().filter(|entry| entry.on <= day) {
            let state = match &entry.fact {
                Fact::Settled { .. } => continue,
                Fact::Dated { .. } => State::Dated,
                Fact::Postponed { .. } => State::Postponed,
                Fact::Prepared => State::Prepared,
                Fact::Reviewed { .. } => State::Reviewed,
                Fact::Held { .. } => State::Held,
                Fact::Reported { .. } => State::Reported,
                Fact::Returned { .. } => State::Returned,
                Fact::Confirmed => State::Confirmed,
                Fact::Ratified { .. } => State::Ratified,
                Fact::Cancelled { .. } => {
                    ended = Some(State::Cancelled);
                    continue;
                }
                Fact::HandedOver { .. } => {
                    ended = Some(State::HandedOver);
                    continue;
                }
                Fact::Resumed { .. } => {
                    ended = None;
                    continue;
                }
            };
            // A new day keeps what was prepared; losing it does not.
            let keeps =
                state == State::Dated && matches!(reached, State::Prepared | State::Reviewed);
            let earlier_record = state < reached && reached.is_held();
            if !keeps && !earlier_record {
                reached = state;
            }
        }
        ended.unwrap_or(reached)
    }

    /// The state once every recorded fact has come true.
    #[must_use]
    pub fn state(&self) -> State {
        self.state_on(crate::day::LAST)
    }

    /// When it was to meet, as each day saw it (`None` after a postponement).
    #[must_use]
    pub fn planned(&self) -> Timeline<Option<Planned>> {
        let mut planned = Timeline::default();
        for entry in self.standing() {
            match &entry.fact {
                Fact::Dated { planned: days, .. } => planned.set(entry.on, Some(days.clone())),
                Fact::Postponed { .. } => planned.set(entry.on, None),
                _ => {}
            }
        }
        planned
    }

    /// The days on which it met, first and last.
    #[must_use]
    pub fn held(&self) -> Option<(Day, Day)> {
        self.standing().find_map(|entry| match entry.fact {
            Fact::Held { first } => Some((first, entry.on)),
            _ => None,
        })
    }

    /// The report that counts: its day, numbers and difficulties.
    #[must_use]
    pub fn report(&self) -> Option<(Day, &Numbers, &str)> {
        self.standing().find_map(|entry| match &entry.fact {
            Fact::Reported {
                numbers,
                difficulties,
            } => Some((entry.on, numbers, difficulties.as_str())),
            _ => None,
        })
    }

    /// The first day on which a counting fact of this kind stands.
    #[must_use]
    pub fn since(&self, state: State) -> Option<Day> {
        self.standing()
            .filter(|entry| match &entry.fact {
                Fact::Prepared => state == State::Prepared,
                Fact::Reviewed { .. } => state == State::Reviewed,
                Fact::Held { .. } => state == State::Held,
                Fact::Reported { .. } => state == State::Reported,
                Fact::Returned { .. } => state == State::Returned,
                Fact::Confirmed => state == State::Confirmed,
                Fact::Ratified { .. } => state == State::Ratified,
                Fact::Cancelled { .. } => state == State::Cancelled,
                Fact::HandedOver { .. } => state == State::HandedOver,
                Fact::Settled { .. }
                | Fact::Dated { .. }
                | Fact::Postponed { .. }
                | Fact::Resumed { .. } => false,
            })
            .map(|entry| entry.on)
            .min()
    }

    /// The reason given last for a new day, a postponement, a return, a
    /// cancellation, a hand-over or its undoing, up to a day.
    #[must_use]
    pub fn reason_on(&self, day: Day) -> Option<&str> {
        self.standing()
            .filter(|entry| entry.on <= day)
            .filter_map(|entry| match &entry.fact {
                Fact::Dated { reason, .. } => reason.as_deref(),
                Fact::Postponed { reason }
                | Fact::Returned { reason }
                | Fact::Cancelled { reason }
                | Fact::HandedOver { reason, .. }
                | Fact::Resumed { reason } => Some(reason.as_str()),
                _ => None,
            })
            .last()
    }

    /// Form, ordinal and contents as settled last.
    #[must_use]
    pub fn settled(&self) -> Option<(Form, Option<u16>, Contents)> {
        self.entries
            .iter()
            .rev()
            .find_map(|entry| match entry.fact {
                Fact::Settled {
                    form,
                    ordinal,
                    contents,
                    ..
                } => Some((form, ordinal, contents)),
                _ => None,
            })
    }

    fn push(&mut self, on: Day, fact: Fact) {
        self.entries.push(Entry { on, fact });
    }

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

fn said(reason: &str) -> Result<String, Refusal> {
    let reason = bounded(reason, "reason")?;
    if reason.is_empty() {
        Err(Refusal::ReasonNeeded)
    } else {
        Ok(reason)
    }
}

/// The sums a report must satisfy.
///
/// # Errors
/// Present above convened, elected above convened, deputies and secretary
/// beyond the committee, and people elected where the contents elect nobody.
pub fn check_numbers(numbers: &Numbers, contents: Contents) -> Result<(), Refusal> {
    if numbers.present > numbers.convened {
        return Err(Refusal::MorePresentThanConvened {
            present: numbers.present,
            convened: numbers.convened,
        });
    }
    let officers = numbers
        .elected_deputies
        .saturating_add(u32::from(numbers.elected_secretary));
    // A branch below nine members elects a secretary (and a deputy) without a
    // committee, so officers without a committee add up (R29).
    if (numbers.elected_committee > 0 && officers > numbers.elected_committee)
        || numbers.elected_committee > numbers.convened
        || officers > numbers.convened
    {
        return Err(Refusal::ElectedDoNotAddUp);
    }
    let elects_committee = numbers.elected_committee > 0 || officers > 0;
    if (elects_committee && !contents.committee)
        || (numbers.elected_delegates > 0 && !contents.delegates)
    {
        return Err(Refusal::NothingToElect);
    }
    Ok(())
}
