//! Ballots keyed one by one: through the pages, by several people.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

mod bundles;
mod hall;
mod kill;
mod page;
mod passes;
mod record;
mod rulings;
mod steps;
