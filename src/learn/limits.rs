//! How large a lesson may be.

/// The largest data and the longest run that are accepted. The page uses [`Limits::PAGE`]; other
/// programs may set higher limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The maximum number of samples.
    pub samples: usize,
    /// The maximum number of steps of a run: epochs times samples.
    pub steps: usize,
    /// The maximum number of parameters in the record of a run: steps times parameters. Each takes 16
    /// bytes, half of them for its gradient.
    pub recorded: usize,
}

impl Limits {
    /// The limits of the page: 100,000 samples, 1,000,000 steps, and a record of 160 MB.
    pub const PAGE: Self = Self { samples: 100_000, steps: 1_000_000, recorded: 10_000_000 };

    /// The page's limits with another number of steps, which can be recorded if there is one
    /// parameter.
    #[must_use]
    pub fn of_steps(steps: usize) -> Self {
        Self { steps, recorded: steps.max(Self::PAGE.recorded), ..Self::PAGE }
    }
}
