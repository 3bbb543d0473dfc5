//! Gradient descent and backpropagation to hold in your hands.

pub mod number;
pub mod picture;
#[cfg(target_arch = "wasm32")]
mod web;
