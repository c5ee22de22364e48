//! An election from the draft of its list to ratification.
//! `docs/machines/election.md` draws it.

mod look;
mod piles;
mod result;
mod states;
mod steps;
mod void;

use serde::{Deserialize, Serialize};

pub use piles::{Differing, DroppedSheets, MOST_PILES, SheetCount, drop_sheets};
pub use states::{
    Announced, Annulled, CardVote, Closed, Compared, Confirmed, Counting, Draft, Listed, Open,
    Printed, Ratified, Resulted, Ruled, RulingRecord,
};

use super::attendance::Attendance;
use super::ballot::Ballot;
use super::count::{Decision, Outcome, Papers};
use super::list::Finding;
use super::profile::ElectionRules;
use super::refusal::{Refusal, said};
use crate::PersonId;
use crate::{Actor, Day};

/// An election. Every verb consumes it and gives the next state or a refusal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Election {
    /// The list is being made.
    Draft(Draft),
    /// Number and list are approved.
    ListApproved(Listed),
    /// The paper is fixed.
    Printed(Printed),
    /// Papers are handed out.
    Open(Box<Open>),
    /// The boxes are opened.
    Closed(Box<Closed>),
    /// Ballots are keyed.
    Counting(Box<Counting>),
    /// The independent counts agree.
    Compared(Box<Compared>),
    /// Doubtful ballots are ruled on.
    Ruled(Box<Ruled>),
    /// The result waits for two people.
    Resulted(Box<Resulted>),
    /// Two people confirmed it.
    Confirmed(Box<Confirmed>),
    /// It was announced.
    Announced(Box<Announced>),
    /// It was ratified.
    Ratified(Box<Ratified>),
    /// It is void.
    Annulled(Annulled),
}

impl Election {
    /// Every state's name, in the order of progress.
    pub const STATES: [&'static str; 13] = [
        "draft",
        "list_approved",
        "printed",
        "open",
        "closed",
        "counting",
        "compared",
        "ruled",
        "resulted",
        "confirmed",
        "announced",
        "ratified",
        "annulled",
    ];

    /// The name in the database, addresses and programs.
    #[must_use]
    pub fn state(&self) -> &'static str {
        let place = match self {
            Self::Draft(_) => 0,
            Self::ListApproved(_) => 1,
            Self::Printed(_) => 2,
            Self::Open(_) => 3,
            Self::Closed(_) => 4,
            Self::Counting(_) => 5,
            Self::Compared(_) => 6,
            Self::Ruled(_) => 7,
            Self::Resulted(_) => 8,
            Self::Confirmed(_) => 9,
            Self::Announced(_) => 10,
            Self::Ratified(_) => 11,
            Self::Annulled(_) => 12,
        };
        Self::STATES[place]
    }

    /// That this cannot happen in the state in which the election is.
    #[must_use]
    pub fn not_now(&self, verb: &'static str) -> Refusal {
        Refusal::NotNow {
            verb,
            state: self.state(),
        }
    }

    /// Number and list are approved by raised cards; the names of an opinion or
    /// introduction ballot are closed without.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::ListBlocked`];
    /// [`Refusal::NumberIsAllocated`] for a vote on an allocated number (R58),
    /// [`Refusal::DecisionNeeded`] where number or list must be voted on and was
    /// not.
    pub fn approve_list(
        self,
        rules: &ElectionRules,
        list: Listed,
        findings: &[Finding],
    ) -> Result<Self, Refusal> {
        match self {
            Self::Draft(draft) => draft.approve(rules, list, findings).map(Self::ListApproved),
            other => Err(other.not_now("approve_list")),
        }
    }

    /// The list is taken up again: somebody was found not to be able to stand.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] once papers are handed out;
    /// [`Refusal::ReasonNeeded`].
    pub fn reopen_list(self, reason: &str) -> Result<Self, Refusal> {
        let draft = match self {
            Self::ListApproved(listed) => listed.draft,
            Self::Printed(printed) => printed.listed.draft,
            other => return Err(other.not_now("reopen_list")),
        };
        said(reason)?;
        Ok(Self::Draft(draft))
    }

    /// The paper is laid out as the rules say for this list, and printed.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::LayoutImpossible`].
    pub fn print(self, rules: &ElectionRules, printed: Option<u32>) -> Result<Self, Refusal> {
        match self {
            Self::ListApproved(listed) => listed.print(rules, printed).map(Self::Printed),
            other => Err(other.not_now("print")),
        }
    }

    /// Papers are handed out; the rules are pinned.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::TellerStands`] (R27);
    /// [`Refusal::RulesChanged`] where the paper was laid out by other rules.
    pub fn open(self, rules: ElectionRules, tellers: Vec<PersonId>) -> Result<Self, Refusal> {
        match self {
            Self::Printed(printed) => printed
                .open(rules, tellers)
                .map(|open| Self::Open(Box::new(open))),
            other => Err(other.not_now("open")),
        }
    }

    /// The boxes are opened, papers and people counted.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::MoreReturnedThanIssued`] and
    /// [`Refusal::MoreIssuedThan`] (R16); as [`Attendance::excluded`].
    pub fn close(self, attendance: Attendance, papers: Papers) -> Result<Self, Refusal> {
        match self {
            Self::Open(open) => open
                .close(attendance, papers)
                .map(|closed| Self::Closed(Box::new(closed))),
            other => Err(other.not_now("close")),
        }
    }

    /// People or papers were counted wrongly, which keying brought to light:
    /// the figures are put right, with the reason on record.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] once ballots are compared; [`Refusal::ReasonNeeded`];
    /// as [`Election::close`].
    pub fn correct_papers(
        self,
        attendance: Attendance,
        papers: Papers,
        reason: &str,
    ) -> Result<Self, Refusal> {
        let reason = said(reason);
        match self {
            Self::Closed(closed) => closed
                .correct(attendance, papers, reason?)
                .map(|closed| Self::Closed(Box::new(closed))),
            Self::Counting(counting) => counting
                .closed
                .correct(attendance, papers, reason?)
                .map(|closed| Self::Counting(Box::new(Counting { closed }))),
            other => Err(other.not_now("correct_papers")),
        }
    }

    /// Counting begins.
    ///
    /// # Errors
    /// [`Refusal::NotNow`].
    pub fn begin_count(self) -> Result<Self, Refusal> {
        match self {
            Self::Closed(closed) => Ok(Self::Counting(Box::new(Counting { closed: *closed }))),
            other => Err(other.not_now("begin_count")),
        }
    }

    /// The keyed passes agree ([`super::keying::Keying::ballots`]).
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::PapersDoNotAddUp`] where the ballots are
    /// not as many as were returned; as [`Ballot::check`].
    pub fn compare(self, ballots: Vec<Ballot>) -> Result<Self, Refusal> {
        match self {
            Self::Counting(counting) => counting
                .compare(ballots)
                .map(|compared| Self::Compared(Box::new(compared))),
            other => Err(other.not_now("compare")),
        }
    }

    /// Two or three people counted on sheets and agree (R51). The committee's
    /// rulings stand on the sheets, so nothing is left to rule on.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::SecondPersonNeeded`];
    /// [`Refusal::SamePerson`]; [`Refusal::CountsDiffer`]; as a sheet's check.
    pub fn compare_sheets(self, counts: &[SheetCount]) -> Result<Self, Refusal> {
        match self {
            Self::Counting(counting) => counting
                .compare_sheets(counts)
                .map(|ruled| Self::Ruled(Box::new(ruled))),
            other => Err(other.not_now("compare_sheets")),
        }
    }

    /// The counting committee rules on every doubtful or invalid ballot. Order
    /// is lost here, on purpose.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::RulingMissing`];
    /// [`Refusal::CriterionUnknown`]; [`Refusal::RulingAgainstRule`].
    pub fn rule(self, rulings: &[RulingRecord]) -> Result<Self, Refusal> {
        match self {
            Self::Compared(compared) => compared
                .rule(rulings)
                .map(|ruled| Self::Ruled(Box::new(ruled))),
            other => Err(other.not_now("rule")),
        }
    }

    /// The committee ruled otherwise before two people confirmed the result: it
    /// is found anew from the same ballots. Numbers of the rules that somebody
    /// confirmed stay so; a first confirmation and lots do not.
    ///
    /// # Errors
    /// [`Refusal::NotNow`], also where votes come from sheets;
    /// [`Refusal::CountsDiffer`] where other ballots were counted; as
    /// [`Election::rule`].
    pub fn rule_again(
        self,
        ballots: Vec<Ballot>,
        rulings: &[RulingRecord],
    ) -> Result<Self, Refusal> {
        match self {
            Self::Resulted(resulted) => resulted
                .rule_again(ballots, rulings)
                .map(|resulted| Self::Resulted(Box::new(resulted))),
            other => Err(other.not_now("rule_again")),
        }
    }

    /// The papers are counted again: everybody read one of them wrongly, which
    /// came to light after the counts agreed.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] before they agreed, and once two people have confirmed
    /// the result; [`Refusal::ReasonNeeded`].
    pub fn count_again(self, reason: &str) -> Result<Self, Refusal> {
        let mut closed = match self {
            Self::Compared(compared) => compared.closed,
            Self::Ruled(ruled) => ruled.closed,
            Self::Resulted(resulted) => resulted.ruled.closed,
            other => return Err(other.not_now("count_again")),
        };
        closed.corrections.push(said(reason)?);
        Ok(Self::Counting(Box::new(Counting { closed })))
    }

    /// The result is found.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; as [`super::count::count`].
    pub fn find_result(self) -> Result<Self, Refusal> {
        match self {
            Self::Ruled(ruled) => ruled
                .find_result()
                .map(|resulted| Self::Resulted(Box::new(resulted))),
            other => Err(other.not_now("find_result")),
        }
    }

    /// People decide what the rules leave to them, or confirm a number of the
    /// rules: before the confirmation; what the congress decides on hearing the
    /// result, after the announcement.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::NotAsked`] where nothing waits for it, or
    /// it was decided otherwise; as [`super::count::count`].
    pub fn decide(self, decision: Decision) -> Result<Self, Refusal> {
        match self {
            // What the congress decides it decides on hearing the result.
            Self::Resulted(_) if !decision.comes_first() => Err(self.not_now("decide")),
            Self::Resulted(resulted) => resulted
                .decide(decision)
                .map(|resulted| Self::Resulted(Box::new(resulted))),
            Self::Announced(announced) => announced
                .decide(decision)
                .map(|announced| Self::Announced(Box::new(announced))),
            other => Err(other.not_now("decide")),
        }
    }

    /// A decision was entered that nobody took: the result is found without it,
    /// and without what was decided on it.
    ///
    /// # Errors
    /// [`Refusal::NotNow`], also of what was decided before the announcement once
    /// the congress has heard the result; [`Refusal::NotAsked`] where it was not
    /// decided; as [`super::count::count`].
    pub fn take_back(self, decision: &Decision) -> Result<Self, Refusal> {
        match self {
            Self::Resulted(_) if !decision.comes_first() => Err(self.not_now("take_back")),
            Self::Resulted(resulted) => resulted
                .take_back(decision)
                .map(|resulted| Self::Resulted(Box::new(resulted))),
            Self::Announced(announced) => announced
                .take_back(decision)
                .map(|announced| Self::Announced(Box::new(announced))),
            other => Err(other.not_now("take_back")),
        }
    }

    /// Somebody confirms the result he or she sees. The second person makes it
    /// stand.
    ///
    /// # Errors
    /// [`Refusal::NotNow`]; [`Refusal::CountsDiffer`] where another result is
    /// confirmed (R51); [`Refusal::SamePerson`]; [`Refusal::Unconfirmed`] while
    /// a number of the rules waits for a person; [`Refusal::RulingMissing`];
    /// [`Refusal::DecisionNeeded`] while a lot is to be drawn.
    pub fn confirm(self, by: Actor, seen: &Outcome) -> Result<Self, Refusal> {
        match self {
            Self::Resulted(resulted) => resulted.confirm(by, seen),
            other => Err(other.not_now("confirm")),
        }
    }

    /// The congress hears the result.
    ///
    /// # Errors
    /// [`Refusal::NotNow`].
    pub fn announce(self, on: Day) -> Result<Self, Refusal> {
        match self {
            Self::Confirmed(confirmed) => Ok(Self::Announced(Box::new(Announced {
                confirmed: *confirmed,
                on,
            }))),
            other => Err(other.not_now("announce")),
        }
    }

    /// The superior ratifies.
    ///
    /// # Errors
    /// [`Refusal::NotNow`], also of a ballot that elected nobody;
    /// [`Refusal::DaysReversed`] before the announcement;
    /// [`Refusal::ReasonNeeded`] without an instrument.
    pub fn ratify(self, on: Day, instrument: &str) -> Result<Self, Refusal> {
        match self {
            Self::Announced(announced) => announced
                .ratify(on, instrument)
                .map(|ratified| Self::Ratified(Box::new(ratified))),
            other => Err(other.not_now("ratify")),
        }
    }

    /// The note of the ratification was wrong and is put right.
    ///
    /// # Errors
    /// [`Refusal::NotNow`] before it was ratified; as [`Election::ratify`].
    pub fn ratify_again(self, on: Day, instrument: &str) -> Result<Self, Refusal> {
        match self {
            Self::Ratified(ratified) => {
                Self::Announced(Box::new(ratified.announced)).ratify(on, instrument)
            }
            other => Err(other.not_now("ratify_again")),
        }
    }
}
