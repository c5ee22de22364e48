//! Elections, asked as a stranger at the router: from a list to signed minutes.

mod refusals;
mod rounds;
mod story;
mod world;
