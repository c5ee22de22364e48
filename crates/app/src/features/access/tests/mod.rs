//! Black box: through the router.

mod door;
mod visitor;
