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
mod visit;
mod work;

pub use briefing::{Attendance, Briefing, add_briefing, briefings};
pub use charge::{Charge, add_charges, charges, end_charges};
pub use event::{add_event, events, remove_event};
pub use handling::{add_handling, handlings, handlings_of};
pub use instrument::{
    Address, InstrumentRow, acknowledge, add_instrument, address, addresses, chain, instrument,
    instruments, kind_code, kind_of_code, unacknowledged,
};
pub use outlook::{
    DATE_DAYS_BEFORE_DEADLINE, Outlook, plan_of, plans_around, plans_under, units_under,
};
pub use plan::{
    SetApart, add_mark, add_window, issued_windows, marks, marks_of, set_apart, windows,
};
pub use row::{Season, Shape, ShapeLevel, all, insert, load};
pub use visit::{Handled, Visit, VisitFinding, save_visit, visit, visits};
pub use work::{Work, WorkArea, WorkStep, add_work, add_work_step, works};
