//! What the facts of a congress say: where it stands on a day, when it was to
//! meet and met, what was reported.

use serde::{Deserialize, Serialize};

use super::facts::{Contents, Entry, Fact, Form, Numbers, Planned};
use super::state::State;
use crate::Day;
use crate::timeline::Timeline;

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

    /// Adds a fact for a day.
    pub(super) fn push(&mut self, on: Day, fact: Fact) {
        self.entries.push(Entry { on, fact });
    }
}
