//! A row of either engine.

use plenum_rules::{Day, UnitId};
use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::db::{NO_END, Result, StoreError};
use crate::embedded::Cells;

/// A row; columns are read by their place.
pub enum Row {
    /// From SQLite.
    Sqlite(Cells),
    /// From PostgreSQL.
    Postgres(PgRow),
}

macro_rules! get {
    ($self:expr, $place:expr, $kind:ty) => {
        match $self {
            Row::Sqlite(cells) => cells.get::<$kind>($place)?,
            Row::Postgres(row) => row.try_get::<$kind, _>($place)?,
        }
    };
}

impl Row {
    /// A number.
    ///
    /// # Errors
    /// [`StoreError::Engine`] where the column is something else.
    pub fn int(&self, place: usize) -> Result<i64> {
        Ok(get!(self, place, i64))
    }

    /// A number or nothing.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn opt_int(&self, place: usize) -> Result<Option<i64>> {
        Ok(get!(self, place, Option<i64>))
    }

    /// Text.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn text(&self, place: usize) -> Result<String> {
        Ok(get!(self, place, String))
    }

    /// Text or nothing.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn opt_text(&self, place: usize) -> Result<Option<String>> {
        Ok(get!(self, place, Option<String>))
    }

    /// Bytes.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn bytes(&self, place: usize) -> Result<Vec<u8>> {
        Ok(get!(self, place, Vec<u8>))
    }

    /// Bytes or nothing.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn opt_bytes(&self, place: usize) -> Result<Option<Vec<u8>>> {
        Ok(get!(self, place, Option<Vec<u8>>))
    }

    /// Truth, stored as 0 or 1.
    ///
    /// # Errors
    /// As [`Row::int`].
    pub fn truth(&self, place: usize) -> Result<bool> {
        Ok(self.int(place)? != 0)
    }

    /// A count of people or things.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it is negative or absurd.
    pub fn count(&self, place: usize) -> Result<u32> {
        u32::try_from(self.int(place)?).map_err(|_| StoreError::Damaged("a count".into()))
    }

    /// A day.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where the number is outside reason.
    pub fn day(&self, place: usize) -> Result<Day> {
        Day::from_number(self.int(place)?).map_err(|_| StoreError::Damaged("a day".into()))
    }

    /// A day, or none: null or [`NO_END`].
    ///
    /// # Errors
    /// As [`Row::day`].
    pub fn opt_day(&self, place: usize) -> Result<Option<Day>> {
        match self.opt_int(place)? {
            None | Some(NO_END) => Ok(None),
            Some(number) => Day::from_number(number)
                .map(Some)
                .map_err(|_| StoreError::Damaged("a day".into())),
        }
    }

    /// An id.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] where it is not sixteen bytes.
    pub fn id(&self, place: usize) -> Result<u128> {
        read_id(&self.bytes(place)?)
    }

    /// An id or nothing.
    ///
    /// # Errors
    /// As [`Row::id`].
    pub fn opt_id(&self, place: usize) -> Result<Option<u128>> {
        get!(self, place, Option<Vec<u8>>)
            .map(|bytes| read_id(&bytes))
            .transpose()
    }

    /// A unit.
    ///
    /// # Errors
    /// As [`Row::id`].
    pub fn unit(&self, place: usize) -> Result<UnitId> {
        self.id(place).map(UnitId)
    }

    /// A unit or nothing.
    ///
    /// # Errors
    /// As [`Row::id`].
    pub fn opt_unit(&self, place: usize) -> Result<Option<UnitId>> {
        Ok(self.opt_id(place)?.map(UnitId))
    }
}

fn read_id(bytes: &[u8]) -> Result<u128> {
    bytes
        .try_into()
        .map(u128::from_be_bytes)
        .map_err(|_| StoreError::Damaged("an id".into()))
}
