//! The later parts of a report: what is left, what comes, what was elected,
//! what is hard, what is prepared.

use plenum_papers::{Align, Cell, Row};
use plenum_rules::Day;
use plenum_rules::progress::{Measure, SOON_DAYS};
use plenum_rules::words::day_table;
use plenum_store::board::{Board, Remaining};
use plenum_store::season::{Work, WorkArea};

use super::cells::{column, met_or_planned, ordinal, row, short_days, table, text};
use super::document::{Part, VI, civil, number, said, shown};
use super::matter::Matter;
use crate::shell::sentence::state_word;
use crate::shell::{Place, names, profiles};

/// III. Congresses still to be held.
pub fn remaining(board: &Board) -> Part {
    let left: i64 = board.levels.iter().map(|level| level.all.remaining()).sum();
    let sections = match &board.remaining {
        _ if left == 0 => Vec::new(),
        None => vec![said(vec![format!(
            "Còn {} đại hội chưa tổ chức; danh sách cụ thể theo báo cáo của từng đơn vị trực thuộc.",
            number(left)
        )])],
        Some(listed) => {
            let columns = vec![
                column("TT", 11, Align::Center),
                column("Đơn vị", 38, Align::Left),
                column("Trực thuộc", 37, Align::Left),
                column("Dự kiến", 33, Align::Center),
                column("Hạn", 26, Align::Center),
                column("Tình hình, lý do", 32, Align::Left),
            ];
            let rows = listed
                .iter()
                .zip(1..)
                .map(|(each, place)| waiting(each, place, board.day));
            vec![shown(
                vec![format!("Còn {} đại hội chưa tổ chức:", number(left))],
                table("Các đơn vị chưa đại hội", columns, rows.collect()),
            )]
        }
    };
    Part::new("CÁC ĐƠN VỊ CHƯA ĐẠI HỘI", sections)
}

fn waiting(each: &Remaining, place: usize, day: Day) -> Row {
    let own = &each.standing;
    let mut note = state_word(VI, own, day);
    if let Some(reason) = &own.reason {
        note.push_str(&format!(": {reason}"));
    }
    row(vec![
        ordinal(place),
        text(&each.unit.name),
        text(&each.above),
        text(met_or_planned(own)),
        own.due.map_or(Cell::Empty, |due| Cell::Day(civil(due))),
        text(note),
    ])
}

/// IV. What meets within the next days, in the order of days.
pub fn calendar(board: &Board) -> Part {
    let mut soon: Vec<(&Remaining, Day, Day)> = board
        .remaining
        .iter()
        .flatten()
        .filter_map(|each| {
            let planned = each.standing.planned.as_ref()?;
            let near = (0..=SOON_DAYS).contains(&planned.first.since(board.day));
            near.then_some((each, planned.first, planned.last))
        })
        .collect();
    if soon.is_empty() {
        return Part::new("", Vec::new());
    }
    soon.sort_by(|a, b| {
        (a.1, a.2)
            .cmp(&(b.1, b.2))
            .then_with(|| names::order_natural(&a.0.above, &b.0.above))
            .then_with(|| names::order_natural(&a.0.unit.name, &b.0.unit.name))
    });
    let columns = vec![
        column("Ngày", 34, Align::Center),
        column("Đơn vị", 56, Align::Left),
        column("Trực thuộc", 50, Align::Left),
        column("Hạn", 26, Align::Center),
    ];
    let rows = soon.iter().map(|(each, first, last)| {
        row(vec![
            text(short_days(*first, *last)),
            text(&each.unit.name),
            text(&each.above),
            each.standing
                .due
                .map_or(Cell::Empty, |due| Cell::Day(civil(due))),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    let caption = table("Lịch đại hội 14 ngày tới", columns, rows);
    let until = board.day.plus(SOON_DAYS);
    let text = format!(
        "Từ ngày {} đến ngày {}, {} đại hội dự kiến tổ chức:",
        day_table(board.day),
        day_table(until),
        number(i64::try_from(soon.len()).unwrap_or(i64::MAX))
    );
    Part::new("LỊCH ĐẠI HỘI 14 NGÀY TỚI", vec![shown(vec![text], caption)])
}

/// V. Sums of what the units reported.
pub fn elections(place: &Place, board: &Board) -> Part {
    let levels: Vec<_> = board
        .levels
        .iter()
        .rev()
        .filter(|level| level.all[Measure::Convened] > 0)
        .collect();
    if levels.is_empty() {
        return Part::new("", Vec::new());
    }
    let columns = vec![
        column("Cấp", 40, Align::Left),
        column("Có mặt/triệu tập", 32, Align::Right),
        column("Tỷ lệ", 22, Align::Right),
        column("Bầu vào cấp ủy", 24, Align::Right),
        column("Đại biểu dự đại hội cấp trên", 30, Align::Right),
        column("Ý kiến góp ý văn kiện", 26, Align::Right),
    ];
    let rows = levels.iter().map(|level| {
        let counts = &level.all;
        let (done, total) = (counts[Measure::Present], counts[Measure::Convened]);
        row(vec![
            text(profiles::level_name(VI, place.profile, &level.level)),
            Cell::Ratio { done, total },
            Cell::Percent { done, total },
            Cell::Count(counts[Measure::Elected]),
            Cell::Count(counts[Measure::Delegates]),
            Cell::Count(counts[Measure::Opinions]),
        ])
    });
    let table = table("Kết quả bầu cử và thảo luận", columns, rows.collect());
    let intro = "Tổng hợp từ báo cáo của các đơn vị đã đại hội:".to_owned();
    Part::new(
        "KẾT QUẢ BẦU CỬ VÀ THẢO LUẬN",
        vec![shown(vec![intro], table)],
    )
}

/// VI. Difficulties, in the words of those who have them.
pub fn difficulties(board: &Board, matter: &Matter) -> Part {
    let mut paragraphs: Vec<String> = matter
        .difficulties
        .iter()
        .map(|each| {
            let own = each.above.is_empty() || each.above == board.unit.name;
            let above = if own {
                String::new()
            } else {
                format!(" ({})", each.above)
            };
            format!("- {}{above}: {}", each.unit, each.text)
        })
        .collect();
    if matter.cut {
        paragraphs.push(
            "- Khó khăn, vướng mắc của các đơn vị khác theo báo cáo của từng cấp trực thuộc."
                .to_owned(),
        );
    }
    let sections = if matter.difficulties.is_empty() {
        Vec::new()
    } else {
        vec![said(paragraphs)]
    };
    Part::new("KHÓ KHĂN, VƯỚNG MẮC DO CÁC ĐƠN VỊ BÁO CÁO", sections)
}

/// VII. Preparations, by area.
pub fn works(board: &Board, matter: &Matter) -> Part {
    let mut rows = Vec::new();
    for area in WorkArea::ALL {
        let works: Vec<&Work> = matter
            .works
            .iter()
            .filter(|work| work.area == area)
            .collect();
        if works.is_empty() {
            continue;
        }
        rows.push(Row {
            cells: vec![text(area_name(area))],
            emphasis: true,
        });
        rows.extend(works.into_iter().map(|work| preparation(work, board.day)));
    }
    if rows.is_empty() {
        return Part::new("", Vec::new());
    }
    let columns = vec![
        column("Nội dung", 62, Align::Left),
        column("Kết quả", 22, Align::Right),
        column("Tỷ lệ", 22, Align::Right),
        column("Cập nhật", 26, Align::Center),
        column("Ghi chú", 42, Align::Left),
    ];
    let table = table("Công tác chuẩn bị", columns, rows);
    Part::new("CÔNG TÁC CHUẨN BỊ", vec![shown(Vec::new(), table)])
}

fn preparation(work: &Work, day: Day) -> Row {
    let done = work.done_on(day);
    let (result, share) = match work.total {
        None => (Cell::Count(done), Cell::Empty),
        Some(total) => {
            let total = i64::from(total);
            (Cell::Ratio { done, total }, Cell::Percent { done, total })
        }
    };
    let latest = work.latest_on(day);
    row(vec![
        text(&work.title),
        result,
        share,
        latest.map_or(Cell::Empty, |step| Cell::Day(civil(step.day))),
        text(latest.map(|step| step.note.clone()).unwrap_or_default()),
    ])
}

fn area_name(area: WorkArea) -> &'static str {
    match area {
        WorkArea::Documents => "Văn kiện",
        WorkArea::Personnel => "Nhân sự",
        WorkArea::Delegates => "Đại biểu",
        WorkArea::Logistics => "Tổ chức phục vụ",
        WorkArea::Information => "Tuyên truyền",
    }
}
