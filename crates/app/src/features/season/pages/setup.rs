//! Every season, and what the forms of one share.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::congress::Contents;
use plenum_rules::org::Level;
use plenum_store::org;
use plenum_store::season as records;

use super::super::actions::TypedLevel;
use super::super::fields::Fields;
use super::{Named, show};
use crate::shell::problem::{Problem, Result};
use crate::shell::{App, Chrome, Visitor, Words, look, profiles};

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
