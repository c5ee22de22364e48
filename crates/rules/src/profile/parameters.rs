//! The numbers a version of the rules sets, each with where it was read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::org::{Kind, Level};

/// A number of the rules with its source.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter<T> {
    /// The number.
    pub value: T,
    /// Where it was read, or what it was taken from.
    pub source: String,
    /// Whether somebody saw the wording. Where not, the screen says
    /// "unconfirmed" wherever the number decides something.
    pub confirmed: bool,
}

/// How far from the end of the term a congress may move, with the superior's
/// consent (R56). A side that is not given is not limited by the rules.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Months before.
    #[serde(default)]
    pub early: Option<Parameter<u8>>,
    /// Months after.
    #[serde(default)]
    pub late: Option<Parameter<u8>>,
}

/// The most delegates a congress may have (R32), for some units.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelegateCap {
    /// The level it is for.
    pub level: Level,
    /// The kind it is for; `None`: all.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// For units merged from at least so many; `None`: all.
    #[serde(default)]
    pub merged_from: Option<u8>,
    /// For the one unit of this name, where an instrument names it.
    #[serde(default)]
    pub named: Option<String>,
    /// The cap.
    pub cap: Parameter<u32>,
}

/// Everything one version sets. What is absent is not limited: a federation
/// need not ratify anything.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// From so many members a unit meets by delegates (R31).
    #[serde(default)]
    pub delegate_congress_from: Option<Parameter<u32>>,
    /// The most days a congress may take, the preparatory session included
    /// (R43), by level.
    #[serde(default)]
    pub max_days: BTreeMap<Level, Parameter<u8>>,
    /// The most half-days of the preparatory session (R43), by level. A level
    /// that is absent has none.
    #[serde(default)]
    pub preparatory_half_days: BTreeMap<Level, Parameter<u8>>,
    /// Working days by which the superior's review comes before the opening
    /// (R42), by level.
    #[serde(default)]
    pub review_before_opening_working_days: BTreeMap<Level, Parameter<u16>>,
    /// Working days by which the opening is announced before it (R42), by
    /// level.
    #[serde(default)]
    pub announce_working_days: BTreeMap<Level, Parameter<u16>>,
    /// Working days from the closing within which the result is reported (R39).
    #[serde(default)]
    pub report_within_working_days: Option<Parameter<u16>>,
    /// Working days from receipt within which it is ratified (R39).
    #[serde(default)]
    pub ratify_within_working_days: Option<Parameter<u16>>,
    /// How far a congress may move from the end of the term (R56), by level.
    #[serde(default)]
    pub shift_months: BTreeMap<Level, Shift>,
    /// The most delegates (R32).
    #[serde(default)]
    pub delegate_caps: Vec<DelegateCap>,
}

impl Parameters {
    /// The cap on delegates for a unit (R32): the one that names it counts
    /// before the one for its kind, that before the one for its mergers, that
    /// before the level's.
    #[must_use]
    pub fn delegate_cap(
        &self,
        level: &Level,
        kind: Option<&Kind>,
        merged_from: u8,
        name: &str,
    ) -> Option<&Parameter<u32>> {
        self.delegate_caps
            .iter()
            .filter(|rule| {
                rule.level == *level
                    && rule.kind.as_ref().is_none_or(|wanted| Some(wanted) == kind)
                    && rule.merged_from.is_none_or(|least| merged_from >= least)
                    && rule.named.as_deref().is_none_or(|wanted| wanted == name)
            })
            .max_by_key(|rule| (rule.named.is_some(), rule.kind.is_some(), rule.merged_from))
            .map(|rule| &rule.cap)
    }
}
