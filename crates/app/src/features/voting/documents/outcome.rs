//! What came out: who is elected first, what is left over after it.

use plenum_papers::{Align, Cell, OfficialDocument, Section, Table};
use plenum_rules::voting::ballot::{BallotKind, Number};
use plenum_rules::voting::count::{Decision, Lot, RankedRound};
use plenum_rules::voting::machine::Resulted;
use plenum_rules::words::roman;

use super::super::pages::result_said;
use super::minutes::column;
use super::{row, said, shown, text};

/// The sections of the result, without numbers: the rounds of a ranked count,
/// the elected, and what is left to decide or was decided by lot.
pub(super) fn sections(resulted: &Resulted) -> Vec<(String, Section)> {
    let rounds = &resulted.outcome.rounds;
    let rounds = (!rounds.is_empty()).then(|| {
        let title = "CÁC VÒNG KIỂM PHIẾU THEO THỨ TỰ ƯU TIÊN";
        (title.to_owned(), of_rounds(resulted, rounds))
    });
    let elected = Some(("TRÚNG CỬ".to_owned(), elected(resulted)));
    let all = rounds.into_iter().chain(elected);
    all.chain(left_over(resulted)).collect()
}

/// Adds sections with roman numbers from `first` on.
pub(super) fn add_numbered(
    paper: &mut OfficialDocument,
    first: u16,
    sections: Vec<(String, Section)>,
) {
    for (number, (title, section)) in (first..).zip(sections) {
        paper.sections.push(Section {
            title: Some(format!("{}. {title}", roman(number))),
            ..section
        });
    }
}

/// People by votes from high to low, as a table.
fn by_votes(resulted: &Resulted, numbers: &[Number]) -> Table {
    let lines = &resulted.outcome.lines;
    let votes = |number: &Number| {
        let line = lines.iter().find(|line| line.number == *number);
        line.map_or(0, |line| i64::try_from(line.votes).unwrap_or(i64::MAX))
    };
    let names = result_said::names(resulted, numbers);
    let both = names.into_iter().zip(numbers).zip(1..);
    let rows = both.map(|((name, number), place)| {
        row(vec![
            Cell::Count(place),
            text(name),
            Cell::Count(votes(number)),
        ])
    });
    Table {
        caption: None,
        columns: vec![
            column("Số TT", 1, Align::Center),
            column("Họ và tên", 5, Align::Left),
            column("Số phiếu", 2, Align::Right),
        ],
        rows: rows.collect(),
    }
}

fn elected(resulted: &Resulted) -> Section {
    let outcome = &resulted.outcome;
    let definition = &resulted.ruled.closed.open.paper.definition;
    let (who, opening) = if definition.purpose.elects_alternates() {
        (
            &outcome.alternates,
            "Lần bầu này chỉ bầu đại biểu dự khuyết.",
        )
    } else {
        (&outcome.elected, "")
    };
    let mut paragraphs = Vec::new();
    paragraphs.extend((!opening.is_empty()).then(|| opening.to_owned()));
    if who.is_empty() {
        paragraphs.push("Không có người trúng cử.".to_owned());
        return said("", paragraphs);
    }
    // Of a ranked count the votes of the first round decide nothing.
    paragraphs.push(if definition.layout.kind == BallotKind::Ranked {
        "Trúng cử (số phiếu là số phiếu ưu tiên thứ nhất):".to_owned()
    } else {
        "Trúng cử, xếp theo số phiếu từ cao xuống thấp:".to_owned()
    });
    shown("", paragraphs, by_votes(resulted, who))
}

/// Lots, ties, open seats and alternates; `None` where there is nothing of it.
fn left_over(resulted: &Resulted) -> Option<(String, Section)> {
    let outcome = &resulted.outcome;
    let definition = &resulted.ruled.closed.open.paper.definition;
    let is_ranked = definition.layout.kind == BallotKind::Ranked;
    let names = |numbers: &[Number]| result_said::names(resulted, numbers).join(", ");
    let mut titles = Vec::new();
    let mut paragraphs = Vec::new();
    let lots = resulted.decisions.iter().filter_map(|one| match one {
        Decision::Lot(lot) => Some(lot),
        _ => None,
    });
    for Lot { tied, drawn } in lots {
        titles.push("RÚT THĂM");
        let won = if is_ranked {
            "Ở lại vòng sau"
        } else {
            "Trúng thăm"
        };
        paragraphs.push(format!(
            "Rút thăm giữa những người bằng phiếu: {}. {won}: {}.",
            names(tied),
            names(drawn)
        ));
    }
    if let Some(tie) = &outcome.tie {
        titles.push("BẰNG PHIẾU");
        let (votes, tied) = (tie.votes, names(&tie.tied));
        paragraphs.push(if is_ranked {
            format!("Bằng phiếu ở mức thấp nhất ({votes} phiếu), chưa rõ ai bị loại: {tied}.")
        } else {
            format!(
                "Bằng phiếu ({votes} phiếu) ở vị trí cuối, còn {} chỗ, chưa ai trong số này trúng cử: {tied}.",
                tie.seats
            )
        });
    }
    if outcome.open > 0 {
        titles.push("SỐ CÒN THIẾU");
        paragraphs.push(format!(
            "Còn thiếu {} người so với số lượng cần bầu.",
            outcome.open
        ));
    }
    let alternates = &outcome.alternates;
    if !alternates.is_empty() && !definition.purpose.elects_alternates() {
        titles.push("DỰ KHUYẾT");
        paragraphs.push(format!("Đại biểu dự khuyết: {}.", names(alternates)));
    }
    titles.dedup();
    (!titles.is_empty()).then(|| (titles.join(", "), said("", paragraphs)))
}

/// The rounds of a ranked count: votes of each, who leaves, ballots without a
/// choice left.
fn of_rounds(resulted: &Resulted, rounds: &[RankedRound]) -> Section {
    let name = |number: Number| result_said::names(resulted, &[number]).join("");
    let votes = |round: &RankedRound| {
        let each = round.votes.iter();
        let each = each.map(|(number, votes)| format!("{}: {votes}", name(*number)));
        each.collect::<Vec<_>>().join("\n")
    };
    let rows = rounds.iter().zip(1..).map(|(round, place)| {
        let leaves = round.leaves.iter().map(|number| name(*number));
        row(vec![
            Cell::Count(place),
            text(votes(round)),
            Cell::Count(i64::try_from(round.exhausted).unwrap_or(i64::MAX)),
            text(leaves.collect::<Vec<_>>().join("\n")),
        ])
    });
    shown(
        "",
        vec![
            "Sau mỗi vòng, người ít phiếu nhất bị loại; phiếu của người đó chuyển sang lựa chọn tiếp theo ghi trên phiếu."
                .to_owned(),
        ],
        Table {
            caption: None,
            columns: vec![
                column("Vòng", 1, Align::Center),
                column("Số phiếu của từng người", 4, Align::Left),
                column("Phiếu hết lựa chọn", 2, Align::Right),
                column("Bị loại sau vòng", 3, Align::Left),
            ],
            rows: rows.collect(),
        },
    )
}
