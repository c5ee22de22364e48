//! Tally sheets: totals per pile instead of ballots (R17, R18).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ballots::MOST_BALLOTS;
use super::tally::Tally;
use crate::voting::ballot::{BallotKind, Layout, Number};
use crate::voting::profile::{CriterionCode, Effect, ElectionRules};
use crate::voting::refusal::Refusal;
use crate::voting::unconfirmed::Uses;

/// What one pile of ballots adds up to, as written on its sheet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Ballots in the pile.
    pub ballots: u32,
    /// Of these, valid.
    pub valid: u32,
    /// Ballots ruled invalid, by criterion.
    #[serde(default)]
    pub invalid: BTreeMap<CriterionCode, u32>,
    /// Votes for each person, in ballot order.
    pub votes: Vec<u32>,
    /// Votes against each, on lists with boxes; empty on others.
    #[serde(default)]
    pub against: Vec<u32>,
}

impl Sheet {
    /// Whether the sheet adds up: valid and invalid are the pile (R17), nobody
    /// has more votes than there are valid ballots, and all votes together fit
    /// on them (R18).
    ///
    /// # Errors
    /// [`Refusal::RankedByBallot`], [`Refusal::OtherLayout`],
    /// [`Refusal::PapersDoNotAddUp`], [`Refusal::TooManyVotes`].
    pub fn check(&self, layout: &Layout) -> Result<(), Refusal> {
        if layout.kind == BallotKind::Ranked {
            return Err(Refusal::RankedByBallot);
        }
        let names = usize::from(layout.names);
        let boxes = matches!(
            layout.kind,
            BallotKind::AgreeDisagree | BallotKind::SingleName
        );
        let against_fits = self.against.is_empty() || boxes && self.against.len() == names;
        if self.votes.len() != names || !against_fits {
            return Err(Refusal::OtherLayout);
        }
        let invalid: u64 = self.invalid.values().copied().map(u64::from).sum();
        let counted = u64::from(self.valid) + invalid;
        if counted != u64::from(self.ballots) {
            return Err(Refusal::PapersDoNotAddUp {
                returned: self.ballots,
                counted,
            });
        }
        let valid = u64::from(self.valid);
        for (place, number) in (1..=layout.names).filter_map(Number::new).enumerate() {
            let against = self.against.get(place).copied().unwrap_or(0);
            let votes = u64::from(self.votes[place]) + u64::from(against);
            if votes > valid {
                return Err(Refusal::TooManyVotes {
                    number: Some(number),
                    votes,
                    limit: valid,
                });
            }
        }
        let votes: u64 = self.votes.iter().copied().map(u64::from).sum();
        let limit = valid * u64::from(layout.seats);
        if layout.kind == BallotKind::StrikeOut && votes > limit {
            return Err(Refusal::TooManyVotes {
                number: None,
                votes,
                limit,
            });
        }
        Ok(())
    }
}

/// What piles add up to, as the sheet of one pile.
///
/// # Errors
/// As [`Sheet::check`]; [`Refusal::CriterionUnknown`], [`Refusal::TooLarge`].
pub fn add_up(sheets: &[Sheet], layout: &Layout, rules: &ElectionRules) -> Result<Sheet, Refusal> {
    let tally = tally(sheets, layout, rules, &mut Uses::default())?;
    let small = |number: u64| u32::try_from(number).map_err(|_| Refusal::TooLarge);
    let all = |numbers: &[u64]| -> Result<Vec<u32>, Refusal> {
        numbers.iter().map(|number| small(*number)).collect()
    };
    let invalid = tally.invalid.iter();
    Ok(Sheet {
        ballots: small(tally.total())?,
        valid: small(tally.valid)?,
        invalid: invalid
            .map(|(code, ballots)| Ok((code.clone(), small(*ballots)?)))
            .collect::<Result<_, Refusal>>()?,
        votes: all(&tally.votes)?,
        against: all(&tally.against)?,
    })
}

/// Adds up sheets.
///
/// # Errors
/// As [`add_up`].
pub(super) fn tally(
    sheets: &[Sheet],
    layout: &Layout,
    rules: &ElectionRules,
    uses: &mut Uses,
) -> Result<Tally, Refusal> {
    let mut tally = Tally::empty(layout.names);
    for sheet in sheets {
        sheet.check(layout)?;
        tally.valid += u64::from(sheet.valid);
        for (sum, votes) in tally.votes.iter_mut().zip(&sheet.votes) {
            *sum += u64::from(*votes);
        }
        for (place, against) in sheet.against.iter().enumerate() {
            let against = u64::from(*against);
            tally.against[place] += against;
            tally.not_counted[place] +=
                u64::from(sheet.valid) - u64::from(sheet.votes[place]) - against;
        }
        for (code, ballots) in sheet.invalid.iter().filter(|(_, ballots)| **ballots > 0) {
            let (place, criterion) = rules
                .criterion(code)
                .filter(|(_, criterion)| criterion.effect != Effect::NotCountedForPerson)
                .ok_or_else(|| Refusal::CriterionUnknown { code: code.clone() })?;
            if !criterion.confirmed {
                uses.add(&format!("criteria[{place}]"), &criterion.source);
            }
            *tally.invalid.entry(code.clone()).or_default() += u64::from(*ballots);
        }
        if tally.total() > MOST_BALLOTS {
            return Err(Refusal::TooLarge);
        }
    }
    Ok(tally)
}
