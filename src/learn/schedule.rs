//! How the learning rate changes from epoch to epoch, as `torch.optim.lr_scheduler` defines it.

use std::f64::consts::PI;

use super::Error;

/// A schedule of learning rates.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Schedule {
    /// The same in every epoch.
    #[default]
    Constant,
    /// Times `gamma` after every `size` epochs (`StepLR`).
    Step {
        /// How many epochs are alike.
        size: usize,
        /// The factor, above 0 and at most 1.
        gamma: f64,
    },
    /// Times `gamma` after every epoch (`ExponentialLR`).
    Exponential {
        /// The factor, above 0 and at most 1.
        gamma: f64,
    },
    /// Half a wave of the cosine, from the learning rate at the first epoch to 0 after the last
    /// (`CosineAnnealingLR` with `T_max` = epochs).
    Cosine,
}

impl Schedule {
    /// The schedule with this name: `constant`, `step`, `exponential` or `cosine`.
    ///
    /// # Errors
    /// When there is none with this name, `gamma` is not from above 0 to 1, or `size` is no whole
    /// number from 1.
    pub fn named(name: &str, size: f64, gamma: f64) -> Result<Self, Error> {
        let gamma = if gamma > 0.0 && gamma <= 1.0 { Ok(gamma) } else { Err(Error::Gamma(gamma)) };
        match name {
            "constant" => Ok(Self::Constant),
            "step" if size >= 1.0 && size.fract() == 0.0 => Ok(Self::Step { size: size as usize, gamma: gamma? }),
            "step" => Err(Error::StepSize(size)),
            "exponential" => Ok(Self::Exponential { gamma: gamma? }),
            "cosine" => Ok(Self::Cosine),
            _ => Err(Error::UnknownSchedule(name.to_owned())),
        }
    }

    /// The learning rate of every epoch. Powers are products, so that any language finds their bits.
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
