//! When running terms end: by level, of units that have a day of their own, and
//! of units whose end follows from their congress of an earlier season.

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
use crate::shell::sentence::term_begun;
use crate::shell::{Chrome, Cx, Look, Place, Visitor, Words, profiles};

/// The most units whose ends are worked out for a page.
const MOST: usize = 1_000;

/// A unit whose term's end follows from an earlier congress.
struct Begun {
    unit: String,
    href: String,
    ends: String,
    basis: String,
}

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
    begun: Vec<Begun>,
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

/// The units at and below the place whose end follows from their congress of an
/// earlier season.
async fn begun(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Begun>> {
    let (units, _) = records::units_under(&mut look.tx, place.unit.unit, place.day, MOST).await?;
    let levels = units
        .iter()
        .map(|unit| (unit.unit, unit.level.clone()))
        .collect();
    let rules = (&place.season, place.profile);
    let terms = records::term_ends(&mut look.tx, rules, &levels).await?;
    let mut found: Vec<Begun> = units
        .into_iter()
        .filter_map(|unit| {
            let begun = terms.begun().get(&unit.unit)?;
            Some(Begun {
                href: place.address("congress", &unit.code),
                unit: unit.name,
                ends: words.day(begun.ends()),
                basis: term_begun(words, begun),
            })
        })
        .collect();
    found.sort_by(|a, b| order_natural(&a.unit, &b.unit));
    Ok(found)
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
        let begun = begun(look, place, words).await?;
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
                    ("begun", i64::try_from(begun.len()).unwrap_or(0).into()),
                ],
            ),
            levels: levels.collect(),
            own,
            begun,
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
