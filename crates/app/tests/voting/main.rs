//! Elections, asked as a stranger at the router: from a list to signed minutes.

mod hostile;
mod refusals;
mod rounds;
mod sheets;
mod story;
mod world;
