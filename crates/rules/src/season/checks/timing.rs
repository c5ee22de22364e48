//! Whether things are done early enough, and congresses near enough to the end
//! of their term.

use super::due;
use super::index::Index;
use crate::Day;
use crate::profile::{Parameters, Profile};
use crate::season::HolidayCalendar;
use crate::season::facts::{Facts, UnitPlan};
use crate::season::finding::{Finding, FindingCode, Limit};

/// A unit without a date shortly before the day by which it must have met.
pub(super) fn undated(index: &Index<'_>, place: usize, found: &mut Vec<Finding>) {
    let unit = index.unit(place);
    if unit.planned.is_some() {
        return;
    }
    let facts = index.facts;
    let near = |due: &Day| due.since(facts.today) <= i32::from(facts.date_days_before_deadline);
    if let Some(due) = due(index, place).filter(near) {
        found.push(
            Finding::about(FindingCode::UndatedNearDeadline, unit.unit).within(Limit::Day(due)),
        );
    }
}

/// The superior reviews, and the committee announces, so many working days
/// before the opening (R42). Not done yet counts as done today: the finding
/// appears on the first day on which it is too late.
pub(super) fn in_time(
    facts: &Facts<'_>,
    unit: &UnitPlan,
    rules: &Parameters,
    found: &mut Vec<Finding>,
) {
    let Some(planned) = &unit.planned else {
        return;
    };
    let steps = [
        (
            FindingCode::ReviewTooLate,
            unit.reviewed,
            &rules.review_before_opening_working_days,
        ),
        (
            FindingCode::AnnouncedTooLate,
            unit.announced,
            &rules.announce_working_days,
        ),
    ];
    for (code, done, by_level) in steps {
        let Some(ahead) = by_level.get(&unit.level).map(|days| days.value) else {
            continue;
        };
        let done = done.unwrap_or(facts.today);
        if facts.holidays.working_days_between(done, planned.first) < u32::from(ahead) {
            let latest = facts.holidays.working_days_before(planned.first, ahead);
            found.push(
                Finding::about(code, unit.unit)
                    .on(planned.first)
                    .within(Limit::Day(latest)),
            );
        }
    }
}

/// What is overdue after a congress met: its report is in within so many
/// working days of its last day, and the result ratified within so many of the
/// report (R39). Whoever elected nobody has nothing to be ratified.
#[must_use]
pub fn overdue_after(
    unit: &UnitPlan,
    profile: &Profile,
    holidays: &HolidayCalendar,
    today: Day,
) -> Option<Finding> {
    let (first, last) = unit.held.filter(|_| unit.expected)?;
    let rules = &profile
        .in_force(first, &unit.level, Some(&unit.kind))?
        .parameters;
    let (code, since, days) = match unit.reported {
        None => {
            let days = rules.report_within_working_days.as_ref()?;
            (FindingCode::ReportOverdue, last, days.value)
        }
        Some(_) if unit.ratified.is_some() || !unit.elects => return None,
        Some(came) => {
            let days = rules.ratify_within_working_days.as_ref()?;
            (FindingCode::RatificationOverdue, came, days.value)
        }
    };
    let latest = holidays.working_days_after(since, days);
    (today > latest).then(|| {
        Finding::about(code, unit.unit)
            .on(since)
            .within(Limit::Day(latest))
    })
}

/// How far a congress moved from the end of its term (R56: a branch's by six
/// months at most, with the consent of the committee above).
pub(super) fn shifted(unit: &UnitPlan, rules: &Parameters, found: &mut Vec<Finding>) {
    let (Some(ends), Some(planned)) = (unit.term_ends, &unit.planned) else {
        return;
    };
    let Some(shift) = rules.shift_months.get(&unit.level) else {
        return;
    };
    if (planned.first..=planned.last).contains(&ends) {
        return;
    }
    let early = planned.last < ends;
    let months = if early { &shift.early } else { &shift.late };
    let Some(months) = months.as_ref().map(|months| months.value) else {
        return;
    };
    let too_far = if early {
        planned.first < ends.plus_months(-i32::from(months))
    } else {
        planned.last > ends.plus_months(i32::from(months))
    };
    let code = if too_far {
        FindingCode::ShiftTooFar
    } else {
        FindingCode::ShiftNeedsConsent
    };
    found.push(
        Finding::about(code, unit.unit)
            .on(planned.first)
            .within(Limit::Number(u16::from(months))),
    );
}
