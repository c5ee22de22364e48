//! Pilots and trials.

use askama::Template;
use plenum_rules::access::Permission;
use plenum_rules::season::{Mark, Marked};
use plenum_rules::timeline::Span;
use plenum_rules::{SeasonId, UnitId};
use plenum_store::org;
use plenum_store::season::{self as records, SetApart};

use super::super::actions::{self, Mend, TakeBack};
use super::super::fields::{Fields, Sheet};
use super::super::roll::Roll;
use super::forms::{Change, Filing, RECORD, SeasonPage, Sheets};
use super::mended::{Editing, Gone, Mended, Restored, edit_address, gone_lines};
use super::{Desk, mark_code, may_below};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::reporting::filed_for;
use crate::shell::{Chrome, Cx, Look, Place, Visitor, Words};

/// A unit set apart.
pub struct Apart {
    /// Its name.
    pub unit: String,
    /// Where its plan is.
    pub href: String,
    /// `pilot` or `trial`.
    pub code: &'static str,
    /// The word for that.
    pub word: String,
    /// What is tried.
    pub subject: String,
    /// Who chose it.
    pub by: String,
    /// The legal basis; empty where none is recorded.
    pub basis: String,
    /// From when.
    pub from: String,
    /// Where it is put right or taken back; empty where this person may not.
    pub edit: String,
}

#[derive(Template)]
#[template(path = "season/marks.html")]
pub struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    apart: Vec<Apart>,
    gone: Vec<Gone>,
    suggest: String,
    may_edit: bool,
    editing: Option<Editing>,
    sheet: Sheet,
}

/// The records of units set apart at and below the place.
async fn near(look: &mut Look, place: &Place) -> Result<(Vec<SetApart>, Roll)> {
    let mut rows = records::set_apart(&mut look.tx, &place.season.id).await?;
    let units: Vec<UnitId> = rows
        .iter()
        .flat_map(|row| [row.unit, row.marked.by])
        .collect();
    let roll = Roll::of(&mut look.tx, units, place.day).await?;
    rows.retain(|row| roll.is_under(row.unit, place.unit.unit));
    Ok((rows, roll))
}

/// The units set apart on the place's day, at and below it.
pub async fn apart(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Apart>> {
    let (rows, roll) = near(look, place).await?;
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| row.span.holds(place.day)) {
        let code = mark_code(row.marked.mark);
        let mine = look.may(Permission::MarkPilot, row.unit).await?;
        found.push(Apart {
            unit: roll.name(row.unit),
            href: place.address("plan", &roll.code(row.unit)),
            code,
            word: words.say(&format!("season-mark-{code}")),
            subject: row.subject.clone(),
            by: roll.name(row.marked.by),
            basis: row.marked.legal_basis.clone().unwrap_or_default(),
            from: words.day(row.span.from),
            edit: match mine {
                true => edit_address(place, Page::NAME, row.id),
                false => String::new(),
            },
        });
    }
    found.sort_by(|a, b| {
        a.code
            .cmp(b.code)
            .then_with(|| crate::shell::names::order_natural(&a.unit, &b.unit))
    });
    Ok(found)
}

impl SeasonPage for Page {
    const NAME: &'static str = "marks";

    async fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        let apart = apart(look, place, words).await?;
        let count = |code: &str| apart.iter().filter(|one| one.code == code).count();
        let answer = words.say_with(
            "season-marks-answer",
            &[
                ("day", words.day_in_sentence(place.day).into()),
                ("unit", place.unit.name.clone().into()),
                ("pilots", i64::try_from(count("pilot")).unwrap_or(0).into()),
                ("trials", i64::try_from(count("trial")).unwrap_or(0).into()),
            ],
        );
        let (rows, roll) = near(look, place).await?;
        let withdrawals = records::withdrawals(&mut look.tx, &place.season.id).await?;
        let name = |row: &SetApart| {
            let word = words.say(&format!("season-mark-{}", mark_code(row.marked.mark)));
            format!("{} · {word}", roll.name(row.unit))
        };
        let named = rows.iter().map(|row| (row.id, row.unit, name(row)));
        let page = (Self::NAME, Permission::MarkPilot);
        let gone = gone_lines(look, (place, words), page, named.collect()).await?;
        let known = rows.iter().find(|row| sheets.record() == Some(row.id));
        let filled = known.map(|row| {
            Fields::default()
                .with("target", roll.code(row.unit))
                .with("mark", mark_code(row.marked.mark))
                .with("subject", &row.subject)
                .with("basis", row.marked.legal_basis.clone().unwrap_or_default())
                .with("from", row.span.from.to_string())
        });
        let below = org::children_on(&mut look.tx, place.unit.unit, place.day).await?;
        Ok(Self {
            answer,
            apart,
            gone,
            may_edit: !below.is_empty() && may_below(look, Permission::MarkPilot, place).await?,
            suggest: place.address("units", &place.unit.code),
            editing: known.map(|row| {
                let what = (Self::NAME, row.id, name(row));
                Editing::of(sheets, place, words, what, withdrawals.get(&row.id))
            }),
            sheet: sheets.filled(filled),
            p: desk.p,
            tabs: desk.tabs,
        })
    }
}

/// A unit set apart, or a record of that put right.
pub struct Recorded(Change, SetApart);

impl Filing for Recorded {
    type Page = Page;
    const FORM: &'static str = RECORD;

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let change = Change::read(fields)?;
        let (id, unit) = change.target(look, place, fields).await?;
        let apart = SetApart {
            id,
            unit,
            marked: Marked {
                mark: match fields.get("mark") {
                    "pilot" => Mark::Pilot,
                    "trial" => Mark::Trial,
                    _ => return Err(Problem::field("E-SEA-41", "mark")),
                },
                by: place.unit.unit,
                legal_basis: fields.optional("basis")?,
            },
            subject: fields.optional("subject")?.unwrap_or_default(),
            span: Span::from(
                fields
                    .optional_day("from")?
                    .unwrap_or_else(|| filed_for(&place.season, look.today)),
            ),
        };
        Ok(Self(change, apart))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        match self.0 {
            Change::Add => actions::set_apart(cx, season, self.1).await,
            Change::Correct { why, .. } => actions::correct_mark(cx, season, self.1, &why).await,
        }
    }
}

/// Pilots and trials are taken back.
pub struct Marks;

impl Restored for Marks {
    type Page = Page;

    async fn mend(cx: &mut Cx, season: &SeasonId, mend: Mend) -> Result<()> {
        actions::mend_mark(cx, season, mend).await
    }
}

impl Mended for Marks {
    async fn withdraw(cx: &mut Cx, season: &SeasonId, what: TakeBack) -> Result<()> {
        actions::withdraw_mark(cx, season, what).await
    }
}
