//! The season itself.

use std::collections::BTreeSet;

use plenum_rules::congress::Contents;
use plenum_rules::org::Level;
use plenum_rules::progress::Frame;
use plenum_rules::season::Term;
use plenum_rules::{Day, SeasonId, UnitId};
use serde::{Deserialize, Serialize};

use crate::args;
use crate::db::{Result, Row, StoreError, Tx};

/// A season of congresses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Season {
    /// Its name in addresses.
    pub id: SeasonId,
    /// Its name on screen.
    pub name: String,
    /// The unit at its top.
    pub root: UnitId,
    /// The first day on which congresses are expected.
    pub opens: Day,
    /// The profile whose rules are in force.
    pub profile: String,
    /// What differs between seasons.
    pub shape: Shape,
}

/// What differs between seasons.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Shape {
    /// The levels that hold a congress, from the top down, each with its term:
    /// a branch's is not the committee's.
    pub levels: Vec<ShapeLevel>,
    /// The level of the sentence on top of the page: usually the lowest.
    pub counted: Level,
    /// What a congress of this season contains unless its unit's differs.
    pub contents: Contents,
    /// The day on which pages open unless their address names one: for a
    /// season that is over, its last. Without it, today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages_open_on: Option<Day>,
    /// The last day by which every congress of the season is to be held, where
    /// one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<Day>,
}

/// A level that holds a congress in a season.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShapeLevel {
    /// Which.
    pub level: Level,
    /// The term its congress begins.
    pub term: Term,
    /// The last day of the term that runs until then, where the units of the
    /// level share one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub running_term_ends: Option<Day>,
}

impl Season {
    /// The season as far as counting is concerned.
    #[must_use]
    pub fn frame(&self) -> Frame {
        let levels: BTreeSet<Level> = self
            .shape
            .levels
            .iter()
            .map(|each| each.level.clone())
            .collect();
        Frame {
            levels,
            opens: self.opens,
        }
    }

    /// A level of this season.
    #[must_use]
    pub fn level(&self, level: &Level) -> Option<&ShapeLevel> {
        self.shape.levels.iter().find(|each| each.level == *level)
    }

    /// Whether units of a level can have units below them that hold a congress
    /// in this season: ranks fall from unit to unit.
    #[must_use]
    pub fn counts_below(&self, level: &Level) -> bool {
        let lowest = self.shape.levels.last();
        lowest.is_none_or(|lowest| lowest.level != *level)
    }

    /// The term of a level in this season.
    #[must_use]
    pub fn term(&self, level: &Level) -> Option<&Term> {
        self.level(level).map(|each| &each.term)
    }
}

fn read(row: &Row) -> Result<Season> {
    let id = row.text(0)?;
    Ok(Season {
        id: SeasonId::new(&id)
            .ok_or_else(|| StoreError::Damaged(format!("the season's name {id}")))?,
        name: row.text(1)?,
        root: row.unit(2)?,
        opens: row.day(3)?,
        profile: row.text(4)?,
        shape: serde_json::from_str(&row.text(5)?)
            .map_err(|error| StoreError::Damaged(format!("the season {id} ({error})")))?,
    })
}

const COLUMNS: &str = "id, name, root, opens, profile, shape";

/// The season of a name.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn load(tx: &mut Tx, id: &SeasonId) -> Result<Option<Season>> {
    let sql = format!("SELECT {COLUMNS} FROM season WHERE id = $1");
    tx.row(&sql, args![id.as_str()])
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Every season, the newest first.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn all(tx: &mut Tx) -> Result<Vec<Season>> {
    let sql = format!("SELECT {COLUMNS} FROM season ORDER BY opens DESC, id");
    tx.rows(&sql, &[]).await?.iter().map(read).collect()
}

/// Writes a season, new or changed. Counters are the caller's.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn insert(tx: &mut Tx, season: &Season) -> Result<()> {
    let shape = serde_json::to_string(&season.shape)
        .map_err(|error| StoreError::Damaged(error.to_string()))?;
    tx.run(
        "INSERT INTO season (id, name, root, opens, profile, shape) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, root = excluded.root, opens = excluded.opens, \
         profile = excluded.profile, shape = excluded.shape",
        args![season.id.as_str(), &season.name, season.root, season.opens, &season.profile, shape],
    )
    .await?;
    Ok(())
}

/// How much of a season hangs on one of its levels: congresses of which
/// something is recorded, windows in force on the day or later, ends of terms.
///
/// # Errors
/// [`StoreError::Engine`].
pub async fn uses_of_level(tx: &mut Tx, id: &SeasonId, level: &Level, day: Day) -> Result<i64> {
    let of_level =
        "AND EXISTS (SELECT 1 FROM unit_version v WHERE v.unit = t.unit AND v.level = $2)";
    let questions = [
        format!("SELECT COUNT(*) FROM congress t WHERE t.season = $1 {of_level}"),
        format!("SELECT COUNT(*) FROM unit_term t WHERE t.season = $1 {of_level}"),
    ];
    let mut uses = 0;
    for sql in questions {
        for row in tx.rows(&sql, args![id.as_str(), &level.0]).await? {
            uses += row.int(0)?;
        }
    }
    let sql =
        "SELECT COUNT(*) FROM plan_window WHERE season = $1 AND level = $2 AND until_day > $3";
    for row in tx.rows(sql, args![id.as_str(), &level.0, day]).await? {
        uses += row.int(0)?;
    }
    Ok(uses)
}
