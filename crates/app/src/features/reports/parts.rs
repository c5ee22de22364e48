//! The first parts of a report: the figures. A part with nothing to tell is
//! left out.

use plenum_papers::{Align, Cell, Row, Section, Table};
use plenum_rules::Day;
use plenum_rules::progress::{Counts, Measure};
use plenum_rules::season::Mark;
use plenum_rules::words::day_table;
use plenum_store::board::{Board, Child};

use super::cells::{column, held, met_or_planned, ordinal, row, table, text};
use super::document::{Part, VI, number, said, shown};
use super::matter::{Apart, Matter};
use crate::shell::sentence::{levels_in_sentence, standing_text, state_word};
use crate::shell::{Place, names, profiles};

/// I. By level and kind, complete units, pilots and trials.
pub fn overall(place: &Place, board: &Board, matter: &Matter) -> Part {
    let mut sections = Vec::new();
    if !board.levels.is_empty() {
        sections.push(shown(Vec::new(), levels(place, board)));
    }
    let mut paragraphs: Vec<String> = own(board).into_iter().collect();
    paragraphs.extend(complete(place, board));
    paragraphs.extend(set_apart(board, matter));
    if !paragraphs.is_empty() {
        sections.push(said(paragraphs));
    }
    Part::new("KẾT QUẢ CHUNG", sections)
}

fn levels(place: &Place, board: &Board) -> Table {
    let columns = vec![
        column("Cấp, loại hình", 56, Align::Left),
        column("Đã đại hội/tổng số", 30, Align::Right),
        column("Tỷ lệ", 22, Align::Right),
        column("Quá hạn", 18, Align::Right),
        column("Đảng viên nơi đã đại hội/tổng số", 40, Align::Right),
    ];
    let line = |name: String, counts: &Counts, emphasis: bool| {
        let [ratio, percent] = held(counts);
        let members = Cell::Ratio {
            done: counts[Measure::MembersHeld],
            total: counts[Measure::Members],
        };
        let cells = vec![
            text(name),
            ratio,
            percent,
            Cell::Count(counts[Measure::Late]),
            members,
        ];
        Row { cells, emphasis }
    };
    let mut rows = Vec::new();
    for level in board.levels.iter().rev() {
        let name = profiles::level_name(VI, place.profile, &level.level);
        rows.push(line(name, &level.all, true));
        if level.kinds.len() > 1 {
            for (kind, counts) in &level.kinds {
                let name = profiles::kind_name(VI, place.profile, kind);
                rows.push(line(format!("– {name}"), counts, false));
            }
        }
        for (counts, name) in [
            (&level.pilot, "– Đại hội điểm"),
            (&level.trial, "– Thí điểm"),
        ] {
            if counts.total() > 0 {
                rows.push(line(name.to_owned(), counts, false));
            }
        }
    }
    table("Kết quả theo cấp và loại hình", columns, rows)
}

/// The node's own congress.
fn own(board: &Board) -> Option<String> {
    let own = board.own.as_ref()?;
    let mut said = format!(
        "Đại hội của {}: {}",
        board.unit.name,
        lower(&standing_text(VI, own, board.day))
    );
    if let Some(due) = own.due.filter(|_| own.waits()) {
        said.push_str(&format!("; hạn {}", day_table(due)));
    }
    Some(said + ".")
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

fn complete(place: &Place, board: &Board) -> Option<String> {
    let counted = board.counted.as_ref()?;
    let mut done: Vec<(&Child, i64)> = board
        .complete()
        .map(|child| (child, child.below.get(counted).map_or(0, Counts::total)))
        .collect();
    if done.is_empty() {
        return None;
    }
    done.sort_by(|a, b| {
        b.1.cmp(&a.1)
            .then_with(|| names::order_natural(&a.0.unit.name, &b.0.unit.name))
    });
    let list: Vec<String> = done
        .iter()
        .map(|(child, total)| {
            let total = number(*total);
            format!("{} {total}/{total}", child.unit.name)
        })
        .collect();
    Some(format!(
        "Các đơn vị trực thuộc đã hoàn thành đại hội {}: {}.",
        levels_in_sentence(VI, place.profile, counted),
        list.join(", ")
    ))
}

fn set_apart(board: &Board, matter: &Matter) -> Vec<String> {
    let mut paragraphs = Vec::new();
    for (mark, title) in [(Mark::Pilot, "Đại hội điểm"), (Mark::Trial, "Thí điểm")] {
        let mut apart: Vec<&Apart> = matter
            .apart
            .iter()
            .filter(|each| each.apart.marked.mark == mark)
            .collect();
        apart.sort_by(|a, b| names::order_natural(&a.unit.name, &b.unit.name));
        let list: Vec<String> = apart
            .into_iter()
            .map(|each| one_apart(board, each))
            .collect();
        if !list.is_empty() {
            paragraphs.push(format!("{title}: {}.", list.join("; ")));
        }
    }
    paragraphs
}

fn one_apart(board: &Board, each: &Apart) -> String {
    let standing = plenum_store::board::standing(&each.congress, None, board.day);
    let mut notes = Vec::new();
    if !each.apart.subject.is_empty() {
        notes.push(each.apart.subject.clone());
    }
    notes.push(lower(&standing_text(VI, &standing, board.day)));
    notes.extend(each.apart.marked.legal_basis.clone());
    format!("{} ({})", each.unit.name, notes.join("; "))
}

/// II. The units directly below.
pub fn units(place: &Place, board: &Board) -> Part {
    let mut children: Vec<&Child> = board.children.iter().collect();
    children.sort_by(|a, b| {
        let leaf = |child: &Child| child.below.is_empty();
        leaf(a)
            .cmp(&leaf(b))
            .then_with(|| names::order_natural(&a.unit.name, &b.unit.name))
    });
    let counted = board.counted.as_ref();
    let deep = children.iter().any(|child| !child.below.is_empty());
    let sections: Vec<Section> = match counted {
        Some(counted) if deep => {
            let name = levels_in_sentence(VI, place.profile, counted);
            let rows = children.iter().zip(1..).map(|(child, place)| {
                let counts = child.counts(counted);
                let [ratio, percent] = held(&counts);
                let (ratio, percent) = if counts.total() > 0 {
                    (ratio, percent)
                } else {
                    (Cell::Empty, Cell::Empty)
                };
                let late = child
                    .own
                    .iter()
                    .filter(|own| own.is_late(board.day))
                    .count();
                let below: i64 = child.below.values().map(|each| each[Measure::Late]).sum();
                let late = below + i64::from(late > 0);
                let own = child.own.as_ref();
                let state = own.map(|own| state_word(VI, own, board.day));
                row(vec![
                    ordinal(place),
                    text(&child.unit.name),
                    ratio,
                    percent,
                    Cell::Count(late),
                    text(state.unwrap_or_default()),
                    text(own.map(met_or_planned).unwrap_or_default()),
                ])
            });
            let columns = vec![
                column("TT", 10, Align::Center),
                column("Đơn vị", 44, Align::Left),
                column(
                    &format!("{} đã đại hội/ tổng số", upper(&name)),
                    26,
                    Align::Right,
                ),
                column("Tỷ lệ", 21, Align::Right),
                column("Quá hạn", 15, Align::Right),
                column("Đại hội của đơn vị", 27, Align::Left),
                column("Ngày", 33, Align::Center),
            ];
            vec![shown(
                Vec::new(),
                table("Kết quả theo đơn vị trực thuộc", columns, rows.collect()),
            )]
        }
        _ if children.iter().any(|child| child.own.is_some()) => {
            vec![shown(Vec::new(), leaves(&children, board.day))]
        }
        _ => Vec::new(),
    };
    Part::new("KẾT QUẢ THEO ĐƠN VỊ TRỰC THUỘC", sections)
}

fn upper(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Units with nothing below them: how each one's own congress stands.
fn leaves(children: &[&Child], day: Day) -> Table {
    let columns = vec![
        column("TT", 10, Align::Center),
        column("Đơn vị", 54, Align::Left),
        column("Đảng viên", 18, Align::Right),
        column("Tình hình", 34, Align::Left),
        column("Ngày", 28, Align::Center),
        column("Có mặt/triệu tập", 24, Align::Right),
    ];
    let with_own = children
        .iter()
        .filter_map(|child| child.own.as_ref().map(|own| (child, own)));
    let rows = with_own.zip(1..).map(|((child, own), place)| {
        row(vec![
            ordinal(place),
            text(&child.unit.name),
            Cell::Count(i64::from(child.unit.members)),
            text(state_word(VI, own, day)),
            text(met_or_planned(own)),
            own.report
                .as_ref()
                .map_or(Cell::Empty, |(numbers, _)| Cell::Ratio {
                    done: i64::from(numbers.present),
                    total: i64::from(numbers.convened),
                }),
        ])
    });
    table("Đại hội của các đơn vị trực thuộc", columns, rows.collect())
}
