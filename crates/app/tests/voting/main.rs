//! Elections, asked as a stranger at the router: from a list to signed minutes.

mod hostile;
mod kept;
mod meeting;
mod opinion;
mod refusals;
mod rounds;
mod sheets;
mod story;
mod trial;
mod world;
