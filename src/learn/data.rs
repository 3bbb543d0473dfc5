//! The samples: named columns of equal length.

use super::{Error, Limits, MAX_COLUMNS};
use crate::autodiff::engine::count;
use crate::function::constant;

/// A named column of numbers, or of tensors of one shape.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The name that the program uses.
    pub name: String,
    /// The numbers of each sample, one sample after the other: a single number, or those of a
    /// tensor row by row.
    pub values: Vec<f64>,
    /// The shape of a sample's numbers; empty for a single number.
    pub shape: Vec<usize>,
}

impl Column {
    /// A column with one number for each sample.
    #[must_use]
    pub fn numbers(name: impl Into<String>, values: impl Into<Vec<f64>>) -> Self {
        Self { name: name.into(), values: values.into(), shape: Vec::new() }
    }

    /// The number of samples.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.values.len().checked_div(self.width()).unwrap_or(0)
    }

    /// How many numbers a sample has.
    #[must_use]
    pub fn width(&self) -> usize {
        count(&self.shape)
    }

    /// The numbers of a sample.
    #[must_use]
    pub fn sample(&self, sample: usize) -> &[f64] {
        &self.values[sample * self.width()..][..self.width()]
    }
}

/// Samples that can be trained on: at least one, all finite, each with a number in every column.
/// Without columns there is one sample, which has no numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    columns: Vec<Column>,
    samples: usize,
}

impl Data {
    /// Makes data from columns, within the limits of the page.
    ///
    /// # Errors
    /// Those of [`Data::within`].
    pub fn new(columns: Vec<Column>) -> Result<Self, Error> {
        Self::within(columns, Limits::PAGE)
    }

    /// Makes data from columns, after checking them.
    ///
    /// # Errors
    /// When columns are empty, when there are too many or with too many samples, when two columns
    /// have the same name, when lengths differ, or when a number is not finite.
    pub fn within(columns: Vec<Column>, limits: Limits) -> Result<Self, Error> {
        let samples = check_sizes(&columns, limits)?;
        for (index, column) in columns.iter().enumerate() {
            check_name(column, &columns[..index])?;
            check_values(column)?;
        }
        Ok(Self { columns, samples })
    }

    /// The columns, in the order in which they were given.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The names of the columns.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// The number of samples.
    #[must_use]
    pub fn samples(&self) -> usize {
        self.samples
    }
}

/// The number of samples.
fn check_sizes(columns: &[Column], limits: Limits) -> Result<usize, Error> {
    let Some((first, others)) = columns.split_first() else {
        return Ok(1);
    };
    if columns.len() > MAX_COLUMNS {
        return Err(Error::TooManyColumns(columns.len()));
    }
    let samples = first.samples();
    if let Some(other) = others.iter().find(|column| column.samples() != samples) {
        let (name, length) = (other.name.clone(), other.samples());
        return Err(Error::UnequalColumns(first.name.clone(), samples, name, length));
    }
    match samples {
        0 => Err(Error::NoData),
        _ if samples > limits.samples => Err(Error::TooManySamples(samples, limits.samples)),
        _ => Ok(samples),
    }
}

fn check_name(column: &Column, earlier: &[Column]) -> Result<(), Error> {
    if constant(&column.name).is_some() {
        return Err(Error::ConstantColumn(column.name.clone()));
    }
    match earlier.iter().any(|other| other.name == column.name) {
        true => Err(Error::DuplicateColumn(column.name.clone())),
        false => Ok(()),
    }
}

fn check_values(column: &Column) -> Result<(), Error> {
    match column.values.iter().position(|value| !value.is_finite()) {
        Some(place) => Err(Error::DataNotFinite(column.name.clone(), place / column.width() + 1, column.values[place])),
        None => Ok(()),
    }
}
