//! The two engines behind one transaction type.

use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use crate::embedded::{Lent, Pool, Use};
use crate::opening;
use futures_util::TryStreamExt as _;
use plenum_rules::{Day, UnitId};
use sqlx::postgres::{PgArguments, PgPoolOptions};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, PgPool, Postgres, Transaction};

pub use crate::row::Row;

/// The day that stands for "no end" in the tables: later than any day a
/// record can have.
pub const NO_END: i64 = 1_000_000;

/// What can go wrong between us and the database.
#[derive(Debug)]
pub enum StoreError {
    /// PostgreSQL refused or failed.
    Engine(sqlx::Error),
    /// SQLite refused or failed.
    Embedded(rusqlite::Error),
    /// No connection became free in time.
    Busy,
    /// The database was closed.
    Closed,
    /// A stored value is not what was written there.
    Damaged(String),
    /// The address of the database is not one of ours.
    Address(String),
    /// The database was written by a newer release.
    Newer(i64),
    /// A file operation beside the database failed.
    File(std::io::Error),
    /// The database could not be opened.
    Unopened {
        /// Its address, without a password.
        at: String,
        /// Why, and what to do.
        why: String,
    },
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Engine(error) => write!(f, "database: {error}"),
            Self::Embedded(error) => write!(f, "database: {error}"),
            Self::Busy => write!(f, "database: no connection became free in time"),
            Self::Closed => write!(f, "database: it is closed"),
            Self::Damaged(what) => write!(f, "database: {what} is damaged"),
            Self::Address(url) => write!(
                f,
                "`{url}` is no database address: write sqlite:FILE or postgres://USER@HOST/NAME"
            ),
            Self::Newer(version) => write!(
                f,
                "the database has schema {version}, written by a newer release; use that release"
            ),
            Self::File(error) => write!(f, "database file: {error}"),
            Self::Unopened { at, why } => write!(f, "cannot open {at}: {why}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Engine(error)
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Embedded(error)
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        Self::File(error)
    }
}

/// The result of everything the store does.
pub type Result<T> = std::result::Result<T, StoreError>;

/// Which engine holds the data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// A server.
    Postgres,
}

/// An open database.
#[derive(Clone)]
pub struct Db {
    inner: Inner,
}

#[derive(Clone)]
enum Inner {
    /// One connection writes, others read beside it (WAL).
    Sqlite {
        read: Arc<Pool>,
        write: Arc<Pool>,
        file: std::path::PathBuf,
    },
    Postgres {
        read: PgPool,
        write: PgPool,
    },
}

impl Db {
    /// Opens `sqlite:FILE` (made where missing) or `postgres://…`.
    ///
    /// # Errors
    /// [`StoreError::Address`], [`StoreError::Unopened`].
    pub async fn open(url: &str) -> Result<Self> {
        if let Some(file) = url.strip_prefix("sqlite:") {
            let file = Path::new(file.trim_start_matches("//"));
            opening::look_at(url, file)?;
            let pool = |purpose, size| {
                Pool::open(file, purpose, size).map_err(|error| opening::of_file(url, &error))
            };
            let (write, read) = (pool(Use::Writing, 1)?, pool(Use::Reading, 3)?);
            return Ok(Self {
                inner: Inner::Sqlite {
                    read,
                    write,
                    file: file.to_owned(),
                },
            });
        }
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            let options = sqlx::postgres::PgConnectOptions::from_str(url)
                .map_err(|_| StoreError::Address(without_password(url)))?
                // The pages' statements, for several lengths of lists.
                .statement_cache_capacity(512);
            // One connection first: a pool would try for minutes where no server answers.
            opening::knock(&without_password(url), &options).await?;
            // Writers wait for each other on connections of their own, so that
            // readers always find one.
            let write = PgPoolOptions::new()
                .max_connections(2)
                .acquire_timeout(Duration::from_secs(120))
                .connect_with(options.clone())
                .await
                .map_err(|error| opening::of_server(&without_password(url), &error))?;
            let read = PgPoolOptions::new()
                .max_connections(8)
                .connect_with(options)
                .await
                .map_err(|error| opening::of_server(&without_password(url), &error))?;
            return Ok(Self {
                inner: Inner::Postgres { read, write },
            });
        }
        Err(StoreError::Address(without_password(url)))
    }

    /// The engine in use.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite { .. } => Engine::Sqlite,
            Inner::Postgres { .. } => Engine::Postgres,
        }
    }

    /// The file of an embedded database.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        match &self.inner {
            Inner::Sqlite { file, .. } => Some(file),
            Inner::Postgres { .. } => None,
        }
    }

    /// Begins reading: all reads see the same moment.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn read(&self) -> Result<Tx> {
        let inner = match &self.inner {
            Inner::Sqlite { read, .. } => TxInner::Sqlite(read.read().await?),
            Inner::Postgres { read, .. } => TxInner::Postgres(
                read.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .await?,
            ),
        };
        Ok(Tx { inner })
    }

    /// Begins writing. Writers follow one another: counters and the chain of
    /// audit rows are touched by every write, so two at once could only wait.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn write(&self) -> Result<Tx> {
        match &self.inner {
            Inner::Sqlite { write, .. } => Ok(Tx {
                inner: TxInner::Sqlite(write.write().await?),
            }),
            Inner::Postgres { write, .. } => {
                let mut tx = Tx {
                    inner: TxInner::Postgres(write.begin().await?),
                };
                tx.rows(
                    "SELECT 1 FROM (SELECT pg_advisory_xact_lock(7301)) AS held",
                    &[],
                )
                .await?;
                Ok(tx)
            }
        }
    }

    /// What was erased is gone from the log of writes too. A server's own log is
    /// its keeper's business.
    ///
    /// # Errors
    /// [`StoreError::Embedded`].
    pub async fn empty_log(&self) -> Result<()> {
        match &self.inner {
            Inner::Sqlite { write, .. } => write.empty_log().await,
            Inner::Postgres { .. } => Ok(()),
        }
    }

    /// Closes every connection, so that files are complete.
    pub async fn close(&self) {
        match &self.inner {
            Inner::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Inner::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }
}

fn without_password(url: &str) -> String {
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => format!("{}://…{}", &url[..scheme], &url[at..]),
        _ => url.to_owned(),
    }
}

/// A value bound to a statement. Nulls are typed, since PostgreSQL asks.
#[derive(Clone, Debug)]
pub enum Value {
    /// Numbers, days, instants (microseconds since 1970, UTC), truth as 0 and 1.
    Int(Option<i64>),
    /// Text.
    Text(Option<String>),
    /// Ids and stored counters.
    Bytes(Option<Vec<u8>>),
}

macro_rules! value_from {
    ($($from:ty => |$it:ident| $made:expr),* $(,)?) => {
        $(impl From<$from> for Value {
            fn from($it: $from) -> Self { $made }
        })*
    };
}

value_from! {
    i64 => |it| Self::Int(Some(it)),
    u32 => |it| Self::Int(Some(i64::from(it))),
    bool => |it| Self::Int(Some(i64::from(it))),
    Option<i64> => |it| Self::Int(it),
    Day => |it| Self::Int(Some(i64::from(it.number()))),
    Option<Day> => |it| Self::Int(it.map(|day| i64::from(day.number()))),
    &str => |it| Self::Text(Some(it.to_owned())),
    &String => |it| Self::Text(Some(it.clone())),
    String => |it| Self::Text(Some(it)),
    Option<String> => |it| Self::Text(it),
    Option<&str> => |it| Self::Text(it.map(str::to_owned)),
    Vec<u8> => |it| Self::Bytes(Some(it)),
    UnitId => |it| Self::Bytes(Some(it.0.to_be_bytes().to_vec())),
    Option<UnitId> => |it| Self::Bytes(it.map(|id| id.0.to_be_bytes().to_vec())),
    u128 => |it| Self::Bytes(Some(it.to_be_bytes().to_vec())),
    Option<u128> => |it| Self::Bytes(it.map(|id| id.to_be_bytes().to_vec())),
}

/// The values of a statement: `args![unit, day]`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::db::Value::from($value)),*] };
}

/// A transaction on either engine. Dropped without [`Tx::commit`], it leaves
/// nothing behind.
pub struct Tx {
    inner: TxInner,
}

enum TxInner {
    Sqlite(Lent),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// The engine below.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.inner {
            TxInner::Sqlite(_) => Engine::Sqlite,
            TxInner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement and says how many rows it touched. Parameters are `$1`, `$2` ….
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64> {
        Ok(match &mut self.inner {
            TxInner::Sqlite(lent) => lent.run(sql, values).await?,
            TxInner::Postgres(tx) => bind_postgres(sqlx::query(AssertSqlSafe(sql)), values)
                .execute(&mut **tx)
                .await?
                .rows_affected(),
        })
    }

    /// Runs a query and returns all its rows.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        Ok(match &mut self.inner {
            TxInner::Sqlite(lent) => {
                let rows = lent.rows(sql, values).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            TxInner::Postgres(tx) => bind_postgres(sqlx::query(AssertSqlSafe(sql)), values)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    /// Runs a query and hands its rows over one by one: a nation's rows at
    /// once would weigh several times what is kept of them.
    ///
    /// # Errors
    /// [`StoreError::Engine`], and whatever `take` returns: the first ends it.
    pub async fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        mut take: impl FnMut(&Row) -> Result<()>,
    ) -> Result<()> {
        match &mut self.inner {
            TxInner::Sqlite(lent) => {
                lent.each(sql, values, |cells| take(&Row::Sqlite(cells)))
                    .await?;
            }
            TxInner::Postgres(tx) => {
                let mut rows =
                    bind_postgres(sqlx::query(AssertSqlSafe(sql)), values).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(&Row::Postgres(row))?;
                }
            }
        }
        Ok(())
    }

    /// As [`Tx::rows`], for a query that has no key to go by and may look at a
    /// nation's rows: others go on meanwhile.
    ///
    /// # Errors
    /// [`StoreError::Engine`], [`StoreError::Embedded`].
    pub async fn long_rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>> {
        let TxInner::Sqlite(lent) = &mut self.inner else {
            return self.rows(sql, values).await;
        };
        let mut rows = Vec::new();
        lent.each(sql, values, |cells| {
            rows.push(Row::Sqlite(cells));
            Ok(())
        })
        .await?;
        Ok(rows)
    }

    /// Runs a query and returns its first row.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn row(&mut self, sql: &str, values: &[Value]) -> Result<Option<Row>> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Inserts many rows in few statements: `head` is `INSERT INTO t (a, b)`,
    /// `tail` what follows the values (such as `ON CONFLICT …`), `width` the
    /// number of columns.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn insert_many(
        &mut self,
        head: &str,
        tail: &str,
        width: usize,
        values: &[Value],
    ) -> Result<()> {
        // Both engines take more, but SQLite's limit is 32,766 parameters and
        // beyond a few thousand nothing is gained.
        let rows_at_once = (4_000 / width).max(1);
        let mut rest = values;
        while !rest.is_empty() {
            let left = rest.len() / width;
            // What is left goes in powers of two: few distinct lengths keep the
            // engine's prepared statements few.
            let rows = match left >= rows_at_once {
                true => rows_at_once,
                false => 1 << left.ilog2(),
            };
            let (now, later) = rest.split_at(rows * width);
            self.run(&values_clause(head, tail, rows, width), now)
                .await?;
            rest = later;
        }
        Ok(())
    }

    /// Runs `sql` once for every few hundred ids, with `{ids}` replaced by a
    /// list of parameters, after the parameters in `before`.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn rows_of_units(
        &mut self,
        sql: &str,
        before: &[Value],
        units: &[UnitId],
    ) -> Result<Vec<Row>> {
        self.of_units(sql, before, units, false).await
    }

    /// As [`Tx::rows_of_units`], for what goes through all that stands below
    /// them; see [`Tx::long_rows`].
    ///
    /// # Errors
    /// As [`Tx::long_rows`].
    pub async fn long_rows_of_units(
        &mut self,
        sql: &str,
        before: &[Value],
        units: &[UnitId],
    ) -> Result<Vec<Row>> {
        self.of_units(sql, before, units, true).await
    }

    async fn of_units(
        &mut self,
        sql: &str,
        before: &[Value],
        units: &[UnitId],
        long: bool,
    ) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        for chunk in units.chunks(512) {
            // Few distinct lengths keep the engine's prepared statements few.
            let length = [1, 4, 16, 64, 128, 256, 512]
                .into_iter()
                .find(|length| *length >= chunk.len())
                .unwrap_or(512);
            let list: Vec<String> = (0..length)
                .map(|place| format!("${}", place + 1 + before.len()))
                .collect();
            let mut values = before.to_vec();
            values.extend(chunk.iter().map(|unit| Value::from(*unit)));
            let last = chunk[chunk.len() - 1];
            values.resize(before.len() + length, Value::from(last));
            let sql = sql.replace("{ids}", &list.join(","));
            rows.extend(match long {
                true => self.long_rows(&sql, &values).await?,
                false => self.rows(&sql, &values).await?,
            });
        }
        Ok(rows)
    }

    /// Makes it last: on disk when this returns.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn commit(self) -> Result<()> {
        match self.inner {
            TxInner::Sqlite(lent) => lent.commit().await?,
            TxInner::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Ends without a trace.
    ///
    /// # Errors
    /// [`StoreError::Engine`].
    pub async fn rollback(self) -> Result<()> {
        match self.inner {
            TxInner::Sqlite(lent) => lent.rollback()?,
            TxInner::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

fn values_clause(head: &str, tail: &str, rows: usize, width: usize) -> String {
    let mut sql = format!("{head} VALUES ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ",(" });
        for column in 0..width {
            if column > 0 {
                sql.push(',');
            }
            sql.push('$');
            sql.push_str(&(row * width + column + 1).to_string());
        }
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(tail);
    sql
}

fn bind_postgres<'q>(
    mut query: Query<'q, Postgres, PgArguments>,
    values: &[Value],
) -> Query<'q, Postgres, PgArguments> {
    for value in values.iter().cloned() {
        query = match value {
            Value::Int(value) => query.bind(value),
            Value::Text(value) => query.bind(value),
            Value::Bytes(value) => query.bind(value),
        };
    }
    query
}

/// The end of a stretch as stored.
#[must_use]
pub fn end(until: Option<Day>) -> Value {
    Value::Int(Some(until.map_or(NO_END, |day| i64::from(day.number()))))
}

/// A new id, ordered by time of making.
#[must_use]
pub fn new_id() -> u128 {
    uuid::Uuid::now_v7().as_u128()
}
