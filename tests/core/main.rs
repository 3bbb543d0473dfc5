//! The tests of the core, in one binary because every binary is linked anew.
#![allow(missing_docs, clippy::unwrap_used)]

mod adjoints;
mod autodiff;
mod batches;
mod browsers;
mod calculus;
mod compiled;
mod dual;
mod export;
mod fates;
mod formula;
mod functions;
mod generate;
mod hostile;
mod landscape;
mod learn;
mod numbers;
mod optimizers;
mod programs;
mod seen;
mod support;
mod tensors;
mod textbook;
mod trace;
mod training;
mod verdict;
