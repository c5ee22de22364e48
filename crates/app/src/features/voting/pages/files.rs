//! What can be taken out of a ballot: papers, archive, extract.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use plenum_papers::{OfficialDocument, PaperError};
use plenum_rules::access::Permission;
use plenum_rules::voting::machine::Election;
use plenum_store::{congress, voting};

use super::super::documents::{self, Keyed, Subject};
use super::super::refusals::gone;
use super::election::{names_at_count, of};
use super::result_part::confirmed_by;
use super::wall::stands;
use super::{Seen, see};
use crate::shell::problem::Result;
use crate::shell::{App, Clock, Look, Problem, Visitor, look};

/// `GET /s/{season}/elections/{id}/paper/{file}`.
pub async fn download(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id, file)): Path<(String, String, String)>,
) -> Response {
    match take(&app, &visitor, &season, &id, &file).await {
        Ok((kind, bytes)) => (
            [
                (header::CONTENT_TYPE, kind.to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{file}\""),
                ),
            ],
            bytes,
        )
            .into_response(),
        Err(problem) => problem.page(&visitor),
    }
}

async fn take(
    app: &App,
    visitor: &Visitor,
    season: &str,
    id: &str,
    file: &str,
) -> Result<(&'static str, Vec<u8>)> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let seen = see(&mut look, &of(season, id)?).await?;
    let (name, ending) = file.rsplit_once('.').ok_or_else(Problem::not_found)?;
    match (name, ending) {
        ("ballot", "pdf") => {
            // One laid out for a list that was taken up again is nobody's paper.
            let unprinted = matches!(
                seen.ballot.facts.election,
                Election::Draft(_) | Election::ListApproved(_)
            );
            let paper = voting::paper(&mut look.tx, seen.ballot.id).await?;
            let paper = paper.filter(|_| !unprinted);
            Ok(("application/pdf", paper.ok_or_else(Problem::not_found)?.pdf))
        }
        ("archive", "json") => {
            // What stands on single ballots is for custody and audit only.
            look.must(Permission::RunElection, seen.ballot.unit).await?;
            kept(&seen)?;
            let paper = voting::paper(&mut look.tx, seen.ballot.id).await?;
            let archive = documents::archive(&seen.place, &seen.hall, &seen.ballot, paper)
                .ok_or_else(Problem::not_found)?;
            Ok(("application/json", json(&archive)?))
        }
        ("extract", "json") => {
            known(&mut look, &seen).await?;
            let archive = documents::archive(&seen.place, &seen.hall, &seen.ballot, None)
                .ok_or_else(Problem::not_found)?;
            Ok(("application/json", json(&archive.extract())?))
        }
        ("journal", "pdf") => {
            look.must(Permission::RunElection, seen.ballot.unit).await?;
            kept(&seen)?;
            // Passes are independent: nobody reads one while another is keyed.
            if matches!(seen.ballot.facts.election, Election::Counting(_)) {
                return Err(Problem::forbidden());
            }
            let document = journal(&mut look, &seen, &app.clock).await?;
            printed(document, "pdf").await
        }
        _ => {
            if name != "list" {
                known(&mut look, &seen).await?;
            }
            let confirmed = confirmed(&mut look, &seen).await?;
            let subject = subject(&mut look, &seen, &confirmed).await?;
            let document = match name {
                "list" => documents::list(&subject),
                "minutes" => documents::minutes(&subject),
                "result" => documents::result(&subject),
                _ => None,
            };
            printed(document.ok_or_else(Problem::not_found)?, ending).await
        }
    }
}

/// What stood on single ballots is kept as long as the papers, no longer.
fn kept(seen: &Seen) -> Result<()> {
    match seen.ballot.facts.destroyed() {
        Some(destroyed) => Err(gone(destroyed.on)),
        None => Ok(()),
    }
}

/// Before two people have confirmed it, a result is for those who count.
async fn known(look: &mut Look, seen: &Seen) -> Result<()> {
    if stands(seen) {
        return Ok(());
    }
    if look.may(Permission::RunElection, seen.ballot.unit).await? {
        return Ok(());
    }
    look.must(Permission::KeyBallots, seen.ballot.unit).await?;
    if seen.ballot.facts.counts(&look.who.actor()) {
        return Ok(());
    }
    Err(Problem::refused("E-VOT-129"))
}

/// The names of those who confirmed the result.
async fn confirmed(look: &mut Look, seen: &Seen) -> Result<Vec<String>> {
    let facts = &seen.ballot.facts;
    let names = names_at_count(&mut look.tx, facts).await?;
    let by = confirmed_by(&facts.election).into_iter();
    Ok(by
        .map(|who| names.get(&who.0).cloned().unwrap_or(who.0))
        .collect())
}

/// The ballot with the how-manieth congress it is of.
async fn subject<'a>(
    look: &mut Look,
    seen: &'a Seen,
    confirmed: &'a [String],
) -> Result<Subject<'a>> {
    let ballot = &seen.ballot;
    let congress = congress::load(&mut look.tx, &ballot.season, ballot.unit).await?;
    Ok(Subject {
        place: &seen.place,
        hall: &seen.hall,
        ballot,
        ordinal: congress.settled().and_then(|(_, ordinal, _)| ordinal),
        confirmed,
    })
}

async fn journal(look: &mut Look, seen: &Seen, clock: &Clock) -> Result<OfficialDocument> {
    let id = seen.ballot.id;
    let keyed = Keyed {
        bundles: voting::bundles(&mut look.tx, id).await?,
        passes: voting::passes(&mut look.tx, id).await?,
        keys: voting::keys(&mut look.tx, id).await?,
        resolutions: voting::resolutions(&mut look.tx, id).await?,
        names: names_at_count(&mut look.tx, &seen.ballot.facts).await?,
    };
    let subject = subject(look, seen, &[]).await?;
    Ok(documents::journal(&subject, &keyed, clock))
}

fn json<T: serde::Serialize>(value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec_pretty(value).map_err(|error| documents::failed(&error))
}

/// Typesetting takes its time, so it has a thread of its own.
async fn printed(document: OfficialDocument, ending: &str) -> Result<(&'static str, Vec<u8>)> {
    type Press = fn(&OfficialDocument) -> std::result::Result<Vec<u8>, PaperError>;
    let (kind, press): (&'static str, Press) = match ending {
        "pdf" => ("application/pdf", plenum_papers::pdf),
        "docx" => (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            plenum_papers::docx,
        ),
        _ => return Err(Problem::not_found()),
    };
    let done = tokio::task::spawn_blocking(move || press(&document)).await;
    let bytes = done
        .map_err(|error| documents::failed(&error))?
        .map_err(|error| documents::failed(&error))?;
    Ok((kind, bytes))
}
