//! Why something about an election was refused.

mod words;

use super::ballot::{BallotKind, Number};
use super::profile::{CriterionCode, ExclusionCode, Office};
use crate::{Actor, Day};

/// Why a list, a ballot, a count, a pass or a step of an election was refused.
/// A refusal changes nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The election is in a state in which this cannot happen.
    NotNow {
        /// What was asked.
        verb: &'static str,
        /// Where it stands.
        state: &'static str,
    },
    /// More ballots came back than went out (R16).
    MoreReturnedThanIssued {
        /// Handed out, spoiled ones that were exchanged left out.
        issued: u32,
        /// Taken from the boxes.
        returned: u32,
    },
    /// More ballots went out than people voted or papers were printed.
    MoreIssuedThan {
        /// Handed out, spoiled ones that were exchanged left out.
        issued: u32,
        /// People present or papers printed.
        limit: u32,
    },
    /// Valid and invalid ballots are not the ballots returned (R17).
    PapersDoNotAddUp {
        /// Taken from the boxes.
        returned: u32,
        /// Counted, valid or not.
        counted: u64,
    },
    /// A sheet has more votes than its valid ballots can hold (R18).
    TooManyVotes {
        /// The person, where one alone has too many.
        number: Option<Number>,
        /// On the sheet.
        votes: u64,
        /// At most.
        limit: u64,
    },
    /// The people counted as absent or present do not fit those convened.
    AttendanceDoesNotAddUp {
        /// The number that is too large.
        found: u32,
        /// At most.
        limit: u32,
    },
    /// The rules know no such exclusion where this body votes (R3, R9).
    ExclusionUnknown {
        /// The code.
        code: ExclusionCode,
    },
    /// The rules have no denominator where this body votes.
    NoDenominator,
    /// No paper can have so many names and seats.
    LayoutImpossible {
        /// The sort of ballot.
        kind: BallotKind,
        /// Names.
        names: u32,
        /// Seats.
        seats: u32,
    },
    /// The ballot is not of the election's layout.
    OtherLayout,
    /// The list has no such number.
    NumberUnknown {
        /// As keyed.
        number: u32,
        /// Names on the list.
        names: u8,
    },
    /// The same number twice on one ballot.
    NumberTwice {
        /// The number.
        number: Number,
    },
    /// The keys make no ballot.
    KeysUnreadable,
    /// There is nothing to repeat or to undo.
    NothingBefore,
    /// The profile has no such criterion, or none a ruling can name.
    CriterionUnknown {
        /// The code.
        code: CriterionCode,
    },
    /// Ballots wait for the counting committee's ruling.
    RulingMissing {
        /// How many.
        ballots: u64,
    },
    /// The same account cannot do both (R51).
    SamePerson {
        /// The account.
        who: Actor,
    },
    /// Whoever keyed a pass cannot resolve its differences.
    ThirdPersonNeeded {
        /// The account.
        who: Actor,
    },
    /// The passes still differ.
    PassesDiffer {
        /// In so many ballots.
        ballots: usize,
    },
    /// Independent counts are not identical (R51).
    CountsDiffer,
    /// The bundle holds another number of papers than was keyed.
    BundleDiffers {
        /// Papers in the bundle.
        papers: u32,
        /// Ballots keyed.
        keyed: u64,
    },
    /// A pass of this bundle is under way or done already.
    PassTaken {
        /// The pass, from 1.
        pass: u8,
    },
    /// The rules were edited after the election opened: it is counted by the
    /// rules it opened with.
    RulesChanged,
    /// This congress elects nobody to it (R44, R45, R29).
    NoSuchElection {
        /// The office.
        office: Office,
    },
    /// Another election comes first.
    Waits {
        /// Which.
        before: Office,
    },
    /// The chain waits for the superior's answer (R46).
    WaitsForSuperior {
        /// Since this office.
        office: Office,
    },
    /// Nobody votes on this number: it is allocated (R58).
    NumberIsAllocated,
    /// No further ballot may be held (R30).
    RoundsOver {
        /// The most.
        most: u8,
    },
    /// A text that must say something says nothing.
    ReasonNeeded,
    /// The ballots must be kept until this day (R41).
    KeptUntil {
        /// The first day on which they may be destroyed.
        day: Day,
    },
    /// A complaint is open (R40, R41).
    ComplaintOpen,
    /// It takes a decision (R41).
    DecisionNeeded,
    /// The time for complaints is over (R40).
    ComplaintTooLate {
        /// Its last day.
        last: Day,
    },
    /// The list has findings that block.
    ListBlocked {
        /// How many.
        findings: usize,
    },
    /// What was drawn by lot is not of the tied, or not as many as seats.
    LotDoesNotFit,
    /// Beyond what a count takes.
    TooLarge,
    /// The file is not an archive of this format.
    ArchiveFormat {
        /// What it says it is.
        found: String,
    },
    /// What the archive says is not what its ballots give.
    ArchiveDiffers {
        /// Where.
        field: &'static str,
    },
    /// An opinion or introduction ballot must come before (R59, §1.9).
    PreliminaryBallotMissing {
        /// The office.
        office: Office,
    },
    /// Nobody confirmed a number of the rules that decided something.
    Unconfirmed {
        /// The field.
        field: String,
    },
    /// Two people must confirm.
    SecondPersonNeeded,
    /// A teller of this count stands on the list (R27).
    TellerStands,
    /// A day that lies before the one it follows.
    DaysReversed,
    /// A ballot ruled valid that a confirmed criterion makes invalid.
    RulingAgainstRule {
        /// The criterion.
        criterion: CriterionCode,
    },
    /// The rules have no chain of elections for such a unit.
    NoChain,
    /// A meeting is convened with another number than the body has members.
    OtherMeeting {
        /// Convened.
        convened: u32,
        /// Members of the body.
        members: u32,
        /// The body.
        body: Office,
    },
    /// As many are convened as elect by another chain than was planned (R29).
    OtherChain {
        /// Convened.
        convened: u32,
        /// The official members the elections were planned for.
        members: u32,
    },
    /// An opinion ballot about nobody: no nominee from outside is left to ask
    /// about.
    NobodyToAsk,
    /// Ranked ballots have no tally sheets: a ballot passes on by its own order,
    /// which totals no longer know.
    RankedByBallot,
    /// Whoever counted too drops nobody else's count (R51).
    OwnCountBeside {
        /// The account.
        who: Actor,
    },
    /// The count is under way in the other of the two ways: ballot by ballot, or
    /// on sheets.
    CountedOtherwise {
        /// `keyed` or `sheets`: the way it is under way.
        way: &'static str,
    },
    /// Nothing waits for this decision: it is not needed, or it was taken
    /// otherwise.
    NotAsked,
    /// The election of the office is not over: a tie or an open seat waits for
    /// its decision or its ballot.
    OfficeOpen {
        /// The office.
        office: Office,
    },
    /// The same person handed in a sheet of this pile: it is taken out with a
    /// reason before another takes its place.
    SheetThere {
        /// The pile.
        pile: u16,
    },
    /// The day of the vote has not come.
    NotYet {
        /// The day.
        day: Day,
    },
    /// What was decided has been built on, so it cannot be taken back.
    BuiltOn,
    /// A figure beyond what can be.
    Beyond {
        /// At most.
        limit: u64,
    },
}

/// A text that says something, without the space around it.
///
/// # Errors
/// [`Refusal::ReasonNeeded`] where it says nothing.
pub fn said(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.is_empty() {
        Err(Refusal::ReasonNeeded)
    } else {
        Ok(text.to_owned())
    }
}

impl Refusal {
    /// The code; `docs/rulebook/voting.md` explains each.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotNow { .. } => "E-VOT-01",
            Self::MoreReturnedThanIssued { .. } => "E-VOT-02",
            Self::MoreIssuedThan { .. } => "E-VOT-03",
            Self::PapersDoNotAddUp { .. } => "E-VOT-04",
            Self::TooManyVotes { .. } => "E-VOT-05",
            Self::AttendanceDoesNotAddUp { .. } => "E-VOT-06",
            Self::ExclusionUnknown { .. } => "E-VOT-07",
            Self::NoDenominator => "E-VOT-08",
            Self::LayoutImpossible { .. } => "E-VOT-09",
            Self::OtherLayout => "E-VOT-10",
            Self::NumberUnknown { .. } => "E-VOT-11",
            Self::NumberTwice { .. } => "E-VOT-12",
            Self::KeysUnreadable => "E-VOT-13",
            Self::NothingBefore => "E-VOT-14",
            Self::CriterionUnknown { .. } => "E-VOT-15",
            Self::RulingMissing { .. } => "E-VOT-16",
            Self::SamePerson { .. } => "E-VOT-17",
            Self::ThirdPersonNeeded { .. } => "E-VOT-18",
            Self::PassesDiffer { .. } => "E-VOT-19",
            Self::CountsDiffer => "E-VOT-20",
            Self::BundleDiffers { .. } => "E-VOT-21",
            Self::PassTaken { .. } => "E-VOT-22",
            Self::RulesChanged => "E-VOT-23",
            Self::NoSuchElection { .. } => "E-VOT-25",
            Self::Waits { .. } => "E-VOT-26",
            Self::WaitsForSuperior { .. } => "E-VOT-27",
            Self::NumberIsAllocated => "E-VOT-28",
            Self::RoundsOver { .. } => "E-VOT-29",
            Self::ReasonNeeded => "E-VOT-30",
            Self::KeptUntil { .. } => "E-VOT-31",
            Self::ComplaintOpen => "E-VOT-32",
            Self::DecisionNeeded => "E-VOT-33",
            Self::ComplaintTooLate { .. } => "E-VOT-34",
            Self::ListBlocked { .. } => "E-VOT-35",
            Self::LotDoesNotFit => "E-VOT-36",
            Self::TooLarge => "E-VOT-37",
            Self::ArchiveFormat { .. } => "E-VOT-38",
            Self::ArchiveDiffers { .. } => "E-VOT-39",
            Self::PreliminaryBallotMissing { .. } => "E-VOT-40",
            Self::Unconfirmed { .. } => "E-VOT-41",
            Self::SecondPersonNeeded => "E-VOT-42",
            Self::TellerStands => "E-VOT-43",
            Self::DaysReversed => "E-VOT-44",
            Self::RulingAgainstRule { .. } => "E-VOT-45",
            Self::NoChain => "E-VOT-46",
            Self::OtherMeeting { .. } => "E-VOT-47",
            Self::NobodyToAsk => "E-VOT-48",
            Self::OtherChain { .. } => "E-VOT-131",
            Self::RankedByBallot => "E-VOT-111",
            Self::OwnCountBeside { .. } => "E-VOT-112",
            Self::CountedOtherwise { .. } => "E-VOT-113",
            Self::Beyond { .. } => "E-VOT-114",
            Self::NotAsked => "E-VOT-115",
            Self::OfficeOpen { .. } => "E-VOT-119",
            Self::SheetThere { .. } => "E-VOT-120",
            Self::NotYet { .. } => "E-VOT-121",
            Self::BuiltOn => "E-VOT-122",
        }
    }
}
