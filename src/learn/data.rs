//! The samples: named columns of equal length.

use super::{Error, MAX_COLUMNS, MAX_SAMPLES};
use crate::function::constant;

/// A named column of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The name that the program uses.
    pub name: String,
    /// One number for each sample.
    pub values: Vec<f64>,
}

/// Samples that can be trained on: at least one, all finite, each with a number in every column.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    columns: Vec<Column>,
}

impl Data {
    /// Checks columns and takes them.
    ///
    /// # Errors
    /// When there is no sample, or there are too many or too many columns, when two columns have one name, when lengths
    /// differ, or when a number is not finite.
    pub fn new(columns: Vec<Column>) -> Result<Self, Error> {
        check_sizes(&columns)?;
        for (index, column) in columns.iter().enumerate() {
            check_name(column, &columns[..index])?;
            check_values(column)?;
        }
        Ok(Self { columns })
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
        self.columns[0].values.len()
    }
}

fn check_sizes(columns: &[Column]) -> Result<(), Error> {
    let Some((first, others)) = columns.split_first() else {
        return Err(Error::NoData);
    };
    if columns.len() > MAX_COLUMNS {
        return Err(Error::TooManyColumns(columns.len()));
    }
    let samples = first.values.len();
    if let Some(other) = others.iter().find(|column| column.values.len() != samples) {
        let (name, length) = (other.name.clone(), other.values.len());
        return Err(Error::UnequalColumns(first.name.clone(), samples, name, length));
    }
    match samples {
        0 => Err(Error::NoData),
        1..=MAX_SAMPLES => Ok(()),
        _ => Err(Error::TooManySamples(samples)),
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
        Some(row) => Err(Error::DataNotFinite(column.name.clone(), row + 1, column.values[row])),
        None => Ok(()),
    }
}
