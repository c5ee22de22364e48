//! The page of a unit's plan: which windows count there, and a new one.

use askama::Template;
use plenum_rules::access::Permission;
use plenum_rules::season::{Mark, Marks, Selector, Window, effective};
use plenum_rules::{SeasonId, UnitId};
use plenum_store::org;
use plenum_store::season as records;

use super::super::actions::{self, Mend, NewWindow, TakeBack};
use super::super::fields::{Fields, Sheet};
use super::forms::{Change, Filing, RECORD, SeasonPage, Sheets};
use super::mended::{Editing, Mended, Restored};
use super::windows::{Plans, Row, mark_text};
use super::{Desk, Named, days, hex, kinds_of, levels_of, mark_code};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::reporting::filed_for;
use crate::shell::{Chrome, Cx, Look, Place, Visitor, Words, profiles};

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
pub struct Page {
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
    editing: Option<Editing>,
    sheet: Sheet,
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
        let found = effective(&plans.on_path(&path), &selector, place.day);
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

/// What counts at the place, in one sentence.
fn sentence(place: &Place, counting: &[Row], words: Words) -> String {
    let counted = profiles::level_name(words, place.profile, &place.season.shape.counted);
    let row = counting
        .iter()
        .find(|row| row.level == counted)
        .or(counting.first());
    let Some(row) = row else {
        return words.say1("season-plan-answer-none", "unit", place.unit.name.as_str());
    };
    words.say_with(
        "season-plan-answer",
        &[
            ("day", words.day_in_sentence(place.day).into()),
            ("unit", place.unit.name.clone().into()),
            ("level", row.level.to_lowercase().into()),
            ("days", row.days.clone().into()),
            ("by", row.by.clone().into()),
        ],
    )
}

/// A window as its form has it.
fn fields((window, instrument): &(Window, Option<u128>)) -> Fields {
    Fields::default()
        .with("level", &window.level.0)
        .with("kind", window.kind.as_ref().map_or("", |kind| &kind.0))
        .with("mark", window.mark.map_or("", mark_code))
        .with(
            "first",
            window.first.map_or_else(String::new, |day| day.to_string()),
        )
        .with("last", window.last.to_string())
        .with("from", window.from.to_string())
        .with("instrument", instrument.map_or_else(String::new, hex))
        .with("reason", window.reason.clone().unwrap_or_default())
        .with("consent", window.consent.clone().unwrap_or_default())
}

impl SeasonPage for Page {
    const NAME: &'static str = "plan";

    async fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        let plans = Plans::load(look, place, words).await?;
        let counting = plans.counting(place, words);
        let instruments = records::instruments(&mut look.tx, &place.season.id).await?;
        let mark = |mark| Named {
            code: mark_code(mark).to_owned(),
            name: mark_text(words, Some(mark)),
        };
        let known = plans.window(sheets.record());
        let editing = known.map(|(window, _)| {
            let level = profiles::level_name(words, place.profile, &window.level);
            let name = format!("{level}, {}", days(words, window.first, Some(window.last)));
            let what = (Self::NAME, window.id.0, name);
            Editing {
                consents: true,
                ..Editing::of(sheets, place, words, what, plans.gone(window.id))
            }
        });
        Ok(Self {
            answer: sentence(place, &counting, words),
            unit_name: place.unit.name.clone(),
            counting,
            issued: plans.issued(place, words),
            children: children(look, place, &plans, words).await?,
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
            sheet: sheets.filled(known.map(fields)),
            editing,
            p: desk.p,
            tabs: desk.tabs,
        })
    }
}

/// A window, issued or put right.
pub struct Recorded(Change, NewWindow);

impl Filing for Recorded {
    type Page = Page;
    const FORM: &'static str = RECORD;

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let change = Change::read(fields)?;
        let level = fields.level("level", place.profile)?;
        let new = NewWindow {
            issuer: place.unit.unit,
            instrument: fields.optional_id("instrument")?,
            level: level.ok_or_else(|| Problem::field("E-SEA-41", "level"))?,
            kind: fields.kind("kind", place.profile)?,
            mark: match fields.get("mark") {
                "pilot" => Some(Mark::Pilot),
                "trial" => Some(Mark::Trial),
                _ => None,
            },
            first: fields.optional_day("first")?,
            last: fields.day("last")?,
            from: fields
                .optional_day("from")?
                .unwrap_or_else(|| filed_for(&place.season, look.today)),
            consent: fields.optional("consent")?,
            reason: fields.optional("reason")?,
        };
        Ok(Self(change, new))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        match self.0 {
            Change::Add => actions::add_window(cx, season, self.1).await,
            Change::Correct { record, why } => {
                actions::correct_window(cx, season, record, self.1, &why).await
            }
        }
    }
}

/// Windows are taken back.
pub struct Windows;

impl Restored for Windows {
    type Page = Page;

    async fn mend(cx: &mut Cx, season: &SeasonId, mend: Mend) -> Result<()> {
        actions::mend_window(cx, season, mend).await
    }
}

impl Mended for Windows {
    async fn withdraw(cx: &mut Cx, season: &SeasonId, what: TakeBack) -> Result<()> {
        actions::withdraw_window(cx, season, what).await
    }
}
