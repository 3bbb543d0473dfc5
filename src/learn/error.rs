//! Errors of a lesson, and the setting that is wrong.

use std::fmt;

use super::{Kind, Limits, MAX_COLUMNS, MethodOption, OPTIMIZERS, SCHEDULES};
use crate::autodiff::engine;
use crate::formula;
use crate::number::{counted, repr};

/// The settings of a lesson that can be wrong, with the page's names for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The program.
    Model,
    /// The samples.
    Data,
    /// The learning rate.
    Lr,
    /// The initial values of the parameters.
    Init,
    /// The number of epochs.
    Epochs,
    /// The number of samples in a step.
    Batch,
    /// The rule that moves the parameters.
    Optimizer,
    /// An option of the optimizer or of the schedule.
    Option(&'static str),
    /// How the learning rate changes.
    Schedule,
    /// The seed of the shuffling.
    Seed,
}

impl Field {
    /// The name of the attribute, the URL parameter and the option.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Model => "model",
            Self::Data => "data",
            Self::Lr => "lr",
            Self::Init => "init",
            Self::Epochs => "epochs",
            Self::Batch => "batch",
            Self::Optimizer => "optimizer",
            Self::Option(name) => name,
            Self::Schedule => "schedule",
            Self::Seed => "seed",
        }
    }
}

/// A lesson that can't run. Its `Display` is a sentence for the person who set it up.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The program can't be read.
    Formula(formula::Error),
    /// The program's tensors do not fit together.
    Tensor(String, formula::Span),
    /// A tensor where only numbers can be used, and its place.
    NeedsNumbers(formula::Span),
    /// Every name in the program is a column of the data.
    NoParameter,
    /// A line of the program has the name of a column; the place is the line's.
    DefinedColumn(String, formula::Span),
    /// A column has the name of a constant.
    ConstantColumn(String),
    /// There is no column, or the columns are empty.
    NoData,
    /// Two columns with the same name.
    DuplicateColumn(String),
    /// Columns of different lengths: name and length of both.
    UnequalColumns(String, usize, String, usize),
    /// A number that is not finite: column, row counted from 1, number.
    DataNotFinite(String, usize, f64),
    /// A number that should choose a row or a class: column, row counted from 1, number, and how many
    /// there are.
    Place(String, usize, f64, usize),
    /// More samples than the limit, and the limit.
    TooManySamples(usize, usize),
    /// More columns than [`MAX_COLUMNS`].
    TooManyColumns(usize),
    /// A learning rate that is not a finite number above 0.
    LearningRate(f64),
    /// An initial value for a name that is not a parameter, and the names of the parameters.
    UnknownParameter(String, Vec<String>),
    /// An initial value that is not finite.
    InitialValue(String, f64),
    /// A number of epochs that is not a whole number of at least 1.
    Epochs(f64),
    /// More steps than the limit: epochs, samples, and the limit.
    TooManySteps(f64, usize, usize),
    /// A run whose record would be too long: its epochs, the steps in each, the parameters, and how
    /// many epochs can be recorded.
    LongRecord {
        /// The number of epochs.
        epochs: usize,
        /// The number of steps in each.
        batches: usize,
        /// The number of parameters.
        parameters: usize,
        /// The maximum number of epochs.
        most: usize,
    },
    /// A number of samples in a step that is not a whole number of at least 1.
    Batch(f64),
    /// More samples in a step than there are: batch and samples.
    BatchAboveSamples(f64, usize),
    /// An unknown optimizer.
    UnknownOptimizer(String),
    /// An option that an optimizer does not have: optimizer, option, and its options.
    UnknownOption(String, String, Vec<String>),
    /// An option out of its range, and its value.
    Option(&'static MethodOption, f64),
    /// Nesterov's method without momentum.
    NesterovWithoutMomentum,
    /// An unknown schedule.
    UnknownSchedule(String),
    /// A seed that is not a whole number of 32 bits.
    Seed(f64),
    /// A number of samples to generate that is not a whole number from 1 to the page's limit.
    SampleCount(f64),
    /// A range that is not finite, or noise below 0.
    Recipe,
    /// A name of a formula for which no value is given, and its place.
    MissingValue(String, formula::Span),
}

impl Error {
    /// The setting that is wrong.
    #[must_use]
    pub fn field(&self) -> Field {
        match self {
            Self::Formula(_)
            | Self::Tensor(..)
            | Self::NeedsNumbers(_)
            | Self::NoParameter
            | Self::DefinedColumn(..)
            | Self::MissingValue(..) => Field::Model,
            Self::NoData
            | Self::Place(..)
            | Self::DuplicateColumn(_)
            | Self::ConstantColumn(_)
            | Self::UnequalColumns(..)
            | Self::DataNotFinite(..)
            | Self::TooManySamples(..)
            | Self::TooManyColumns(_)
            | Self::SampleCount(_)
            | Self::Recipe => Field::Data,
            Self::LearningRate(_) => Field::Lr,
            Self::UnknownParameter(..) | Self::InitialValue(..) => Field::Init,
            Self::Epochs(_) | Self::TooManySteps(..) | Self::LongRecord { .. } => Field::Epochs,
            Self::Batch(_) | Self::BatchAboveSamples(..) => Field::Batch,
            Self::UnknownOptimizer(_) | Self::UnknownOption(..) => Field::Optimizer,
            Self::Option(option, _) => Field::Option(option.name),
            Self::NesterovWithoutMomentum => Field::Option("momentum"),
            Self::UnknownSchedule(_) => Field::Schedule,
            Self::Seed(_) => Field::Seed,
        }
    }

    /// The place in the program, if the error has one.
    #[must_use]
    pub fn span(&self) -> Option<formula::Span> {
        match self {
            Self::Formula(error) => Some(error.span),
            Self::Tensor(_, span)
            | Self::NeedsNumbers(span)
            | Self::DefinedColumn(_, span)
            | Self::MissingValue(_, span) => Some(*span),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Formula(error) => error.fmt(f),
            Self::Tensor(message, _) => f.write_str(message),
            Self::NeedsNumbers(_) => formula::ErrorKind::NeedsNumbers.fmt(f),
            Self::NoParameter => {
                f.write_str("there is nothing to train: every name is a column of the data; use one more, such as `w`")
            }
            Self::DefinedColumn(name, _) => {
                write!(f, "`{name}` is a column of the data; choose another name for this line")
            }
            Self::NoData => f.write_str("there are no samples; give each column at least one number"),
            Self::DuplicateColumn(name) => write!(f, "the data has two columns with the name `{name}`"),
            Self::ConstantColumn(name) => {
                write!(f, "`{name}` is a constant; choose another name for this column")
            }
            Self::UnequalColumns(first, rows, second, others) => {
                let rows = counted(*rows, "number");
                write!(f, "`{first}` has {rows} but `{second}` has {others}; each sample needs one of each")
            }
            Self::DataNotFinite(name, row, value) => {
                write!(f, "number {row} of `{name}` is {}; data must be finite numbers", repr(*value))
            }
            Self::Place(name, row, value, size) => {
                let (value, last) = (plain(*value), size.saturating_sub(1));
                write!(f, "number {row} of `{name}` is {value}; here it must be a whole number from 0 to {last}")
            }
            Self::TooManySamples(samples, most) => {
                write!(f, "the data has {}; at most {most} are allowed", counted(*samples, "sample"))
            }
            Self::TooManyColumns(columns) => {
                write!(f, "the data has {columns} columns; at most {MAX_COLUMNS} are allowed")
            }
            Self::LearningRate(value) => {
                write!(f, "the learning rate must be a finite number above 0; it is {}", plain(*value))
            }
            Self::UnknownParameter(name, parameters) => {
                write!(f, "`{name}` is not a parameter of this model; its parameters are {}", list(parameters))
            }
            Self::InitialValue(name, value) => {
                write!(f, "the initial `{name}` must be a finite number; it is {}", plain(*value))
            }
            Self::Epochs(value) => {
                write!(f, "the number of epochs must be a whole number of at least 1; it is {}", plain(*value))
            }
            Self::TooManySteps(epochs, samples, most) => {
                let (samples, most) = (counted(*samples, "sample"), most / samples);
                write!(f, "{} epochs are too many; with {samples} at most {most} are run", plain(*epochs))
            }
            Self::LongRecord { epochs, batches, parameters, most } => {
                let (steps, parameters) = (counted(*batches, "step"), counted(*parameters, "parameter"));
                write!(
                    f,
                    "{} with {steps} each are too many, because all {parameters} are kept after every step; ",
                    counted(*epochs, "epoch")
                )?;
                match most {
                    0 => f.write_str("use larger batches or fewer samples"),
                    _ => write!(f, "use at most {most}, or larger batches"),
                }
            }
            Self::Batch(value) => {
                write!(f, "a batch must be a whole number of samples, at least 1; it is {}", plain(*value))
            }
            Self::BatchAboveSamples(batch, samples) => {
                write!(
                    f,
                    "a batch of {} is larger than the data, which has {}",
                    plain(*batch),
                    counted(*samples, "sample")
                )
            }
            Self::UnknownOptimizer(name) => {
                let known: Vec<&str> = OPTIMIZERS.iter().map(|(method, _)| method.name).collect();
                write!(f, "`{name}` is not an optimizer; the optimizers are {}", and(&known))
            }
            Self::UnknownOption(optimizer, option, options) => {
                write!(f, "{optimizer} has no option `{option}`; it has {}", list(options))
            }
            Self::Option(option, value) => write_range(f, option, *value),
            Self::NesterovWithoutMomentum => f.write_str("nesterov needs a momentum above 0, such as 0.9"),
            Self::UnknownSchedule(name) => {
                let known: Vec<&str> = SCHEDULES.iter().map(|method| method.name).collect();
                write!(f, "`{name}` is not a schedule; the schedules are {}", and(&known))
            }
            Self::Seed(value) => {
                write!(f, "the seed must be a whole number from 0 to 4294967295; it is {}", plain(*value))
            }
            Self::SampleCount(value) => {
                let most = Limits::PAGE.samples;
                write!(f, "the number of samples must be a whole number from 1 to {most}; it is {}", plain(*value))
            }
            Self::Recipe => {
                f.write_str("the range must be two finite numbers, and the noise a finite number of at least 0")
            }
            Self::MissingValue(name, _) => write!(f, "`{name}` has no value; give it one"),
        }
    }
}

impl std::error::Error for Error {}

impl From<engine::Error> for Error {
    fn from(error: engine::Error) -> Self {
        // The text alone, so that the first part of the module needs no message about tensors.
        Self::Tensor(error.to_string(), error.span)
    }
}

impl From<formula::Error> for Error {
    fn from(error: formula::Error) -> Self {
        Self::Formula(error)
    }
}

/// A number as a person types it: `-1`, not `-1.0`.
fn plain(value: f64) -> String {
    let text = repr(value);
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// The range of an option, and its value.
fn write_range(f: &mut fmt::Formatter<'_>, option: &MethodOption, value: f64) -> fmt::Result {
    let (name, range, value) = (option.name, option.range.words(), plain(value));
    match option.kind {
        Kind::Pair => write!(f, "both numbers of `{name}` must be {range}; one is {value}"),
        _ => write!(f, "`{name}` must be {range}; it is {value}"),
    }
}

/// `a, b and c`
fn and(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        _ => names.concat(),
    }
}

fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
