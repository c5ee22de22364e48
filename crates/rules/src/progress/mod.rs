//! Progress: how many of how many, on any day, at any node.
//!
//! Every congress contributes to the counters of all units above it. What it
//! contributes is a set of stretches of days ("expected from … to …", "late
//! from the day after its deadline until it met"), so a counter is a series of
//! dated differences and any day, past or future, is read the same way. What
//! depends on the calendar (late, overdue, coming up) turns over at midnight
//! because its turning points were written when the deadline was.

mod ancestry;
mod contribution;
mod deadline;
mod measure;
mod series;
mod stored;

pub use ancestry::{Above, Ancestry, MOST_LEVELS};
pub use contribution::{Contributions, Frame, Subject, contributions, counts_on, recount_on};
pub use deadline::DueFinder;
pub use measure::{Counts, Measure, SOON_DAYS};
pub use series::{Damaged, Facet, GroupKey, Series, Tally};
