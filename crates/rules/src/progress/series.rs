//! Series of dated differences, and their stored form.

use std::collections::BTreeMap;
use std::fmt;

use super::measure::{Counts, MEASURES, Measure};
use crate::Day;
use crate::org::{Kind, Level};

/// Which units of a level a group counts.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Facet {
    /// All of them.
    All,
    /// Those of a kind.
    Kind(Kind),
    /// Pilot congresses.
    Pilot,
    /// Trials.
    Trial,
}

impl Facet {
    fn code(&self) -> String {
        match self {
            Self::All => "*".to_owned(),
            Self::Kind(kind) => format!("k{kind}"),
            Self::Pilot => "pilot".to_owned(),
            Self::Trial => "trial".to_owned(),
        }
    }

    fn read(code: &str) -> Option<Self> {
        Some(match code {
            "*" => Self::All,
            "pilot" => Self::Pilot,
            "trial" => Self::Trial,
            _ => Self::Kind(Kind(code.strip_prefix('k')?.to_owned())),
        })
    }
}

/// A group of units: a level, and which of its units.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct GroupKey {
    /// The level.
    pub level: Level,
    /// Which of its units.
    pub facet: Facet,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Step {
    day: Day,
    measure: u8,
    amount: i64,
}

/// Differences by day and measure. Settled: ordered, one for each day and
/// measure, none of them zero; so equal figures have equal series.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Series {
    steps: Vec<Step>,
}

impl Series {
    /// Notes a difference; [`Series::settle`] puts it in its place.
    pub fn push(&mut self, day: Day, measure: Measure, amount: i64) {
        self.steps.push(Step {
            day,
            measure: measure as u8,
            amount,
        });
    }

    /// Notes another series' differences, times `factor`.
    pub fn push_all(&mut self, other: &Self, factor: i64) {
        self.steps.extend(other.steps.iter().map(|step| Step {
            amount: step.amount * factor,
            ..*step
        }));
    }

    /// Orders the differences, adds those of one day and measure, drops zeros.
    pub fn settle(&mut self) {
        self.steps.sort_by_key(|step| (step.day, step.measure));
        let mut kept: Vec<Step> = Vec::with_capacity(self.steps.len());
        for step in self.steps.drain(..) {
            match kept.last_mut() {
                Some(last) if (last.day, last.measure) == (step.day, step.measure) => {
                    last.amount += step.amount;
                }
                _ => kept.push(step),
            }
        }
        kept.retain(|step| step.amount != 0);
        self.steps = kept;
    }

    /// Whether nothing was ever counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The values on a day.
    #[must_use]
    pub fn on(&self, day: Day) -> Counts {
        let mut counts = Counts::default();
        for step in self.steps.iter().take_while(|step| step.day <= day) {
            if let Some(measure) = Measure::at(step.measure) {
                counts[measure] += step.amount;
            }
        }
        counts
    }

    /// The values from each day on which one of them changes.
    #[must_use]
    pub fn by_day(&self) -> Vec<(Day, Counts)> {
        let mut days: Vec<(Day, Counts)> = Vec::new();
        let mut counts = Counts::default();
        for step in &self.steps {
            if let Some(measure) = Measure::at(step.measure) {
                counts[measure] += step.amount;
            }
            match days.last_mut() {
                Some((day, last)) if *day == step.day => *last = counts,
                _ => days.push((step.day, counts)),
            }
        }
        days
    }
}

/// The groups of one node.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// Each group's series.
    pub groups: BTreeMap<GroupKey, Series>,
}

/// Stored counters that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Damaged;

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("stored counters are damaged; `plenum doctor --recount` rebuilds them")
    }
}

impl std::error::Error for Damaged {}

/// The first byte of the stored form.
const FORMAT: u8 = 1;

impl Tally {
    /// Adds another tally's differences, times `factor`, and settles.
    pub fn add(&mut self, other: &Self, factor: i64) {
        for (key, series) in &other.groups {
            let mine = self.groups.entry(key.clone()).or_default();
            mine.push_all(series, factor);
            mine.settle();
        }
        self.groups.retain(|_, series| !series.is_empty());
    }

    /// Settles every series and drops empty groups.
    pub fn settle(&mut self) {
        self.groups.values_mut().for_each(Series::settle);
        self.groups.retain(|_, series| !series.is_empty());
    }

    /// The stored form: small, and equal for equal tallies.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![FORMAT];
        write_number(&mut out, self.groups.len() as u64);
        for (key, series) in &self.groups {
            write_text(&mut out, &key.level.0);
            write_text(&mut out, &key.facet.code());
            let mut body = Vec::new();
            encode_series(&mut body, series);
            write_number(&mut out, body.len() as u64);
            out.extend_from_slice(&body);
        }
        out
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`Damaged`] where the bytes are not what [`Tally::encode`] writes.
    pub fn decode(bytes: &[u8]) -> Result<Self, Damaged> {
        let mut tally = Self::default();
        for group in groups(bytes)? {
            let (key, body) = group?;
            let mut series = Series::default();
            let mut reader = Reader::new(body);
            while let Some((day, mut mask)) = reader.step()? {
                while mask != 0 {
                    let measure = u8::try_from(mask.trailing_zeros()).map_err(|_| Damaged)?;
                    mask &= mask - 1;
                    series.steps.push(Step {
                        day,
                        measure,
                        amount: reader.signed()?,
                    });
                }
            }
            tally.groups.insert(key, series);
        }
        Ok(tally)
    }

    /// The values of every group on a day, read straight from the stored form.
    ///
    /// # Errors
    /// [`Damaged`] where the bytes are not what [`Tally::encode`] writes.
    pub fn read_on(bytes: &[u8], day: Day) -> Result<BTreeMap<GroupKey, Counts>, Damaged> {
        let mut values = BTreeMap::new();
        for group in groups(bytes)? {
            let (key, body) = group?;
            let mut counts = Counts::default();
            let mut reader = Reader::new(body);
            while let Some((on, mut mask)) = reader.step()? {
                if on > day {
                    break;
                }
                while mask != 0 {
                    let place = u8::try_from(mask.trailing_zeros()).map_err(|_| Damaged)?;
                    mask &= mask - 1;
                    let measure = Measure::at(place).ok_or(Damaged)?;
                    counts[measure] += reader.signed()?;
                }
            }
            values.insert(key, counts);
        }
        Ok(values)
    }
}

fn encode_series(out: &mut Vec<u8>, series: &Series) {
    let mut before = 0;
    for day in series.steps.chunk_by(|a, b| a.day == b.day) {
        let number = day[0].day.number();
        write_signed(out, i64::from(number) - i64::from(before));
        before = number;
        let mask = day
            .iter()
            .fold(0_u64, |mask, step| mask | 1 << step.measure);
        write_number(out, mask);
        for step in day {
            write_signed(out, step.amount);
        }
    }
}

fn write_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push((number & 0x7f) as u8);
}

fn write_signed(out: &mut Vec<u8>, number: i64) {
    write_number(out, ((number << 1) ^ (number >> 63)).cast_unsigned());
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    write_number(out, text.len() as u64);
    out.extend_from_slice(text.as_bytes());
}

type Group<'a> = (GroupKey, &'a [u8]);

fn groups(bytes: &[u8]) -> Result<impl Iterator<Item = Result<Group<'_>, Damaged>>, Damaged> {
    let (&format, rest) = bytes.split_first().ok_or(Damaged)?;
    if format != FORMAT {
        return Err(Damaged);
    }
    let mut reader = Reader::new(rest);
    let count = reader.number()?;
    Ok((0..count).map(move |_| {
        let level = Level(reader.text()?.to_owned());
        let facet = Facet::read(reader.text()?).ok_or(Damaged)?;
        let length = reader.number()?;
        Ok((GroupKey { level, facet }, reader.take(length)?))
    }))
}

/// Reads the stored form from its front. Days are stored as the gap to the day
/// before; `day` is the last one read.
struct Reader<'a> {
    bytes: &'a [u8],
    day: i64,
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, day: 0 }
    }

    fn number(&mut self) -> Result<u64, Damaged> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.bytes.split_first().ok_or(Damaged)?;
            self.bytes = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(Damaged)
    }

    fn signed(&mut self) -> Result<i64, Damaged> {
        let number = self.number()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], Damaged> {
        let length = usize::try_from(length).map_err(|_| Damaged)?;
        let (taken, rest) = self.bytes.split_at_checked(length).ok_or(Damaged)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn text(&mut self) -> Result<&'a str, Damaged> {
        let length = self.number()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Damaged)
    }

    /// The next day and the mask of measures that change on it.
    fn step(&mut self) -> Result<Option<(Day, u64)>, Damaged> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        self.day = self.day.checked_add(self.signed()?).ok_or(Damaged)?;
        let mask = self.number()?;
        if mask >> MEASURES != 0 {
            return Err(Damaged);
        }
        Ok(Some((
            Day::from_number(self.day).map_err(|_| Damaged)?,
            mask,
        )))
    }
}
