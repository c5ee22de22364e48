//! Which elections an occasion has, and what nobody may do in any of them.

use super::step::Step;
use super::{Chain, Occasion, none};
use crate::voting::profile::{ChainRule, ElectionRules, Office, VoteForm};
use crate::voting::refusal::Refusal;

/// The chain the rules have for an occasion: the trial's where it is one, else
/// the one whose bounds hold the members (R29).
fn rule_for<'a>(rules: &'a ElectionRules, occasion: &Occasion) -> Option<&'a ChainRule> {
    let members = occasion.official_members;
    let mut fitting = rules.chains.iter().filter(|chain| {
        chain.shape == occasion.shape
            && (occasion.trial || !chain.trial)
            && chain
                .members_from
                .as_ref()
                .is_none_or(|from| members >= from.value)
            && chain
                .members_below
                .as_ref()
                .is_none_or(|below| members < below.value)
    });
    // Where there is no chain of its own for the trial, as in branches, whose
    // congress elects the secretary anyway, the common one holds.
    let first = fitting.next()?;
    if first.trial == occasion.trial {
        return Some(first);
    }
    Some(fitting.find(|chain| chain.trial).unwrap_or(first))
}

/// Whether a unit of so many members elects by the same chain as the occasion
/// was planned for (R29): the members convened are the members of the unit.
///
/// # Errors
/// [`Refusal::OtherChain`].
pub fn fits_members(
    rules: &ElectionRules,
    occasion: &Occasion,
    convened: u32,
) -> Result<(), Refusal> {
    let of = |official_members: u32| {
        let occasion = Occasion {
            official_members,
            ..*occasion
        };
        rule_for(rules, &occasion).map(|chain| &chain.code)
    };
    if of(convened) == of(occasion.official_members) {
        return Ok(());
    }
    Err(Refusal::OtherChain {
        convened,
        members: occasion.official_members,
    })
}

impl Chain {
    /// The chain of an occasion. Elections of contents the congress does not
    /// hold do not exist in it (R44); a chain can be empty.
    ///
    /// # Errors
    /// [`Refusal::NoChain`] where the rules have none for it.
    pub fn plan(rules: &ElectionRules, occasion: &Occasion) -> Result<Self, Refusal> {
        let chain = rule_for(rules, occasion).ok_or(Refusal::NoChain)?;
        let held: Vec<&Office> = rules
            .offices_at(occasion.form, occasion.contents)
            .map(|rule| &rule.code)
            .collect();
        let steps = chain
            .steps
            .iter()
            .filter(|step| held.contains(&&step.office))
            .map(|step| Step {
                introduction: step.introduction,
                if_needed: step.if_needed,
                planned_must_be_in: step.planned_must_be_in.clone(),
                ..Step::alone(&step.office, &step.after)
            });
        Ok(Self {
            steps: steps.collect(),
            pause: None,
            replies: Vec::new(),
            by_election: false,
        })
    }

    /// A by-election of some offices, in this order (Điều 28).
    ///
    /// # Errors
    /// [`Refusal::NoSuchElection`] for an office the rules do not know or do not
    /// fill by secret ballot, one such a unit does not have (R29), or the same
    /// twice; [`Refusal::NoChain`].
    pub fn by_election(
        rules: &ElectionRules,
        occasion: &Occasion,
        offices: &[Office],
    ) -> Result<Self, Refusal> {
        let chain = rule_for(rules, occasion).ok_or(Refusal::NoChain)?;
        let mut steps: Vec<Step> = Vec::new();
        for office in offices {
            rules
                .office(office)
                .filter(|rule| rule.vote.value == VoteForm::SecretBallot)
                .ok_or_else(|| none(office))?;
            let before: Vec<Office> = steps.iter().map(|step| step.office.clone()).collect();
            if before.contains(office) {
                return Err(none(office));
            }
            let rule = chain.steps.iter().find(|step| step.office == *office);
            let rule = rule.ok_or_else(|| none(office))?;
            steps.push(Step {
                introduction: rule.introduction,
                if_needed: rule.if_needed,
                planned_must_be_in: rule.planned_must_be_in.clone(),
                ..Step::alone(office, &before)
            });
        }
        Ok(Self {
            steps,
            pause: None,
            replies: Vec::new(),
            by_election: true,
        })
    }
}
