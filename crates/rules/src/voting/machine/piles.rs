//! Tally sheets on their way to a result: one for each pile somebody counted.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::states::Counting;
use crate::Actor;
use crate::voting::count::{Sheet, add_up_sheets};
use crate::voting::refusal::{Refusal, said};

/// The most piles of one person's count.
pub const MOST_PILES: u16 = 200;

/// One independent count on sheets: a sheet for each pile, which together are
/// the ballots returned.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetCount {
    /// Whose account.
    pub by: Actor,
    /// The sheets, by pile from 1.
    pub piles: BTreeMap<u16, Sheet>,
}

/// Sheets taken out of the count again, kept with the reason.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DroppedSheets {
    /// What was dropped, and whose.
    pub count: SheetCount,
    /// Whose account dropped it.
    pub dropped_by: Actor,
    /// Why.
    pub reason: String,
}

/// Where complete counts on sheets differ.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Differing {
    /// Nowhere, or fewer than two are complete.
    Nowhere,
    /// In these piles, which everybody made alike.
    Piles(Vec<u16>),
    /// In their sums; the piles were made otherwise.
    Sums,
}

impl SheetCount {
    /// Ballots of all its piles.
    #[must_use]
    pub fn ballots(&self) -> u64 {
        self.piles
            .values()
            .map(|sheet| u64::from(sheet.ballots))
            .sum()
    }

    /// The sheets in the order of the piles.
    #[must_use]
    pub fn sheets(&self) -> Vec<Sheet> {
        self.piles.values().cloned().collect()
    }
}

impl Counting {
    /// Somebody hands in the sheet of a pile. The same sheet twice is one; another
    /// of the same pile takes its place only once it was taken out with a reason
    /// ([`drop_sheets`]): nobody tries figures until they match (R51).
    ///
    /// # Errors
    /// [`Refusal::SheetThere`]; as [`Sheet::check`], [`Refusal::CriterionUnknown`];
    /// [`Refusal::PapersDoNotAddUp`] where the piles hold more ballots than were
    /// returned, or a pile none; [`Refusal::Beyond`] for a pile beyond
    /// [`MOST_PILES`].
    pub fn hand_in(
        &self,
        counts: &mut Vec<SheetCount>,
        by: &Actor,
        (pile, sheet): (u16, Sheet),
    ) -> Result<(), Refusal> {
        if !(1..=MOST_PILES).contains(&pile) {
            return Err(Refusal::Beyond {
                limit: MOST_PILES.into(),
            });
        }
        let own = counts.iter().position(|count| count.by == *by);
        let mut count = own.map_or_else(
            || SheetCount {
                by: by.clone(),
                piles: BTreeMap::new(),
            },
            |place| counts[place].clone(),
        );
        match count.piles.get(&pile) {
            Some(known) if *known == sheet => return Ok(()),
            Some(_) => return Err(Refusal::SheetThere { pile }),
            None => {}
        }
        let empty = sheet.ballots == 0;
        count.piles.insert(pile, sheet);
        self.sum(&count)?;
        let returned = self.closed.papers.returned;
        let counted = count.ballots();
        if counted > u64::from(returned) || empty && returned > 0 {
            return Err(Refusal::PapersDoNotAddUp { returned, counted });
        }
        match own {
            Some(place) => counts[place] = count,
            None => counts.push(count),
        }
        Ok(())
    }

    /// What a count adds up to, as one sheet.
    pub(super) fn sum(&self, count: &SheetCount) -> Result<Sheet, Refusal> {
        let open = &self.closed.open;
        let layout = &open.paper.definition.layout;
        add_up_sheets(&count.sheets(), layout, &open.rules)
    }

    /// Whether a count holds all the ballots returned.
    #[must_use]
    pub fn is_complete(&self, count: &SheetCount) -> bool {
        !count.piles.is_empty() && count.ballots() == u64::from(self.closed.papers.returned)
    }

    /// Whether at least two counts are there, each complete, and all add up to
    /// the same (R51).
    #[must_use]
    pub fn agree(&self, counts: &[SheetCount]) -> bool {
        let sums: Vec<Option<Sheet>> = counts.iter().map(|count| self.sum(count).ok()).collect();
        counts.len() > 1
            && counts.iter().all(|count| self.is_complete(count))
            && sums.iter().all(|sum| sum.is_some() && *sum == sums[0])
    }

    /// Where the complete counts differ, so that those piles are counted anew:
    /// which figures differ is said to nobody.
    #[must_use]
    pub fn differing(&self, counts: &[SheetCount]) -> Differing {
        let complete: Vec<&SheetCount> = counts
            .iter()
            .filter(|count| self.is_complete(count))
            .collect();
        let [first, others @ ..] = &complete[..] else {
            return Differing::Nowhere;
        };
        let sum = self.sum(first);
        if others.iter().all(|other| self.sum(other) == sum) {
            return Differing::Nowhere;
        }
        let made = |count: &SheetCount| -> Vec<(u16, u32)> {
            let piles = count.piles.iter();
            piles.map(|(pile, sheet)| (*pile, sheet.ballots)).collect()
        };
        if others.iter().any(|other| made(other) != made(first)) {
            return Differing::Sums;
        }
        let differs = |pile: &u16| {
            let sheet = first.piles.get(pile);
            others.iter().any(|other| other.piles.get(pile) != sheet)
        };
        Differing::Piles(first.piles.keys().copied().filter(differs).collect())
    }
}

/// Sheets are taken out of a count again: those of one pile, or all of
/// somebody's. Whoever counted too does not drop another's count.
///
/// # Errors
/// [`Refusal::ReasonNeeded`]; [`Refusal::NotNow`] where there is no such sheet;
/// [`Refusal::OwnCountBeside`].
pub fn drop_sheets(
    counts: &mut Vec<SheetCount>,
    (whose, pile): (&Actor, Option<u16>),
    by: &Actor,
    reason: &str,
) -> Result<DroppedSheets, Refusal> {
    let reason = said(reason)?;
    if by != whose && counts.iter().any(|count| count.by == *by) {
        return Err(Refusal::OwnCountBeside { who: by.clone() });
    }
    let missing = Refusal::NotNow {
        verb: "drop_sheets",
        state: "no such sheet",
    };
    let place = counts
        .iter()
        .position(|count| count.by == *whose)
        .ok_or_else(|| missing.clone())?;
    let mut dropped = SheetCount {
        by: whose.clone(),
        piles: BTreeMap::new(),
    };
    match pile {
        None => dropped.piles.append(&mut counts[place].piles),
        Some(pile) => {
            let sheet = counts[place].piles.remove(&pile).ok_or(missing)?;
            dropped.piles.insert(pile, sheet);
        }
    }
    if counts[place].piles.is_empty() {
        counts.remove(place);
    }
    Ok(DroppedSheets {
        count: dropped,
        dropped_by: by.clone(),
        reason,
    })
}
