//! The papers of opinion and introduction ballots. They say at every place that
//! nobody is elected by them.

use plenum_papers::{Align, Cell, OfficialDocument, Section, Table};
use plenum_rules::voting::ballot::Number;
use plenum_rules::voting::machine::{Listed, Resulted};
use plenum_rules::words::day_sentence;

use super::super::pages::result_said;
use super::list::listed_table;
use super::minutes::{attendance, basis, column, committee, numbered, papers, votes};
use super::{Subject, document, of_presidium, row, said, shown, text};
use crate::shell::elections::Ballot;

/// What a ballot of this purpose is called on paper.
struct Named {
    /// In the heading of its list.
    list: &'static str,
    /// In the heading of its minutes.
    minutes: &'static str,
    /// In the heading of its result.
    result: &'static str,
    /// Who counts, and who heads them.
    counted_by: (&'static str, &'static str),
    /// What it is not.
    nobody: &'static str,
}

const OPINION: Named = Named {
    list: "DANH SÁCH LẤY PHIẾU XIN Ý KIẾN",
    minutes: "BIÊN BẢN KIỂM PHIẾU XIN Ý KIẾN",
    result: "KẾT QUẢ LẤY PHIẾU XIN Ý KIẾN",
    counted_by: ("II. TỔ GIÚP VIỆC KIỂM PHIẾU XIN Ý KIẾN", "Tổ trưởng"),
    nobody: "Phiếu xin ý kiến không phải là phiếu bầu cử; không có người trúng cử.",
};

const INTRODUCTION: Named = Named {
    list: "DANH SÁCH LẤY PHIẾU GIỚI THIỆU",
    minutes: "BIÊN BẢN KIỂM PHIẾU GIỚI THIỆU",
    result: "KẾT QUẢ LẤY PHIẾU GIỚI THIỆU",
    counted_by: ("II. BAN KIỂM PHIẾU", "Trưởng ban"),
    nobody: "Phiếu giới thiệu không phải là phiếu bầu cử; không có người trúng cử, thứ tự chỉ để tham khảo.",
};

fn named(ballot: &Ballot) -> &'static Named {
    if ballot.purpose == "introduction" {
        &INTRODUCTION
    } else {
        &OPINION
    }
}

/// The names.
pub fn list(subject: &Subject<'_>, listed: &Listed) -> OfficialDocument {
    let named = named(subject.ballot);
    let mut paper = document(subject, named.list, subject.about());
    of_presidium(&mut paper);
    let opening = vec![
        named.nobody.to_owned(),
        "Danh sách xếp theo thứ tự tên người, vần A, B, C.".to_owned(),
    ];
    paper.sections = vec![shown("", opening, listed_table(listed, subject.ballot))];
    paper
}

/// The minutes.
pub fn minutes(subject: &Subject<'_>, resulted: &Resulted) -> OfficialDocument {
    let ballot = subject.ballot;
    let named = named(ballot);
    let listed = &resulted.ruled.closed.open.paper.listed;
    let mut paper = document(subject, named.minutes, subject.about());
    paper.sections = vec![
        said(
            "I. CĂN CỨ, DANH SÁCH",
            vec![
                format!("Căn cứ: {}.", basis(&ballot.rules)),
                format!(
                    "Ngày lấy phiếu: {}. Lần thứ: {}.",
                    day_sentence(subject.day()),
                    ballot.round
                ),
                named.nobody.to_owned(),
                format!("Danh sách: {}.", numbered(listed).join("; ")),
            ],
        ),
        committee(ballot, resulted, named.counted_by),
        attendance(subject, resulted),
        papers(ballot, resulted, need(resulted)),
        votes("IV. SỐ PHIẾU CỦA TỪNG NGƯỜI (theo thứ tự trên phiếu)", resulted),
        order("V. KẾT QUẢ", named, resulted),
        said(
            "",
            vec![
                "Biên bản lập thành hai bản như nhau; phiếu được niêm phong, bàn giao đoàn chủ tịch."
                    .to_owned(),
                "T/M ĐOÀN CHỦ TỊCH (ký, ghi rõ họ tên): ................................................"
                    .to_owned(),
            ],
        ),
    ];
    paper
}

/// The result sheet: what is announced.
pub fn result(subject: &Subject<'_>, resulted: &Resulted) -> OfficialDocument {
    let named = named(subject.ballot);
    let mut paper = document(subject, named.result, subject.about());
    let papers = &resulted.outcome.papers;
    let invalid: u64 = papers.invalid.values().sum();
    paper.sections = vec![
        said(
            "",
            vec![
                format!(
                    "Phát ra {}, thu về {}, hợp lệ {}, không hợp lệ {invalid}.",
                    papers.issued, papers.returned, papers.valid
                ),
                need(resulted),
            ],
        ),
        votes("SỐ PHIẾU", resulted),
        order("KẾT QUẢ", named, resulted),
    ];
    paper
}

/// What is needed to be put on the list; nothing where the order is all.
fn need(resulted: &Resulted) -> String {
    let outcome = &resulted.outcome;
    if outcome.need == 0 {
        return "Không có mức phiếu phải đạt.".to_owned();
    }
    format!(
        "Số phiếu cần để được đưa vào danh sách bầu cử: {} (trên {} người có mặt).",
        outcome.need, outcome.denominator.value
    )
}

/// Everybody by votes, and who has the support.
fn order(title: &str, named: &Named, resulted: &Resulted) -> Section {
    let outcome = &resulted.outcome;
    let line = |number: &Number| outcome.lines.get(number.place());
    let supported: Vec<Number> = outcome
        .order
        .iter()
        .copied()
        .filter(|number| line(number).is_some_and(|line| line.passes))
        .collect();
    let mut paragraphs = vec![named.nobody.to_owned()];
    if outcome.need > 0 {
        let names = result_said::names(resulted, &supported).join(", ");
        paragraphs.push(if supported.is_empty() {
            "Không có người đủ số phiếu để được đưa vào danh sách bầu cử.".to_owned()
        } else {
            format!("Đủ số phiếu để được xem xét đưa vào danh sách bầu cử: {names}.")
        });
    }
    paragraphs.push("Thứ tự theo số phiếu từ cao xuống thấp:".to_owned());
    let rows = outcome.order.iter().filter_map(line).map(|line| {
        let votes = i64::try_from(line.votes).unwrap_or(i64::MAX);
        row(vec![
            Cell::Count(line.rank.into()),
            text(result_said::names(resulted, &[line.number]).join("")),
            Cell::Count(votes),
        ])
    });
    shown(
        title,
        paragraphs,
        Table {
            caption: None,
            columns: vec![
                column("Thứ tự", 1, Align::Center),
                column("Họ và tên", 5, Align::Left),
                column("Số phiếu", 2, Align::Right),
            ],
            rows: rows.collect(),
        },
    )
}
