//! What can happen to units from a day on, and what it does to the records.
//!
//! **A change may be back-dated.** It then meets versions that stand later,
//! and each of its fields flows on by itself: a later version that still
//! carries the field's old value takes the new one, up to the first version
//! in which the field had been changed. A rename on 1 March therefore shows
//! in a version that 1 June began only for a new member count, and stops
//! before a version that itself brought another name. Nothing flows over days
//! on which the unit did not exist: what was founded anew was described anew.
//!
//! To close, merge or split is a change of whether the unit exists: the
//! versions that follow without a gap go with it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Kind, Level, Lineage, UnitVersion};
use crate::{Day, UnitId};

/// The levels and kinds a profile knows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Vocabulary {
    /// The rank of each level, 0 at the top. A unit's rank is greater than
    /// that of the unit above it; ranks may be skipped.
    pub ranks: BTreeMap<Level, u8>,
    /// The kinds.
    pub kinds: BTreeSet<Kind>,
}

/// A unit that begins.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct NewUnit {
    /// Its name for life, never given to a unit before.
    pub unit: UnitId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The unit directly above; `None` for a root.
    pub parent: Option<UnitId>,
    /// Its level.
    pub level: Level,
    /// Its kind.
    pub kind: Kind,
    /// Its members.
    pub members: u32,
}

/// One of the units into which a unit splits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// The new unit.
    #[serde(flatten)]
    pub unit: NewUnit,
    /// The children of the old unit that pass to it.
    #[serde(default)]
    pub children: Vec<UnitId>,
}

/// What happens to units from a day on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A unit begins.
    Found(NewUnit),
    /// A unit gets another name, and another code where one is given.
    Rename {
        /// Which unit.
        unit: UnitId,
        /// The new name.
        name: String,
        /// The new code; `None` keeps the old one.
        #[serde(default)]
        code: Option<String>,
    },
    /// A unit, with all below it, comes under another.
    Move {
        /// Which unit.
        unit: UnitId,
        /// The new unit above; `None` makes it a root.
        parent: Option<UnitId>,
    },
    /// A unit becomes one of another level or kind.
    Reclassify {
        /// Which unit.
        unit: UnitId,
        /// The level from then on.
        level: Level,
        /// The kind from then on.
        kind: Kind,
    },
    /// A unit has another number of members.
    Resize {
        /// Which unit.
        unit: UnitId,
        /// The number from then on.
        members: u32,
    },
    /// A unit ends and nothing takes its place.
    Close {
        /// Which unit.
        unit: UnitId,
    },
    /// Units of one level become one new unit, which takes their children.
    Merge {
        /// The units that end, at least two.
        units: Vec<UnitId>,
        /// The unit that takes their place.
        into: NewUnit,
    },
    /// One unit becomes several new ones, which share its children and its
    /// members without remainder.
    Split {
        /// The unit that ends.
        unit: UnitId,
        /// The units that take its place, at least two.
        into: Vec<Part>,
    },
}

/// One step that turns the old records into the new. In the order given: what
/// goes and what ends comes before what is put, so that a code is free before
/// another unit carries it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "edit", rename_all = "snake_case")]
pub enum Edit {
    /// The version that begins on `from` goes.
    Drop {
        /// Whose version.
        unit: UnitId,
        /// Its first day.
        from: Day,
    },
    /// The version that begins on `from` ends before `until`.
    End {
        /// Whose version.
        unit: UnitId,
        /// Its first day.
        from: Day,
        /// Its new end.
        until: Day,
    },
    /// The version is added, or takes the place of the one that begins on the
    /// same day.
    Put(UnitVersion),
}

/// What a change does to the records.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Outcome {
    /// The steps, in the order in which to take them.
    pub edits: Vec<Edit>,
    /// Which unit passed into which.
    pub lineage: Vec<Lineage>,
    /// Every unit with an edit, in order.
    pub touched: Vec<UnitId>,
}

impl NewUnit {
    /// The unit's first version, without end.
    pub(super) fn version(&self, day: Day) -> UnitVersion {
        UnitVersion {
            unit: self.unit,
            from: day,
            until: None,
            code: self.code.trim().to_owned(),
            name: self.name.trim().to_owned(),
            parent: self.parent,
            level: self.level.clone(),
            kind: self.kind.clone(),
            members: self.members,
        }
    }
}
