//! `plenum import` and `plenum export`.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use plenum_papers::sheet;
use plenum_rules::Day;
use plenum_rules::org::{ImportPlan, export_rows};
use plenum_store::org;

use super::actions::{self, Taking};
use super::findings;
use super::pages::export::subtree;
use super::sheets;
use crate::cli::{Failure, Place, no_unit, terminal_user};
use crate::shell::language::Put;
use crate::shell::{App, Lang, Words, act, look, profiles};

/// How many errors are printed.
const PRINTED: usize = 100;

/// Takes units in from an XLSX or CSV file: shows what would change, and writes
/// only what is confirmed.
#[derive(Args)]
pub struct Import {
    /// The file.
    file: PathBuf,
    #[command(flatten)]
    place: Place,
    /// The code of the unit at or below which everything in the file belongs;
    /// without it, the whole tree.
    #[arg(long)]
    root: Option<String>,
    /// The day from which the file holds where a row names none (today).
    #[arg(long)]
    on: Option<String>,
    /// Whose levels and kinds the file uses.
    #[arg(long, default_value = "vn-party")]
    profile: String,
    /// The language of the messages: vi or en.
    #[arg(long, default_value = "en")]
    language: String,
    /// Write without asking.
    #[arg(long)]
    yes: bool,
}

/// Writes units into an XLSX or CSV file, in the shape an import takes.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    place: Place,
    /// The code of the topmost unit; without it, the whole tree.
    #[arg(long)]
    root: Option<String>,
    /// The day (today).
    #[arg(long)]
    on: Option<String>,
    /// The file to write; its ending says which kind.
    #[arg(long)]
    out: PathBuf,
}

fn day(text: Option<&str>, today: Day) -> Result<Day, Failure> {
    text.map_or(Ok(today), |text| {
        Day::parse(text).map_err(|error| Failure(format!("--on {text}: {error}")))
    })
}

fn waiting(text: &str) -> ProgressBar {
    let bar = ProgressBar::new_spinner().with_message(text.to_owned());
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}

async fn unit_of(
    app: &App,
    code: Option<&str>,
    on: Day,
) -> Result<Option<plenum_rules::UnitId>, Failure> {
    let Some(code) = code else { return Ok(None) };
    let mut look = look(app, &terminal_user()).await?;
    let found = org::by_code(&mut look.tx, code, on)
        .await?
        .filter(|unit| unit.span().holds(on));
    match found {
        Some(unit) => Ok(Some(unit.unit)),
        None => Err(no_unit(&mut look.tx, code, on).await?),
    }
}

impl Import {
    /// Imports.
    ///
    /// # Errors
    /// Where the file cannot be read or something in it stops the import; then
    /// nothing was written.
    pub async fn run(self) -> Result<(), Failure> {
        let words = Words(Lang::of_code(&self.language).unwrap_or(Lang::En));
        let app = self.place.open().await?;
        let on = day(self.on.as_deref(), app.clock.today())?;
        let profile = profiles::all()
            .iter()
            .find(|profile| profile.id == self.profile)
            .ok_or_else(|| Failure(format!("there is no profile {}", self.profile)))?;
        let root = unit_of(&app, self.root.as_deref(), on).await?;
        let bar = waiting(&words.say("org-cli-reading"));
        let bytes = tokio::fs::read(&self.file)
            .await
            .map_err(|error| Failure::of_file(&self.file, &error))?;
        let sheet = sheets::read(&bytes).map_err(|problem| said(words, &problem))?;
        bar.set_message(words.say("org-cli-checking"));
        let file = self
            .file
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let taking = Taking {
            root,
            day: on,
            profile,
            file,
            sheet,
        };
        let (mark, wanted) = {
            let mut look = look(&app, &terminal_user()).await?;
            let (_, plan) =
                actions::plan(&mut look.tx, &terminal_user(), look.today, &taking).await?;
            bar.finish_and_clear();
            preview(words, &taking, &plan);
            match plan.outcome() {
                Ok(outcome) => (sheets::mark(&plan), outcome.edits.len()),
                Err(_) => return Err(Failure(words.say("org-import-nothing"))),
            }
        };
        if wanted == 0 {
            return Ok(());
        }
        if !self.yes && !asked(words)? {
            say!("{}", words.say("org-import-nothing"));
            return Ok(());
        }
        write(&app, words, taking, mark, wanted).await?;
        say!("{}", words.say("org-cli-done"));
        app.db.close().await;
        Ok(())
    }
}

async fn write(
    app: &App,
    words: Words,
    taking: Taking,
    mark: String,
    wanted: usize,
) -> Result<(), Failure> {
    let length = u64::try_from(wanted).unwrap_or(u64::MAX);
    let bar = ProgressBar::new(length).with_message(words.say("org-cli-writing"));
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}") {
        bar.set_style(style);
    }
    let steps = bar.clone();
    act(app, &terminal_user(), move |cx| {
        Box::pin(async move {
            let mut step = |count: usize| steps.inc(u64::try_from(count).unwrap_or(0));
            actions::take(cx, &taking, Some(&mark), &mut step).await
        })
    })
    .await
    .map_err(|problem| said(words, &problem))?;
    bar.finish_and_clear();
    Ok(())
}

fn said(words: Words, problem: &crate::shell::Problem) -> Failure {
    Failure(format!("{}: {}", problem.code, problem.text(words)))
}

fn preview(words: Words, taking: &Taking, plan: &ImportPlan) {
    for finding in &plan.header_findings {
        say!(
            "{} {}",
            finding.code.code(),
            findings::in_header(words, finding)
        );
    }
    for finding in plan.findings.iter().take(PRINTED) {
        let text = findings::in_cell(words, taking.profile, finding);
        say!(
            "{} {}: {text}",
            finding.code.code(),
            findings::place(finding)
        );
    }
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    if plan.findings.len() > PRINTED {
        say!(
            "{}",
            words.say1(
                "org-and-more",
                "count",
                count(plan.findings.len() - PRINTED)
            )
        );
    }
    let number = |number: usize| Put::from(words.count(count(number)));
    let summary = &plan.summary;
    let values = [
        ("new", number(summary.new)),
        ("changed", number(summary.changed)),
        ("same", number(summary.same)),
        ("absent", number(summary.absent)),
        ("rows", number(plan.rows.len())),
    ];
    say!("{}", words.say_with("org-preview-counts", &values));
    let errors = plan.findings.len();
    if errors > 0 {
        say!(
            "{}",
            words.say1("org-preview-errors", "count", count(errors))
        );
    }
}

/// Asks at the terminal; without one, nobody has confirmed.
fn asked(words: Words) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        say!("{}", words.say("org-cli-add-yes"));
        return Ok(false);
    }
    write!(std::io::stdout(), "{} ", words.say("org-cli-confirm"))?;
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(["y", "yes", "c", "có", "co"].contains(&answer.trim().to_lowercase().as_str()))
}

impl Export {
    /// Exports.
    ///
    /// # Errors
    /// An unknown unit, an unknown kind of file, a file that cannot be written.
    pub async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let on = day(self.on.as_deref(), app.clock.today())?;
        let root = unit_of(&app, self.root.as_deref(), on).await?;
        let mut look = look(&app, &terminal_user()).await?;
        let tree = subtree(&mut look.tx, root, on).await?;
        let rows = export_rows(&tree, root, on);
        let count = rows.rows.len();
        let sheet = sheets::output("Plenum", rows);
        let bytes = match self.out.extension().and_then(|ending| ending.to_str()) {
            Some("csv") => sheet::write_csv(&sheet),
            Some("xlsx") => {
                sheet::write_xlsx(&sheet).map_err(|error| Failure(error.to_string()))?
            }
            _ => {
                return Err(Failure(
                    "--out: the file must end in .xlsx or .csv".to_owned(),
                ));
            }
        };
        tokio::fs::write(&self.out, bytes)
            .await
            .map_err(|error| Failure::of_file(&self.out, &error))?;
        say!("{}: {count}", self.out.display());
        Ok(())
    }
}
