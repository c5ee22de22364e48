//! Windows: between which days the units of a plan are to meet, and how they
//! tighten on the way down (R55).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::org::{Kind, Level};
use crate::timeline::Timeline;
use crate::{Day, UnitId};

/// A window, for life.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct WindowId(pub u128);

/// What a plan-issuing unit singled a unit out for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// Its congress comes first and the others learn from it (đại hội điểm).
    Pilot,
    /// It tries something out, such as electing the secretary directly (thí
    /// điểm).
    Trial,
}

/// A mark with who gave it and on what basis.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Marked {
    /// Pilot or trial.
    pub mark: Mark,
    /// The unit whose plan singles it out: the others of the same level under
    /// that unit follow a pilot.
    pub by: UnitId,
    /// The decision or plan it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal_basis: Option<String>,
}

/// Which marks a unit bears.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Marks {
    /// It is a pilot.
    pub pilot: bool,
    /// It is a trial.
    pub trial: bool,
}

impl Marks {
    /// The marks of a list.
    #[must_use]
    pub fn of(marked: &[Marked]) -> Self {
        let has = |mark| marked.iter().any(|one| one.mark == mark);
        Self {
            pilot: has(Mark::Pilot),
            trial: has(Mark::Trial),
        }
    }

    /// Just this one.
    #[must_use]
    pub fn only(mark: Mark) -> Self {
        Self {
            pilot: mark == Mark::Pilot,
            trial: mark == Mark::Trial,
        }
    }

    /// Whether the mark is among them.
    #[must_use]
    pub fn has(self, mark: Mark) -> bool {
        match mark {
            Mark::Pilot => self.pilot,
            Mark::Trial => self.trial,
        }
    }
}

/// A window of a plan: the issuer's units of a level (or a kind, or those it
/// marked) meet between two days. It is for the issuer and everything below it.
/// Nothing is overwritten: a changed plan is a later window.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Window {
    /// Which.
    pub id: WindowId,
    /// The unit whose plan it is.
    pub issuer: UnitId,
    /// The level it is for.
    pub level: Level,
    /// The kind it is for; `None`: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Kind>,
    /// Only for units so marked; `None`: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Mark>,
    /// The first day; `None`: as early as they like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Day>,
    /// The last day (thời hạn hoàn thành).
    pub last: Day,
    /// The plan's date: in force from then.
    pub from: Day,
    /// The first day on which it is in force no longer: it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// The superior's recorded consent to loosening: instrument and date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    /// Why it differs from the window before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Window {
    /// Whether a superior consented; an empty text is no consent.
    #[must_use]
    pub fn has_consent(&self) -> bool {
        self.consent
            .as_ref()
            .is_some_and(|text| !text.trim().is_empty())
    }

    /// Whether it is in force on a day.
    #[must_use]
    pub fn holds(&self, day: Day) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Which of one issuer's windows counts: that for a mark before that for a
    /// kind before that for the level; of equals the latest.
    fn standing(&self) -> (bool, bool, Day, WindowId) {
        (self.mark.is_some(), self.kind.is_some(), self.from, self.id)
    }
}

/// For which units a window is sought.
#[derive(Clone, Copy, Debug)]
pub struct Selector<'a> {
    /// Their level.
    pub level: &'a Level,
    /// Their kind; `None`: only windows for all kinds.
    pub kind: Option<&'a Kind>,
    /// Their marks.
    pub marks: Marks,
}

impl<'a> Selector<'a> {
    /// For the units a window is for.
    pub(super) fn of(window: &'a Window) -> Self {
        Self {
            level: &window.level,
            kind: window.kind.as_ref(),
            marks: window.mark.map_or(Marks::default(), Marks::only),
        }
    }

    fn meets(&self, window: &Window) -> bool {
        window.level == *self.level
            && window
                .kind
                .as_ref()
                .is_none_or(|kind| self.kind == Some(kind))
            && window.mark.is_none_or(|mark| self.marks.has(mark))
    }
}

/// A window with the depth of its issuer on one path from the root, which has
/// depth 0.
pub type PathWindow<'a> = (u32, &'a Window);

/// The window that counts for a unit on a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Effective {
    /// The first day.
    pub first: Option<Day>,
    /// The last day: the deadline.
    pub last: Day,
    /// Whose plan sets the first day, where there is one.
    pub first_from: Option<UnitId>,
    /// Whose plan sets the deadline.
    pub from_issuer: UnitId,
    /// Which window sets the deadline.
    pub window: WindowId,
}

impl Effective {
    /// Whether the plans contradict each other and leave no day at all.
    #[must_use]
    pub fn leaves_no_day(&self) -> bool {
        self.first.is_some_and(|first| first > self.last)
    }
}

/// The window that counts on `day`, from the windows of the unit and all its
/// ancestors (R55). Among one issuer's windows the most specific counts; from
/// issuer to issuer a window can only tighten, unless it carries the superior's
/// consent: then the lower one counts.
///
/// A window without a mark opens for the mass, and pilots come before the mass.
/// So its first day does not bind a unit for whose mark some plan on the path
/// has a window; its last day does. For the same reason a consent for the mass
/// does not loosen a window for pilots.
#[must_use]
pub fn effective(on_path: &[PathWindow<'_>], wanted: &Selector<'_>, day: Day) -> Option<Effective> {
    descend(on_path, wanted, day, false)
}

/// `for_mark`: the windows are sought for a mark even where none of them has it.
pub(super) fn descend(
    on_path: &[PathWindow<'_>],
    wanted: &Selector<'_>,
    day: Day,
    for_mark: bool,
) -> Option<Effective> {
    let mut chosen: BTreeMap<u32, &Window> = BTreeMap::new();
    for &(depth, window) in on_path {
        if window.holds(day) && wanted.meets(window) {
            let held = chosen.entry(depth).or_insert(window);
            if window.standing() > held.standing() {
                *held = window;
            }
        }
    }
    let marked = for_mark || chosen.values().any(|window| window.mark.is_some());
    let mut above: Option<Effective> = None;
    let mut mark_seen = false;
    for window in chosen.into_values() {
        let first = window.first.filter(|_| window.mark.is_some() || !marked);
        let own = Effective {
            first,
            last: window.last,
            first_from: first.map(|_| window.issuer),
            from_issuer: window.issuer,
            window: window.id,
        };
        let replaces = window.has_consent() && (window.mark.is_some() || !mark_seen);
        above = Some(match above {
            Some(above) if !replaces => tighten(above, own),
            _ => own,
        });
        mark_seen |= window.mark.is_some();
    }
    above
}

fn tighten(above: Effective, own: Effective) -> Effective {
    let (first, first_from) = if own.first > above.first {
        (own.first, own.first_from)
    } else {
        (above.first, above.first_from)
    };
    let (last, from_issuer, window) = if own.last < above.last {
        (own.last, own.from_issuer, own.window)
    } else {
        (above.last, above.from_issuer, above.window)
    };
    Effective {
        first,
        last,
        first_from,
        from_issuer,
        window,
    }
}

/// The deadline as each day saw it: a step wherever a plan on the path changed
/// it, `None` where none counted any more. Units of one parent with the same
/// level, kind and marks share the answer, unless they issue plans of their own.
#[must_use]
pub fn due_timeline(on_path: &[PathWindow<'_>], wanted: &Selector<'_>) -> Timeline<Option<Day>> {
    let days: BTreeSet<Day> = on_path
        .iter()
        .filter(|(_, window)| wanted.meets(window))
        .flat_map(|(_, window)| [Some(window.from), window.until])
        .flatten()
        .collect();
    let mut due = Timeline::default();
    for day in days {
        let last = effective(on_path, wanted, day).map(|window| window.last);
        if last.is_some() || !due.is_empty() {
            due.set(day, last);
        }
    }
    due
}

/// The windows of a season, found by issuer.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Windows {
    by_issuer: BTreeMap<UnitId, Vec<Window>>,
}

impl Windows {
    /// All windows of a season, in any order.
    #[must_use]
    pub fn new(windows: Vec<Window>) -> Self {
        let mut by_issuer: BTreeMap<UnitId, Vec<Window>> = BTreeMap::new();
        for window in windows {
            by_issuer.entry(window.issuer).or_default().push(window);
        }
        Self { by_issuer }
    }

    /// The windows a unit issued.
    #[must_use]
    pub fn of(&self, issuer: UnitId) -> &[Window] {
        self.by_issuer.get(&issuer).map_or(&[], Vec::as_slice)
    }

    /// The units that issued windows.
    pub fn issuers(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.by_issuer.keys().copied()
    }

    /// The windows on a path of units, the root first.
    #[must_use]
    pub fn on_path(&self, path: &[UnitId]) -> Vec<PathWindow<'_>> {
        (0..)
            .zip(path)
            .flat_map(|(depth, unit)| self.of(*unit).iter().map(move |window| (depth, window)))
            .collect()
    }
}
