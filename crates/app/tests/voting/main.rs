//! Elections, asked as a stranger at the router: from a list to signed minutes.

mod meeting;
mod opinion;
mod hostile;
mod refusals;
mod rounds;
mod sheets;
mod story;
mod trial;
mod world;
