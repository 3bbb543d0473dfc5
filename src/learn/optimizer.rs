//! How gradients become steps, as `torch.optim` defines it.

use super::{Error, Method};

/// The rules by which parameters are moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Moves against the gradient, plus a moving sum of earlier gradients if there is momentum.
    Sgd,
    /// Divides the gradient by the root of the sum of all squared gradients.
    Adagrad,
    /// Divides the gradient by the root of a moving mean of squared gradients.
    RmsProp,
    /// Uses moving means of the gradient and of its square, both corrected for their start at 0.
    Adam,
    /// The same as Adam, but the weight decay is applied to the parameters and not to the gradient.
    AdamW,
}

/// A rule with its options, which have torch.optim's names. An option that the rule does not have
/// is 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Optimizer {
    /// The rule.
    pub rule: Rule,
    /// How much of the last step is kept, at least 0 and below 1.
    pub momentum: f64,
    /// Whether the gradient is evaluated ahead, along the momentum.
    pub nesterov: bool,
    /// How much of the parameter itself is added to its gradient.
    pub weight_decay: f64,
    /// How much of the mean of squares is kept, at least 0 and below 1.
    pub alpha: f64,
    /// How much of the two means is kept, at least 0 and below 1.
    pub betas: [f64; 2],
    /// The number that keeps a divisor above 0.
    pub eps: f64,
}

/// The table of optimizers.
#[rustfmt::skip]
pub static OPTIMIZERS: [(Method, Rule); 5] = [
    (Method { name: "sgd", label: "SGD", options: &[("momentum", &[0.0]), ("nesterov", &[0.0]), ("weightDecay", &[0.0])] }, Rule::Sgd),
    (Method { name: "adagrad", label: "Adagrad", options: &[("eps", &[1e-10]), ("weightDecay", &[0.0])] }, Rule::Adagrad),
    (Method { name: "rmsprop", label: "RMSprop", options: &[("alpha", &[0.99]), ("eps", &[1e-8]), ("momentum", &[0.0]), ("weightDecay", &[0.0])] }, Rule::RmsProp),
    (Method { name: "adam", label: "Adam", options: &[("betas", &[0.9, 0.999]), ("eps", &[1e-8]), ("weightDecay", &[0.0])] }, Rule::Adam),
    (Method { name: "adamw", label: "AdamW", options: &[("betas", &[0.9, 0.999]), ("eps", &[1e-8]), ("weightDecay", &[0.01])] }, Rule::AdamW),
];

impl Default for Optimizer {
    fn default() -> Self {
        let (momentum, weight_decay, alpha, eps) = (0.0, 0.0, 0.0, 0.0);
        Self { rule: Rule::Sgd, momentum, nesterov: false, weight_decay, alpha, betas: [0.0; 2], eps }
    }
}

impl Optimizer {
    /// The optimizer with this name, and with the options that are given; others have the defaults
    /// of torch.optim. A pair is given by two entries with its name.
    ///
    /// # Errors
    /// When the optimizer is unknown, has no such option, or an option is out of its range.
    pub fn named(name: &str, given: &[(&str, f64)]) -> Result<Self, Error> {
        let row = OPTIMIZERS.iter().find(|(method, _)| method.name == name);
        let (method, rule) = row.ok_or_else(|| Error::UnknownOptimizer(name.to_owned()))?;
        let mut optimizer = Self { rule: *rule, ..Self::default() };
        for (option, place, value) in method.values(given)? {
            optimizer.set(option, place, value);
        }
        if optimizer.nesterov && optimizer.momentum == 0.0 {
            return Err(Error::NesterovWithoutMomentum);
        }
        Ok(optimizer)
    }

    fn set(&mut self, option: &str, place: usize, value: f64) {
        match option {
            "momentum" => self.momentum = value,
            "nesterov" => self.nesterov = value == 1.0,
            "weightDecay" => self.weight_decay = value,
            "alpha" => self.alpha = value,
            "betas" => self.betas[place.min(1)] = value,
            _ => self.eps = value,
        }
    }

    /// The numbers of an option: one, or two of a pair.
    #[must_use]
    pub fn values(&self, option: &str) -> Vec<f64> {
        match option {
            "momentum" => vec![self.momentum],
            "nesterov" => vec![f64::from(self.nesterov)],
            "weightDecay" => vec![self.weight_decay],
            "alpha" => vec![self.alpha],
            "betas" => self.betas.to_vec(),
            _ => vec![self.eps],
        }
    }

    /// Its row of the table.
    #[must_use]
    pub fn method(&self) -> &'static Method {
        let row = OPTIMIZERS.iter().find(|(_, rule)| *rule == self.rule);
        row.map_or(&OPTIMIZERS[0].0, |(method, _)| method)
    }

    /// Whether a step is the learning rate times the gradient and nothing else.
    #[must_use]
    pub fn is_plain(self) -> bool {
        self == Self::default()
    }
}

/// An optimizer with its memory of earlier steps.
#[derive(Clone, Debug)]
pub(super) struct Stepper {
    optimizer: Optimizer,
    /// The moving average of the gradients, for each parameter.
    first: Vec<f64>,
    /// The average or the sum of their squares.
    second: Vec<f64>,
    /// The betas to the power of the number of steps.
    powers: [f64; 2],
    begun: bool,
}

impl Stepper {
    pub(super) fn new(optimizer: Optimizer, parameters: usize) -> Self {
        let memory = vec![0.0; if optimizer.is_plain() { 0 } else { parameters }];
        Self { optimizer, first: memory.clone(), second: memory, powers: [1.0; 2], begun: false }
    }

    pub(super) fn is_plain(&self) -> bool {
        self.first.is_empty()
    }

    /// Moves the parameters by one step.
    #[inline]
    pub(super) fn step(&mut self, rate: f64, weights: &mut [f64], gradients: &[f64]) {
        if self.is_plain() {
            for (weight, &gradient) in weights.iter_mut().zip(gradients) {
                *weight -= rate * gradient;
            }
        } else {
            self.step_with_memory(rate, weights, gradients);
        }
    }

    fn step_with_memory(&mut self, rate: f64, weights: &mut [f64], gradients: &[f64]) {
        let Optimizer { rule, weight_decay, betas, .. } = self.optimizer;
        self.powers = [self.powers[0] * betas[0], self.powers[1] * betas[1]];
        for (index, (weight, &gradient)) in weights.iter_mut().zip(gradients).enumerate() {
            let gradient = match rule {
                Rule::AdamW => {
                    *weight *= 1.0 - rate * weight_decay;
                    gradient
                }
                _ if weight_decay == 0.0 => gradient,
                _ => gradient + weight_decay * *weight,
            };
            *weight -= rate * self.direction(index, gradient);
        }
        self.begun = true;
    }

    /// The direction of the step of one parameter, which is multiplied by the learning rate.
    fn direction(&mut self, index: usize, gradient: f64) -> f64 {
        let Optimizer { rule, momentum, nesterov, alpha, betas, eps, .. } = self.optimizer;
        let (first, second) = (&mut self.first[index], &mut self.second[index]);
        match rule {
            Rule::Sgd => {
                *first = if self.begun { momentum * *first + gradient } else { gradient };
                if nesterov { gradient + momentum * *first } else { *first }
            }
            Rule::Adagrad => {
                *second += gradient * gradient;
                gradient / (second.sqrt() + eps)
            }
            Rule::RmsProp => {
                *second = alpha * *second + (1.0 - alpha) * gradient * gradient;
                *first = momentum * *first + gradient / (second.sqrt() + eps);
                *first
            }
            Rule::Adam | Rule::AdamW => {
                *first = betas[0] * *first + (1.0 - betas[0]) * gradient;
                *second = betas[1] * *second + (1.0 - betas[1]) * gradient * gradient;
                let (mean, square) = (*first / (1.0 - self.powers[0]), *second / (1.0 - self.powers[1]));
                mean / (square.sqrt() + eps)
            }
        }
    }
}
