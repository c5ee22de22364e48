//! A ballot: what its paper offers, what stands on it, what it means.

mod names;
mod reading;
mod remarks;

use serde::{Deserialize, Serialize};

pub use names::{MOST_NAMES, Names, Number};
pub use reading::{Reading, Verdict, read};
pub use remarks::{Remark, Remarks};

use super::refusal::Refusal;

/// The sort of ballot.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BallotKind {
    /// A list on which the voter strikes whom he does not vote for.
    StrikeOut,
    /// Several names, each with a box to agree and a box to disagree.
    AgreeDisagree,
    /// One name with the two boxes.
    SingleName,
    /// Names ranked by preference.
    Ranked,
}

/// What the paper of an election offers. Fixed when it is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The sort of ballot.
    pub kind: BallotKind,
    /// Names on it, 1 to 128.
    pub names: u8,
    /// Seats to fill, at least 1.
    pub seats: u8,
}

impl Layout {
    /// Whether such a paper can be.
    ///
    /// # Errors
    /// [`Refusal::LayoutImpossible`].
    pub fn check(&self) -> Result<(), Refusal> {
        let fits = (1..=MOST_NAMES).contains(&self.names)
            && self.seats >= 1
            && match self.kind {
                BallotKind::StrikeOut => true,
                BallotKind::AgreeDisagree => self.names >= 2,
                BallotKind::SingleName => self.names == 1,
                BallotKind::Ranked => self.seats == 1,
            };
        if fits {
            Ok(())
        } else {
            Err(Refusal::LayoutImpossible {
                kind: self.kind,
                names: self.names.into(),
                seats: self.seats.into(),
            })
        }
    }

    /// Everybody on the list.
    #[must_use]
    pub fn all(&self) -> Names {
        Names::first(self.names)
    }
}

/// What stands on a ballot.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Marks {
    /// On a strike-out list: who is struck.
    Struck(Names),
    /// On a list with boxes: whose box to agree and whose box to disagree is
    /// marked. Somebody can be in both or in neither.
    Boxes {
        /// Box to agree marked.
        agree: Names,
        /// Box to disagree marked.
        disagree: Names,
    },
    /// On a ranked list: numbers by preference, the first choice first.
    Order(Vec<Number>),
}

/// A ballot as it was keyed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    /// What stands on it.
    pub marks: Marks,
    /// What was seen beside.
    #[serde(default, skip_serializing_if = "Remarks::is_empty")]
    pub remarks: Remarks,
}

impl Ballot {
    /// A ballot nobody remarked on.
    #[must_use]
    pub fn plain(marks: Marks) -> Self {
        Self {
            marks,
            remarks: Remarks::NONE,
        }
    }

    /// A strike-out ballot on which these are struck.
    #[must_use]
    pub fn struck(names: Names) -> Self {
        Self::plain(Marks::Struck(names))
    }

    /// With a remark.
    #[must_use]
    pub fn with(self, remark: Remark) -> Self {
        Self {
            remarks: self.remarks.with(remark),
            ..self
        }
    }

    /// Whether it can be of this layout: the right sort, numbers on the list, no
    /// number ranked twice.
    ///
    /// # Errors
    /// [`Refusal::OtherLayout`], [`Refusal::NumberUnknown`],
    /// [`Refusal::NumberTwice`].
    pub fn check(&self, layout: &Layout) -> Result<(), Refusal> {
        let named = match (&self.marks, layout.kind) {
            (Marks::Struck(struck), BallotKind::StrikeOut) => *struck,
            (
                Marks::Boxes { agree, disagree },
                BallotKind::AgreeDisagree | BallotKind::SingleName,
            ) => agree.or(*disagree),
            (Marks::Order(order), BallotKind::Ranked) => {
                let mut seen = Names::NONE;
                for number in order {
                    if seen.has(*number) {
                        return Err(Refusal::NumberTwice { number: *number });
                    }
                    seen = seen.with(*number);
                }
                seen
            }
            _ => return Err(Refusal::OtherLayout),
        };
        match named.without(layout.all()).iter().next() {
            None => Ok(()),
            Some(number) => Err(Refusal::NumberUnknown {
                number: number.get().into(),
                names: layout.names,
            }),
        }
    }
}
