//! The same from the terminal.

mod account;
mod audit;
mod backup;
mod doctor;
mod init;
mod token;
mod typed;

pub use account::Account;
pub use audit::Audit;
pub use backup::{Backup, Restore};
pub use doctor::Doctor;
pub use init::Init;
pub use token::Token;
