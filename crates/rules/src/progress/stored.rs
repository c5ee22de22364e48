//! The stored form of counters.
//!
//! A format byte, then the groups in order: level, facet, length, body. A body
//! is blocks of up to [`BLOCK`] days. Each block begins with what had been
//! counted before it, so that a day is read from one block's steps and the
//! heads of those before it: the hundredth day is as fast as the first.
//! Numbers are as short as they are small. Equal tallies have equal bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::measure::{Counts, MEASURES, Measure};
use super::series::{Damaged, Facet, GroupKey, Series, Step, Tally};
use crate::Day;
use crate::org::Level;

/// The first byte of the stored form.
const FORMAT: u8 = 2;
/// Days with a difference in one block.
const BLOCK: usize = 24;
/// No difference and no count of people is beyond this, so that no sum of them
/// can overflow.
const MOST: i64 = 1 << 40;

impl Tally {
    /// The stored form: small, and equal for equal tallies.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let bodies = self
            .groups
            .iter()
            .map(|(key, series)| (key, Cow::Owned(body(series))));
        write_groups(&bodies.collect())
    }

    /// Reads the stored form.
    ///
    /// # Errors
    /// [`Damaged`] where the bytes are not what [`Tally::encode`] writes.
    pub fn decode(bytes: &[u8]) -> Result<Self, Damaged> {
        let groups =
            groups(bytes)?.map(|group| group.and_then(|(key, body)| Ok((key, series(body)?))));
        Ok(Self {
            groups: groups.collect::<Result<_, Damaged>>()?,
        })
    }

    /// The stored form with another tally's differences added, as
    /// [`Tally::encode`] would write the sum. Groups without a difference are
    /// copied unread.
    ///
    /// # Errors
    /// [`Damaged`] where the bytes are not what [`Tally::encode`] writes.
    pub fn merge(bytes: &[u8], change: &Self) -> Result<Vec<u8>, Damaged> {
        let known: Vec<Group<'_>> = groups(bytes)?.collect::<Result<_, Damaged>>()?;
        let mut bodies: BTreeMap<&GroupKey, Cow<'_, [u8]>> = known
            .iter()
            .map(|(key, body)| (key, Cow::Borrowed(*body)))
            .collect();
        for (key, difference) in &change.groups {
            let mut sum = bodies
                .get(key)
                .map_or_else(|| Ok(Series::default()), |body| series(body))?;
            sum.push_all(difference, 1);
            sum.settle();
            if sum.is_empty() {
                bodies.remove(key);
            } else {
                bodies.insert(key, Cow::Owned(body(&sum)));
            }
        }
        Ok(write_groups(&bodies))
    }

    /// The values of every group on a day, read straight from the stored form.
    ///
    /// # Errors
    /// [`Damaged`] where the bytes are not what [`Tally::encode`] writes.
    pub fn read_on(bytes: &[u8], day: Day) -> Result<BTreeMap<GroupKey, Counts>, Damaged> {
        let values = groups(bytes)?
            .map(|group| group.and_then(|(key, body)| Ok((key, body_on(body, day)?))));
        values.collect()
    }

    /// One group's series, read straight from the stored form; empty where the
    /// group is not there.
    ///
    /// # Errors
    /// [`Damaged`] where the bytes are not what [`Tally::encode`] writes.
    pub fn read_group(bytes: &[u8], wanted: &GroupKey) -> Result<Series, Damaged> {
        for group in groups(bytes)? {
            let (key, body) = group?;
            if key == *wanted {
                return series(body);
            }
        }
        Ok(Series::default())
    }
}

fn write_groups(bodies: &BTreeMap<&GroupKey, Cow<'_, [u8]>>) -> Vec<u8> {
    let mut out = vec![FORMAT];
    write_number(&mut out, bodies.len() as u64);
    for (key, body) in bodies {
        write_text(&mut out, &key.level.0);
        write_text(&mut out, &key.facet.code());
        write_number(&mut out, body.len() as u64);
        out.extend_from_slice(body);
    }
    out
}

fn body(series: &Series) -> Vec<u8> {
    let days: Vec<&[Step]> = series.steps.chunk_by(|a, b| a.day == b.day).collect();
    let mut out = Vec::new();
    let mut counted = Counts::default();
    let mut begun = 0;
    for block in days.chunks(BLOCK) {
        let first = i64::from(block[0][0].day.number());
        write_signed(&mut out, first - begun);
        begun = first;
        write_values(
            &mut out,
            Measure::ALL
                .iter()
                .map(|measure| (*measure as u8, counted[*measure])),
        );
        let mut steps = Vec::new();
        let mut before = first;
        for day in block {
            let number = i64::from(day[0].day.number());
            write_signed(&mut steps, number - before);
            before = number;
            write_values(
                &mut steps,
                day.iter().map(|step| (step.measure, step.amount)),
            );
            for step in *day {
                if let Some(measure) = Measure::at(step.measure) {
                    counted[measure] += step.amount;
                }
            }
        }
        write_number(&mut out, steps.len() as u64);
        out.extend_from_slice(&steps);
    }
    out
}

/// Which measures have a value, then the values.
fn write_values(out: &mut Vec<u8>, values: impl Iterator<Item = (u8, i64)> + Clone) {
    let values = values.filter(|(_, value)| *value != 0);
    write_number(
        out,
        values
            .clone()
            .fold(0_u64, |mask, (measure, _)| mask | 1 << measure),
    );
    values.for_each(|(_, value)| write_signed(out, value));
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

fn series(body: &[u8]) -> Result<Series, Damaged> {
    let mut series = Series::default();
    let mut reader = Reader {
        bytes: body,
        day: 0,
    };
    while let Some(block) = reader.block()? {
        let mut steps = block.steps;
        while let Some(day) = steps.next_day()? {
            steps.values(|measure, amount| {
                series.steps.push(Step {
                    day,
                    measure: measure as u8,
                    amount,
                });
            })?;
        }
    }
    Ok(series)
}

fn body_on(body: &[u8], day: Day) -> Result<Counts, Damaged> {
    let mut reader = Reader {
        bytes: body,
        day: 0,
    };
    let mut last = None;
    while let Some(block) = reader.block()? {
        if block.first > day {
            break;
        }
        last = Some(block);
    }
    let Some(Block {
        mut counted,
        mut steps,
        ..
    }) = last
    else {
        return Ok(Counts::default());
    };
    while let Some(on) = steps.next_day()? {
        if on > day {
            break;
        }
        steps.values(|measure, amount| counted[measure] += amount)?;
    }
    Ok(counted)
}

type Group<'a> = (GroupKey, &'a [u8]);

fn groups(bytes: &[u8]) -> Result<impl Iterator<Item = Result<Group<'_>, Damaged>>, Damaged> {
    let (&format, rest) = bytes.split_first().ok_or(Damaged)?;
    if format != FORMAT {
        return Err(Damaged);
    }
    let mut reader = Reader {
        bytes: rest,
        day: 0,
    };
    let count = reader.number()?;
    Ok((0..count).map(move |_| {
        let level = Level(reader.text()?.to_owned());
        let facet = Facet::read(reader.text()?).ok_or(Damaged)?;
        let length = reader.number()?;
        Ok((GroupKey { level, facet }, reader.take(length)?))
    }))
}

/// Some days' differences and what was counted before them.
struct Block<'a> {
    first: Day,
    counted: Counts,
    steps: Reader<'a>,
}

/// Reads the stored form from its front. Days are stored as the gap to the day
/// before; `day` is the last one read.
#[derive(Clone, Copy)]
struct Reader<'a> {
    bytes: &'a [u8],
    day: i64,
}

impl<'a> Reader<'a> {
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
        let number = (number >> 1).cast_signed() ^ -(number & 1).cast_signed();
        if (-MOST..=MOST).contains(&number) {
            Ok(number)
        } else {
            Err(Damaged)
        }
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

    /// Which measures have a value, and each value.
    fn values(&mut self, mut each: impl FnMut(Measure, i64)) -> Result<(), Damaged> {
        let mut mask = self.number()?;
        if mask >> MEASURES != 0 {
            return Err(Damaged);
        }
        while mask != 0 {
            let place = u8::try_from(mask.trailing_zeros()).map_err(|_| Damaged)?;
            mask &= mask - 1;
            each(Measure::at(place).ok_or(Damaged)?, self.signed()?);
        }
        Ok(())
    }

    /// The next block, its steps unread.
    fn block(&mut self) -> Result<Option<Block<'a>>, Damaged> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        self.day += self.signed()?;
        let first = Day::from_number(self.day).map_err(|_| Damaged)?;
        let mut counted = Counts::default();
        self.values(|measure, value| counted[measure] = value)?;
        let length = self.number()?;
        let steps = Reader {
            bytes: self.take(length)?,
            day: self.day,
        };
        Ok(Some(Block {
            first,
            counted,
            steps,
        }))
    }

    /// The next day with differences; its values come next.
    fn next_day(&mut self) -> Result<Option<Day>, Damaged> {
        if self.bytes.is_empty() {
            return Ok(None);
        }
        self.day += self.signed()?;
        Ok(Some(Day::from_number(self.day).map_err(|_| Damaged)?))
    }
}
