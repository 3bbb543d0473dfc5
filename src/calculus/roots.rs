//! Where a formula is 0: exactly for linear and quadratic factors, otherwise by a search in an
//! interval.

use std::cell::Cell;

use super::evaluate::evaluate_only;
use super::simplify::Simplifier;
use super::{Error, Id, Pool, evaluate, simplify};

/// The interval in which roots are searched for.
pub const SEARCHED: (f64, f64) = (-10.0, 10.0);
/// The number of subintervals that are searched, if the formula is short.
const PARTS: usize = 4_000;
/// The maximum number of operations of a search, without its bisections and with them.
const BUDGET: usize = 300_000;
const BUDGET_WITH_BISECTIONS: usize = 3_000_000;
/// The maximum number of roots that are listed.
const MAX_ROOTS: usize = 50;
/// The highest power whose coefficients are collected.
const MAX_DEGREE: usize = 64;

/// A root.
#[derive(Clone, Debug, PartialEq)]
pub enum Root {
    /// A formula for the root.
    Exact {
        /// The formula.
        value: Id,
        /// Its multiplicity.
        multiplicity: usize,
        /// An expression that must not be negative, if that is not certain.
        real_where: Option<Id>,
    },
    /// A number that was found by bisection, and the interval that brackets it.
    Numeric {
        /// The number.
        value: f64,
        /// The low end of the bracket.
        low: f64,
        /// The high end of the bracket.
        high: f64,
    },
}

/// The roots of a formula.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Roots {
    /// The roots that were found.
    pub found: Vec<Root>,
    /// Whether roots of some factor were only searched for in [`SEARCHED`], so that there may be
    /// more.
    pub searched: bool,
    /// Whether only the first roots are listed, because there are too many or the search takes too
    /// long.
    pub cut: bool,
    /// The names without a value, if the search needed values for them.
    pub missing: Vec<String>,
    /// Whether the formula is 0 everywhere.
    pub everywhere: bool,
}

/// The roots of an expression in a variable. If a factor can't be solved exactly, its roots are
/// searched for with the `values` of the other names.
///
/// # Errors
/// When the expression is too large or can't be simplified.
pub fn roots(pool: &mut Pool, root: Id, variable: Id, values: &[(&str, f64)]) -> Result<Roots, Error> {
    let simple = simplify(pool, root)?.id;
    let mut finder = Finder { simple, variable, values, roots: Roots::default() };
    if pool.as_number(simple) == Some(0.0) {
        finder.roots.everywhere = true;
        return Ok(finder.roots);
    }
    for (base, multiplicity) in Simplifier::new(pool).positive_factors(simple) {
        if finder.roots.found.len() >= MAX_ROOTS {
            finder.roots.cut = true;
            break;
        }
        finder.factor(pool, base, multiplicity)?;
    }
    Ok(finder.roots)
}

struct Finder<'v> {
    simple: Id,
    variable: Id,
    values: &'v [(&'v str, f64)],
    roots: Roots,
}

impl Finder<'_> {
    fn factor(&mut self, pool: &mut Pool, base: Id, multiplicity: usize) -> Result<(), Error> {
        if !contains(pool, base, self.variable) || Simplifier::new(pool).is_never_zero(base) {
            return Ok(());
        }
        let Some(mut coefficients) = Simplifier::new(pool).coefficients(base, self.variable, MAX_DEGREE) else {
            self.search(pool, base);
            return Ok(());
        };
        let lowest = coefficients.iter().position(Option::is_some).unwrap_or_default();
        if lowest > 0 {
            let zero = pool.number(0.0);
            self.exact(pool, zero, lowest * multiplicity, None)?;
        }
        coefficients.drain(..lowest);
        match coefficients.as_slice() {
            [_] => Ok(()),
            [constant, Some(linear)] => self.linear(pool, *constant, *linear, multiplicity),
            [constant, linear, Some(square)] => self.quadratic(pool, [*constant, *linear], *square, multiplicity),
            _ => {
                self.search(pool, base);
                Ok(())
            }
        }
    }

    fn linear(&mut self, pool: &mut Pool, constant: Option<Id>, linear: Id, multiplicity: usize) -> Result<(), Error> {
        let constant = constant.unwrap_or_else(|| pool.number(0.0));
        let fraction = pool.divide(constant, linear);
        let value = pool.negate(fraction);
        self.exact(pool, value, multiplicity, None)
    }

    /// (−b ± √(b² − 4ac)) / 2a
    fn quadratic(&mut self, pool: &mut Pool, [c, b]: [Option<Id>; 2], a: Id, multiplicity: usize) -> Result<(), Error> {
        let [c, b] = [c, b].map(|id| id.unwrap_or_else(|| pool.number(0.0)));
        let discriminant = discriminant(pool, a, b, c)?;
        let known = evaluate(pool, None, &[])[discriminant as usize];
        if known < 0.0 {
            return Ok(());
        }
        let root = pool.call_named("sqrt", discriminant);
        let minus_b = pool.negate(b);
        let two = pool.number(2.0);
        let bottom = pool.times(two, a);
        if known == 0.0 {
            let value = pool.divide(minus_b, bottom);
            return self.exact(pool, value, 2 * multiplicity, None);
        }
        let real_where = known.is_nan().then_some(discriminant);
        for top in [pool.subtract(minus_b, root), pool.plus(minus_b, root)] {
            let value = pool.divide(top, bottom);
            self.exact(pool, value, multiplicity, real_where)?;
        }
        Ok(())
    }

    /// Adds a root to the list, unless the formula is not defined there.
    fn exact(&mut self, pool: &mut Pool, value: Id, multiplicity: usize, real_where: Option<Id>) -> Result<(), Error> {
        let value = simplify(pool, value)?.id;
        let there = pool.substituted(self.simple, self.variable, value);
        let number = evaluate(pool, None, &[])[there as usize];
        let pole = number.is_nan() && !has_names(pool, there) || number.is_infinite();
        if !pole {
            self.roots.found.push(Root::Exact { value, multiplicity, real_where });
        }
        Ok(())
    }

    fn search(&mut self, pool: &Pool, base: Id) {
        let name = pool.as_name(self.variable).unwrap_or_default();
        let known = |other: &str| other == name || self.values.iter().any(|(given, _)| *given == other);
        let missing: Vec<String> = pool.names_in(base).into_iter().filter(|other| !known(other)).collect();
        if !missing.is_empty() {
            self.roots.missing.extend(missing);
            return;
        }
        self.roots.searched = true;
        let nodes = pool.below(base);
        let spent = Cell::new(0);
        let at = |x: f64| {
            spent.set(spent.get() + nodes.len());
            let mut values = self.values.to_vec();
            values.retain(|(given, _)| *given != name);
            values.push((name, x));
            evaluate_only(pool, &nodes, &values)
        };
        let parts = (BUDGET / nodes.len()).clamp(50, PARTS);
        let mut brackets = bracketed(&at, parts);
        let in_time = |_: &Root| spent.get() < BUDGET_WITH_BISECTIONS;
        self.roots.found.extend(brackets.by_ref().take_while(in_time).take(MAX_ROOTS));
        self.roots.cut |= brackets.next().is_some();
    }
}

fn discriminant(pool: &mut Pool, a: Id, b: Id, c: Id) -> Result<Id, Error> {
    let square = pool.square(b);
    let four = pool.number(4.0);
    let product = pool.times(four, a);
    let product = pool.times(product, c);
    let difference = pool.subtract(square, product);
    Ok(simplify(pool, difference)?.id)
}

fn contains(pool: &Pool, id: Id, name: Id) -> bool {
    pool.below(id).binary_search(&name).is_ok()
}

fn has_names(pool: &Pool, id: Id) -> bool {
    !pool.names_in(id).is_empty()
}

/// The roots of a function in the interval: where its sign changes, and where it touches 0.
fn bracketed<'f>(at: &'f impl Fn(f64) -> f64, parts: usize) -> impl Iterator<Item = Root> + 'f {
    let (low, high) = SEARCHED;
    let place = move |part: usize| low + (high - low) * part as f64 / parts as f64;
    // The function has no sign where it is not finite.
    let height = |part| Some(at(place(part))).filter(|height| height.is_finite()).unwrap_or(f64::NAN);
    let heights: Vec<f64> = (0..=parts).map(height).collect();
    let around = move |part: usize| {
        let near = |index: usize| heights.get(index).copied().unwrap_or(f64::NAN);
        [near(part.wrapping_sub(1)), near(part), near(part + 1)]
    };
    (0..=parts).filter_map(move |part| {
        let [before, here, next] = around(part);
        if here == 0.0 {
            let x = place(part);
            return Some(Root::Numeric { value: x, low: x, high: x });
        }
        if here * next < 0.0 {
            return bisected(at, place(part), place(part + 1));
        }
        let lowest = here.abs() <= before.abs() && here.abs() < next.abs();
        let touches = lowest && before * here > 0.0 && here * next > 0.0;
        touches.then(|| touched(at, place(part - 1), place(part + 1))).flatten()
    })
}

/// Bisects an interval at whose ends the signs differ. The sign changes at a pole too, but there
/// the values do not approach 0.
fn bisected(at: &impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> Option<Root> {
    let (start, ends) = (at(low), at(low).abs().max(at(high).abs()));
    for _ in 0..80 {
        let middle = low / 2.0 + high / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if at(middle) * start > 0.0 { low = middle } else { high = middle }
    }
    let value = if at(low).abs() < at(high).abs() { low } else { high };
    (at(value).abs() <= 1e-9 * ends.max(1e-300)).then_some(Root::Numeric { value, low, high })
}

/// The place in an interval where the function is closest to 0, if it is 0 apart from rounding.
fn touched(at: &impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> Option<Root> {
    let ends = at(low).abs().max(at(high).abs());
    for _ in 0..100 {
        let (left, right) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if at(left).abs() < at(right).abs() { high = right } else { low = left }
    }
    let value = low / 2.0 + high / 2.0;
    (at(value).abs() <= 1e-13 * ends).then_some(Root::Numeric { value, low, high })
}
