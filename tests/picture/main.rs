//! The teaching pictures: what they show, and that nothing they are given can spoil them.

#![allow(clippy::unwrap_used)]

mod curve;
mod deck;
mod drawing;
mod graph;
mod hostile;
mod plane;
mod snapshot;
mod theme;
