//! Setting up a season: first its top unit and its rules, then the rest, with
//! the levels these have.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_rules::org::UnitVersion;
use plenum_rules::profile::Profile;
use plenum_store::org;

use super::super::actions::{self, NewSeason};
use super::super::fields::{Fields, Sheet};
use super::setup::{CONTENTS, contents_offered, typed_contents, typed_levels};
use super::{Named, again, on_form, refused, show, went};
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Lang, Look, Visitor, Words, act, look, profiles, units};

/// The first page: for which unit, by which rules.
#[derive(Template)]
#[template(path = "season/new_root.html")]
struct RootPage {
    p: Chrome,
    sheet: Sheet,
    profiles: Vec<Named>,
}

/// The second page: everything else.
#[derive(Template)]
#[template(path = "season/new.html")]
struct FormPage {
    p: Chrome,
    sheet: Sheet,
    root: String,
    profile: String,
    levels: Vec<Named>,
    contents: Vec<Named>,
}

fn name(words: Words, profile: &Profile) -> String {
    match words.0 {
        Lang::Vi => profile.name_vi.clone(),
        Lang::En => profile.name_en.clone(),
    }
}

fn root_page(visitor: &Visitor, sheet: Sheet) -> RootPage {
    let words = visitor.words;
    let named = |profile: &Profile| Named {
        code: profile.id.clone(),
        name: name(words, profile),
    };
    RootPage {
        p: Chrome::new(visitor, words.say("season-new-title")).section("season"),
        sheet,
        profiles: profiles::all().iter().map(named).collect(),
    }
}

/// The unit and the rules that were chosen.
async fn chosen(look: &mut Look, fields: &Fields) -> Result<(UnitVersion, &'static Profile)> {
    let profile = profiles::all()
        .iter()
        .find(|profile| profile.id == fields.get("profile"))
        .ok_or_else(|| Problem::field("E-SEA-44", "profile"))?;
    let today = look.today;
    let root = units::typed(&mut look.tx, None, fields.get("root"), today, "root").await?;
    look.must(Permission::EditSeason, root.unit).await?;
    Ok((root, profile))
}

/// The levels of the rules from the unit's own on down, each with how many
/// units of it there are.
async fn levels(
    look: &mut Look,
    words: Words,
    (root, profile): (&UnitVersion, &Profile),
) -> Result<Vec<(Named, i64)>> {
    let standing = org::levels_below(&mut look.tx, root.unit, look.today).await?;
    let top = profile.rank(&root.level);
    let below = profile
        .levels
        .iter()
        .filter(|rule| profile.rank(&rule.code) >= top || standing.contains_key(&rule.code));
    Ok(below
        .map(|rule| {
            let count = standing.get(&rule.code).copied().unwrap_or(0);
            let name = profiles::level_name(words, profile, &rule.code);
            let named = Named {
                code: rule.code.0.clone(),
                name: words.say_with(
                    "season-level-units",
                    &[("level", name.into()), ("count", count.into())],
                ),
            };
            (named, count)
        })
        .collect())
}

async fn form_page(app: &App, visitor: &Visitor, fields: Fields) -> Result<FormPage> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let words = visitor.words;
    let (root, profile) = chosen(&mut look, &fields).await?;
    let levels = levels(&mut look, words, (&root, profile)).await?;
    let mut fields = fields.set("root", &root.code);
    // At first, what there is: every level with units, the lowest as the main
    // figure, all four contents.
    if fields.get("began").is_empty() {
        let mut standing = levels.iter().filter(|(_, count)| *count > 0);
        for (level, _) in standing.clone() {
            fields = fields.with("levels", &level.code);
        }
        let lowest = standing.next_back().map_or("", |(level, _)| &level.code);
        fields = fields.with("counted", lowest);
        for content in CONTENTS {
            fields = fields.with("contents", content);
        }
    }
    Ok(FormPage {
        p: Chrome::new(visitor, words.say("season-new-title")).section("season"),
        sheet: Sheet::filled(fields),
        root: units::written(&root),
        profile: name(words, profile),
        levels: levels.into_iter().map(|(level, _)| level).collect(),
        contents: contents_offered(words),
    })
}

/// The forms for a new season.
pub async fn form(
    State(app): State<App>,
    visitor: Visitor,
    Query(fields): Query<Fields>,
) -> Response {
    if fields.get("root").is_empty() && fields.get("profile").is_empty() {
        return show(Ok(root_page(&visitor, Sheet::default())), &visitor);
    }
    match form_page(&app, &visitor, fields.clone()).await {
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            again(Ok(root_page(&visitor, sheet)), &visitor)
        }
        page => show(page, &visitor),
    }
}

/// Sets the season up.
pub async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Form(fields): Form<Fields>,
) -> Response {
    match create(&app, &visitor, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields.clone(), &problem, &visitor);
            if matches!(problem.field, Some("root" | "profile")) {
                return again(Ok(root_page(&visitor, sheet)), &visitor);
            }
            let page = form_page(&app, &visitor, fields.with("began", "yes")).await;
            again(page.map(|page| FormPage { sheet, ..page }), &visitor)
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn create(app: &App, visitor: &Visitor, fields: &Fields) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let (root, profile) = chosen(&mut look, fields).await?;
    drop(look);
    let new = NewSeason {
        id: fields.text("id")?,
        name: fields.text("name")?,
        root: root.code,
        opens: fields.day("opens")?,
        profile: profile.id.clone(),
        levels: typed_levels(fields)?,
        counted: fields.get("counted").to_owned(),
        contents: typed_contents(fields),
    };
    let season = act(app, who, |cx| Box::pin(actions::create(cx, new))).await?;
    Ok(format!("/s/{}", season.id))
}
