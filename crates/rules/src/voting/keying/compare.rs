//! Two or three passes over one bundle side by side: only the ballots that
//! differ are looked at again.

use serde::{Deserialize, Serialize};

use crate::voting::ballot::Ballot;

/// A place of the bundle as the passes have it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Slot {
    /// The position in each pass, from 1; `None` where the pass has no ballot
    /// there: one was missed, or another pass keyed one twice.
    pub at: Vec<Option<u32>>,
    /// The ballot, where all passes have the same.
    pub agreed: Option<Ballot>,
}

/// Lines up the passes of a bundle with as few differences as possible, so
/// that one ballot missed does not make all that follow differ. The first pass
/// is the thread the others are laid against.
#[must_use]
pub fn line_up(passes: &[&[Ballot]]) -> Vec<Slot> {
    let Some((first, others)) = passes.split_first() else {
        return Vec::new();
    };
    let paths: Vec<Vec<Pair>> = others.iter().map(|other| align(first, other)).collect();
    let mut walks: Vec<_> = paths.iter().map(|path| path.iter().peekable()).collect();
    let mut slots = Vec::new();
    let mut place = 0;
    loop {
        // Ballots of the others that the first pass does not have here.
        loop {
            let extra: Vec<Option<usize>> = walks
                .iter_mut()
                .map(|walk| {
                    walk.next_if(|pair| pair.0.is_none())
                        .and_then(|pair| pair.1)
                })
                .collect();
            if extra.iter().all(Option::is_none) {
                break;
            }
            slots.push(slot(passes, None, extra));
        }
        if place == first.len() {
            return slots;
        }
        let others = walks
            .iter_mut()
            .map(|walk| walk.next().and_then(|pair| pair.1))
            .collect();
        slots.push(slot(passes, Some(place), others));
        place += 1;
    }
}

/// Places of one pass and of another that lie side by side.
type Pair = (Option<usize>, Option<usize>);

fn slot(passes: &[&[Ballot]], first: Option<usize>, others: Vec<Option<usize>>) -> Slot {
    let places: Vec<Option<usize>> = std::iter::once(first).chain(others).collect();
    let ballots: Vec<Option<&Ballot>> = places
        .iter()
        .zip(passes)
        .map(|(place, pass)| place.and_then(|place| pass.get(place)))
        .collect();
    let same = ballots.iter().all(|ballot| *ballot == ballots[0]);
    Slot {
        at: places
            .iter()
            .map(|place| place.and_then(|place| u32::try_from(place + 1).ok()))
            .collect(),
        agreed: ballots[0].filter(|_| same).cloned(),
    }
}

/// Lays one sequence against another with the fewest changes: a ballot keyed
/// otherwise, missed or keyed twice is one change each.
fn align(one: &[Ballot], other: &[Ballot]) -> Vec<Pair> {
    let head = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let tail = one[head..]
        .iter()
        .rev()
        .zip(other[head..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let (rows, columns) = (one.len() - head - tail, other.len() - head - tail);
    let changes = table(&one[head..head + rows], &other[head..head + columns]);
    let mut middle = Vec::new();
    let (mut row, mut column) = (rows, columns);
    while row > 0 || column > 0 {
        let here = changes[row][column];
        let step = |row: usize, column: usize| changes[row][column];
        let same = row > 0 && column > 0 && one[head + row - 1] == other[head + column - 1];
        if same || row > 0 && column > 0 && here == step(row - 1, column - 1) + 1 {
            (row, column) = (row - 1, column - 1);
            middle.push((Some(head + row), Some(head + column)));
        } else if row > 0 && here == step(row - 1, column) + 1 {
            row -= 1;
            middle.push((Some(head + row), None));
        } else {
            column -= 1;
            middle.push((None, Some(head + column)));
        }
    }
    let before = (0..head).map(|place| (Some(place), Some(place)));
    let after = (0..tail).map(|place| (Some(head + rows + place), Some(head + columns + place)));
    before
        .chain(middle.into_iter().rev())
        .chain(after)
        .collect()
}

/// The fewest changes between every two beginnings.
fn table(one: &[Ballot], other: &[Ballot]) -> Vec<Vec<u32>> {
    let first: Vec<u32> = (0..).take(other.len() + 1).collect();
    let mut changes = vec![first];
    for (own, start) in one.iter().zip(1..) {
        let above = &changes[changes.len() - 1];
        let mut row = vec![start];
        for (place, theirs) in other.iter().enumerate() {
            let best = if own == theirs {
                above[place]
            } else {
                above[place].min(above[place + 1]).min(row[place]) + 1
            };
            row.push(best);
        }
        changes.push(row);
    }
    changes
}
