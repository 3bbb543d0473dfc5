//! Of which degree the output is as a polynomial in some of the variables.

use super::graph::Step;
use super::{Graph, Operation};

/// The degree of a polynomial; nothing for what is not known to be one.
type Degree = Option<u32>;

impl Graph {
    /// The degree of the output as a polynomial in the variables that are marked in `sources`, read
    /// off its operations; nothing where one of them makes no polynomial of what depends on these
    /// variables, as `exp` or a division by them. Terms that cancel are counted: `w^3 - w^3` has
    /// the degree 3 here.
    ///
    /// # Panics
    /// When `sources` is not one flag for each variable.
    #[must_use]
    pub fn degree(&self, sources: &[bool]) -> Option<u32> {
        assert_eq!(sources.len(), self.variables.len());
        let mut degrees: Vec<Degree> = sources.iter().map(|&source| Some(u32::from(source))).collect();
        degrees.resize(self.leaves(), Some(0));
        for step in &self.steps {
            degrees.push(of_step(step, &degrees));
        }
        degrees[self.output()]
    }
}

fn of_step(step: &Step, degrees: &[Degree]) -> Degree {
    let [left, right] = step.inputs.map(|input| degrees[input as usize]);
    match (step.operation, left?, right?) {
        (_, 0, 0) => Some(0),
        (Operation::Identity | Operation::Negate, degree, _) | (Operation::Divide, degree, 0) => Some(degree),
        (Operation::Add | Operation::Subtract, left, right) => Some(left.max(right)),
        (Operation::Multiply, left, right) => Some(left.saturating_add(right)),
        (Operation::PowerOf(exponent), degree, _) => power(degree, exponent),
        _ => None,
    }
}

fn power(degree: u32, exponent: f64) -> Degree {
    // A cast from a float stays within the range of the integer.
    let is_whole = exponent >= 0.0 && exponent.fract() == 0.0;
    is_whole.then(|| degree.saturating_mul(exponent as u32))
}
