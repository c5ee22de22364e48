//! Every season, and a new one.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::congress::Contents;
use plenum_rules::org::Level;
use plenum_store::org;
use plenum_store::season as records;

use super::super::actions::{self, NewSeason, TypedLevel};
use super::super::fields::{Fields, Sheet};
use super::{Named, on_form, refused, show, went};
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Lang, Visitor, Words, act, look, profiles};

/// The four contents, in their order.
pub const CONTENTS: [&str; 4] = ["review", "opinions", "committee", "delegates"];

struct Row {
    id: String,
    name: String,
    root: String,
    opens: String,
    terms: String,
}

#[derive(Template)]
#[template(path = "season/list.html")]
struct ListPage {
    p: Chrome,
    seasons: Vec<Row>,
    may_add: bool,
}

async fn build_list(app: &App, visitor: &Visitor) -> Result<ListPage> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let words = visitor.words;
    let mut seasons = Vec::new();
    for season in records::all(&mut look.tx).await? {
        let mut visible = look.may(Permission::SeeProgress, season.root).await?;
        for own in look
            .who
            .grants
            .clone()
            .into_iter()
            .filter_map(|grant| grant.unit)
        {
            visible |= org::path_on(&mut look.tx, own, look.today)
                .await?
                .contains(&season.root);
        }
        if !visible {
            continue;
        }
        let root = org::near(&mut look.tx, season.root, season.opens).await?;
        let profile = profiles::named(&season.profile);
        let term = |each: &records::ShapeLevel| {
            let name = profile.map_or_else(String::new, |profile| {
                profiles::level_name(words, profile, &each.level)
            });
            format!("{name} {}", each.term)
        };
        seasons.push(Row {
            id: season.id.to_string(),
            name: season.name.clone(),
            root: root.map(|root| root.name).unwrap_or_default(),
            opens: words.day(season.opens),
            terms: season
                .shape
                .levels
                .iter()
                .map(term)
                .collect::<Vec<_>>()
                .join("; "),
        });
    }
    Ok(ListPage {
        p: Chrome::new(visitor, words.say("season-list-title")).section("season"),
        seasons,
        may_add: visitor.can(Permission::EditSeason),
    })
}

/// Every season the person can see.
pub async fn list(State(app): State<App>, visitor: Visitor) -> Response {
    show(build_list(&app, &visitor).await, &visitor)
}

#[derive(Template)]
#[template(path = "season/new.html")]
struct FormPage {
    p: Chrome,
    sheet: Sheet,
    roots: Vec<Named>,
    profiles: Vec<Named>,
    levels: Vec<Named>,
    contents: Vec<Named>,
}

async fn build_form(app: &App, visitor: &Visitor, sheet: Sheet) -> Result<FormPage> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let words = visitor.words;
    let mut roots = Vec::new();
    let mut offered = org::roots_on(&mut look.tx, look.today).await?;
    for root in offered.clone() {
        offered.extend(org::children_on(&mut look.tx, root.unit, look.today).await?);
    }
    for grant in look.who.grants.clone() {
        if let Some(unit) = grant.unit {
            offered.extend(org::on(&mut look.tx, unit, look.today).await?);
        }
    }
    for unit in offered {
        let new = roots.iter().all(|known: &Named| known.code != unit.code);
        if new
            && roots.len() < super::MOST_CHOICES
            && look.may(Permission::EditSeason, unit.unit).await?
        {
            roots.push(Named {
                name: format!("{} · {}", unit.code, unit.name),
                code: unit.code,
            });
        }
    }
    let profiles_known = profiles::all().iter();
    let named = |vi: &str, en: &str| match words.0 {
        Lang::Vi => vi.to_owned(),
        Lang::En => en.to_owned(),
    };
    let mut levels: Vec<Named> = Vec::new();
    for rule in profiles_known.clone().flat_map(|profile| &profile.levels) {
        if levels.iter().all(|known| known.code != rule.code.0) {
            levels.push(Named {
                code: rule.code.0.clone(),
                name: named(&rule.name_vi, &rule.name_en),
            });
        }
    }
    Ok(FormPage {
        p: Chrome::new(visitor, words.say("season-new-title")).section("season"),
        sheet,
        roots,
        profiles: profiles_known
            .map(|profile| Named {
                code: profile.id.clone(),
                name: named(&profile.name_vi, &profile.name_en),
            })
            .collect(),
        levels,
        contents: contents_offered(words),
    })
}

/// The four contents, for ticking.
pub fn contents_offered(words: Words) -> Vec<Named> {
    CONTENTS
        .map(|code| Named {
            code: code.to_owned(),
            name: words.say(&format!("season-content-{code}")),
        })
        .into()
}

/// The contents ticked.
pub fn typed_contents(fields: &Fields) -> Contents {
    let has = |content: &str| fields.has("contents", content);
    Contents {
        review: has("review"),
        opinions: has("opinions"),
        committee: has("committee"),
        delegates: has("delegates"),
    }
}

/// The levels ticked, each with its term and when the running one ends.
///
/// # Errors
/// `E-DAY`.
pub fn typed_levels(fields: &Fields) -> Result<Vec<TypedLevel>> {
    fields
        .all("levels")
        .map(|code| {
            let ends = fields.get(&format!("ends-{code}"));
            let ends = (!ends.is_empty()).then(|| Day::parse(ends));
            Ok(TypedLevel {
                level: Level(code.to_owned()),
                term: fields.get(&format!("term-{code}")).to_owned(),
                running_term_ends: ends
                    .transpose()
                    .map_err(|_| Problem::field("E-DAY", "levels"))?,
            })
        })
        .collect()
}

/// The form for a new season.
pub async fn form(State(app): State<App>, visitor: Visitor) -> Response {
    let mut fields = Fields::default();
    for content in CONTENTS {
        fields = fields.with("contents", content);
    }
    show(
        build_form(&app, &visitor, Sheet::filled(fields)).await,
        &visitor,
    )
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
            let sheet = refused(fields, &problem, &visitor);
            super::again(build_form(&app, &visitor, sheet).await, &visitor)
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn create(app: &App, visitor: &Visitor, fields: &Fields) -> Result<String> {
    let who = visitor.signed_in()?;
    let new = NewSeason {
        id: fields.text("id")?,
        name: fields.text("name")?,
        root: fields.text("root")?,
        opens: fields.day("opens")?,
        profile: fields.text("profile")?,
        levels: typed_levels(fields)?,
        counted: fields.get("counted").to_owned(),
        contents: typed_contents(fields),
    };
    let season = act(app, who, |cx| Box::pin(actions::create(cx, new))).await?;
    Ok(format!("/s/{}", season.id))
}
