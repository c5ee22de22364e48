//! Instruments: the chain they form, who knows them, the conferences.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use plenum_rules::access::Permission;
use plenum_rules::season::{
    Acknowledgement, InstrumentFinding, InstrumentKey, acknowledgement, check_instruments,
};
use plenum_rules::{SeasonId, UnitId};
use plenum_store::db::new_id;
use plenum_store::season::{self as records, Address, Attendance, Briefing, InstrumentRow};

use super::{At, Choice, Named, choices, desk, hex, levels_of, on_form, refused, show, went};
use super::super::actions::{self, NewInstrument};
use super::super::fields::{Fields, Sheet};
use super::super::roll::{Roll, units_of};
use crate::shell::page::Link;
use crate::shell::problem::{Problem, Result};
use crate::shell::visitor::Form;
use crate::shell::{App, Chrome, Look, Place, Visitor, Words, act, look};

/// The most names of units that have yet to say something.
const MOST_WAITING: usize = 30;

/// One instrument of the chain, and where lists open and close around it.
pub struct Shown {
    /// Lists that open before it: 1 where it carries out the one before.
    pub opens: bool,
    /// Lists that close after it.
    pub closes: usize,
    /// Whether the item it stands in closes after those.
    pub ends: bool,
    /// Its id in addresses.
    pub id: String,
    /// `35-CT/TW`.
    pub number: String,
    /// Its date.
    pub day: String,
    /// Who issued it.
    pub issuer: String,
    /// Directive, plan ….
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// Units below the place it is addressed to.
    pub addressed: usize,
    /// Of these, those that said they know it.
    pub known: usize,
    /// Whether some are late with that.
    pub overdue: bool,
    /// Until when they had.
    pub due: String,
    /// Those that have yet to say so.
    pub waiting: Vec<String>,
    /// How many more.
    pub more: usize,
    /// All that have yet to say so.
    pub left: usize,
    /// When the place itself said so.
    pub own: String,
    /// Whether this person can say so now.
    pub mine: bool,
    /// What is odd about it.
    pub notes: Vec<String>,
}

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
}

#[derive(Template)]
#[template(path = "season/instruments.html")]
struct Page {
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
    sheet: Sheet,
    briefing: Sheet,
    acknowledge_at: String,
    brief_at: String,
}

/// The chain as of the place's day.
pub async fn chain(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Shown>> {
    let rows = records::instruments(&mut look.tx, &place.season.id).await?;
    let rows: Vec<InstrumentRow> = rows.into_iter().filter(|row| row.key.date <= place.day).collect();
    let addresses = records::addresses(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(&mut look.tx, addresses.values().flatten().map(|address| address.unit), place.day).await?;
    let may = look.may(Permission::AcknowledgeInstrument, place.unit.unit).await?;
    let findings = check_instruments(&records::chain(&rows));
    let mut below: BTreeMap<Option<u128>, Vec<&InstrumentRow>> = BTreeMap::new();
    let ids: BTreeSet<u128> = rows.iter().map(|row| row.id).collect();
    for row in &rows {
        below.entry(row.derived_from.filter(|source| ids.contains(source))).or_default().push(row);
    }
    let nothing = Vec::new();
    let mut shown = Vec::new();
    // Depth first, each with its depth; a row is shown once, even in a circle.
    let mut open: Vec<(usize, &InstrumentRow)> =
        below.get(&None).into_iter().flatten().rev().map(|row| (0, *row)).collect();
    let mut depths = Vec::new();
    while let Some((depth, row)) = open.pop() {
        let to = addresses.get(&row.id).unwrap_or(&nothing);
        shown.push(one(row, to, &roll, place, words, may, &findings));
        depths.push(depth);
        open.extend(below.get(&Some(row.id)).into_iter().flatten().rev().map(|next| (depth + 1, *next)));
    }
    for (step, item) in shown.iter_mut().enumerate() {
        let before = step.checked_sub(1).map(|step| depths[step]);
        item.opens = before.is_none_or(|before| depths[step] > before);
        let next = depths.get(step + 1);
        item.closes = next.map_or(depths[step] + 1, |next| depths[step].saturating_sub(*next));
        item.ends = next.is_some_and(|next| *next <= depths[step]);
    }
    Ok(shown)
}

fn one(
    row: &InstrumentRow,
    to: &[Address],
    roll: &Roll,
    place: &Place,
    words: Words,
    may: bool,
    findings: &[InstrumentFinding],
) -> Shown {
    let to: Vec<&Address> = to.iter().filter(|address| roll.is_under(address.unit, place.unit.unit)).collect();
    let state = |address: &Address| {
        let given = address.acknowledged.as_ref().map(|(day, _)| *day);
        acknowledgement(row.key.date, row.acknowledge_by, given, place.day)
    };
    let waits = |address: &Address| !matches!(state(address), Acknowledgement::Given { .. });
    let mut waiting: Vec<String> =
        to.iter().filter(|address| waits(address)).map(|address| roll.name(address.unit)).collect();
    waiting.sort_by(|a, b| crate::shell::names::order_natural(a, b));
    let known = to.len() - waiting.len();
    let left = waiting.len();
    let more = waiting.len().saturating_sub(MOST_WAITING);
    waiting.truncate(MOST_WAITING);
    let own = to.iter().find(|address| address.unit == place.unit.unit);
    let own_day = own.and_then(|address| address.acknowledged.as_ref()).map(|(day, _)| *day);
    Shown {
        opens: false,
        closes: 0,
        ends: true,
        id: hex(row.id),
        number: row.key.number.clone(),
        day: words.day(row.key.date),
        issuer: row.key.issuer.clone(),
        kind: words.say(&format!("season-kind-{}", records::kind_code(row.kind))),
        title: row.title.clone(),
        addressed: to.len(),
        known,
        overdue: to.iter().any(|address| matches!(state(address), Acknowledgement::Overdue { .. })),
        due: row.acknowledge_by.map(|day| words.day(day)).unwrap_or_default(),
        waiting,
        more,
        left,
        own: own_day.filter(|day| *day <= place.day).map(|day| words.day(day)).unwrap_or_default(),
        mine: may && own.is_some() && own_day.is_none(),
        notes: notes(&row.key, findings, words),
    }
}

fn notes(key: &InstrumentKey, findings: &[InstrumentFinding], words: Words) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.instrument == *key)
        .map(|finding| {
            let code = finding.code.code();
            let day = finding.other.as_ref().map(|other| words.day(other.date)).unwrap_or_default();
            format!("{code}: {}", words.say1(&format!("problem-{}", code.to_lowercase()), "day", day))
        })
        .collect()
}

/// The conferences up to the place's day, at the place and below it.
pub async fn conferences(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Conference>> {
    let rows = records::briefings(&mut look.tx, &place.season.id).await?;
    let instruments = records::instruments(&mut look.tx, &place.season.id).await?;
    let numbers: BTreeMap<u128, &str> = instruments.iter().map(|row| (row.id, row.key.number.as_str())).collect();
    let roll = Roll::of(&mut look.tx, rows.iter().map(|row| row.unit), place.day).await?;
    let above: Vec<UnitId> = place.path.iter().map(|version| version.unit).collect();
    let meant = |row: &&Briefing| {
        row.day <= place.day && (above.contains(&row.unit) || roll.is_under(row.unit, place.unit.unit))
    };
    let conference = |row: &Briefing| Conference {
        day: words.day(row.day),
        title: row.title.clone(),
        unit: roll.name(row.unit),
        instruments: row.instruments.iter().filter_map(|id| numbers.get(id)).map(|text| (*text).to_owned()).collect(),
        attendance: row.attendance.iter().map(|group| attendance(group, words)).collect(),
    };
    Ok(rows.iter().filter(meant).map(conference).collect())
}

fn attendance(group: &Attendance, words: Words) -> String {
    match (group.present, group.convened) {
        (Some(present), Some(convened)) => {
            format!("{}: {}/{}", group.group, words.count(present), words.count(convened))
        }
        (Some(present), None) => format!("{}: {}", group.group, words.count(present)),
        _ => group.group.clone(),
    }
}

async fn build(app: &App, visitor: &Visitor, season: &str, at: &At, sheet: Sheet, briefing: Sheet) -> Result<Page> {
    let mut look = look(app, visitor.signed_in()?).await?;
    let desk = desk(&mut look, visitor, season, at, "instruments").await?;
    let (place, words) = (&desk.place, visitor.words);
    let instruments = chain(&mut look, place, words).await?;
    let addressed: usize = instruments.iter().map(|row| row.addressed).sum();
    let known: usize = instruments.iter().map(|row| row.known).sum();
    let counts = [instruments.len(), known, addressed].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let answer = words.say_with(
        "season-instruments-answer",
        &[
            ("day", words.day_in_sentence(place.day).into()),
            ("unit", place.unit.name.clone().into()),
            ("count", counts[0].into()),
            ("known", words.count(counts[1]).into()),
            ("addressed", words.count(counts[2]).into()),
        ],
    );
    let rows = records::instruments(&mut look.tx, &place.season.id).await?;
    let named = |row: &InstrumentRow| Named {
        code: hex(row.id),
        name: format!("{} ({}) – {}", row.key.number, words.day(row.key.date), row.key.issuer),
    };
    let kinds = ["directive", "plan", "guidance", "decision", "other"];
    let may_edit = look.may(Permission::EditSeason, place.unit.unit).await?;
    Ok(Page {
        answer,
        instruments,
        briefings: conferences(&mut look, place, words).await?,
        known: rows.iter().map(named).collect(),
        kinds: kinds.map(|code| Named { code: code.to_owned(), name: words.say(&format!("season-kind-{code}")) }).into(),
        levels: levels_of(place, words),
        units: choices(&mut look, place, words, &sheet, "addressed").await?,
        may_edit,
        sheet,
        briefing,
        acknowledge_at: place.address("instruments/acknowledge", &place.unit.code),
        brief_at: place.address("instruments/briefing", &place.unit.code),
        p: desk.p,
        tabs: desk.tabs,
    })
}

/// The page.
pub async fn page(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
) -> Response {
    show(build(&app, &visitor, &season, &at, Sheet::default(), Sheet::default()).await, &visitor)
}

/// Adds an instrument.
pub async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    match add(&app, &visitor, &season, &at, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(build(&app, &visitor, &season, &at, sheet, Sheet::default()).await, &visitor)
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn add(app: &App, visitor: &Visitor, season: &str, at: &At, fields: &Fields) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let desk = desk(&mut look, visitor, season, at, "instruments").await?;
    let place = desk.place;
    let kind = records::kind_of_code(fields.get("kind")).ok_or_else(|| Problem::field("E-SEA-41", "kind"))?;
    let key = InstrumentKey {
        issuer: fields.text("issuer")?,
        number: fields.text("number")?,
        date: fields.day("date")?,
    };
    let title = fields.text("title")?;
    let acknowledge_by = fields.optional_day("acknowledge_by")?;
    let mut addressed = BTreeSet::new();
    if fields.all("addressed").any(|code| !code.is_empty()) {
        let chosen = units_of(&mut look.tx, &place.season, fields.all("addressed"), place.day, "addressed").await?;
        addressed.extend(chosen.into_iter().map(|unit| unit.unit));
    }
    if let Some(level) = fields.level("addressed_level", place.profile)? {
        let (units, _) = records::units_under(&mut look.tx, place.unit.unit, place.day, 60_000).await?;
        addressed.extend(units.into_iter().filter(|unit| unit.level == level).map(|unit| unit.unit));
    }
    drop(look);
    let new = NewInstrument {
        key,
        kind,
        title,
        unit: place.unit.unit,
        own: fields.get("own") == "yes",
        derived_from: fields.optional_id("derived_from")?,
        addressed: addressed.into_iter().collect(),
        acknowledge_by,
    };
    let id = place.season.id.clone();
    act(app, who, |cx| Box::pin(async move { actions::add_instrument(cx, &id, new).await })).await?;
    Ok(place.address("instruments", &place.unit.code))
}

/// The unit says that it knows an instrument.
pub async fn acknowledge(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    let done: Result<String> = async {
        let who = visitor.signed_in()?;
        let mut look = look(&app, who).await?;
        let place = desk(&mut look, &visitor, &season, &at, "instruments").await?.place;
        drop(look);
        let (id, unit, instrument) = (place.season.id.clone(), place.unit.unit, fields.id("instrument")?);
        act(&app, who, |cx| Box::pin(async move { actions::acknowledge(cx, &id, instrument, unit).await })).await?;
        Ok(place.address("instruments", &place.unit.code))
    }
    .await;
    done.map_or_else(|problem| problem.page(&visitor), |address| went(&address))
}

/// Records a conference.
pub async fn brief(
    State(app): State<App>,
    visitor: Visitor,
    Path(season): Path<String>,
    Query(at): Query<At>,
    Form(fields): Form<Fields>,
) -> Response {
    match add_briefing(&app, &visitor, &season, &at, &fields).await {
        Ok(address) => went(&address),
        Err(problem) if on_form(&problem) => {
            let sheet = refused(fields, &problem, &visitor);
            super::again(build(&app, &visitor, &season, &at, Sheet::default(), sheet).await, &visitor)
        }
        Err(problem) => problem.page(&visitor),
    }
}

async fn add_briefing(app: &App, visitor: &Visitor, season: &str, at: &At, fields: &Fields) -> Result<String> {
    let who = visitor.signed_in()?;
    let mut look = look(app, who).await?;
    let place = desk(&mut look, visitor, season, at, "instruments").await?.place;
    drop(look);
    let lines = fields.optional("briefing_attendance")?.unwrap_or_default();
    let instruments: Result<Vec<u128>> = fields
        .all("briefing_instruments")
        .filter(|id| !id.is_empty())
        .map(|id| u128::from_str_radix(id, 16).map_err(|_| Problem::not_found()))
        .collect();
    let briefing = Briefing {
        id: new_id(),
        unit: place.unit.unit,
        day: fields.day("briefing_day")?,
        title: fields.text("briefing_title")?,
        attendance: lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(read_group).collect(),
        instruments: instruments?,
    };
    let id: SeasonId = place.season.id.clone();
    act(app, who, |cx| Box::pin(async move { actions::add_briefing(cx, &id, briefing).await })).await?;
    Ok(place.address("instruments", &place.unit.code))
}

/// "Bí thư, phó bí thư chi bộ: 66/68", "Trưởng các đoàn thể: 5", or words only.
fn read_group(line: &str) -> Attendance {
    let words_only = || Attendance { group: line.to_owned(), convened: None, present: None };
    let Some((group, numbers)) = line.rsplit_once(':') else { return words_only() };
    let (present, convened) = match numbers.split_once('/') {
        Some((present, convened)) => (present, Some(convened)),
        None => (numbers, None),
    };
    let number = |text: &str| text.trim().parse::<u32>().ok();
    match (number(present), convened.map(number)) {
        (Some(present), None) => Attendance { group: group.trim().to_owned(), convened: None, present: Some(present) },
        (Some(present), Some(Some(convened))) => {
            Attendance { group: group.trim().to_owned(), convened: Some(convened), present: Some(present) }
        }
        _ => words_only(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attendance_reads_as_people_write_it() {
        let group = read_group("Bí thư, phó bí thư chi bộ: 66/68");
        assert_eq!((group.present, group.convened), (Some(66), Some(68)));
        assert_eq!(read_group("Đoàn thể: 5").present, Some(5));
        assert_eq!(read_group("Toàn thể cấp ủy: đông đủ").group, "Toàn thể cấp ủy: đông đủ");
    }
}
