//! Refusals of the rules as texts that name units, not ids.

use plenum_rules::Day;
use plenum_rules::org::text::TextFault;
use plenum_rules::org::{Level, Refusal};
use plenum_rules::profile::Profile;
use plenum_rules::words::day_table;
use plenum_store::{Tx, org};

use crate::shell::language::{Lang, Words};
use crate::shell::problem::{Problem, Result};
use crate::shell::profiles::level_name;

/// How many units a text names at most.
const NAMED: usize = 8;

/// The refusal for a person, at the field that can put it right.
///
/// # Errors
/// The database's.
pub async fn problem(
    tx: &mut Tx,
    profile: &Profile,
    day: Day,
    refusal: &Refusal,
) -> Result<Problem> {
    let units = refusal.units();
    let known = org::near_many(tx, &units, day).await?;
    let names: Vec<String> = units
        .iter()
        .filter_map(|unit| known.get(unit))
        .take(NAMED)
        .map(|version| format!("{} ({})", version.name, version.code))
        .collect();
    let more = units.len().saturating_sub(names.len());
    let problem = Problem::refused(refusal.code())
        .with("units", names.join(", "))
        .with("more", i64::try_from(more).unwrap_or(i64::MAX));
    Ok(particulars(problem, profile, refusal))
}

fn particulars(problem: Problem, profile: &Profile, refusal: &Refusal) -> Problem {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    match refusal {
        Refusal::UnitUnknown { day, .. } => at(problem, "day").with("day", day_table(*day)),
        Refusal::CodeTaken { code, from, .. } => at(problem, "code")
            .with("code", code)
            .with("day", day_table(*from)),
        Refusal::CodeMalformed { code, fault } => at(problem, "code")
            .with("code", code)
            .with("fault", word(*fault)),
        Refusal::NameMalformed { name, fault } => at(problem, "name")
            .with("name", name)
            .with("fault", word(*fault)),
        Refusal::MembersTooMany { members } => {
            at(problem, "members").with("members", i64::from(*members))
        }
        Refusal::LevelUnknown { level } => at(problem, "level").with("level", &level.0),
        Refusal::KindUnknown { kind } => at(problem, "kind").with("kind", &kind.0),
        Refusal::LevelNotAbove {
            level,
            parent_level,
            ..
        } => {
            let problem = levels(at(problem, "level"), profile, "vi", level, parent_level);
            levels(problem, profile, "en", level, parent_level)
        }
        Refusal::ParentMissing { day, .. } => at(problem, "parent").with("day", day_table(*day)),
        Refusal::Circle { .. } => at(problem, "parent"),
        Refusal::TooFew { given } => at(problem, "units").with("given", count(*given)),
        Refusal::NamedTwice { .. }
        | Refusal::LevelsDiffer { .. }
        | Refusal::OneAboveOther { .. } => at(problem, "units"),
        Refusal::ChildLeftOver { .. } | Refusal::NotAChild { .. } => at(problem, "children"),
        Refusal::MembersDoNotAddUp { had, parts } => at(problem, "members")
            .with("had", i64::from(*had))
            .with("parts", i64::try_from(*parts).unwrap_or(i64::MAX)),
        Refusal::BeginsThatDay { day, .. } => at(problem, "day").with("day", day_table(*day)),
        Refusal::EndsLater { until, .. } => at(problem, "day").with("day", day_table(*until)),
        Refusal::UnitTaken { .. }
        | Refusal::ChildrenRemain { .. }
        | Refusal::NothingChanges { .. } => problem,
    }
}

fn at(mut problem: Problem, field: &'static str) -> Problem {
    problem.field = Some(field);
    problem
}

fn levels(
    problem: Problem,
    profile: &Profile,
    lang: &'static str,
    level: &Level,
    parent: &Level,
) -> Problem {
    let (words, own, above) = match lang {
        "vi" => (Words(Lang::Vi), "level_vi", "parent_vi"),
        _ => (Words(Lang::En), "level_en", "parent_en"),
    };
    problem
        .with(own, level_name(words, profile, level))
        .with(above, level_name(words, profile, parent))
}

fn word(fault: TextFault) -> &'static str {
    match fault {
        TextFault::Empty => "empty",
        TextFault::TooLong => "long",
        TextFault::Spaces => "spaces",
        TextFault::Control => "control",
    }
}
