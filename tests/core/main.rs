//! The tests of the core, in one binary because every binary is linked anew.
#![allow(missing_docs, clippy::unwrap_used)]

mod autodiff;
mod calculus;
mod compiled;
mod dual;
mod export;
mod fates;
mod formula;
mod functions;
mod generate;
mod landscape;
mod learn;
mod numbers;
mod optimizers;
mod support;
mod tensors;
mod trace;
mod training;
mod verdict;
