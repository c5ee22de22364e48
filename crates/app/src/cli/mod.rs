//! The command line: the same actions as the pages.

/// Prints a line at the terminal, as `println!` does.
macro_rules! say {
    ($($line:tt)*) => { $crate::cli::print_line(format_args!($($line)*)) };
}

pub mod named;
pub mod serve;

use std::fmt::Arguments;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use plenum_store::{Db, schema};

use crate::features::access;
use crate::shell::act::Settings;
use crate::shell::{App, Clock, Problem, Who};

/// Runs a season of congresses: directives, plans, ballots, reports.
#[derive(Parser)]
#[command(name = "plenum", version, about)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the pages and the API.
    Serve(serve::Serve),
    /// Loads the five seasons of the demo and serves them.
    Demo(crate::features::demo::cli::Demo),
    /// Prints how many of how many, on any day, at any node.
    Progress(crate::features::progress::cli::Progress),
    /// Makes the first administrator of an empty installation.
    Init(access::cli::Init),
    /// Takes units in from an XLSX or CSV file.
    Import(crate::features::org::cli::Import),
    /// Writes units into an XLSX or CSV file.
    Export(crate::features::org::cli::Export),
    /// Writes the report upwards: PDF, DOCX or XLSX.
    Report(crate::features::reports::cli::Report),
    /// Counts the archive of an election again and says whether the result is the same.
    Recount(crate::features::voting::cli::Recount),
    /// Checks a file of election rules; names line and field of what is wrong.
    Rules(crate::features::voting::cli::Rules),
    /// Accounts and their roles.
    Account(access::cli::Account),
    /// Keys for programs.
    Token(access::cli::Token),
    /// The memory of who did what.
    Audit(access::cli::Audit),
    /// Looks whether the installation is well; says what is wrong.
    Doctor(access::cli::Doctor),
    /// Writes everything into one checked file, while the server goes on.
    Backup(access::cli::Backup),
    /// Restores a backup into an empty database, of either engine.
    Restore(access::cli::Restore),
}

/// Where the data is; every command takes it.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// sqlite:FILE or postgres://USER@HOST/NAME
    #[arg(long, env = "PLENUM_DATABASE", default_value = "sqlite:plenum.db")]
    pub database: String,
    /// The organisation's time zone, which decides what day it is.
    #[arg(long, env = "PLENUM_TIME_ZONE", default_value = "Asia/Ho_Chi_Minh")]
    pub time_zone: String,
}

impl Place {
    /// Opens the database and brings it to this release's schema.
    ///
    /// # Errors
    /// A bad address or zone, or a database that cannot be opened.
    pub async fn open(&self) -> Result<App, Failure> {
        self.open_with(Settings::default()).await
    }

    /// As [`Place::open`], with the server's settings.
    ///
    /// # Errors
    /// As [`Place::open`].
    pub async fn open_with(&self, settings: Settings) -> Result<App, Failure> {
        let clock = Clock::system(&self.time_zone).map_err(Failure)?;
        let db = Db::open(&self.database).await?;
        schema::migrate(&db).await?;
        Ok(App::new(db, clock, settings))
    }
}

pub use named::{no_unit, place_named};

/// What a program ended by a closed pipe answers: 128 + SIGPIPE.
const PIPE_CLOSED: i32 = 141;

/// Prints a line. Whoever reads has seen enough once the pipe is closed
/// (`| head`): the command ends without a word.
pub fn print_line(line: Arguments<'_>) {
    let mut out = std::io::stdout().lock();
    let written = out.write_fmt(line).and_then(|()| out.write_all(b"\n"));
    if let Err(error) = written {
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            let _ = writeln!(std::io::stderr(), "plenum: {error}");
        }
        std::process::exit(PIPE_CLOSED);
    }
}

/// Who acts on the command line.
#[must_use]
pub fn terminal_user() -> Who {
    Who::system(&std::env::var("USER").unwrap_or_else(|_| "terminal".to_owned()))
}

/// Why a command failed, in one line.
#[derive(Debug)]
pub struct Failure(pub String);

impl Failure {
    /// A file that could not be read or written.
    #[must_use]
    pub fn of_file(file: &Path, error: &std::io::Error) -> Self {
        Self(format!("{}: {error}", file.display()))
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self(problem.to_string())
    }
}

impl From<plenum_store::StoreError> for Failure {
    fn from(error: plenum_store::StoreError) -> Self {
        Self(error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// Runs the command line.
#[must_use]
pub fn main() -> ExitCode {
    let line = Line::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(&error.to_string());
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(line.command)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(why)) => {
            complain(&why);
            ExitCode::FAILURE
        }
    }
}

fn complain(why: &str) {
    // Nobody may be reading this either.
    let _ = writeln!(std::io::stderr(), "plenum: {why}");
}

async fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Serve(command) => command.run().await,
        Command::Demo(command) => command.run().await,
        Command::Progress(command) => command.run().await,
        Command::Init(command) => command.run().await,
        Command::Import(command) => command.run().await,
        Command::Export(command) => command.run().await,
        Command::Report(command) => command.run().await,
        Command::Recount(command) => command.run(),
        Command::Rules(command) => command.run(),
        Command::Account(command) => command.run().await,
        Command::Token(command) => command.run().await,
        Command::Audit(command) => command.run().await,
        Command::Doctor(command) => command.run().await,
        Command::Backup(command) => command.run().await,
        Command::Restore(command) => command.run().await,
    }
}
