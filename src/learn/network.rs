//! Networks: programs of tensors that are trained without a record of every step, in batches whose
//! samples are computed side by side.

use super::model::{check_places, lowered, rows};
use super::optimizer::Stepper;
use super::order::Shuffle;
use super::{Batches, Column, Data, Error, Lanes, OperationPasses, Optimizer, Parameter, Passes, SeenNode, Sums};
use crate::autodiff::engine::{self, Code, ErrorKind, Executor, Layout, OutOfRange, Precision, View, count};
use crate::formula::Program;
use std::rc::Rc;

/// A parameter with its initial numbers, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Initial {
    /// The parameter.
    pub parameter: Parameter,
    /// As many numbers as its shape has elements.
    pub values: Vec<f64>,
}

/// How a network is trained.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// How many of the first samples are trained with; the others are only looked at.
    pub samples: usize,
    /// How many samples a step takes; the last step of an epoch takes those that are left.
    pub batch: usize,
    /// The rule that moves the parameters.
    pub optimizer: Optimizer,
    /// The seed of the orders, if samples are shuffled.
    pub shuffle: Option<u32>,
    /// The numbers that are calculated with.
    pub precision: Precision,
    /// How many samples are computed side by side.
    pub lanes: usize,
}

/// A network under training.
pub struct Network<E> {
    program: Program,
    /// The columns that the program uses, with the shape of a sample.
    columns: Vec<Parameter>,
    parameters: Vec<Parameter>,
    lines: Vec<(String, View)>,
    batches: Batches<E>,
    /// The passes that show every operation, once they are wanted.
    seen: Option<OperationPasses<E>>,
    plan: Plan,
    stepper: Stepper,
    weights: Vec<f64>,
    gradients: Vec<f64>,
    /// The last parameters whose loss was finite.
    good: Vec<f64>,
    shuffle: Option<Shuffle>,
    /// The order of the current epoch, and how many of its samples are taken.
    order: Vec<u32>,
    taken: usize,
    epoch: usize,
}

impl<E: Executor> Network<E> {
    /// Joins a program to its data and to the initial values of its parameters. `make` gives the
    /// executor.
    ///
    /// # Errors
    /// When a line has the name of a column, a name has no value, tensors do not fit together, or
    /// the loss is not a single number.
    pub fn new(
        program: Program,
        data: &Data,
        initial: &[Initial],
        plan: Plan,
        make: impl FnOnce(&Code, &Layout, Precision) -> E,
    ) -> Result<Self, Error> {
        let free = program.free_names();
        let columns: Vec<&Column> =
            data.columns().iter().filter(|column| free.contains(&column.name.as_str())).collect();
        let used = parameters(&free, &columns, initial)?;
        let lowered = lowered(&program, &columns, used.iter().map(|initial| &initial.parameter), plan.lanes == 1)?;
        check_loss(&program, &lowered.shape)?;
        check_places(&lowered, &columns)?;
        let lines = lowered.lines.clone();
        let lanes = Lanes::Samples(plan.lanes);
        let passes = Passes::new(lowered, columns.len(), lanes, Sums::Quick, plan.precision, make);
        if !passes.has_gradient() {
            return Err(Error::NoParameter);
        }
        let width = columns.iter().map(|column| column.width()).sum();
        let weights: Vec<f64> = used.iter().flat_map(|initial| initial.values.iter().copied()).collect();
        let column = |column: &&Column| Parameter { name: column.name.clone(), shape: column.shape.clone() };
        let mut network = Self {
            batches: Batches::new(passes, rows(&columns, data.samples()), width),
            columns: columns.iter().map(column).collect(),
            parameters: used.into_iter().map(|initial| initial.parameter).collect(),
            lines,
            seen: None,
            stepper: Stepper::new(plan.optimizer, weights.len()),
            gradients: vec![0.0; weights.len()],
            good: weights.clone(),
            shuffle: plan.shuffle.map(Shuffle::new),
            order: (0..plan.samples as u32).collect(),
            taken: 0,
            epoch: 0,
            program,
            weights,
            plan,
        };
        network.begin_epoch();
        network.batches.load_parameters(&network.weights);
        Ok(network)
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The parameters, in the order in which they were given.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The numbers of all parameters, one after the other, row by row.
    #[must_use]
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The gradient of the last step, in the same order.
    #[must_use]
    pub fn gradients(&self) -> &[f64] {
        &self.gradients
    }

    /// How many epochs are complete.
    #[must_use]
    pub fn epochs(&self) -> usize {
        self.epoch
    }

    /// The shape of each line.
    pub fn lines(&self) -> impl Iterator<Item = (&str, &[usize])> {
        self.lines.iter().map(|(name, view)| (name.as_str(), view.shape.as_slice()))
    }

    /// Takes one step, and returns the mean loss of its batch before the step. If the loss, its
    /// gradient or a parameter after the step is not finite, the loss is NaN, the parameters are the
    /// last ones whose loss was finite, and the optimizer forgets earlier steps.
    ///
    /// # Errors
    /// When a number that should choose a row or a class is out of range.
    pub fn step(&mut self, rate: f64) -> Result<f64, Error> {
        let end = (self.taken + self.plan.batch).min(self.order.len());
        let samples = &self.order[self.taken..end];
        let size = samples.len() as f64;
        self.gradients.fill(0.0);
        let sum = self.batches.pass(samples, 1.0, 0.0, &mut self.gradients).map_err(out_of_range)?;
        self.gradients.iter_mut().for_each(|gradient| *gradient /= size);
        if !sum.is_finite() || !self.moves(rate) {
            self.load(&self.good.clone());
            return Ok(f64::NAN);
        }
        self.batches.load_parameters(&self.weights);
        self.taken = end;
        if end == self.order.len() {
            self.epoch += 1;
            self.begin_epoch();
        }
        Ok(sum / size)
    }

    /// Moves the parameters, and returns whether they are still finite.
    fn moves(&mut self, rate: f64) -> bool {
        self.good.copy_from_slice(&self.weights);
        self.stepper.step(rate, &mut self.weights, &self.gradients);
        // A product with 0 is 0 for finite numbers, and NaN for all others.
        self.weights.iter().fold(0.0, |sum, weight| sum + weight * 0.0) == 0.0
    }

    /// Sets the parameters, one after the other, row by row. The optimizer forgets earlier steps.
    ///
    /// # Panics
    /// When there are more or fewer numbers than the parameters have.
    pub fn load(&mut self, weights: &[f64]) {
        self.weights.copy_from_slice(weights);
        self.good.copy_from_slice(weights);
        self.stepper = Stepper::new(self.plan.optimizer, weights.len());
        self.batches.load_parameters(weights);
    }

    /// Trains with these samples only from the next step on, with which an epoch begins. The orders are
    /// those of the seed again. An empty list changes nothing.
    pub fn select(&mut self, samples: &[u32]) {
        if !samples.is_empty() {
            self.order = samples.to_vec();
            self.shuffle = self.plan.shuffle.map(Shuffle::new);
            self.begin_epoch();
        }
    }

    /// Puts another sample in the place of one: the numbers of its columns, one after the other.
    ///
    /// # Panics
    /// When there are more or fewer numbers than a sample has.
    pub fn put(&mut self, sample: u32, row: &[f64]) {
        self.batches.row_mut(sample).copy_from_slice(row);
    }

    /// The mean loss of these samples.
    ///
    /// # Errors
    /// Those of [`Network::step`].
    pub fn mean_loss(&mut self, samples: &[u32]) -> Result<f64, Error> {
        let sum = self.batches.losses(samples, 0.0).map_err(out_of_range)?;
        Ok(sum / samples.len() as f64)
    }

    /// The numbers of a line for each of these samples, row by row; nothing if there is no such line.
    ///
    /// # Errors
    /// Those of [`Network::step`].
    pub fn read(&mut self, name: &str, samples: &[u32]) -> Result<Option<Vec<f64>>, Error> {
        let Some((_, view)) = self.lines.iter().find(|(line, _)| line == name) else { return Ok(None) };
        self.batches.read(view, samples).map(Some).map_err(out_of_range)
    }

    /// The shape, the numbers, and the gradients of a line or a leaf for one sample; the gradients
    /// are absent where none pass.
    ///
    /// # Errors
    /// Those of [`Network::step`].
    pub fn inspect(&mut self, name: &str, sample: u32) -> Result<Option<Inspected>, Error> {
        let mut unused = vec![0.0; self.weights.len()];
        self.batches.pass(&[sample], 1.0, 0.0, &mut unused).map_err(out_of_range)?;
        let passes = &mut self.batches.passes;
        let line = self.lines.iter().find(|(line, _)| line == name).map(|(_, view)| view.clone());
        let place = || self.parameters.iter().position(|parameter| parameter.name == name);
        let leaf = || place().map(|place| View::whole(passes.parameter(place), self.parameters[place].shape.clone()));
        let Some(view) = line.or_else(leaf) else { return Ok(None) };
        let (values, gradients) = passes.seen(&view);
        Ok(Some(Inspected { values, gradients, shape: view.shape }))
    }

    /// Every operation and leaf for one sample, with the derivatives of its loss. `make` gives the
    /// executor, when this is asked for the first time.
    ///
    /// # Errors
    /// Those of [`Network::step`], and when there are too many elements.
    pub fn see(
        &mut self,
        sample: u32,
        make: impl FnOnce(&Code, &Layout, Precision) -> E,
    ) -> Result<Rc<Vec<SeenNode>>, Error> {
        if self.seen.is_none() {
            let leaves = self.columns.iter().chain(&self.parameters);
            let leaves: Vec<_> = leaves.map(|leaf| (leaf.name.as_str(), leaf.shape.clone())).collect();
            let operations = engine::operations(&self.program, &leaves)?;
            self.seen = Some(OperationPasses::new(operations, self.plan.precision, make));
        }
        let row = self.batches.row_mut(sample);
        Ok(self.seen.as_mut().map(|passes| passes.at(row, &self.weights)).unwrap_or_default())
    }

    /// The columns that the program uses, each with the shape of a sample.
    #[must_use]
    pub fn columns(&self) -> &[Parameter] {
        &self.columns
    }

    fn begin_epoch(&mut self) {
        self.taken = 0;
        if let Some(shuffle) = &mut self.shuffle {
            shuffle.shuffle(&mut self.order);
        }
    }
}

/// What a tensor holds for one sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspected {
    /// The sizes of its axes.
    pub shape: Vec<usize>,
    /// Its numbers, row by row.
    pub values: Vec<f64>,
    /// The derivatives of the loss with respect to them.
    pub gradients: Option<Vec<f64>>,
}

/// The parameters that are given and used, then those that begin at 1 because none is given.
fn parameters(free: &[&str], columns: &[&Column], initial: &[Initial]) -> Result<Vec<Initial>, Error> {
    let mut used: Vec<Initial> = Vec::new();
    for given in initial {
        let name = given.parameter.name.as_str();
        if !free.contains(&name) {
            let known = free.iter().filter(|name| !columns.iter().any(|column| column.name == **name));
            return Err(Error::UnknownParameter(name.to_owned(), known.map(|name| (*name).to_owned()).collect()));
        }
        if let Some(&wrong) = given.values.iter().find(|value| !value.is_finite()) {
            return Err(Error::InitialValue(name.to_owned(), wrong));
        }
        used.push(given.clone());
    }
    for name in free {
        let is_known = columns.iter().any(|column| column.name == *name)
            || initial.iter().any(|given| given.parameter.name == *name);
        if !is_known {
            let parameter = Parameter { name: (*name).to_owned(), shape: Vec::new() };
            used.push(Initial { parameter, values: vec![1.0] });
        }
    }
    Ok(used)
}

fn check_loss(program: &Program, shape: &[usize]) -> Result<(), Error> {
    match program.lines().last() {
        Some(last) if count(shape) != 1 => {
            let kind = ErrorKind::LossShape(last.name().to_owned(), shape.to_vec());
            Err(engine::Error { kind, span: last.span }.into())
        }
        _ => Ok(()),
    }
}

fn out_of_range(wrong: OutOfRange) -> Error {
    engine::Error { kind: wrong.kind(), span: wrong.span }.into()
}
