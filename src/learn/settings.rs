//! How a run is set up.

use super::{Error, MAX_STEPS, Model};

/// The value with which a parameter begins when none is given: the deck's guess.
const DEFAULT_INITIAL_VALUE: f64 = 1.0;

/// What a run needs besides the model: checked, so that a run can't fail.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    learning_rate: f64,
    epochs: usize,
    init: Vec<f64>,
}

impl Settings {
    /// Checks the settings of a run of `model`.
    ///
    /// `init` gives initial values by name; a parameter without one begins at 1. The number of
    /// epochs is a float because that is what people type; only a whole number is accepted.
    ///
    /// # Errors
    /// When the learning rate is not a finite number above 0, when the number of epochs is not a
    /// whole number from 1 or the run would pass [`MAX_STEPS`], or when an initial value is not
    /// finite or belongs to no parameter.
    pub fn new(model: &Model, learning_rate: f64, epochs: f64, init: &[(&str, f64)]) -> Result<Self, Error> {
        if !(learning_rate.is_finite() && learning_rate > 0.0) {
            return Err(Error::LearningRate(learning_rate));
        }
        let epochs = check_epochs(epochs, model.samples())?;
        Ok(Self { learning_rate, epochs, init: initial_values(model, init)? })
    }

    /// The learning rate, above 0.
    #[must_use]
    pub fn learning_rate(&self) -> f64 {
        self.learning_rate
    }

    /// How often the run passes over the data, at least once.
    #[must_use]
    pub fn epochs(&self) -> usize {
        self.epochs
    }

    /// The initial value of each of the model's parameters, in its order.
    #[must_use]
    pub fn init(&self) -> &[f64] {
        &self.init
    }
}

fn check_epochs(epochs: f64, samples: usize) -> Result<usize, Error> {
    if !(epochs >= 1.0 && epochs.is_finite() && epochs.fract() == 0.0) {
        return Err(Error::Epochs(epochs));
    }
    if epochs > (MAX_STEPS / samples) as f64 {
        return Err(Error::TooManySteps(epochs, samples));
    }
    Ok(epochs as usize)
}

fn initial_values(model: &Model, init: &[(&str, f64)]) -> Result<Vec<f64>, Error> {
    let parameters = model.parameters();
    let mut values = vec![DEFAULT_INITIAL_VALUE; parameters.len()];
    for &(name, value) in init {
        let Some(index) = parameters.iter().position(|parameter| parameter == name) else {
            return Err(Error::UnknownParameter(name.to_owned(), parameters.to_vec()));
        };
        if !value.is_finite() {
            return Err(Error::InitialValue(name.to_owned(), value));
        }
        values[index] = value;
    }
    Ok(values)
}
