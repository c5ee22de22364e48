//! Seasons and what belongs to them: instruments, plans, marks, people in
//! charge, visits, preparations, and what was said about findings.

mod briefing;
mod charge;
mod event;
mod handling;
mod instrument;
mod outlook;
mod plan;
mod row;
mod term;
mod visit;
mod withdrawal;
mod work;

pub use briefing::{Attendance, Briefing, add_briefing, briefings, correct_briefing};
pub use charge::{Charge, add_charges, charges, end_charges, rename_charge};
pub use event::{add_event, correct_event, events};
pub use handling::{add_handling, handlings, handlings_of};
pub use instrument::{
    Address, InstrumentRow, acknowledge, add_instrument, address, addresses, chain,
    correct_instrument, instrument, instruments, kind_code, kind_of_code, unacknowledged,
};
pub use outlook::{
    DATE_DAYS_BEFORE_DEADLINE, Outlook, plan_of, plans_around, plans_under, units_under,
};
pub use plan::{
    SetApart, add_mark, add_window, correct_mark, correct_window, few_marks, issued_windows, marks,
    marks_of, set_apart, windows,
};
pub use row::{Season, Shape, ShapeLevel, all, insert, load, uses_of_level};
pub use term::{
    TermBegun, TermEnds, TermSource, UnitTerm, clear_term, set_term, term_ends, unit_terms,
    unit_terms_of,
};
pub use visit::{Handled, Visit, VisitFinding, save_visit, visit, visits};
pub use withdrawal::{Kept, Withdrawal, redate_withdrawal, restore, withdraw, withdrawals};
pub use work::{
    Work, WorkArea, WorkStep, add_work, add_work_step, correct_work, correct_work_step, works,
};
