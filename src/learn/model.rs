//! A program joined to its data.

use super::{Data, Error, Fit};
use crate::autodiff::{Graph, Sweep, lower};
use crate::formula::Program;

/// A program in which each free name is a column of the data or a parameter to train.
#[derive(Clone, Debug)]
pub struct Model {
    program: Program,
    data: Data,
    graph: Graph,
    /// The samples one after the other, each with the columns that the graph uses.
    rows: Vec<f64>,
    /// How many columns the graph uses; they are its first variables.
    inputs: usize,
}

impl Model {
    /// Joins a program to its data.
    ///
    /// # Errors
    /// When a line has the name of a column, or when no parameter is left to train.
    pub fn new(program: Program, data: Data) -> Result<Self, Error> {
        let columns = data.names();
        if let Some(line) = program.lines().iter().find(|line| columns.contains(&line.name())) {
            return Err(Error::DefinedColumn(line.name().to_owned(), line.span));
        }
        let graph = lower(&program, &columns);
        let inputs = graph.variables().iter().filter(|name| columns.contains(&name.as_str())).count();
        if inputs == graph.variables().len() {
            return Err(Error::NoParameter);
        }
        let rows = rows(&data, &graph.variables()[..inputs]);
        Ok(Self { program, data, graph, rows, inputs })
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// The data.
    #[must_use]
    pub fn data(&self) -> &Data {
        &self.data
    }

    /// The graph; its variables are the columns in use, then the parameters.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The names of the parameters, in the order of their first use.
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        &self.graph.variables()[self.inputs..]
    }

    /// The names of the columns that the graph uses, in the data's order.
    #[must_use]
    pub fn inputs(&self) -> &[String] {
        &self.graph.variables()[..self.inputs]
    }

    /// The number of samples.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.data.samples()
    }

    /// The numbers of one sample, in the order of [`inputs`](Self::inputs).
    #[must_use]
    pub fn row(&self, sample: usize) -> &[f64] {
        &self.rows[sample * self.inputs..(sample + 1) * self.inputs]
    }

    /// A sweep of this model's graph.
    #[must_use]
    pub fn sweep(&self) -> Sweep {
        Sweep::new(&self.graph)
    }

    /// Copies a sample to the front of a sweep.
    #[inline]
    #[allow(clippy::manual_memcpy)] // For a few numbers, a block copy costs more than an operation of the graph.
    pub fn load_sample(&self, sweep: &mut Sweep, sample: usize) {
        let row = self.row(sample);
        for index in 0..row.len() {
            sweep.values[index] = row[index];
        }
    }

    /// Copies parameters to their place after the sample.
    #[inline]
    pub fn load_parameters(&self, sweep: &mut Sweep, parameters: &[f64]) {
        self.parameters_mut(&mut sweep.values).copy_from_slice(parameters);
    }

    /// The parameters' part of a buffer with a number for each node.
    #[inline]
    pub fn parameters_mut<'b>(&self, buffer: &'b mut [f64]) -> &'b mut [f64] {
        &mut buffer[self.inputs..self.graph.variables().len()]
    }

    /// Both passes for one sample at the given parameters.
    #[must_use]
    pub fn at(&self, sample: usize, parameters: &[f64]) -> Sweep {
        let mut sweep = self.sweep();
        self.load_sample(&mut sweep, sample);
        self.load_parameters(&mut sweep, parameters);
        sweep.forward(&self.graph);
        sweep.backward(&self.graph);
        sweep
    }

    /// The prediction for one number of the single input column, or nothing if the program has no
    /// line that is named as a prediction and depends on exactly one column.
    #[must_use]
    pub fn predict(&self, input: f64, parameters: &[f64]) -> Option<f64> {
        Fit::of(self)?.predict(self, &[input], parameters)?.pop()
    }
}

fn rows(data: &Data, inputs: &[String]) -> Vec<f64> {
    let column = |name: &String| data.columns().iter().find(|column| column.name == *name);
    let columns: Vec<_> = inputs.iter().filter_map(column).collect();
    let samples = 0..data.samples();
    samples.flat_map(|sample| columns.iter().map(move |column| column.values[sample])).collect()
}
