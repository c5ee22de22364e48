//! What people do to the tree.

mod change;
mod import;

pub use change::change;
pub use import::{Incoming, KEPT, Taking, confirm, plan, take, upload};
