//! Training: data, a model of it, the run of gradient descent, and its printed trace.

mod batch;
mod curvature;
mod data;
mod error;
mod explain;
mod fates;
mod fit;
mod generate;
mod landscape;
mod limits;
mod loss;
mod method;
mod model;
mod network;
mod optimizer;
mod order;
mod run;
mod schedule;
mod settings;
mod trace;
mod training;
mod verdict;

pub use curvature::{Curvature, is_affine};
pub use data::{Column, Data};
pub use error::{Error, Field};
pub use explain::Symbols;
pub use fates::{Atlas, CellFate, Epochs, FATE_LANES, ManyRuns, fates};
pub use fit::{Fit, missing_loss};
pub use generate::{Recipe, generate};
pub use landscape::{Landscape, Range};
pub use limits::Limits;
pub use loss::{epochs_to, mean_losses, settled_ratio};
pub use method::{Kind, Method, MethodOption, OPTIONS, Range as OptionRange};
pub use model::{Model, Parameter};
pub use network::{Initial, Inspected, Network, Plan};
pub use optimizer::{OPTIMIZERS, Optimizer, Rule};
pub use run::Run;
pub use schedule::{SCHEDULES, Schedule};
pub use settings::Settings;
pub(crate) use trace::PROBE;
pub use trace::{Style, Trace};
pub use training::{MachineCode, NoCode, Steps, Training, train};
pub use verdict::{Fate, Interval, Stability, Verdict};

/// The most columns of a data set.
pub const MAX_COLUMNS: usize = 1_000;
