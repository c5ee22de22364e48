//! What a count says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::elect::{self, Seating};
use super::need::needed;
use super::next::{self, Next};
use super::ranked::{self, RankedRound};
use super::tally::Tally;
use super::{Decision, Input, Lot, Purpose};
use crate::voting::attendance::Denominator;
use crate::voting::ballot::{BallotKind, Number};
use crate::voting::profile::{CriterionCode, Share, TieRule};
use crate::voting::refusal::Refusal;
use crate::voting::unconfirmed::{Unconfirmed, Uses};

/// A part of a whole in hundredths of a percent, rounded half up: 137 of 272
/// are 5037, written 50,37 % (R10). `None` of nothing.
#[must_use]
pub fn basis_points(part: u64, whole: u64) -> Option<u64> {
    let doubled = u128::from(part) * 20_000 + u128::from(whole);
    (whole > 0).then(|| u64::try_from(doubled / (2 * u128::from(whole))).unwrap_or(u64::MAX))
}

/// The papers, reconciled (R16, R17).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PapersStep {
    /// Printed, where somebody counted them.
    pub printed: Option<u32>,
    /// Printed and not handed out.
    pub unused: Option<u32>,
    /// Handed out, replacements included.
    pub issued: u32,
    /// Spoiled and replaced.
    pub spoiled: u32,
    /// Taken from the boxes.
    pub returned: u32,
    /// Handed out and neither returned nor replaced: reported to the congress.
    pub not_returned: u32,
    /// Valid.
    pub valid: u32,
    /// Ruled invalid, by criterion.
    pub invalid: BTreeMap<CriterionCode, u64>,
    /// Waiting for a ruling, by criterion.
    pub awaiting: BTreeMap<CriterionCode, u64>,
}

/// One person of the list, in ballot order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The number on the ballot.
    pub number: Number,
    /// Votes for the person.
    pub votes: u64,
    /// Votes against (boxes to disagree).
    pub against: u64,
    /// Valid ballots that count nothing for the person (R14).
    pub not_counted: u64,
    /// Votes in hundredths of a percent of the denominator (R10); `None` of
    /// nothing.
    pub basis_points: Option<u64>,
    /// Whether the votes reach what is needed.
    pub passes: bool,
    /// The place by votes, from 1; equal votes share it.
    pub rank: u32,
}

/// People with equal votes across the last seat.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tie {
    /// Who, in ballot order.
    pub tied: Vec<Number>,
    /// Seats for them: fewer than there are of them.
    pub seats: u32,
    /// The votes each has.
    pub votes: u64,
}

/// The result with its steps.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Step 1: the papers.
    pub papers: PapersStep,
    /// Step 2: what votes are held against.
    pub denominator: Denominator,
    /// Step 3: votes needed; in a run-off the most are enough and this is 1; 0
    /// where a ballot decides nothing.
    pub need: u64,
    /// Step 4: the votes, in ballot order.
    pub lines: Vec<Line>,
    /// Step 5: everybody by votes, high to low, equal votes in ballot order.
    pub order: Vec<Number>,
    /// The rounds of a ranked count.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rounds: Vec<RankedRound>,
    /// Step 6: the elected, by votes from high to low.
    pub elected: Vec<Number>,
    /// Alternates, by votes from high to low.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternates: Vec<Number>,
    /// A tie across the last seat (R20) that nobody has decided.
    pub tie: Option<Tie>,
    /// Seats nobody has; where alternates alone are elected, theirs.
    pub open: u32,
    /// What must happen now; empty: nothing.
    pub next: Vec<Next>,
    /// Unconfirmed numbers of the rules that decided something, whether
    /// somebody has confirmed them since or not.
    pub unconfirmed: Vec<Unconfirmed>,
}

impl Outcome {
    /// The votes needed, and of how many: where ballots pass on, of those that
    /// still named somebody in the last round.
    #[must_use]
    pub fn asked(&self, threshold: Share) -> (u64, u64) {
        let Some(last) = self.rounds.last() else {
            return (self.need, self.denominator.value.into());
        };
        let counting: u64 = last.votes.iter().map(|(_, votes)| votes).sum();
        let need = u32::try_from(counting).map_or(u64::MAX, |counting| threshold.need(counting));
        (need, counting)
    }
}

/// Finds the outcome of a tally.
pub(super) fn find(
    input: &Input<'_>,
    decisions: &[Decision],
    tally: &Tally,
    denominator: Denominator,
    mut uses: Uses,
) -> Result<Outcome, Refusal> {
    let definition = input.definition;
    let lots: Vec<Lot> = decisions
        .iter()
        .filter_map(|decision| match decision {
            Decision::Lot(lot) => Some(lot.clone()),
            _ => None,
        })
        .collect();
    // Where the rules ask for another ballot, nobody breaks a tie by lot.
    if !lots.is_empty() && input.rules.tie.value != TieRule::Lot {
        return Err(Refusal::LotDoesNotFit);
    }
    let (need, denominator) = needed(input, denominator, &mut uses);
    let lines = elect::lines(tally, need, denominator.value);
    let order = elect::order(&lines);
    let mut rounds = Vec::new();
    let seating = match definition.purpose {
        Purpose::Opinion | Purpose::Introduction => Seating::default(),
        _ if definition.layout.kind == BallotKind::Ranked => {
            let threshold = input.rules.threshold.value;
            let all = definition.layout.all();
            let found = ranked::run_off(&tally.orders, all, threshold, &lots)?;
            rounds = found.rounds;
            Seating::of_ranked(found.elected, found.tied, found.lots, rounds.last())
        }
        _ => elect::seat(&lines, &order, definition.layout.seats.into(), &lots)?,
    };
    let elects = definition.purpose.elects();
    let taken = u32::try_from(seating.elected.len()).unwrap_or(u32::MAX);
    let seats = if elects {
        definition.layout.seats.into()
    } else {
        0
    };
    let mut drawn = seating.lots;
    let mut outcome = Outcome {
        papers: papers(input, tally)?,
        denominator,
        need,
        lines,
        order,
        rounds,
        elected: seating.elected,
        alternates: Vec::new(),
        tie: seating.tie,
        open: u32::saturating_sub(seats, taken),
        next: Vec::new(),
        unconfirmed: Vec::new(),
    };
    let awaiting: u64 = tally.awaiting.values().sum();
    if awaiting > 0 {
        outcome.next.push(Next::RuleOn(awaiting));
    }
    if definition.purpose.elects_alternates() {
        outcome.alternates = std::mem::take(&mut outcome.elected);
        next::after_alternates_alone(input, decisions, &mut outcome);
    } else if elects {
        next::after_seats(input, decisions, &mut outcome, &mut uses);
        drawn += next::alternates(input, decisions, &lots, &mut outcome, &mut uses)?;
    }
    // A lot that decided nothing was drawn between others than are tied.
    if drawn < lots.len() {
        return Err(Refusal::LotDoesNotFit);
    }
    outcome.unconfirmed = uses.list();
    let to_confirm = outcome
        .unconfirmed
        .iter()
        .filter(|each| !decisions.contains(&Decision::Confirm(each.field.clone())));
    let to_confirm: Vec<Next> = to_confirm.cloned().map(Next::Confirm).collect();
    outcome.next.extend(to_confirm);
    Ok(outcome)
}

fn papers(input: &Input<'_>, tally: &Tally) -> Result<PapersStep, Refusal> {
    let papers = input.papers;
    Ok(PapersStep {
        printed: papers.printed,
        unused: papers
            .printed
            .map(|printed| printed.saturating_sub(papers.issued)),
        issued: papers.issued,
        spoiled: papers.spoiled,
        returned: papers.returned,
        not_returned: papers
            .issued
            .saturating_sub(papers.spoiled)
            .saturating_sub(papers.returned),
        valid: u32::try_from(tally.valid).map_err(|_| Refusal::TooLarge)?,
        invalid: tally.invalid.clone(),
        awaiting: tally.awaiting.clone(),
    })
}
