//! Moving the dates of many units at once: choose, look, confirm.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use plenum_rules::congress::Planned;
use plenum_rules::org::{Kind, Level};
use plenum_rules::season::{Finding, NewDays, Severity, UnitPlan};
use plenum_rules::{Day, UnitId};
use plenum_store::season as records;
use serde::Deserialize;

use super::super::actions::{self, MOST_UNITS, Redating};
use super::super::fields::{Fields, Sheet};
use super::super::roll::units_of;
use super::saying::Speaker;
use super::{
    At, Choice, Desk, Named, days, desk, kinds_of, levels_of, on_form, refused, show, went,
};
use crate::shell::asked::{Asking, Known, one_of};
use crate::shell::names::order_natural;
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Place, Visitor, Words, act, look, profiles};

/// Which unit, and which of the units below it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    unit: Option<String>,
    on: Option<String>,
    level: Option<String>,
    kind: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

impl Asking for Asked {
    const NAMES: &'static [&'static str] = &["unit", "on", "level", "kind", "from", "until"];
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

#[derive(Template)]
#[template(path = "season/redate.html")]
struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    units: Vec<Choice>,
    levels: Vec<Named>,
    kinds: Vec<Named>,
    filter: Sheet,
    asked_unit: String,
    sheet: Sheet,
}

/// One unit's move.
struct Moved {
    code: String,
    unit: String,
    before: String,
    after: String,
    findings: Vec<(bool, String)>,
}

#[derive(Template)]
#[template(path = "season/redate_preview.html")]
struct Preview {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    moves: Vec<Moved>,
    blocks: usize,
    others: Vec<String>,
    sheet: Sheet,
}

/// The filter as a form's fields.
fn filter(asked: &Asked) -> Sheet {
    let fields = [
        ("level", &asked.level),
        ("kind", &asked.kind),
        ("from", &asked.from),
        ("until", &asked.until),
    ];
    let filled = fields
        .into_iter()
        .fold(Fields::default(), |filled, (name, value)| {
            filled.with(name, value.clone().unwrap_or_default())
        });
    Sheet::filled(filled)
}

/// Which of the units an address asks for, all of them where it does not say.
struct Wanted {
    level: Option<Level>,
    kind: Option<Kind>,
    from: Option<Day>,
    until: Option<Day>,
}

impl Wanted {
    /// # Errors
    /// `E-URL-02` for a level, kind or day that is none.
    fn read(asked: &Asked, place: &Place) -> Result<Self> {
        let level = |code: &str| {
            let level = Level(code.to_owned());
            place.season.level(&level).is_some().then_some(level)
        };
        let kind = |code: &str| {
            let kind = Kind(code.to_owned());
            place.profile.kind(&kind).is_some().then_some(kind)
        };
        let day = |text: &str| Day::parse(text).ok();
        Ok(Self {
            level: one_of("level", asked.level.as_deref(), level)?,
            kind: one_of("kind", asked.kind.as_deref(), kind)?,
            from: one_of("from", asked.from.as_deref(), day)?,
            until: one_of("until", asked.until.as_deref(), day)?,
        })
    }

    fn has(&self, plan: &UnitPlan) -> bool {
        let opens = |days: &Planned| {
            self.from.is_none_or(|from| days.first >= from)
                && self.until.is_none_or(|until| days.first <= until)
        };
        self.level.as_ref().is_none_or(|level| *level == plan.level)
            && self.kind.as_ref().is_none_or(|kind| *kind == plan.kind)
            && plan.planned.as_ref().is_some_and(opens)
    }
}

async fn build(
    app: &App,
    visitor: &Visitor,
    season: &str,
    asked: &Asked,
    sheet: Sheet,
) -> Result<Page> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let Desk { place, p, tabs } = desk(&mut look, visitor, season, &asked.at(), "redate").await?;
    let words = visitor.words;
    let wanted = Wanted::read(asked, &place)?;
    let outlook = records::plans_under(
        &mut look.tx,
        (&place.season, place.profile),
        place.unit.unit,
        look.today,
        MOST_UNITS,
    )
    .await?;
    let above: BTreeSet<UnitId> = place
        .path
        .iter()
        .map(|unit| unit.unit)
        .filter(|unit| *unit != place.unit.unit)
        .collect();
    let mut units: Vec<Choice> = outlook
        .units
        .iter()
        .filter(|plan| plan.expected && plan.held.is_none() && !above.contains(&plan.unit))
        .filter(|plan| wanted.has(plan))
        .filter_map(|plan| {
            let planned = plan.planned.as_ref()?;
            let version = outlook.versions.get(&plan.unit)?;
            let when = days(words, Some(planned.first), Some(planned.last));
            Some(Choice {
                code: version.code.clone(),
                name: version.name.clone(),
                note: format!("{when} · {}", kind_name(&place, words, &plan.kind)),
                chosen: sheet.chosen("units", &version.code),
            })
        })
        .collect();
    units.sort_by(|a, b| order_natural(&a.name, &b.name));
    let answer = words.say_with(
        "season-redate-answer",
        &[
            ("unit", place.unit.name.clone().into()),
            (
                "count",
                i64::try_from(units.len()).unwrap_or(i64::MAX).into(),
            ),
        ],
    );
    Ok(Page {
        answer,
        units,
        levels: levels_of(&place, words),
        kinds: kinds_of(&place, words),
        filter: filter(asked),
        asked_unit: place.unit.code.clone(),
        sheet,
        p,
        tabs,
    })
}

fn kind_name(place: &Place, words: Words, kind: &Kind) -> String {
    profiles::kind_name(words, place.profile, kind)
}

/// The page.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(asked): Known<Asked>,
) -> Response {
    show(
        build(&app, &visitor, &season, &asked, Sheet::default()).await,
        &visitor,
    )
}

/// Shows what the new calendar would be, or, confirmed, records it.
pub async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Known(asked): Known<Asked>,
    Form(fields): Form<Fields>,
) -> Response {
    let done = match fields.get("step") {
        "confirm" => confirm(&app, &visitor, &season, &asked, &fields)
            .await
            .map(|address| went(&address)),
        "back" => {
            return show(
                build(&app, &visitor, &season, &asked, Sheet::filled(fields)).await,
                &visitor,
            );
        }
        _ => preview(&app, &visitor, &season, &asked, &fields)
            .await
            .map(|page| show(Ok(page), &visitor)),
    };
    match done {
        Ok(response) => response,
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(
                build(&app, &visitor, &season, &asked, sheet).await,
                &visitor,
            )
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn read(look: &mut crate::shell::Look, place: &Place, fields: &Fields) -> Result<Redating> {
    let to = match fields.get("how") {
        "by" => {
            let days = fields
                .number("by_days", -3_660, 3_660)?
                .filter(|days| *days != 0);
            let days = days.and_then(|days| i32::try_from(days).ok());
            NewDays::By(days.ok_or_else(|| Problem::field("E-SEA-41", "by_days"))?)
        }
        "to" => NewDays::To(fields.day("to_day")?),
        "free" => NewDays::FirstFreeFrom {
            day: fields.day("free_day")?,
            per_day: fields
                .number("per_day", 1, 1_000)?
                .and_then(|number| u16::try_from(number).ok())
                .unwrap_or(1),
        },
        _ => return Err(Problem::field("E-SEA-41", "how")),
    };
    let units = units_of(
        &mut look.tx,
        &place.season,
        fields.all("units"),
        look.today,
        "units",
    )
    .await?;
    Ok(Redating {
        node: place.unit.unit,
        units: units.into_iter().map(|unit| unit.unit).collect(),
        to,
        reason: fields.optional("reason")?.unwrap_or_default(),
    })
}

async fn preview(
    app: &App,
    visitor: &Visitor,
    season: &str,
    asked: &Asked,
    fields: &Fields,
) -> Result<Preview> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let Desk { place, p, tabs } = desk(&mut look, visitor, season, &asked.at(), "redate").await?;
    let words = visitor.words;
    let wanted = read(&mut look, &place, fields).await?;
    let today = look.today;
    let (outlook, redated) =
        actions::preview(&mut look.tx, who, today, &place.season, &wanted).await?;
    let speaker = Speaker {
        units: &outlook.versions,
        events: &outlook.events,
        place: &place,
        words,
    };
    let mut by_unit: BTreeMap<UnitId, Vec<&Finding>> = BTreeMap::new();
    for finding in &redated.findings {
        by_unit.entry(finding.unit).or_default().push(finding);
    }
    let blocks = redated
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Blocks)
        .count();
    let mut moves: Vec<Moved> = redated
        .moves
        .iter()
        .filter_map(|one| {
            let version = outlook.versions.get(&one.unit)?;
            let found = by_unit.remove(&one.unit).unwrap_or_default();
            let said = |finding: &&Finding| {
                (
                    finding.severity == Severity::Blocks,
                    format!("{}: {}", finding.code.code(), speaker.text(finding)),
                )
            };
            Some(Moved {
                code: version.code.clone(),
                unit: version.name.clone(),
                before: days(words, Some(one.before.first), Some(one.before.last)),
                after: days(words, Some(one.after.first), Some(one.after.last)),
                findings: found.iter().map(said).collect(),
            })
        })
        .collect();
    moves.sort_by(|a, b| order_natural(&a.unit, &b.unit));
    let others = by_unit.values().flatten();
    let others = others
        .map(|finding| format!("{}: {}", finding.code.code(), speaker.text(finding)))
        .collect();
    let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
    let answer = words.say_with(
        "season-redate-preview",
        &[
            ("count", number(moves.len()).into()),
            ("blocks", number(blocks).into()),
            ("warns", number(redated.findings.len() - blocks).into()),
        ],
    );
    Ok(Preview {
        p,
        tabs,
        answer,
        moves,
        blocks,
        others,
        sheet: Sheet::filled(fields.clone()),
    })
}

async fn confirm(
    app: &App,
    visitor: &Visitor,
    season: &str,
    asked: &Asked,
    fields: &Fields,
) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let place = desk(&mut look, visitor, season, &asked.at(), "redate")
        .await?
        .place;
    let wanted = read(&mut look, &place, fields).await?;
    drop(look);
    let id = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::redate(cx, &id, wanted).await })
    })
    .await?;
    Ok(place.address("redate", &place.unit.code))
}
