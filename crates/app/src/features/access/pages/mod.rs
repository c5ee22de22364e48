//! Pages and what they show.

pub mod login;
pub mod setup;
pub mod steps;
