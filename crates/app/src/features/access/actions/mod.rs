//! What people do here.

pub mod codes;
pub mod login;
pub mod setup;
