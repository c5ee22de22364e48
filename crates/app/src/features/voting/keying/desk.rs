//! The keyed count as its rows tell it.

use std::collections::BTreeMap;

use plenum_rules::Actor;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::ballot::Ballot;
use plenum_rules::voting::keying::{
    Bundle, BundleId, Entry, JournalLine, Keying, Pass, Patterns, Resolution,
};
use plenum_store::voting::{self, PassRow, PassState};
use plenum_store::{StoreError, Tx};

use super::subject::Subject;
use crate::shell::Problem;
use crate::shell::problem::Result;

/// Everything on record of a keyed count.
pub struct Desk {
    /// The bundles and how many papers each has.
    pub bundles: BTreeMap<i64, i64>,
    /// Every pass, dropped ones too.
    pub passes: Vec<PassRow>,
    /// The rules' view of it.
    pub keying: Keying,
    /// How many ballots each pass of a bundle has that was not dropped.
    pub keyed: BTreeMap<(i64, i64), usize>,
}

/// Whose account, as the rules compare people: names can be alike.
pub fn actor(account: u128) -> Actor {
    Actor(format!("{account:032x}"))
}

fn number<T: TryFrom<i64>>(value: i64) -> Result<T> {
    T::try_from(value).map_err(|_| StoreError::Damaged("a count's bundle".into()).into())
}

/// A bundle's number as the rules have it.
pub fn bundle_id(bundle: i64) -> Result<BundleId> {
    let number = u16::try_from(bundle).map_err(|_| Problem::not_found())?;
    Ok(BundleId(number))
}

impl Desk {
    /// Loads it.
    ///
    /// # Errors
    /// The database's.
    pub async fn load(tx: &mut Tx, subject: &Subject) -> Result<Self> {
        let bundles = voting::bundles(tx, subject.id).await?;
        let passes = voting::passes(tx, subject.id).await?;
        let journal = voting::keys(tx, subject.id).await?;
        let mut keyed = BTreeMap::new();
        let mut keying = Keying::new(subject.layout, subject.passes).map_err(Problem::from)?;
        for (bundle, papers) in &bundles {
            let tied = Bundle {
                papers: number(*papers)?,
                passes: BTreeMap::new(),
                resolutions: BTreeMap::new(),
            };
            keying.bundles.insert(bundle_id(*bundle)?, tied);
        }
        for pass in passes
            .iter()
            .filter(|pass| pass.state != PassState::Dropped)
        {
            let lines = journal.get(&(pass.bundle, pass.pass, pass.attempt));
            let entry = replay(subject, pass, lines.map_or(&[][..], Vec::as_slice))?;
            keyed.insert((pass.bundle, pass.pass), entry.ballots().len());
            // What is still being keyed is compared with nothing.
            let finished = pass.state == PassState::Finished;
            let ballots = finished.then(|| entry.ballots().to_vec());
            let tied = keying.bundles.get_mut(&bundle_id(pass.bundle)?);
            if let Some(tied) = tied {
                let by = actor(pass.account);
                tied.passes.insert(number(pass.pass)?, Pass { by, ballots });
            }
        }
        let read = voting::resolutions(tx, subject.id).await?;
        for read in read.into_iter().filter(|read| !read.dropped) {
            let resolution = Resolution {
                by: actor(read.account),
                entered: read.ballot,
            };
            if let Some(tied) = keying.bundles.get_mut(&bundle_id(read.bundle)?) {
                tied.resolutions.insert(number(read.slot)?, resolution);
            }
        }
        Ok(Self {
            bundles,
            passes,
            keying,
            keyed,
        })
    }

    /// Which attempts of its passes a bundle's places are of.
    #[must_use]
    pub fn attempts(&self, bundle: i64) -> String {
        let finished = self
            .passes
            .iter()
            .filter(|row| row.bundle == bundle && row.state == PassState::Finished);
        let named = finished.map(|row| format!("{}.{}", row.pass, row.attempt));
        named.collect::<Vec<_>>().join("-")
    }

    /// The pass an account began last, whatever became of it: its keys go on into
    /// the next bundle.
    #[must_use]
    pub fn last_of(&self, account: u128) -> Option<&PassRow> {
        let own = self.passes.iter().filter(|pass| pass.account == account);
        own.max_by_key(|pass| (pass.begun_at, pass.bundle, pass.attempt))
    }

    /// The pass of a bundle that an account has now.
    #[must_use]
    pub fn own(&self, bundle: i64, account: u128) -> Option<&PassRow> {
        self.passes.iter().find(|pass| {
            pass.bundle == bundle && pass.account == account && pass.state != PassState::Dropped
        })
    }
}

/// A pass as its journal tells it, from the keys it began with.
pub fn replay(subject: &Subject, pass: &PassRow, lines: &[JournalLine]) -> Result<Entry> {
    let known = Patterns::known(&pass.patterns);
    let replayed = Entry::replay(&subject.rules, subject.layout, known, lines);
    replayed.map_err(|_| StoreError::Damaged("the journal of a count".into()).into())
}

/// The ballots of a keyed count once nothing differs any more; `None` where
/// nothing is keyed.
///
/// # Errors
/// `E-VOT-01`, `E-VOT-19`, `E-VOT-21`: passes under way, or that differ.
pub async fn keyed(tx: &mut Tx, subject: &Subject) -> Result<Option<Vec<Ballot>>> {
    let desk = Desk::load(tx, subject).await?;
    if desk.bundles.is_empty() {
        return Ok(None);
    }
    desk.keying.ballots().map(Some).map_err(Problem::from)
}

/// Whether a refusal is of one key only, so that the operator goes on.
#[must_use]
pub fn is_of_a_key(refusal: &Refusal) -> bool {
    matches!(
        refusal,
        Refusal::NumberUnknown { .. }
            | Refusal::NumberTwice { .. }
            | Refusal::KeysUnreadable
            | Refusal::NothingBefore
    )
}
