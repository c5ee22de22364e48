//! What a report tells besides the board: the instruments it carries out,
//! pilots and trials, difficulties, preparations.

use std::collections::BTreeMap;

use plenum_rules::UnitId;
use plenum_rules::org::UnitVersion;
use plenum_rules::season::InstrumentKind;
use plenum_store::board::Board;
use plenum_store::season::{self as seasons, InstrumentRow, SetApart, Work};
use plenum_store::{congress, org};

use crate::shell::problem::Result;
use crate::shell::{Look, Place};

/// A report looks for difficulties in at most so many units.
const SEARCHED: usize = 5_000;

/// A unit's difficulties, in its own words.
pub struct Difficulty {
    /// The unit.
    pub unit: String,
    /// The unit above it.
    pub above: String,
    /// What it wrote.
    pub text: String,
}

/// A unit set apart, with its name.
pub struct Apart {
    /// The unit on the day.
    pub unit: UnitVersion,
    /// Pilot or trial, basis, what is tried.
    pub apart: SetApart,
    /// When it met or is to meet, as facts.
    pub congress: plenum_rules::congress::Congress,
}

/// All of it.
pub struct Matter {
    /// The topmost unit there is above the node, down to the node.
    pub line: Vec<UnitVersion>,
    /// The directives and plans it carries out, oldest first.
    pub instruments: Vec<InstrumentRow>,
    /// Pilots and trials in the subtree on the day.
    pub apart: Vec<Apart>,
    /// Difficulties reported by the day.
    pub difficulties: Vec<Difficulty>,
    /// Whether the subtree was too large to read every report.
    pub cut: bool,
    /// Preparations in the subtree.
    pub works: Vec<Work>,
}

/// Gathers it.
///
/// # Errors
/// The database's.
pub async fn gather(look: &mut Look, place: &Place, board: &Board) -> Result<Matter> {
    let line = org::path_versions(&mut look.tx, place.unit.unit, place.day).await?;
    let (difficulties, cut) = difficulties(look, place, board).await?;
    Ok(Matter {
        instruments: instruments(look, place, &line).await?,
        apart: apart(look, place).await?,
        difficulties,
        cut,
        works: works(look, place).await?,
        line,
    })
}

async fn inside(look: &mut Look, place: &Place, unit: UnitId) -> Result<bool> {
    let path = org::path_on(&mut look.tx, unit, place.day).await?;
    Ok(path.contains(&place.unit.unit))
}

async fn instruments(
    look: &mut Look,
    place: &Place,
    line: &[UnitVersion],
) -> Result<Vec<InstrumentRow>> {
    let mut rows = seasons::instruments(&mut look.tx, &place.season.id).await?;
    rows.retain(|row| {
        let issued_above = row
            .issuer_unit
            .is_none_or(|unit| line.iter().any(|version| version.unit == unit));
        let kind = matches!(row.kind, InstrumentKind::Directive | InstrumentKind::Plan);
        issued_above && kind && row.key.date <= place.day && !row.is_gone(place.day)
    });
    rows.sort_by_key(|row| row.key.date);
    Ok(rows)
}

async fn apart(look: &mut Look, place: &Place) -> Result<Vec<Apart>> {
    let mut found = Vec::new();
    for apart in seasons::set_apart(&mut look.tx, &place.season.id).await? {
        let on = apart.span.holds(place.day) && inside(look, place, apart.unit).await?;
        if on && let Some(unit) = org::on(&mut look.tx, apart.unit, place.day).await? {
            let congress = congress::load(&mut look.tx, &place.season.id, apart.unit).await?;
            found.push(Apart {
                unit,
                apart,
                congress,
            });
        }
    }
    Ok(found)
}

async fn difficulties(
    look: &mut Look,
    place: &Place,
    board: &Board,
) -> Result<(Vec<Difficulty>, bool)> {
    let mut names: BTreeMap<UnitId, String> = BTreeMap::new();
    names.insert(board.unit.unit, board.unit.name.clone());
    let mut layer = vec![board.unit.clone()];
    let (mut found, mut seen) = (Vec::new(), 0_usize);
    while !layer.is_empty() {
        let ids: Vec<UnitId> = layer.iter().map(|version| version.unit).collect();
        let congresses = congress::load_many(&mut look.tx, &place.season.id, &ids).await?;
        for version in &layer {
            let report = congresses
                .get(&version.unit)
                .filter(|congress| congress.state_on(place.day).is_held())
                .and_then(|congress| congress.report())
                .filter(|(day, _, text)| *day <= place.day && !text.trim().is_empty());
            if let Some((_, _, text)) = report {
                found.push(Difficulty {
                    unit: version.name.clone(),
                    above: version
                        .parent
                        .and_then(|parent| names.get(&parent).cloned())
                        .unwrap_or_default(),
                    text: text.trim().to_owned(),
                });
            }
        }
        seen += layer.len();
        if seen > SEARCHED {
            return Ok((found, true));
        }
        layer = org::children_of_many(&mut look.tx, &ids, place.day).await?;
        names.extend(layer.iter().map(|each| (each.unit, each.name.clone())));
    }
    Ok((found, false))
}

async fn works(look: &mut Look, place: &Place) -> Result<Vec<Work>> {
    let mut found = Vec::new();
    for work in seasons::works(&mut look.tx, &place.season.id).await? {
        let begun = work.latest_on(place.day).is_some();
        if work.until.is_some_and(|until| until <= place.day) {
            continue;
        }
        if (begun || work.total.is_some()) && inside(look, place, work.unit).await? {
            found.push(work);
        }
    }
    Ok(found)
}
