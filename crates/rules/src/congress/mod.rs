//! The congress of one unit: dated facts, and the state they make.
//!
//! The record is a list of facts, each with the day it belongs to. Nothing is
//! overwritten: a report that was returned stays in the list and no longer
//! counts. The state on a day is read from the facts; `docs/machines/congress.md`
//! draws it.

mod facts;
mod machine;
mod numbers;
mod record;
mod refusal;
mod state;
#[cfg(test)]
mod tests;
mod text;

pub use facts::{Contents, Entry, Fact, Form, Numbers, Planned};
pub use numbers::{check_numbers, form_by_members};
pub use record::Congress;
pub use refusal::Refusal;
pub use state::State;
pub use text::{LONGEST_TEXT, bounded};
