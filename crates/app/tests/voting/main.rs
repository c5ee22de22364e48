//! Elections, asked as a stranger at the router: from a list to signed minutes.

mod access;
mod by_elections;
mod chain;
mod custody;
mod figures;
mod kept;
mod lists;
mod meeting;
mod opinion;
mod organisations;
mod pages_seen;
mod paper_texts;
mod papers;
mod put_right;
mod rounds;
mod sheets;
mod steps;
mod story;
mod trial;
mod void;
mod world;
