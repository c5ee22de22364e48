//! `plenum backup` and `plenum restore`.

use std::path::{Path, PathBuf};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use plenum_store::keep::{self, Archive, KeepError, Manifest};
use plenum_store::{Db, schema};
use serde_json::json;

use crate::cli::{Failure, Place, terminal_user};
use crate::shell::act::Settings;
use crate::shell::problem::Problem;
use crate::shell::{App, Clock, act, look};

/// Writes everything into one checked file, while the server goes on.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    place: Place,
    /// The file, which must not exist yet.
    file: PathBuf,
}

/// Restores a backup into an empty database, of either engine.
#[derive(Args)]
pub struct Restore {
    #[command(flatten)]
    place: Place,
    /// The file.
    file: PathBuf,
}

impl From<KeepError> for Failure {
    fn from(error: KeepError) -> Self {
        Self(error.to_string())
    }
}

fn bar(what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(0).with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    bar
}

fn step(bar: &ProgressBar) -> impl FnMut(u64, u64) + Send + use<> {
    let bar = bar.clone();
    move |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    }
}

impl Backup {
    /// Runs it.
    ///
    /// # Errors
    /// The file exists, the audit chain is broken, or what was written cannot
    /// be read again.
    pub async fn run(self) -> Result<(), Failure> {
        if self.file.exists() {
            return Err(Failure(format!("{} exists already", self.file.display())));
        }
        let folder = self.file.parent().filter(|folder| *folder != Path::new(""));
        if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
            return Err(Failure(format!("there is no folder {}", folder.display())));
        }
        let app = self.place.open().await?;
        let beside = self
            .file
            .with_extension(format!("part-{}", std::process::id()));
        let written = write(&app, &beside).await;
        match written {
            Ok(manifest) => {
                // Only a whole backup ever has the name.
                std::fs::rename(&beside, &self.file)
                    .map_err(|error| Failure::of_file(&self.file, &error))?;
                say!(
                    "{}: {} rows of {} tables, {} audit rows; checked",
                    self.file.display(),
                    manifest.rows(),
                    manifest.tables.len(),
                    manifest.audit_rows
                );
                Ok(())
            }
            Err(failure) => {
                // Nothing may be there yet.
                let _ = std::fs::remove_file(&beside);
                Err(failure)
            }
        }
    }
}

async fn write(app: &App, file: &Path) -> Result<Manifest, Failure> {
    let writing = bar("writing");
    let mut look = look(app, &terminal_user()).await?;
    keep::write(&mut look.tx, file, app.clock.now(), &mut step(&writing)).await?;
    writing.finish_and_clear();
    let checking = bar("checking");
    let read = Archive::open(file, &mut step(&checking))?;
    checking.finish_and_clear();
    Ok(read.manifest)
}

impl Restore {
    /// Runs it.
    ///
    /// # Errors
    /// The file is damaged, the database is not empty.
    pub async fn run(self) -> Result<(), Failure> {
        std::fs::File::open(&self.file).map_err(|error| Failure::of_file(&self.file, &error))?;
        let checking = bar("checking");
        let mut archive = Archive::open(&self.file, &mut step(&checking))?;
        checking.finish_and_clear();
        let manifest = archive.manifest.clone();
        let clock = Clock::system(&self.place.time_zone).map_err(Failure)?;
        let db = Db::open(&self.place.database).await?;
        // Into the tables it was written from; then they are brought up to date.
        schema::migrate_to(&db, manifest.schema).await?;
        let app = App::new(db, clock, Settings::default());
        let restoring = bar("restoring");
        let mut told = step(&restoring);
        let made_at = manifest.made_at;
        act(&app, &terminal_user(), |cx| {
            Box::pin(async move {
                archive
                    .restore(&mut cx.tx, &mut told)
                    .await
                    .map_err(|error| {
                        let mut problem = Problem::refused("E-ACC-24");
                        problem.inner = Some(error.to_string());
                        problem
                    })?;
                let detail = json!({"rows": archive.manifest.rows(), "made_at": made_at});
                cx.record("installation.restored", None, None, &detail)
                    .await
            })
        })
        .await?;
        restoring.finish_and_clear();
        schema::migrate(&app.db).await?;
        app.db.close().await;
        say!(
            "restored {} rows of {}; the audit chain and all counters hold",
            manifest.rows(),
            super::audit::moment(&app, made_at)
        );
        Ok(())
    }
}
