//! An election in one file: all that is needed to count it again without any
//! database. For custody and audit: on a long list a ballot's pattern can
//! serve as a signature, so the file is not for publishing; the extract is.

use serde::{Deserialize, Serialize};

use super::attendance::Attendance;
use super::ballot::{Ballot, Layout, Marks, Remarks};
use super::count::{
    Ballots, Decision, Definition, Input, Looked, Outcome, Papers, Ruling, Sheet, Votes, count,
};
use super::profile::ElectionRules;
use super::refusal::Refusal;
use crate::Day;
use crate::season::InstrumentKey;

/// What an archive of this version says it is.
pub const FORMAT: &str = "plenum-election-1";
/// What an extract says it is.
pub const EXTRACT_FORMAT: &str = "plenum-election-extract-1";

/// A person on the list, in ballot order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// The name as printed.
    pub name: String,
    /// The birth date, where it was printed to tell equal names apart (R54).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<Day>,
}

/// Ballots alike in everything.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchivedBallot {
    /// What stands on them.
    pub marks: Marks,
    /// What was seen beside.
    #[serde(default, skip_serializing_if = "Remarks::is_empty")]
    pub remarks: Remarks,
    /// What the counting committee ruled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ruling: Option<Ruling>,
    /// How many, at least 1.
    pub times: u64,
}

/// What was counted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Counted {
    /// Every ballot, sorted, without order or time.
    Ballots(Vec<ArchivedBallot>),
    /// Totals of piles.
    Sheets(Vec<Sheet>),
}

/// The archive.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// Always [`FORMAT`].
    pub format: String,
    /// Whose election, as it stands on the minutes.
    pub title: String,
    /// The day of the vote.
    pub day: Day,
    /// The rules pinned when it opened, whole.
    pub rules: ElectionRules,
    /// What was voted on, with the layout of the paper.
    pub definition: Definition,
    /// The list, in ballot order.
    pub list: Vec<Listed>,
    /// The printed template, as the program that printed it wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// Who was there.
    pub attendance: Attendance,
    /// The papers.
    pub papers: Papers,
    /// The ballots or sheets.
    pub counted: Counted,
    /// What people decided.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// The result as it was announced.
    pub outcome: Outcome,
}

/// Totals only: what may be published.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extract {
    /// Always [`EXTRACT_FORMAT`].
    pub format: String,
    /// Whose election.
    pub title: String,
    /// The day of the vote.
    pub day: Day,
    /// The rules, by name.
    pub rules: String,
    /// The instrument.
    pub instrument: InstrumentKey,
    /// What was voted on.
    pub definition: Definition,
    /// The list, in ballot order.
    pub list: Vec<Listed>,
    /// The result with its steps.
    pub outcome: Outcome,
}

impl From<Looked> for ArchivedBallot {
    fn from(looked: Looked) -> Self {
        Self {
            marks: looked.ballot.marks,
            remarks: looked.ballot.remarks,
            ruling: looked.ruling,
            times: looked.times,
        }
    }
}

impl ArchivedBallot {
    /// What may stand once only: everything but how many.
    fn sort_key(&self) -> (&Marks, &Remarks, &Option<Ruling>) {
        (&self.marks, &self.remarks, &self.ruling)
    }
}

/// The ballots as an archive has them: sorted, alike ones together.
#[must_use]
pub fn ballots_of(ballots: &Ballots) -> Vec<ArchivedBallot> {
    ballots.sorted().into_iter().map(Into::into).collect()
}

impl Counted {
    /// The ballots in memory, ready to count; none where sheets were counted.
    ///
    /// # Errors
    /// [`Refusal::ArchiveDiffers`] for a row of no ballots or rows out of
    /// order: an order of its own could tell who voted when. As
    /// [`Ballots::add`].
    pub fn ballots(&self, layout: Layout) -> Result<Ballots, Refusal> {
        let mut ballots = Ballots::new(layout)?;
        let Self::Ballots(rows) = self else {
            return Ok(ballots);
        };
        let sorted = rows
            .windows(2)
            .all(|pair| pair[0].sort_key() < pair[1].sort_key());
        if !sorted || rows.iter().any(|row| row.times == 0) {
            return Err(Refusal::ArchiveDiffers { field: "counted" });
        }
        for row in rows {
            let ballot = Ballot {
                marks: row.marks.clone(),
                remarks: row.remarks,
            };
            ballots.add(ballot, row.ruling.clone(), row.times)?;
        }
        Ok(ballots)
    }

    /// As the votes of a count; `ballots` are those of [`Counted::ballots`].
    #[must_use]
    pub fn votes<'a>(&'a self, ballots: &'a Ballots) -> Votes<'a> {
        match self {
            Self::Ballots(_) => Votes::Ballots(ballots),
            Self::Sheets(sheets) => Votes::Sheets(sheets),
        }
    }
}

impl Archive {
    /// The ballots in memory, ready to count.
    ///
    /// # Errors
    /// As [`Counted::ballots`].
    pub fn ballots(&self) -> Result<Ballots, Refusal> {
        self.counted.ballots(self.definition.layout)
    }

    /// What may be published.
    #[must_use]
    pub fn extract(&self) -> Extract {
        Extract {
            format: EXTRACT_FORMAT.to_owned(),
            title: self.title.clone(),
            day: self.day,
            rules: self.rules.id.clone(),
            instrument: self.rules.instrument.clone(),
            definition: self.definition.clone(),
            list: self.list.clone(),
            outcome: self.outcome.clone(),
        }
    }
}

/// Counts an archive anew and holds the result against the one it carries.
///
/// # Errors
/// [`Refusal::ArchiveFormat`]; [`Refusal::ArchiveDiffers`] where rules, list or
/// result do not fit; as [`count`].
pub fn recount(archive: &Archive) -> Result<Outcome, Refusal> {
    let outcome = count_archive(archive, &archive.ballots()?)?;
    if outcome == archive.outcome {
        Ok(outcome)
    } else {
        Err(Refusal::ArchiveDiffers { field: "outcome" })
    }
}

/// Counts an archive whose ballots are in memory, whatever result it carries.
///
/// # Errors
/// As [`recount`].
pub fn count_archive(archive: &Archive, ballots: &Ballots) -> Result<Outcome, Refusal> {
    if archive.format != FORMAT {
        return Err(Refusal::ArchiveFormat {
            found: archive.format.chars().take(80).collect(),
        });
    }
    for (field, fits) in [
        ("rules", archive.rules.check().is_empty()),
        (
            "list",
            archive.list.len() == usize::from(archive.definition.layout.names),
        ),
    ] {
        if !fits {
            return Err(Refusal::ArchiveDiffers { field });
        }
    }
    let input = Input {
        rules: &archive.rules,
        definition: &archive.definition,
        attendance: &archive.attendance,
        papers: archive.papers,
        votes: archive.counted.votes(ballots),
    };
    count(&input, &archive.decisions)
}
