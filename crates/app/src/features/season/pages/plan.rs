//! Plans: which windows count at a unit, and a new window.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plenum_rules::UnitId;
use plenum_rules::access::Permission;
use plenum_rules::org::{Kind, Level};
use plenum_rules::season::{
    Effective, Mark, Marks, Selector, Window, WindowId, Windows, effective,
};
use plenum_store::org;
use plenum_store::season as records;

use super::super::actions::{self, NewWindow};
use super::super::fields::{Fields, Sheet};
use super::super::roll::Roll;
use super::{
    At, Named, days, desk, hex, kinds_of, levels_of, mark_code, on_form, refused, show, went,
};
use crate::shell::page::Link;
use crate::shell::problem::Result;
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Look, Place, Visitor, Words, act, look, profiles};

/// A window that counts at a unit, or one that somebody issued.
pub struct Row {
    /// For which level.
    pub level: String,
    /// For which kind.
    pub kind: String,
    /// For the mass, pilots or trials.
    pub mark: String,
    /// The days.
    pub days: String,
    /// Whether the plans leave no day.
    pub broken: bool,
    /// Who issued it, and by which instrument.
    pub by: String,
    /// The plan's date, reason and consent.
    pub note: String,
    /// Whether a superior consented to loosening.
    pub consent: bool,
}

/// What counts for one direct subordinate.
struct Child {
    name: String,
    href: String,
    level: String,
    days: String,
    by: String,
    broken: bool,
}

#[derive(Template)]
#[template(path = "season/plan.html")]
struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    unit_name: String,
    counting: Vec<Row>,
    issued: Vec<Row>,
    children: Vec<Child>,
    levels: Vec<Named>,
    kinds: Vec<Named>,
    marks: Vec<Named>,
    instruments: Vec<Named>,
    may_edit: bool,
    sheet: Sheet,
}

/// The season's windows with what people want to know of them.
pub struct Plans {
    windows: Windows,
    issued: Vec<(Window, Option<u128>)>,
    numbers: BTreeMap<u128, String>,
    roll: Roll,
}

impl Plans {
    /// Loads them.
    pub async fn load(look: &mut Look, place: &Place, words: Words) -> Result<Self> {
        let issued = records::issued_windows(&mut look.tx, &place.season.id).await?;
        let roll = Roll::of(
            &mut look.tx,
            issued.iter().map(|(window, _)| window.issuer),
            place.day,
        )
        .await?;
        let rows = records::instruments(&mut look.tx, &place.season.id).await?;
        let numbers = rows
            .into_iter()
            .map(|row| {
                (
                    row.id,
                    words.say_with(
                        "season-by-number",
                        &[
                            ("number", row.key.number.into()),
                            ("day", words.day(row.key.date).into()),
                        ],
                    ),
                )
            })
            .collect();
        let windows = Windows::new(issued.iter().map(|(window, _)| window.clone()).collect());
        Ok(Self {
            windows,
            issued,
            numbers,
            roll,
        })
    }

    fn by(&self, issuer: UnitId, window: WindowId) -> String {
        let number = self
            .issued
            .iter()
            .find(|(known, _)| known.id == window)
            .and_then(|(_, instrument)| self.numbers.get(&(*instrument)?));
        match number {
            Some(number) => format!("{} · {number}", self.roll.name(issuer)),
            None => self.roll.name(issuer),
        }
    }

    /// What counts at the place for each level at and below its own, and for
    /// each kind and mark that some plan on the way names.
    pub fn counting(&self, place: &Place, words: Words) -> Vec<Row> {
        let path: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
        let on_path = self.windows.on_path(&path);
        let own = place.profile.rank(&place.unit.level);
        let mut rows = Vec::new();
        for each in &place.season.shape.levels {
            if place.profile.rank(&each.level) < own {
                continue;
            }
            let mut wanted: Vec<(Option<Kind>, Option<Mark>)> = vec![(None, None)];
            for (_, window) in on_path
                .iter()
                .filter(|(_, window)| window.level == each.level)
            {
                let combination = (window.kind.clone(), window.mark);
                if window.from <= place.day && !wanted.contains(&combination) {
                    wanted.push(combination);
                }
            }
            for (kind, mark) in wanted {
                let marks = mark.map_or(Marks::default(), Marks::only);
                let selector = Selector {
                    level: &each.level,
                    kind: kind.as_ref(),
                    marks,
                };
                if let Some(found) = effective(&on_path, &selector, place.day) {
                    rows.push(self.row(place, words, &each.level, kind.as_ref(), mark, &found));
                }
            }
        }
        rows
    }

    fn row(
        &self,
        place: &Place,
        words: Words,
        level: &Level,
        kind: Option<&Kind>,
        mark: Option<Mark>,
        found: &Effective,
    ) -> Row {
        Row {
            level: profiles::level_name(words, place.profile, level),
            kind: kind_text(place, words, kind),
            mark: mark_text(words, mark),
            days: days(words, found.first, Some(found.last)),
            broken: found.leaves_no_day(),
            by: self.by(found.from_issuer, found.window),
            note: String::new(),
            consent: false,
        }
    }

    /// The windows issued by the units on the way to the place and below it,
    /// up to its day, latest first.
    fn issued(&self, place: &Place, words: Words) -> Vec<Row> {
        let path: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
        let near = |unit: UnitId| path.contains(&unit) || self.roll.is_under(unit, place.unit.unit);
        let rows = self
            .issued
            .iter()
            .rev()
            .filter(|(window, _)| window.from <= place.day && near(window.issuer));
        rows.map(|(window, _)| Row {
            level: profiles::level_name(words, place.profile, &window.level),
            kind: kind_text(place, words, window.kind.as_ref()),
            mark: mark_text(words, window.mark),
            days: days(words, window.first, Some(window.last)),
            broken: false,
            by: self.by(window.issuer, window.id),
            note: self.note(window, words),
            consent: window.has_consent(),
        })
        .collect()
    }

    fn note(&self, window: &Window, words: Words) -> String {
        let mut parts = vec![words.say1("season-in-force", "day", words.day(window.from))];
        parts.extend(window.reason.clone());
        parts.extend(
            window
                .consent
                .as_ref()
                .map(|text| words.say1("season-consent-is", "text", text.as_str())),
        );
        parts.join(" · ")
    }
}

fn kind_text(place: &Place, words: Words, kind: Option<&Kind>) -> String {
    kind.map_or_else(
        || words.say("season-all-kinds"),
        |kind| profiles::kind_name(words, place.profile, kind),
    )
}

fn mark_text(words: Words, mark: Option<Mark>) -> String {
    words.say(&format!("season-mark-{}", mark.map_or("mass", mark_code)))
}

async fn children(
    look: &mut Look,
    place: &Place,
    plans: &Plans,
    words: Words,
) -> Result<Vec<Child>> {
    let mut units = org::children_on(&mut look.tx, place.unit.unit, place.day).await?;
    units.sort_by(|a, b| crate::shell::names::order_natural(&a.name, &b.name));
    let ids: Vec<UnitId> = units.iter().map(|unit| unit.unit).collect();
    let marks = records::marks_of(&mut look.tx, &place.season.id, &ids).await?;
    let path: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
    let children = units.into_iter().map(|unit| {
        let own: Vec<Mark> = marks
            .get(&unit.unit)
            .into_iter()
            .flatten()
            .filter(|(span, _)| span.holds(place.day))
            .map(|(_, mark)| *mark)
            .collect();
        let marks = Marks {
            pilot: own.contains(&Mark::Pilot),
            trial: own.contains(&Mark::Trial),
        };
        let mut path = path.clone();
        path.push(unit.unit);
        let selector = Selector {
            level: &unit.level,
            kind: Some(&unit.kind),
            marks,
        };
        let found = effective(&plans.windows.on_path(&path), &selector, place.day);
        let tags: Vec<String> = own
            .iter()
            .map(|mark| mark_text(words, Some(*mark)))
            .collect();
        let level = profiles::level_name(words, place.profile, &unit.level);
        Child {
            href: place.address("plan", &unit.code),
            level: if tags.is_empty() {
                level
            } else {
                format!("{level} · {}", tags.join(", "))
            },
            days: found.as_ref().map_or_else(
                || "–".to_owned(),
                |found| days(words, found.first, Some(found.last)),
            ),
            by: found
                .as_ref()
                .map(|found| plans.by(found.from_issuer, found.window))
                .unwrap_or_default(),
            broken: found.is_some_and(|found| found.leaves_no_day()),
            name: unit.name,
        }
    });
    Ok(children.collect())
}

async fn build(app: &App, visitor: &Visitor, season: &str, at: &At, sheet: Sheet) -> Result<Page> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let desk = desk(&mut look, visitor, season, at, "plan").await?;
    let (place, words) = (&desk.place, visitor.words);
    let plans = Plans::load(&mut look, place, words).await?;
    let counting = plans.counting(place, words);
    let counted = profiles::level_name(words, place.profile, &place.season.shape.counted);
    let answer = match counting
        .iter()
        .find(|row| row.level == counted)
        .or(counting.first())
    {
        Some(row) => words.say_with(
            "season-plan-answer",
            &[
                ("day", words.day_in_sentence(place.day).into()),
                ("unit", place.unit.name.clone().into()),
                ("level", row.level.to_lowercase().into()),
                ("days", row.days.clone().into()),
                ("by", row.by.clone().into()),
            ],
        ),
        None => words.say1("season-plan-answer-none", "unit", place.unit.name.as_str()),
    };
    let instruments = records::instruments(&mut look.tx, &place.season.id).await?;
    let mark = |mark| Named {
        code: mark_code(mark).to_owned(),
        name: mark_text(words, Some(mark)),
    };
    Ok(Page {
        answer,
        unit_name: place.unit.name.clone(),
        counting,
        issued: plans.issued(place, words),
        children: children(&mut look, place, &plans, words).await?,
        levels: levels_of(place, words),
        kinds: kinds_of(place, words),
        marks: [Mark::Pilot, Mark::Trial].map(mark).into(),
        instruments: instruments
            .iter()
            .map(|row| Named {
                code: hex(row.id),
                name: format!("{} ({})", row.key.number, words.day(row.key.date)),
            })
            .collect(),
        may_edit: look.may(Permission::EditPlan, place.unit.unit).await?,
        sheet,
        p: desk.p,
        tabs: desk.tabs,
    })
}

/// The page.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
) -> Response {
    show(
        build(&app, &visitor, &season, &at, Sheet::default()).await,
        &visitor,
    )
}

/// Adds a window.
pub async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    match add(&app, &visitor, &season, &at, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(build(&app, &visitor, &season, &at, sheet).await, &visitor)
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn add(
    app: &App,
    visitor: &Visitor,
    season: &str,
    at: &At,
    fields: &Fields,
) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let place = desk(&mut look, visitor, season, at, "plan").await?.place;
    let from = match fields.optional_day("from")? {
        Some(day) => day,
        None => look.today,
    };
    drop(look);
    let level = fields.level("level", place.profile)?;
    let new = NewWindow {
        issuer: place.unit.unit,
        instrument: fields.optional_id("instrument")?,
        level: level.ok_or_else(|| crate::shell::Problem::field("E-SEA-41", "level"))?,
        kind: fields.kind("kind", place.profile)?,
        mark: match fields.get("mark") {
            "pilot" => Some(Mark::Pilot),
            "trial" => Some(Mark::Trial),
            _ => None,
        },
        first: fields.optional_day("first")?,
        last: fields.day("last")?,
        from,
        consent: fields.optional("consent")?,
        reason: fields.optional("reason")?,
    };
    let id = place.season.id.clone();
    act(app, who, |cx| {
        Box::pin(async move { actions::add_window(cx, &id, new).await })
    })
    .await?;
    Ok(place.address("plan", &place.unit.code))
}
