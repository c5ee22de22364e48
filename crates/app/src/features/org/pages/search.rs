//! `/search`: units by words, whatever their accents, case and tone marks.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use plenum_rules::access::{Permission, may};
use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::{org, season};
use serde::Deserialize;

use super::{address, everywhere, profile, tops, unit_address};
use crate::shell::asked::{Asking, Known, one_of};
use crate::shell::language::Words;
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::profiles::{kind_name, level_name};
use crate::shell::{App, Chrome, Look, Visitor, look};

/// How many results are shown.
const SHOWN: usize = 60;

/// What the address says.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    season: String,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["q", "season"];
}

/// A unit found.
pub struct Hit {
    name: String,
    code: String,
    href: String,
    path: String,
    what: String,
    state: String,
    off: bool,
}

#[derive(Template)]
#[template(path = "org/search.html")]
struct SearchPage {
    p: Chrome,
    q: String,
    hits: Vec<Hit>,
    more: bool,
}

impl SearchPage {
    fn count(&self) -> i64 {
        i64::try_from(self.hits.len()).unwrap_or(i64::MAX)
    }
}

/// `GET /search`.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Known(asked): Known<Asked>,
) -> Response {
    match build(&app, &visitor, asked).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn build(app: &App, visitor: &Visitor, asked: Asked) -> Result<SearchPage> {
    let who = visitor.signed_in()?;
    let words = visitor.words;
    let mut look = look(app, who).await?;
    let mut p = Chrome::new(visitor, words.say("org-search-title"));
    if let Some(id) = one_of("season", Some(&asked.season), SeasonId::new)?
        && let Some(season) = season::load(&mut look.tx, &id).await?
    {
        season.id.as_str().clone_into(&mut p.season);
        p.season_name = season.name;
    }
    let q = asked.q.trim().to_owned();
    if plenum_store::search::fold(&q).is_empty() {
        return Ok(SearchPage {
            p,
            q,
            hits: Vec::new(),
            more: false,
        });
    }
    let mut hits = hits(&mut look, words, &q, &p.season).await?;
    let more = hits.len() > SHOWN;
    hits.truncate(SHOWN);
    Ok(SearchPage { p, q, hits, more })
}

/// What matches, as it is now, where the person may look.
async fn hits(look: &mut Look, words: Words, q: &str, season: &str) -> Result<Vec<Hit>> {
    let today = look.today;
    let profile = profile(look).await?;
    let limit = i64::try_from(SHOWN * 3).unwrap_or(i64::MAX);
    let found = if everywhere(look, Permission::SeeUnit) {
        org::search(&mut look.tx, q, today, limit).await?
    } else {
        let tops: Vec<UnitId> = tops(look, Permission::SeeUnit, today)
            .await?
            .into_iter()
            .map(|top| top.unit)
            .collect();
        org::search_below(&mut look.tx, &tops, q, today, limit).await?
    };
    let units: Vec<UnitId> = found.iter().map(|version| version.unit).collect();
    let lines = org::lines(&mut look.tx, &units).await?;
    let near = |unit: UnitId| {
        lines
            .get(&unit)
            .and_then(|versions| org::nearest(versions, today))
    };
    let mut seen = BTreeSet::new();
    let mut hits = Vec::new();
    for matched in &found {
        let Some(now) = near(matched.unit).filter(|_| seen.insert(matched.unit)) else {
            continue;
        };
        let mut path = vec![now];
        while let Some(above) = path
            .last()
            .and_then(|last| last.parent)
            .and_then(near)
            .filter(|_| path.len() < 64)
        {
            path.push(above);
        }
        path.reverse();
        let ids: Vec<UnitId> = path.iter().map(|version| version.unit).collect();
        if may(&look.who.grants, today, Permission::SeeUnit, &ids) {
            hits.push(hit(words, profile, (matched, &path), today, season));
        }
    }
    Ok(hits)
}

fn hit(
    words: Words,
    profile: &Profile,
    (matched, path): (&UnitVersion, &[&UnitVersion]),
    today: Day,
    season: &str,
) -> Hit {
    let (now, above) = path
        .split_last()
        .map_or((matched, &[][..]), |(now, above)| (*now, above));
    let off = !now.span().holds(today);
    let state = match now.until.filter(|_| off) {
        Some(until) => words.say1("org-ended-on", "day", words.day(until)),
        None if off => words.say1("org-begins-on", "day", words.day(now.from)),
        None if matched.name != now.name => words.say1("org-formerly", "name", &matched.name),
        None if matched.code != now.code => words.say1("org-formerly", "name", &matched.code),
        None => String::new(),
    };
    let names: Vec<&str> = above.iter().map(|version| version.name.as_str()).collect();
    Hit {
        href: if season.is_empty() {
            unit_address(&now.code, "")
        } else {
            address(&format!("/s/{season}/progress"), &[("unit", &now.code)])
        },
        name: now.name.clone(),
        code: now.code.clone(),
        path: names.join(" › "),
        what: format!(
            "{} · {}",
            level_name(words, profile, &now.level),
            kind_name(words, profile, &now.kind)
        ),
        state,
        off,
    }
}
