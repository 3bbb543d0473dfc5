//! The outcomes of runs with many initial values and learning rates: a lane for each run.

use super::optimizer::Stepper;
use super::{Model, Range, Run};
use crate::autodiff::{LaneSweep, Plan};

/// How many runs are computed at once.
pub const FATE_LANES: usize = 64;

/// A map's cells: learning rates increase by equal ratios from left to right, initial values of one
/// parameter from bottom to top.
#[derive(Clone, Debug, PartialEq)]
pub struct Atlas {
    /// The learning rates at the left and the right border, above 0.
    pub rates: Range,
    /// The initial values at the lower and the upper border.
    pub starts: Range,
    /// The place of the parameter with these initial values; the others begin as in the run.
    pub axis: usize,
    /// The numbers of columns and of rows.
    pub size: (usize, usize),
}

impl Atlas {
    /// The learning rate and the initial value at the centre of a cell; cells are counted row by
    /// row from the bottom.
    #[must_use]
    pub fn place(&self, cell: usize) -> (f64, f64) {
        (self.rate(cell % self.size.0), self.start(cell))
    }

    /// The learning rate of a column.
    fn rate(&self, column: usize) -> f64 {
        let across = (column as f64 + 0.5) / self.size.0 as f64;
        self.rates.0 * (self.rates.1 / self.rates.0).powf(across)
    }

    /// The initial value of a cell.
    fn start(&self, cell: usize) -> f64 {
        let up = ((cell / self.size.0) as f64 + 0.5) / self.size.1 as f64;
        self.starts.0 * (1.0 - up) + self.starts.1 * up
    }
}

/// The outcome of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellFate {
    /// In this epoch, counted from 1, the mean loss was at most the goal for the first time.
    Reached(usize),
    /// In this epoch a loss was infinite, not a number, or a billion times the first one.
    Diverged(usize),
    /// Neither, and this was the mean loss of the last epoch.
    OnItsWay(f64),
}

/// A run counts as diverged when its loss has grown by this factor.
const LOST: f64 = 1e9;

/// Code that takes the steps of [`FATE_LANES`] runs by plain gradient descent, one sample after the
/// other.
pub trait ManyRuns {
    /// Takes the steps of some epochs.
    fn take(&self, epochs: Epochs<'_>);
}

/// The epochs that code takes. Parameters, learning rates and sums have a number for each run.
#[derive(Debug)]
pub struct Epochs<'r> {
    /// The samples one after the other, each with the numbers that the graph uses.
    pub rows: &'r [f64],
    /// The orders of the samples, from the first of these epochs on.
    pub order: &'r [u32],
    /// How far the order of the next epoch is from that of the current one: 0 if all have the same.
    pub stride: usize,
    /// What the learning rates are multiplied with in each of these epochs.
    pub factors: &'r [f64],
    /// The number of samples.
    pub samples: usize,
    /// The parameters.
    pub parameters: &'r mut [f64],
    /// The learning rates of the first epoch.
    pub rates: &'r [f64],
    /// The sum of the samples' losses in each epoch, each before its step.
    pub sums: &'r mut [f64],
}

/// How many epochs code takes before the fates are looked at.
const EPOCHS_AT_ONCE: usize = 16;

/// The fates of cells, with the settings of `run`; `goal` is the mean loss to reach. The loss
/// of an epoch is the mean of its samples' losses, each before its step.
#[must_use]
pub fn fates(
    model: &Model,
    run: &Run,
    atlas: &Atlas,
    goal: f64,
    cells: std::ops::Range<usize>,
    code: Option<&impl ManyRuns>,
) -> Vec<CellFate> {
    let settings = run.settings();
    let code = code.filter(|_| settings.batch() == 1 && settings.optimizer().is_plain());
    let mut lanes = Lanes::new(model, run, atlas, goal);
    let mut fates = Vec::with_capacity(cells.len());
    let mut start = cells.start;
    while start < cells.end {
        let count = FATE_LANES.min(cells.end - start);
        fates.extend_from_slice(&lanes.run(start, code)[..count]);
        start += count;
    }
    fates
}

struct Lanes<'m> {
    model: &'m Model,
    run: &'m Run,
    atlas: &'m Atlas,
    goal: f64,
    plan: Plan,
    sweep: LaneSweep<FATE_LANES>,
    /// The learning rate of each column of cells.
    columns: Vec<f64>,
    /// The learning rate of each lane in the first epoch, and in the current one.
    first_rates: [f64; FATE_LANES],
    rates: [f64; FATE_LANES],
    steppers: Vec<Stepper>,
    /// The mean gradient of a batch; empty if each batch is one sample.
    gradients: Vec<[f64; FATE_LANES]>,
}

impl<'m> Lanes<'m> {
    fn new(model: &'m Model, run: &'m Run, atlas: &'m Atlas, goal: f64) -> Self {
        let inputs = model.inputs().len();
        let is_batched = run.settings().batch() > 1;
        let plan = Plan::of(model.graph(), inputs..inputs + model.parameters().len());
        Self {
            sweep: LaneSweep::new(&plan),
            columns: (0..atlas.size.0).map(|column| atlas.rate(column)).collect(),
            gradients: vec![[0.0; FATE_LANES]; if is_batched { model.parameters().len() } else { 0 }],
            first_rates: [0.0; FATE_LANES],
            rates: [0.0; FATE_LANES],
            steppers: Vec::new(),
            model,
            run,
            atlas,
            goal,
            plan,
        }
    }

    /// The fates of the cells from `first` on.
    fn run(&mut self, first: usize, code: Option<&impl ManyRuns>) -> [CellFate; FATE_LANES] {
        let last = self.atlas.size.0 * self.atlas.size.1 - 1;
        let cells: [usize; FATE_LANES] = std::array::from_fn(|lane| (first + lane).min(last));
        self.first_rates = cells.map(|cell| self.columns[cell % self.atlas.size.0]);
        self.begin(cells.map(|cell| self.atlas.start(cell)));
        let mut watch = Watch::new(self.goal);
        if let Some(code) = code {
            self.run_code(code, &mut watch);
            return watch.fates();
        }
        for epoch in 0..self.run.settings().epochs() {
            let losses = self.epoch(epoch);
            watch.see(epoch, &losses);
            if watch.is_over() {
                break;
            }
        }
        watch.fates()
    }

    /// Lets code take the steps, some epochs at a time.
    fn run_code(&mut self, code: &impl ManyRuns, watch: &mut Watch) {
        let (inputs, parameters) = (self.model.inputs().len(), self.model.parameters().len());
        let mut weights: Vec<f64> = self.sweep.values[inputs..inputs + parameters].concat();
        let (epochs, rate) = (self.run.settings().epochs(), self.run.settings().learning_rate());
        let mut sums = [0.0; FATE_LANES * EPOCHS_AT_ONCE];
        for first in (0..epochs).step_by(EPOCHS_AT_ONCE) {
            let last = epochs.min(first + EPOCHS_AT_ONCE);
            let factors: Vec<f64> = self.run.rates[first..last].iter().map(|other| other / rate).collect();
            code.take(Epochs {
                rows: self.model.rows(),
                order: &self.run.order[self.run.start_of(first)..],
                stride: self.run.start_of(1),
                factors: &factors,
                samples: self.model.samples(),
                parameters: &mut weights,
                rates: &self.first_rates,
                sums: &mut sums[..FATE_LANES * factors.len()],
            });
            for (epoch, sums) in (first..last).zip(sums.chunks_exact(FATE_LANES)) {
                let means = std::array::from_fn(|lane| sums[lane] / self.model.samples() as f64);
                watch.see(epoch, &means);
                if watch.is_over() {
                    return;
                }
            }
        }
    }

    fn begin(&mut self, starts: [f64; FATE_LANES]) {
        let settings = self.run.settings();
        let inputs = self.model.inputs().len();
        for (parameter, &init) in settings.init().iter().enumerate() {
            self.sweep.values[inputs + parameter] =
                if parameter == self.atlas.axis { starts } else { [init; FATE_LANES] };
        }
        let count = if settings.optimizer().is_plain() { 0 } else { FATE_LANES };
        self.steppers = vec![Stepper::new(settings.optimizer(), settings.init().len()); count];
    }

    /// Takes the steps of an epoch, and returns the mean loss of each lane.
    fn epoch(&mut self, epoch: usize) -> [f64; FATE_LANES] {
        let mut sums = [0.0; FATE_LANES];
        let steps = epoch * self.run.batches()..(epoch + 1) * self.run.batches();
        let part = self.run.rate_of(steps.start) / self.run.settings().learning_rate();
        self.rates = self.first_rates.map(|rate| rate * part);
        for step in steps {
            self.pass(step, &mut sums);
            self.step();
        }
        let samples = self.model.samples() as f64;
        sums.iter_mut().for_each(|sum| *sum /= samples);
        sums
    }

    /// The mean gradient of a step's samples; their losses are added to `sums`.
    fn pass(&mut self, step: usize, sums: &mut [f64; FATE_LANES]) {
        let samples = self.run.samples_of(step);
        for (place, &sample) in samples.iter().enumerate() {
            for (value, &number) in self.sweep.values.iter_mut().zip(self.model.row(sample as usize)) {
                *value = [number; FATE_LANES];
            }
            let losses = self.sweep.forward(&self.plan);
            (0..FATE_LANES).for_each(|lane| sums[lane] += losses[lane]);
            self.sweep.backward_from(&self.plan, 1.0);
            if !self.gradients.is_empty() {
                self.gather(place == 0);
            }
        }
        self.gradients.iter_mut().flatten().for_each(|gradient| *gradient /= samples.len() as f64);
    }

    /// Adds a sample's gradient to those of its batch.
    fn gather(&mut self, is_first: bool) {
        let shares = &self.sweep.gradients[self.model.inputs().len()..];
        for (total, share) in self.gradients.iter_mut().zip(shares) {
            if is_first {
                *total = *share;
            } else {
                (0..FATE_LANES).for_each(|lane| total[lane] += share[lane]);
            }
        }
    }

    /// Moves the parameters against the batch's gradient, which for a single sample is the sample's
    /// gradient.
    fn step(&mut self) {
        let (inputs, parameters) = (self.model.inputs().len(), self.model.parameters().len());
        let LaneSweep { values, gradients } = &mut self.sweep;
        let weights = &mut values[inputs..inputs + parameters];
        let gradients =
            if self.gradients.is_empty() { &gradients[inputs..inputs + parameters] } else { &self.gradients };
        if self.steppers.is_empty() {
            for (weight, gradient) in weights.iter_mut().zip(gradients) {
                (0..FATE_LANES).for_each(|lane| weight[lane] -= self.rates[lane] * gradient[lane]);
            }
            return;
        }
        for (lane, stepper) in self.steppers.iter_mut().enumerate() {
            let mut own: Vec<f64> = weights.iter().map(|weight| weight[lane]).collect();
            let gradients: Vec<f64> = gradients.iter().map(|gradient| gradient[lane]).collect();
            stepper.step(self.rates[lane], &mut own, &gradients);
            weights.iter_mut().zip(own).for_each(|(weight, own)| weight[lane] = own);
        }
    }
}

/// The fates of the lanes that are already decided. Most epochs decide none, so all lanes are
/// checked together first.
struct Watch {
    goal: f64,
    /// The largest loss at which a lane has not diverged.
    limits: [f64; FATE_LANES],
    losses: [f64; FATE_LANES],
    decided: [Option<CellFate>; FATE_LANES],
}

impl Watch {
    fn new(goal: f64) -> Self {
        let unknown = [f64::NAN; FATE_LANES];
        Self { goal, limits: unknown, losses: unknown, decided: [None; FATE_LANES] }
    }

    /// Takes the mean losses of an epoch, counted from 0.
    fn see(&mut self, epoch: usize, losses: &[f64; FATE_LANES]) {
        self.losses = *losses;
        if epoch == 0 {
            for (limit, first) in self.limits.iter_mut().zip(losses) {
                *limit = (LOST * first.abs().max(self.goal.abs()).max(1e-9)).min(f64::MAX);
            }
        }
        if !self.is_calm() {
            (0..FATE_LANES).for_each(|lane| self.decide(lane, epoch + 1));
        }
    }

    /// Whether every loss is above the goal and no lane has diverged.
    fn is_calm(&self) -> bool {
        let lanes = self.losses.iter().zip(&self.limits);
        lanes.fold(true, |calm, (loss, limit)| calm & (*loss > self.goal) & (loss.abs() <= *limit))
    }

    /// A fate that is decided does not change.
    fn decide(&mut self, lane: usize, epoch: usize) {
        let loss = self.losses[lane];
        let now = match loss {
            loss if loss <= self.goal => Some(CellFate::Reached(epoch)),
            loss if loss.abs() <= self.limits[lane] => None,
            _ => Some(CellFate::Diverged(epoch)),
        };
        self.decided[lane] = self.decided[lane].or(now);
    }

    fn is_over(&self) -> bool {
        self.decided.iter().all(Option::is_some)
    }

    fn fates(&self) -> [CellFate; FATE_LANES] {
        std::array::from_fn(|lane| self.decided[lane].unwrap_or(CellFate::OnItsWay(self.losses[lane])))
    }
}
