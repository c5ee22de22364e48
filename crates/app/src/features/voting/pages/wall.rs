//! The result for the beamer, read from the back of the hall. Nothing stands
//! here before two people confirmed it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_rules::voting::machine::Election;

use super::super::counted;
use super::election::{address_of, of};
use super::next_part::sentence;
use super::result_part::{LineRow, ResultPart};
use super::{Seen, ballot_name, see_on_wall};
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::{App, Chrome, Visitor, look};

#[derive(Template)]
#[template(path = "voting/wall.html")]
struct WallPage {
    p: Chrome,
    unit: String,
    sentence: String,
    lines: Vec<LineRow>,
    columns: &'static str,
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
    let keyed = counted::is_keyed(&mut look.tx, &seen.ballot).await?;
    let mut lines = if stands(&seen) {
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
        sentence: sentence(words, &seen, keyed),
        columns: match lines.len() {
            0..=12 => "1",
            13..=30 => "2",
            _ => "3",
        },
        lines,
        clock: app.clock.time_of(app.clock.now()),
        back: if sees_more {
            address_of(&seen)
        } else {
            String::new()
        },
    })
}

pub(super) fn stands(seen: &Seen) -> bool {
    matches!(
        seen.ballot.facts.election,
        Election::Confirmed(_) | Election::Announced(_) | Election::Ratified(_)
    )
}
