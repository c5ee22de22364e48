//! What every feature stands on.

pub mod act;
pub mod asked;
pub mod assets;
pub mod ballot_paper;
pub mod brake;
pub mod clock;
pub mod door;
pub mod dress;
pub mod election_rules;
pub mod elections;
pub mod figures;
pub mod finding;
pub mod language;
pub mod names;
pub mod page;
pub mod place;
pub mod problem;
pub mod profiles;
pub mod reporting;
pub mod routes;
pub mod scopes;
pub mod secrets;
pub mod sentence;
pub mod server;
pub mod units;
pub mod visitor;

pub use act::{App, Cx, Look, act, look};
pub use clock::Clock;
pub use language::{Lang, Words};
pub use page::Chrome;
pub use place::Place;
pub use problem::Problem;
pub use routes::{Guard, Routes};
pub use visitor::{Visitor, Who};
