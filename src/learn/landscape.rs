//! The loss as a landscape over one or two parameters, and the path of a run through it.

use super::batch::Batches;
use super::{Model, Run};
use crate::autodiff::{LaneSweep, Plan};

/// How many points are evaluated at once.
const LANES: usize = 16;
/// The maximum number of evaluations of the model for one landscape; of large data only a part is
/// used.
const BUDGET: usize = 400_000;
/// The maximum number of points of a path.
const LONGEST_PATH: usize = 400;
/// The number of points of a curve, and of the cells of a field: columns and rows.
const PLACES: usize = 240;
const FIELD: (usize, usize) = (72, 48);
/// A path is followed while its loss is below this multiple of the first loss.
const HIGHEST: f64 = 20.0;

/// A range of numbers, the smaller one first.
pub type Range = (f64, f64);

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
    pub path: Vec<(Vec<f64>, f64)>,
    /// The same at the moment.
    pub here: (Vec<f64>, f64),
    /// The derivatives of the loss with respect to the axes at the moment.
    pub slopes: Vec<f64>,
    /// The number of samples over which the losses are averaged.
    pub samples: usize,
}

impl Landscape {
    /// The landscape of `samples` around a run at a step, along `axes`, with the other parameters
    /// as they are at the step. If no ranges are given, they are chosen to contain the path.
    ///
    /// # Panics
    /// When there are no axes or more than two, or no samples.
    #[must_use]
    pub fn of(
        model: &Model,
        run: &Run,
        step: usize,
        axes: &[usize],
        samples: &[u32],
        ranges: Option<Vec<Range>>,
    ) -> Self {
        assert!((1..=2).contains(&axes.len()) && !samples.is_empty());
        let places = if axes.len() == 1 { PLACES } else { FIELD.0 * FIELD.1 };
        let samples = some_of(samples, BUDGET / places);
        let mut losses = Losses::new(model, axes, &samples, run.parameters_before(step));
        let path = path(run, axes, &mut losses);
        let ranges = ranges.unwrap_or_else(|| ranges_of(&path, axes.len()));
        let grid = grid(&ranges);
        let mut gradients = vec![0.0; model.parameters().len()];
        let mut batches = Batches::new(model);
        batches.load_parameters(model, run.parameters_before(step));
        let loss = batches.pass(model, &samples, 1.0, &mut gradients);
        let on_axes = |parameters: &[f64]| axes.iter().map(|&axis| parameters[axis]).collect::<Vec<f64>>();
        Self {
            losses: losses.at(&grid),
            columns: if axes.len() == 2 { FIELD.0 } else { 0 },
            here: (on_axes(run.parameters_before(step)), loss),
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
        grid(&self.ranges).iter().map(|place| place[0]).collect()
    }
}

/// At most `most` of the samples, equally spaced.
fn some_of(samples: &[u32], most: usize) -> Vec<u32> {
    let stride = samples.len().div_ceil(most.max(1));
    samples.iter().copied().step_by(stride).collect()
}

/// The path before some of the steps and at the end, until its loss is too large for the picture.
fn path(run: &Run, axes: &[usize], losses: &mut Losses) -> Vec<(Vec<f64>, f64)> {
    let stride = run.steps().div_ceil(LONGEST_PATH).max(1);
    let steps = (0..run.steps()).step_by(stride).chain([run.steps()]);
    let places: Vec<Vec<f64>> =
        steps.map(|step| axes.iter().map(|&axis| run.parameters_before(step)[axis]).collect()).collect();
    let values = losses.at(&places);
    let first = values[0].abs();
    let in_sight = |loss: f64| loss.is_finite() && loss.abs() <= HIGHEST * first + 1e-12;
    let path = places.into_iter().zip(values);
    path.enumerate().take_while(|(index, (_, loss))| *index == 0 || in_sight(*loss)).map(|(_, point)| point).collect()
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

/// The points of a curve, or the centres of a field's cells.
fn grid(ranges: &[Range]) -> Vec<Vec<f64>> {
    let between = |(low, high): Range, part: f64| low * (1.0 - part) + high * part;
    match *ranges {
        [across, up] => {
            let center = |cell: usize, cells: usize| (cell as f64 + 0.5) / cells as f64;
            let row = |row: usize| {
                (0..FIELD.0).map(move |column| {
                    vec![between(across, center(column, FIELD.0)), between(up, center(row, FIELD.1))]
                })
            };
            (0..FIELD.1).flat_map(row).collect()
        }
        [across, ..] => (0..PLACES).map(|place| vec![between(across, place as f64 / (PLACES - 1) as f64)]).collect(),
        [] => Vec::new(),
    }
}

/// The mean loss of samples at many points: a lane for each point.
struct Losses<'m> {
    model: &'m Model,
    axes: &'m [usize],
    samples: &'m [u32],
    plan: Plan,
    sweep: LaneSweep<LANES>,
}

impl<'m> Losses<'m> {
    fn new(model: &'m Model, axes: &'m [usize], samples: &'m [u32], parameters: &[f64]) -> Self {
        let plan = Plan::of(model.graph(), 0..0);
        let mut sweep = LaneSweep::new(&plan);
        for (value, &parameter) in sweep.values[model.inputs().len()..].iter_mut().zip(parameters) {
            *value = [parameter; LANES];
        }
        Self { model, axes, samples, plan, sweep }
    }

    fn at(&mut self, places: &[Vec<f64>]) -> Vec<f64> {
        let inputs = self.model.inputs().len();
        let mut losses = Vec::with_capacity(places.len());
        for group in places.chunks(LANES) {
            for (place, &axis) in self.axes.iter().enumerate() {
                let lanes = &mut self.sweep.values[inputs + axis];
                lanes.iter_mut().zip(group).for_each(|(lane, values)| *lane = values[place]);
            }
            losses.extend_from_slice(&self.mean()[..group.len()]);
        }
        losses
    }

    fn mean(&mut self) -> [f64; LANES] {
        let mut sums = [0.0; LANES];
        for &sample in self.samples {
            for (value, &number) in self.sweep.values.iter_mut().zip(self.model.row(sample as usize)) {
                *value = [number; LANES];
            }
            let losses = self.sweep.forward(&self.plan);
            sums.iter_mut().zip(losses).for_each(|(sum, loss)| *sum += loss);
        }
        sums.map(|sum| sum / self.samples.len() as f64)
    }
}
