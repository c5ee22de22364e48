//! The crate as a stranger uses it: documents in, files out, and files read back with the programs offices have.

mod documents;
mod hostile;
mod sheets;
mod specimen;
