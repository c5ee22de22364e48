//! A ballot: what its paper offers, what stands on it, what it means.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::profile::{Criterion, CriterionCode, Effect, ElectionRules, Test};
use super::refusal::Refusal;

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

/// What the rules say of a ballot before anybody rules on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It counts.
    Valid,
    /// It falls under a criterion that rests on somebody's eye or that nobody
    /// confirmed: the counting committee rules on it.
    Doubtful(CriterionCode),
    /// The numbers and a confirmed criterion make it invalid; the counting
    /// committee still puts its name to it (Điều 8).
    Invalid(CriterionCode),
}

/// A ballot read by the rules.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reading {
    /// Whether it counts.
    pub verdict: Verdict,
    /// Whom it is for, if it counts.
    pub votes: Names,
    /// Whom it is against (box to disagree), if it counts.
    pub against: Names,
    /// For whom it counts nothing though it is valid (R14).
    pub not_counted: Names,
    /// The criterion of that, where somebody is concerned.
    pub person_criterion: Option<CriterionCode>,
}

/// Reads a ballot by the rules (R12 to R16). The ballot must be of the layout
/// ([`Ballot::check`]).
#[must_use]
pub fn read(rules: &ElectionRules, layout: &Layout, ballot: &Ballot) -> Reading {
    let mut tests: Vec<Test> = ballot.remarks.iter().map(Remark::test).collect();
    let mut against = Names::NONE;
    let mut not_counted = Names::NONE;
    let votes = match &ballot.marks {
        Marks::Struck(struck) => {
            let left = layout.all().without(*struck);
            if left.count() > u32::from(layout.seats) {
                tests.push(Test::TooMany);
            } else if left.is_empty() {
                tests.push(Test::Nobody);
            }
            left
        }
        Marks::Boxes { agree, disagree } => {
            against = disagree.without(*agree);
            not_counted = layout
                .all()
                .without(agree.or(*disagree))
                .or(agree.and(*disagree));
            if layout.kind == BallotKind::SingleName && !not_counted.is_empty() {
                tests.push(Test::NotOneBox);
            }
            agree.without(*disagree)
        }
        Marks::Order(order) => {
            if order.is_empty() {
                tests.push(Test::Nobody);
            }
            order.first().copied().into_iter().collect()
        }
    };
    let person_criterion = (!not_counted.is_empty())
        .then(|| rules.criterion_for(Test::PersonNotOneBox))
        .flatten()
        .map(|criterion| criterion.code.clone());
    Reading {
        verdict: verdict(rules, &tests),
        votes,
        against,
        not_counted,
        person_criterion,
    }
}

/// The gravest of the tests met: what makes invalid for certain first. A test
/// without a criterion in the profile means nothing there.
fn verdict(rules: &ElectionRules, tests: &[Test]) -> Verdict {
    let met = || {
        tests
            .iter()
            .filter_map(|test| rules.criterion_for(*test))
            .filter(|criterion| criterion.effect != Effect::NotCountedForPerson)
    };
    let certain = |criterion: &&Criterion| {
        criterion.confirmed
            && criterion.effect == Effect::Invalid
            && matches!(
                criterion.test,
                Test::TooMany | Test::Nobody | Test::NotOneBox
            )
    };
    if let Some(criterion) = met().find(certain) {
        return Verdict::Invalid(criterion.code.clone());
    }
    met().next().map_or(Verdict::Valid, |criterion| {
        Verdict::Doubtful(criterion.code.clone())
    })
}
