//! What people do to a congress.

use plenum_rules::congress::{Congress, Contents};
use plenum_rules::org::UnitVersion;
use plenum_rules::{Day, SeasonId};
use plenum_store::season::{self, Season};
use plenum_store::{Tx, congress, org};

use crate::shell::Problem;
use crate::shell::problem::Result;

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
}

/// A congress with what is needed to decide about it.
pub struct Subject {
    /// The season.
    pub season: Season,
    /// The unit.
    pub unit: UnitVersion,
    /// The congress.
    pub congress: Congress,
}

impl Subject {
    /// What this congress contains: as settled, else as the season has it.
    #[must_use]
    pub fn contents(&self) -> Contents {
        self.congress
            .settled()
            .map_or(self.season.shape.contents, |(_, _, contents)| contents)
    }
}

/// Loads a congress; the unit must stand in the season and hold one.
///
/// # Errors
/// Not found; `E-CON-14` where the season expects no congress of this unit.
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
    Ok(Subject {
        season,
        unit,
        congress,
    })
}

/// An instant as programs read it.
#[must_use]
pub fn instant(micros: i64) -> String {
    jiff::Timestamp::from_microsecond(micros)
        .map(|stamp| stamp.to_string())
        .unwrap_or_default()
}
