//! Gradient descent and backpropagation to hold in your hands.
//!
//! A lesson is a short formula program, data and settings; everything that is shown is a pure
//! function of those three.

pub mod autodiff;
pub mod formula;
pub mod function;
pub mod learn;
pub mod number;
pub mod picture;
#[cfg(target_arch = "wasm32")]
mod web;
