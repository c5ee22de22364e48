//! Visits of the working group.

use askama::Template;
use plenum_rules::access::Permission;
use plenum_rules::{Day, SeasonId};
use plenum_store::season::{self as records, Visit, VisitFinding};

use super::super::actions;
use super::super::fields::{Fields, Sheet};
use super::super::roll::Roll;
use super::forms::{Change, Filing, RECORD, SeasonPage, Sheets};
use super::mended::{Editing, edit_address};
use super::{Desk, hex, may_below};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::reporting::filed_for;
use crate::shell::{Chrome, Cx, Look, Place, Visitor, Words};

/// A visit.
pub struct Visited {
    /// Its id in addresses.
    pub id: String,
    /// When.
    pub day: String,
    /// The unit visited.
    pub unit: String,
    /// Who came.
    pub visitors: String,
    /// What for.
    pub purpose: String,
    /// What was found.
    pub found: Vec<Found>,
    /// Whether this person can say what became of it.
    pub mine: bool,
    /// Where it is put right; empty where this person may not.
    pub edit: String,
}

/// Something found on a visit.
pub struct Found {
    /// Its place in the visit.
    pub place: usize,
    /// What.
    pub text: String,
    /// What became of it; empty while it is open.
    pub handled: String,
}

#[derive(Template)]
#[template(path = "season/visits.html")]
pub struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    visits: Vec<Visited>,
    suggest: String,
    may_edit: bool,
    answer_at: String,
    editing: Option<Editing>,
    sheet: Sheet,
}

/// The visits up to the place's day, at and below it, latest first.
pub async fn visits(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Visited>> {
    let rows = records::visits(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.unit), place.day).await?;
    let mut visits = Vec::new();
    for row in rows {
        if row.day > place.day || !roll.is_under(row.unit, place.unit.unit) {
            continue;
        }
        let records = look.may(Permission::RecordVisit, row.unit).await?;
        let mine = records || look.may(Permission::HandleFinding, row.unit).await?;
        let found = row.findings.iter().enumerate().map(|(at, finding)| Found {
            place: at,
            text: finding.text.clone(),
            handled: handled(finding, place, words),
        });
        visits.push(Visited {
            id: hex(row.id),
            day: words.day(row.day),
            unit: roll.name(row.unit),
            found: found.collect(),
            visitors: row.visitors,
            purpose: row.purpose,
            mine,
            edit: match records {
                true => edit_address(place, Page::NAME, row.id),
                false => String::new(),
            },
        });
    }
    Ok(visits)
}

fn handled(finding: &VisitFinding, place: &Place, words: Words) -> String {
    finding
        .handled_on(place.day)
        .map_or_else(String::new, |handled| {
            words.say_with(
                "season-visit-handled",
                &[
                    ("how", handled.how.clone().into()),
                    ("by", handled.by.clone().into()),
                    ("day", words.day(handled.on).into()),
                ],
            )
        })
}

/// The visit that is being put right, as its form has it.
async fn edited(
    look: &mut Look,
    place: &Place,
    sheets: &Sheets,
) -> Result<Option<(Visit, String, Fields)>> {
    let Some(record) = sheets.record() else {
        return Ok(None);
    };
    let Some(row) = records::visit(&mut look.tx, &place.season.id, record).await? else {
        return Ok(None);
    };
    let roll = Roll::of(&mut look.tx, [row.unit], place.day).await?;
    if !roll.is_under(row.unit, place.unit.unit) {
        return Ok(None);
    }
    let open = row.findings.iter().filter(|one| one.handled.is_none());
    let open: Vec<&str> = open.map(|one| one.text.as_str()).collect();
    let fields = Fields::default()
        .with("target", roll.code(row.unit))
        .with("day", row.day.to_string())
        .with("visitors", &row.visitors)
        .with("purpose", &row.purpose)
        .with("found", open.join("\n"));
    let name = roll.name(row.unit);
    Ok(Some((row, name, fields)))
}

impl SeasonPage for Page {
    const NAME: &'static str = "visits";

    async fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        let visits = visits(look, place, words).await?;
        let found = || visits.iter().flat_map(|visit| &visit.found);
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let open = found().filter(|one| one.handled.is_empty()).count();
        let answer = words.say_with(
            "season-visits-answer",
            &[
                ("day", words.day_in_sentence(place.day).into()),
                ("unit", place.unit.name.clone().into()),
                ("count", number(visits.len()).into()),
                ("found", number(found().count()).into()),
                ("open", number(open).into()),
            ],
        );
        let edited = edited(look, place, sheets).await?;
        let editing = edited.as_ref().map(|(row, name, _)| Editing {
            may_end: false,
            ..Editing::of(
                sheets,
                place,
                words,
                (
                    Self::NAME,
                    row.id,
                    format!("{name}, {}", words.day(row.day)),
                ),
                None,
            )
        });
        let sheet = sheets.filled(edited.map(|(_, _, fields)| fields));
        Ok(Self {
            answer,
            visits,
            suggest: place.address("units", &place.unit.code),
            may_edit: may_below(look, Permission::RecordVisit, place).await?,
            answer_at: place.address("visits/answer", &place.unit.code),
            editing,
            sheet,
            p: desk.p,
            tabs: desk.tabs,
        })
    }
}

/// A visit, recorded or put right.
pub struct Recorded(Change, Visit);

impl Filing for Recorded {
    type Page = Page;
    const FORM: &'static str = RECORD;

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let change = Change::read(fields)?;
        let (id, unit) = change.target(look, place, fields).await?;
        let found = fields.optional("found")?.unwrap_or_default();
        let visit = Visit {
            id,
            unit,
            visitors: fields.text("visitors")?,
            day: fields.day("day")?,
            purpose: fields.text("purpose")?,
            findings: found
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(VisitFinding::open)
                .collect(),
        };
        Ok(Self(change, visit))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        match self.0 {
            Change::Add => actions::record_visit(cx, season, self.1).await,
            Change::Correct { why, .. } => actions::correct_visit(cx, season, self.1, &why).await,
        }
    }
}

/// What became of something found.
pub struct Answer {
    visit: u128,
    place: usize,
    how: String,
    given: Day,
}

impl Filing for Answer {
    type Page = Page;
    const FORM: &'static str = "answer";
    const SHOWN: bool = false;

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let found = fields.get("place").parse::<usize>();
        Ok(Self {
            visit: fields.id("visit")?,
            place: found.map_err(|_| Problem::not_found())?,
            how: fields.text("how")?,
            given: fields
                .optional_day("given")?
                .unwrap_or_else(|| filed_for(&place.season, look.today)),
        })
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        let found = (self.visit, self.place);
        actions::answer_visit(cx, season, found, (self.how, self.given)).await
    }
}
