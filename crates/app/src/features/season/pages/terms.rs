//! When running terms end: by level, and of units that have a day of their own.

use askama::Template;
use plenum_rules::access::Permission;
use plenum_rules::{SeasonId, UnitId};
use plenum_store::season::{self as records, UnitTerm};

use super::super::actions;
use super::super::fields::{Fields, Sheet};
use super::super::roll::{Roll, unit_of};
use super::Desk;
use super::forms::{Filing, RECORD, SeasonPage, Sheets};
use crate::shell::names::order_natural;
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::{Chrome, Cx, Look, Place, Visitor, profiles};

/// The day on which a unit's term ends.
struct Own {
    unit: String,
    code: String,
    ends: String,
    basis: String,
    mine: bool,
}

#[derive(Template)]
#[template(path = "season/terms.html")]
pub struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    /// Each level with its term and the day on which the running one ends.
    levels: Vec<(String, String, String)>,
    own: Vec<Own>,
    suggest: String,
    may_edit: bool,
    clear_at: String,
    sheet: Sheet,
}

async fn own(look: &mut Look, place: &Place, visitor: &Visitor) -> Result<Vec<Own>> {
    let rows = records::unit_terms(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(&mut look.tx, rows.keys().copied(), place.day).await?;
    let mut own = Vec::new();
    for (unit, term) in rows {
        if roll.is_under(unit, place.unit.unit) {
            own.push(Own {
                unit: roll.name(unit),
                code: roll.code(unit),
                ends: visitor.words.day(term.ends),
                basis: term.basis,
                mine: look.may(Permission::EditSeason, unit).await?,
            });
        }
    }
    own.sort_by(|a, b| order_natural(&a.unit, &b.unit));
    Ok(own)
}

impl SeasonPage for Page {
    const NAME: &'static str = "terms";

    async fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        let levels = place.season.shape.levels.iter().map(|each| {
            let ends = each.running_term_ends;
            (
                profiles::level_name(words, place.profile, &each.level),
                each.term.to_string(),
                ends.map_or_else(|| "–".to_owned(), |day| words.day(day)),
            )
        });
        let own = own(look, place, visitor).await?;
        let sheet = match sheets.of(RECORD) {
            sent if sent.is_refused() => sent,
            _ => Sheet::filled(Fields::default().with("target", &place.unit.code)),
        };
        Ok(Self {
            answer: words.say_with(
                "season-terms-answer",
                &[
                    ("unit", place.unit.name.clone().into()),
                    ("count", i64::try_from(own.len()).unwrap_or(0).into()),
                ],
            ),
            levels: levels.collect(),
            own,
            suggest: place.address("units", &place.unit.code),
            may_edit: look.may(Permission::EditSeason, place.unit.unit).await?,
            clear_at: place.address("terms/clear", &place.unit.code),
            sheet,
            p: desk.p,
            tabs: desk.tabs,
        })
    }
}

/// When a unit's term ends.
pub struct Recorded(UnitTerm);

impl Filing for Recorded {
    type Page = Page;
    const FORM: &'static str = RECORD;

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let code = fields.get("target");
        let unit = unit_of(&mut look.tx, &place.season, code, place.day, "target").await?;
        Ok(Self(UnitTerm {
            unit: unit.unit,
            ends: fields.day("ends")?,
            basis: fields.optional("basis")?.unwrap_or_default(),
        }))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        actions::set_term(cx, season, self.0).await
    }
}

/// A unit's term ends with its level's again.
pub struct Cleared(UnitId);

impl Filing for Cleared {
    type Page = Page;
    const FORM: &'static str = "clear";
    const SHOWN: bool = false;

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let code = fields.get("target");
        let unit = unit_of(&mut look.tx, &place.season, code, place.day, "target").await;
        Ok(Self(unit.map_err(|_| Problem::not_found())?.unit))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        actions::clear_term(cx, season, self.0).await
    }
}
