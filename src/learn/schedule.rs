//! How the learning rate changes from epoch to epoch, as `torch.optim.lr_scheduler` defines it.

use std::f64::consts::PI;

use super::{Error, Method};

/// The table of schedules.
pub static SCHEDULES: [Method; 4] = [
    Method { name: "constant", label: "constant", options: &[] },
    Method { name: "step", label: "step", options: &[("stepSize", &[10.0]), ("gamma", &[0.1])] },
    Method { name: "exponential", label: "exponential", options: &[("gamma", &[0.9])] },
    Method { name: "cosine", label: "cosine", options: &[] },
];

/// A schedule of learning rates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Schedule {
    /// The same in every epoch.
    #[default]
    Constant,
    /// Multiplied by `gamma` after every `size` epochs (`StepLR`).
    Step {
        /// The number of epochs with the same learning rate.
        size: usize,
        /// The factor, above 0 and at most 1.
        gamma: f64,
    },
    /// Multiplied by `gamma` after every epoch (`ExponentialLR`).
    Exponential {
        /// The factor, above 0 and at most 1.
        gamma: f64,
    },
    /// Half a cosine wave, from the learning rate at the first epoch to 0 after the last
    /// (`CosineAnnealingLR` with `T_max` = epochs).
    Cosine,
}

impl Schedule {
    /// The schedule with this name and the given options; the others have their defaults. Options
    /// of other schedules are ignored.
    ///
    /// # Errors
    /// When the schedule is unknown, or an option is out of its range.
    pub fn named(name: &str, given: &[(&str, f64)]) -> Result<Self, Error> {
        let method = SCHEDULES.iter().find(|method| method.name == name);
        let method = method.ok_or_else(|| Error::UnknownSchedule(name.to_owned()))?;
        let own: Vec<_> = given.iter().copied().filter(|(option, _)| method.has(option)).collect();
        let values = method.values(&own)?;
        // The last value of an option is the one that was given.
        let value = |name| values.iter().rev().find(|(option, ..)| *option == name).map_or(f64::NAN, |value| value.2);
        Ok(match method.name {
            "step" => Self::Step { size: value("stepSize") as usize, gamma: value("gamma") },
            "exponential" => Self::Exponential { gamma: value("gamma") },
            "cosine" => Self::Cosine,
            _ => Self::Constant,
        })
    }

    /// The learning rate of every epoch. Powers are computed as products, so that any language gets
    /// the same bits.
    #[must_use]
    pub fn rates(self, learning_rate: f64, epochs: usize) -> Vec<f64> {
        let mut rate = learning_rate;
        let mut next = |epoch: usize| {
            rate = match self {
                Self::Step { size, gamma } if epoch > 0 && epoch.is_multiple_of(size) => rate * gamma,
                Self::Exponential { gamma } if epoch > 0 => rate * gamma,
                Self::Cosine => learning_rate * (1.0 + (PI * epoch as f64 / epochs as f64).cos()) / 2.0,
                _ => rate,
            };
            rate
        };
        (0..epochs).map(&mut next).collect()
    }
}
