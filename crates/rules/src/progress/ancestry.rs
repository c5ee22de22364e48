//! Which units stand above a unit, day by day.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::UnitId;
use crate::org::UnitVersion;
use crate::timeline::{Span, Timeline};

/// The units above a unit inside a season, topmost first; `None` on days on
/// which the unit stands outside the season's tree.
pub type Above = Timeline<Option<Arc<[UnitId]>>>;

/// The chains of units above each unit. `versions` must hold every version of
/// the units asked about and of all units that ever stood above them.
pub struct Ancestry<'a> {
    versions: &'a BTreeMap<UnitId, Vec<UnitVersion>>,
    root: UnitId,
    /// For a unit: the chain of whoever stands directly under it.
    under: BTreeMap<UnitId, Above>,
}

impl<'a> Ancestry<'a> {
    /// Chains within the tree of `root`.
    #[must_use]
    pub fn new(versions: &'a BTreeMap<UnitId, Vec<UnitVersion>>, root: UnitId) -> Self {
        Self {
            versions,
            root,
            under: BTreeMap::new(),
        }
    }

    /// The chains above a unit. The season's root stands under nobody; what
    /// stands above the root is outside.
    pub fn above(&mut self, unit: UnitId) -> Above {
        let mut above = Above::default();
        for version in self.versions.get(&unit).map_or(&[][..], Vec::as_slice) {
            if unit == self.root {
                above.set(version.from, Some(Arc::from([])));
            } else {
                above.set(version.from, None);
                if let Some(parent) = version.parent {
                    let under = self.under(parent, 0);
                    copy_within(&under, version.span(), &mut above);
                }
            }
            if let Some(until) = version.until {
                above.set(until, None);
            }
        }
        above
    }

    /// The chain of a unit's direct subordinates. Depth is bounded so that a
    /// damaged tree with a cycle ends in "outside" and not in a loop.
    fn under(&mut self, unit: UnitId, depth: u8) -> Above {
        if let Some(known) = self.under.get(&unit) {
            return known.clone();
        }
        let mut under = Above::default();
        for version in self.versions.get(&unit).map_or(&[][..], Vec::as_slice) {
            under.set(version.from, None);
            if unit == self.root {
                under.set(version.from, Some(Arc::from([unit])));
            } else if let (Some(parent), true) = (version.parent, depth < MOST_LEVELS) {
                let higher = self.under(parent, depth + 1);
                let mut mine = Above::default();
                for (span, chain) in higher.spans() {
                    let longer = chain.as_ref().map(|chain| {
                        chain
                            .iter()
                            .copied()
                            .chain([unit])
                            .collect::<Arc<[UnitId]>>()
                    });
                    mine.set(span.from, longer);
                }
                copy_within(&mine, version.span(), &mut under);
            }
            if let Some(until) = version.until {
                under.set(until, None);
            }
        }
        self.under.insert(unit, under.clone());
        under
    }
}

/// Deeper trees than this are refused at import.
pub const MOST_LEVELS: u8 = 32;

fn copy_within(source: &Above, span: Span, into: &mut Above) {
    for (days, chain) in source.spans() {
        if let Some(days) = days.meet(span) {
            into.set(days.from, chain.clone());
        }
    }
    if let Some(until) = span.until {
        into.set(until, None);
    }
}
