//! A run as a program to download: plain Python with both passes written out, and PyTorch.
//!
//! The plain program does the same operations in the same order as the graph, so that CPython
//! prints the page's trace, digit for digit if only `+ - * /`, squares and roots are used (other
//! functions may differ in their last digit from one mathematical library to another).

mod catalog;
mod classifier;
mod helpers;
mod names;
mod network;
mod passes;
mod python;
mod script;
mod torch;
mod update;

pub use self::catalog::catalog;
pub use self::classifier::{Classifier, Masks, Pictures, Samples, Text, classifier};
pub use self::python::python;
pub use self::script::{Mark, Script, ScriptLine};
pub use self::torch::torch;
