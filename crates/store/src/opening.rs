//! Why a database could not be opened, and what to do about it.

use std::fs::OpenOptions;
use std::path::Path;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};

use crate::db::{Result, StoreError};

fn unopened(at: &str, why: String) -> StoreError {
    StoreError::Unopened {
        at: at.to_owned(),
        why,
    }
}

/// Refuses a file that could not become or stay a database, before the engine
/// says so in its own words.
///
/// # Errors
/// [`StoreError::Unopened`].
pub fn look_at(url: &str, file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let folder = folder.display();
        return Err(unopened(
            url,
            format!(
                "there is no folder {folder}; make it (mkdir -p {folder}) or name another file \
                 with --database sqlite:FILE"
            ),
        ));
    }
    if file.is_dir() {
        return Err(unopened(
            url,
            "that is a folder; name a file in it".to_owned(),
        ));
    }
    if file.exists()
        && let Err(error) = OpenOptions::new().read(true).write(true).open(file)
    {
        return Err(unopened(url, unwritable(&error.to_string())));
    }
    Ok(())
}

fn unwritable(error: &str) -> String {
    format!(
        "{error}; the file and its folder must be readable and writable for whoever runs plenum: \
         change their owner, or name another file with --database sqlite:FILE"
    )
}

/// What the engine said of a file.
pub fn of_file(url: &str, error: &rusqlite::Error) -> StoreError {
    let code = error
        .sqlite_error()
        .map(|error| error.extended_code)
        .unwrap_or_default();
    // The low byte of SQLite's result codes names the class.
    unopened(
        url,
        match code & 0xff {
            8 | 10 | 14 | 23 => unwritable(&error.to_string()),
            26 | 11 => format!(
                "{error}; the file is no database of plenum or is damaged: name another, or restore a backup"
            ),
            _ => error.to_string(),
        },
    )
}

/// Finds out whether the server answers.
///
/// # Errors
/// [`StoreError::Unopened`].
pub async fn knock(url: &str, options: &PgConnectOptions) -> Result<()> {
    match options.connect().await {
        Ok(connection) => Ok(connection.close().await?),
        Err(error) => Err(of_server(url, &error)),
    }
}

/// What the server said, or that none answers.
pub fn of_server(url: &str, error: &sqlx::Error) -> StoreError {
    unopened(
        url,
        match error {
            sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut => format!(
                "{error}; the PostgreSQL server does not answer: check that it runs and that the address is right"
            ),
            _ => format!(
                "{error}; the server answered and refused: check user, password and database"
            ),
        },
    )
}
