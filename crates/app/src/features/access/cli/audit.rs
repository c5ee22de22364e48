//! `plenum audit …`.

use clap::{Args, Subcommand};
use plenum_rules::Day;
use plenum_store::audit::Recorded;

use crate::cli::{Failure, Place, terminal_user};
use crate::features::access::actions::memory::{self, Asked, Chain};
use crate::shell::{App, look};

/// The memory of who did what.
#[derive(Args)]
pub struct Audit {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Checks every link of the chain; fails naming the first broken one.
    Verify(Verify),
    /// Prints rows, the newest first.
    List(List),
}

#[derive(Args)]
struct Verify {
    #[command(flatten)]
    place: Place,
    /// ROW:HASH noted at an earlier verification: it must still stand there.
    /// A chain whose end was cut off is whole in itself; this finds it out.
    #[arg(long)]
    noted: Option<String>,
}

#[derive(Args)]
struct List {
    #[command(flatten)]
    place: Place,
    /// The code of a unit: it and all below it.
    #[arg(long, default_value = "")]
    unit: String,
    /// A season.
    #[arg(long, default_value = "")]
    season: String,
    /// An event or the beginning of its name, such as grant.
    #[arg(long, default_value = "")]
    event: String,
    /// A log-in name.
    #[arg(long, default_value = "")]
    who: String,
    /// The first day.
    #[arg(long)]
    from: Option<String>,
    /// The last day.
    #[arg(long)]
    until: Option<String>,
    /// So many rows at the most.
    #[arg(long, default_value_t = 50)]
    limit: u32,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
}

impl Audit {
    /// Runs it.
    ///
    /// # Errors
    /// The chain is broken.
    pub async fn run(self) -> Result<(), Failure> {
        match self.command {
            Command::Verify(command) => command.run().await,
            Command::List(command) => command.run().await,
        }
    }
}

/// When a row says it was written.
pub(super) fn moment(app: &App, at: i64) -> String {
    format!("{} {}", app.clock.day_of(at), app.clock.time_of(at))
}

/// The first broken link in words.
pub(super) fn broken(app: &App, seq: i64, row: Option<&Recorded>) -> String {
    match row {
        Some(row) => format!(
            "the chain breaks at row {seq}: {}, {} by {}",
            moment(app, row.at),
            row.event,
            row.who
        ),
        None => format!("the chain breaks at row {seq}: it is missing"),
    }
}

impl Verify {
    async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        if let Some(noted) = &self.noted {
            let (seq, hash) = noted
                .split_once(':')
                .and_then(|(seq, hash)| Some((seq.parse::<i64>().ok()?, hash)))
                .ok_or_else(|| Failure("--noted is ROW:HASH".to_owned()))?;
            let mut look = look(&app, &terminal_user()).await?;
            let row = plenum_store::audit::row(&mut look.tx, seq).await?;
            if row.is_none_or(|row| row.hash != hash) {
                return Err(Failure(format!(
                    "row {seq} is not the one that was noted: the chain was cut or rewritten"
                )));
            }
        }
        match memory::verify(&app).await? {
            Chain::Whole { rows, head } => {
                say!("{rows} rows, whole");
                if rows > 0 {
                    say!(
                        "note this to find out later whether the end was cut off: --noted {rows}:{head}"
                    );
                }
                Ok(())
            }
            Chain::Broken { seq, row } => Err(Failure(broken(&app, seq, row.as_deref()))),
        }
    }
}

impl List {
    async fn run(self) -> Result<(), Failure> {
        let app = self.place.open().await?;
        let day = |text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => Day::parse(text)
                .map(Some)
                .map_err(|_| Failure(format!("{text} is no day (YYYY-MM-DD)"))),
        };
        let asked = Asked {
            from: day(&self.from)?,
            until: day(&self.until)?,
            unit: self.unit,
            season: self.season,
            event: self.event,
            who: self.who,
        };
        let mut look = look(&app, &terminal_user()).await?;
        let rows = memory::rows(&mut look, &app.clock, &asked, None, i64::from(self.limit)).await?;
        let names = memory::unit_names(&mut look, &rows).await?;
        for row in &rows {
            let unit = row
                .unit
                .and_then(|unit| names.get(&unit))
                .map_or("", String::as_str);
            if self.json {
                let detail: serde_json::Value =
                    serde_json::from_str(&row.detail).unwrap_or_default();
                let line = serde_json::json!({
                    "seq": row.seq, "at": row.at, "who": row.who, "event": row.event,
                    "season": row.season, "unit": row.unit, "detail": detail, "hash": row.hash,
                });
                say!("{line}");
            } else {
                let at = moment(&app, row.at);
                say!(
                    "{}\t{at}\t{}\t{}\t{unit}\t{}",
                    row.seq,
                    row.who,
                    row.event,
                    row.detail
                );
            }
        }
        Ok(())
    }
}
