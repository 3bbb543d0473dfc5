//! The computational graph of a program, and the two sweeps over it.
//!
//! A program is lowered once to a [`Graph`]: leaves first, then operations, each after its inputs.
//! The forward pass walks the operations in that order, the backward pass in reverse; both work in
//! buffers that the caller owns, one number per node, and allocate nothing.

mod degree;
pub mod engine;
mod graph;
mod lower;
mod operation;
mod progress;
mod sweep;
pub mod tensor;

pub use graph::{Graph, Inputs, NodeId};
pub use lower::lower;
pub use operation::Operation;
pub use progress::{Phase, Progress};
pub use sweep::Sweep;
