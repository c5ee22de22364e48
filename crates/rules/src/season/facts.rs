//! What the checks look at.

use serde::{Deserialize, Serialize};

use super::holidays::HolidayCalendar;
use super::windows::{Marked, Windows};
use crate::congress::Planned;
use crate::org::{Kind, Level};
use crate::profile::Profile;
use crate::{Day, UnitId};

/// An outside event, for life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct EventId(pub u128);

/// How congresses stand to an outside event.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventRelation {
    /// The event is over before they open (the village-head election of S0).
    MustPrecede,
    /// They keep clear of its days (an examination, a visit).
    MustNotOverlap,
}

/// Something outside the season that its dates must respect.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OutsideEvent {
    /// Which.
    pub id: EventId,
    /// What people call it.
    pub name: String,
    /// Its first day.
    pub first: Day,
    /// Its last day.
    pub last: Day,
    /// The unit for which it counts, with everything below.
    pub scope: UnitId,
    /// Only for this level; `None`: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// Only for this kind; `None`: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// What congresses must do about it.
    pub relation: EventRelation,
    /// The first day on which it binds nobody any more: it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

/// A unit as the season sees it on the day of the check.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitPlan {
    /// The unit.
    pub unit: UnitId,
    /// The unit directly above it.
    pub parent: Option<UnitId>,
    /// Its level.
    pub level: Level,
    /// Its kind.
    pub kind: Kind,
    /// Pilot, trial.
    pub marks: Vec<Marked>,
    /// Whether the season expects a congress of it: not where the season does
    /// not reach its level, nor where the congress was cancelled or handed over.
    pub expected: bool,
    /// When it is to meet.
    pub planned: Option<Planned>,
    /// When it met, first and last day.
    pub held: Option<(Day, Day)>,
    /// When the date that stands was decided and announced.
    pub announced: Option<Day>,
    /// When the superior reviewed it.
    pub reviewed: Option<Day>,
    /// Whether a member is in charge of it.
    pub supervised: bool,
    /// When its term ends, where that is known.
    pub term_ends: Option<Day>,
    /// When its report came in, unless it was returned.
    pub reported: Option<Day>,
    /// When the superior ratified the result.
    pub ratified: Option<Day>,
    /// Whether its congress elects a committee, which the superior ratifies.
    pub elects: bool,
}

impl UnitPlan {
    /// The days that count: those on which it met, else those it is to meet on.
    /// `None` also where no congress is expected.
    #[must_use]
    pub fn days(&self) -> Option<(Day, Day)> {
        let planned = || {
            self.planned
                .as_ref()
                .map(|planned| (planned.first, planned.last))
        };
        self.held.or_else(planned).filter(|_| self.expected)
    }
}

/// Everything the checks look at.
///
/// `units` holds the units to check, with all their ancestors up to the root
/// and, for pilots, every unit of their group; the order is free. Plans and
/// events of a unit that is not among them are not seen.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The day of the check.
    pub today: Day,
    /// The units.
    pub units: &'a [UnitPlan],
    /// The windows of the season's plans.
    pub windows: &'a Windows,
    /// The outside events.
    pub events: &'a [OutsideEvent],
    /// Public holidays.
    pub holidays: &'a HolidayCalendar,
    /// The rules.
    pub profile: &'a Profile,
    /// The day by which every congress of the season is to be held, where one
    /// is set.
    pub closes: Option<Day>,
    /// So many days before its deadline a unit should have a date.
    pub date_days_before_deadline: u16,
}
