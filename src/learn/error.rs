//! What is wrong with a lesson, and in which of its settings.

use std::fmt;

use super::{MAX_COLUMNS, MAX_SAMPLES, MAX_STEPS};
use crate::formula;
use crate::number::repr;

/// The settings of a lesson that can be wrong, by the names that the page gives them.
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
        }
    }
}

/// A lesson that can't run. Its `Display` is a sentence for the person who set it up.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    /// The program can't be read.
    Formula(formula::Error),
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
    /// More samples than [`MAX_SAMPLES`].
    TooManySamples(usize),
    /// More columns than [`MAX_COLUMNS`].
    TooManyColumns(usize),
    /// A learning rate that is not a finite number above 0.
    LearningRate(f64),
    /// An initial value for a name that is no parameter, and the parameters that there are.
    UnknownParameter(String, Vec<String>),
    /// An initial value that is not finite.
    InitialValue(String, f64),
    /// A number of epochs that is not a whole number from 1.
    Epochs(f64),
    /// More steps than [`MAX_STEPS`]: epochs and samples.
    TooManySteps(f64, usize),
    /// A name of a formula for which no value is given, and its place.
    MissingValue(String, formula::Span),
}

impl Error {
    /// The setting that is wrong.
    #[must_use]
    pub fn field(&self) -> Field {
        match self {
            Self::Formula(_) | Self::NoParameter | Self::DefinedColumn(..) | Self::MissingValue(..) => Field::Model,
            Self::NoData
            | Self::DuplicateColumn(_)
            | Self::ConstantColumn(_)
            | Self::UnequalColumns(..)
            | Self::DataNotFinite(..)
            | Self::TooManySamples(_)
            | Self::TooManyColumns(_) => Field::Data,
            Self::LearningRate(_) => Field::Lr,
            Self::UnknownParameter(..) | Self::InitialValue(..) => Field::Init,
            Self::Epochs(_) | Self::TooManySteps(..) => Field::Epochs,
        }
    }

    /// The place in the program, where the program is wrong at one.
    #[must_use]
    pub fn span(&self) -> Option<formula::Span> {
        match self {
            Self::Formula(error) => Some(error.span),
            Self::DefinedColumn(_, span) | Self::MissingValue(_, span) => Some(*span),
            _ => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Formula(error) => error.fmt(f),
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
                write!(f, "`{first}` has {rows} numbers but `{second}` has {others}; a sample needs one of each")
            }
            Self::DataNotFinite(name, row, value) => {
                write!(f, "number {row} of `{name}` is {}; data must be finite numbers", repr(*value))
            }
            Self::TooManySamples(samples) => {
                write!(f, "the data has {samples} samples; at most {MAX_SAMPLES} are taken")
            }
            Self::TooManyColumns(columns) => {
                write!(f, "the data has {columns} columns; at most {MAX_COLUMNS} are taken")
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
                write!(f, "the number of epochs must be a whole number from 1 on; it is {}", plain(*value))
            }
            Self::TooManySteps(epochs, samples) => {
                let most = MAX_STEPS / samples;
                write!(f, "{} epochs are too many here; with {samples} samples at most {most} are run", plain(*epochs))
            }
            Self::MissingValue(name, _) => write!(f, "`{name}` has no value; give it one"),
        }
    }
}

impl std::error::Error for Error {}

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

fn list(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
