//! Access and memory, as a stranger at the edge finds them.

mod accounts;
mod door;
mod guards;
mod memory;
mod own;
mod terminal;
mod visitor;
