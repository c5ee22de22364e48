//! Pages and what they show.

pub mod account;
pub mod accounts;
pub mod audit;
pub mod codes;
mod events;
pub mod login;
pub mod person;
mod roles;
pub mod setup;
pub mod steps;
pub mod tokens;
