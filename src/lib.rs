//! Gradient descent and backpropagation, step by step.
//!
//! The basic idea: a lesson is a short formula program, data and settings, and everything that is
//! shown is a pure function of these three.
//!
//! ```
//! use downhill::formula::Program;
//! use downhill::learn::{Column, Data, Model, Settings, Style, Trace, train};
//!
//! let program = Program::parse("y_hat = x*w\ns = y_hat - y\nloss = s^2")?;
//! let column = |name: &str, values: [f64; 3]| Column::numbers(name, values);
//! let data = Data::new(vec![column("x", [1.0, 2.0, 3.0]), column("y", [2.0, 4.0, 6.0])])?;
//! let model = Model::new(program, data)?;
//!
//! let settings = Settings::new(&model, 0.01, 10.0, &[("w", 1.0)])?;
//! let run = train(&model, &settings);
//! assert_eq!(run.gradients()[..3], [-2.0, -7.84, -16.2288]);
//!
//! let trace = Trace::new(&model, &run, Style::Rounded).text();
//! assert!(trace.ends_with("predict (after training) 4 hours 7.80\n"));
//!
//! // Any moment of the run can be computed again from its record: here sample 0 before the first step.
//! let passes = model.at(0, run.parameters_before(0));
//! let w = model.graph().find("w").unwrap_or_default();
//! assert_eq!((passes.values[w], passes.gradients[w]), (1.0, -2.0));
//! # Ok::<(), downhill::learn::Error>(())
//! ```
//!
//! # The map
//!
//! Each module uses only those above it.
//!
//! - [`number`]: how numbers are written
//! - [`function`]: the table of elementary functions
//! - [`formula`]: converts text to a program and back
//! - [`autodiff`]: the graph of a program, and its two passes
//! - [`calculus`]: derivatives with their steps, simplification, roots
//! - [`learn`]: data, training, the run and its trace
//! - [`picture`]: the loss curve, the landscape and the graph, on any backend of plotters
//! - [`export`]: a run as a Python program
//! - `web`: the interface to the browser, compiled for `wasm32` only

pub mod autodiff;
pub mod calculus;
pub mod export;
pub mod formula;
pub mod function;
pub mod learn;
pub mod number;
pub mod picture;
#[cfg(target_arch = "wasm32")]
mod web;
