//! Where everything stands on a ballot paper.

use serde::{Deserialize, Serialize};

use super::names::{LEADING, SMALLEST, SetName, set_name};
use super::{BallotMarks, BallotPaper};
use crate::document::one_line;
use crate::error::PaperError;

/// A rectangle on the paper, from its upper left corner, in hundredths of a millimetre.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Area {
    /// From the left edge of the paper.
    pub x: u32,
    /// From the upper edge of the paper.
    pub y: u32,
    /// Width.
    pub w: u32,
    /// Height.
    pub h: u32,
}

/// A name's row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BallotRow {
    /// The number on the list, from 1.
    pub number: u16,
    /// The size of the letters of the name.
    pub size: u32,
    /// Where the number stands.
    pub number_cell: Area,
    /// Where the name stands, and is struck out.
    pub name_cell: Area,
    /// The cells of the places to mark.
    pub cells: Vec<Area>,
    /// The boxes to mark inside them.
    pub boxes: Vec<Area>,
}

/// One sheet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BallotPage {
    /// The heads of the columns: which, and where.
    pub heads: Vec<(usize, Area)>,
    /// The names on it.
    pub rows: Vec<BallotRow>,
}

/// Where everything stands: kept with the election, so that a scanner can read its papers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BallotLayout {
    /// The paper's width.
    pub width: u32,
    /// The paper's height.
    pub height: u32,
    /// The size of the letters of names on one line.
    pub size: u32,
    /// The four corner marks: upper left, upper right, lower left, lower right.
    pub corners: [Area; 4],
    /// The code that names the election and the layout.
    pub code: Area,
    /// The place for the stamp.
    pub stamp: Area,
    /// The organisation, the title and the subject.
    pub head: Area,
    /// How to vote.
    pub instruction: Area,
    /// The number of the sheet.
    pub foot: Area,
    /// The sheets.
    pub pages: Vec<BallotPage>,
}

const WIDTH: u32 = 21_000;
const HEIGHT: u32 = 29_700;
/// The outer edge of the corner marks: nearer to the paper's edge, flatbed scanners lose them.
const MARGIN: u32 = 1_350;
const CORNER: u32 = 500;
/// The first and the last of what is between the corner marks.
const LEFT: u32 = 2_200;
const RIGHT: u32 = WIDTH - LEFT;
const ROWS_FROM: u32 = 8_000;
const ROWS_UNTIL: u32 = 27_300;
/// The height that columns share.
const ROOM: u32 = ROWS_UNTIL - ROWS_FROM;
const HEADS: u32 = 1_000;
/// What stays free between a box and the lines of its row.
const AROUND: u32 = 100;
/// Names in one column before there are two.
const ONE_COLUMN: usize = 24;
/// Names on one sheet: two columns of 32, with letters of 13 points.
const ONE_SHEET: usize = 64;
const TALLEST_ROW: u32 = 900;
/// Rows of one line are never lower where longer names need the room.
const LOWEST_ROW: u32 = (SMALLEST * 100).div_ceil(LETTERS);
/// Letters fill about four fifths of a row: marks above capitals need the rest.
const LETTERS: u32 = 78;
const GAP: u32 = 400;

/// Where everything stands on the papers of an election.
///
/// # Errors
///
/// [`PaperError::BallotNames`] for a list that is empty or too long, [`PaperError::BallotColumns`] where the heads do not
/// fit the kind of ballot.
pub fn layout(paper: &BallotPaper) -> Result<BallotLayout, PaperError> {
    paper.check()?;
    let names: Vec<String> = paper.names.iter().map(|one| one_line(&one.name)).collect();
    let (grid, on_sheet) = grid(paper.marks, &names);
    let numbers: Vec<u16> = (1..).take(names.len()).collect();
    Ok(BallotLayout {
        width: WIDTH,
        height: HEIGHT,
        size: grid.size,
        corners: corners(),
        code: Area {
            x: RIGHT - 2_400,
            y: 2_000,
            w: 2_400,
            h: 2_400,
        },
        stamp: Area {
            x: LEFT,
            y: 2_000,
            w: 3_600,
            h: 3_600,
        },
        head: Area {
            x: LEFT + 3_800,
            y: 1_800,
            w: WIDTH - 2 * LEFT - 3_800 - 2_600,
            h: 3_700,
        },
        instruction: Area {
            x: LEFT,
            y: 5_680,
            w: WIDTH - 2 * LEFT,
            h: 1_250,
        },
        foot: Area {
            x: LEFT,
            y: 27_500,
            w: WIDTH - 2 * LEFT,
            h: 700,
        },
        pages: numbers
            .chunks(on_sheet)
            .map(|on| grid.page(on, &names))
            .collect(),
    })
}

/// The grid of a list, and how many names are on a sheet. Names of several lines make their rows grow: the others give
/// way as far as they stay readable, then long names have smaller letters on fewer lines, then there is another sheet.
fn grid(marks: BallotMarks, names: &[String]) -> (Grid, usize) {
    let mut sheets = names.len().div_ceil(ONE_SHEET);
    loop {
        let on_sheet = names.len().div_ceil(sheets);
        let columns = if on_sheet <= ONE_COLUMN { 1 } else { 2 };
        let in_column = on_sheet.div_ceil(columns);
        let grid = Grid {
            marks,
            columns,
            in_column,
            row: 0,
            size: 0,
            most_lines: 3,
        };
        let grid = grid.with_rows((ROOM / count(in_column)).min(TALLEST_ROW));
        let denser = Grid {
            most_lines: 2,
            ..grid
        };
        let found = [grid, denser]
            .into_iter()
            .find_map(|grid| grid.settled(names, on_sheet));
        match found {
            Some(grid) => return (grid, on_sheet),
            None if on_sheet == 1 => {
                return (denser.with_rows(LOWEST_ROW), on_sheet);
            }
            None => sheets += 1,
        }
    }
}

fn corners() -> [Area; 4] {
    let at = |x, y| Area {
        x,
        y,
        w: CORNER,
        h: CORNER,
    };
    let (right, lower) = (WIDTH - MARGIN - CORNER, HEIGHT - MARGIN - CORNER);
    [
        at(MARGIN, MARGIN),
        at(right, MARGIN),
        at(MARGIN, lower),
        at(right, lower),
    ]
}

/// A number of things as a length is counted.
fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}

#[derive(Clone, Copy)]
struct Grid {
    marks: BallotMarks,
    columns: usize,
    in_column: usize,
    /// The height of a row of one line.
    row: u32,
    /// The size of letters on one line.
    size: u32,
    /// Lines of a name before its letters shrink.
    most_lines: usize,
}

impl Grid {
    /// With rows so high, and letters as large as fits them.
    fn with_rows(self, row: u32) -> Self {
        let size = row * LETTERS / 100;
        Self { row, size, ..self }
    }

    /// The grid with letters as large as the sheet has room for; `None` where it has none.
    fn settled(self, names: &[String], on_sheet: usize) -> Option<Self> {
        // Letters a fifth smaller for all are better than names on two lines.
        let low = self.with_rows(LOWEST_ROW.max(self.row * 4 / 5));
        let on_one: Vec<bool> = names.iter().map(|name| low.is_one_line(name)).collect();
        let mut grid = self;
        loop {
            let mut named = names.iter().zip(&on_one);
            let wraps = |(name, one): (&String, &bool)| *one && !grid.is_one_line(name);
            let settled = grid.row <= low.row || !named.any(wraps);
            let highest = settled.then(|| grid.highest(names, on_sheet));
            if let Some(highest) = highest.filter(|highest| *highest <= ROOM) {
                // What room is left is the rows'.
                let more = (ROOM - highest) / count(grid.in_column);
                let row = (grid.row + more).min(TALLEST_ROW);
                return Some(Self { row, ..grid });
            }
            if grid.row == LOWEST_ROW {
                return None;
            }
            grid = grid.with_rows(grid.row.saturating_sub(10).max(LOWEST_ROW));
        }
    }

    /// How a name is set in a cell.
    fn set(&self, name: &str) -> SetName {
        set_name(name, self.widths()[1], self.size, self.most_lines)
    }

    /// The widths of a column's cells: number, name, places to mark.
    fn widths(&self) -> Vec<u32> {
        let narrow = self.columns > 1;
        let (number, name, mark) = match (self.marks, narrow) {
            (BallotMarks::StrikeOut, false) => (1_300, 11_500, 0),
            (BallotMarks::StrikeOut, true) => (1_000, 7_100, 0),
            (BallotMarks::AgreeDisagree, false) => (1_300, 9_900, 2_700),
            (BallotMarks::AgreeDisagree, true) => (900, 4_900, 1_150),
            (BallotMarks::Rank, false) => (1_300, 11_500, 3_000),
            (BallotMarks::Rank, true) => (900, 5_600, 1_600),
        };
        let mut widths = vec![number, name];
        widths.resize(2 + self.marks.places(), mark);
        widths
    }

    /// The size of a name's letters, and the height of its row.
    fn of_name(&self, name: &str) -> (u32, u32) {
        let set = self.set(name);
        let lines = count(set.lines.len());
        // One line has its row; each further one needs its leading.
        let taller = self.row - self.size + set.size * (100 + (lines - 1) * LEADING) / 100;
        (set.size, taller.max(self.row))
    }

    fn is_one_line(&self, name: &str) -> bool {
        self.set(name).lines.len() == 1
    }

    /// The height of the highest column.
    fn highest(&self, names: &[String], on_sheet: usize) -> u32 {
        let sheets = names.chunks(on_sheet);
        let columns = sheets.flat_map(|on| on.chunks(self.in_column));
        let heights =
            columns.map(|column| column.iter().map(|name| self.of_name(name).1).sum::<u32>());
        heights.max().unwrap_or(0)
    }

    fn page(&self, numbers: &[u16], names: &[String]) -> BallotPage {
        let widths = self.widths();
        let column_width: u32 = widths.iter().sum();
        let all = column_width * count(self.columns) + GAP * (count(self.columns) - 1);
        let left = (WIDTH - all) / 2;
        let mut page = BallotPage {
            heads: Vec::new(),
            rows: Vec::new(),
        };
        for (column, numbers) in (0..).zip(numbers.chunks(self.in_column)) {
            let x = left + column * (column_width + GAP);
            let heads = cells(&widths, x, ROWS_FROM - HEADS, HEADS);
            page.heads.extend(heads.into_iter().enumerate());
            let mut y = ROWS_FROM;
            for number in numbers {
                let (size, height) = self.of_name(&names[usize::from(*number) - 1]);
                let cells = cells(&widths, x, y, height);
                page.rows.push(row((*number, size), &cells, self.row));
                y += height;
            }
        }
        page
    }
}

fn cells(widths: &[u32], mut x: u32, y: u32, h: u32) -> Vec<Area> {
    let mut cells = Vec::new();
    for w in widths {
        cells.push(Area { x, y, w: *w, h });
        x += w;
    }
    cells
}

/// A row; boxes are as large as in a row of one line.
fn row((number, size): (u16, u32), cells: &[Area], line: u32) -> BallotRow {
    let boxes = cells[2..].iter().map(|cell| {
        let side = (line - 2 * AROUND).min(cell.w - 2 * AROUND).min(650);
        Area {
            x: cell.x + (cell.w - side) / 2,
            y: cell.y + (cell.h - side) / 2,
            w: side,
            h: side,
        }
    });
    BallotRow {
        number,
        size,
        number_cell: cells[0],
        name_cell: cells[1],
        cells: cells[2..].to_vec(),
        boxes: boxes.collect(),
    }
}
