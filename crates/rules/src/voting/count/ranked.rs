//! Ranked ballots for one seat: instant run-off. Whoever has the fewest votes
//! leaves, and each ballot passes on to its next choice, until somebody has
//! the share the rules ask for of the ballots still counting.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Lot;
use crate::voting::ballot::{Names, Number};
use crate::voting::profile::Share;
use crate::voting::refusal::Refusal;

/// Numbers by preference, the first choice first.
pub type Order = Vec<Number>;

/// One round of a ranked count.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankedRound {
    /// Votes of those still in it, in ballot order.
    pub votes: Vec<(Number, u64)>,
    /// Valid ballots with no choice left.
    pub exhausted: u64,
    /// Who leaves after it.
    pub leaves: Vec<Number>,
}

/// How a ranked count ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Ranked {
    pub rounds: Vec<RankedRound>,
    pub elected: Option<Number>,
    /// Those between whom somebody must draw; all but one stay.
    pub tied: Vec<Number>,
    /// Lots that decided something.
    pub lots: usize,
}

/// Counts ranked ballots. A tie for who leaves is reported unless a lot among
/// exactly the tied was drawn; it does not matter, and is passed over, where
/// all the tied together have fewer votes than anybody else.
pub(super) fn run_off(
    orders: &BTreeMap<Order, u64>,
    everybody: Names,
    threshold: Share,
    lots: &[Lot],
) -> Result<Ranked, Refusal> {
    let mut rounds: Vec<RankedRound> = Vec::new();
    let mut standing = everybody;
    let mut drawn = 0;
    loop {
        let (votes, exhausted) = choices(orders, standing);
        let counting: u64 = votes.iter().map(|(_, votes)| votes).sum();
        let need = threshold.need(u32::try_from(counting).map_err(|_| Refusal::TooLarge)?);
        let most = votes.iter().max_by_key(|(_, votes)| *votes).copied();
        let mut round = RankedRound {
            votes,
            exhausted,
            leaves: Vec::new(),
        };
        let elected = most
            .filter(|(_, votes)| counting > 0 && *votes >= need)
            .map(|(number, _)| number);
        if counting == 0 || elected.is_some() {
            rounds.push(round);
            return Ok(Ranked {
                rounds,
                elected,
                tied: Vec::new(),
                lots: drawn,
            });
        }
        let (leaves, tied, by_lot) = leavers(&round.votes, lots)?;
        drawn += usize::from(by_lot);
        if !tied.is_empty() {
            rounds.push(round);
            return Ok(Ranked {
                rounds,
                elected: None,
                tied,
                lots: drawn,
            });
        }
        standing = standing.without(leaves.iter().copied().collect());
        round.leaves = leaves;
        rounds.push(round);
    }
}

/// The votes of those standing, and the ballots that name none of them.
fn choices(orders: &BTreeMap<Order, u64>, standing: Names) -> (Vec<(Number, u64)>, u64) {
    let mut votes: BTreeMap<Number, u64> = standing.iter().map(|number| (number, 0)).collect();
    let mut exhausted = 0;
    for (order, times) in orders {
        let choice = order.iter().find(|number| standing.has(**number));
        match choice.and_then(|number| votes.get_mut(number)) {
            Some(sum) => *sum += times,
            None => exhausted += times,
        }
    }
    (votes.into_iter().collect(), exhausted)
}

/// Who leaves, or between whom the lot must decide; and whether one did.
fn leavers(
    votes: &[(Number, u64)],
    lots: &[Lot],
) -> Result<(Vec<Number>, Vec<Number>, bool), Refusal> {
    let fewest = votes.iter().map(|(_, votes)| *votes).min().unwrap_or(0);
    let last: Vec<Number> = votes
        .iter()
        .filter(|(_, votes)| *votes == fewest)
        .map(|(number, _)| *number)
        .collect();
    let next = votes
        .iter()
        .map(|(_, votes)| *votes)
        .filter(|votes| *votes > fewest);
    let together = fewest.saturating_mul(last.len() as u64);
    if last.len() == 1 || next.min().is_some_and(|next| together < next) {
        return Ok((last, Vec::new(), false));
    }
    let Some(lot) = lots.iter().find(|lot| lot.is_among(&last)) else {
        return Ok((Vec::new(), last, false));
    };
    let stays: Names = lot.drawn.iter().copied().collect();
    let leaves: Vec<Number> = last
        .iter()
        .copied()
        .filter(|number| !stays.has(*number))
        .collect();
    if leaves.len() == 1 {
        Ok((leaves, Vec::new(), true))
    } else {
        Err(Refusal::LotDoesNotFit)
    }
}
