//! `plenum doctor`.

use clap::Args;
use plenum_store::{Db, StoreError, audit, health, org, progress, schema, season};
use serde_json::json;

use super::audit::broken;
use crate::cli::{Failure, Place, terminal_user};
use crate::features::access::actions::memory::{self, Chain};
use crate::shell::act::Settings;
use crate::shell::problem::Problem;
use crate::shell::{App, Clock, act};

/// So many faults of one kind are printed.
const SHOWN: usize = 5;
/// A clock may lag behind the newest record by this, in microseconds.
const LAG: i64 = 5 * 60 * 1_000_000;

/// Looks whether the installation is well; says what is wrong.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    place: Place,
    /// Count anew what is counted wrongly.
    #[arg(long)]
    repair: bool,
}

/// What was found, line by line.
#[derive(Default)]
struct Report {
    ill: bool,
}

impl Report {
    fn line(&mut self, what: &str, faults: &[String], well: &str) {
        if faults.is_empty() {
            say!("✓ {what}: {well}");
            return;
        }
        self.ill = true;
        say!("✗ {what}: {}", faults[0]);
        for fault in faults.iter().skip(1).take(SHOWN - 1) {
            say!("    {fault}");
        }
        if faults.len() > SHOWN {
            say!("    and {} more", faults.len() - SHOWN);
        }
    }
}

impl Doctor {
    /// Runs it.
    ///
    /// # Errors
    /// Something is wrong.
    pub async fn run(self) -> Result<(), Failure> {
        let clock = Clock::system(&self.place.time_zone).map_err(Failure)?;
        let db = match Db::open(&self.place.database).await {
            Ok(db) => db,
            Err(error) => {
                say!("✗ database: {error}");
                return Err(Failure("the database cannot be opened".to_owned()));
            }
        };
        let app = App::new(db, clock, Settings::default());
        let mut report = Report::default();
        if !schema_is_ours(&app, &mut report).await? {
            return Err(Failure("the rest was not looked at".to_owned()));
        }
        engine(&app, &mut report).await;
        chain(&app, &mut report).await?;
        tree(&app, &mut report).await?;
        counters(&app, &mut report, self.repair).await?;
        time(&app, &mut report).await?;
        app.db.close().await;
        if report.ill {
            Err(Failure("not well".to_owned()))
        } else {
            Ok(())
        }
    }
}

/// The doctor changes nothing, so the schema is not brought up to date here.
async fn schema_is_ours(app: &App, report: &mut Report) -> Result<bool, Failure> {
    let mut tx = app.db.read().await?;
    let (version, newest) = (schema::version_in(&mut tx).await, schema::newest());
    let faults = match version {
        Ok(version) if version == newest => Vec::new(),
        Ok(version) if version > newest => vec![StoreError::Newer(version).to_string()],
        Ok(version) => vec![format!(
            "version {version}; this release writes {newest} (plenum serve brings it up)"
        )],
        Err(_) => vec!["this is not a database of Plenum".to_owned()],
    };
    let ours = faults.is_empty();
    report.line("schema", &faults, &format!("version {newest}"));
    Ok(ours)
}

async fn engine(app: &App, report: &mut Report) {
    let faults = match health::faults(&app.db).await {
        Ok(faults) => faults,
        Err(error) => vec![error.to_string()],
    };
    report.line("database", &faults, "sound");
    let faults = match health::can_write(&app.db).await {
        Ok(()) => Vec::new(),
        Err(error) => vec![error.to_string()],
    };
    report.line("disk", &faults, "can be written");
}

async fn chain(app: &App, report: &mut Report) -> Result<(), Failure> {
    match memory::verify(app).await? {
        Chain::Whole { rows, .. } => report.line("audit", &[], &format!("{rows} rows, whole")),
        Chain::Broken { seq, row } => report.line("audit", &[broken(app, seq, row.as_deref())], ""),
    }
    Ok(())
}

async fn tree(app: &App, report: &mut Report) -> Result<(), Failure> {
    let mut tx = app.db.read().await?;
    let tree = org::tree(&mut tx).await?;
    let faults: Vec<String> = tree.faults().iter().map(ToString::to_string).collect();
    report.line(
        "units",
        &faults,
        &format!("{} versions, sound", tree.all().len()),
    );
    Ok(())
}

async fn counters(app: &App, report: &mut Report, repair: bool) -> Result<(), Failure> {
    let mut tx = app.db.read().await?;
    let seasons = season::all(&mut tx).await?;
    for season in &seasons {
        let differing = progress::differing(&mut tx, season).await?;
        let what = format!("counters of {}", season.id);
        if differing.is_empty() {
            report.line(&what, &[], "as counted anew");
        } else if repair {
            rebuild(app, season, differing.len()).await?;
            report.line(
                &what,
                &[],
                &format!("{} units were wrong; counted anew", differing.len()),
            );
        } else {
            let fault = format!(
                "{} units differ from a recount (plenum doctor --repair counts anew)",
                differing.len()
            );
            report.line(&what, &[fault], "");
        }
    }
    Ok(())
}

async fn rebuild(app: &App, season: &season::Season, units: usize) -> Result<(), Failure> {
    let season = season.clone();
    act(app, &terminal_user(), |cx| {
        Box::pin(async move {
            progress::rebuild(&mut cx.tx, &season)
                .await
                .map_err(Problem::from)?;
            let detail = json!({"count": units});
            cx.record("counters.rebuilt", Some(season.id.as_str()), None, &detail)
                .await
        })
    })
    .await?;
    Ok(())
}

async fn time(app: &App, report: &mut Report) -> Result<(), Failure> {
    let now = app.clock.now();
    let mut faults = Vec::new();
    let mut tx = app.db.read().await?;
    if let Ok(newest) = audit::head(&mut tx).await
        && newest.at > now + LAG
    {
        let at = super::audit::moment(app, newest.at);
        faults.push(format!(
            "the newest record is of {at}, which is later than now: the clock was set back"
        ));
    }
    // Before this release nobody can have installed it.
    if app.clock.today() < plenum_rules::Day::of(2025, 1, 1).unwrap_or(app.clock.today()) {
        faults.push(format!("today is {}, says the machine", app.clock.today()));
    }
    report.line(
        "clock",
        &faults,
        &format!("{} {}", app.clock.today(), app.clock.time_of(now)),
    );
    Ok(())
}
