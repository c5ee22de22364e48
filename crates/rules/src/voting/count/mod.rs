//! The count: from ballots and attendance to the result with its steps.

mod ballots;
mod bits;
mod elect;
mod need;
mod next;
mod outcome;
mod ranked;
mod sheets;
mod tally;

use serde::{Deserialize, Serialize};

pub use ballots::{Ballots, Looked, MOST_BALLOTS, Ruling};
pub use next::Next;
pub use outcome::{Line, Outcome, PapersStep, Tie, basis_points};
pub use ranked::{Order, RankedRound};
pub use sheets::{Sheet, add_up as add_up_sheets};
pub use tally::Tally;

use super::attendance::Attendance;
use super::ballot::{BallotKind, Layout, Number};
use super::profile::{Body, ElectionRules, Office};
use super::refusal::Refusal;
use super::unconfirmed::Uses;

/// What a ballot is held for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To elect.
    Election,
    /// To decide among those tied for the last seats: the most votes are
    /// enough (R20).
    RunOff,
    /// To hear opinions on nominees before the list is closed (R59): nobody is
    /// elected.
    Opinion,
    /// To introduce people for a direct election: nobody is elected.
    Introduction,
    /// To elect alternates for places that stayed open; the official seats are
    /// filled (Điều 18).
    Alternates,
    /// To decide among those tied for the last places of alternates: the most
    /// votes are enough, and nobody is elected to a seat.
    AlternatesRunOff,
}

impl Purpose {
    /// Whether people are elected in it; a ballot before the list elects
    /// nobody.
    #[must_use]
    pub fn elects(self) -> bool {
        !matches!(self, Self::Opinion | Self::Introduction)
    }

    /// Whether it elects alternates and nobody else.
    #[must_use]
    pub fn elects_alternates(self) -> bool {
        matches!(self, Self::Alternates | Self::AlternatesRunOff)
    }

    /// Whether it is a ballot of the tied alone, in which the most votes are
    /// enough.
    #[must_use]
    pub fn is_run_off(self) -> bool {
        matches!(self, Self::RunOff | Self::AlternatesRunOff)
    }
}

/// What is voted on with one paper: one office, never several (R28).
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The office.
    pub office: Office,
    /// Who votes.
    pub body: Body,
    /// What for.
    pub purpose: Purpose,
    /// The how-manieth ballot for this office, from 1.
    pub round: u8,
    /// The paper.
    pub layout: Layout,
    /// Seats for alternates on the same list, as the congress decided; 0: none.
    #[serde(default)]
    pub alternates: u8,
}

/// The papers of a ballot, in pieces.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Papers {
    /// Printed, where somebody counted them.
    #[serde(default)]
    pub printed: Option<u32>,
    /// Handed out, replacements included.
    pub issued: u32,
    /// Spoiled, handed back and replaced: put aside, not in the boxes.
    #[serde(default)]
    pub spoiled: u32,
    /// Taken from the boxes.
    pub returned: u32,
}

/// Where the votes come from.
#[derive(Clone, Copy, Debug)]
pub enum Votes<'a> {
    /// Ballot by ballot.
    Ballots(&'a Ballots),
    /// Totals of piles.
    Sheets(&'a [Sheet]),
}

/// Everything a count takes.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The rules pinned to the election when it opened.
    pub rules: &'a ElectionRules,
    /// What is voted on.
    pub definition: &'a Definition,
    /// Who is there.
    pub attendance: &'a Attendance,
    /// The papers.
    pub papers: Papers,
    /// The votes.
    pub votes: Votes<'a>,
}

/// A lot that was drawn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lot {
    /// Between whom.
    pub tied: Vec<Number>,
    /// Who was drawn: gets a seat; in a ranked count, stays.
    pub drawn: Vec<Number>,
}

impl Lot {
    /// Whether it was drawn among exactly these.
    pub(super) fn is_among(&self, tied: &[Number]) -> bool {
        let mut own = self.tied.clone();
        own.sort_unstable();
        let mut tied = tied.to_vec();
        tied.sort_unstable();
        own == tied
    }
}

/// What people decided where the rules leave it to them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Decision {
    /// A lot was drawn.
    Lot(Lot),
    /// Seats are open: a further ballot is held (R22).
    FurtherBallot,
    /// Seats are open and stay so (R22).
    Stop,
    /// Those who passed without a seat become alternates (Điều 18).
    TakeAlternates,
    /// They do not.
    LeaveAlternates,
    /// A number of the rules nobody had confirmed is right: its field.
    Confirm(String),
}

impl Decision {
    /// Whether it is taken before two people confirm the result: a lot, or a
    /// number of the rules. Everything else the congress decides on hearing it.
    #[must_use]
    pub fn comes_first(&self) -> bool {
        matches!(self, Self::Lot(_) | Self::Confirm(_))
    }
}

/// Counts an election. The result carries its steps, so that screen, minutes
/// and a failing test read the same; ties and what is left to people are
/// reported, never decided here.
///
/// # Errors
/// Where attendance, papers, ballots or decisions contradict each other or the
/// rules: see [`Refusal`].
pub fn count(input: &Input<'_>, decisions: &[Decision]) -> Result<Outcome, Refusal> {
    let Input {
        rules,
        definition,
        attendance,
        papers,
        ..
    } = input;
    check_definition(rules, definition, attendance)?;
    check_papers(papers, attendance)?;
    let mut uses = Uses::default();
    let layout = &definition.layout;
    let tally = match input.votes {
        Votes::Ballots(ballots) => {
            if ballots.layout() != layout {
                return Err(Refusal::OtherLayout);
            }
            ballots.tally(rules, &mut uses)?
        }
        Votes::Sheets(sheets) => sheets::tally(sheets, layout, rules, &mut uses)?,
    };
    // R17: valid and invalid are the ballots returned.
    if tally.total() != u64::from(papers.returned) {
        return Err(Refusal::PapersDoNotAddUp {
            returned: papers.returned,
            counted: tally.total(),
        });
    }
    let valid = u32::try_from(tally.valid).map_err(|_| Refusal::TooLarge)?;
    let mut of_all = Uses::default();
    let denominator = attendance.denominator(rules, (papers.returned, valid), &mut of_all)?;
    // Other ballots are held against nothing, or against something else.
    if matches!(definition.purpose, Purpose::Election | Purpose::Alternates) {
        uses.join(of_all);
    }
    outcome::find(input, decisions, &tally, denominator, uses)
}

/// Whether the rules know such a ballot.
fn check_definition(
    rules: &ElectionRules,
    definition: &Definition,
    attendance: &Attendance,
) -> Result<(), Refusal> {
    definition.layout.check()?;
    let office = rules.office(&definition.office);
    let known = office.is_some() && definition.body == attendance.body && definition.round > 0;
    if !known {
        return Err(Refusal::NoSuchElection {
            office: definition.office.clone(),
        });
    }
    if let Some(most) = &rules.rounds_of(&definition.office).most
        && definition.round > most.value
        && definition.purpose.elects()
    {
        return Err(Refusal::RoundsOver { most: most.value });
    }
    let alternates = rules.alternates.as_ref().map(|rule| &rule.office);
    if definition.purpose.elects_alternates() && alternates != Some(&definition.office) {
        return Err(Refusal::NoSuchElection {
            office: definition.office.clone(),
        });
    }
    if definition.purpose.is_run_off()
        && !matches!(
            definition.layout.kind,
            BallotKind::StrikeOut | BallotKind::Ranked
        )
    {
        return Err(Refusal::OtherLayout);
    }
    Ok(())
}

/// R16: what came back and what was spoiled was handed out; nobody got two.
pub(super) fn check_papers(papers: &Papers, attendance: &Attendance) -> Result<(), Refusal> {
    let out = papers
        .issued
        .checked_sub(papers.spoiled)
        .filter(|out| papers.returned <= *out)
        .ok_or(Refusal::MoreReturnedThanIssued {
            issued: papers.issued.saturating_sub(papers.spoiled),
            returned: papers.returned,
        })?;
    if out > attendance.present {
        return Err(Refusal::MoreIssuedThan {
            issued: out,
            limit: attendance.present,
        });
    }
    match papers.printed {
        Some(printed) if papers.issued > printed => Err(Refusal::MoreIssuedThan {
            issued: papers.issued,
            limit: printed,
        }),
        _ => Ok(()),
    }
}
