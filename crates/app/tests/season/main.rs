//! A season planned, conflicts found and resolved, mended, through the router.

mod addresses;
mod again;
mod dates;
mod mend;
mod over;
mod overdue;
mod plans;
mod records;
mod setup;
mod terms;
mod world;
