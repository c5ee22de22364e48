//! Seasons and what belongs to them: plans, marks, instruments, visits.

mod plan;
mod row;

pub use plan::{SetApart, add_mark, add_window, marks, marks_of, set_apart, windows};
pub use row::{Season, Shape, ShapeLevel, all, insert, load};
