//! The election a count belongs to, as far as counting needs it.

use plenum_rules::voting::ballot::Layout;
use plenum_rules::voting::machine::Election;
use plenum_rules::voting::profile::ElectionRules;
use plenum_rules::{Actor, Day, SeasonId, UnitId};
use plenum_store::{Tx, voting};

use crate::features::voting::refusals::gone;
use crate::shell::Problem;
use crate::shell::elections::{Ballot, Facts, is_counter};
use crate::shell::problem::Result;

/// An election that is or was counted.
pub struct Subject {
    /// Its id.
    pub id: u128,
    /// The season.
    pub season: SeasonId,
    /// Whose congress.
    pub unit: UnitId,
    /// The rules pinned when papers were handed out.
    pub rules: ElectionRules,
    /// The paper.
    pub layout: Layout,
    /// The names in ballot order.
    pub names: Vec<String>,
    /// Papers taken from the boxes.
    pub returned: u32,
    /// Independent passes over each bundle.
    pub passes: u8,
    /// Whether ballots are keyed now.
    pub open: bool,
    /// When the papers were destroyed, and what stood on them with them.
    pub destroyed: Option<Day>,
    /// The accounts that key here; none: whoever may in the unit.
    counters: Vec<Actor>,
    /// Whether somebody handed in a tally sheet, the other way to count.
    pub sheets: bool,
}

impl Subject {
    /// Only those who count this ballot see what stands on single papers.
    ///
    /// # Errors
    /// `E-VOT-129`.
    pub fn must_count(&self, who: &Actor) -> Result<()> {
        if is_counter(&self.counters, who) {
            return Ok(());
        }
        Err(Problem::refused("E-VOT-129"))
    }
}

/// Loads it.
///
/// # Errors
/// Not found, also before the boxes are opened; `E-VOT-116` once the papers are
/// destroyed.
pub async fn subject(tx: &mut Tx, id: u128) -> Result<Subject> {
    let ballot = voting::load::<Facts>(tx, id).await?;
    let subject = ballot
        .as_ref()
        .and_then(of)
        .ok_or_else(Problem::not_found)?;
    match subject.destroyed {
        Some(on) => Err(gone(on)),
        None => Ok(subject),
    }
}

/// An election's count; `None` before the boxes are opened.
pub fn of(row: &Ballot) -> Option<Subject> {
    let election = &row.facts.election;
    let closed = election.closed()?;
    let paper = &closed.open.paper;
    Some(Subject {
        id: row.id,
        season: row.season.clone(),
        unit: row.unit,
        rules: closed.open.rules.clone(),
        layout: paper.definition.layout,
        names: paper
            .listed
            .rows
            .iter()
            .map(|row| row.name.clone())
            .collect(),
        returned: closed.papers.returned,
        passes: row.facts.passes,
        open: matches!(election, Election::Counting(_)),
        destroyed: row.facts.destroyed().map(|deed| deed.on),
        counters: row.facts.counters.clone(),
        sheets: !row.facts.sheets.is_empty(),
    })
}
