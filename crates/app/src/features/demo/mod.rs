//! The five seasons of the demo.
