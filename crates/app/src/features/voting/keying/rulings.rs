//! The ballots the counting committee rules on, each with the paper's place.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::access::Permission;
use plenum_rules::voting::Refusal;
use plenum_rules::voting::ballot::{Ballot, Marks};
use plenum_rules::voting::machine::{Compared, Election};
use plenum_rules::voting::profile::{CriterionCode, ElectionRules};
use plenum_store::voting;
use serde::Deserialize;

use super::pages::{Which, base, id_of, place_of};
use crate::features::voting::actions::keyed::{Conclusion, conclude, waiting};
use crate::features::voting::actions::{self, Of};
use crate::shell::page::render;
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Lang, Problem, Visitor, Words, act, look};

struct Doubtful {
    place: u32,
    bundle: i64,
    position: i64,
    code: String,
    rule: String,
    marks: String,
    alike: usize,
}

#[derive(Template)]
#[template(path = "voting/keying/rulings.html")]
struct RulingsPage {
    p: Chrome,
    base: String,
    doubtful: Vec<Doubtful>,
    criteria: Vec<(String, String)>,
    error: String,
    code: String,
    tried: (u32, String),
}

/// `GET …/rulings`.
pub async fn open(State(app): State<App>, visitor: Visitor, Path(which): Which) -> Response {
    match page(&app, &visitor, &which, None).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn page(
    app: &App,
    visitor: &Visitor,
    (season, id): &(String, String),
    tried: Option<(&Ruled, Problem)>,
) -> Result<RulingsPage> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let of = Of {
        season: season.clone(),
        id: id_of(id)?,
    };
    let ballot = actions::load(&mut look.tx, &of).await?;
    look.must(Permission::KeyBallots, ballot.unit).await?;
    let place = place_of(&mut look, season, ballot.unit).await?;
    let Election::Compared(compared) = &ballot.facts.election else {
        return Err(Refusal::NotNow {
            verb: "rule",
            state: ballot.facts.election.state(),
        }
        .into());
    };
    let bundles = voting::bundles(&mut look.tx, ballot.id).await?;
    let t = visitor.words;
    let open: Vec<(u32, CriterionCode)> = waiting(compared, &ballot.facts.rulings).collect();
    let doubtful = open
        .iter()
        .filter_map(|(place, code)| {
            let on = compared.ballots.get(*place as usize)?;
            let (bundle, position) = paper(&bundles, *place)?;
            let alike = open
                .iter()
                .filter(|(other, _)| compared.ballots.get(*other as usize) == Some(on));
            Some(Doubtful {
                place: *place,
                bundle,
                position: position.into(),
                code: code.0.clone(),
                rule: criterion(t, &ballot.rules, code),
                marks: marks(t, compared, on),
                alike: alike.count(),
            })
        })
        .collect();
    Ok(RulingsPage {
        p: Chrome::new(visitor, t.say("keying-rulings-title"))
            .section("season")
            .at(&place, "elections"),
        base: base(season, id),
        doubtful,
        criteria: ballot
            .rules
            .criteria
            .iter()
            .map(|one| (one.code.0.clone(), criterion(t, &ballot.rules, &one.code)))
            .collect(),
        error: tried
            .as_ref()
            .map(|(_, problem)| problem.text(t))
            .unwrap_or_default(),
        code: tried
            .as_ref()
            .map(|(_, problem)| problem.code.clone())
            .unwrap_or_default(),
        tried: tried.map_or((u32::MAX, String::new()), |(form, _)| {
            (form.place, form.note.clone())
        }),
    })
}

/// The bundle of a ballot of the count and the paper's place in it, from 1.
fn paper(bundles: &std::collections::BTreeMap<i64, i64>, place: u32) -> Option<(i64, u32)> {
    let mut before = 0;
    for (bundle, papers) in bundles {
        let papers = u32::try_from(*papers).ok()?;
        if place < before + papers {
            return Some((*bundle, place - before + 1));
        }
        before += papers;
    }
    None
}

fn criterion(t: Words, rules: &ElectionRules, code: &CriterionCode) -> String {
    rules
        .criterion(code)
        .map_or_else(String::new, |(_, rule)| match t.0 {
            Lang::Vi => rule.text_vi.clone(),
            Lang::En => rule.text_en.clone(),
        })
}

/// What stands on a ballot, in words.
fn marks(t: Words, compared: &Compared, ballot: &Ballot) -> String {
    let paper = &compared.closed.open.paper;
    let all = paper.definition.layout.all();
    let names = |numbers: plenum_rules::voting::ballot::Names| {
        let named = numbers.iter().map(|number| {
            let row = paper.listed.rows.get(number.place());
            format!("{number}. {}", row.map_or("", |row| row.name.as_str()))
        });
        named.collect::<Vec<_>>().join("; ")
    };
    match &ballot.marks {
        Marks::Struck(struck) => {
            let left = t.count(i64::from(all.without(*struck).count()));
            t.say_with(
                "keying-marks-struck",
                &[("names", names(*struck).into()), ("left", left.into())],
            )
        }
        Marks::Boxes { agree, disagree } => t.say_with(
            "keying-marks-boxes",
            &[
                ("agree", names(*agree).into()),
                ("disagree", names(*disagree).into()),
            ],
        ),
        Marks::Order(order) => order
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" > "),
    }
}

/// What the committee concluded.
#[derive(Deserialize)]
pub struct Ruled {
    place: u32,
    #[serde(default)]
    valid: String,
    #[serde(default)]
    criterion: String,
    #[serde(default)]
    alike: String,
    #[serde(default)]
    note: String,
}

/// `POST …/rulings`.
pub async fn rule(
    State(app): State<App>,
    visitor: Visitor,
    Path((season, id)): Which,
    Form(form): Form<Ruled>,
) -> Response {
    let done = async {
        let who = visitor.signed_in()?;
        let of = Of {
            season: season.clone(),
            id: id_of(&id)?,
        };
        let conclusion = Conclusion {
            place: form.place,
            alike: form.alike == "yes",
            valid: form.valid == "yes",
            criterion: CriterionCode(form.criterion.clone()),
            note: form.note.clone(),
        };
        act(&app, who, |cx| {
            Box::pin(async move {
                conclude(cx, &of, conclusion).await?;
                let ballot = actions::load(&mut cx.tx, &of).await?;
                Ok(matches!(ballot.facts.election, Election::Compared(_)))
            })
        })
        .await
    };
    match done.await {
        Ok(true) => Redirect::to(&format!("{}/rulings", base(&season, &id))).into_response(),
        Ok(false) => Redirect::to(&base(&season, &id)).into_response(),
        Err(problem) => {
            let status = problem.status;
            match page(&app, &visitor, &(season, id), Some((&form, problem))).await {
                Ok(page) => {
                    let mut response = render(&page);
                    *response.status_mut() = status;
                    response
                }
                Err(problem) => problem.page(&visitor),
            }
        }
    }
}
