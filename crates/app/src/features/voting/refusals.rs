//! Refusals of the rules of elections, on their way to a person.

use axum::http::StatusCode;
use plenum_rules::Day;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::profile::Office;

use crate::shell::{Problem, election_rules};

/// What an office is called, in both languages, by any rules that know it.
fn office_names(office: &Office) -> (String, String) {
    election_rules::all()
        .iter()
        .find_map(|rules| rules.office(office))
        .map_or_else(
            || (office.0.clone(), office.0.clone()),
            |rule| (rule.name_vi.clone(), rule.name_en.clone()),
        )
}

impl From<Refusal> for Problem {
    /// With the values of its text and the field concerned.
    fn from(refusal: Refusal) -> Self {
        let problem = Self::refused(refusal.code());
        let day = plenum_rules::words::day_table;
        match refusal {
            Refusal::NotNow { state, .. } => problem.with("state", state.replace(' ', "_")),
            Refusal::MoreReturnedThanIssued { issued, returned } => problem
                .at("returned")
                .with("issued", i64::from(issued))
                .with("returned", i64::from(returned)),
            Refusal::MoreIssuedThan { issued, limit } => problem
                .at("issued")
                .with("issued", i64::from(issued))
                .with("limit", i64::from(limit)),
            Refusal::PapersDoNotAddUp { returned, counted } => problem
                .at("valid")
                .with("returned", i64::from(returned))
                .with("counted", whole(counted)),
            Refusal::TooManyVotes {
                number,
                votes,
                limit,
            } => problem
                .with("number", i64::from(number.map_or(0, |number| number.get())))
                .with("votes", whole(votes))
                .with("limit", whole(limit)),
            Refusal::AttendanceDoesNotAddUp { found, limit } => problem
                .at("present")
                .with("found", i64::from(found))
                .with("limit", i64::from(limit)),
            Refusal::ExclusionUnknown { code } => problem.with("code", code.0),
            Refusal::LayoutImpossible { names, seats, .. } => problem
                .with("names", i64::from(names))
                .with("seats", i64::from(seats)),
            Refusal::NumberUnknown { number, names } => problem
                .with("number", i64::from(number))
                .with("names", i64::from(names)),
            Refusal::NumberTwice { number } => problem.with("number", i64::from(number.get())),
            Refusal::CriterionUnknown { code } | Refusal::RulingAgainstRule { criterion: code } => {
                problem.with("code", code.0)
            }
            Refusal::RulingMissing { ballots } => problem.with("ballots", whole(ballots)),
            Refusal::SamePerson { who }
            | Refusal::ThirdPersonNeeded { who }
            | Refusal::OwnCountBeside { who } => problem.with("who", who.0),
            Refusal::CountedOtherwise { way } => problem.with("way", way),
            Refusal::Beyond { limit } => problem.with("limit", whole(limit)),
            Refusal::PassesDiffer { ballots } => problem.with("ballots", ballots),
            Refusal::BundleDiffers { papers, keyed } => problem
                .with("papers", i64::from(papers))
                .with("keyed", whole(keyed)),
            Refusal::PassTaken { pass } => problem.with("pass", i64::from(pass)),
            Refusal::SheetThere { pile } => problem.with("pile", i64::from(pile)),
            Refusal::NotYet { day: vote } => problem.with("day", day(vote)),
            Refusal::RoundsOver { most } => problem.with("most", i64::from(most)),
            Refusal::ReasonNeeded => problem.at("reason"),
            Refusal::KeptUntil { day: first } => problem.with("day", day(first)),
            Refusal::ComplaintTooLate { last } => problem.at("on").with("day", day(last)),
            Refusal::ListBlocked { findings } => problem.with("findings", findings),
            Refusal::ArchiveFormat { found } => problem.with("found", found),
            Refusal::ArchiveDiffers { field } => problem.with("field", field),
            Refusal::Unconfirmed { field } => problem.with("field", field),
            Refusal::NoSuchElection { office }
            | Refusal::Waits { before: office }
            | Refusal::WaitsForSuperior { office }
            | Refusal::PreliminaryBallotMissing { office }
            | Refusal::OfficeOpen { office } => named(problem, &office),
            Refusal::OtherChain { convened, members } => problem
                .with("convened", i64::from(convened))
                .with("members", i64::from(members)),
            Refusal::OtherMeeting {
                convened,
                members,
                body,
            } => named(problem, &body)
                .with("convened", i64::from(convened))
                .with("members", i64::from(members)),
            _ => problem,
        }
    }
}

/// With the name of an office.
pub fn named(problem: Problem, office: &Office) -> Problem {
    let (vi, en) = office_names(office);
    problem.with("office_vi", vi).with("office_en", en)
}

/// What stood on single ballots was destroyed with the papers.
pub fn gone(on: Day) -> Problem {
    Problem::new(StatusCode::GONE, "E-VOT-116").with("day", plenum_rules::words::day_table(on))
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
