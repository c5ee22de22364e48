//! Where the ballots of a result come from.

use plenum_rules::voting::count::Ballots;
use plenum_store::Tx;

use super::facts::Ballot;
use crate::shell::problem::Result;

/// The ballots of a keyed count; `None` where votes come from tally sheets.
///
/// # Errors
/// The database's.
#[expect(clippy::unused_async, reason = "the keyed count reads its keys here")]
pub async fn ballots(_tx: &mut Tx, _election: &Ballot) -> Result<Option<Ballots>> {
    Ok(None)
}
