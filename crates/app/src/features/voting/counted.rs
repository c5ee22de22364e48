//! Where the ballots of a result come from.

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
