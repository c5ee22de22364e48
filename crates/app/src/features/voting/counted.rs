//! Where the ballots of a result come from.

use plenum_rules::voting::ballot::Ballot as Keyed;
use plenum_store::Tx;

use super::keying;
use crate::shell::elections::Ballot;
use crate::shell::problem::Result;

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
