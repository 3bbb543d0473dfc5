//! The outcomes of runs with many initial values and learning rates: a lane for each run.

use super::{Model, Range, Run};

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

/// What takes the steps of [`FATE_LANES`] runs.
pub trait ManyRuns {
    /// Is called before the first steps of other runs.
    fn begin(&mut self) {}

    /// Takes the steps of some epochs.
    fn take(&mut self, epochs: Epochs<'_>);
}

/// The epochs to take. Parameters, learning rates and sums have a number for each run.
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
    /// How many samples a step takes.
    pub batch: usize,
    /// The parameters.
    pub parameters: &'r mut [f64],
    /// The learning rates of the first epoch.
    pub rates: &'r [f64],
    /// The sum of the samples' losses in each epoch, each before its step.
    pub sums: &'r mut [f64],
}

/// How many epochs are taken before the fates are looked at.
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
    runs: &mut impl ManyRuns,
) -> Vec<CellFate> {
    let columns: Vec<f64> = (0..atlas.size.0).map(|column| atlas.rate(column)).collect();
    let mut lanes = Lanes { model, run, atlas, goal, columns };
    let mut fates = Vec::with_capacity(cells.len());
    for start in cells.clone().step_by(FATE_LANES) {
        let count = FATE_LANES.min(cells.end - start);
        fates.extend_from_slice(&lanes.run(start, runs)[..count]);
    }
    fates
}

struct Lanes<'m> {
    model: &'m Model,
    run: &'m Run,
    atlas: &'m Atlas,
    goal: f64,
    /// The learning rate of each column of cells.
    columns: Vec<f64>,
}

impl Lanes<'_> {
    /// The fates of the cells from `first` on.
    fn run(&mut self, first: usize, runs: &mut impl ManyRuns) -> [CellFate; FATE_LANES] {
        let last = self.atlas.size.0 * self.atlas.size.1 - 1;
        let cells: [usize; FATE_LANES] = std::array::from_fn(|lane| (first + lane).min(last));
        let rates = cells.map(|cell| self.columns[cell % self.atlas.size.0]);
        let mut parameters = self.starts(cells);
        let mut watch = Watch::new(self.goal, self.model.samples());
        let (epochs, mut sums) = (self.run.settings().epochs(), [0.0; FATE_LANES * EPOCHS_AT_ONCE]);
        runs.begin();
        for first in (0..epochs).step_by(EPOCHS_AT_ONCE) {
            let taken = first..epochs.min(first + EPOCHS_AT_ONCE);
            self.take(taken.clone(), &mut parameters, &rates, &mut sums, runs);
            self.watch(taken, &sums, &mut watch);
            if watch.is_over() {
                break;
            }
        }
        watch.fates()
    }

    /// The initial parameters, each with a number for each lane.
    fn starts(&self, cells: [usize; FATE_LANES]) -> Vec<f64> {
        let starts = cells.map(|cell| self.atlas.start(cell));
        let init = self.run.settings().init().iter().enumerate();
        init.flat_map(|(place, &init)| if place == self.atlas.axis { starts } else { [init; FATE_LANES] }).collect()
    }

    fn take(
        &self,
        epochs: std::ops::Range<usize>,
        parameters: &mut [f64],
        rates: &[f64],
        sums: &mut [f64],
        runs: &mut impl ManyRuns,
    ) {
        let (start, rate) = (self.run.start_of(epochs.start), self.run.settings().learning_rate());
        let factors: Vec<f64> = self.run.rates[epochs].iter().map(|other| other / rate).collect();
        runs.take(Epochs {
            rows: self.model.rows(),
            order: &self.run.order[start..],
            stride: self.run.start_of(1),
            samples: self.model.samples(),
            batch: self.run.settings().batch(),
            sums: &mut sums[..FATE_LANES * factors.len()],
            factors: &factors,
            parameters,
            rates,
        });
    }

    fn watch(&self, epochs: std::ops::Range<usize>, sums: &[f64], watch: &mut Watch) {
        let sums = &sums[..FATE_LANES * epochs.len()];
        if epochs.start == 0 {
            watch.begin(&sums[..FATE_LANES]);
        }
        if !watch.is_calm(sums) {
            for (epoch, sums) in epochs.zip(sums.chunks_exact(FATE_LANES)) {
                (0..FATE_LANES).for_each(|lane| watch.decide(lane, epoch + 1, sums[lane]));
            }
        }
        watch.sums.copy_from_slice(&sums[sums.len() - FATE_LANES..]);
    }
}

/// The fates of the lanes that are already decided. Most epochs decide none, so the sums of all
/// lanes and of several epochs are checked together first.
struct Watch {
    goal: f64,
    samples: f64,
    /// The largest loss at which a lane has not diverged.
    limits: [f64; FATE_LANES],
    /// Bounds between which a sum decides nothing, a little narrower than the exact ones.
    calm_above: f64,
    calm_below: [f64; FATE_LANES],
    /// The sums of the last epoch.
    sums: [f64; FATE_LANES],
    decided: [Option<CellFate>; FATE_LANES],
}

/// The sum of the samples' losses is compared with bounds for their mean; this factor is far more
/// than the rounding of either.
const MARGIN: f64 = 1e-9;

impl Watch {
    fn new(goal: f64, samples: usize) -> Self {
        let (unknown, samples) = ([f64::NAN; FATE_LANES], samples as f64);
        let calm_above = goal * samples * (1.0 + MARGIN.copysign(goal)) + samples * f64::MIN_POSITIVE;
        Self {
            goal,
            samples,
            limits: unknown,
            calm_above,
            calm_below: unknown,
            sums: unknown,
            decided: [None; FATE_LANES],
        }
    }

    /// Takes the sums of the first epoch.
    fn begin(&mut self, sums: &[f64]) {
        for (lane, sum) in sums.iter().enumerate() {
            let first = (sum / self.samples).abs();
            self.limits[lane] = (LOST * first.max(self.goal.abs()).max(1e-9)).min(f64::MAX);
            self.calm_below[lane] = (self.limits[lane] * self.samples).min(f64::MAX) * (1.0 - MARGIN);
        }
    }

    /// Whether every loss is above the goal and no lane has diverged. The answer is no where it is
    /// close.
    fn is_calm(&self, sums: &[f64]) -> bool {
        // Whole numbers as wide as the sums, so that a vector instruction checks two of them.
        let calm = |sum: f64, most: f64| u64::from(sum > self.calm_above) & u64::from(sum.abs() <= most);
        let row = |all: u64, row: &[f64]| {
            row.iter().zip(&self.calm_below).fold(all, |all, (&sum, &most)| all & calm(sum, most))
        };
        sums.chunks_exact(FATE_LANES).fold(1, row) == 1
    }

    /// A fate that is decided does not change.
    fn decide(&mut self, lane: usize, epoch: usize, sum: f64) {
        let loss = sum / self.samples;
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
        std::array::from_fn(|lane| self.decided[lane].unwrap_or(CellFate::OnItsWay(self.sums[lane] / self.samples)))
    }
}
