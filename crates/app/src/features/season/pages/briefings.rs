//! Conferences that made instruments known: what stands on the page of
//! instruments, and the form by which one is recorded, put right, taken back.

use std::collections::BTreeMap;

use plenum_rules::access::Permission;
use plenum_rules::{Day, SeasonId, UnitId};
use plenum_store::season::{self as records, Attendance, Briefing};

use super::super::actions::{self, Mend, TakeBack};
use super::super::fields::{Fields, Sheet};
use super::super::roll::Roll;
use super::attendance::{read_group, write_group};
use super::forms::{Change, Filing, SeasonPage as _, Sheets};
use super::hex;
use super::instruments::Page;
use super::mended::{Editing, Gone, Mended, Restored, edit_address, gone_lines};
use crate::shell::problem::{Problem, Result};
use crate::shell::{Cx, Look, Place, Words};

/// Where its forms are sent to.
const AT: &str = "instruments/briefing";

/// A conference.
pub struct Conference {
    /// When.
    pub day: String,
    /// What it was called.
    pub title: String,
    /// Who held it.
    pub unit: String,
    /// The numbers of the instruments it made known.
    pub instruments: Vec<String>,
    /// Who came.
    pub attendance: Vec<String>,
    /// Where it is put right or taken back; empty where this person may not.
    pub edit: String,
}

/// The conferences held by the place, by units above it or below it.
async fn near(look: &mut Look, place: &Place) -> Result<(Vec<Briefing>, Roll)> {
    let mut rows = records::briefings(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.unit), place.day).await?;
    let above: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
    rows.retain(|row| above.contains(&row.unit) || roll.is_under(row.unit, place.unit.unit));
    Ok((rows, roll))
}

/// Whether a conference counts on a day.
fn holds(row: &Briefing, day: Day) -> bool {
    row.day <= day && row.until.is_none_or(|until| day < until)
}

/// The conferences up to the place's day, at the place, above and below it.
pub async fn conferences(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Conference>> {
    let (rows, roll) = near(look, place).await?;
    let instruments = records::instruments(&mut look.tx, &place.season.id).await?;
    let numbers: BTreeMap<u128, &str> = instruments
        .iter()
        .map(|row| (row.id, row.key.number.as_str()))
        .collect();
    let mut found = Vec::new();
    for row in rows.iter().filter(|row| holds(row, place.day)) {
        let mine = look.may(Permission::EditSeason, row.unit).await?;
        let made_known = row.instruments.iter().filter_map(|id| numbers.get(id));
        let attended = row.attendance.iter().map(|group| attendance(group, words));
        found.push(Conference {
            day: words.day(row.day),
            title: row.title.clone(),
            unit: roll.name(row.unit),
            instruments: made_known.map(|text| (*text).to_owned()).collect(),
            attendance: attended.collect(),
            edit: match mine {
                true => edit_address(place, Page::NAME, row.id),
                false => String::new(),
            },
        });
    }
    Ok(found)
}

/// Those that were taken back.
pub async fn gone(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Gone>> {
    let (rows, _) = near(look, place).await?;
    let named = |row: &Briefing| {
        let name = format!("{}, {}", row.title, words.day(row.day));
        (row.id, row.unit, name)
    };
    let rows = rows.iter().map(named).collect();
    let page = (Page::NAME, Permission::EditSeason);
    gone_lines(look, (place, words), page, rows).await
}

/// The form of a conference, and which one is being edited.
pub async fn form(
    look: &mut Look,
    place: &Place,
    words: Words,
    sheets: &Sheets,
) -> Result<(Sheet, Option<Editing>)> {
    let (rows, _) = near(look, place).await?;
    let known = rows.iter().find(|row| sheets.record() == Some(row.id));
    let Some(row) = known else {
        return Ok((sheets.of(Held::FORM), None));
    };
    let withdrawals = records::withdrawals(&mut look.tx, &place.season.id).await?;
    let what = (AT, row.id, format!("{}, {}", row.title, words.day(row.day)));
    let editing = Editing::of(sheets, place, words, what, withdrawals.get(&row.id));
    let sheet = sheets.filled_of(Held::FORM, Some(fields(row)));
    Ok((sheet, Some(editing.back_to(place, Page::NAME))))
}

/// A conference as its form has it.
fn fields(row: &Briefing) -> Fields {
    let groups: Vec<String> = row.attendance.iter().map(write_group).collect();
    let filled = Fields::default()
        .with("briefing_day", row.day.to_string())
        .with("briefing_title", &row.title)
        .with("briefing_attendance", groups.join("\n"));
    row.instruments.iter().fold(filled, |filled, id| {
        filled.with("briefing_instruments", hex(*id))
    })
}

fn attendance(group: &Attendance, words: Words) -> String {
    match (group.present, group.convened) {
        (Some(present), Some(convened)) => {
            format!(
                "{}: {}/{}",
                group.group,
                words.count(i64::from(present)),
                words.count(i64::from(convened))
            )
        }
        (Some(present), None) => format!("{}: {}", group.group, words.count(i64::from(present))),
        _ => group.group.clone(),
    }
}

/// A conference that made instruments known, recorded or put right.
pub struct Held(Change, Briefing);

impl Filing for Held {
    type Page = Page;
    const FORM: &'static str = "briefing";

    async fn read(_: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let change = Change::read(fields)?;
        let lines = fields.optional("briefing_attendance")?.unwrap_or_default();
        let instruments: Result<Vec<u128>> = fields
            .all("briefing_instruments")
            .filter(|id| !id.is_empty())
            .map(|id| u128::from_str_radix(id, 16).map_err(|_| Problem::not_found()))
            .collect();
        let briefing = Briefing {
            id: change.id(),
            unit: place.unit.unit,
            day: fields.day("briefing_day")?,
            title: fields.text("briefing_title")?,
            attendance: lines
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(read_group)
                .collect(),
            instruments: instruments?,
            until: None,
        };
        Ok(Self(change, briefing))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        match self.0 {
            Change::Add => actions::add_briefing(cx, season, self.1).await,
            Change::Correct { why, .. } => {
                actions::correct_briefing(cx, season, self.1, &why).await
            }
        }
    }
}

/// Conferences are taken back.
pub struct Briefings;

impl Restored for Briefings {
    type Page = Page;

    async fn mend(cx: &mut Cx, season: &SeasonId, mend: Mend) -> Result<()> {
        actions::mend_briefing(cx, season, mend).await
    }
}

impl Mended for Briefings {
    async fn withdraw(cx: &mut Cx, season: &SeasonId, what: TakeBack) -> Result<()> {
        actions::withdraw_briefing(cx, season, what).await
    }
}
