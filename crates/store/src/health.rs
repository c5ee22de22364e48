//! Whether the engine itself is well.

use crate::db::{Db, Engine, Result};

/// What the engine finds wrong with its own data, in its words; nothing where
/// all is well.
///
/// # Errors
/// [`crate::StoreError::Engine`] where it does not even answer.
pub async fn faults(db: &Db) -> Result<Vec<String>> {
    let mut tx = db.read().await?;
    let mut found = Vec::new();
    match tx.engine() {
        Engine::Sqlite => {
            for row in tx.rows("PRAGMA integrity_check", &[]).await? {
                let line = row.text(0)?;
                if line != "ok" {
                    found.push(line);
                }
            }
            for row in tx.rows("PRAGMA foreign_key_check", &[]).await? {
                found.push(format!(
                    "a row of {} names a row of {} that is not there",
                    row.text(0)?,
                    row.text(2)?
                ));
            }
        }
        Engine::Postgres => {
            // PostgreSQL checks what it reads; indexes it left unfinished say so.
            let sql = "SELECT CAST(indexrelid AS BIGINT) FROM pg_index WHERE NOT indisvalid";
            for row in tx.rows(sql, &[]).await? {
                found.push(format!(
                    "the index with the number {} is not valid",
                    row.int(0)?
                ));
            }
        }
    }
    Ok(found)
}

/// Whether something can be written: a row is changed and put back.
///
/// # Errors
/// [`crate::StoreError::Engine`], [`crate::StoreError::File`] where not.
pub async fn can_write(db: &Db) -> Result<()> {
    let mut tx = db.write().await?;
    tx.run("UPDATE schema_version SET version = version", &[])
        .await?;
    tx.rollback().await?;
    if let Some(folder) = db.file().and_then(std::path::Path::parent) {
        let folder = if folder.as_os_str().is_empty() {
            std::path::Path::new(".")
        } else {
            folder
        };
        let probe = folder.join(format!(".plenum-doctor-{}", std::process::id()));
        std::fs::write(&probe, [0_u8; 4096])?;
        std::fs::remove_file(&probe)?;
    }
    Ok(())
}
