//! The loss as a landscape over one or two parameters, and the path of a run through it.

use super::points::{Around, Points};
use super::{Model, Run};

/// The maximum number of evaluations of the model for one landscape; of large data only a part is
/// used.
const BUDGET: usize = 400_000;
/// The maximum number of operations for one landscape, in the same way.
const OPERATIONS: usize = 100_000_000;
/// The maximum number of points of a path.
const LONGEST_PATH: usize = 400;
/// The number of points of a curve, and of the cells of a field: columns and rows.
const PLACES: usize = 240;
const FIELD: (usize, usize) = (72, 48);
/// A path is followed while its loss is below this multiple of the first loss.
const HIGHEST: f64 = 20.0;

/// A range of numbers, the smaller one first.
pub type Range = (f64, f64);

/// The parameters on the axes, and the loss.
type Point = (Vec<f64>, f64);
type Path = Vec<Point>;

/// The mean loss of samples around a run, over one parameter or two.
#[derive(Clone, Debug, PartialEq)]
pub struct Landscape {
    /// The parameters that vary, by their places in the model: one or two.
    pub axes: Vec<usize>,
    /// The range of each axis.
    pub ranges: Vec<Range>,
    /// For one parameter, the losses at equally spaced points; for two, the losses at the cells'
    /// centres, in one row for each value of the second.
    pub losses: Vec<f64>,
    /// The number of columns; 0 for a landscape over one parameter.
    pub columns: usize,
    /// The path: the parameters on the axes, and the loss, before steps of the run in order.
    pub path: Path,
    /// The same at the moment.
    pub here: Point,
    /// The same after the step that begins at the moment, if there is one.
    pub next: Option<Point>,
    /// The derivatives of the loss with respect to the axes at the moment.
    pub slopes: Vec<f64>,
    /// The number of samples over which the losses are averaged.
    pub samples: usize,
}

/// From where a landscape is seen.
#[derive(Clone, Debug)]
pub struct Viewpoint<'v> {
    /// The step of the run before which the parameters are taken.
    pub step: usize,
    /// The parameters that vary, by their places in the model: one or two.
    pub axes: &'v [usize],
    /// The samples over which the losses are averaged.
    pub samples: &'v [u32],
    /// The range of each axis.
    pub ranges: Option<Vec<Range>>,
}

impl Landscape {
    /// The number of points of a landscape over one parameter or two.
    #[must_use]
    pub fn size(axes: usize) -> usize {
        if axes == 1 { PLACES } else { FIELD.0 * FIELD.1 }
    }

    /// The landscape of `samples` around a run at a step, along `axes`, with the other parameters
    /// as they are at the step. If no ranges are given, they are chosen to contain the path.
    /// `points` are those of the model.
    ///
    /// # Panics
    /// When there are no axes or more than two, or no samples.
    #[must_use]
    pub fn of(model: &Model, run: &Run, from: Viewpoint<'_>, points: &mut impl Points) -> Self {
        let Viewpoint { step, axes, samples, ranges } = from;
        assert!((1..=2).contains(&axes.len()) && !samples.is_empty());
        let most = BUDGET.min(OPERATIONS / model.graph().len().max(1)) / Self::size(axes.len());
        let samples = some_of(samples, most);
        let parameters = run.parameters_before(step);
        let around = Around { parameters, axes, samples: &samples };
        let (path, next) = path(run, step, around, points);
        let ranges = ranges.unwrap_or_else(|| ranges_of(&path, axes.len()));
        let on_axes = |parameters: &[f64]| axes.iter().map(|&axis| parameters[axis]).collect::<Vec<f64>>();
        let (loss, gradients) = points.slopes(around);
        Self {
            losses: points.losses(around, &grid(&ranges)),
            columns: if axes.len() == 2 { FIELD.0 } else { 0 },
            here: (on_axes(parameters), loss),
            next,
            slopes: on_axes(&gradients),
            samples: samples.len(),
            axes: axes.to_vec(),
            ranges,
            path,
        }
    }

    /// The points of the losses along a single axis.
    #[must_use]
    pub fn places(&self) -> Vec<f64> {
        grid(&self.ranges)
    }
}

/// At most `most` of the samples, equally spaced.
fn some_of(samples: &[u32], most: usize) -> Vec<u32> {
    let stride = samples.len().div_ceil(most.max(1));
    samples.iter().copied().step_by(stride).collect()
}

/// The path before some of the steps and at the end, until its loss is too large for the picture;
/// and the point after one step.
fn path(run: &Run, step: usize, around: Around<'_>, points: &mut impl Points) -> (Path, Option<Point>) {
    let stride = run.steps().div_ceil(LONGEST_PATH).max(1);
    let after = (step < run.steps()).then_some(step + 1);
    let steps = (0..run.steps()).step_by(stride).chain([run.steps()]).chain(after);
    let on_axes = |step| around.axes.iter().map(move |&axis| run.parameters_before(step)[axis]);
    let places: Vec<f64> = steps.flat_map(on_axes).collect();
    let values = points.losses(around, &places);
    let first = values[0].abs();
    let in_sight = |loss: f64| loss.is_finite() && loss.abs() <= HIGHEST * first + 1e-12;
    let mut path: Path = places.chunks(around.axes.len()).map(<[f64]>::to_vec).zip(values).collect();
    let next = after.and_then(|_| path.pop());
    let seen = path.iter().skip(1).take_while(|(_, loss)| in_sight(*loss)).count();
    path.truncate(1 + seen);
    (path, next)
}

/// A range of round numbers around the path, so that small changes of the path do not change the
/// range.
fn ranges_of(path: &[(Vec<f64>, f64)], axes: usize) -> Vec<Range> {
    let range = |axis: usize| {
        let values = || path.iter().map(|(place, _)| place[axis]).filter(|value| value.is_finite());
        let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max));
        let middle = low / 2.0 + high / 2.0;
        if !middle.is_finite() {
            return (-1.0, 1.0);
        }
        let room = (0.35 * (high - low)).max(middle.abs() * 1e-6).max(0.5);
        let round = 10_f64.powf((high - low + 2.0 * room).log10().floor()) / 2.0;
        (((low - room) / round).floor() * round, ((high + room) / round).ceil() * round)
    };
    (0..axes).map(range).collect()
}

/// The points of a curve, or the centres of a field's cells, one after the other.
fn grid(ranges: &[Range]) -> Vec<f64> {
    let between = |(low, high): Range, part: f64| low * (1.0 - part) + high * part;
    match *ranges {
        [across, up] => {
            let center = |cell: usize, cells: usize| (cell as f64 + 0.5) / cells as f64;
            let row = |row: usize| {
                (0..FIELD.0).flat_map(move |column| {
                    [between(across, center(column, FIELD.0)), between(up, center(row, FIELD.1))]
                })
            };
            (0..FIELD.1).flat_map(row).collect()
        }
        [across, ..] => (0..PLACES).map(|place| between(across, place as f64 / (PLACES - 1) as f64)).collect(),
        [] => Vec::new(),
    }
}
