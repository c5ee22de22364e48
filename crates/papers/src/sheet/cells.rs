//! The cells of a worksheet part, as a stream: no grid is ever allocated, only rows with content.

use quick_xml::events::{BytesStart, Event};

use super::number::{self, Shows};
use super::package::{Part, attribute, push_text};
use super::workbook::{Context, unescape_controls};
use super::{Gathering, SheetCell, SheetRefusal};

/// The last row and column of the format.
const LAST_LINE: u32 = 1_048_576;
const LAST_COLUMN: usize = 16_383;

/// The cell being read.
#[derive(Default)]
struct Open {
    column: usize,
    style: Option<usize>,
    kind: String,
    value: Option<String>,
    formula: Option<String>,
}

/// Where the text of the next event belongs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Nothing,
    Value,
    Formula,
}

/// The row being read.
struct Row {
    line: u32,
    next_column: usize,
    cells: Vec<SheetCell>,
}

/// Reads all rows of a worksheet into `gathering`.
pub(super) fn read(
    part: &mut Part,
    context: &Context,
    gathering: &mut Gathering,
) -> Result<(), SheetRefusal> {
    let row = Row {
        line: 0,
        next_column: 0,
        cells: Vec::new(),
    };
    let mut stream = Stream {
        row,
        open: None,
        into: Into::Nothing,
        in_data: false,
        in_aid: false,
    };
    loop {
        let step = match part.next()? {
            Event::Start(tag) => stream.start(&tag),
            Event::End(tag) if tag.local_name().as_ref() == "sheetData" => return Ok(()),
            Event::End(tag) => stream.end(tag.local_name().as_ref(), context, gathering),
            Event::Eof if stream.in_data => Err(Fault::Damaged("it ends within its cells")),
            Event::Eof => Err(Fault::Damaged("it has no cells")),
            event => stream.text(&event),
        };
        step.map_err(|fault| match fault {
            Fault::Damaged(why) => part.damaged(why),
            Fault::Refused(refusal) => refusal,
        })?;
    }
}

/// Where in the worksheet the reader stands.
struct Stream {
    row: Row,
    open: Option<Open>,
    into: Into,
    in_data: bool,
    in_aid: bool,
}

impl Stream {
    fn start(&mut self, tag: &BytesStart) -> Result<(), Fault> {
        match (tag.local_name().as_ref(), &mut self.open) {
            ("sheetData", _) => self.in_data = true,
            ("row", None) if self.in_data => return self.row.begin(tag),
            ("c", None) if self.in_data => self.open = Some(self.row.open(tag)?),
            ("row" | "c", Some(_)) => return Err(Fault::Damaged("a cell stands inside a cell")),
            ("rPh", _) => self.in_aid = true,
            ("v", Some(cell)) => {
                self.into = Into::Value;
                cell.value.get_or_insert_default();
            }
            ("f", Some(cell)) => {
                self.into = Into::Formula;
                cell.formula.get_or_insert_default();
            }
            ("t", Some(cell)) if cell.kind == "inlineStr" && !self.in_aid => {
                self.into = Into::Value;
                cell.value.get_or_insert_default();
            }
            _ => {}
        }
        Ok(())
    }

    fn end(
        &mut self,
        tag: &str,
        context: &Context,
        gathering: &mut Gathering,
    ) -> Result<(), Fault> {
        match tag {
            "row" => {
                let cells = std::mem::take(&mut self.row.cells);
                return gathering.take(self.row.line, cells).map_err(Fault::Refused);
            }
            "c" => {
                if let Some(cell) = self.open.take() {
                    return self.row.close(cell, context, gathering);
                }
            }
            "v" | "f" | "t" => self.into = Into::Nothing,
            "rPh" => self.in_aid = false,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, event: &Event) -> Result<(), Fault> {
        let target = self.open.as_mut().and_then(|cell| match self.into {
            Into::Nothing => None,
            Into::Value => cell.value.as_mut(),
            Into::Formula => cell.formula.as_mut(),
        });
        match target {
            Some(text) => push_text(event, text).map_err(Fault::Damaged),
            None => Ok(()),
        }
    }
}

/// What stopped the reading: damage, to be reported with the name of the part, or a limit.
enum Fault {
    Damaged(&'static str),
    Refused(SheetRefusal),
}

impl Row {
    fn begin(&mut self, tag: &BytesStart) -> Result<(), Fault> {
        let line = match attribute(tag, "r") {
            None => self.line.checked_add(1),
            Some(text) => text.parse().ok(),
        };
        let line = line
            .filter(|line| (1..=LAST_LINE).contains(line))
            .ok_or(Fault::Damaged("a row number is invalid"))?;
        if line <= self.line {
            return Err(Fault::Damaged("its rows are not in order"));
        }
        self.line = line;
        self.next_column = 0;
        self.cells.clear();
        Ok(())
    }

    fn open(&mut self, tag: &BytesStart) -> Result<Open, Fault> {
        let mut cell = Open {
            column: self.next_column,
            ..Open::default()
        };
        let mut attributes = tag.attributes();
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|_| Fault::Damaged("an attribute is malformed"))?;
            let value: &str = &attribute.value;
            match attribute.key.local_name().as_ref() {
                "r" => {
                    cell.column = column_of(value, self.line)
                        .ok_or(Fault::Damaged("a cell reference is invalid"))?;
                }
                "s" => cell.style = value.parse().ok(),
                "t" => value.clone_into(&mut cell.kind),
                _ => {}
            }
        }
        if cell.column < self.next_column || cell.column > LAST_COLUMN {
            return Err(Fault::Damaged("its cells are not in order"));
        }
        self.next_column = cell.column + 1;
        Ok(cell)
    }

    fn close(&mut self, cell: Open, context: &Context, gathering: &Gathering) -> Result<(), Fault> {
        let column = cell.column;
        let Some(content) = self.content(cell, context, gathering)? else {
            return Ok(());
        };
        self.cells.resize(column, SheetCell::Empty);
        self.cells.push(content);
        Ok(())
    }

    /// What the cell holds; `None` when nothing. Checked against the limits before anything is copied.
    fn content(
        &self,
        cell: Open,
        context: &Context,
        gathering: &Gathering,
    ) -> Result<Option<SheetCell>, Fault> {
        let check = |text: &str| {
            gathering
                .check(cell.column, self.line, text)
                .map_err(Fault::Refused)
        };
        if let Some(formula) = cell.formula {
            check(&formula)?;
            return Ok(Some(SheetCell::Formula(formula)));
        }
        let Some(value) = cell.value.filter(|value| !value.is_empty()) else {
            return Ok(None);
        };
        let text = |text: String| -> Result<Option<SheetCell>, Fault> {
            if text.trim().is_empty() {
                return Ok(None);
            }
            check(&text)?;
            Ok(Some(SheetCell::Text(text)))
        };
        match cell.kind.as_str() {
            "s" => {
                let index: Option<usize> = value.trim().parse().ok();
                let shared = index.and_then(|index| context.strings.get(index));
                let shared = shared.ok_or(Fault::Damaged(
                    "a cell refers to a text that does not exist",
                ))?;
                check(shared)?;
                text(shared.clone())
            }
            "str" | "inlineStr" => text(unescape_controls(value)),
            "b" => match value.trim() {
                "1" | "true" => check("").map(|()| Some(SheetCell::Bool(true))),
                "0" | "false" => check("").map(|()| Some(SheetCell::Bool(false))),
                _ => Err(Fault::Damaged("a truth value is invalid")),
            },
            "e" => {
                check(&value)?;
                Ok(Some(SheetCell::Error(value)))
            }
            "d" => {
                check(&value)?;
                let day = value.get(..10).and_then(crate::date::CivilDate::from_iso);
                let midnight = value
                    .get(10..)
                    .is_some_and(|time| time.bytes().all(|b| b"T0:.Z".contains(&b)));
                Ok(Some(
                    day.filter(|_| midnight)
                        .map_or(SheetCell::Text(value), SheetCell::Day),
                ))
            }
            "" | "n" => {
                check(&value)?;
                let decimal = number::plain_decimal(value.trim())
                    .ok_or(Fault::Damaged("a number is invalid"))?;
                let shows = cell
                    .style
                    .and_then(|style| context.styles.get(style))
                    .copied();
                Ok(Some(number::cell(
                    decimal,
                    shows.unwrap_or(Shows::Number),
                    context.from_1904,
                )))
            }
            _ => Err(Fault::Damaged("a cell has an unknown type")),
        }
    }
}

/// The column of a reference such as `C17`, from 0; `None` when it is malformed or names another row than `line`.
fn column_of(reference: &str, line: u32) -> Option<usize> {
    let letters = reference.bytes().take_while(u8::is_ascii_uppercase).count();
    let (letters, digits) = reference.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 || digits.parse::<u32>().ok()? != line {
        return None;
    }
    let column = letters.bytes().fold(0, |column, letter| {
        column * 26 + usize::from(letter - b'A') + 1
    });
    Some(column - 1)
}
