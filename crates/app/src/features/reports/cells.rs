//! Small pieces of the report's tables.

use plenum_papers::{Align, Cell, Column, Row, Table};
use plenum_rules::Day;
use plenum_rules::progress::Counts;
use plenum_rules::words::day_table;
use plenum_store::board::Standing;

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
        (Some((first, last)), _) => short_days(first, last),
        (None, Some(planned)) if own.waits() => short_days(planned.first, planned.last),
        _ => String::new(),
    }
}

/// "14–15/04/2020": what two days share is written once, as lists do.
pub fn short_days(first: Day, last: Day) -> String {
    let (from, until) = (day_table(first), day_table(last));
    if first == last {
        return until;
    }
    let (a, b) = (first.date(), last.date());
    let kept = match (a.year() == b.year(), a.month() == b.month()) {
        (true, true) => 2,
        (true, false) => 5,
        (false, _) => from.len(),
    };
    format!("{}–{until}", &from[..kept])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_days_share_what_is_the_same() {
        let day = |text| Day::parse(text).unwrap();
        let short = |a, b| short_days(day(a), day(b));
        assert_eq!(short("2020-04-14", "2020-04-14"), "14/04/2020");
        assert_eq!(short("2020-04-14", "2020-04-15"), "14–15/04/2020");
        assert_eq!(short("2020-03-31", "2020-04-01"), "31/03–01/04/2020");
        assert_eq!(short("2020-12-31", "2021-01-01"), "31/12/2020–01/01/2021");
    }
}
