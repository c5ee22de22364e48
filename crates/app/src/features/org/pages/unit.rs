//! `/units/{code}`: one unit on a day, how it came to be so, and what can be
//! done about it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plenum_rules::Day;
use plenum_rules::access::Permission;
use plenum_rules::org::{Passage, UnitVersion};
use plenum_rules::profile::Profile;
use plenum_store::{audit, org};
use serde::Deserialize;

use super::tree::within;
use super::unit_history::{Deed, Moment, deed, history};
use super::{AsOf, address, as_of, named_day, profile, trail, unit_address};
use crate::features::org::wish::{Asker, may_edit};
use crate::shell::asked::{Asking, Known};
use crate::shell::language::Words;
use crate::shell::page::{Link, render};
use crate::shell::place::day_of;
use crate::shell::problem::{Problem, Result};
use crate::shell::profiles::{kind_name, level_name};
use crate::shell::{App, Chrome, Look, Visitor, look};

/// What the address says.
#[derive(Deserialize)]
pub struct Asked {
    on: Option<String>,
    #[serde(default)]
    done: String,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["on", "done"];
}

/// Units that passed into others, or from which this one came.
pub struct Lines {
    text: String,
    units: Vec<Link>,
}

#[derive(Template)]
#[template(path = "org/unit.html")]
struct UnitPage {
    p: Chrome,
    as_of: AsOf,
    done: bool,
    sentence: String,
    facts: Vec<(String, String, String)>,
    lineage: Vec<Lines>,
    history: Vec<Moment>,
    deeds: Vec<Deed>,
    verbs: Vec<Link>,
    tree: String,
}

/// `GET /units/{code}`.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Known(asked): Known<Asked>,
) -> Response {
    match build(&app, &visitor, &code, &asked).await {
        Ok(page) => render(&page),
        Err(problem) => problem.page(&visitor),
    }
}

async fn build(app: &App, visitor: &Visitor, code: &str, asked: &Asked) -> Result<UnitPage> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let words = visitor.words;
    let day = day_of(asked.on.as_deref(), look.today)?;
    let on = named_day(asked.on.as_deref(), day);
    let bearer = org::by_code(&mut look.tx, code, day)
        .await?
        .ok_or_else(Problem::not_found)?;
    look.must(Permission::SeeUnit, bearer.unit).await?;
    let versions = org::versions(&mut look.tx, bearer.unit).await?;
    let unit = org::nearest(&versions, day)
        .cloned()
        .ok_or_else(Problem::not_found)?;
    let profile = profile(&mut look).await?;
    let path = org::path_versions(&mut look.tx, unit.unit, day).await?;
    let mut p = Chrome::new(visitor, unit.name.clone()).section("tree");
    p.unit.clone_from(&unit.code);
    p.trail = trail(&look, &path, |step| {
        address("/units", &[("unit", &step.code), ("on", &on)])
    });
    let children = i64::try_from(org::children_on(&mut look.tx, unit.unit, day).await?.len())
        .unwrap_or(i64::MAX);
    let asker = Asker {
        who,
        today: look.today,
        profile,
    };
    let verbs = verbs(&mut look, words, asker, &unit, day, children).await?;
    let mut deeds = Vec::new();
    for row in audit::page(&mut look.tx, Some(unit.unit), None, 30).await? {
        deeds.extend(deed(words, app, &row));
    }
    Ok(UnitPage {
        as_of: as_of(&unit_address(&unit.code, ""), day, &[]),
        done: asked.done == "change",
        sentence: sentence(words, profile, &unit, path.iter().rev().nth(1), day),
        facts: facts(
            words,
            profile,
            &unit,
            path.iter().rev().nth(1),
            (children, &on),
        ),
        lineage: lineage(&mut look, words, &unit, day).await?,
        history: history(&mut look, words, profile, &versions).await?,
        deeds,
        verbs,
        tree: address("/units", &[("unit", &unit.code), ("on", &on)]),
        p,
    })
}

fn sentence(
    words: Words,
    profile: &Profile,
    unit: &UnitVersion,
    above: Option<&UnitVersion>,
    day: Day,
) -> String {
    let key = if unit.span().holds(day) {
        if above.is_some() {
            "org-unit-sentence"
        } else {
            "org-unit-sentence-root"
        }
    } else if unit.from > day {
        "org-unit-not-yet"
    } else {
        "org-unit-no-longer"
    };
    let edge = if unit.from > day {
        unit.from
    } else {
        unit.until.unwrap_or(unit.from)
    };
    words.say_with(
        key,
        &[
            ("day", words.day_in_sentence(day).into()),
            ("edge", words.day_in_sentence(edge).into()),
            ("name", unit.name.as_str().into()),
            (
                "above",
                above
                    .map(|above| above.name.as_str())
                    .unwrap_or_default()
                    .into(),
            ),
            (
                "level",
                within(&level_name(words, profile, &unit.level)).into(),
            ),
            (
                "kind",
                within(&kind_name(words, profile, &unit.kind)).into(),
            ),
            ("members", words.count(i64::from(unit.members)).into()),
        ],
    )
}

fn facts(
    words: Words,
    profile: &Profile,
    unit: &UnitVersion,
    above: Option<&UnitVersion>,
    (children, on): (i64, &str),
) -> Vec<(String, String, String)> {
    let plain = |key: &str, value: String| (words.say(key), value, String::new());
    let mut facts = vec![
        plain("org-code", unit.code.clone()),
        plain("org-level", level_name(words, profile, &unit.level)),
        plain("org-kind", kind_name(words, profile, &unit.kind)),
        plain("org-members", words.count(i64::from(unit.members))),
    ];
    if let Some(above) = above {
        facts.push((
            words.say("org-above"),
            above.name.clone(),
            unit_address(&above.code, on),
        ));
    }
    let below = address("/units", &[("unit", &unit.code), ("on", on)]);
    facts.push((words.say("org-below"), words.count(children), below));
    facts.push(plain("org-so-since", words.day(unit.from)));
    if let Some(until) = unit.until {
        facts.push(plain("org-so-until", words.day(until)));
    }
    facts
}

/// What can be done to the unit by this person.
async fn verbs(
    look: &mut Look,
    words: Words,
    asker: Asker<'_>,
    unit: &UnitVersion,
    day: Day,
    children: i64,
) -> Result<Vec<Link>> {
    if !unit.span().holds(day) {
        return Ok(Vec::new());
    }
    let mut verbs = Vec::new();
    if may_edit(&mut look.tx, asker, day, unit.unit, true).await? {
        verbs.push("found");
    }
    if may_edit(&mut look.tx, asker, day, unit.unit, false).await? {
        verbs.extend(["rename", "resize", "reclassify", "move", "merge", "split"]);
        if children == 0 {
            verbs.push("close");
        }
    }
    let on = day.to_string();
    let link = |verb: &str| {
        let href = address(
            &format!("/tree/{verb}"),
            &[("unit", &unit.code), ("on", &on)],
        );
        Link::to(words.say(&format!("org-do-{verb}")), href)
    };
    Ok(verbs.into_iter().map(link).collect())
}

/// Where the unit came from and what became of it.
async fn lineage(
    look: &mut Look,
    words: Words,
    unit: &UnitVersion,
    day: Day,
) -> Result<Vec<Lines>> {
    let passages = org::lineage(&mut look.tx, unit.unit).await?;
    let others: Vec<_> = passages
        .iter()
        .map(|passage| {
            if passage.from == unit.unit {
                passage.into
            } else {
                passage.from
            }
        })
        .collect();
    let known = org::near_many(&mut look.tx, &others, day).await?;
    let mut lines: Vec<(Day, &'static str, Vec<Link>)> = Vec::new();
    for (passage, other) in passages.iter().zip(&others) {
        let Some(other) = known.get(other) else {
            continue;
        };
        let key = match (passage.from == unit.unit, passage.how) {
            (true, Passage::Merge) => "org-merged-into",
            (true, Passage::Split) => "org-split-into",
            (false, Passage::Merge) => "org-merged-from",
            (false, Passage::Split) => "org-split-from",
        };
        // A unit that ended is looked at on its last day.
        let when = if passage.from == unit.unit {
            passage.day
        } else {
            passage.day.plus(-1)
        };
        let link = Link::to(&other.name, unit_address(&other.code, &when.to_string()));
        match lines
            .iter_mut()
            .find(|(day, how, _)| *day == passage.day && *how == key)
        {
            Some((_, _, units)) => units.push(link),
            None => lines.push((passage.day, key, vec![link])),
        }
    }
    Ok(lines
        .into_iter()
        .map(|(day, key, mut units)| {
            units.sort_by(|a, b| crate::shell::names::order_natural(&a.text, &b.text));
            Lines {
                text: words.say1(key, "day", words.day(day)),
                units,
            }
        })
        .collect())
}
