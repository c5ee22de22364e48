//! Findings in words, said the same wherever a date is looked at.

use std::collections::BTreeMap;

use plenum_rules::UnitId;
use plenum_rules::org::UnitVersion;
use plenum_rules::season::{Finding, Limit, OutsideEvent};

use super::language::{Put, Words};

/// What is wrong, in one sentence. `units` and `events` name what it speaks of.
#[must_use]
pub fn finding_text(
    words: Words,
    finding: &Finding,
    units: &BTreeMap<UnitId, UnitVersion>,
    events: &[OutsideEvent],
) -> String {
    let name = |unit: Option<UnitId>| {
        unit.and_then(|unit| units.get(&unit))
            .map_or_else(|| "–".to_owned(), |unit| unit.name.clone())
    };
    let event = finding
        .event
        .and_then(|event| events.iter().find(|known| known.id == event))
        .map_or_else(|| "–".to_owned(), |event| event.name.clone());
    let limit: Put = match finding.limit {
        Some(Limit::Day(day)) => words.day(day).into(),
        Some(Limit::Number(number)) => i64::from(number).into(),
        None => "–".into(),
    };
    let day = finding
        .day
        .map_or_else(|| "–".to_owned(), |day| words.day(day));
    words.say_with(
        &format!("finding-{}", finding.code.code().to_lowercase()),
        &[
            ("unit", name(Some(finding.unit)).into()),
            ("other", name(finding.other).into()),
            ("event", event.into()),
            ("day", day.into()),
            ("limit", limit),
        ],
    )
}
