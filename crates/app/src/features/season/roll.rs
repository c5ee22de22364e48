//! Units by name: what the records of a season name by id, people read by name.

use std::collections::BTreeMap;

use plenum_rules::org::UnitVersion;
use plenum_rules::{Day, UnitId};
use plenum_store::season::Season;
use plenum_store::{Tx, org};

use crate::shell::problem::{Problem, Result};
use crate::shell::units;

/// The units some records name, with all units above them, as of a day.
pub struct Roll {
    known: BTreeMap<UnitId, UnitVersion>,
}

impl Roll {
    /// Looks the units up.
    ///
    /// # Errors
    /// The database's.
    pub async fn of(
        tx: &mut Tx,
        units: impl IntoIterator<Item = UnitId>,
        day: Day,
    ) -> Result<Self> {
        let mut ids: Vec<UnitId> = units.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        let lines = org::lines(tx, &ids).await?;
        let known = lines
            .into_iter()
            .filter_map(|(unit, versions)| {
                // As it was on the day, or as near to it as it existed.
                let place = versions.partition_point(|version| version.from <= day);
                let version = place
                    .checked_sub(1)
                    .and_then(|place| versions.get(place))
                    .or_else(|| versions.first());
                version.cloned().map(|version| (unit, version))
            })
            .collect();
        Ok(Self { known })
    }

    /// The name of a unit.
    pub fn name(&self, unit: UnitId) -> String {
        self.known
            .get(&unit)
            .map_or_else(|| "–".to_owned(), |version| version.name.clone())
    }

    /// The code of a unit.
    pub fn code(&self, unit: UnitId) -> String {
        self.known
            .get(&unit)
            .map(|version| version.code.clone())
            .unwrap_or_default()
    }

    /// Whether a unit is the node or stands below it.
    pub fn is_under(&self, unit: UnitId, node: UnitId) -> bool {
        let mut next = Some(unit);
        for _ in 0..=plenum_rules::progress::MOST_LEVELS {
            match next {
                Some(unit) if unit == node => return true,
                Some(unit) => next = self.known.get(&unit).and_then(|version| version.parent),
                None => return false,
            }
        }
        false
    }
}

/// The unit typed into a form by code or name, which must belong to the season.
///
/// # Errors
/// `E-SEA-41`, `E-SEA-45`, `E-SEA-47`, `E-SEA-48`.
pub async fn unit_of(
    tx: &mut Tx,
    season: &Season,
    text: &str,
    day: Day,
    field: &'static str,
) -> Result<UnitVersion> {
    units::typed(tx, Some(season.root), text, day, field).await
}

/// As [`unit_of`], several at once.
///
/// # Errors
/// As [`unit_of`]; `E-SEA-46` where there is none.
pub async fn units_of<'a>(
    tx: &mut Tx,
    season: &Season,
    codes: impl Iterator<Item = &'a str>,
    day: Day,
    field: &'static str,
) -> Result<Vec<UnitVersion>> {
    let mut found: Vec<UnitVersion> = Vec::new();
    for code in codes.filter(|code| !code.is_empty()) {
        let unit = unit_of(tx, season, code, day, field).await?;
        if found.iter().all(|known| known.unit != unit.unit) {
            found.push(unit);
        }
    }
    if found.is_empty() {
        Err(Problem::field("E-SEA-46", field))
    } else {
        Ok(found)
    }
}
