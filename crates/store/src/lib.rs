//! What is remembered: all SQL, for SQLite and PostgreSQL alike.
//!
//! One portable SQL text runs on both engines through [`db::Tx`]; only the
//! migrations know that column types differ. A write is on disk before it is
//! acknowledged, and stands in the same transaction as its audit row.

pub mod access;
pub mod audit;
pub mod board;
pub mod congress;
pub mod db;
mod embedded;
pub mod health;
pub mod keep;
mod opening;
pub mod org;
pub mod progress;
pub mod reach;
mod row;
pub mod schema;
pub mod search;
pub mod season;
pub mod shape;
pub mod voting;
pub mod waiting;

pub use db::{Db, StoreError, Tx};
