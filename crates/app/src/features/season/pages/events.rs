//! Events outside the season that its dates must respect.

use askama::Template;
use plenum_rules::access::Permission;
use plenum_rules::season::{EventId, EventRelation, OutsideEvent};
use plenum_rules::{SeasonId, UnitId};
use plenum_store::season as records;

use super::super::actions::{self, Mend, TakeBack};
use super::super::fields::{Fields, Sheet};
use super::super::roll::Roll;
use super::forms::{Change, Filing, RECORD, SeasonPage, Sheets};
use super::mended::{Editing, Gone, Mended, Restored, edit_address, gone_lines};
use super::{Desk, Named, days, kinds_of, levels_of};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::{Chrome, Cx, Look, Place, Visitor, Words, profiles};

/// An outside event.
pub struct Event {
    /// What people call it.
    pub name: String,
    /// When.
    pub days: String,
    /// For which units.
    pub scope: String,
    /// What congresses must do about it.
    pub relation: String,
    /// Where it is put right or taken back; empty where this person may not.
    pub edit: String,
}

#[derive(Template)]
#[template(path = "season/events.html")]
pub struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    events: Vec<Event>,
    gone: Vec<Gone>,
    levels: Vec<Named>,
    kinds: Vec<Named>,
    may_edit: bool,
    editing: Option<Editing>,
    sheet: Sheet,
}

/// Which of the season's events count at the place or at units below it.
async fn near(look: &mut Look, place: &Place) -> Result<(Vec<OutsideEvent>, Roll)> {
    let mut rows = records::events(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.scope), place.day).await?;
    let path: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
    rows.retain(|row| path.contains(&row.scope) || roll.is_under(row.scope, place.unit.unit));
    Ok((rows, roll))
}

/// The events that count at the place and those of units below it.
pub async fn events(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Event>> {
    let (rows, roll) = near(look, place).await?;
    let mut found = Vec::new();
    for row in rows {
        if row.until.is_some_and(|until| until <= place.day) {
            continue;
        }
        let mut scope = vec![roll.name(row.scope)];
        scope.extend(
            row.level
                .as_ref()
                .map(|level| profiles::level_name(words, place.profile, level)),
        );
        scope.extend(
            row.kind
                .as_ref()
                .map(|kind| profiles::kind_name(words, place.profile, kind)),
        );
        let mine = look.may(Permission::EditPlan, row.scope).await?;
        found.push(Event {
            days: days(words, Some(row.first), Some(row.last)),
            scope: scope.join(" · "),
            relation: words.say(match row.relation {
                EventRelation::MustPrecede => "season-event-before",
                EventRelation::MustNotOverlap => "season-event-apart",
            }),
            edit: match mine {
                true => edit_address(place, Page::NAME, row.id.0),
                false => String::new(),
            },
            name: row.name,
        });
    }
    Ok(found)
}

/// An event as its form has it.
fn fields(event: &OutsideEvent) -> Fields {
    let code = |relation| match relation {
        EventRelation::MustPrecede => "before",
        EventRelation::MustNotOverlap => "apart",
    };
    Fields::default()
        .with("name", &event.name)
        .with("first", event.first.to_string())
        .with("last", event.last.to_string())
        .with("relation", code(event.relation))
        .with("level", event.level.as_ref().map_or("", |level| &level.0))
        .with("kind", event.kind.as_ref().map_or("", |kind| &kind.0))
}

impl SeasonPage for Page {
    const NAME: &'static str = "events";

    async fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        let events = events(look, place, words).await?;
        let answer = words.say_with(
            "season-events-answer",
            &[
                ("unit", place.unit.name.clone().into()),
                ("count", i64::try_from(events.len()).unwrap_or(0).into()),
            ],
        );
        let (rows, _) = near(look, place).await?;
        let withdrawals = records::withdrawals(&mut look.tx, &place.season.id).await?;
        let named = |row: &OutsideEvent| (row.id.0, row.scope, row.name.clone());
        let page = (Self::NAME, Permission::EditPlan);
        let named = rows.iter().map(named).collect();
        let gone = gone_lines(look, (place, words), page, named).await?;
        let known = rows.iter().find(|row| sheets.record() == Some(row.id.0));
        Ok(Self {
            answer,
            events,
            gone,
            levels: levels_of(place, words),
            kinds: kinds_of(place, words),
            may_edit: look.may(Permission::EditPlan, place.unit.unit).await?,
            editing: known.map(|row| {
                let what = (Self::NAME, row.id.0, row.name.clone());
                Editing::of(sheets, place, words, what, withdrawals.get(&row.id.0))
            }),
            sheet: sheets.filled(known.map(fields)),
            p: desk.p,
            tabs: desk.tabs,
        })
    }
}

/// An event, recorded or put right.
pub struct Recorded(Change, OutsideEvent);

impl Filing for Recorded {
    type Page = Page;
    const FORM: &'static str = RECORD;

    async fn read(_: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let change = Change::read(fields)?;
        let first = fields.day("first")?;
        let event = OutsideEvent {
            id: EventId(change.id()),
            name: fields.text("name")?,
            first,
            last: fields.optional_day("last")?.unwrap_or(first),
            scope: place.unit.unit,
            level: fields.level("level", place.profile)?,
            kind: fields.kind("kind", place.profile)?,
            relation: match fields.get("relation") {
                "before" => EventRelation::MustPrecede,
                "apart" => EventRelation::MustNotOverlap,
                _ => return Err(Problem::field("E-SEA-41", "relation")),
            },
            until: None,
        };
        Ok(Self(change, event))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        match self.0 {
            Change::Add => actions::add_event(cx, season, self.1).await,
            Change::Correct { why, .. } => actions::correct_event(cx, season, self.1, &why).await,
        }
    }
}

/// Outside events are taken back.
pub struct Events;

impl Restored for Events {
    type Page = Page;

    async fn mend(cx: &mut Cx, season: &SeasonId, mend: Mend) -> Result<()> {
        actions::mend_event(cx, season, mend).await
    }
}

impl Mended for Events {
    async fn withdraw(cx: &mut Cx, season: &SeasonId, what: TakeBack) -> Result<()> {
        actions::withdraw_event(cx, season, what).await
    }
}
