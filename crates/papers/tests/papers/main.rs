//! The crate as a stranger uses it: documents in, files out, and files read back with the programs offices have.

mod ballots;
mod documents;
mod hostile;
mod sheets;
mod specimen;
