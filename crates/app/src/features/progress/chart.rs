//! Planned against actual, as SVG lengths computed here.

use std::fmt::Write as _;

use plenum_rules::Day;
use plenum_rules::progress::Measure;
use plenum_store::board::Board;

use crate::shell::Words;

const WIDTH: i64 = 720;
const HEIGHT: i64 = 260;
const LEFT: i64 = 48;
const RIGHT: i64 = 16;
const TOP: i64 = 20;
const BOTTOM: i64 = 34;

/// A chart ready to be drawn.
pub struct Chart {
    /// Path of the planned line.
    pub plan: String,
    /// Path of the deadline's line.
    pub due: String,
    /// Path of what was held, up to the day.
    pub actual: String,
    /// Horizontal lines: height and label.
    pub grid: Vec<(i64, String)>,
    /// Days along the foot: place, label, and how the label is anchored.
    pub days: Vec<(i64, String)>,
    /// The day looked at.
    pub today: i64,
    /// Its label.
    pub today_text: String,
    /// The data: day, planned, due, held.
    pub rows: Vec<(String, String, String, String)>,
    /// In words.
    pub text: String,
}

struct Scale {
    first: Day,
    days: i64,
    most: i64,
}

impl Scale {
    fn x(&self, day: Day) -> i64 {
        let along = i64::from(day.since(self.first)).clamp(0, self.days);
        LEFT + along * (WIDTH - LEFT - RIGHT) / self.days.max(1)
    }

    fn y(&self, count: i64) -> i64 {
        HEIGHT - BOTTOM - count * (HEIGHT - TOP - BOTTOM) / self.most.max(1)
    }
}

/// Draws a board's course; nothing where there is too little to draw.
pub fn chart(words: Words, board: &Board) -> Option<Chart> {
    let moved = |measure: Measure| {
        board
            .course
            .windows(2)
            .filter(move |pair| pair[0].1[measure] != pair[1].1[measure])
            .map(|pair| pair[1].0)
    };
    let held_days = board
        .course
        .windows(2)
        .filter(|pair| pair[0].1.held() != pair[1].1.held())
        .map(|pair| pair[1].0);
    let days: Vec<Day> = moved(Measure::PlannedBy)
        .chain(moved(Measure::DueBy))
        .chain(held_days)
        .collect();
    let first = days.iter().min()?.plus(-3);
    let last = (*days.iter().max()?).max(first.plus(6)).plus(3);
    let most = board
        .course
        .iter()
        .map(|(_, counts)| counts.total())
        .max()?;
    let scale = Scale {
        first,
        days: i64::from(last.since(first)),
        most,
    };
    let shown = board.day.min(last);
    let line = |value: &dyn Fn(&plenum_rules::progress::Counts) -> i64, until: Day| {
        steps(&scale, board, value, until)
    };
    let main = board.main();
    let values = [
        ("held", words.count(main.held()).into()),
        ("planned", words.count(main[Measure::PlannedBy]).into()),
        ("due", words.count(main[Measure::DueBy]).into()),
        ("total", words.count(main.total()).into()),
        ("day", words.day(board.day).into()),
    ];
    Some(Chart {
        plan: line(&|counts| counts[Measure::PlannedBy], last),
        due: line(&|counts| counts[Measure::DueBy], last),
        actual: if board.day < first {
            String::new()
        } else {
            line(&|counts| counts.held(), shown)
        },
        grid: grid(words, &scale),
        days: feet(words, &scale, first),
        today: scale.x(shown),
        today_text: words.day(board.day),
        rows: rows(words, board, first),
        text: words.say_with("progress-chart-text", &values),
    })
}

fn steps(
    scale: &Scale,
    board: &Board,
    value: &dyn Fn(&plenum_rules::progress::Counts) -> i64,
    until: Day,
) -> String {
    let mut path = String::new();
    let mut height = None;
    let at_start = board
        .course
        .iter()
        .take_while(|(day, _)| *day <= scale.first)
        .last();
    let start = scale.y(at_start.map_or(0, |(_, counts)| value(counts)));
    let _ = write!(path, "M{} {start}", scale.x(scale.first));
    for (day, counts) in board
        .course
        .iter()
        .filter(|(day, _)| *day > scale.first && *day <= until)
    {
        let y = scale.y(value(counts));
        if height != Some(y) {
            let _ = write!(path, "H{}V{y}", scale.x(*day));
            height = Some(y);
        }
    }
    let _ = write!(path, "H{}", scale.x(until));
    path
}

fn grid(words: Words, scale: &Scale) -> Vec<(i64, String)> {
    let rough = (scale.most / 4).max(1);
    let mut step = 1;
    while step < rough {
        step *= if step.to_string().starts_with('2') {
            5
        } else {
            2
        };
        if step.to_string().starts_with('4') {
            step = step / 4 * 5;
        }
    }
    let mut lines: Vec<(i64, String)> = (0..)
        .map(|place| place * step)
        .take_while(|count| *count <= scale.most)
        .map(|count| (scale.y(count), words.count(count)))
        .collect();
    lines.dedup();
    lines
}

fn feet(words: Words, scale: &Scale, first: Day) -> Vec<(i64, String)> {
    (0..5)
        .map(|place| {
            let days = scale.days * place / 4;
            let day = first.plus(i32::try_from(days).unwrap_or(0));
            (scale.x(day), words.day(day))
        })
        .collect()
}

fn rows(words: Words, board: &Board, first: Day) -> Vec<(String, String, String, String)> {
    board
        .course
        .iter()
        .filter(|(day, _)| *day >= first)
        .map(|(day, counts)| {
            let held = if *day <= board.day {
                words.count(counts.held())
            } else {
                "–".to_owned()
            };
            (
                words.day(*day),
                words.count(counts[Measure::PlannedBy]),
                words.count(counts[Measure::DueBy]),
                held,
            )
        })
        .collect()
}
