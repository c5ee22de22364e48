//! Tests of the season room: builders here, stories beside.

mod bulk;
mod holidays;
mod papers;
mod properties;
mod rules;
mod s0;
mod windows;

use super::*;
use crate::congress::Planned;
use crate::org::{Kind, Level};
use crate::profile::Profile;
use crate::{Actor, Day, UnitId};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn level(code: &str) -> Level {
    Level(code.to_owned())
}

fn kind(code: &str) -> Kind {
    Kind(code.to_owned())
}

fn party() -> Profile {
    toml::from_str(include_str!("../../../profiles/vn-party.toml")).unwrap()
}

fn holidays() -> HolidayCalendar {
    let rules: HolidayRules =
        toml::from_str(include_str!("../../../profiles/holidays-vn.toml")).unwrap();
    rules.calendar(2020, 2026)
}

fn planned(first: &str, last: &str) -> Option<Planned> {
    Some(Planned {
        first: day(first),
        last: day(last),
        preparatory_half_days: 0,
    })
}

/// A unit with somebody in charge of it, announced and reviewed long ago.
fn unit(id: u128, parent: Option<u128>, level_code: &str) -> UnitPlan {
    UnitPlan {
        unit: UnitId(id),
        parent: parent.map(UnitId),
        level: level(level_code),
        kind: kind("territorial"),
        marks: vec![],
        expected: true,
        planned: None,
        held: None,
        announced: Some(day("2019-06-01")),
        reviewed: Some(day("2019-06-01")),
        supervised: true,
        term_ends: None,
        reported: None,
        ratified: None,
        elects: true,
    }
}

fn dated(plan: UnitPlan, first: &str, last: &str) -> UnitPlan {
    UnitPlan {
        planned: planned(first, last),
        ..plan
    }
}

fn pilot_of(by: u128, plan: UnitPlan) -> UnitPlan {
    let mark = Marked {
        mark: Mark::Pilot,
        by: UnitId(by),
        legal_basis: Some("the plan".into()),
    };
    UnitPlan {
        marks: vec![mark],
        ..plan
    }
}

fn window(
    id: u128,
    issuer: u128,
    level_code: &str,
    first: Option<&str>,
    last: &str,
    from: &str,
) -> Window {
    Window {
        id: WindowId(id),
        issuer: UnitId(issuer),
        level: level(level_code),
        kind: None,
        mark: None,
        first: first.map(day),
        last: day(last),
        from: day(from),
        until: None,
        consent: None,
        reason: None,
    }
}

/// Facts that stay around for the checks to borrow from.
#[derive(Debug)]
struct Season {
    today: Day,
    units: Vec<UnitPlan>,
    windows: Windows,
    events: Vec<OutsideEvent>,
    holidays: HolidayCalendar,
    profile: Profile,
    ahead: u16,
    closes: Option<Day>,
}

impl Season {
    fn on(today: &str, units: Vec<UnitPlan>) -> Self {
        Self {
            today: day(today),
            units,
            windows: Windows::default(),
            events: vec![],
            holidays: holidays(),
            profile: party(),
            ahead: 10,
            closes: None,
        }
    }

    fn with_windows(self, windows: Vec<Window>) -> Self {
        Self {
            windows: Windows::new(windows),
            ..self
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts {
            today: self.today,
            units: &self.units,
            windows: &self.windows,
            events: &self.events,
            holidays: &self.holidays,
            profile: &self.profile,
            closes: self.closes,
            date_days_before_deadline: self.ahead,
        }
    }

    fn unit_mut(&mut self, id: u128) -> &mut UnitPlan {
        self.units
            .iter_mut()
            .find(|plan| plan.unit == UnitId(id))
            .unwrap()
    }

    /// The codes found, each with its unit.
    fn found(&self) -> Vec<(&'static str, u128)> {
        codes(&check(&self.facts()))
    }
}

fn codes(findings: &[Finding]) -> Vec<(&'static str, u128)> {
    findings
        .iter()
        .map(|finding| (finding.code.code(), finding.unit.0))
        .collect()
}
