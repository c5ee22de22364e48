//! Numbers on a ballot, and sets of them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The most names on one ballot.
pub const MOST_NAMES: u8 = 128;

/// A person's number on the ballot, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Number(u8);

impl Number {
    /// The number, where a ballot can have it (1 to 128).
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        (1..=MOST_NAMES).contains(&number).then_some(Self(number))
    }

    /// As printed on the ballot.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }

    /// The place in a row of candidates, from 0.
    #[must_use]
    pub fn place(self) -> usize {
        usize::from(self.0 - 1)
    }
}

impl TryFrom<u8> for Number {
    type Error = &'static str;
    fn try_from(number: u8) -> Result<Self, Self::Error> {
        Self::new(number).ok_or("a number on a ballot is 1 to 128")
    }
}

impl From<Number> for u8 {
    fn from(number: Number) -> Self {
        number.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A set of people on a ballot; written to files as their numbers, ascending.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Number>", into = "Vec<Number>")]
pub struct Names(u128);

impl Names {
    /// Nobody.
    pub const NONE: Self = Self(0);

    /// The first `count` numbers (at most 128).
    #[must_use]
    pub fn first(count: u8) -> Self {
        match count {
            0 => Self(0),
            1..MOST_NAMES => Self((1_u128 << count) - 1),
            _ => Self(u128::MAX),
        }
    }

    /// The set with these bits: bit 0 is number 1.
    #[must_use]
    pub fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// The bits: bit 0 is number 1.
    #[must_use]
    pub fn bits(self) -> u128 {
        self.0
    }

    /// With one more.
    #[must_use]
    pub fn with(self, number: Number) -> Self {
        Self(self.0 | (1_u128 << number.place()))
    }

    /// Whether the number is in it.
    #[must_use]
    pub fn has(self, number: Number) -> bool {
        self.0 >> number.place() & 1 == 1
    }

    /// How many.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether nobody is in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those in either.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those not in `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The numbers, ascending.
    pub fn iter(self) -> impl Iterator<Item = Number> {
        (1..=MOST_NAMES)
            .map(Number)
            .filter(move |number| self.has(*number))
    }
}

impl FromIterator<Number> for Names {
    fn from_iter<I: IntoIterator<Item = Number>>(numbers: I) -> Self {
        numbers.into_iter().fold(Self::NONE, Self::with)
    }
}

impl From<Vec<Number>> for Names {
    fn from(numbers: Vec<Number>) -> Self {
        numbers.into_iter().collect()
    }
}

impl From<Names> for Vec<Number> {
    fn from(names: Names) -> Self {
        names.iter().collect()
    }
}

impl fmt::Debug for Names {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Number::get)).finish()
    }
}
