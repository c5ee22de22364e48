//! Reading a backup: all of it is checked before anything is written.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::{Entry, FORMAT, KeepError, Manifest, Told, VERSION, hex, kept_tables, unhex};
use crate::audit::{self, Verdict};
use crate::db::{StoreError, Tx, Value};
use crate::shape::{Holds, Table};
use crate::{progress, schema, season};

/// No manifest is longer.
const LONGEST_MANIFEST: u64 = 1 << 20;
/// No row is longer: the counters of a large node through a whole season.
const LONGEST_LINE: u64 = 64 << 20;
/// So many rows are written at once.
const AT_ONCE: usize = 1_000;

/// A backup whose every line was checked.
pub struct Archive {
    zip: ZipArchive<BufReader<File>>,
    tables: Vec<Table>,
    /// What is in it.
    pub manifest: Manifest,
}

fn damaged(what: impl Into<String>) -> KeepError {
    KeepError::Damaged(what.into())
}

impl Archive {
    /// Opens a backup and checks its manifest, its tables and each of its
    /// lines against their sums.
    ///
    /// # Errors
    /// [`KeepError::Damaged`]; [`StoreError::Newer`] for one of a newer release.
    pub fn open(file: &Path, told: Told<'_>) -> Result<Self, KeepError> {
        let mut zip = ZipArchive::new(BufReader::new(File::open(file)?))?;
        let mut text = Vec::new();
        zip.by_name("manifest.json")
            .map_err(|_| damaged("it has no manifest"))?
            .take(LONGEST_MANIFEST)
            .read_to_end(&mut text)
            .map_err(|error| damaged(error.to_string()))?;
        let manifest: Manifest =
            serde_json::from_slice(&text).map_err(|_| damaged("its manifest cannot be read"))?;
        if manifest.format != FORMAT {
            return Err(damaged("it is no backup of this program"));
        }
        if manifest.version > VERSION || manifest.schema > schema::newest() {
            return Err(StoreError::Newer(manifest.schema).into());
        }
        let tables = kept_tables(manifest.schema);
        let same = tables.len() == manifest.tables.len()
            && tables
                .iter()
                .zip(&manifest.tables)
                .all(|(table, entry)| is_of(table, entry));
        if !same {
            return Err(damaged("its tables are not those of its schema"));
        }
        let mut archive = Self {
            zip,
            tables,
            manifest,
        };
        let total = archive.manifest.rows();
        let mut done = 0;
        for place in 0..archive.tables.len() {
            archive.check(place, &mut |rows| told(done + rows, total))?;
            done += archive.manifest.tables[place].rows;
        }
        Ok(archive)
    }

    fn lines(&mut self, place: usize) -> Result<impl BufRead + '_, KeepError> {
        let name = format!("tables/{}.jsonl", self.tables[place].name);
        Ok(BufReader::new(self.zip.by_name(&name)?))
    }

    fn check(&mut self, place: usize, told: &mut (dyn FnMut(u64) + Send)) -> Result<(), KeepError> {
        let (table, entry) = (
            self.tables[place].clone(),
            self.manifest.tables[place].clone(),
        );
        let mut lines = self.lines(place)?;
        let (mut digest, mut rows) = (Sha256::new(), 0);
        while let Some(line) = next_line(&mut lines)? {
            digest.update(&line);
            values_of(&table, &line)?;
            rows += 1;
            if rows % 1_000 == 0 {
                told(rows);
            }
        }
        if rows != entry.rows || hex(&digest.finalize()) != entry.sha256 {
            return Err(damaged(format!(
                "table {} is not as the manifest says",
                table.name
            )));
        }
        told(rows);
        Ok(())
    }

    /// Writes everything into an empty database of the same schema, then
    /// checks the chain of audit rows and the counters of every season.
    ///
    /// # Errors
    /// [`KeepError`]; the transaction is then not to be committed.
    pub async fn restore(&mut self, tx: &mut Tx, told: Told<'_>) -> Result<(), KeepError> {
        for table in schema::tables(self.manifest.schema) {
            if tx
                .row(&format!("SELECT 1 FROM {} LIMIT 1", table.name), &[])
                .await?
                .is_some()
            {
                return Err(KeepError::NotEmpty(table.name));
            }
        }
        let total = self.manifest.rows();
        let mut done = 0;
        for place in 0..self.tables.len() {
            self.fill(tx, place, &mut |rows| told(done + rows, total))
                .await?;
            done += self.manifest.tables[place].rows;
        }
        self.check_restored(tx).await
    }

    async fn check_restored(&self, tx: &mut Tx) -> Result<(), KeepError> {
        match audit::verify(tx).await? {
            Verdict::BrokenAt(seq) => return Err(KeepError::Chain(seq)),
            Verdict::Whole(rows) if rows == self.manifest.audit_rows => {}
            Verdict::Whole(_) => return Err(damaged("audit rows are missing")),
        }
        let head = audit::row(tx, self.manifest.audit_rows)
            .await?
            .map(|row| row.hash)
            .unwrap_or_default();
        if head != self.manifest.audit_head {
            return Err(damaged("the newest audit row is another"));
        }
        for season in season::all(tx).await? {
            if !progress::differing(tx, &season).await?.is_empty() {
                return Err(damaged(format!(
                    "the counters of {} differ from its records",
                    season.id
                )));
            }
        }
        Ok(())
    }

    async fn fill(
        &mut self,
        tx: &mut Tx,
        place: usize,
        told: &mut (dyn FnMut(u64) + Send),
    ) -> Result<(), KeepError> {
        let table = self.tables[place].clone();
        if let Some(parent) = table.own_parent() {
            return self.fill_by_parents(tx, place, parent).await;
        }
        let mut lines = self.lines(place)?;
        let mut written = 0;
        loop {
            let mut values = Vec::new();
            let mut rows = 0;
            while rows < AT_ONCE {
                let Some(line) = next_line(&mut lines)? else {
                    break;
                };
                values.extend(values_of(&table, &line)?);
                rows += 1;
            }
            if rows == 0 {
                return Ok(());
            }
            insert(tx, &table, &values).await?;
            written += rows as u64;
            told(written);
        }
    }

    /// Rows that name rows of their own table follow the rows they name.
    async fn fill_by_parents(
        &mut self,
        tx: &mut Tx,
        place: usize,
        parent: usize,
    ) -> Result<(), KeepError> {
        let table = self.tables[place].clone();
        let key = table
            .columns
            .iter()
            .position(|column| table.key.first() == Some(&column.name))
            .unwrap_or(0);
        let mut waiting = Vec::new();
        {
            let mut lines = self.lines(place)?;
            while let Some(line) = next_line(&mut lines)? {
                waiting.push(values_of(&table, &line)?);
            }
        }
        let mut there = BTreeSet::new();
        while !waiting.is_empty() {
            let (ready, later): (Vec<_>, Vec<_>) =
                waiting.into_iter().partition(|row| match &row[parent] {
                    Value::Bytes(Some(parent)) => there.contains(parent),
                    _ => true,
                });
            if ready.is_empty() {
                return Err(damaged(format!(
                    "rows of {} name each other in a circle",
                    table.name
                )));
            }
            for row in &ready {
                if let Value::Bytes(Some(id)) = &row[key] {
                    there.insert(id.clone());
                }
            }
            insert(tx, &table, &ready.concat()).await?;
            waiting = later;
        }
        Ok(())
    }
}

fn is_of(table: &Table, entry: &Entry) -> bool {
    table.name == entry.name
        && table
            .columns
            .iter()
            .map(|column| &column.name)
            .eq(&entry.columns)
}

fn next_line(lines: &mut impl BufRead) -> Result<Option<Vec<u8>>, KeepError> {
    let mut line = Vec::new();
    lines
        .take(LONGEST_LINE)
        .read_until(b'\n', &mut line)
        .map_err(|error| damaged(error.to_string()))?;
    match line.last() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(line)),
        Some(_) => Err(damaged("a line has no end")),
    }
}

fn values_of(table: &Table, line: &[u8]) -> Result<Vec<Value>, KeepError> {
    let wrong = || damaged(format!("a line of {} cannot be read", table.name));
    let cells: Vec<Json> = serde_json::from_slice(line).map_err(|_| wrong())?;
    if cells.len() != table.columns.len() {
        return Err(wrong());
    }
    let pairs = cells.into_iter().zip(&table.columns);
    pairs
        .map(|(cell, column)| match (column.holds, cell) {
            (Holds::Int, Json::Null) => Ok(Value::Int(None)),
            (Holds::Text, Json::Null) => Ok(Value::Text(None)),
            (Holds::Bytes, Json::Null) => Ok(Value::Bytes(None)),
            (Holds::Int, Json::Number(number)) => number
                .as_i64()
                .map(|number| Value::Int(Some(number)))
                .ok_or_else(wrong),
            (Holds::Text, Json::String(text)) => Ok(Value::Text(Some(text))),
            (Holds::Bytes, Json::String(text)) => unhex(&text)
                .map(|bytes| Value::Bytes(Some(bytes)))
                .ok_or_else(wrong),
            _ => Err(wrong()),
        })
        .collect()
}

async fn insert(tx: &mut Tx, table: &Table, values: &[Value]) -> Result<(), KeepError> {
    let columns: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let head = format!("INSERT INTO {} ({})", table.name, columns.join(", "));
    tx.insert_many(&head, "", columns.len(), values).await?;
    Ok(())
}
