//! Exact fractions: 1/3 is not rounded to 0.3333333333333333.

/// Every integer up to this one is exactly a double.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// The largest integer that is taken out of a root.
const LARGEST_ROOT: u16 = 1_000;

/// A fraction with a positive integer denominator, in lowest terms if the numerator is an integer
/// too.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ratio {
    pub(super) numerator: f64,
    pub(super) denominator: f64,
}

impl Ratio {
    pub(super) const ZERO: Self = Self { numerator: 0.0, denominator: 1.0 };
    pub(super) const ONE: Self = Self { numerator: 1.0, denominator: 1.0 };
    pub(super) const HALF: Self = Self { numerator: 1.0, denominator: 2.0 };

    /// A number from a formula; 0.5 becomes the fraction 1/2, so that a root is recognised.
    pub(super) fn of(value: f64) -> Self {
        let doubled = if value.fract().abs() == 0.5 { 2.0 } else { 1.0 };
        Self { numerator: value * doubled, denominator: doubled }
    }

    fn reduced(numerator: f64, denominator: f64) -> Self {
        if denominator == 1.0 {
            return Self { numerator: numerator + 0.0, denominator };
        }
        let whole = is_whole(numerator) && is_whole(denominator);
        if !whole || denominator == 0.0 {
            return Self { numerator: numerator / denominator, denominator: 1.0 };
        }
        let shared = greatest_common_divisor(numerator, denominator) * denominator.signum();
        Self { numerator: numerator / shared + 0.0, denominator: denominator / shared }
    }

    pub(super) fn value(self) -> f64 {
        self.numerator / self.denominator
    }

    /// Whether this number is a product or sum that was computed without overflow or underflow.
    pub(super) fn is_sound(self, zero_expected: bool) -> bool {
        self.numerator.is_finite() && (zero_expected || !self.is_zero())
    }

    pub(super) fn is_zero(self) -> bool {
        self.numerator == 0.0
    }

    pub(super) fn is_negative(self) -> bool {
        self.numerator < 0.0
    }

    pub(super) fn is_integer(self) -> bool {
        self.denominator == 1.0 && is_whole(self.numerator)
    }

    pub(super) fn negated(self) -> Self {
        Self { numerator: -self.numerator, ..self }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let top = self.numerator * other.denominator + other.numerator * self.denominator;
        Self::reduced(top, self.denominator * other.denominator)
    }

    pub(super) fn times(self, other: Self) -> Self {
        Self::reduced(self.numerator * other.numerator, self.denominator * other.denominator)
    }

    pub(super) fn over(self, other: Self) -> Self {
        Self::reduced(self.numerator * other.denominator, self.denominator * other.numerator)
    }

    /// The power with an integer exponent, if it is exact.
    pub(super) fn raised(self, exponent: f64) -> Option<Self> {
        if exponent == 1.0 {
            return Some(self);
        }
        if !is_whole(exponent) || exponent.abs() > 64.0 || (self.is_zero() && exponent < 0.0) {
            return None;
        }
        let [top, bottom] = [self.numerator, self.denominator].map(|part| part.powi(exponent.abs() as i32));
        let exact = is_whole(self.numerator) && is_whole(top) && is_whole(bottom);
        let (top, bottom) = if exponent < 0.0 { (bottom, top) } else { (top, bottom) };
        exact.then(|| Self::reduced(top, bottom))
    }

    /// The square root as a number times the root of a smaller integer: √(1/2) is 1/2·√2.
    pub(super) fn root(self) -> Option<(Self, f64)> {
        let inside = self.numerator * self.denominator;
        if !is_whole(inside) || inside < 0.0 {
            return None;
        }
        let divides = |&root: &f64| inside % (root * root) == 0.0;
        let whole = Some(inside.sqrt()).filter(|&root| is_whole(root));
        let outside = whole.or_else(|| (1..=LARGEST_ROOT).rev().map(f64::from).find(divides))?;
        let rest = if inside == 0.0 { 1.0 } else { inside / (outside * outside) };
        Some((Self::reduced(outside, self.denominator), rest))
    }

    /// The largest fraction of which both are integer multiples.
    pub(super) fn shared(self, other: Self) -> Self {
        if !is_whole(self.numerator) || !is_whole(other.numerator) {
            return Self::ONE;
        }
        let top = greatest_common_divisor(self.numerator, other.numerator);
        let multiple =
            self.denominator / greatest_common_divisor(self.denominator, other.denominator) * other.denominator;
        Self::reduced(top, multiple)
    }
}

fn is_whole(x: f64) -> bool {
    x.fract() == 0.0 && x.abs() <= EXACT
}

/// The greatest common divisor of two integers, or 1 for two zeros.
fn greatest_common_divisor(a: f64, b: f64) -> f64 {
    let (mut a, mut b) = (a.abs() as u64, b.abs() as u64);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1) as f64
}
