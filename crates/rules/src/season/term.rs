//! Terms of office, as labels: a branch's term is not the committee's.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Day;
use crate::org::Level;

/// A term by its years, written `2025–2027`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Term {
    first_year: u16,
    last_year: u16,
}

/// Why years are not a term.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TermError {
    /// Not two years with a dash between them.
    NotATerm,
    /// The second year is not after the first.
    Reversed,
    /// Years before 1900 or after 2199.
    OutsideReason,
}

impl fmt::Display for TermError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotATerm => "not a term: write 2025–2027",
            Self::Reversed => "the second year of a term comes after the first",
            Self::OutsideReason => "a year before 1900 or after 2199",
        })
    }
}

impl std::error::Error for TermError {}

impl Term {
    /// The term of two years.
    ///
    /// # Errors
    /// [`TermError::Reversed`], [`TermError::OutsideReason`].
    pub fn new(first_year: u16, last_year: u16) -> Result<Self, TermError> {
        if [first_year, last_year]
            .iter()
            .any(|year| !(1900..=2199).contains(year))
        {
            Err(TermError::OutsideReason)
        } else if last_year <= first_year {
            Err(TermError::Reversed)
        } else {
            Ok(Self {
                first_year,
                last_year,
            })
        }
    }

    /// The year in which it begins.
    #[must_use]
    pub fn first_year(self) -> u16 {
        self.first_year
    }

    /// The year in which it ends.
    #[must_use]
    pub fn last_year(self) -> u16 {
        self.last_year
    }

    /// Whether this term runs until the other begins, so that no term lies
    /// between them (2022–2025 before 2025–2027). A term missing from the records
    /// would put the end of this one years too early.
    #[must_use]
    pub fn leads_to(self, next: Self) -> bool {
        self.first_year < next.first_year && self.last_year >= next.first_year
    }

    /// Whether a term of so many months can carry this label. Thirty months are
    /// written 2022–2025 as well as 2025–2027 (S2, S0).
    #[must_use]
    pub fn fits(self, months: u16) -> bool {
        let years = self.last_year - self.first_year;
        (months / 12..=months.div_ceil(12)).contains(&years)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}–{}", self.first_year, self.last_year)
    }
}

impl FromStr for Term {
    type Err = TermError;
    /// Reads `2025–2027`, also with a plain hyphen and with spaces.
    fn from_str(text: &str) -> Result<Self, TermError> {
        let (first, last) = text
            .split_once(['-', '–', '—'])
            .ok_or(TermError::NotATerm)?;
        let year = |part: &str| -> Result<u16, TermError> {
            let part = part.trim();
            let digits = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse()
                .ok()
                .filter(|_| digits)
                .ok_or(TermError::NotATerm)
        };
        Self::new(year(first)?, year(last)?)
    }
}

/// The last day of a term that a congress began on its last day: so many months
/// later, on the same day of the month (R56 is counted from it).
#[must_use]
pub fn term_end(began: Day, months: u16) -> Day {
    began.plus_months(i32::from(months))
}

/// The terms a season begins: one for each level, and what else people name,
/// such as the posts of government (2026–2031 in S0).
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// By level.
    #[serde(default)]
    pub levels: BTreeMap<Level, Term>,
    /// By name, for what is no level.
    #[serde(default)]
    pub others: BTreeMap<String, Term>,
}

impl Terms {
    /// The term of a level's committees.
    #[must_use]
    pub fn of(&self, level: &Level) -> Option<Term> {
        self.levels.get(level).copied()
    }
}
