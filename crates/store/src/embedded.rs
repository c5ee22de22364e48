//! SQLite in our own process.
//!
//! A statement runs on the thread that asks for it: one that reads what is in
//! memory takes microseconds, less than handing it to another thread and
//! waiting for the answer. What may wait for a disk or for another program
//! (beginning to write, committing) is handed over, and long readings let
//! others run in between.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{FromSql, ToSqlOutput, Value as Cell, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::db::{Result, StoreError, Value};

/// So long a statement waits for another program that writes to the file.
const PATIENCE: Duration = Duration::from_secs(30);

/// So long a reading waits, on the thread that asks: only where another program
/// died while it wrote and the file is being put right.
const SHORT_PATIENCE: Duration = Duration::from_secs(5);

/// So long a task runs statements before it lets other tasks have its thread.
const TURN: Duration = Duration::from_millis(10);

/// Distinct statements kept ready by a connection; the pages have about 200.
const PREPARED: usize = 512;

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Use {
    Reading,
    Writing,
}

/// Connections to one file.
pub struct Pool {
    idle: Mutex<Vec<Connection>>,
    seats: Arc<Semaphore>,
    size: u32,
    purpose: Use,
    file: PathBuf,
}

impl Pool {
    /// Opens `size` connections.
    pub fn open(file: &Path, purpose: Use, size: u32) -> rusqlite::Result<Arc<Self>> {
        let connections: rusqlite::Result<Vec<Connection>> =
            (0..size).map(|_| connect(file, purpose)).collect();
        Ok(Arc::new(Self {
            idle: Mutex::new(connections?),
            seats: Arc::new(Semaphore::new(size as usize)),
            size,
            purpose,
            file: file.to_owned(),
        }))
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn lend(self: &Arc<Self>) -> Result<Lent> {
        let seat = tokio::time::timeout(PATIENCE, Arc::clone(&self.seats).acquire_owned())
            .await
            .map_err(|_| StoreError::Busy)?
            .map_err(|_| StoreError::Closed)?;
        // The one used last: what it read is still in its memory.
        let last = self.idle().pop();
        let connection = match last {
            Some(connection) => connection,
            // One that could not even roll back was thrown away.
            None => connect(&self.file, self.purpose)?,
        };
        Ok(Lent {
            connection: Some(connection),
            pool: Arc::clone(self),
            since: Instant::now(),
            _seat: seat,
        })
    }

    /// Begins a reading transaction.
    pub async fn read(self: &Arc<Self>) -> Result<Lent> {
        let lent = self.lend().await?;
        lent.connection()?.prepare_cached("BEGIN")?.execute([])?;
        Ok(lent)
    }

    /// Begins the writing transaction, once no other program writes.
    pub async fn write(self: &Arc<Self>) -> Result<Lent> {
        let lent = self.lend().await?;
        on_a_thread_that_may_wait(move || {
            lent.connection()?
                .prepare_cached("BEGIN IMMEDIATE")?
                .execute([])?;
            Ok(lent)
        })
        .await
    }

    /// Empties the write-ahead log into the file: what was erased does not stay
    /// readable there. Readers on an older moment keep what they still read.
    pub async fn empty_log(self: &Arc<Self>) -> Result<()> {
        let lent = self.lend().await?;
        on_a_thread_that_may_wait(move || {
            let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
            lent.connection()?.query_row(sql, [], |_| Ok(()))?;
            Ok(())
        })
        .await
    }

    /// Closes the connections, once nobody uses them.
    pub async fn close(&self) {
        // An error says that it is closed already.
        let all = self.seats.acquire_many(self.size).await;
        self.seats.close();
        self.idle().clear();
        drop(all);
    }
}

fn connect(file: &Path, purpose: Use) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(match purpose {
        Use::Reading => SHORT_PATIENCE,
        Use::Writing => PATIENCE,
    })?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    // Otherwise a statement is planned anew for each new value it is given.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Counters of large nodes are long, and a page is what one read brings.
    // Not mapped: each of the connections would map the whole file, and a
    // mapped file counts as memory held.
    connection.pragma_update(None, "page_size", 8_192)?;
    let journal: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if journal != "wal" {
        // Some file systems of networks: readers and the writer would wait for
        // each other.
        return Err(rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CANTOPEN),
            Some("the file system has no shared memory for SQLite's write-ahead log".into()),
        ));
    }
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What is destroyed is overwritten: nobody reads it from free pages.
    connection.pragma_update_and_check(None, "secure_delete", true, |_| Ok(()))?;
    connection.pragma_update(None, "cache_size", -cache_of(purpose))?;
    connection.pragma_update(None, "temp_store", "memory")?;
    if purpose == Use::Reading {
        connection.pragma_update(None, "query_only", true)?;
    }
    Ok(connection)
}

/// What a connection keeps of the file in memory, in kibibytes.
fn cache_of(purpose: Use) -> i64 {
    match purpose {
        Use::Reading => 48_000,
        Use::Writing => 24_000,
    }
}

async fn on_a_thread_that_may_wait<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The runtime is shutting down.
            Err(_) => Err(StoreError::Closed),
        },
    }
}

/// A connection with a transaction open, put back when dropped. Dropped
/// without [`Lent::commit`], the transaction leaves nothing behind.
pub struct Lent {
    connection: Option<Connection>,
    pool: Arc<Pool>,
    since: Instant,
    _seat: OwnedSemaphorePermit,
}

impl Lent {
    fn connection(&self) -> Result<&Connection> {
        self.connection.as_ref().ok_or(StoreError::Closed)
    }

    /// Statements never wait, so the runtime would not notice that a task has
    /// run for long.
    async fn let_others_run(&mut self) {
        if self.since.elapsed() > TURN {
            tokio::task::yield_now().await;
            self.since = Instant::now();
        }
    }

    fn prepared(&self, sql: &str, values: &[Value]) -> Result<CachedStatement<'_>> {
        let mut statement = self.connection()?.prepare_cached(&by_number(sql))?;
        for (value, number) in values.iter().zip(1..) {
            statement.raw_bind_parameter(number, value)?;
        }
        Ok(statement)
    }

    /// Runs a statement and says how many rows it touched.
    pub async fn run(&mut self, sql: &str, values: &[Value]) -> Result<u64> {
        self.let_others_run().await;
        let touched = self.prepared(sql, values)?.raw_execute()?;
        Ok(touched as u64)
    }

    /// All rows of a query.
    pub async fn rows(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Cells>> {
        self.let_others_run().await;
        let mut rows = Vec::new();
        self.go_through(sql, values, |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The rows of a query one by one. They may be a nation's, so the runtime
    /// is told that this thread is taken.
    pub async fn each(
        &mut self,
        sql: &str,
        values: &[Value],
        take: impl FnMut(Cells) -> Result<()>,
    ) -> Result<()> {
        match Handle::current().runtime_flavor() {
            RuntimeFlavor::MultiThread => {
                tokio::task::block_in_place(|| self.go_through(sql, values, take))
            }
            _ => self.go_through(sql, values, take),
        }
    }

    fn go_through(
        &self,
        sql: &str,
        values: &[Value],
        mut take: impl FnMut(Cells) -> Result<()>,
    ) -> Result<()> {
        let mut statement = self.prepared(sql, values)?;
        let width = statement.column_count();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            let cells: rusqlite::Result<Vec<Cell>> = (0..width)
                .map(|place| row.get_ref(place)?.try_into().map_err(Into::into))
                .collect();
            take(Cells(cells?))?;
        }
        Ok(())
    }

    /// Makes it last: on disk when this returns. It is done even where nobody
    /// waits for the answer any more.
    pub async fn commit(self) -> Result<()> {
        if self.pool.purpose == Use::Reading {
            return self.end("COMMIT");
        }
        on_a_thread_that_may_wait(move || self.end("COMMIT")).await
    }

    /// Ends without a trace.
    pub fn rollback(self) -> Result<()> {
        self.end("ROLLBACK")
    }

    fn end(&self, sql: &str) -> Result<()> {
        self.connection()?.prepare_cached(sql)?.execute([])?;
        Ok(())
    }
}

/// To SQLite `$7` is a name, counted where it first stands, and only `?7` is a
/// number. No text of ours holds a `$` that is no parameter.
fn by_number(sql: &str) -> String {
    sql.replace('$', "?")
}

impl Drop for Lent {
    fn drop(&mut self) {
        let Some(connection) = self.connection.take() else {
            return;
        };
        // A connection that cannot even roll back is of no use to others; the
        // file is as it was before the transaction.
        let clean = connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
        if clean {
            self.pool.idle().push(connection);
        }
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Int(Some(number)) => ValueRef::Integer(*number),
            Self::Text(Some(text)) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(Some(bytes)) => ValueRef::Blob(bytes),
            Self::Int(None) | Self::Text(None) | Self::Bytes(None) => ValueRef::Null,
        }))
    }
}

/// The cells of a row.
pub struct Cells(Vec<Cell>);

impl Cells {
    /// A cell by its place.
    pub fn get<T: FromSql>(&self, place: usize) -> Result<T> {
        let cell = self
            .0
            .get(place)
            .ok_or(rusqlite::Error::InvalidColumnIndex(place))?;
        T::column_result(cell.into()).map_err(|error| {
            let kind = cell.data_type();
            rusqlite::Error::FromSqlConversionFailure(place, kind, Box::new(error)).into()
        })
    }
}
