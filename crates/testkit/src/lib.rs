//! A season in a box: scratch databases on both engines, small organisations
//! and a whole generated nation, and a client that acts as a stranger at the
//! program's edge. Nothing that is shipped depends on it.
//!
//! Whatever cannot be set up ends the test in one clear line; nothing is
//! skipped silently.

#[cfg(feature = "app")]
pub mod client;
#[cfg(feature = "store")]
pub mod database;
#[cfg(feature = "app")]
pub mod hall;
pub mod history;
pub mod nation;
pub mod org;

#[cfg(feature = "app")]
pub use client::{Answer, Client};
#[cfg(feature = "store")]
pub use database::{Scratch, on_both, on_both_empty, scratch_postgres, scratch_sqlite};
#[cfg(feature = "app")]
pub use hall::Hall;
pub use org::{Plot, day, unit};
#[cfg(feature = "store")]
pub use org::{season, season_of};
