//! A season: the instruments it rests on, the plans and windows that come from
//! them, the pilots, and what is wrong with the dates people set.
//!
//! `docs/rulebook/season.md` says every code of this room in words.

mod checks;
mod facts;
mod finding;
mod handling;
mod holidays;
mod instrument;
mod leave;
mod redate;
mod refusal;
mod term;
#[cfg(test)]
mod tests;
mod windows;

pub use checks::{check, check_under, check_unit, overdue_after};
pub use facts::{EventId, EventRelation, Facts, OutsideEvent, UnitPlan};
pub use finding::{Finding, FindingCode, Limit, Severity};
pub use handling::{Consent, Handling, outstanding};
pub use holidays::{Holiday, HolidayCalendar, HolidayRules};
pub use instrument::{
    Acknowledgement, Instrument, InstrumentCode, InstrumentFinding, InstrumentKey, InstrumentKind,
    NumberParts, acknowledgement, check_instruments, read_number,
};
pub use leave::{check_new_window, check_withdrawal, said_already};
pub use redate::{Move, NewDays, Redated, redate};
pub use refusal::Refusal;
pub use term::{Term, TermError, Terms, term_end};
pub use windows::{
    Effective, Mark, Marked, Marks, PathWindow, Selector, Window, WindowId, Windows, due_timeline,
    effective,
};
