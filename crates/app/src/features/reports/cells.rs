//! Small pieces of the report's tables.

use plenum_papers::{Align, Cell, Column, Row, Table};
use plenum_rules::progress::Counts;
use plenum_store::board::Standing;

use super::document::VI;
use crate::shell::sentence::days;

pub fn column(title: &str, width_weight: u16, align: Align) -> Column {
    Column {
        title: title.to_owned(),
        width_weight,
        align,
    }
}

pub fn table(caption: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    Table {
        caption: Some(caption.to_owned()),
        columns,
        rows,
    }
}

pub fn row(cells: Vec<Cell>) -> Row {
    Row {
        cells,
        emphasis: false,
    }
}

pub fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

pub fn held(counts: &Counts) -> [Cell; 2] {
    let (done, total) = (counts.held(), counts.total());
    [Cell::Ratio { done, total }, Cell::Percent { done, total }]
}

pub fn ordinal(number: usize) -> Cell {
    Cell::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The days it met, or is to meet.
pub fn met_or_planned(own: &Standing) -> String {
    match (own.held, &own.planned) {
        (Some((first, last)), _) => days(VI, first, last),
        (None, Some(planned)) if own.waits() => days(VI, planned.first, planned.last),
        _ => String::new(),
    }
}
