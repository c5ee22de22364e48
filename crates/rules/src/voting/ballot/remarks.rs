//! What is seen on a paper beside its marks.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::voting::profile::Test;

/// What whoever keys a ballot sees on the paper and numbers cannot say.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// Not a paper of the counting committee.
    NotIssued,
    /// A name outside the list was added.
    NameAdded,
    /// Signed, written on, a private mark, numbers before names.
    WrittenOn,
    /// Several inks.
    SeveralInks,
    /// Something else the instrument names.
    Other,
    /// A mark that can be read in two ways.
    Unclear,
}

impl Remark {
    /// Every remark, in the order of the rulebook.
    pub const ALL: [Self; 6] = [
        Self::NotIssued,
        Self::NameAdded,
        Self::WrittenOn,
        Self::SeveralInks,
        Self::Other,
        Self::Unclear,
    ];

    /// The criterion's test it stands for.
    #[must_use]
    pub fn test(self) -> Test {
        match self {
            Self::NotIssued => Test::NotIssued,
            Self::NameAdded => Test::NameAdded,
            Self::WrittenOn => Test::WrittenOn,
            Self::SeveralInks => Test::SeveralInks,
            Self::Other => Test::Other,
            Self::Unclear => Test::Unclear,
        }
    }

    fn bit(self) -> u8 {
        match self {
            Self::NotIssued => 1,
            Self::NameAdded => 2,
            Self::WrittenOn => 4,
            Self::SeveralInks => 8,
            Self::Other => 16,
            Self::Unclear => 32,
        }
    }
}

/// The remarks about one ballot; written to files as a list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Remark>", into = "Vec<Remark>")]
pub struct Remarks(u8);

impl Remarks {
    /// None.
    pub const NONE: Self = Self(0);

    /// With one more.
    #[must_use]
    pub fn with(self, remark: Remark) -> Self {
        Self(self.0 | remark.bit())
    }

    /// Whether it was made.
    #[must_use]
    pub fn has(self, remark: Remark) -> bool {
        self.0 & remark.bit() != 0
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// The remarks, in the order of the rulebook.
    pub fn iter(self) -> impl Iterator<Item = Remark> {
        Remark::ALL
            .into_iter()
            .filter(move |remark| self.has(*remark))
    }
}

impl From<Vec<Remark>> for Remarks {
    fn from(remarks: Vec<Remark>) -> Self {
        remarks.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Remarks> for Vec<Remark> {
    fn from(remarks: Remarks) -> Self {
        remarks.iter().collect()
    }
}

impl fmt::Debug for Remarks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
