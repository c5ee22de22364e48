//! Findings somebody dealt with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::facts::EventId;
use super::finding::{Finding, FindingCode, Severity};
use super::refusal::Refusal;
use crate::{Actor, Day, UnitId};

/// A superior's consent, as recorded.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Consent {
    /// Who consented.
    pub who: String,
    /// When.
    pub on: Day,
    /// By which instrument.
    pub instrument: String,
}

impl Consent {
    fn is_complete(&self) -> bool {
        !self.who.trim().is_empty() && !self.instrument.trim().is_empty()
    }
}

/// That somebody dealt with a finding. It counts for the finding as it was: set
/// another day, and what was said about the old one no longer helps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Handling {
    /// What was found.
    pub code: FindingCode,
    /// About which unit.
    pub unit: UnitId,
    /// The other unit of the finding.
    pub other: Option<UnitId>,
    /// The outside event of the finding.
    pub event: Option<EventId>,
    /// The day of the finding.
    pub day: Option<Day>,
    /// Why it is fine.
    pub reason: String,
    /// The superior's consent; a finding that blocks does not give way without.
    pub consent: Option<Consent>,
    /// Who recorded it.
    pub by: Actor,
    /// When it was recorded.
    pub on: Day,
}

impl Handling {
    /// Deals with a finding.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] without a reason; [`Refusal::ConsentNeeded`]
    /// where the finding blocks and the consent is not complete.
    pub fn of(
        finding: &Finding,
        reason: &str,
        consent: Option<Consent>,
        by: Actor,
        on: Day,
    ) -> Result<Self, Refusal> {
        let handling = Self {
            code: finding.code,
            unit: finding.unit,
            other: finding.other,
            event: finding.event,
            day: finding.day,
            reason: reason.trim().to_owned(),
            consent,
            by,
            on,
        };
        if handling.reason.is_empty() {
            Err(Refusal::ReasonNeeded)
        } else if handling.suffices() {
            Ok(handling)
        } else {
            Err(Refusal::ConsentNeeded)
        }
    }

    /// Whether it settles this finding.
    #[must_use]
    pub fn settles(&self, finding: &Finding) -> bool {
        self.code == finding.code
            && self.unit == finding.unit
            && self.other == finding.other
            && self.event == finding.event
            && self.day == finding.day
            && self.suffices()
    }

    /// Whether it says enough for the weight of its code; records may come from
    /// elsewhere than [`Handling::of`].
    fn suffices(&self) -> bool {
        !self.reason.trim().is_empty()
            && (self.code.severity() == Severity::Warns
                || self.consent.as_ref().is_some_and(Consent::is_complete))
    }
}

/// The findings nobody dealt with, in their order.
#[must_use]
pub fn outstanding(findings: Vec<Finding>, handlings: &[Handling]) -> Vec<Finding> {
    let mut by_unit: BTreeMap<(UnitId, FindingCode), Vec<&Handling>> = BTreeMap::new();
    for handling in handlings {
        by_unit
            .entry((handling.unit, handling.code))
            .or_default()
            .push(handling);
    }
    findings
        .into_iter()
        .filter(|finding| {
            by_unit
                .get(&(finding.unit, finding.code))
                .is_none_or(|handlings| !handlings.iter().any(|handling| handling.settles(finding)))
        })
        .collect()
}
