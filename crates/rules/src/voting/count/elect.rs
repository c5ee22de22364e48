//! Votes in order, and who takes the seats.

use super::Lot;
use super::outcome::{Line, Tie, basis_points};
use super::ranked::RankedRound;
use super::tally::Tally;
use crate::voting::ballot::{Names, Number};
use crate::voting::refusal::Refusal;

/// Who has a seat, and the tie across the last one.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Seating {
    /// By votes from high to low.
    pub elected: Vec<Number>,
    pub tie: Option<Tie>,
    /// Lots that decided something.
    pub lots: usize,
}

impl Seating {
    pub(super) fn of_ranked(
        elected: Option<Number>,
        tied: Vec<Number>,
        lots: usize,
        last: Option<&RankedRound>,
    ) -> Self {
        // Of the round they are tied in, not of first choices.
        let votes = |number: &Number| {
            let mut round = last.into_iter().flat_map(|round| &round.votes);
            let own = round.find(|(other, _)| other == number);
            own.map_or(0, |(_, votes)| *votes)
        };
        let tie = tied.first().map(|first| Tie {
            votes: votes(first),
            // All but one of them stay.
            seats: u32::try_from(tied.len() - 1).unwrap_or(u32::MAX),
            tied: tied.clone(),
        });
        Self {
            elected: elected.into_iter().collect(),
            tie,
            lots,
        }
    }
}

/// The lines of a tally, in ballot order.
pub(super) fn lines(tally: &Tally, need: u64, denominator: u32) -> Vec<Line> {
    let votes = &tally.votes;
    (1..=u8::MAX)
        .map_while(Number::new)
        .zip(votes)
        .map(|(number, own)| {
            let ahead = votes.iter().filter(|votes| *votes > own).count();
            Line {
                number,
                votes: *own,
                against: tally.against[number.place()],
                not_counted: tally.not_counted[number.place()],
                basis_points: basis_points(*own, denominator.into()),
                // Where nothing is needed, nothing is passed.
                passes: need > 0 && *own >= need,
                rank: u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1),
            }
        })
        .collect()
}

/// Numbers by votes, high to low, equal votes in ballot order.
pub(super) fn order(lines: &[Line]) -> Vec<Number> {
    let mut order: Vec<&Line> = lines.iter().collect();
    order.sort_by_key(|line| (std::cmp::Reverse(line.votes), line.number));
    order.into_iter().map(|line| line.number).collect()
}

/// Fills the seats with those who pass, from the most votes down (R19). Equal
/// votes across the last seat are a tie (R20) unless a lot decided it; equal
/// votes elsewhere are none (R21).
pub(super) fn seat(
    lines: &[Line],
    order: &[Number],
    seats: usize,
    lots: &[Lot],
) -> Result<Seating, Refusal> {
    let votes = |wanted: &Number| {
        lines
            .iter()
            .find(|line| line.number == *wanted)
            .filter(|line| line.passes)
            .map(|line| line.votes)
    };
    let passing: Vec<(Number, u64)> = order
        .iter()
        .filter_map(|number| votes(number).map(|votes| (*number, votes)))
        .collect();
    let (Some((_, cut)), Some((_, next))) = (
        seats.checked_sub(1).and_then(|last| passing.get(last)),
        passing.get(seats),
    ) else {
        // Fewer pass than there are seats, or just as many.
        return Ok(Seating {
            elected: passing.into_iter().map(|(number, _)| number).collect(),
            tie: None,
            lots: 0,
        });
    };
    let of = |wanted: &dyn Fn(u64) -> bool| -> Vec<Number> {
        passing
            .iter()
            .filter(|(_, votes)| wanted(*votes))
            .map(|(number, _)| *number)
            .collect()
    };
    if next < cut {
        return Ok(Seating {
            elected: of(&|votes| votes >= *cut),
            tie: None,
            lots: 0,
        });
    }
    let mut elected = of(&|votes| votes > *cut);
    let tied = of(&|votes| votes == *cut);
    let left = seats - elected.len();
    let Some(lot) = lots.iter().find(|lot| lot.is_among(&tied)) else {
        return Ok(Seating {
            elected,
            tie: Some(Tie {
                tied,
                seats: u32::try_from(left).unwrap_or(u32::MAX),
                votes: *cut,
            }),
            lots: 0,
        });
    };
    let drawn: Names = lot.drawn.iter().copied().collect();
    let fits =
        lot.drawn.len() == left && tied.iter().filter(|one| drawn.has(**one)).count() == left;
    if !fits {
        return Err(Refusal::LotDoesNotFit);
    }
    elected.extend(tied.into_iter().filter(|one| drawn.has(*one)));
    Ok(Seating {
        elected,
        tie: None,
        lots: 1,
    })
}
