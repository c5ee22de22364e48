//! Browser stories: the built program, a real browser, at the width of a desk
//! and of a phone.

mod browser;
mod import;
mod login;
mod report;
mod stage;
mod wall;
