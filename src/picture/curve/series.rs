//! The losses that can be drawn. This is the only place where unsafe numbers are removed.

use super::super::axis::Scale;

/// The losses that can be drawn, in parts without gaps, and the ones left out.
///
/// Every number in it is finite, and on a logarithmic axis greater than 0.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Series {
    /// Points (step, loss) to be joined by a line, one list for each part without a gap.
    pub runs: Vec<Vec<(f64, f64)>>,
    /// The smallest and the largest loss drawn; `None` when nothing can be drawn.
    pub span: Option<(f64, f64)>,
    /// The first step whose loss is NaN or infinite.
    pub broken: Option<usize>,
    /// The steps at which the losses become 0 or less, which a logarithmic axis cannot show.
    pub grounded: Vec<usize>,
}

impl Series {
    /// Selects the losses for an axis; if there are more than two per column, only the smallest and
    /// the largest of each column are kept. Linear in the number of losses.
    pub fn of(losses: &[f64], scale: Scale, columns: usize) -> Self {
        let drawable = |loss: f64| is_drawable(loss, scale);
        let runs = if losses.len() <= 2 * columns.max(1) {
            runs(losses, drawable)
        } else {
            envelope(losses, columns.max(1), drawable)
        };
        Self {
            span: span(&runs),
            runs,
            broken: losses.iter().position(|loss| !loss.is_finite()),
            grounded: grounded(losses, drawable),
        }
    }
}

/// Losses with their steps: all of them, or the smallest and the largest of each column if there
/// are more than two per column. If a run ends with numbers that are not finite, so does the
/// result.
#[must_use]
pub fn thinned(losses: &[f64], columns: usize) -> Vec<(f64, f64)> {
    let series = Series::of(losses, Scale::Linear, columns);
    let broken = series.broken.map(|step| (step as f64, f64::NAN));
    series.runs.into_iter().flatten().chain(broken).collect()
}

/// Whether an axis can show the loss.
pub(super) fn is_drawable(loss: f64, scale: Scale) -> bool {
    loss.is_finite() && (scale == Scale::Linear || loss > 0.0)
}

/// Every drawable loss with its step, divided where one is missing.
fn runs(losses: &[f64], drawable: impl Fn(f64) -> bool) -> Vec<Vec<(f64, f64)>> {
    let points: Vec<_> = losses.iter().enumerate().map(|(k, &loss)| (k as f64, loss)).collect();
    points.split(|&(_, loss)| !drawable(loss)).filter(|run| !run.is_empty()).map(<[_]>::to_vec).collect()
}

/// The smallest and the largest drawable loss of every column, divided where a whole column is
/// empty.
fn envelope(losses: &[f64], columns: usize, drawable: impl Fn(f64) -> bool) -> Vec<Vec<(f64, f64)>> {
    let width = losses.len().div_ceil(columns);
    let extremes: Vec<_> =
        losses.chunks(width).enumerate().map(|(column, chunk)| extremes(chunk, column * width, &drawable)).collect();
    extremes.split(Vec::is_empty).filter(|run| !run.is_empty()).map(<[_]>::concat).collect()
}

/// The smallest and the largest loss of a column in the order of their steps.
fn extremes(losses: &[f64], first: usize, drawable: impl Fn(f64) -> bool) -> Vec<(f64, f64)> {
    let mut points = losses.iter().copied().enumerate().filter(|&(_, loss)| drawable(loss));
    let Some(one) = points.next() else { return Vec::new() };
    let (low, high) = points.fold((one, one), |(low, high), point| {
        (if point.1 < low.1 { point } else { low }, if point.1 >= high.1 { point } else { high })
    });
    let both = if low.0 < high.0 { [low, high] } else { [high, low] };
    let count = if low.0 == high.0 { 1 } else { 2 };
    both[..count].iter().map(|&(k, loss)| ((first + k) as f64, loss)).collect()
}

/// The range of all points.
fn span(runs: &[Vec<(f64, f64)>]) -> Option<(f64, f64)> {
    runs.iter().flatten().fold(None, |span, &(_, loss)| {
        let (low, high) = span.unwrap_or((loss, loss));
        Some((loss.min(low), loss.max(high)))
    })
}

/// The steps at which a series of finite losses that the axis cannot show begins.
fn grounded(losses: &[f64], drawable: impl Fn(f64) -> bool) -> Vec<usize> {
    let hidden = |k: usize| losses[k].is_finite() && !drawable(losses[k]);
    if losses.iter().all(|&loss| drawable(loss)) {
        return Vec::new();
    }
    (0..losses.len()).filter(|&k| hidden(k) && (k == 0 || !hidden(k - 1))).collect()
}
