//! Setting up a season, and changing it later.

use plenum_rules::access::Permission;
use plenum_rules::congress::{Congress, Contents};
use plenum_rules::org::Level;
use plenum_rules::profile::{LevelRule, Profile};
use plenum_rules::season::Term;
use plenum_rules::{Day, SeasonId};
use plenum_store::season::{self, Season, Shape, ShapeLevel};
use plenum_store::{congress, org, progress};
use serde_json::json;

use super::{mending, season_of};
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
    /// The levels that hold a congress.
    pub levels: Vec<TypedLevel>,
    /// The level of the sentence on top of pages.
    pub counted: String,
    /// What a congress contains.
    pub contents: Contents,
}

/// A level that holds a congress, as typed in.
#[derive(Clone, Debug)]
pub struct TypedLevel {
    /// Which.
    pub level: Level,
    /// The term its congress begins.
    pub term: String,
    /// The last day of the term that runs until then.
    pub running_term_ends: Option<Day>,
}

/// What can be changed of a season once it is set up; its top unit, its rules
/// and its name in addresses stay.
#[derive(Clone, Debug)]
pub struct Edited {
    /// Its name on screen.
    pub name: String,
    /// The first day on which congresses are expected.
    pub opens: Day,
    /// The last day by which they are to be held.
    pub closes: Option<Day>,
    /// The day on which pages open.
    pub pages_open_on: Option<Day>,
    /// The levels that hold a congress.
    pub levels: Vec<TypedLevel>,
    /// The level of the sentence on top of pages.
    pub counted: String,
    /// What a congress contains.
    pub contents: Contents,
    /// Why it is changed.
    pub why: String,
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
    let levels = levels_of(profile, &new.levels)?;
    let counted = counted_of(&levels, new.counted)?;
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

/// The levels in the order of the profile.
fn levels_of(profile: &Profile, typed: &[TypedLevel]) -> Result<Vec<ShapeLevel>> {
    let mut levels = Vec::new();
    for one in typed {
        let unread = || Problem::field("E-SEA-54", "levels").with("term", one.term.clone());
        let term: Term = one.term.parse().map_err(|_| unread())?;
        let rule = profile
            .level(&one.level)
            .ok_or_else(|| Problem::field("E-SEA-44", "levels"))?;
        let level = ShapeLevel {
            level: one.level.clone(),
            term,
            running_term_ends: one.running_term_ends,
        };
        levels.push((profile.rank(&rule.code), level));
    }
    levels.sort_by_key(|(rank, _)| *rank);
    match levels.is_empty() {
        true => Err(Problem::field("E-SEA-53", "levels")),
        false => Ok(levels.into_iter().map(|(_, level)| level).collect()),
    }
}

/// The level of the main figure, which must be one of the season's.
fn counted_of(levels: &[ShapeLevel], counted: String) -> Result<Level> {
    let counted = Level(counted);
    if levels.iter().any(|level| level.level == counted) {
        Ok(counted)
    } else {
        Err(Problem::field("E-SEA-55", "counted"))
    }
}

/// Changes a season. What is recorded of it already stays true: no level goes
/// on which something hangs, no congress falls out of its days.
///
/// # Errors
/// `E-403`; `E-SEA-53` to `E-SEA-56`; `E-SEA-71` to `E-SEA-73`.
pub async fn edit(cx: &mut Cx, id: &SeasonId, new: Edited) -> Result<()> {
    let before = season_of(cx, id).await?;
    cx.must(Permission::EditSeason, before.root).await?;
    let profile = profiles::named(&before.profile).ok_or_else(Problem::not_found)?;
    let levels = levels_of(profile, &new.levels)?;
    let counted = counted_of(&levels, new.counted.clone())?;
    if new.contents.count() == 0 {
        return Err(Problem::field("E-SEA-56", "contents"));
    }
    for gone in &before.shape.levels {
        let stays = levels.iter().any(|level| level.level == gone.level);
        let uses = season::uses_of_level(&mut cx.tx, id, &gone.level, cx.today).await?;
        if !stays && uses > 0 {
            let rule = profile.level(&gone.level);
            let name = |of: fn(&LevelRule) -> &String| {
                rule.map_or_else(|| gone.level.0.clone(), |rule| of(rule).clone())
            };
            return Err(Problem::field("E-SEA-71", "levels")
                .with("level_vi", name(|rule| &rule.name_vi))
                .with("level_en", name(|rule| &rule.name_en))
                .with("count", uses));
        }
    }
    check_days(cx, id, &new).await?;
    let mut after = before.clone();
    after.name.clone_from(&new.name);
    after.opens = new.opens;
    after.shape = Shape {
        levels,
        counted,
        contents: new.contents,
        pages_open_on: new.pages_open_on,
        closes: new.closes,
    };
    season::insert(&mut cx.tx, &after).await?;
    if after.frame() != before.frame() {
        progress::rebuild(&mut cx.tx, &after).await?;
    }
    let said = |one: &Season| json!({"name": one.name, "opens": one.opens, "shape": one.shape});
    let detail = json!({"reason": new.why, "before": said(&before), "after": said(&after)});
    mending::corrected(cx, "season.edit", id, after.root, &detail).await
}

/// Refuses days of the season that a recorded congress contradicts.
async fn check_days(cx: &mut Cx, id: &SeasonId, new: &Edited) -> Result<()> {
    let congresses = congress::all(&mut cx.tx, id).await?;
    let held = || congresses.values().filter_map(Congress::held);
    let day = plenum_rules::words::day_table;
    if let Some(first) = held().map(|(first, _)| first).min()
        && new.opens > first
    {
        return Err(Problem::field("E-SEA-72", "opens").with("day", day(first)));
    }
    let last = held().map(|(_, last)| last).max();
    let least = last.map_or(new.opens, |last| last.max(new.opens));
    if new.closes.is_some_and(|closes| closes < least) {
        return Err(Problem::field("E-SEA-73", "closes").with("day", day(least)));
    }
    if new
        .pages_open_on
        .is_some_and(|opens_on| opens_on < new.opens)
    {
        return Err(Problem::field("E-SEA-73", "pages_open_on").with("day", day(new.opens)));
    }
    Ok(())
}
