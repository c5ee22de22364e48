//! The journal of a keyed count: every key of every pass (R52).

use std::collections::BTreeMap;

use plenum_papers::{Align, Column, OfficialDocument, Table};
use plenum_rules::Actor;
use plenum_rules::voting::ballot::Ballot as Keyed;
use plenum_rules::voting::keying::{JournalLine, Key, print, text as keying_text};
use plenum_rules::voting::machine::SheetCount;
use plenum_store::voting::PassRow;

use super::{document, row, said, shown, text, title};
use crate::shell::Place;
use crate::shell::elections::{Ballot, Hall};

/// Every key, by bundle, pass and attempt.
pub fn journal(
    place: &Place,
    hall: &Hall,
    ballot: &Ballot,
    passes: &[PassRow],
    keys: &BTreeMap<(i64, i64, i64), Vec<JournalLine>>,
    names: &BTreeMap<String, String>,
) -> OfficialDocument {
    let mut paper = document(
        place,
        hall.day_of_vote(ballot),
        "NHẬT KÝ NHẬP PHIẾU",
        title(place, ballot),
    );
    let sheets = of_sheets(ballot, names);
    if passes.is_empty() {
        let by_sheets = "Phiếu được kiểm bằng bảng tổng hợp, không nhập từng phiếu.".to_owned();
        paper.sections = vec![said("", vec![by_sheets])];
    }
    if !sheets.is_empty() {
        paper.sections.push(said("Bảng kiểm phiếu", sheets));
    }
    let rulings = of_rulings(ballot, names);
    if !rulings.is_empty() {
        paper
            .sections
            .push(said("Kết luận của ban kiểm phiếu, theo thứ tự", rulings));
    }
    let keyed = passes.iter().map(|pass| {
        let lines = keys.get(&(pass.bundle, pass.pass, pass.attempt));
        let title = format!(
            "Tập {}, lượt {}, lần {}: đồng chí {}",
            pass.bundle, pass.pass, pass.attempt, pass.name
        );
        shown(
            &title,
            known(pass, ballot)
                .into_iter()
                .chain(pass.reason.clone())
                .collect(),
            table(lines.map_or(&[], Vec::as_slice)),
        )
    });
    paper.sections.extend(keyed);
    paper
}

/// The ballots that had a key of their own when the pass began: without them the
/// keys `a` to `i` cannot be read.
fn known(pass: &PassRow, ballot: &Ballot) -> Option<String> {
    let layout = ballot.facts.election.closed()?.open.paper.definition.layout;
    let keys = ('a'..='i').zip(&pass.patterns).map(|(key, marks)| {
        let keys = print(&layout, &Keyed::plain(marks.clone()));
        format!("{key} = {}", keying_text(&keys))
    });
    let said = keys.collect::<Vec<_>>().join("; ");
    (!said.is_empty()).then(|| format!("Phím mẫu lúc bắt đầu: {said}."))
}

/// What the committee ruled, in order; the last word on a ballot stands.
fn of_rulings(ballot: &Ballot, names: &BTreeMap<String, String>) -> Vec<String> {
    let rulings = ballot.facts.rulings.iter();
    rulings
        .map(|ruled| {
            let how = if ruled.ruling.valid {
                "hợp lệ"
            } else {
                "không hợp lệ"
            };
            format!(
                "Phiếu thứ {}: {how}, theo {} (đồng chí {}). {}",
                ruled.place + 1,
                ruled.ruling.criterion.0,
                names.get(&ruled.by.0).unwrap_or(&ruled.by.0),
                ruled.note
            )
        })
        .collect()
}

/// Who handed in which piles, and what was taken out again and why.
fn of_sheets(ballot: &Ballot, names: &BTreeMap<String, String>) -> Vec<String> {
    let name = |who: &Actor| names.get(&who.0).unwrap_or(&who.0).clone();
    let piles = |count: &SheetCount| {
        let piles = count.piles.iter();
        let said = piles.map(|(pile, sheet)| format!("chồng {pile}: {} phiếu", sheet.ballots));
        said.collect::<Vec<_>>().join(", ")
    };
    let facts = &ballot.facts;
    let kept = facts.sheets.iter();
    let kept = kept.map(|count| format!("Đồng chí {}: {}.", name(&count.by), piles(count)));
    let dropped = facts.dropped.iter().map(|one| {
        format!(
            "Đã bỏ bảng của đồng chí {} ({}): {} (đồng chí {} bỏ).",
            name(&one.count.by),
            piles(&one.count),
            one.reason,
            name(&one.dropped_by)
        )
    });
    kept.chain(dropped).collect()
}

/// One row for each ballot: the keys up to the one that completed it.
fn table(lines: &[JournalLine]) -> Table {
    let mut rows = Vec::new();
    let mut keys = String::new();
    for (place, line) in lines.iter().enumerate() {
        keys.push(char::from(line.key));
        let ends = matches!(
            line.key,
            Key::Enter | Key::Repeat | Key::Pattern(_) | Key::Undo
        );
        if ends || place + 1 == lines.len() {
            rows.push(row(vec![
                text(line.turn.to_string()),
                text(std::mem::take(&mut keys)),
            ]));
        }
    }
    let column = |title: &str, width_weight, align| Column {
        title: title.to_owned(),
        width_weight,
        align,
    };
    Table {
        caption: None,
        columns: vec![
            column("Phím thứ", 1, Align::Right),
            column("Các phím", 6, Align::Left),
        ],
        rows,
    }
}
