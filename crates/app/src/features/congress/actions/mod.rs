//! What people do to a congress: before it meets, once it met, and where it
//! ends without meeting.

mod before;
mod ended;
mod held;

pub use before::{Dating, Settling, date, postpone, prepare, review, settle};
pub use ended::{cancel, hand_over, resume};
pub use held::{confirm, confirm_many, hold, ratify, return_report};

use plenum_rules::access::Permission;
use plenum_rules::congress::{Congress, Contents, Refusal};
use plenum_rules::org::UnitVersion;
use plenum_rules::{Day, SeasonId};
use plenum_store::season::{self, Season};
use plenum_store::{Tx, congress, org, progress};
use serde_json::Value;

use crate::shell::problem::Result;
use crate::shell::reporting::{is_over, recorded_for};
use crate::shell::{Cx, Problem, profiles};

/// Which congress: its season, its unit's code, and the day on which the code
/// is meant.
#[derive(Clone, Debug)]
pub struct At {
    /// The season's name.
    pub season: String,
    /// The unit's code.
    pub unit: String,
    /// The day; without it the season's own, or today.
    pub on: Option<Day>,
    /// In a season that is over: the day for which something is recorded.
    pub day: Option<Day>,
}

/// A congress with what is needed to decide about it.
pub struct Subject {
    /// The season.
    pub season: Season,
    /// The unit.
    pub unit: UnitVersion,
    /// The congress.
    pub congress: Congress,
    /// The day for which facts are recorded.
    pub recorded: Day,
}

impl Subject {
    /// What this congress contains: as settled, else as the season has it.
    #[must_use]
    pub fn contents(&self) -> Contents {
        self.congress
            .settled()
            .map_or(self.season.shape.contents, |(_, _, contents)| contents)
    }

    /// From so many members the unit meets by delegates (R31), where the rules
    /// in force on the day set a bound.
    #[must_use]
    pub fn bound(&self, day: Day) -> Option<u32> {
        profiles::named(&self.season.profile)?
            .in_force(day, &self.unit.level, Some(&self.unit.kind))?
            .parameters
            .delegate_congress_from
            .as_ref()
            .map(|bound| bound.value)
    }
}

/// Loads a congress; the unit must stand in the season and hold one.
///
/// # Errors
/// Not found; `E-CON-14` where the season expects no congress of this unit;
/// `E-CON-24` for a day to record for that lies in the future or before the
/// season.
pub async fn subject(tx: &mut Tx, today: Day, at: &At) -> Result<Subject> {
    let id = SeasonId::new(&at.season).ok_or_else(Problem::not_found)?;
    let season = season::load(tx, &id)
        .await?
        .ok_or_else(Problem::not_found)?;
    let day = at.on.or(season.shape.pages_open_on).unwrap_or(today);
    let unit = org::by_code(tx, &at.unit, day)
        .await?
        .ok_or_else(Problem::not_found)?;
    if !org::path_on(tx, unit.unit, day)
        .await?
        .contains(&season.root)
    {
        return Err(Problem::not_found());
    }
    if season.term(&unit.level).is_none() {
        return Err(Problem::refused("E-CON-14").with("unit", &unit.name));
    }
    let congress = congress::load(tx, &season.id, unit.unit).await?;
    let recorded = match at.day.filter(|_| is_over(&season, today)) {
        Some(day) if day > today || day < season.opens => {
            return Err(Problem::field("E-CON-24", "day"));
        }
        Some(day) => day,
        None => recorded_for(&season, &congress, today),
    };
    Ok(Subject {
        season,
        unit,
        congress,
        recorded,
    })
}

/// May they? Then the congress.
async fn permitted(cx: &mut Cx, at: &At, permission: Permission) -> Result<Subject> {
    let subject = subject(&mut cx.tx, cx.today, at).await?;
    cx.must(permission, subject.unit.unit).await?;
    Ok(subject)
}

/// Changes a congress: decides, saves, counts and remembers. Answers the day
/// from which the change can be seen.
async fn change(
    cx: &mut Cx,
    mut subject: Subject,
    (event, detail): (&'static str, Value),
    decide: impl FnOnce(&mut Congress, Day) -> std::result::Result<(), Refusal>,
) -> Result<Day> {
    decide(&mut subject.congress, subject.recorded)?;
    let (season, unit) = (&subject.season, subject.unit.unit);
    let pending = progress::before_in(&mut cx.tx, season, &[unit]).await?;
    congress::save(&mut cx.tx, &season.id, unit, &subject.congress, cx.now).await?;
    pending.finish(&mut cx.tx, &[]).await?;
    cx.record(event, Some(season.id.as_str()), Some(unit), &detail)
        .await?;
    cx.touch(unit).await?;
    let written = subject.congress.entries().last();
    Ok(written.map_or(subject.recorded, |entry| entry.on))
}

/// An instant as programs read it.
#[must_use]
pub fn instant(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros)
        .map(|stamp| stamp.to_string())
        .unwrap_or_default()
}
