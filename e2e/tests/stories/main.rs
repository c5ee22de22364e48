//! Browser stories: the built program, a real browser, at the width of a desk
//! and of a phone.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

mod browser;
mod elect;
mod import;
mod login;
mod look;
mod plan;
mod report;
mod stage;
mod wall;
