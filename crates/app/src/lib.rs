//! What people do: pages and command line over the same actions.
//!
//! `shell` holds what every feature stands on (transactions, who acts, words,
//! pages); each folder of `features` is one noun's room and knows no other.

#[macro_use]
pub mod cli;
pub mod features;
pub mod shell;
