//! The same from the terminal.

mod init;
mod typed;

pub use init::Init;
