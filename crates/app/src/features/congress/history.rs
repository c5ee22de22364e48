//! Who recorded what of a congress, from the memory of who did what.

use std::collections::BTreeMap;

use plenum_rules::{SeasonId, UnitId};
use plenum_store::audit::{self, Recorded};
use plenum_store::{Tx, access};

use crate::shell::problem::Result;

/// What was recorded of a congress, the latest first, with people's names.
pub struct History {
    rows: Vec<Recorded>,
    names: BTreeMap<String, String>,
}

impl History {
    /// Loads it.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(tx: &mut Tx, season: &SeasonId, unit: UnitId) -> Result<Self> {
        let rows = audit::of_congress(tx, season, unit).await?;
        let mut names = BTreeMap::new();
        for row in &rows {
            if !names.contains_key(&row.who) {
                let name = access::account_by_login(tx, &row.who)
                    .await?
                    .map_or_else(|| row.who.clone(), |account| account.name);
                names.insert(row.who.clone(), name);
            }
        }
        Ok(Self { rows, names })
    }

    /// The latest row of an event.
    #[must_use]
    pub fn last(&self, event: &str) -> Option<(&Recorded, &str)> {
        self.rows().find(|(row, _)| row.event == event)
    }

    /// Each row with the name of who did it, the latest first.
    pub fn rows(&self) -> impl Iterator<Item = (&Recorded, &str)> {
        self.rows
            .iter()
            .map(|row| (row, self.names.get(&row.who).map_or("", String::as_str)))
    }
}
