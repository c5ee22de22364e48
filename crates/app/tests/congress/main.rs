//! The congress of one unit, its report and what waits at home, asked as a
//! stranger at the router.

mod home;
mod officer;
mod report;
mod world;
