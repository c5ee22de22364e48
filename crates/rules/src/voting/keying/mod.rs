//! Counting by keyboard, ballot by ballot, in two or three independent passes.

mod bundles;
mod compare;
mod entry;
mod keys;

pub use bundles::{Bundle, BundleId, Keying, MOST_PAPERS, Pass, Resolution};
pub use compare::{Slot, line_up};
pub use entry::{Entry, JournalLine, Patterns, Pressed};
pub use keys::{Key, Typed, digits, parse, print, text};
