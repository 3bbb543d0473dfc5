//! Training: data, a model of it, the run of gradient descent, and its printed trace.

mod data;
mod error;
mod explain;
mod loss;
mod model;
mod run;
mod settings;
mod trace;
mod verdict;

pub use data::{Column, Data};
pub use error::{Error, Field};
pub use explain::Symbols;
pub use loss::mean_losses;
pub use model::Model;
pub use run::{Run, train};
pub use settings::Settings;
pub use trace::{Style, Trace};
pub use verdict::{Curvature, Fate, Interval, Verdict, is_affine};

/// The most steps (epochs times samples) of one run.
pub const MAX_STEPS: usize = 1_000_000;

/// The most samples of a data set.
pub const MAX_SAMPLES: usize = 100_000;

/// The most columns of a data set.
pub const MAX_COLUMNS: usize = 1_000;
