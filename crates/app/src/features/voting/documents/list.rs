//! The list as it stands on paper.

use plenum_papers::{Align, Cell, OfficialDocument, Table};
use plenum_rules::voting::list::Row as ListRow;
use plenum_rules::voting::machine::Listed;
use plenum_rules::words::day_table;

use super::minutes::{cards, column};
use super::{Subject, document, of_presidium, preliminary, row, shown, text, voided};
use crate::shell::elections::{Ballot, elects};

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
pub fn list(subject: &Subject<'_>) -> Option<OfficialDocument> {
    let ballot = subject.ballot;
    let listed = ballot.facts.listed_then()?;
    if !elects(ballot) {
        return Some(preliminary::list(subject, listed));
    }
    let about = format!("ứng cử: {}", subject.about());
    let mut paper = document(subject, "DANH SÁCH", about);
    of_presidium(&mut paper);
    let mut opening = vec![format!(
        "Số lượng cần bầu: {}. Danh sách xếp theo thứ tự tên người, vần A, B, C.",
        listed.seats
    )];
    if let Some(vote) = &listed.list_vote {
        opening.push(format!("Biểu quyết thông qua danh sách: {}.", cards(vote)));
    }
    paper.sections.extend(voided(subject));
    paper
        .sections
        .push(shown("", opening, listed_table(listed, ballot)));
    Some(paper)
}
