//! The chain that instruments form.

use std::collections::{BTreeMap, BTreeSet};

use plenum_rules::access::Permission;
use plenum_rules::season::{
    Acknowledgement, InstrumentFinding, InstrumentKey, acknowledgement, check_instruments,
};
use plenum_store::season::{self as records, Address, InstrumentRow};

use super::super::roll::Roll;
use super::hex;
use super::mended::{edit_address, gone_text};
use crate::shell::problem::Result;
use crate::shell::{Look, Place, Words};

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
    /// That it is in force no longer, since when and why; empty while it is.
    pub withdrawn: String,
    /// Where it is put right or taken back; empty where this person may not.
    pub edit: String,
}

/// The chain as of the place's day.
pub async fn chain(look: &mut Look, place: &Place, words: Words) -> Result<Vec<Shown>> {
    let rows = records::instruments(&mut look.tx, &place.season.id).await?;
    let rows: Vec<InstrumentRow> = rows
        .into_iter()
        .filter(|row| row.key.date <= place.day)
        .collect();
    let withdrawals = records::withdrawals(&mut look.tx, &place.season.id).await?;
    let mut mine = BTreeSet::new();
    for row in &rows {
        if !mine.contains(&row.unit) && look.may(Permission::EditSeason, row.unit).await? {
            mine.insert(row.unit);
        }
    }
    let addresses = records::addresses(&mut look.tx, &place.season.id).await?;
    let roll = Roll::of(
        &mut look.tx,
        addresses.values().flatten().map(|address| address.unit),
        place.day,
    )
    .await?;
    let may = look
        .may(Permission::AcknowledgeInstrument, place.unit.unit)
        .await?;
    let findings = check_instruments(&records::chain(&rows));
    let mut below: BTreeMap<Option<u128>, Vec<&InstrumentRow>> = BTreeMap::new();
    let ids: BTreeSet<u128> = rows.iter().map(|row| row.id).collect();
    for row in &rows {
        below
            .entry(row.derived_from.filter(|source| ids.contains(source)))
            .or_default()
            .push(row);
    }
    let nothing = Vec::new();
    let mut shown = Vec::new();
    // Depth first, each with its depth; a row is shown once, even in a circle.
    let mut open: Vec<(usize, &InstrumentRow)> = below
        .get(&None)
        .into_iter()
        .flatten()
        .rev()
        .map(|row| (0, *row))
        .collect();
    let mut depths = Vec::new();
    while let Some((depth, row)) = open.pop() {
        let to = addresses.get(&row.id).unwrap_or(&nothing);
        let mut item = one(row, to, &roll, place, words, may, &findings);
        if let Some(gone) = withdrawals.get(&row.id).filter(|_| row.is_gone(place.day)) {
            item.withdrawn = gone_text(gone, words);
        }
        if mine.contains(&row.unit) {
            item.edit = edit_address(place, "instruments", row.id);
        }
        shown.push(item);
        depths.push(depth);
        open.extend(
            below
                .get(&Some(row.id))
                .into_iter()
                .flatten()
                .rev()
                .map(|next| (depth + 1, *next)),
        );
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
    let to: Vec<&Address> = to
        .iter()
        .filter(|address| roll.is_under(address.unit, place.unit.unit))
        .collect();
    let state = |address: &Address| {
        let given = address.acknowledged.as_ref().map(|(day, _)| *day);
        acknowledgement(row.key.date, row.acknowledge_by, given, place.day)
    };
    // Nobody is asked for what is in force no longer.
    let gone = row.is_gone(place.day);
    let waits =
        |address: &Address| !gone && !matches!(state(address), Acknowledgement::Given { .. });
    let mut waiting: Vec<String> = to
        .iter()
        .filter(|address| waits(address))
        .map(|address| roll.name(address.unit))
        .collect();
    waiting.sort_by(|a, b| crate::shell::names::order_natural(a, b));
    let known = to
        .iter()
        .filter(|address| matches!(state(address), Acknowledgement::Given { .. }))
        .count();
    let left = waiting.len();
    let more = waiting.len().saturating_sub(MOST_WAITING);
    waiting.truncate(MOST_WAITING);
    let own = to.iter().find(|address| address.unit == place.unit.unit);
    let own_day = own
        .and_then(|address| address.acknowledged.as_ref())
        .map(|(day, _)| *day);
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
        overdue: !gone
            && to
                .iter()
                .any(|address| matches!(state(address), Acknowledgement::Overdue { .. })),
        due: row
            .acknowledge_by
            .map(|day| words.day(day))
            .unwrap_or_default(),
        waiting,
        more,
        left,
        own: own_day
            .filter(|day| *day <= place.day)
            .map(|day| words.day(day))
            .unwrap_or_default(),
        mine: may && !gone && own.is_some() && own_day.is_none(),
        notes: notes(&row.key, findings, words),
        withdrawn: String::new(),
        edit: String::new(),
    }
}

fn notes(key: &InstrumentKey, findings: &[InstrumentFinding], words: Words) -> Vec<String> {
    findings
        .iter()
        .filter(|finding| finding.instrument == *key)
        .map(|finding| {
            let code = finding.code.code();
            let day = finding
                .other
                .as_ref()
                .map(|other| words.day(other.date))
                .unwrap_or_default();
            format!(
                "{code}: {}",
                words.say1(&format!("problem-{}", code.to_lowercase()), "day", day)
            )
        })
        .collect()
}
