//! The journal of a keyed count: every key of every pass (R52).

use std::collections::BTreeMap;

use plenum_papers::{Align, Column, OfficialDocument, Table};
use plenum_rules::voting::keying::{JournalLine, Key};
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
) -> OfficialDocument {
    let mut paper = document(place, hall, "NHẬT KÝ NHẬP PHIẾU", title(place, ballot));
    if passes.is_empty() {
        paper.sections = vec![said(
            "",
            vec!["Phiếu được kiểm bằng bảng tổng hợp, không nhập từng phiếu.".to_owned()],
        )];
        return paper;
    }
    paper.sections = passes
        .iter()
        .map(|pass| {
            let lines = keys.get(&(pass.bundle, pass.pass, pass.attempt));
            let title = format!(
                "Tập {}, lượt {}, lần {}: đồng chí {}",
                pass.bundle, pass.pass, pass.attempt, pass.name
            );
            shown(
                &title,
                pass.reason.iter().cloned().collect(),
                table(lines.map_or(&[], Vec::as_slice)),
            )
        })
        .collect();
    paper
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
