//! Elections, asked as a stranger at the router: from a list to signed minutes.

mod meeting;
mod opinion;
mod refusals;
mod rounds;
mod story;
mod trial;
mod world;
