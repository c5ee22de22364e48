//! The congress of one unit, its report and what waits at home, asked as a
//! stranger at the router.

#![expect(
    clippy::unwrap_used,
    reason = "a test that finds no value has found a fault"
)]

mod home;
mod officer;
mod over;
mod report;
mod world;
