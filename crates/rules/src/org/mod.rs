//! The dated tree of units: what each unit was called, where it stood, of
//! which level and kind it was and how many members it had, on any day.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::timeline::Span;
use crate::{Day, UnitId};

mod apply;
pub mod change;
mod draft;
pub mod export;
pub mod import;
mod list;
pub mod refusal;
mod sound;
pub mod text;
pub mod tree;

#[cfg(test)]
mod tests;

pub use apply::apply;
pub use change::{Change, Edit, NewUnit, Outcome, Part, Vocabulary};
pub use export::export_rows;
pub use import::{ImportPlan, Labels, SheetInput, plan_import};
pub use refusal::Refusal;
pub use sound::Fault;
pub use tree::Tree;

/// A level's code in the profile, such as `branch` or `grassroots`. Levels are
/// data: a union's differ from a party's.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Level(pub String);

/// A kind's code in the profile, such as `residential` or `agency`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Kind(pub String);

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a unit was from one day up to another. A unit's versions do not
/// overlap; where days lie between two of them the unit did not exist.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct UnitVersion {
    /// Whose version this is.
    pub unit: UnitId,
    /// The first day on which it holds.
    pub from: Day,
    /// The first day on which it no longer holds; `None` while it goes on.
    pub until: Option<Day>,
    /// The unit's code, unique among the units that exist on a day.
    pub code: String,
    /// The name as written in documents.
    pub name: String,
    /// The unit directly above; `None` for a root.
    pub parent: Option<UnitId>,
    /// Its level.
    pub level: Level,
    /// Its kind.
    pub kind: Kind,
    /// Official and probationary members.
    pub members: u32,
}

impl UnitVersion {
    /// The days on which it holds.
    #[must_use]
    pub fn span(&self) -> Span {
        Span {
            from: self.from,
            until: self.until,
        }
    }
}

/// How units passed into others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Passage {
    /// Several became one.
    Merge,
    /// One became several.
    Split,
}

/// One unit's passing into another: a merger of three has three of these.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Lineage {
    /// The day on which the new unit stands and the old one no longer does.
    pub day: Day,
    /// The unit that ended.
    pub from: UnitId,
    /// The unit that took its place.
    pub into: UnitId,
    /// How.
    pub how: Passage,
}
