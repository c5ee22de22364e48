//! Seasons, units and days as somebody types them at the terminal, and what is
//! said of those nobody knows.

use std::fmt::Write as _;

use plenum_rules::{Day, SeasonId};
use plenum_store::{Tx, org, season};

use super::Failure;
use crate::shell::place::place;
use crate::shell::{Look, Place};

/// So many seasons or units are named to choose from.
const NAMED: usize = 8;

/// The place of a command: its season, unit (else the season's top) and day.
///
/// # Errors
/// What is not known, by its name, and what there is.
pub async fn place_named(
    look: &mut Look,
    id: &str,
    code: Option<&str>,
    on: Option<&str>,
) -> Result<Place, Failure> {
    if let Some(text) = on {
        Day::parse(text)
            .map_err(|_| Failure(format!("{text} is no day: write it as 2020-03-02")))?;
    }
    let season = match SeasonId::new(id) {
        Some(id) => season::load(&mut look.tx, &id).await?,
        None => None,
    };
    let Some(season) = season else {
        return Err(no_season(&mut look.tx, id).await?);
    };
    let found = place(look, id, code, on).await;
    let (Err(problem), Some(code)) = (&found, code) else {
        return Ok(found?);
    };
    if problem.code != "E-404" {
        return Ok(found?);
    }
    let day = match on.map(Day::parse) {
        Some(Ok(day)) => day,
        _ => season.shape.pages_open_on.unwrap_or(look.today),
    };
    if org::by_code(&mut look.tx, code, day).await?.is_none() {
        return Err(no_unit(&mut look.tx, code, day).await?);
    }
    let top = org::near(&mut look.tx, season.root, day).await?;
    let top = top.map_or_else(String::new, |top| format!("{} ({})", top.code, top.name));
    Err(Failure(format!(
        "the unit {code} is no part of the season {id}, whose top unit is {top}"
    )))
}

/// There is no such season: names those there are.
///
/// # Errors
/// The database's.
pub async fn no_season(tx: &mut Tx, id: &str) -> Result<Failure, Failure> {
    let all = season::all(tx).await?;
    let mut text = format!("there is no season {id}");
    if all.is_empty() {
        text.push_str("; none has been set up yet: log in and open /seasons/new");
        return Ok(Failure(text));
    }
    let named: Vec<&str> = all.iter().take(NAMED).map(|one| one.id.as_str()).collect();
    let _ = write!(text, "; there are: {}", named.join(", "));
    if all.len() > NAMED {
        let _ = write!(text, " and {} more, listed at /seasons", all.len() - NAMED);
    }
    Ok(Failure(text))
}

/// There is no such unit on the day: names the nearest codes.
///
/// # Errors
/// The database's.
pub async fn no_unit(tx: &mut Tx, code: &str, day: Day) -> Result<Failure, Failure> {
    let mut near = Vec::new();
    let mut part = code.trim();
    while near.is_empty() && !part.is_empty() {
        near = org::search(tx, part, day, 5).await?;
        let last = part.char_indices().next_back();
        part = last.map_or("", |(place, _)| &part[..place]);
    }
    let near: Vec<String> = near
        .into_iter()
        .map(|unit| format!("{} ({})", unit.code, unit.name))
        .collect();
    let near = match near.is_empty() {
        true => String::new(),
        false => format!("; near it: {}", near.join(", ")),
    };
    Ok(Failure(format!(
        "there is no unit {code} on {day}{near}; all units: plenum export --out units.csv"
    )))
}
