//! How large a lesson may be.

/// The largest data and the longest run that are accepted. The page uses [`Limits::PAGE`]; other
/// programs may set higher limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The maximum number of samples.
    pub samples: usize,
    /// The maximum number of steps of a run: epochs times samples.
    pub steps: usize,
}

impl Limits {
    /// The limits of the page: 100,000 samples and 1,000,000 steps.
    pub const PAGE: Self = Self { samples: 100_000, steps: 1_000_000 };
}
