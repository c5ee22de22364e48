//! The ballots the counting committee rules on, each with the paper's place.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use plenum_rules::access::Permission;
use plenum_rules::voting::ballot::{Ballot as Keyed, Layout, Marks, Verdict};
use plenum_rules::voting::keying::{print, text};
use plenum_rules::voting::machine::{Compared, Election, RulingRecord};
use plenum_rules::voting::profile::{CriterionCode, Effect, ElectionRules};
use plenum_store::voting;
use serde::Deserialize;

use super::pages::{Refused, Which, base, id_of, place_of, shown_again};
use crate::features::voting::actions::keyed::{Conclusion, conclude, ruled_on, ruling};
use crate::features::voting::actions::{self, Of};
use crate::features::voting::counted::paper_of;
use crate::features::voting::pages::election::names_at_count;
use crate::shell::elections::Ballot;
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
    /// The rulings so far, the last one in force.
    ruled: Vec<String>,
    /// The criterion of the last.
    under: String,
}

#[derive(Template)]
#[template(path = "voting/keying/rulings.html")]
struct RulingsPage {
    p: Chrome,
    base: String,
    /// Those that wait, and those ruled on, which can still be changed.
    parts: [(&'static str, Vec<Doubtful>); 2],
    criteria: Vec<(String, String)>,
    refused: Refused,
    tried: (u32, String, String),
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
    if !ballot.facts.counts(&look.who.actor()) {
        return Err(Problem::refused("E-VOT-129"));
    }
    let place = place_of(&mut look, season, ballot.unit).await?;
    let compared = ruled_on(&mut look.tx, &ballot).await?;
    let bundles = voting::bundles(&mut look.tx, ballot.id).await?;
    let names = names_at_count(&mut look.tx, &ballot.facts).await?;
    let t = visitor.words;
    let lines = |is_open: bool| lines(t, (&ballot, &compared), (&bundles, &names), is_open);
    Ok(RulingsPage {
        p: Chrome::new(visitor, t.say("keying-rulings-title"))
            .section("progress")
            .at(&place, "elections"),
        base: base(season, id),
        parts: [
            ("keying-rulings-open", lines(true)),
            ("keying-rulings-done", lines(false)),
        ],
        criteria: ballot
            .rules
            .criteria
            .iter()
            .filter(|one| one.effect != Effect::NotCountedForPerson)
            .map(|one| (one.code.0.clone(), criterion(t, &ballot.rules, &one.code)))
            .collect(),
        refused: Refused::of(t, tried.as_ref().map(|(_, problem)| problem)),
        tried: tried.map_or((u32::MAX, String::new(), String::new()), |(form, _)| {
            (form.place, form.note.clone(), form.meaning.clone())
        }),
    })
}

/// The doubtful ballots that wait for a ruling, or those that have one.
fn lines(
    t: Words,
    (ballot, compared): (&Ballot, &Compared),
    (bundles, names): (&BTreeMap<i64, i64>, &BTreeMap<String, String>),
    is_open: bool,
) -> Vec<Doubtful> {
    let rulings = &ballot.facts.rulings;
    let flagged: Vec<(u32, CriterionCode)> = compared
        .flagged()
        .into_iter()
        .filter_map(|(place, verdict)| match verdict {
            Verdict::Doubtful(code) | Verdict::Invalid(code) => Some((place, code)),
            Verdict::Valid => None,
        })
        .filter(|(place, _)| ruling(rulings, *place).is_none() == is_open)
        .collect();
    let layout = &compared.closed.open.paper.definition.layout;
    let line = |(place, code): &(u32, CriterionCode)| {
        let on = compared.ballots.get(*place as usize)?;
        let (bundle, position) = paper_of(bundles, *place)?;
        let alike = flagged
            .iter()
            .filter(|(other, _)| compared.ballots.get(*other as usize) == Some(on));
        let own = rulings.iter().filter(|ruled| ruled.place == *place);
        let last = ruling(rulings, *place);
        Some(Doubtful {
            place: *place,
            bundle,
            position,
            code: code.0.clone(),
            rule: criterion(t, &ballot.rules, code),
            marks: marks(t, compared, on),
            alike: alike.count(),
            ruled: own.map(|ruled| said(t, ruled, (layout, names))).collect(),
            under: last.map_or_else(|| code.0.clone(), |ruled| ruled.ruling.criterion.0.clone()),
        })
    };
    flagged.iter().filter_map(line).collect()
}

/// A ruling in words.
fn said(
    t: Words,
    ruled: &RulingRecord,
    (layout, names): (&Layout, &BTreeMap<String, String>),
) -> String {
    let key = if ruled.ruling.valid {
        "keying-ruled-valid"
    } else {
        "keying-ruled-invalid"
    };
    let read = ruled.ruling.meaning.as_ref().map(|marks| {
        let keys = print(layout, &Keyed::plain(marks.clone()));
        t.say1("keying-ruled-read", "keys", text(&keys))
    });
    let said = t.say_with(
        key,
        &[
            ("criterion", (&ruled.ruling.criterion.0).into()),
            ("note", (&ruled.note).into()),
            ("by", names.get(&ruled.by.0).unwrap_or(&ruled.by.0).into()),
        ],
    );
    read.map_or(said.clone(), |read| format!("{said} {read}"))
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
fn marks(t: Words, compared: &Compared, ballot: &Keyed) -> String {
    let paper = &compared.closed.open.paper;
    let all = paper.definition.layout.all();
    let names = |numbers: plenum_rules::voting::ballot::Names| {
        let named = numbers.iter().map(|number| {
            let row = paper.listed.rows.get(number.place());
            format!("{number}. {}", row.map_or("", |row| row.name.as_str()))
        });
        let named = named.collect::<Vec<_>>().join("; ");
        if named.is_empty() {
            "–".to_owned()
        } else {
            named
        }
    };
    match &ballot.marks {
        Marks::Struck(struck) if struck.count() == 0 => {
            t.say1("keying-marks-none", "left", t.count(i64::from(all.count())))
        }
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
    meaning: String,
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
            meaning: form.meaning.clone(),
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
            let page = page(&app, &visitor, &(season, id), Some((&form, problem))).await;
            shown_again(&visitor, status, page)
        }
    }
}
