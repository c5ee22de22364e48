//! The list as it stands on paper.

use plenum_papers::{Align, Cell, OfficialDocument, Table};
use plenum_rules::voting::list::Row as ListRow;
use plenum_rules::voting::machine::Listed;
use plenum_rules::words::day_table;

use super::minutes::{cards, column};
use super::{document, preliminary, row, shown, text, title};
use crate::shell::Place;
use crate::shell::elections::{Ballot, Hall, elects};

/// The names with their birth dates, as they were when the list was closed.
pub(super) fn listed_table(listed: &Listed, ballot: &Ballot) -> Table {
    let born = |row: &ListRow| {
        let person = ballot.facts.as_closed(row.person);
        let birth = person.and_then(|person| person.birth);
        birth.map_or(Cell::Empty, |day| text(day_table(day)))
    };
    Table {
        caption: None,
        columns: vec![
            column("Số TT", 1, Align::Center),
            column("Họ và tên", 5, Align::Left),
            column("Ngày sinh", 2, Align::Center),
        ],
        rows: listed
            .rows
            .iter()
            .map(|one| {
                row(vec![
                    Cell::Count(one.number.get().into()),
                    text(one.name.clone()),
                    born(one),
                ])
            })
            .collect(),
    }
}

/// The list as approved.
pub fn list(place: &Place, hall: &Hall, ballot: &Ballot) -> Option<OfficialDocument> {
    let listed = ballot.facts.listed()?;
    if !elects(ballot) {
        return Some(preliminary::list(place, hall, ballot, listed));
    }
    let mut paper = document(
        place,
        hall.day_of_vote(ballot),
        "DANH SÁCH",
        format!("ứng cử: {}", title(place, ballot)),
    );
    paper.authority = "T/M ĐOÀN CHỦ TỊCH".to_owned();
    paper.post = String::new();
    let mut opening = vec![format!(
        "Số lượng cần bầu: {}. Danh sách xếp theo thứ tự tên người, vần A, B, C.",
        listed.seats
    )];
    if let Some(vote) = &listed.list_vote {
        opening.push(format!("Biểu quyết thông qua danh sách: {}.", cards(vote)));
    }
    paper.sections = vec![shown("", opening, listed_table(listed, ballot))];
    Some(paper)
}
