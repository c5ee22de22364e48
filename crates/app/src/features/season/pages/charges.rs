//! Members in charge of units.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use plenum_rules::access::Permission;
use plenum_rules::progress::MOST_LEVELS;
use plenum_rules::{SeasonId, UnitId};
use plenum_store::season::{self as records, Withdrawal};

use super::super::actions::{self, Mend, NewCharge, TakeBack};
use super::super::fields::{Fields, Sheet};
use super::super::roll::{Roll, units_of};
use super::forms::{Change, Filing, RECORD, SeasonPage, Sheets};
use super::mended::{Editing, Gone, Restored, WITHDRAW, edit_address, gone_lines, take_back};
use super::{Choice, Desk, choices, may_below};
use crate::shell::names::{order_natural, order_people};
use crate::shell::page::Link;
use crate::shell::problem::Result;
use crate::shell::reporting::filed_for;
use crate::shell::{Chrome, Cx, Look, Place, Visitor, Words};

/// A member with the units in this member's charge.
pub struct Member {
    /// Who.
    pub person: String,
    /// The post.
    pub post: String,
    /// The units, by name.
    pub units: Vec<Link>,
    /// Where this is put right or ended; empty where this person may not.
    pub edit: String,
}

#[derive(Template)]
#[template(path = "season/charges.html")]
pub struct Page {
    p: Chrome,
    tabs: Vec<Link>,
    answer: String,
    members: Vec<Member>,
    gone: Vec<Gone>,
    without: Vec<Link>,
    units: Vec<Choice>,
    may_edit: bool,
    editing: Option<Editing>,
    /// The units in charge of the member that is being edited.
    held: Vec<Choice>,
    sheet: Sheet,
}

/// The members in charge at and below the place on its day, by name; and every
/// unit of the season somebody is in charge of.
pub async fn members(look: &mut Look, place: &Place) -> Result<(Vec<Member>, BTreeSet<UnitId>)> {
    let mut rows = records::charges(&mut look.tx, &place.season.id).await?;
    rows.retain(|row| row.span.holds(place.day));
    let charged: BTreeSet<UnitId> = rows.iter().map(|row| row.unit).collect();
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.unit), place.day).await?;
    rows.retain(|row| roll.is_under(row.unit, place.unit.unit));
    let mut by_member: BTreeMap<(&str, &str), (u128, Vec<Link>)> = BTreeMap::new();
    for row in &rows {
        let link = Link::to(
            roll.name(row.unit),
            place.address("plan", &roll.code(row.unit)),
        );
        by_member
            .entry((&row.person, &row.post))
            .or_insert((row.id, Vec::new()))
            .1
            .push(link);
    }
    let mine = may_below(look, Permission::AssignSupervisor, place).await?;
    let mut members: Vec<Member> = by_member
        .into_iter()
        .map(|((person, post), (record, mut units))| {
            units.sort_by(|a, b| order_natural(&a.text, &b.text));
            Member {
                person: person.to_owned(),
                post: post.to_owned(),
                units,
                edit: match mine {
                    true => edit_address(place, Page::NAME, record),
                    false => String::new(),
                },
            }
        })
        .collect();
    members.sort_by(|a, b| order_people(&a.person, &b.person));
    Ok((members, charged))
}

/// How many units below the place have a member in charge, of how many; and
/// those that have none.
async fn covered(
    look: &mut Look,
    place: &Place,
    charged: &BTreeSet<UnitId>,
) -> Result<(usize, usize, Vec<Link>)> {
    let (below, _) = records::units_under(&mut look.tx, place.unit.unit, place.day, 3_000).await?;
    let below: Vec<_> = below
        .into_iter()
        .filter(|unit| unit.unit != place.unit.unit && place.season.term(&unit.level).is_some())
        .collect();
    // A member in charge of a unit is in charge of everything below it too.
    let parents: BTreeMap<UnitId, UnitId> = below
        .iter()
        .chain(&place.path)
        .filter_map(|unit| Some((unit.unit, unit.parent?)))
        .collect();
    let has = |unit| {
        let above = std::iter::successors(Some(unit), |unit| parents.get(unit).copied());
        above
            .take(usize::from(MOST_LEVELS))
            .any(|unit| charged.contains(&unit))
    };
    let mut without: Vec<Link> = below
        .iter()
        .filter(|unit| !has(unit.unit))
        .map(|unit| Link::to(unit.name.clone(), place.address("plan", &unit.code)))
        .collect();
    without.sort_by(|a, b| order_natural(&a.text, &b.text));
    let (total, covered) = (below.len(), below.len() - without.len());
    Ok((covered, total, without))
}

/// What is edited of a member: the record by which the address names it, the
/// name and post, and the units in this member's charge on the day.
struct Edited {
    record: u128,
    person: String,
    post: String,
    held: Vec<Choice>,
    /// That the record itself was ended, and when.
    gone: Option<Withdrawal>,
}

async fn edited(look: &mut Look, place: &Place, sheets: &Sheets) -> Result<Option<Edited>> {
    let rows = records::charges(&mut look.tx, &place.season.id).await?;
    let Some(one) = rows.iter().find(|row| sheets.record() == Some(row.id)) else {
        return Ok(None);
    };
    let same = rows.iter().filter(|row| {
        row.person == one.person && row.post == one.post && row.span.holds(place.day)
    });
    let units: Vec<UnitId> = same.map(|row| row.unit).collect();
    let roll = Roll::of(&mut look.tx, units.iter().copied(), place.day).await?;
    let chosen = sheets.of(WITHDRAW);
    let mut held: Vec<Choice> = units
        .into_iter()
        .filter(|unit| roll.is_under(*unit, place.unit.unit))
        .map(|unit| Choice {
            chosen: chosen.chosen("units", &roll.code(unit)),
            code: roll.code(unit),
            name: roll.name(unit),
            note: String::new(),
        })
        .collect();
    held.sort_by(|a, b| order_natural(&a.name, &b.name));
    Ok(Some(Edited {
        record: one.id,
        person: one.person.clone(),
        post: one.post.clone(),
        held,
        gone: records::withdrawals(&mut look.tx, &place.season.id)
            .await?
            .remove(&one.id),
    }))
}

/// The charges at and below the place that were ended, in words.
async fn ended(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Gone>> {
    let withdrawals = records::withdrawals(&mut look.tx, &place.season.id).await?;
    let mut rows = records::charges(&mut look.tx, &place.season.id).await?;
    rows.retain(|row| withdrawals.contains_key(&row.id));
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.unit), place.day).await?;
    let near = rows
        .iter()
        .filter(|row| roll.is_under(row.unit, place.unit.unit));
    let named = near.map(|row| {
        let name = format!("{} · {}", row.person, roll.name(row.unit));
        (row.id, row.unit, name)
    });
    let page = (Page::NAME, Permission::AssignSupervisor);
    gone_lines(look, (place, words), page, named.collect()).await
}

impl SeasonPage for Page {
    const NAME: &'static str = "charges";

    async fn build(
        look: &mut Look,
        visitor: &Visitor,
        desk: Desk,
        sheets: &Sheets,
    ) -> Result<Self> {
        let (place, words) = (&desk.place, visitor.words);
        let (members, charged) = members(look, place).await?;
        let (covered, total, without) = covered(look, place, &charged).await?;
        let number = |count: usize| words.count(i64::try_from(count).unwrap_or(i64::MAX));
        let answer = words.say_with(
            "season-charges-answer",
            &[
                ("day", words.day_in_sentence(place.day).into()),
                ("covered", number(covered).into()),
                ("total", number(total).into()),
                ("unit", place.unit.name.clone().into()),
                ("members", i64::try_from(members.len()).unwrap_or(0).into()),
            ],
        );
        let edited = edited(look, place, sheets).await?;
        let filled = edited.as_ref().map(|one| {
            Fields::default()
                .with("person", &one.person)
                .with("post", &one.post)
        });
        let sheet = sheets.filled(filled);
        let mut units = choices(look, place, words, &sheet, "units").await?;
        units.retain(|unit| unit.code != place.unit.code);
        Ok(Self {
            answer,
            members,
            gone: ended(look, place, words).await?,
            without,
            may_edit: !units.is_empty()
                && may_below(look, Permission::AssignSupervisor, place).await?,
            units,
            editing: edited.as_ref().map(|one| {
                let what = (Self::NAME, one.record, one.person.clone());
                Editing::of(sheets, place, words, what, one.gone.as_ref())
            }),
            held: edited.map(|one| one.held).unwrap_or_default(),
            sheet,
            p: desk.p,
            tabs: desk.tabs,
        })
    }
}

/// A member put in charge, or the name put right.
pub enum Recorded {
    /// Of these units.
    Assigned(NewCharge),
    /// The name and post of a member.
    Renamed {
        /// One of the member's charges.
        record: u128,
        /// The name and the post.
        name: (String, String),
        /// Why.
        why: String,
    },
}

impl Filing for Recorded {
    type Page = Page;
    const FORM: &'static str = RECORD;

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let change = Change::read(fields)?;
        let person = fields.text("person")?;
        let post = fields.optional("post")?.unwrap_or_default();
        if let Change::Correct { record, why } = change {
            let name = (person, post);
            return Ok(Self::Renamed { record, name, why });
        }
        let codes = fields.units("units", "units_typed");
        let units = units_of(&mut look.tx, &place.season, codes, place.day, "units").await?;
        Ok(Self::Assigned(NewCharge {
            person,
            post,
            units: units.into_iter().map(|unit| unit.unit).collect(),
            from: fields
                .optional_day("from")?
                .unwrap_or_else(|| filed_for(&place.season, look.today)),
        }))
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        match self {
            Self::Assigned(new) => actions::assign(cx, season, new).await.map(|_| ()),
            Self::Renamed { record, name, why } => {
                actions::rename_member(cx, season, record, name, &why).await
            }
        }
    }
}

/// Units taken out of a member's charge; without any chosen, all.
pub struct Ending {
    what: TakeBack,
    units: Vec<UnitId>,
}

impl Filing for Ending {
    type Page = Page;
    const FORM: &'static str = WITHDRAW;

    async fn read(look: &mut Look, place: &Place, fields: &Fields) -> Result<Self> {
        let what = take_back(fields, look.today)?;
        let mut units = Vec::new();
        if fields.all("units").any(|code| !code.is_empty()) {
            let codes = fields.all("units");
            let chosen = units_of(&mut look.tx, &place.season, codes, place.day, "units").await?;
            units.extend(chosen.into_iter().map(|unit| unit.unit));
        }
        Ok(Self { what, units })
    }

    async fn file(self, cx: &mut Cx, season: &SeasonId) -> Result<()> {
        actions::end_charge(cx, season, self.what, &self.units).await
    }
}

/// Charges that were ended by mistake, or on a wrong day.
pub struct Charges;

impl Restored for Charges {
    type Page = Page;

    async fn mend(cx: &mut Cx, season: &SeasonId, mend: Mend) -> Result<()> {
        actions::mend_charge(cx, season, mend).await
    }
}
