//! The core against CPython, finite differences and forward mode.
#![allow(clippy::unwrap_used, missing_docs)]

mod number;
mod trace;
