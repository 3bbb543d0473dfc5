//! How large a lesson may be.

/// What is taken at the most. The page has the limits of [`Limits::PAGE`]; who has more time
/// and memory may set others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most samples of a data set.
    pub samples: usize,
    /// The most steps of a run: epochs times samples.
    pub steps: usize,
}

impl Limits {
    /// The limits of the page: 100,000 samples and 1,000,000 steps.
    pub const PAGE: Self = Self { samples: 100_000, steps: 1_000_000 };
}
