//! What the votes are held against.

use super::{Input, Purpose};
use crate::voting::attendance::Denominator;
use crate::voting::preliminary;
use crate::voting::profile::DenominatorKind;
use crate::voting::unconfirmed::Uses;

/// Votes needed, and of what: in an opinion ballot the support nominees from
/// outside need of those attending (R25), in an introduction ballot nothing.
pub(super) fn needed(
    input: &Input<'_>,
    denominator: Denominator,
    uses: &mut Uses,
) -> (u64, Denominator) {
    let (rules, definition) = (input.rules, input.definition);
    match definition.purpose {
        Purpose::RunOff | Purpose::AlternatesRunOff => (1, denominator),
        Purpose::Introduction => (0, denominator),
        Purpose::Election | Purpose::Alternates => {
            uses.parameter("threshold", &rules.threshold);
            (rules.threshold.value.need(denominator.value), denominator)
        }
        Purpose::Opinion => {
            let present = input.attendance.present;
            let need = preliminary::need(rules, &definition.office, present);
            if let (Some(_), Some(support)) = (need, &rules.nomination.outside_support) {
                uses.parameter("nomination.outside_support", support);
            }
            let attending = Denominator {
                kind: DenominatorKind::Present,
                start: present,
                excluded: Vec::new(),
                value: present,
            };
            (need.unwrap_or(0), attending)
        }
    }
}
