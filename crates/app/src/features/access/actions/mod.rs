//! What people do here.

pub mod codes;
pub mod login;
pub mod memory;
pub mod own;
pub mod people;
pub mod setup;
pub mod tokens;
