//! A program joined to its data.

use super::{Column, Data, Error, Fit};
use crate::autodiff::engine::{self, ErrorKind, Lowered, Operations, count, lower, lower_large};
use crate::autodiff::tensor::{Flat, expand};
use crate::autodiff::{self, Graph, Sweep};
use crate::formula::Program;

/// A program in which each free name is a column of the data or a parameter to train.
#[derive(Clone, Debug)]
pub struct Model {
    program: Program,
    data: Data,
    graph: Graph,
    /// The samples one after the other, each with the columns that the graph uses.
    rows: Vec<f64>,
    /// How many numbers of a sample the graph uses; they are its first variables.
    inputs: usize,
    /// How many columns that is.
    columns: usize,
    parameters: Vec<Parameter>,
}

/// A parameter: a number or a tensor that is trained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in the program.
    pub name: String,
    /// The sizes of its axes; none for a single number.
    pub shape: Vec<usize>,
}

impl Model {
    /// Joins a program to its data. Every parameter is a single number.
    ///
    /// # Errors
    /// When a line has the name of a column, when there is no parameter, or when tensors do not fit
    /// together.
    pub fn new(program: Program, data: Data) -> Result<Self, Error> {
        Self::with_shapes(program, data, &[])
    }

    /// Joins a program of numbers to its data.
    ///
    /// # Errors
    /// Those of [`Model::new`], and when the program or the data has tensors.
    pub fn of_numbers(program: Program, data: Data) -> Result<Self, Error> {
        if let Some(span) = program.tensor_use() {
            return Err(Error::NeedsNumbers(span));
        }
        Self::joined(program, data, &[], |program, inputs, _| {
            let columns: Vec<&str> = inputs.iter().map(|column| column.name.as_str()).collect();
            Ok(autodiff::lower(program, &columns))
        })
    }

    /// Joins a program to its data, with the shapes of the parameters that are tensors.
    ///
    /// # Errors
    /// Those of [`Model::new`], and when the loss is not a single number.
    pub fn with_shapes(program: Program, data: Data, shapes: &[(&str, Vec<usize>)]) -> Result<Self, Error> {
        let are_numbers = data.columns().iter().all(|column| column.shape.is_empty()) && shapes.is_empty();
        if are_numbers && program.tensor_use().is_none() {
            return Self::of_numbers(program, data);
        }
        Self::joined(program, data, shapes, flat)
    }

    fn joined(
        program: Program,
        data: Data,
        shapes: &[(&str, Vec<usize>)],
        graph_of: impl FnOnce(&Program, &[&Column], &[Parameter]) -> Result<Graph, Error>,
    ) -> Result<Self, Error> {
        let columns = data.names();
        if let Some(line) = program.lines().iter().find(|line| columns.contains(&line.name())) {
            return Err(Error::DefinedColumn(line.name().to_owned(), line.span));
        }
        let free = program.free_names();
        let inputs: Vec<&Column> =
            data.columns().iter().filter(|column| free.contains(&column.name.as_str())).collect();
        let shape_of =
            |name: &str| shapes.iter().find(|(known, _)| *known == name).map_or(Vec::new(), |(_, shape)| shape.clone());
        let names = free.iter().filter(|name| !columns.contains(name));
        let parameters: Vec<Parameter> =
            names.map(|name| Parameter { name: (*name).to_owned(), shape: shape_of(name) }).collect();
        if parameters.is_empty() {
            return Err(Error::NoParameter);
        }
        let graph = graph_of(&program, &inputs, &parameters)?;
        let (columns, width) = (inputs.len(), inputs.iter().map(|column| column.width()).sum());
        let rows = rows(&inputs, data.samples());
        Ok(Self { program, graph, rows, inputs: width, columns, parameters, data })
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

    /// Whether the program, the data or a parameter has tensors.
    #[must_use]
    pub fn has_tensors(&self) -> bool {
        self.program.tensor_use().is_some()
            || self.data.columns().iter().any(|column| !column.shape.is_empty())
            || self.parameters.iter().any(|parameter| !parameter.shape.is_empty())
    }

    /// How many columns the program uses.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The parameters, in the order of their first use.
    #[must_use]
    pub fn tensors(&self) -> &[Parameter] {
        &self.parameters
    }

    /// The names of the numbers that are trained, in the order of their first use: a parameter, or
    /// each element of one that is a tensor, as `W[0, 1]`.
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        &self.graph.variables()[self.inputs..]
    }

    /// The names of the numbers of a sample that the graph uses, in the data's order: a column, or
    /// each element of one whose samples are tensors.
    #[must_use]
    pub fn inputs(&self) -> &[String] {
        &self.graph.variables()[..self.inputs]
    }

    /// The number of samples.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.data.samples()
    }

    /// The numbers of all samples, one sample after the other.
    #[must_use]
    pub fn rows(&self) -> &[f64] {
        &self.rows
    }

    /// The numbers of one sample, in the order of [`inputs`](Self::inputs).
    #[must_use]
    pub fn row(&self, sample: usize) -> &[f64] {
        &self.rows[sample * self.inputs..(sample + 1) * self.inputs]
    }

    /// The statements of the program; their leaves are the columns in use, then the parameters.
    ///
    /// # Errors
    /// When there are too many elements.
    pub fn lowered(&self) -> Result<Lowered, Error> {
        Ok(lower(&self.program, &self.leaves())?)
    }

    /// The operations of the program as they are written; its leaves are the columns in use, then the
    /// parameters.
    ///
    /// # Errors
    /// When there are too many elements.
    pub fn operations(&self) -> Result<Operations, Error> {
        Ok(engine::operations(&self.program, &self.leaves())?)
    }

    /// The columns in use, then the parameters, with their shapes.
    fn leaves(&self) -> Vec<(&str, Vec<usize>)> {
        let free = self.program.free_names();
        let columns = self.data.columns().iter().filter(|column| free.contains(&column.name.as_str()));
        leaves(&columns.collect::<Vec<_>>(), &self.parameters)
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

/// The columns, then the parameters, with their shapes.
fn leaves<'m>(
    inputs: &[&'m Column],
    parameters: impl IntoIterator<Item = &'m Parameter>,
) -> Vec<(&'m str, Vec<usize>)> {
    let columns = inputs.iter().map(|column| (column.name.as_str(), column.shape.clone()));
    let parameters = parameters.into_iter().map(|parameter| (parameter.name.as_str(), parameter.shape.clone()));
    columns.chain(parameters).collect()
}

/// The statements of a program, which may be large; its leaves are the columns, then the parameters.
pub(super) fn lowered<'m>(
    program: &Program,
    inputs: &[&'m Column],
    parameters: impl IntoIterator<Item = &'m Parameter>,
    is_large: bool,
) -> Result<Lowered, Error> {
    let leaves = leaves(inputs, parameters);
    // No pointers to these functions: the table of functions is in the first part of the module.
    Ok(if is_large { lower_large(program, &leaves)? } else { lower(program, &leaves)? })
}

/// The graph of a program of tensors, whose variables are their elements.
fn flat(program: &Program, inputs: &[&Column], parameters: &[Parameter]) -> Result<Graph, Error> {
    let Flat { graph, lowered } = expand(program, &leaves(inputs, parameters))?;
    check_places(&lowered, inputs)?;
    match program.lines().last() {
        Some(last) if count(&lowered.shape) != 1 => {
            let kind = ErrorKind::LossShape(last.name().to_owned(), lowered.shape);
            Err(engine::Error { kind, span: last.span }.into())
        }
        _ => Ok(graph),
    }
}

/// Checks the columns whose numbers choose a row of a table or a class.
pub(super) fn check_places(lowered: &Lowered, inputs: &[&Column]) -> Result<(), Error> {
    let accesses = lowered.code.forward().iter().flat_map(|statement| &statement.inputs);
    for index in accesses.filter_map(|access| access.index.as_deref()) {
        let Some(input) = lowered.leaves.iter().position(|&leaf| leaf == index.access.tensor) else { continue };
        let Some(column) = inputs.get(input) else { continue };
        let is_place = |number: &f64| (0.0..index.size as f64).contains(number) && number.fract() == 0.0;
        if let Some(wrong) = column.values.iter().position(|number| !is_place(number)) {
            return Err(Error::Place(
                column.name.clone(),
                wrong / column.width() + 1,
                column.values[wrong],
                index.size,
            ));
        }
    }
    Ok(())
}

/// The numbers of all samples, one sample after the other.
pub(super) fn rows(inputs: &[&Column], samples: usize) -> Vec<f64> {
    let mut rows = Vec::new();
    for sample in 0..samples {
        inputs.iter().for_each(|column| rows.extend_from_slice(column.sample(sample)));
    }
    rows
}
