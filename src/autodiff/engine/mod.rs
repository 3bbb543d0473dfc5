//! Programs of tensors as loops.
//!
//! A program becomes a flat list of [`Statement`]s. Each is a nest of loops that computes one
//! operation for every element of a tensor, or adds up such results. Where an element lies is an
//! [`Access`]: a place that moves by a fixed stride with each loop. Broadcasting, transposing,
//! slicing and the windows of a convolution are nothing but strides, so that a few kinds of
//! statements say everything, and the backward pass consists of the same kinds.
//!
//! A program describes one sample. An executor runs it for many samples at once: each number then
//! has a lane for each sample.

mod access;
mod adjoint;
mod build;
mod code;
pub mod compile;
mod error;
mod executor;
mod gather;
mod interpret;
mod layout;
mod lower;
mod memory;
mod shape;
mod single;
mod statement;
mod strands;

pub use access::{Access, Index};
pub use build::{Builder, OperationInput, OperationNode, Operations, Source, View, operations};
pub use code::{Code, Role, TensorId, TensorInfo};
pub use error::{Error, ErrorKind};
pub use executor::{Executor, Interpreter};
pub use interpret::{Machine, OutOfRange, Precision};
pub use layout::{Layout, Place};
pub use lower::{Lowered, lower, lower_large};
pub use memory::Memory;
pub use shape::{MAX_ELEMENTS, MAX_LARGE, MAX_PASSAGES, MAX_RANK, count, index, written};
pub use statement::{Fold, Start, Statement, Work};
