//! Preparations counted in dated batches.

use askama::Template;
use plenum_rules::SeasonId;
use plenum_rules::access::Permission;
use plenum_store::season::{self as records, Work, WorkArea};

use super::super::actions::{self, Mend, TakeBack};
use super::super::fields::{Fields, Sheet};
use super::super::roll::Roll;
use super::forms::{Change, Filing, RECORD, SeasonPage, Sheets};
use super::mended::{Editing, Gone, Mended, Restored, edit_address, gone_lines};
use super::steps::{self, Stepped, said};
use super::{Desk, Named, hex};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::{Chrome, Cx, Look, Place, Visitor, Words};

/// A preparation as of a day.
pub struct Prepared {
    /// Its id in addresses.
    pub id: String,
    /// What it belongs to.
    pub area: String,
    /// What is counted.
    pub title: String,
    /// Whose.
    pub unit: String,
    /// `97/111`.
    pub done: String,
    /// `87,4 %`; empty where the total is unknown.
    pub share: String,
    /// Per mille, for the bar.
    pub width: i64,
    /// Whether nothing is left to do.
    pub complete: bool,
    /// What happened last.
    pub latest: String,
    /// Every step.
    pub steps: Vec<Stepped>,
    /// Whether this person can add to it.
    pub mine: bool,
    /// Where it is put right or taken back; empty where this person may not.
    pub edit: String,
}

#[derive(Template)]
#[template(path = "season/works.html")]
pub struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    works: Vec<Prepared>,
    /// How many steps they have in all.
    stepped: usize,
    gone: Vec<Gone>,
    areas: Vec<Named>,
    may_edit: bool,
    step_at: String,
    editing: Option<Editing>,
    sheet: Sheet,
    step: Sheet,
    step_editing: Option<Editing>,
}

/// The preparations recorded at and below the place.
pub(super) async fn near(look: &mut Look, place: &Place) -> Result<(Vec<Work>, Roll)> {
    let mut rows = records::works(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.unit), place.day).await?;
    rows.retain(|row| roll.is_under(row.unit, place.unit.unit));
    Ok((rows, roll))
}

/// The preparations at and below the place as of its day.
pub async fn works(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Prepared>> {
    let (rows, roll) = near(look, place).await?;
    let mut works = Vec::new();
    for row in rows
        .iter()
        .filter(|row| row.until.is_none_or(|until| place.day < until))
    {
        let mine = look.may(Permission::EditSeason, row.unit).await?;
        works.push(prepared(row, &roll, place, words, mine));
    }
    Ok(works)
}

fn prepared(row: &Work, roll: &Roll, place: &Place, words: Words, mine: bool) -> Prepared {
    let done = row.done_on(place.day);
    let total = row.total.map(i64::from);
    let edit = |record: u128| match mine {
        true => edit_address(place, Page::NAME, record),
        false => String::new(),
    };
    Prepared {
        id: hex(row.id),
        area: words.say(&format!("season-area-{}", row.area.code())),
        title: row.title.clone(),
        unit: roll.name(row.unit),
        done: match total {
            Some(total) => format!("{}/{}", words.count(done), words.count(total)),
            None => words.count(done),
        },
        share: total
            .map(|total| words.percent(done, total))
            .unwrap_or_default(),
        width: total
            .and_then(|total| plenum_rules::words::permille(done, total))
            .unwrap_or(0),
        complete: total == Some(done),
        latest: row
            .latest_on(place.day)
            .map(|step| said(step, words))
            .unwrap_or_default(),
        steps: row
            .steps_on(place.day)
            .map(|step| Stepped {
                text: said(step, words),
                edit: edit(step.id),
            })
            .collect(),
        mine,
        edit: edit(row.id),
    }
}

impl SeasonPage for Page {
    const NAME: &'static str = "works";

    async fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        let works = works(look, place, words).await?;
        let complete = works.iter().filter(|work| work.complete).count();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let answer = words.say_with(
            "season-works-answer",
            &[
                ("day", words.day_in_sentence(place.day).into()),
                ("unit", place.unit.name.clone().into()),
                ("complete", number(complete).into()),
                ("count", number(works.len()).into()),
            ],
        );
        let area = |area: WorkArea| Named {
            code: area.code().to_owned(),
            name: words.say(&format!("season-area-{}", area.code())),
        };
        let (rows, _) = near(look, place).await?;
        let withdrawals = records::withdrawals(&mut look.tx, &place.season.id).await?;
        let mut named: Vec<_> = rows
            .iter()
            .map(|row| (row.id, row.unit, row.title.clone()))
            .collect();
        named.extend(steps::named(&rows, words));
        let page = (Self::NAME, Permission::EditSeason);
        let gone = gone_lines(look, (place, words), page, named).await?;
        let known = rows.iter().find(|row| sheets.record() == Some(row.id));
        let filled = known.map(|row| {
            let total = row.total.map(|total| total.to_string());
            Fields::default()
                .with("area", row.area.code())
                .with("title", &row.title)
                .with("total", total.unwrap_or_default())
        });
        let (step, step_editing) = steps::form(look, place, words, sheets).await?;
        Ok(Self {
            answer,
            stepped: works.iter().map(|work| work.steps.len()).sum(),
            works,
            gone,
            areas: WorkArea::ALL.map(area).into(),
            may_edit: look.may(Permission::EditSeason, place.unit.unit).await?,
            step_at: place.address("works/step", &place.unit.code),
            editing: known.map(|row| {
                let what = (Self::NAME, row.id, row.title.clone());
                Editing::of(sheets, place, words, what, withdrawals.get(&row.id))
            }),
            sheet: sheets.filled(filled),
            step,
            step_editing,
            p: desk.p,
            tabs: desk.tabs,
        })
    }
}

/// A preparation, recorded or put right.
pub struct Recorded(Change, Work);

impl Filing for Recorded {
    type Page = Page;
    const FORM: &'static str = RECORD;

    async fn read(_: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let change = Change::read(fields)?;
        let total = fields.number("total", 1, 10_000_000)?;
        let work = Work {
            id: change.id(),
            unit: place.unit.unit,
            area: WorkArea::parse(fields.get("area"))
                .ok_or_else(|| Problem::field("E-SEA-41", "area"))?,
            title: fields.text("title")?,
            total: total.and_then(|total| u32::try_from(total).ok()),
            until: None,
            steps: Vec::new(),
        };
        Ok(Self(change, work))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        match self.0 {
            Change::Add => actions::add_work(cx, season, self.1).await,
            Change::Correct { why, .. } => actions::correct_work(cx, season, self.1, &why).await,
        }
    }
}

/// Preparations are taken back.
pub struct Works;

impl Restored for Works {
    type Page = Page;

    async fn mend(cx: &mut Cx, season: &SeasonId, mend: Mend) -> Result<()> {
        actions::mend_work(cx, season, mend).await
    }
}

impl Mended for Works {
    async fn withdraw(cx: &mut Cx, season: &SeasonId, what: TakeBack) -> Result<()> {
        actions::withdraw_work(cx, season, what).await
    }
}
