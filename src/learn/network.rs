//! Networks: programs of tensors that are trained without a record of every step, in batches whose
//! samples are computed side by side.

use super::optimizer::Stepper;
use super::order::Shuffle;
use super::{Column, Data, Error, Optimizer, Parameter};
use crate::autodiff::engine::{
    self, Code, ErrorKind, Executor, Layout, OutOfRange, Precision, TensorId, View, count, lower,
};
use crate::formula::Program;

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
    code: Code,
    layout: Layout,
    executor: E,
    /// The tensors of the columns in use, of the parameters, of the seed, and of the loss.
    inputs: Vec<(Column, TensorId)>,
    parameters: Vec<(Parameter, TensorId)>,
    seed: TensorId,
    loss: TensorId,
    lines: Vec<(String, View)>,
    samples: usize,
    plan: Plan,
    stepper: Stepper,
    weights: Vec<f64>,
    gradients: Vec<f64>,
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
        let leaves = columns.iter().map(|column| (column.name.as_str(), column.shape.clone()));
        let of_parameters =
            used.iter().map(|initial| (initial.parameter.name.as_str(), initial.parameter.shape.clone()));
        let leaves: Vec<(&str, Vec<usize>)> = leaves.chain(of_parameters).collect();
        let mut lowered = lower(&program, &leaves)?;
        check_loss(&program, &lowered.shape)?;
        super::model::check_places(&lowered, &columns)?;
        let (inputs, parameters) = lowered.leaves.split_at(columns.len());
        let seed = lowered.code.differentiate(lowered.output, parameters).ok_or(Error::NoParameter)?;
        let layout = Layout::new(&lowered.code, plan.lanes, parameters);
        let executor = make(&lowered.code, &layout, plan.precision);
        let weights: Vec<f64> = used.iter().flat_map(|initial| initial.values.iter().copied()).collect();
        let used: Vec<Parameter> = used.into_iter().map(|initial| initial.parameter).collect();
        let mut network = Self {
            inputs: columns.into_iter().cloned().zip(inputs.iter().copied()).collect(),
            parameters: used.into_iter().zip(parameters.iter().copied()).collect(),
            seed,
            loss: lowered.output,
            lines: lowered.lines,
            samples: data.samples(),
            stepper: Stepper::new(plan.optimizer, weights.len()),
            gradients: vec![0.0; weights.len()],
            weights,
            shuffle: plan.shuffle.map(Shuffle::new),
            order: (0..data.samples() as u32).collect(),
            taken: 0,
            epoch: 0,
            program,
            code: lowered.code,
            layout,
            executor,
            plan,
        };
        network.begin_epoch();
        network.load_parameters();
        Ok(network)
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The parameters, in the order in which they were given.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().map(|(parameter, _)| parameter)
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

    /// Takes one step, and returns the mean loss of its batch before the step.
    ///
    /// # Errors
    /// When a number that should choose a row or a class is out of range.
    pub fn step(&mut self, rate: f64) -> Result<f64, Error> {
        let end = (self.taken + self.plan.batch).min(self.samples);
        self.gradients.fill(0.0);
        let sum = self.take(end)?;
        let size = (end - self.taken) as f64;
        self.gradients.iter_mut().for_each(|gradient| *gradient /= size);
        self.stepper.step(rate, &mut self.weights, &self.gradients);
        self.load_parameters();
        self.taken = end;
        if end == self.samples {
            self.epoch += 1;
            self.begin_epoch();
        }
        Ok(sum / size)
    }

    /// The mean loss of these samples.
    ///
    /// # Errors
    /// Those of [`Network::step`].
    pub fn mean_loss(&mut self, samples: &[u32]) -> Result<f64, Error> {
        let mut sum = 0.0;
        for group in samples.chunks(self.plan.lanes) {
            sum = self.forward(group, sum)?;
        }
        Ok(sum / samples.len() as f64)
    }

    /// The shape, the numbers, and the gradients of a line or a leaf for one sample; the gradients
    /// are absent where none pass.
    ///
    /// # Errors
    /// Those of [`Network::step`].
    pub fn inspect(&mut self, name: &str, sample: u32) -> Result<Option<Inspected>, Error> {
        self.forward(&[sample], 0.0)?;
        self.seed(1);
        self.executor.run(false).map_err(out_of_range)?;
        let leaf = |(parameter, tensor): &(Parameter, TensorId)| {
            (parameter.name == name).then(|| View::whole(*tensor, parameter.shape.clone()))
        };
        let line = self.lines.iter().find(|(line, _)| line == name).map(|(_, view)| view.clone());
        let Some(view) = line.or_else(|| self.parameters.iter().find_map(leaf)) else { return Ok(None) };
        let gradient = self.code.gradients.get(view.tensor).copied().flatten();
        Ok(Some(Inspected {
            values: self.seen(view.tensor, &view),
            gradients: gradient.map(|gradient| self.seen(gradient, &view)),
            shape: view.shape,
        }))
    }

    /// Both passes for the samples up to a place in the order; returns the sum of their losses.
    fn take(&mut self, end: usize) -> Result<f64, Error> {
        let order = std::mem::take(&mut self.order);
        let mut groups = order[self.taken..end].chunks(self.plan.lanes);
        let sum = groups.try_fold(0.0, |sum, group| self.pass(group, sum));
        self.order = order;
        sum
    }

    fn seen(&mut self, tensor: TensorId, view: &View) -> Vec<f64> {
        let numbers = self.executor.memory().read(&self.code, &self.layout, tensor, 0);
        view.places().into_iter().map(|place| numbers[place]).collect()
    }

    /// Both passes for some samples; adds to the gradients, and returns the sum of the losses.
    fn pass(&mut self, group: &[u32], sum: f64) -> Result<f64, Error> {
        let sum = self.forward(group, sum)?;
        self.seed(group.len());
        self.executor.run(false).map_err(out_of_range)?;
        let mut rest = self.gradients.as_mut_slice();
        for (parameter, tensor) in &self.parameters {
            let (own, after) = rest.split_at_mut(count(&parameter.shape));
            rest = after;
            if let Some(gradient) = self.code.gradients[*tensor] {
                self.executor.memory().add_lanes(&self.layout, gradient, group.len(), own);
            }
        }
        Ok(sum)
    }

    fn forward(&mut self, group: &[u32], sum: f64) -> Result<f64, Error> {
        for (lane, &sample) in group.iter().enumerate() {
            for (column, tensor) in &self.inputs {
                self.executor.memory().write(&self.layout, *tensor, lane, column.sample(sample as usize));
            }
        }
        self.executor.run(true).map_err(out_of_range)?;
        let mut sums = [sum];
        self.executor.memory().add_lanes(&self.layout, self.loss, group.len(), &mut sums);
        Ok(sums[0])
    }

    /// The gradient begins with 1 in the first lanes, and with 0 in lanes without a sample.
    fn seed(&mut self, lanes: usize) {
        for lane in 0..self.plan.lanes {
            let seed = if lane < lanes { 1.0 } else { 0.0 };
            self.executor.memory().write(&self.layout, self.seed, lane, &[seed]);
        }
    }

    fn load_parameters(&mut self) {
        let mut rest = self.weights.as_slice();
        for (parameter, tensor) in &self.parameters {
            let (own, after) = rest.split_at(count(&parameter.shape));
            rest = after;
            self.executor.memory().write(&self.layout, *tensor, 0, own);
        }
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
