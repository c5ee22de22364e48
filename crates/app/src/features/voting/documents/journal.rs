//! The journal of a keyed count: every key of every pass (R52), so that a reader
//! can find out again what was counted.

use std::collections::BTreeMap;

use plenum_papers::{Align, Cell, OfficialDocument, Section, Table};
use plenum_rules::Actor;
use plenum_rules::voting::ballot::{Ballot as Marked, BallotKind, Layout};
use plenum_rules::voting::keying::{JournalLine, Pressed, print, text as keying_text};
use plenum_rules::voting::machine::{RulingRecord, SheetCount};
use plenum_rules::words::day_table;
use plenum_store::voting::{PassRow, PassState, ResolutionRow};

use super::super::counted::paper_of;
use super::minutes::column;
use super::{Subject, document, row, said, shown, text, voided};
use crate::shell::Clock;
use crate::shell::elections::Ballot;

/// What was keyed, as it is stored.
pub struct Keyed {
    /// Papers in each bundle.
    pub bundles: BTreeMap<i64, i64>,
    pub passes: Vec<PassRow>,
    /// The keys by bundle, pass and attempt.
    pub keys: BTreeMap<(i64, i64, i64), Vec<JournalLine>>,
    /// What third persons read where passes differ.
    pub resolutions: Vec<ResolutionRow>,
    /// People by their log-ins.
    pub names: BTreeMap<String, String>,
}

/// Every key, by bundle, pass and attempt; `clock` knows what time it was there.
pub fn journal(subject: &Subject<'_>, keyed: &Keyed, clock: &Clock) -> OfficialDocument {
    let ballot = subject.ballot;
    let layout = ballot
        .facts
        .election
        .as_it_was()
        .closed()
        .map(|closed| closed.open.paper.definition.layout);
    let mut paper = document(subject, "NHẬT KÝ NHẬP PHIẾU", subject.about());
    let sheets = of_sheets(ballot, &keyed.names);
    let opening = match layout.filter(|_| !keyed.passes.is_empty()) {
        Some(layout) => how_to_read(&layout),
        None => vec!["Phiếu được kiểm bằng bảng tổng hợp, không nhập từng phiếu.".to_owned()],
    };
    paper.sections.extend(voided(subject));
    paper.sections.push(said("", opening));
    if !sheets.is_empty() {
        paper.sections.push(said("Bảng kiểm phiếu", sheets));
    }
    let passes = keyed.passes.iter();
    paper
        .sections
        .extend(passes.map(|pass| of_pass(pass, keyed, layout.as_ref(), clock)));
    if let Some(layout) = layout.filter(|_| !keyed.resolutions.is_empty()) {
        paper.sections.push(third_readings(keyed, &layout, clock));
    }
    let past = of_rulings(&ballot.facts.past_rulings, keyed, layout.as_ref());
    if !past.is_empty() {
        let title = "Kết luận của ban kiểm phiếu trước khi kiểm lại";
        paper.sections.push(said(title, past));
    }
    let rulings = of_rulings(&ballot.facts.rulings, keyed, layout.as_ref());
    if !rulings.is_empty() {
        paper
            .sections
            .push(said("Kết luận của ban kiểm phiếu, theo thứ tự", rulings));
    }
    paper
}

/// What the keys mean on this kind of ballot.
fn how_to_read(layout: &Layout) -> Vec<String> {
    let numbers = match layout.kind {
        BallotKind::StrikeOut => {
            "Chữ số: số thứ tự của người bị gạch tên; 0, 00 hoặc 000: gạch tất cả. Dấu “.” rồi “+” hoặc a–i: bắt đầu từ phiếu đó, chỉ nhập những số khác."
        }
        BallotKind::AgreeDisagree | BallotKind::SingleName => {
            "Chữ số: số thứ tự của người không được đồng ý, ai không được nhập là được đồng ý; “/” trước số: không đánh dấu ô nào; “*” trước số: đánh dấu cả hai ô; 0, 00 hoặc 000: tất cả."
        }
        BallotKind::Ranked => "Chữ số: số thứ tự của từng người, theo thứ tự ưu tiên.",
    };
    vec![
        numbers.to_owned(),
        "Dấu “=”: xong một phiếu; “+”: như phiếu trước; a–i: phiếu mẫu (phím F1 đến F9); “<”: xóa số vừa nhập; “-”: bỏ phiếu đang nhập hoặc phiếu vừa nhập. N: không do ban kiểm phiếu phát; A: ghi thêm tên; W: ký tên, viết thêm; I: nhiều màu mực; O: trường hợp khác; U: dấu không rõ."
            .to_owned(),
        "Mỗi dòng là một phiếu được nhận hoặc bị bỏ; tờ thứ mấy là thứ tự trong tập theo lượt đó; giờ là giờ của phím cuối cùng."
            .to_owned(),
    ]
}

/// `08:05:09`, where the organisation is.
fn second_of(clock: &Clock, micros: i64) -> String {
    let second = micros.div_euclid(1_000_000).rem_euclid(60);
    format!("{}:{second:02}", clock.time_of(micros))
}

/// The keys of a ballot as somebody would type it.
fn typed(layout: &Layout, ballot: &Marked) -> String {
    format!("{}=", keying_text(&print(layout, ballot)))
}

fn of_pass(pass: &PassRow, keyed: &Keyed, layout: Option<&Layout>, clock: &Clock) -> Section {
    let at = (pass.bundle, pass.pass, pass.attempt);
    let lines = keyed.keys.get(&at).map_or(&[][..], Vec::as_slice);
    let title = format!(
        "Tập {}, lượt {}, lần {}: đồng chí {}",
        pass.bundle, pass.pass, pass.attempt, pass.name
    );
    let papers = keyed.bundles.get(&pass.bundle);
    let papers = papers.map_or_else(String::new, |papers| format!(" Tập có {papers} phiếu."));
    let ended = pass.ended_at.map_or_else(String::new, |at| {
        let how = match pass.state {
            PassState::Dropped => "bỏ",
            PassState::Keying | PassState::Finished => "xong",
        };
        format!(", {how} lúc {}", second_of(clock, at))
    });
    let mut paragraphs = vec![format!(
        "Bắt đầu lúc {}, ngày {}{ended}.{papers}",
        second_of(clock, pass.begun_at),
        day_table(clock.day_of(pass.begun_at))
    )];
    paragraphs.extend(
        pass.reason
            .as_ref()
            .map(|reason| format!("Lý do bỏ: {reason}")),
    );
    paragraphs.extend(layout.and_then(|layout| known(pass, layout)));
    if lines.is_empty() {
        return said(&title, paragraphs);
    }
    shown(&title, paragraphs, table(lines, clock))
}

/// The ballots that had a key of their own when the pass began: without them the
/// keys `a` to `i` cannot be read.
fn known(pass: &PassRow, layout: &Layout) -> Option<String> {
    let keys = ('a'..='i').zip(&pass.patterns).map(|(key, marks)| {
        let keys = typed(layout, &Marked::plain(marks.clone()));
        format!("{key} là {keys}")
    });
    let said = keys.collect::<Vec<_>>().join("; ");
    (!said.is_empty()).then(|| format!("Phím mẫu lúc bắt đầu: {said}."))
}

/// One row for each thing that happened, with all keys that led to it.
fn table(lines: &[JournalLine], clock: &Clock) -> Table {
    let mut rows = Vec::new();
    let (mut keys, mut refused) = (String::new(), Vec::new());
    // Papers taken so far: what is cleared would have been the next.
    let mut taken = 0;
    for (place, line) in lines.iter().enumerate() {
        keys.push(char::from(line.key));
        let (paper, did) = match &line.did {
            Pressed::Accepted { position, flagged } => {
                taken = *position;
                let did = match flagged {
                    None => "nhận".to_owned(),
                    Some(code) => format!("nhận, chờ kết luận theo {}", code.0),
                };
                (*position, did)
            }
            Pressed::Undone { position } => {
                taken = position.saturating_sub(1);
                (*position, "bỏ phiếu đã nhận".to_owned())
            }
            Pressed::Cleared => (taken + 1, "bỏ phiếu đang nhập".to_owned()),
            other => {
                if let Pressed::Refused(code) = other {
                    refused.push(format!("phím {} bị từ chối ({code})", line.key));
                }
                if place + 1 < lines.len() {
                    continue;
                }
                (taken + 1, "chưa xong".to_owned())
            }
        };
        refused.push(did);
        let did = std::mem::take(&mut refused).join("; ");
        rows.push(row(vec![
            Cell::Count(paper.into()),
            text(second_of(clock, line.at)),
            text(std::mem::take(&mut keys)),
            text(did),
        ]));
    }
    Table {
        caption: None,
        columns: vec![
            column("Tờ thứ", 2, Align::Right),
            column("Giờ", 3, Align::Center),
            column("Các phím", 7, Align::Left),
            column("Việc", 7, Align::Left),
        ],
        rows,
    }
}

/// What somebody who keyed none of the passes read from the paper.
fn third_readings(keyed: &Keyed, layout: &Layout, clock: &Clock) -> Section {
    let rows = keyed.resolutions.iter().map(|read| {
        let mut keys = read.ballot.as_ref().map_or_else(
            || "không có tờ phiếu này".to_owned(),
            |ballot| typed(layout, ballot),
        );
        if read.dropped {
            keys.push_str(" (đã bỏ cùng một lượt)");
        }
        row(vec![
            Cell::Count(read.bundle),
            Cell::Count(read.slot + 1),
            text(second_of(clock, read.at)),
            text(read.name.clone()),
            text(keys),
        ])
    });
    shown(
        "Người thứ ba đọc lại những chỗ các lượt khác nhau",
        vec!["Chỗ thứ mấy là thứ tự trong tập khi các lượt được đặt cạnh nhau.".to_owned()],
        Table {
            caption: None,
            columns: vec![
                column("Tập", 2, Align::Right),
                column("Chỗ thứ", 2, Align::Right),
                column("Giờ", 3, Align::Center),
                column("Người đọc", 6, Align::Left),
                column("Đọc là", 6, Align::Left),
            ],
            rows: rows.collect(),
        },
    )
}

/// What the committee ruled, in order; the last word on a ballot stands.
fn of_rulings(rulings: &[RulingRecord], keyed: &Keyed, layout: Option<&Layout>) -> Vec<String> {
    rulings
        .iter()
        .map(|ruled| {
            let how = if ruled.ruling.valid {
                "hợp lệ"
            } else {
                "không hợp lệ"
            };
            let paper = paper_of(&keyed.bundles, ruled.place).map_or_else(
                || format!("Phiếu thứ {}", ruled.place + 1),
                |(bundle, place)| format!("Tập {bundle}, tờ thứ {place}"),
            );
            let read = layout.zip(ruled.ruling.meaning.clone());
            let read = read.map_or_else(String::new, |(layout, marks)| {
                format!(", đọc là {}", typed(layout, &Marked::plain(marks)))
            });
            format!(
                "{paper}: {how}, theo {}{read} (đồng chí {}). {}",
                ruled.ruling.criterion.0,
                keyed.names.get(&ruled.by.0).unwrap_or(&ruled.by.0),
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

#[cfg(test)]
mod tests {
    use plenum_rules::Day;
    use plenum_rules::voting::keying::Key;
    use plenum_rules::voting::profile::CriterionCode;

    use super::*;

    const MORNING: i64 = 8 * 3_600_000_000 + 5 * 60_000_000;

    fn cells(keys: &str, did: impl Fn(usize, Key) -> Pressed) -> Vec<Vec<String>> {
        let keys = keys.chars().filter_map(|sign| Key::try_from(sign).ok());
        let lines: Vec<JournalLine> = (1..)
            .zip(keys)
            .map(|(turn, key)| JournalLine {
                turn,
                at: MORNING + i64::from(turn) * 1_000_000,
                key,
                did: did(turn as usize, key),
            })
            .collect();
        let clock = Clock::standing(Day::of(2025, 3, 3).expect("a day"), 0);
        let rows = table(&lines, &clock).rows.into_iter();
        let said = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Count(number) => number.to_string(),
            _ => String::new(),
        };
        rows.map(|row| row.cells.iter().map(said).collect())
            .collect()
    }

    #[test]
    fn a_row_is_a_ballot_with_all_its_keys_whatever_they_are() {
        let accepted = |position, flagged: Option<&str>| Pressed::Accepted {
            position,
            flagged: flagged.map(|code| CriterionCode(code.to_owned())),
        };
        // A ballot; one begun with it; a number nobody has; one dropped, one undone.
        let said = cells("45=.+0809=99<W=12--01", |turn, _| match turn {
            3 => accepted(1, None),
            10 => accepted(2, None),
            12 => Pressed::Refused("E-VOT-33".to_owned()),
            15 => accepted(3, Some("I6")),
            18 => Pressed::Cleared,
            19 => Pressed::Undone { position: 3 },
            _ => Pressed::Typing,
        });
        let expected = [
            ["1", "08:05:03", "45=", "nhận"],
            ["2", "08:05:10", ".+0809=", "nhận"],
            [
                "3",
                "08:05:15",
                "99<W=",
                "phím 9 bị từ chối (E-VOT-33); nhận, chờ kết luận theo I6",
            ],
            ["4", "08:05:18", "12-", "bỏ phiếu đang nhập"],
            ["3", "08:05:19", "-", "bỏ phiếu đã nhận"],
            ["3", "08:05:21", "01", "chưa xong"],
        ];
        assert_eq!(said, expected);
    }
}
