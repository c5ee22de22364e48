//! When running terms end: a day for each level of the season, another for a
//! unit that began its term on another day, and where nobody entered either,
//! the day that follows from the unit's congress of an earlier season.

use std::collections::BTreeMap;

use plenum_rules::org::Level;
use plenum_rules::profile::Profile;
use plenum_rules::season::term_end;
use plenum_rules::{Day, SeasonId, UnitId};

use super::Season;
use crate::db::{Result, Row, Tx};
use crate::{args, congress, org};

/// When the running term of one unit ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnitTerm {
    /// The unit.
    pub unit: UnitId,
    /// The last day of its term.
    pub ends: Day,
    /// What says so: a decision, the day of the last congress.
    pub basis: String,
}

fn read(row: &Row) -> Result<(UnitId, UnitTerm)> {
    let unit = row.unit(0)?;
    let term = UnitTerm {
        unit,
        ends: row.day(1)?,
        basis: row.text(2)?,
    };
    Ok((unit, term))
}

/// Which of some units have a term that ends on a day of their own.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn unit_terms_of(
    tx: &mut Tx,
    season: &SeasonId,
    units: &[UnitId],
) -> Result<BTreeMap<UnitId, UnitTerm>> {
    let sql = "SELECT unit, ends, basis FROM unit_term WHERE season = $1 AND unit IN ({ids})";
    let rows = tx.rows_of_units(sql, args![season.as_str()], units).await?;
    rows.iter().map(read).collect()
}

/// The units of a season whose term ends on a day of their own.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn unit_terms(tx: &mut Tx, season: &SeasonId) -> Result<BTreeMap<UnitId, UnitTerm>> {
    let sql = "SELECT unit, ends, basis FROM unit_term WHERE season = $1";
    let rows = tx.rows(sql, args![season.as_str()]).await?;
    rows.iter().map(read).collect()
}

/// The congress of an earlier season that began a unit's running term.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TermBegun {
    /// The name of that season.
    pub season: String,
    /// The congress's last day.
    pub held: Day,
    /// How many months a term of the unit's level lasts.
    pub months: u16,
}

impl TermBegun {
    /// The last day of the term.
    #[must_use]
    pub fn ends(&self) -> Day {
        term_end(self.held, self.months)
    }
}

/// What says when a term ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TermSource<'a> {
    /// Somebody entered it for the unit, on this basis.
    Unit(&'a str),
    /// Somebody entered it for the level.
    Level,
    /// It follows from the unit's congress of an earlier season.
    Congress(&'a TermBegun),
}

/// When the running terms of some units of a season end.
#[derive(Clone, Default, Debug)]
pub struct TermEnds {
    /// By level, as entered.
    levels: BTreeMap<Level, Day>,
    /// By unit, as entered.
    own: BTreeMap<UnitId, UnitTerm>,
    /// By unit, from earlier seasons.
    begun: BTreeMap<UnitId, TermBegun>,
}

impl TermEnds {
    /// When a unit's running term ends, and what says so: what was entered for
    /// it, else for its level, else what follows from its last congress.
    #[must_use]
    pub fn of(&self, unit: UnitId, level: &Level) -> Option<(Day, TermSource<'_>)> {
        if let Some(own) = self.own.get(&unit) {
            return Some((own.ends, TermSource::Unit(&own.basis)));
        }
        if let Some(day) = self.levels.get(level) {
            return Some((*day, TermSource::Level));
        }
        let begun = self.begun.get(&unit)?;
        Some((begun.ends(), TermSource::Congress(begun)))
    }

    /// The units whose end follows from a congress of an earlier season.
    #[must_use]
    pub fn begun(&self) -> &BTreeMap<UnitId, TermBegun> {
        &self.begun
    }
}

/// When the running terms of some units end, each with its level.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn term_ends(
    tx: &mut Tx,
    (season, profile): (&Season, &Profile),
    units: &BTreeMap<UnitId, Level>,
) -> Result<TermEnds> {
    let ids: Vec<UnitId> = units.keys().copied().collect();
    let own = unit_terms_of(tx, &season.id, &ids).await?;
    let entered = season.shape.levels.iter();
    let levels: BTreeMap<Level, Day> = entered
        .filter_map(|each| Some((each.level.clone(), each.running_term_ends?)))
        .collect();
    let unsaid = units
        .iter()
        .filter(|(unit, level)| !own.contains_key(unit) && !levels.contains_key(level))
        .map(|(unit, level)| (*unit, level))
        .collect();
    let begun = begun(tx, (season, profile), &unsaid).await?;
    Ok(TermEnds { levels, own, begun })
}

/// The latest congress that some units held in earlier seasons whose term runs
/// until this season's begins, as far as they were of the same level then.
async fn begun(
    tx: &mut Tx,
    (season, profile): (&Season, &Profile),
    units: &BTreeMap<UnitId, &Level>,
) -> Result<BTreeMap<UnitId, TermBegun>> {
    let mut begun: BTreeMap<UnitId, TermBegun> = BTreeMap::new();
    for earlier in super::all(tx).await? {
        let leads = |level: &Level| match (earlier.term(level), season.term(level)) {
            (Some(before), Some(next)) => before.leads_to(*next),
            _ => false,
        };
        let wanted: Vec<UnitId> = units
            .iter()
            .filter(|(_, level)| earlier.opens < season.opens && leads(level))
            .map(|(unit, _)| *unit)
            .collect();
        if wanted.is_empty() {
            continue;
        }
        let congresses = congress::load_many(tx, &earlier.id, &wanted).await?;
        for (unit, congress) in congresses {
            let months = profile.level(units[&unit]).map(|rule| rule.term_months);
            if let (Some((_, held)), Some(months)) = (congress.held(), months)
                && begun.get(&unit).is_none_or(|known| known.held < held)
            {
                let season = earlier.name.clone();
                let term = TermBegun {
                    season,
                    held,
                    months,
                };
                begun.insert(unit, term);
            }
        }
    }
    let ids: Vec<UnitId> = begun.keys().copied().collect();
    let lines = org::versions_of(tx, &ids).await?;
    begun.retain(|unit, term| {
        let versions = lines.get(unit).map_or(&[][..], Vec::as_slice);
        org::nearest(versions, term.held).is_some_and(|then| then.level == *units[unit])
    });
    Ok(begun)
}

/// Records when a unit's running term ends.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn set_term(tx: &mut Tx, season: &SeasonId, term: &UnitTerm) -> Result<()> {
    tx.run(
        "INSERT INTO unit_term (season, unit, ends, basis) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (season, unit) DO UPDATE SET ends = excluded.ends, basis = excluded.basis",
        args![season.as_str(), term.unit, term.ends, &term.basis],
    )
    .await?;
    Ok(())
}

/// Lets the level's day count for a unit again.
///
/// # Errors
/// [`crate::StoreError::Engine`].
pub async fn clear_term(tx: &mut Tx, season: &SeasonId, unit: UnitId) -> Result<()> {
    let sql = "DELETE FROM unit_term WHERE season = $1 AND unit = $2";
    tx.run(sql, args![season.as_str(), unit]).await?;
    Ok(())
}
