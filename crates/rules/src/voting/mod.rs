//! Elections: lists, ballots, the count, the chain of elections, custody.
//!
//! An election is one office on one paper. Its rules are data
//! ([`profile::ElectionRules`]) pinned when it opens; the count
//! ([`count::count`]) is exact and carries its steps; chance and what the
//! rules leave to people are arguments. `docs/rulebook/voting.md` says every
//! rule and code of this room in words.

pub mod archive;
pub mod attendance;
pub mod ballot;
pub mod chain;
pub mod count;
pub mod custody;
pub mod keying;
pub mod list;
pub mod machine;
pub mod preliminary;
pub mod profile;
mod refusal;
#[cfg(test)]
mod tests;
mod unconfirmed;

pub use refusal::{Refusal, said};
pub use unconfirmed::{Unconfirmed, Uses};
