//! The interface to the browser: handles, plain objects and canvases.
//!
//! Nothing is computed here. Numbers cross the boundary as copies; a mistake in an input is
//! returned as a value that says what is wrong and where.

// Lists of texts, and canvases, cross the boundary as owned copies.
#![allow(clippy::needless_pass_by_value)]

mod calculus;
mod compiled;
mod curve;
mod descent;
mod exercise;
mod fates;
mod graph;
mod handle;
mod landscape;
mod lesson;
mod letters;
mod loops;
mod losses;
mod network;
mod networkscript;
mod notation;
mod number;
mod object;
mod once;
mod operations;
mod options;
mod packed;
mod paper;
mod phase;
mod points;
mod record;
mod report;
mod runs;
mod script;
mod surface;
mod tensors;
mod theme;
mod verdict;
