//! The pages of elections.

mod count_part;
mod custody_part;
mod decided_part;
mod draft_part;
pub mod election;
mod election_take;
pub mod files;
pub mod hall;
mod hall_forms;
mod hall_rows;
mod hall_running;
mod hall_sent;
mod list_part;
mod maker;
mod next_part;
mod papers_part;
mod preliminary_part;
mod result_part;
mod rule_said;
mod sheets_part;
pub mod wall;

/// The parts of a result, for papers.
pub mod result_said {
    pub use super::result_part::{asked, names, percent};
}

use plenum_rules::access::Permission;
use plenum_store::org;

use super::actions::counters::Holder;
use super::actions::{self, Of};
use crate::shell::elections::{Ballot, Hall};
use crate::shell::place::place_for;
use crate::shell::problem::Result;
use crate::shell::{Look, Place, Problem, Words};

/// A ballot with its congress and its place.
pub struct Seen {
    /// Where.
    pub place: Place,
    /// The congress's elections.
    pub hall: Hall,
    /// The ballot.
    pub ballot: Ballot,
    /// The ballots it has to do with, where a page asks about them.
    pub related: Vec<Ballot>,
    /// The next ballot of the office, where a page asks about it.
    pub later: Option<Ballot>,
    /// The accounts that may count here, where a page asks about them.
    pub holders: Vec<Holder>,
}

/// Finds a ballot for whoever may see it.
///
/// # Errors
/// Not found, forbidden.
pub async fn see(look: &mut Look, of: &Of) -> Result<Seen> {
    see_by(look, of, Permission::SeeElection).await
}

/// Finds a ballot for the hall's screen, which sees that and nothing else.
///
/// # Errors
/// Not found, forbidden.
pub async fn see_on_wall(look: &mut Look, of: &Of) -> Result<Seen> {
    let unit = actions::load(&mut look.tx, of).await?.unit;
    let permission = if look.may(Permission::SeeElection, unit).await? {
        Permission::SeeElection
    } else {
        Permission::SeeWall
    };
    see_by(look, of, permission).await
}

async fn see_by(look: &mut Look, of: &Of, permission: Permission) -> Result<Seen> {
    let mut ballot = actions::load(&mut look.tx, of).await?;
    let hall = actions::load_hall(&mut look.tx, &ballot.convocation()).await?;
    ballot.facts.custody = actions::custody_now(&mut look.tx, &hall, &ballot).await?;
    let season = crate::shell::place::season_of(look, &of.season).await?;
    let day = season.shape.pages_open_on.unwrap_or(look.today);
    let unit = org::near(&mut look.tx, ballot.unit, day)
        .await?
        .ok_or_else(Problem::not_found)?;
    let place = place_for(look, permission, &of.season, Some(&unit.code), None).await?;
    Ok(Seen {
        place,
        hall,
        ballot,
        related: Vec::new(),
        later: None,
        holders: Vec::new(),
    })
}

/// What a ballot is called: "Bầu Chi ủy", "Bầu Chi ủy, lần 2 (bầu lại …)".
pub fn ballot_name(words: Words, ballot: &Ballot) -> String {
    let office = plenum_rules::voting::profile::Office(ballot.office.clone());
    let office = crate::shell::elections::office_name(words, &ballot.rules, &office);
    let values = [("office", office.into()), ("round", ballot.round.into())];
    let key = match (ballot.purpose.as_str(), ballot.round) {
        ("opinion", 1) => "voting-name-opinion",
        ("opinion", _) => "voting-name-opinion-again",
        ("introduction", 1) => "voting-name-introduction",
        ("introduction", _) => "voting-name-introduction-again",
        ("run_off", _) => "voting-name-run-off",
        ("alternates", _) => "voting-name-alternates",
        ("alternates_run_off", _) => "voting-name-alternates-run-off",
        (_, 1) => "voting-name-first",
        _ => "voting-name-again",
    };
    words.say_with(key, &values)
}

/// What a ballot is called where it is held: a by-election says so.
pub fn named_there(words: Words, hall: &Hall, ballot: &Ballot) -> String {
    let name = ballot_name(words, ballot);
    if hall.chain.by_election {
        words.say1("voting-name-by-election", "name", name)
    } else {
        name
    }
}

/// A state's name on screen.
fn state_word(words: Words, state: &str) -> String {
    words.say(&format!("voting-state-{}", state.replace('_', "-")))
}

/// A ballot's state on screen: nobody approves the names of an opinion or
/// introduction ballot.
pub fn state_of(words: Words, ballot: &Ballot) -> String {
    if ballot.state == "list_approved" && !crate::shell::elections::elects(ballot) {
        words.say("voting-state-names-closed")
    } else {
        state_word(words, &ballot.state)
    }
}

/// The sign of a state, of the list of chips.
pub fn state_chip(state: &str) -> &'static str {
    match state {
        "draft" => "draft",
        "list_approved" | "printed" => "planned",
        "open" | "closed" | "counting" | "compared" | "ruled" => "today",
        "resulted" | "confirmed" => "review",
        "announced" => "held",
        "ratified" => "ratified",
        _ => "off",
    }
}
