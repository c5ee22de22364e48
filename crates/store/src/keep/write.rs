//! Writing a backup.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Entry, FORMAT, KeepError, Manifest, Told, VERSION, hex, kept_tables};
use crate::audit::{self, Verdict};
use crate::db::{Result as Stored, Row, StoreError, Tx, Value};
use crate::schema;
use crate::shape::{Holds, Table};

/// So many rows are in memory at once.
const AT_ONCE: i64 = 2_000;

type Zip = ZipWriter<BufWriter<File>>;

/// Writes everything that one moment of the database holds into a new file.
/// The chain of audit rows is checked first: a backup of a broken chain would
/// pass the fault on.
///
/// # Errors
/// [`KeepError`]; the file is then not to be used.
pub async fn write(
    tx: &mut Tx,
    file: &Path,
    now: i64,
    told: Told<'_>,
) -> Result<Manifest, KeepError> {
    let rows = match audit::verify(tx).await? {
        Verdict::Whole(rows) => rows,
        Verdict::BrokenAt(seq) => return Err(KeepError::Chain(seq)),
    };
    let head = audit::row(tx, rows)
        .await?
        .map(|row| row.hash)
        .unwrap_or_default();
    let schema = schema::version_in(tx).await?;
    let tables = kept_tables(schema);
    let total = count(tx, &tables).await?;
    let mut zip = ZipWriter::new(BufWriter::new(File::create_new(file)?));
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        version: VERSION,
        schema,
        made_at: now,
        audit_rows: rows,
        audit_head: head,
        tables: Vec::new(),
    };
    for table in &tables {
        let done = manifest.rows();
        let entry = write_table(tx, &mut zip, table, &mut |rows| told(done + rows, total)).await?;
        manifest.tables.push(entry);
    }
    zip.start_file("manifest.json", options())?;
    let text = serde_json::to_vec_pretty(&manifest)
        .map_err(|error| KeepError::Damaged(error.to_string()))?;
    zip.write_all(&text)?;
    let written = zip
        .finish()?
        .into_inner()
        .map_err(|error| KeepError::File(error.into_error()))?;
    written.sync_all()?;
    Ok(manifest)
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .large_file(true)
        .unix_permissions(0o600)
}

async fn count(tx: &mut Tx, tables: &[Table]) -> Stored<u64> {
    let mut total = 0;
    for table in tables {
        let row = tx
            .row(&format!("SELECT COUNT(*) FROM {}", table.name), &[])
            .await?;
        total += row.map_or(Ok(0), |row| row.int(0))?;
    }
    Ok(u64::try_from(total).unwrap_or(0))
}

async fn write_table(
    tx: &mut Tx,
    zip: &mut Zip,
    table: &Table,
    told: &mut (dyn FnMut(u64) + Send),
) -> Result<Entry, KeepError> {
    zip.start_file(format!("tables/{}.jsonl", table.name), options())?;
    let columns: Vec<String> = table
        .columns
        .iter()
        .map(|column| column.name.clone())
        .collect();
    let mut digest = Sha256::new();
    let mut rows = 0_u64;
    let mut after: Option<Vec<Value>> = None;
    loop {
        let found = page(tx, table, after.as_deref()).await?;
        let Some(last) = found.last() else { break };
        after = Some(key_of(table, last)?);
        for row in &found {
            let mut line = line(table, row)?;
            line.push('\n');
            digest.update(line.as_bytes());
            zip.write_all(line.as_bytes())?;
            rows += 1;
        }
        told(rows);
    }
    Ok(Entry {
        name: table.name.clone(),
        columns,
        rows,
        sha256: hex(&digest.finalize()),
    })
}

/// The next rows after a key, in the order of the key.
async fn page(tx: &mut Tx, table: &Table, after: Option<&[Value]>) -> Stored<Vec<Row>> {
    let columns: Vec<&str> = table
        .columns
        .iter()
        .map(|column| column.name.as_str())
        .collect();
    let key = table.key.join(", ");
    let (columns, name) = (columns.join(", "), &table.name);
    let condition = after.map_or_else(String::new, |values| {
        let places: Vec<String> = (1..=values.len())
            .map(|place| format!("${place}"))
            .collect();
        format!(" WHERE ({key}) > ({})", places.join(", "))
    });
    let sql = format!("SELECT {columns} FROM {name}{condition} ORDER BY {key} LIMIT {AT_ONCE}");
    tx.rows(&sql, after.unwrap_or(&[])).await
}

fn key_of(table: &Table, row: &Row) -> Stored<Vec<Value>> {
    let places = table
        .key
        .iter()
        .map(|name| table.columns.iter().position(|column| column.name == *name));
    places
        .map(|place| {
            let place =
                place.ok_or_else(|| StoreError::Damaged(format!("the key of {}", table.name)))?;
            Ok(match table.columns[place].holds {
                Holds::Int => Value::Int(row.opt_int(place)?),
                Holds::Text => Value::Text(row.opt_text(place)?),
                Holds::Bytes => Value::Bytes(row.opt_bytes(place)?),
            })
        })
        .collect()
}

fn line(table: &Table, row: &Row) -> Stored<String> {
    let mut cells = Vec::with_capacity(table.columns.len());
    for (place, column) in table.columns.iter().enumerate() {
        cells.push(match column.holds {
            Holds::Int => row.opt_int(place)?.map_or(Json::Null, Json::from),
            Holds::Text => row.opt_text(place)?.map_or(Json::Null, Json::from),
            Holds::Bytes => row
                .opt_bytes(place)?
                .map_or(Json::Null, |bytes| Json::from(hex(&bytes))),
        });
    }
    Ok(Json::Array(cells).to_string())
}
