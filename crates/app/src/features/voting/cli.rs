//! Counting an archive again, with no database.

use std::path::PathBuf;

use clap::Args;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::archive::count_archive;
use plenum_rules::voting::archive::{Archive, recount};
use plenum_rules::voting::count::{Outcome, Purpose};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::pages::election::hex;
use crate::cli::Failure;
use crate::shell::election_rules;

/// `plenum recount`.
#[derive(Args)]
pub struct Recount {
    /// The archive of an election.
    file: PathBuf,
    /// Prints one JSON object for programs.
    #[arg(long)]
    json: bool,
}

impl Recount {
    /// Counts the archive and says whether the result is the one it carries.
    ///
    /// # Errors
    /// What is wrong with the file, with line and field; a result that differs.
    pub fn run(&self) -> Result<(), Failure> {
        let name = self.file.display();
        let text = std::fs::read_to_string(&self.file)
            .map_err(|error| Failure(format!("{name}: {error}")))?;
        let archive = read(&text).map_err(|why| Failure(format!("{name}: {why}")))?;
        let digest = hex(&Sha256::digest(text.as_bytes()));
        match recount(&archive) {
            Ok(outcome) => {
                self.say((&archive, &digest), &outcome, true);
                Ok(())
            }
            Err(refusal @ Refusal::ArchiveDiffers { field: "outcome" }) => {
                let ballots = archive
                    .ballots()
                    .map_err(|why| Failure(format!("{name}: {why}")))?;
                let outcome = count_archive(&archive, &ballots)
                    .map_err(|why| Failure(format!("{name}: {why}")))?;
                self.say((&archive, &digest), &outcome, false);
                let fields = differing(&archive.outcome, &outcome).join(", ");
                Err(Failure(format!("{name}: {refusal}: {fields}")))
            }
            Err(refusal) => Err(Failure(format!("{name}: {refusal}"))),
        }
    }

    fn say(&self, (archive, digest): (&Archive, &str), outcome: &Outcome, same: bool) {
        if self.json {
            say!(
                "{}",
                json!({
                    "same": same, "sha256": digest, "title": archive.title, "outcome": outcome,
                })
            );
            return;
        }
        say!("{}", archive.title);
        let purpose = match archive.definition.purpose {
            Purpose::Opinion => Some("opinion ballot: nobody is elected"),
            Purpose::Introduction => Some("introduction ballot: nobody is elected"),
            Purpose::Alternates | Purpose::AlternatesRunOff => Some("alternates only"),
            Purpose::Election | Purpose::RunOff => None,
        };
        if let Some(purpose) = purpose {
            say!("{purpose}");
        }
        let (need, of) = outcome.asked(archive.rules.threshold.value);
        say!(
            "returned {}, valid {}, denominator {of}, needed {need}",
            outcome.papers.returned,
            outcome.papers.valid,
        );
        for number in &outcome.order {
            let (Some(line), Some(who)) = (
                outcome.lines.get(number.place()),
                archive.list.get(number.place()),
            ) else {
                continue;
            };
            let elected = if outcome.elected.contains(number) {
                "  elected"
            } else if outcome.alternates.contains(number) {
                "  alternate"
            } else {
                ""
            };
            say!("{:>8}  {:>3}. {}{elected}", line.votes, number, who.name);
        }
        // Names and rules are not in the votes: whoever has the figure noted at the
        // count sees whether the file is that one.
        say!("sha256 {digest}");
        say!("{}", if same { "same" } else { "DIFFERENT" });
    }
}

/// `plenum rules`.
#[derive(Args)]
pub struct Rules {
    /// The file, as those in `crates/rules/profiles/elections`.
    file: PathBuf,
}

impl Rules {
    /// Checks the file and says what it holds.
    ///
    /// # Errors
    /// What is wrong with the file, with line and field.
    pub fn run(&self) -> Result<(), Failure> {
        let name = self.file.display().to_string();
        let text = std::fs::read_to_string(&self.file)
            .map_err(|error| Failure(format!("{name}: {error}")))?;
        let rules = election_rules::read(&name, &text).map_err(Failure)?;
        say!(
            "{}: {} offices, {} chains, valid from {}",
            rules.id,
            rules.offices.len(),
            rules.chains.len(),
            rules.valid_from
        );
        Ok(())
    }
}

/// Reads an archive.
///
/// # Errors
/// Line, column and field of what is wrong.
fn read(text: &str) -> Result<Archive, String> {
    serde_json::from_str(text).map_err(|error| {
        format!(
            "line {}, column {}: {}{error}",
            error.line(),
            error.column(),
            field_before(text, error.line(), error.column()),
        )
    })
}

/// The last name of a field before a place in the text.
fn field_before(text: &str, line: usize, column: usize) -> String {
    let mut before = String::new();
    for (number, each) in (1..).zip(text.lines()) {
        if number < line {
            before.push_str(each);
            before.push('\n');
        } else {
            before.extend(each.chars().take(column));
            break;
        }
    }
    let quoted: Vec<&str> = before.split('"').collect();
    let field = quoted
        .windows(2)
        .rev()
        .find(|pair| pair[1].trim_start().starts_with(':') && !pair[0].contains('\n'));
    field.map_or_else(String::new, |pair| format!("field “{}”: ", pair[0]))
}

/// Which parts of two results differ.
fn differing(one: &Outcome, other: &Outcome) -> Vec<String> {
    let fields = |outcome: &Outcome| match serde_json::to_value(outcome) {
        Ok(serde_json::Value::Object(fields)) => fields,
        _ => serde_json::Map::new(),
    };
    let (one, other) = (fields(one), fields(other));
    one.keys()
        .chain(other.keys().filter(|key| !one.contains_key(*key)))
        .filter(|key| one.get(*key) != other.get(*key))
        .cloned()
        .collect()
}
