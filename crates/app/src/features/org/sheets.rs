//! Between the files people send and the sheets the rules read.

use plenum_papers::sheet::{self, Limits, Sheet, SheetCell, SheetRefusal, SheetRow};
use plenum_rules::Day;
use plenum_rules::org::import::{InputCell, InputRow};
use plenum_rules::org::{ImportPlan, Labels, SheetInput, Vocabulary};
use plenum_rules::profile::Profile;
use sha2::{Digest, Sha256};

use crate::shell::Problem;

/// The largest file that is taken, in bytes: 300,000 units are about 14 MB.
pub const MOST_BYTES: u64 = 40_000_000;

/// The levels with their ranks, and the kinds.
#[must_use]
pub fn vocabulary(profile: &Profile) -> Vocabulary {
    Vocabulary {
        ranks: (0_u8..)
            .zip(&profile.levels)
            .map(|(rank, rule)| (rule.code.clone(), rank))
            .collect(),
        kinds: profile.kinds.iter().map(|rule| rule.code.clone()).collect(),
    }
}

/// The words people write for levels and kinds.
#[must_use]
pub fn labels(profile: &Profile) -> Labels {
    let mut labels = Labels::new();
    for rule in &profile.levels {
        for word in [&rule.name_vi, &rule.name_en]
            .into_iter()
            .chain(&rule.words)
        {
            labels = labels.with_level(word, rule.code.clone());
        }
    }
    for rule in &profile.kinds {
        for word in [&rule.name_vi, &rule.name_en]
            .into_iter()
            .chain(&rule.words)
        {
            labels = labels.with_kind(word, rule.code.clone());
        }
    }
    labels
}

/// Reads a file that somebody sent.
///
/// # Errors
/// `E-SHEET-..`, naming the limit, the part, the line or the cell.
pub fn read(bytes: &[u8]) -> Result<SheetInput, Problem> {
    let limits = Limits {
        bytes: MOST_BYTES,
        ..Limits::default()
    };
    sheet::read(bytes, &limits)
        .map(input)
        .map_err(|refusal| refused(&refusal))
}

fn refused(refusal: &SheetRefusal) -> Problem {
    let problem = Problem::field(refusal.code(), "file");
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    match refusal {
        SheetRefusal::TooBig { limit, .. } | SheetRefusal::UnpacksTooBig { limit } => {
            problem.with("limit", number(*limit / 1_000_000))
        }
        SheetRefusal::Damaged { part, .. } | SheetRefusal::DocumentType { part } => {
            problem.with("part", part)
        }
        SheetRefusal::TooManyRows { limit } => problem.with("limit", i64::from(*limit)),
        SheetRefusal::TooManyColumns { at, limit } => {
            problem.with("at", at).with("limit", i64::from(*limit))
        }
        SheetRefusal::CellTooLong { at, limit } => {
            problem.with("at", at).with("limit", i64::from(*limit))
        }
        SheetRefusal::NotUtf8 { line } | SheetRefusal::BadQuoting { line } => {
            problem.with("line", i64::from(*line))
        }
        _ => problem,
    }
}

fn input(sheet: Sheet) -> SheetInput {
    let rows = sheet
        .rows
        .into_iter()
        .map(|row| InputRow {
            line: row.line,
            cells: row.cells.into_iter().map(cell).collect(),
        })
        .collect();
    SheetInput {
        header: sheet.header,
        rows,
    }
}

fn cell(cell: SheetCell) -> InputCell {
    match cell {
        SheetCell::Empty => InputCell::Empty,
        SheetCell::Text(text) => InputCell::Text(text),
        SheetCell::Number(number) => InputCell::Number(number),
        SheetCell::Bool(value) => InputCell::Bool(value),
        SheetCell::Formula(formula) => InputCell::Formula(formula),
        SheetCell::Error(error) => InputCell::Error(error),
        SheetCell::Day(date) => {
            let small = |number: u8| i8::try_from(number).unwrap_or(i8::MAX);
            // A day outside reason stays what was typed, and the rules name the cell.
            Day::of(date.year(), small(date.month()), small(date.day())).map_or_else(
                |_| InputCell::Text(SheetCell::Day(date).as_text()),
                InputCell::Day,
            )
        }
    }
}

/// A cell as it was typed.
#[must_use]
pub fn shown(cell: Option<&InputCell>) -> String {
    match cell {
        None | Some(InputCell::Empty) => String::new(),
        Some(InputCell::Text(text) | InputCell::Number(text) | InputCell::Error(text)) => {
            text.clone()
        }
        Some(InputCell::Day(day)) => plenum_rules::words::day_table(*day),
        Some(InputCell::Formula(formula)) => format!("={formula}"),
        Some(InputCell::Bool(true)) => "TRUE".to_owned(),
        Some(InputCell::Bool(false)) => "FALSE".to_owned(),
    }
}

/// What is exported, as a file is written.
#[must_use]
pub fn output(name: &str, input: SheetInput) -> Sheet {
    let cell = |cell: InputCell| match cell {
        InputCell::Text(text) => SheetCell::Text(text),
        InputCell::Number(number) => SheetCell::Number(number),
        other => match shown(Some(&other)) {
            text if text.is_empty() => SheetCell::Empty,
            text => SheetCell::Text(text),
        },
    };
    Sheet {
        name: name.to_owned(),
        header: input.header,
        rows: input
            .rows
            .into_iter()
            .map(|row| SheetRow {
                line: row.line,
                cells: row.cells.into_iter().map(cell).collect(),
            })
            .collect(),
    }
}

/// A mark of what a plan would do: two equal marks mean the same rows, fates
/// and findings, so that what is written is what was looked at.
#[must_use]
pub fn mark(plan: &ImportPlan) -> String {
    struct Into(Sha256);
    impl std::io::Write for Into {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let mut digest = Into(Sha256::new());
    match serde_json::to_writer(std::io::BufWriter::new(&mut digest), plan) {
        Ok(()) => digest
            .0
            .finalize()
            .iter()
            .take(16)
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        // No plan carries this mark: nothing would be written.
        Err(_) => "-".to_owned(),
    }
}
