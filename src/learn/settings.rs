//! How a run is set up.

use super::{Error, Limits, Model, Optimizer, Schedule};

/// The initial value of a parameter when none is given: the value that the deck uses.
const DEFAULT_INITIAL_VALUE: f64 = 1.0;

/// The settings of a run. They are checked, so that a run can't fail.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    learning_rate: f64,
    epochs: usize,
    init: Vec<f64>,
    batch: usize,
    optimizer: Optimizer,
    schedule: Schedule,
    shuffle: Option<u32>,
}

impl Settings {
    /// Checks the settings of a run of `model`: one sample at a time, in order, by plain gradient
    /// descent.
    ///
    /// `init` gives initial values by name; a parameter without one begins at 1. The number of
    /// epochs is a float because that is what people type; only a whole number is accepted.
    ///
    /// # Errors
    /// When the learning rate is not a finite number above 0, when the number of epochs is not a
    /// whole number of at least 1, when the run would exceed the page's limit of steps, or when an
    /// initial value is not finite or belongs to no parameter.
    pub fn new(model: &Model, learning_rate: f64, epochs: f64, init: &[(&str, f64)]) -> Result<Self, Error> {
        Self::within(model, learning_rate, epochs, init, Limits::PAGE)
    }

    /// The same with other limits.
    ///
    /// # Errors
    /// Those of [`Settings::new`].
    pub fn within(
        model: &Model,
        learning_rate: f64,
        epochs: f64,
        init: &[(&str, f64)],
        limits: Limits,
    ) -> Result<Self, Error> {
        if !(learning_rate.is_finite() && learning_rate > 0.0) {
            return Err(Error::LearningRate(learning_rate));
        }
        Ok(Self {
            learning_rate,
            epochs: check_epochs(epochs, model.samples(), limits)?,
            init: initial_values(model, init)?,
            batch: 1,
            optimizer: Optimizer::default(),
            schedule: Schedule::default(),
            shuffle: None,
        })
    }

    /// Uses this many samples for a step; the last step of an epoch has the remaining ones.
    ///
    /// # Errors
    /// When the number is not a whole number from 1 to the number of samples.
    pub fn with_batch(self, model: &Model, batch: f64) -> Result<Self, Error> {
        match batch {
            _ if !(batch >= 1.0 && batch.fract() == 0.0) => Err(Error::Batch(batch)),
            _ if batch > model.samples() as f64 => Err(Error::BatchAboveSamples(batch, model.samples())),
            _ => Ok(Self { batch: batch as usize, ..self }),
        }
    }

    /// Refuses a run whose record would take too much memory: it holds every parameter after each
    /// step.
    ///
    /// # Errors
    /// When there are more of them than the limit.
    pub fn with_record_within(self, model: &Model, limits: Limits) -> Result<Self, Error> {
        let (batches, parameters) = (model.samples().div_ceil(self.batch), self.init.len());
        let most = limits.recorded / (batches * parameters).max(1);
        if self.epochs > most {
            return Err(Error::LongRecord { epochs: self.epochs, batches, parameters, most });
        }
        Ok(self)
    }

    /// Moves the parameters by this rule.
    #[must_use]
    pub fn with_optimizer(self, optimizer: Optimizer) -> Self {
        Self { optimizer, ..self }
    }

    /// Changes the learning rate from epoch to epoch.
    #[must_use]
    pub fn with_schedule(self, schedule: Schedule) -> Self {
        Self { schedule, ..self }
    }

    /// Shuffles the samples before each epoch, with this seed.
    #[must_use]
    pub fn with_shuffle(self, seed: u32) -> Self {
        Self { shuffle: Some(seed), ..self }
    }

    /// The learning rate of the first epoch, above 0.
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

    /// How many samples a step takes.
    #[must_use]
    pub fn batch(&self) -> usize {
        self.batch
    }

    /// The rule that moves the parameters.
    #[must_use]
    pub fn optimizer(&self) -> Optimizer {
        self.optimizer
    }

    /// How the learning rate changes.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        self.schedule
    }

    /// The seed of the shuffling, if samples are shuffled.
    #[must_use]
    pub fn shuffle(&self) -> Option<u32> {
        self.shuffle
    }

    /// Whether every step is a fixed learning rate times the gradient, and the samples are taken in
    /// order.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.optimizer.is_plain() && self.schedule == Schedule::Constant && self.shuffle.is_none()
    }
}

fn check_epochs(epochs: f64, samples: usize, limits: Limits) -> Result<usize, Error> {
    if !(epochs >= 1.0 && epochs.is_finite() && epochs.fract() == 0.0) {
        return Err(Error::Epochs(epochs));
    }
    if epochs > (limits.steps / samples) as f64 {
        return Err(Error::TooManySteps(epochs, samples, limits.steps));
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
