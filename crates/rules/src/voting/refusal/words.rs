//! Refusals in words, for logs and the terminal; people read the texts of the
//! screen.

use std::fmt;

use super::Refusal;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.code())?;
        match self {
            Self::NotNow { verb, state } => write!(f, "{verb} is not possible while {state}"),
            Self::MoreReturnedThanIssued { issued, returned } => {
                write!(f, "{returned} ballots returned, only {issued} issued")
            }
            Self::MoreIssuedThan { issued, limit } => {
                write!(f, "{issued} ballots issued, at most {limit} possible")
            }
            Self::PapersDoNotAddUp { returned, counted } => {
                write!(f, "{returned} ballots returned, {counted} counted")
            }
            Self::TooManyVotes { votes, limit, .. } => {
                write!(f, "{votes} votes, at most {limit} possible")
            }
            Self::AttendanceDoesNotAddUp { found, limit } => {
                write!(f, "{found} people, at most {limit} possible")
            }
            Self::ExclusionUnknown { code } => {
                write!(f, "“{}” does not leave the denominator", code.0)
            }
            Self::LayoutImpossible { names, seats, .. } => {
                write!(f, "no such ballot: {names} names for {seats} seats")
            }
            Self::NumberUnknown { number, names } => {
                write!(f, "no number {number} among {names} names")
            }
            Self::NumberTwice { number } => write!(f, "number {number} twice"),
            Self::CriterionUnknown { code } => write!(f, "no criterion “{}”", code.0),
            Self::RulingMissing { ballots } => write!(f, "{ballots} ballots wait for a ruling"),
            Self::SamePerson { who } => write!(f, "{who} did the other already"),
            Self::ThirdPersonNeeded { who } => write!(f, "{who} keyed one of the passes"),
            Self::PassesDiffer { ballots } => write!(f, "the passes differ in {ballots} ballots"),
            Self::BundleDiffers { papers, keyed } => {
                write!(f, "{papers} papers in the bundle, {keyed} ballots keyed")
            }
            Self::PassTaken { pass } => write!(f, "pass {pass} is taken"),
            Self::OtherChain { convened, members } => write!(
                f,
                "{convened} members are convened, the elections are planned for {members}"
            ),
            Self::NoSuchElection { office } => write!(f, "nobody is elected to {office} here"),
            Self::Waits { before } => write!(f, "{before} is elected first"),
            Self::WaitsForSuperior { office } => {
                write!(f, "the superior must answer about {office} first")
            }
            Self::RoundsOver { most } => write!(f, "at most {most} ballots"),
            Self::KeptUntil { day } => write!(f, "the ballots are kept until {day}"),
            Self::ComplaintTooLate { last } => write!(f, "complaints were possible until {last}"),
            Self::ListBlocked { findings } => write!(f, "{findings} findings block the list"),
            Self::ArchiveFormat { found } => write!(f, "not an archive of this format: “{found}”"),
            Self::ArchiveDiffers { field } => write!(f, "the recount differs in {field}"),
            Self::PreliminaryBallotMissing { office } => {
                write!(f, "a ballot before the list of {office} is missing")
            }
            Self::Unconfirmed { field } => write!(f, "nobody confirmed {field}"),
            Self::OtherMeeting {
                convened,
                members,
                body,
            } => write!(f, "{convened} convened, {body} has {members} members"),
            Self::OwnCountBeside { who } => write!(f, "{who} counted too"),
            Self::Beyond { limit } => write!(f, "at most {limit}"),
            Self::OfficeOpen { office } => write!(f, "the election of {office} is not over"),
            Self::SheetThere { pile } => write!(f, "the sheet of pile {pile} is there already"),
            Self::NotYet { day } => write!(f, "the vote is on {day}"),
            other => f.write_str(other.plain()),
        }
    }
}

impl Refusal {
    /// The text of a refusal that carries no values.
    fn plain(&self) -> &'static str {
        match self {
            Self::NoDenominator => "the rules have no denominator for this body",
            Self::OtherLayout => "the ballot is of another layout",
            Self::KeysUnreadable => "the keys make no ballot",
            Self::NothingBefore => "nothing before",
            Self::CountsDiffer => "the independent counts differ",
            Self::RulesChanged => "the rules were edited after the election opened",
            Self::NumberIsAllocated => "the number is allocated; nobody votes on it",
            Self::ReasonNeeded => "say why",
            Self::ComplaintOpen => "a complaint is open",
            Self::DecisionNeeded => "a decision is needed",
            Self::NobodyToAsk => "nobody is left to ask about",
            Self::NoChain => "the rules have no chain of elections for such a unit",
            Self::NotAsked => "nothing waits for this decision",
            Self::RankedByBallot => "ranked ballots are keyed one by one",
            Self::CountedOtherwise { .. } => "the count is under way in another way",
            Self::RulingAgainstRule { .. } => "the criterion leaves nothing to rule on",
            Self::LotDoesNotFit => "the lot does not fit the tie",
            Self::TooLarge => "beyond what can be counted",
            Self::SecondPersonNeeded => "a second person must confirm",
            Self::TellerStands => "a teller stands on the list",
            Self::BuiltOn => "it has been built on",
            _ => "a day lies before the one it follows",
        }
    }
}

impl std::error::Error for Refusal {}
