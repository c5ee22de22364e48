//! Setting up a season.

use plenum_rules::access::Permission;
use plenum_rules::congress::Contents;
use plenum_rules::org::Level;
use plenum_rules::season::Term;
use plenum_rules::{Day, SeasonId};
use plenum_store::season::{self, Season, Shape, ShapeLevel};
use plenum_store::{org, progress};
use serde_json::json;

use crate::shell::problem::{Problem, Result};
use crate::shell::{Cx, profiles};

/// A season as typed in.
#[derive(Clone, Debug)]
pub struct NewSeason {
    /// Its name in addresses.
    pub id: String,
    /// Its name on screen.
    pub name: String,
    /// The code of the unit at its top.
    pub root: String,
    /// The first day on which congresses are expected.
    pub opens: Day,
    /// The profile.
    pub profile: String,
    /// The levels that hold a congress, from the top, each with its term as typed.
    pub levels: Vec<(Level, String)>,
    /// The level of the sentence on top of pages.
    pub counted: String,
    /// What a congress contains.
    pub contents: Contents,
}

/// Sets up a season; its counters are counted at once.
///
/// # Errors
/// `E-403`; `E-SEA-45` for an unknown unit, `E-SEA-51` to `E-SEA-56`.
pub async fn create(cx: &mut Cx, new: NewSeason) -> Result<Season> {
    let root = org::by_code(&mut cx.tx, &new.root, cx.today).await?;
    let root =
        root.ok_or_else(|| Problem::field("E-SEA-45", "root").with("code", new.root.clone()))?;
    cx.must(Permission::EditSeason, root.unit).await?;
    let id = SeasonId::new(&new.id).ok_or_else(|| Problem::field("E-SEA-51", "id"))?;
    if let Some(standing) = season::load(&mut cx.tx, &id).await? {
        return Err(Problem::field("E-SEA-52", "id").with("name", standing.name));
    }
    let profile = profiles::all()
        .iter()
        .find(|profile| profile.id == new.profile);
    let profile = profile.ok_or_else(|| Problem::field("E-SEA-44", "profile"))?;
    let mut levels = Vec::new();
    for (level, term) in &new.levels {
        let term: Term = term
            .parse()
            .map_err(|_| Problem::field("E-SEA-54", "levels").with("term", term.clone()))?;
        let rule = profile
            .level(level)
            .ok_or_else(|| Problem::field("E-SEA-44", "levels"))?;
        levels.push((
            profile.rank(&rule.code),
            ShapeLevel {
                level: level.clone(),
                term,
                running_term_ends: None,
            },
        ));
    }
    levels.sort_by_key(|(rank, _)| *rank);
    let levels: Vec<ShapeLevel> = levels.into_iter().map(|(_, level)| level).collect();
    if levels.is_empty() {
        return Err(Problem::field("E-SEA-53", "levels"));
    }
    let counted = Level(new.counted);
    if levels.iter().all(|level| level.level != counted) {
        return Err(Problem::field("E-SEA-55", "counted"));
    }
    if new.contents.count() == 0 {
        return Err(Problem::field("E-SEA-56", "contents"));
    }
    let season = Season {
        id,
        name: new.name,
        root: root.unit,
        opens: new.opens,
        profile: profile.id.clone(),
        shape: Shape {
            levels,
            counted,
            contents: new.contents,
            pages_open_on: None,
            closes: None,
        },
    };
    season::insert(&mut cx.tx, &season).await?;
    progress::rebuild(&mut cx.tx, &season).await?;
    let detail = json!({
        "name": season.name, "opens": season.opens, "profile": season.profile, "shape": season.shape,
    });
    cx.record(
        "season.create",
        Some(season.id.as_str()),
        Some(root.unit),
        &detail,
    )
    .await?;
    cx.touch(root.unit).await?;
    Ok(season)
}
