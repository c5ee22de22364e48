//! `plenum progress`.

use clap::Args;
use plenum_rules::access::Permission;
use plenum_rules::progress::{Counts, Measure};
use plenum_store::board::{self, Board};

use crate::cli::{Failure, Place as Database, place_named, terminal_user};
use crate::shell::figures::{children_in_order, figures};
use crate::shell::sentence::{levels_in_sentence, sentence};
use crate::shell::{Lang, Place, Words, look, profiles};

/// Prints how many of how many, on any day, at any node.
#[derive(Args)]
pub struct Progress {
    #[command(flatten)]
    database: Database,
    /// The season's name.
    #[arg(long)]
    season: String,
    /// The unit's code; without it the season's top.
    #[arg(long)]
    unit: Option<String>,
    /// The day, such as 2020-03-02; without it today.
    #[arg(long)]
    as_of: Option<String>,
    /// For programs.
    #[arg(long)]
    json: bool,
    /// The language of the text: vi or en.
    #[arg(long, default_value = "vi")]
    language: String,
}

impl Progress {
    /// Prints it.
    ///
    /// # Errors
    /// An unknown season, unit or day.
    pub async fn run(self) -> Result<(), Failure> {
        let words = Words(Lang::of_code(&self.language).unwrap_or_default());
        let app = self.database.open().await?;
        let mut look = look(&app, &terminal_user()).await?;
        let (unit, on) = (self.unit.as_deref(), self.as_of.as_deref());
        let place = place_named(&mut look, &self.season, unit, on).await?;
        look.must(Permission::SeeProgress, place.unit.unit).await?;
        let board = board::load(&mut look.tx, &place.season, &place.path, (place.day, None))
            .await?
            .ok_or_else(|| Failure("there is no such unit".to_owned()))?;
        if self.json {
            let figures = serde_json::to_string_pretty(&figures(words, &place, &board))
                .map_err(|error| Failure(error.to_string()))?;
            say!("{figures}");
        } else {
            say!("{}", as_text(words, &place, &board));
        }
        Ok(())
    }
}

fn as_text(words: Words, place: &Place, board: &Board) -> String {
    let mut lines = vec![sentence(words, place.profile, board), String::new()];
    for level in board.levels.iter().rev() {
        let name = profiles::level_name(words, place.profile, &level.level);
        lines.push(line(words, &name, &level.all));
        if level.kinds.len() > 1 {
            for (kind, counts) in &level.kinds {
                lines.push(line(
                    words,
                    &format!("  – {}", profiles::kind_name(words, place.profile, kind)),
                    counts,
                ));
            }
        }
        for (counts, key) in [
            (&level.pilot, "progress-pilots"),
            (&level.trial, "progress-trials"),
        ] {
            if counts.total() > 0 {
                lines.push(line(words, &format!("  – {}", words.say(key)), counts));
            }
        }
    }
    if let Some(counted) = &board.counted
        && !board.children.is_empty()
    {
        lines.push(String::new());
        lines.push(words.say1(
            "progress-column",
            "level",
            levels_in_sentence(words, place.profile, counted),
        ));
        for child in children_in_order(board) {
            let counts = child.counts(counted);
            if counts.total() > 0 {
                lines.push(line(words, &child.unit.name, &counts));
            }
        }
    }
    lines.join("\n")
}

fn line(words: Words, name: &str, counts: &Counts) -> String {
    let (held, total) = (counts.held(), counts.total());
    let figure = format!("{}/{}", words.count(held), words.count(total));
    let mut text = format!("{name:<48} {figure:>13} {:>8}", words.percent(held, total));
    if counts[Measure::Late] > 0 {
        text.push_str(&format!(
            "  {} {}",
            words.say("progress-late"),
            words.count(counts[Measure::Late])
        ));
    }
    text
}
