//! Findings of a node.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plenum_rules::access::{Permission, may};
use plenum_rules::season::{Finding, FindingCode, Handling, Severity};
use plenum_rules::{Day, UnitId};
use plenum_store::season::Outlook;
use serde::Deserialize;

use super::super::actions::{self, MOST_UNITS, Weighed};
use super::saying::{Said, Speaker};
use super::{At, Desk, Named, desk, show};
use crate::shell::asked::{Asking, Known, one_of};
use crate::shell::names::order_natural;
use crate::shell::page::Link;
use crate::shell::problem::Result;
use crate::shell::visitor::Who;
use crate::shell::{App, Chrome, Visitor, look};

/// The most findings of one code shown on a page.
const MOST_OF_ONE: usize = 60;
/// From so many on, findings of one code are said together: the rule once, and
/// a line for each.
const TOGETHER_FROM: usize = 6;
/// So many of them stand open, the others are unfolded.
const FIRST_OF_MANY: usize = 5;

/// The findings of one code.
struct Group {
    code: &'static str,
    title: String,
    /// Whether they are said together.
    together: bool,
    count: usize,
    units: usize,
    /// How many this page leaves out.
    more: usize,
    findings: Vec<Said>,
    /// Those to unfold.
    rest: Vec<Said>,
}

struct Done {
    said: Said,
    handled: String,
}

#[derive(Template)]
#[template(path = "season/findings.html")]
struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    cut: String,
    groups: Vec<Group>,
    handled: Vec<Done>,
    codes: Vec<Named>,
    chosen: String,
    asked_unit: String,
    on: String,
    previous: String,
    next: String,
}

/// Which unit, on which day, and which findings.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    unit: Option<String>,
    on: Option<String>,
    code: Option<String>,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["unit", "on", "code"];
}

impl Asked {
    fn at(&self) -> At {
        At {
            unit: self.unit.clone(),
            on: self.on.clone(),
            edit: None,
        }
    }
}

/// Whether the person may deal with findings about a unit, by what was loaded.
fn may_handle(who: &Who, today: Day, outlook: &Outlook, unit: UnitId) -> bool {
    let path = outlook.path(unit);
    may(&who.grants, today, Permission::HandleFinding, &path)
}

async fn build(app: &App, visitor: &Visitor, season: &str, asked: &Asked) -> Result<Page> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let Desk { place, p, tabs } = desk(&mut look, visitor, season, &asked.at(), "findings").await?;
    let words = visitor.words;
    let weighed = actions::weigh(&mut look.tx, &place.season, place.unit.unit, place.day).await?;
    let outlook = &weighed.outlook;
    let speaker = Speaker {
        units: &outlook.versions,
        events: &outlook.events,
        place: &place,
        words,
    };
    let code = one_of("code", asked.code.as_deref(), FindingCode::parse)?;
    let mut by_code: BTreeMap<(Severity, FindingCode), Vec<&Finding>> = BTreeMap::new();
    for finding in &weighed.open {
        by_code
            .entry((finding.severity, finding.code))
            .or_default()
            .push(finding);
    }
    let title =
        |code: FindingCode| words.say(&format!("finding-title-{}", code.code().to_lowercase()));
    let codes = by_code
        .iter()
        .map(|((_, code), found)| Named {
            code: code.code().to_owned(),
            name: format!("{} {} ({})", code.code(), title(*code), found.len()),
        })
        .collect();
    let groups = by_code
        .into_iter()
        .filter(|((_, found), _)| code.is_none_or(|wanted| wanted == *found))
        .map(|((_, each), mut found)| {
            found.sort_by(|a, b| {
                let name = |finding: &Finding| {
                    outlook
                        .versions
                        .get(&finding.unit)
                        .map_or("", |unit| unit.name.as_str())
                };
                order_natural(name(a), name(b))
            });
            let most = if code.is_some() {
                MOST_UNITS
            } else {
                MOST_OF_ONE
            };
            let say = |finding: &&Finding| {
                speaker.say(finding, may_handle(who, look.today, outlook, finding.unit))
            };
            let together = found.len() >= TOGETHER_FROM;
            let units: BTreeSet<UnitId> = found.iter().map(|one| one.unit).collect();
            let mut findings: Vec<Said> = found.iter().take(most).map(say).collect();
            let first = match together && code.is_none() {
                true => FIRST_OF_MANY.min(findings.len()),
                false => findings.len(),
            };
            let rest = findings.split_off(first);
            Group {
                code: each.code(),
                title: title(each),
                together,
                count: found.len(),
                units: units.len(),
                more: found.len().saturating_sub(most),
                findings,
                rest,
            }
        })
        .collect();
    Ok(Page {
        answer: sentence(&weighed, &speaker),
        cut: match outlook.cut {
            true => words.say1(
                "season-findings-cut",
                "most",
                words.count(i64::try_from(MOST_UNITS).unwrap_or(0)),
            ),
            false => String::new(),
        },
        groups,
        handled: weighed
            .handled
            .iter()
            .map(|(finding, handling)| done(finding, handling, &speaker))
            .collect(),
        codes,
        chosen: code.map(|code| code.code().to_owned()).unwrap_or_default(),
        asked_unit: place.unit.code.clone(),
        on: place.day.to_string(),
        previous: place.address_on("findings", &place.unit.code, Some(place.day.plus(-1))),
        next: place.address_on("findings", &place.unit.code, Some(place.day.plus(1))),
        p: p.live(&place),
        tabs,
    })
}

fn sentence(weighed: &Weighed, speaker: &Speaker<'_>) -> String {
    let blocks = weighed
        .open
        .iter()
        .filter(|finding| finding.severity == Severity::Blocks)
        .count();
    let units: BTreeSet<UnitId> = weighed.open.iter().map(|finding| finding.unit).collect();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    speaker.words.say_with(
        "season-findings-answer",
        &[
            (
                "day",
                speaker.words.day_in_sentence(speaker.place.day).into(),
            ),
            ("unit", speaker.place.unit.name.clone().into()),
            ("blocks", number(blocks).into()),
            ("warns", number(weighed.open.len() - blocks).into()),
            ("units", number(units.len()).into()),
            ("handled", number(weighed.handled.len()).into()),
        ],
    )
}

fn done(finding: &Finding, handling: &Handling, speaker: &Speaker<'_>) -> Done {
    let words = speaker.words;
    let mut handled = words.say_with(
        "season-finding-handled",
        &[
            ("reason", handling.reason.clone().into()),
            ("by", handling.by.0.clone().into()),
            ("day", words.day(handling.on).into()),
        ],
    );
    if let Some(consent) = &handling.consent {
        handled.push(' ');
        handled.push_str(&words.say_with(
            "season-finding-consented",
            &[
                ("who", consent.who.clone().into()),
                ("instrument", consent.instrument.clone().into()),
                ("day", words.day(consent.on).into()),
            ],
        ));
    }
    Done {
        said: speaker.say(finding, false),
        handled,
    }
}

/// The page.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(asked): Known<Asked>,
) -> Response {
    show(build(&app, &visitor, &season, &asked).await, &visitor)
}
