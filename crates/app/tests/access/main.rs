//! Access and memory, as a stranger at the edge finds them.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

mod accounts;
mod door;
mod guards;
mod memory;
mod own;
mod terminal;
mod visitor;
