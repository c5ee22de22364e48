//! Where the ballots of a result come from.

use std::collections::BTreeMap;

use plenum_rules::voting::ballot::Ballot as Keyed;
use plenum_store::{Tx, voting};

use super::keying;
use crate::shell::elections::Ballot;
use crate::shell::problem::Result;

/// Whether ballots are keyed one by one; otherwise votes come from tally
/// sheets.
///
/// # Errors
/// The database's.
pub async fn is_keyed(tx: &mut Tx, election: &Ballot) -> Result<bool> {
    Ok(!voting::bundles(tx, election.id).await?.is_empty())
}

/// The ballots of a keyed count once nothing differs; `None` where votes come
/// from tally sheets.
///
/// # Errors
/// As [`keying::keyed`].
pub async fn ballots(tx: &mut Tx, election: &Ballot) -> Result<Option<Vec<Keyed>>> {
    match keying::of(election) {
        Some(subject) => keying::keyed(tx, &subject).await,
        None => Ok(None),
    }
}

/// The bundle of a ballot of the count and the paper's place in it, from 1.
pub fn paper_of(bundles: &BTreeMap<i64, i64>, place: u32) -> Option<(i64, i64)> {
    let mut left = i64::from(place);
    for (bundle, papers) in bundles {
        if left < *papers {
            return Some((*bundle, left + 1));
        }
        left -= papers;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_found_by_its_bundle() {
        let bundles = BTreeMap::from([(1, 3), (2, 2)]);
        assert_eq!(paper_of(&bundles, 0), Some((1, 1)));
        assert_eq!(paper_of(&bundles, 2), Some((1, 3)));
        assert_eq!(paper_of(&bundles, 3), Some((2, 1)));
        assert_eq!(paper_of(&bundles, 5), None);
    }
}
