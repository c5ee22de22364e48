//! What is true: the rules of a season of congresses of a tiered membership
//! organisation.
//!
//! Everything here is pure: no files, no network, no database, no clock, no
//! dice, no floating point. What day it is and who acts are arguments. The
//! same input gives the same answer on every machine, so that the screen, the
//! minutes and an auditor's recount agree.

pub mod access;
pub mod congress;
pub mod day;
pub mod ids;
pub mod org;
pub mod profile;
pub mod progress;
pub mod season;
pub mod timeline;
pub mod voting;
pub mod words;

pub use day::Day;
pub use ids::{Actor, ElectionId, PersonId, SeasonId, UnitId};
