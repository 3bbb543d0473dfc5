//! The options of optimizers and schedules: name, kind, range and meaning.

use super::Error;

/// The kind of an option's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One number.
    Number,
    /// 0 for off or 1 for on.
    Flag,
    /// Two numbers.
    Pair,
}

/// The range of an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// The decay factor of a moving average: at least 0 and below 1.
    Memory,
    /// 0 or 1.
    Switch,
    /// At least 0, and finite.
    NotNegative,
    /// A factor by which the learning rate can't grow: above 0 and at most 1.
    Decay,
    /// A count of epochs.
    Epochs,
}

impl Range {
    /// Whether a number is in the range.
    #[must_use]
    pub fn contains(self, value: f64) -> bool {
        match self {
            Self::Memory => (0.0..1.0).contains(&value),
            Self::Switch => value == 0.0 || value == 1.0,
            Self::NotNegative => value >= 0.0 && value.is_finite(),
            Self::Decay => value > 0.0 && value <= 1.0,
            Self::Epochs => value >= 1.0 && value.is_finite() && value.fract() == 0.0,
        }
    }

    /// The range in words that follow "must be".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Memory => "at least 0 and below 1",
            Self::Switch => "0 or 1",
            Self::NotNegative => "a finite number of at least 0",
            Self::Decay => "above 0 and at most 1",
            Self::Epochs => "a whole number of epochs, at least 1",
        }
    }
}

/// An option of optimizers or schedules.
#[derive(Debug, PartialEq, Eq)]
pub struct MethodOption {
    /// The name in JavaScript; PyTorch writes it with underscores.
    pub name: &'static str,
    /// The kind of its value.
    pub kind: Kind,
    /// Its range.
    pub range: Range,
    /// What it means, in a sentence.
    pub help: &'static str,
}

/// The table of options.
#[rustfmt::skip]
pub static OPTIONS: [MethodOption; 8] = [
    option("momentum", Kind::Number, Range::Memory, "How much of the last step is kept."),
    option("nesterov", Kind::Flag, Range::Switch, "Whether the gradient is evaluated ahead, along the momentum."),
    option("weightDecay", Kind::Number, Range::NotNegative, "How much of the parameter is added to its gradient."),
    option("alpha", Kind::Number, Range::Memory, "How much of the mean of squared gradients is kept."),
    option("betas", Kind::Pair, Range::Memory, "How much is kept of the mean gradient and of the mean of squared gradients."),
    option("eps", Kind::Number, Range::NotNegative, "What is added to a divisor to keep it above 0."),
    option("stepSize", Kind::Number, Range::Epochs, "After how many epochs the learning rate is multiplied by gamma."),
    option("gamma", Kind::Number, Range::Decay, "The factor by which the learning rate is multiplied."),
];

const fn option(name: &'static str, kind: Kind, range: Range, help: &'static str) -> MethodOption {
    MethodOption { name, kind, range, help }
}

/// An optimizer or a schedule: its name, the name that people write, and its options with the
/// defaults of PyTorch.
#[derive(Debug, PartialEq)]
pub struct Method {
    /// The name in settings.
    pub name: &'static str,
    /// The name that people write; for an optimizer it is PyTorch's class.
    pub label: &'static str,
    /// Each option with its default: one number, or the two of a pair.
    pub options: &'static [(&'static str, &'static [f64])],
}

impl Method {
    /// Whether it has an option with this name.
    #[must_use]
    pub fn has(&self, option: &str) -> bool {
        self.options.iter().any(|(name, _)| *name == option)
    }

    /// The options with the given values, or else their defaults, each as name, place in its pair,
    /// and value. A pair is given by two entries with its name.
    ///
    /// # Errors
    /// When an option is not one of this method's, or is out of its range.
    pub(super) fn values<'n>(&self, given: &[(&'n str, f64)]) -> Result<Vec<(&'n str, usize, f64)>, Error>
    where
        'static: 'n,
    {
        let defaults = self.options.iter().flat_map(|(name, values)| values.iter().map(|&value| (*name, value)));
        let mut values = Vec::with_capacity(self.options.len() + given.len());
        for list in [defaults.collect::<Vec<_>>().as_slice(), given] {
            for (index, &(name, value)) in list.iter().enumerate() {
                let place = list[..index].iter().filter(|(earlier, _)| *earlier == name).count();
                self.check(name, value)?;
                values.push((name, place, value));
            }
        }
        Ok(values)
    }

    fn check(&self, name: &str, value: f64) -> Result<(), Error> {
        let unknown = || {
            let known = self.options.iter().map(|(name, _)| (*name).to_owned()).collect();
            Error::UnknownOption(self.name.to_owned(), name.to_owned(), known)
        };
        let option = OPTIONS.iter().find(|option| option.name == name && self.has(name)).ok_or_else(unknown)?;
        if option.range.contains(value) { Ok(()) } else { Err(Error::Option(option, value)) }
    }
}
