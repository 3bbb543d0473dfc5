//! The one place that knows the browser: handles, plain objects and canvases.
//!
//! Nothing here computes. Numbers cross the boundary as copies; what a person typed wrong comes
//! back as a value that says what and where.

// Lists of texts, and canvases, cross the boundary as owned copies.
#![allow(clippy::needless_pass_by_value)]

mod calculus;
mod curve;
mod exercise;
mod fates;
mod graph;
mod landscape;
mod lesson;
mod notation;
mod number;
mod object;
mod once;
mod options;
mod packed;
mod paper;
mod phase;
mod report;
mod script;
mod surface;
mod tensors;
mod theme;
mod verdict;
