//! The page of instruments: one recorded, put right, taken back or
//! acknowledged. Conferences stand there too.

use std::collections::BTreeSet;

use askama::Template;
use plenum_rules::access::Permission;
use plenum_rules::season::InstrumentKey;
use plenum_rules::{SeasonId, UnitId};
use plenum_store::season::{self as records, InstrumentRow};

use super::super::actions::{self, Mend, NewInstrument, TakeBack};
use super::super::fields::{Fields, Sheet};
use super::super::roll::units_of;
use super::briefings::{self, Conference};
use super::chain::{Shown, chain};
use super::forms::{Change, Filing, RECORD, SeasonPage, Sheets};
use super::mended::{Editing, Gone, Mended, Restored};
use super::{Choice, Desk, Named, choices, hex, levels_of};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::{Chrome, Cx, Look, Place, Visitor};

/// The most units an instrument is addressed to at once.
const MOST_ADDRESSED: usize = 60_000;

#[derive(Template)]
#[template(path = "season/instruments.html")]
pub struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    instruments: Vec<Shown>,
    briefings: Vec<Conference>,
    known: Vec<Named>,
    kinds: Vec<Named>,
    levels: Vec<Named>,
    units: Vec<Choice>,
    may_edit: bool,
    editing: Option<Editing>,
    sheet: Sheet,
    briefing: Sheet,
    briefing_editing: Option<Editing>,
    briefings_gone: Vec<Gone>,
    acknowledge_at: String,
    brief_at: String,
}

/// An instrument as its form has it; whom else it is addressed to is empty.
fn fields(row: &InstrumentRow) -> Fields {
    let by = row.acknowledge_by.map(|day| day.to_string());
    Fields::default()
        .with("kind", records::kind_code(row.kind))
        .with("number", &row.key.number)
        .with("date", row.key.date.to_string())
        .with("issuer", &row.key.issuer)
        .with("title", &row.title)
        .with(
            "derived_from",
            row.derived_from.map_or_else(String::new, hex),
        )
        .with("own", if row.issuer_unit.is_some() { "yes" } else { "" })
        .with("acknowledge_by", by.unwrap_or_default())
}

impl SeasonPage for Page {
    const NAME: &'static str = "instruments";

    async fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        let instruments = chain(look, place, words).await?;
        let addressed: usize = instruments.iter().map(|row| row.addressed).sum();
        let known: usize = instruments.iter().map(|row| row.known).sum();
        let number = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let answer = words.say_with(
            "season-instruments-answer",
            &[
                ("day", words.day_in_sentence(place.day).into()),
                ("unit", place.unit.name.clone().into()),
                ("count", number(instruments.len()).into()),
                ("known", words.count(number(known)).into()),
                ("addressed", words.count(number(addressed)).into()),
            ],
        );
        let rows = records::instruments(&mut look.tx, &place.season.id).await?;
        let edited = rows.iter().find(|row| sheets.record() == Some(row.id));
        let withdrawals = records::withdrawals(&mut look.tx, &place.season.id).await?;
        let said = |row: &InstrumentRow| {
            let (number, day) = (&row.key.number, words.day(row.key.date));
            format!("{number} ({day}) – {}", row.key.issuer)
        };
        let kinds = ["directive", "plan", "guidance", "decision", "other"];
        let sheet = sheets.filled(edited.map(fields));
        let (briefing, briefing_editing) = briefings::form(look, place, words, sheets).await?;
        Ok(Self {
            answer,
            instruments,
            briefings: briefings::conferences(look, place, words).await?,
            briefings_gone: briefings::gone(look, place, words).await?,
            known: rows
                .iter()
                .map(|row| Named {
                    code: hex(row.id),
                    name: said(row),
                })
                .collect(),
            kinds: kinds
                .map(|code| Named {
                    code: code.to_owned(),
                    name: words.say(&format!("season-kind-{code}")),
                })
                .into(),
            levels: levels_of(place, words),
            units: choices(look, place, words, &sheet, "addressed").await?,
            may_edit: look.may(Permission::EditSeason, place.unit.unit).await?,
            editing: edited.map(|row| {
                let what = (Self::NAME, row.id, said(row));
                Editing::of(sheets, place, words, what, withdrawals.get(&row.id))
            }),
            sheet,
            briefing,
            briefing_editing,
            acknowledge_at: place.address("instruments/acknowledge", &place.unit.code),
            brief_at: place.address("instruments/briefing", &place.unit.code),
            p: desk.p,
            tabs: desk.tabs,
        })
    }
}

/// The units a form addresses an instrument to: those chosen, and every unit
/// of a level below the place.
async fn addressed(look: &mut Look, place: &Place, fields: &Fields) -> Result<Vec<UnitId>> {
    let mut addressed = BTreeSet::new();
    if fields
        .units("addressed", "addressed_typed")
        .next()
        .is_some()
    {
        let codes = fields.units("addressed", "addressed_typed");
        let chosen = units_of(&mut look.tx, &place.season, codes, place.day, "addressed").await?;
        addressed.extend(chosen.into_iter().map(|unit| unit.unit));
    }
    if let Some(level) = fields.level("addressed_level", place.profile)? {
        let node = place.unit.unit;
        let (units, _) =
            records::units_under(&mut look.tx, node, place.day, MOST_ADDRESSED).await?;
        let of_level = units.into_iter().filter(|unit| unit.level == level);
        addressed.extend(of_level.map(|unit| unit.unit));
    }
    Ok(addressed.into_iter().collect())
}

/// An instrument, recorded or put right.
pub struct Recorded(Change, NewInstrument);

impl Filing for Recorded {
    type Page = Page;
    const FORM: &'static str = RECORD;

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let change = Change::read(fields)?;
        let new = NewInstrument {
            kind: records::kind_of_code(fields.get("kind"))
                .ok_or_else(|| Problem::field("E-SEA-41", "kind"))?,
            key: InstrumentKey {
                issuer: fields.text("issuer")?,
                number: fields.text("number")?,
                date: fields.day("date")?,
            },
            title: fields.text("title")?,
            unit: place.unit.unit,
            own: fields.get("own") == "yes",
            derived_from: fields.optional_id("derived_from")?,
            acknowledge_by: fields.optional_day("acknowledge_by")?,
            addressed: addressed(look, place, fields).await?,
        };
        Ok(Self(change, new))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        match self.0 {
            Change::Add => actions::add_instrument(cx, season, self.1)
                .await
                .map(|_| ()),
            Change::Correct { record, why } => {
                actions::correct_instrument(cx, season, record, self.1, &why).await
            }
        }
    }
}

/// Instruments are taken back.
pub struct Instruments;

impl Restored for Instruments {
    type Page = Page;

    async fn mend(cx: &mut Cx, season: &SeasonId, mend: Mend) -> Result<()> {
        actions::mend_instrument(cx, season, mend).await
    }
}

impl Mended for Instruments {
    async fn withdraw(cx: &mut Cx, season: &SeasonId, what: TakeBack) -> Result<()> {
        actions::withdraw_instrument(cx, season, what).await
    }
}

/// The unit of the page knows an instrument.
pub struct Acknowledged {
    instrument: u128,
    unit: UnitId,
}

impl Filing for Acknowledged {
    type Page = Page;
    const FORM: &'static str = "acknowledge";
    const SHOWN: bool = false;

    async fn read(_: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        Ok(Self {
            instrument: fields.id("instrument")?,
            unit: place.unit.unit,
        })
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        actions::acknowledge(cx, season, self.instrument, self.unit).await
    }
}
