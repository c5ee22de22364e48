//! The result for the beamer, read from the back of the hall. The hall hears a
//! result when it is announced; until then it sees how far the ballot is, and
//! not what its officers still do.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_rules::voting::count::Purpose;
use plenum_rules::voting::machine::{Election, Resulted};

use super::election::{address_of, of};
use super::result_part::{LineRow, ResultPart, answer, asked};
use super::{Seen, ballot_name, see_on_wall};
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::{App, Chrome, Visitor, Words, look};

/// So many names can be read out and read; more stand in the list alone.
const MOST_NAMED: usize = 8;

#[derive(Template)]
#[template(path = "voting/wall.html")]
struct WallPage {
    p: Chrome,
    unit: String,
    sentence: String,
    lines: Vec<LineRow>,
    /// What the signs before the names mean.
    legend: Vec<(&'static str, String)>,
    clock: String,
    back: String,
}

/// `GET /s/{season}/elections/{id}/wall`.
pub async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Path<(String, String)>,
) -> Response {
    match build(&app, &visitor, &season, &id).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn build(app: &App, visitor: &Visitor, season: &str, id: &str) -> Result<WallPage> {
    let words = visitor.words;
    let mut look = look(app, visitor.signed_in()?).await?;
    let seen = see_on_wall(&mut look, &of(season, id)?).await?;
    let sees_more = look.may(Permission::SeeElection, seen.ballot.unit).await?;
    let mut lines = if is_announced(&seen) {
        ResultPart::of(words, &seen).map_or_else(Vec::new, |result| result.lines)
    } else {
        Vec::new()
    };
    lines.sort_by_key(|line| std::cmp::Reverse(line.votes));
    Ok(WallPage {
        p: Chrome::new(visitor, ballot_name(words, &seen.ballot))
            .at(&seen.place, "elections")
            .live(&seen.place),
        unit: seen.place.unit.name.clone(),
        sentence: said(words, &seen, lines.len()),
        legend: legend(&lines),
        lines,
        clock: app.clock.time_of(app.clock.now()),
        back: if sees_more {
            address_of(&seen)
        } else {
            String::new()
        },
    })
}

/// What the signs before the names mean; a sign that says of everybody
/// something else, such as the place, means nothing by itself.
fn legend(lines: &[LineRow]) -> Vec<(&'static str, String)> {
    let mut legend: Vec<(&'static str, String)> = Vec::new();
    for line in lines {
        let otherwise = |one: &LineRow| one.sign == line.sign && one.said != line.said;
        let new = legend.iter().all(|(sign, _)| *sign != line.sign);
        if new && !lines.iter().any(otherwise) {
            legend.push((line.sign, line.said.clone()));
        }
    }
    legend
}

fn is_announced(seen: &Seen) -> bool {
    matches!(
        seen.ballot.facts.election,
        Election::Announced(_) | Election::Ratified(_)
    )
}

/// What the hall is told: how far the ballot is, then the result.
fn said(words: Words, seen: &Seen, lines: usize) -> String {
    let election = &seen.ballot.facts.election;
    let key = match election {
        Election::Draft(_) | Election::ListApproved(_) | Election::Printed(_) => "prepared",
        Election::Open(_) => "open",
        Election::Closed(_) => "closed",
        Election::Counting(_) | Election::Compared(_) | Election::Ruled(_) => "counted",
        Election::Resulted(_) | Election::Confirmed(_) => "waits",
        Election::Announced(_) | Election::Ratified(_) => {
            return election.resulted().map_or_else(String::new, |resulted| {
                if lines > MOST_NAMED {
                    short_answer(words, resulted)
                } else {
                    answer(words, resulted)
                }
            });
        }
        Election::Annulled(_) => "annulled",
    };
    let returned = election.closed().map_or(0, |closed| closed.papers.returned);
    words.say1(
        &format!("voting-wall-{key}"),
        "returned",
        i64::from(returned),
    )
}

/// The answer without the names, which stand below it.
fn short_answer(words: Words, resulted: &Resulted) -> String {
    let outcome = &resulted.outcome;
    let definition = &resulted.ruled.closed.open.paper.definition;
    let (key, elected) = match definition.purpose {
        Purpose::Opinion => ("voting-wall-opinion", 0),
        Purpose::Introduction => ("voting-wall-introduction", 0),
        purpose if purpose.elects_alternates() => {
            ("voting-wall-alternates", outcome.alternates.len())
        }
        Purpose::Election | Purpose::RunOff | Purpose::Alternates | Purpose::AlternatesRunOff => {
            ("voting-wall-answer", outcome.elected.len())
        }
    };
    let (need, of) = asked(resulted);
    words.say_with(
        key,
        &[
            ("elected", elected.into()),
            ("seats", i64::from(definition.layout.seats).into()),
            ("need", i64::try_from(need).unwrap_or(i64::MAX).into()),
            ("denominator", i64::try_from(of).unwrap_or(i64::MAX).into()),
        ],
    )
}

/// Whether the result stands: two people confirmed it, and those who run the
/// election see it and take its papers out.
pub(super) fn stands(seen: &Seen) -> bool {
    // One that is void since is read by whoever could read it then.
    is_confirmed(seen.ballot.facts.election.as_it_was())
}

/// Whether two people confirmed a result.
pub fn is_confirmed(election: &Election) -> bool {
    matches!(
        election,
        Election::Confirmed(_) | Election::Announced(_) | Election::Ratified(_)
    )
}
