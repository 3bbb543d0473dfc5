//! The losses and the gradients of batches: a lane for each sample.

use super::{Lanes, Model, Passes};
use crate::autodiff::engine::{Code, Executor, Layout, OutOfRange, Precision, View};

/// The passes over batches of samples. The sums are taken sample by sample, so that they equal
/// those of a loop over the batch bit for bit.
#[derive(Clone, Debug)]
pub struct Batches<E> {
    pub(super) passes: Passes<E>,
    /// The samples one after the other, each with the numbers that the program uses.
    rows: Vec<f64>,
    /// How many numbers a sample has.
    width: usize,
}

impl<E: Executor> Batches<E> {
    /// The batches of `rows` with so many numbers each.
    #[must_use]
    pub fn new(passes: Passes<E>, rows: Vec<f64>, width: usize) -> Self {
        Self { passes, rows, width }
    }

    /// The batches of a model's samples in doubles; `make` gives the executor.
    #[must_use]
    pub fn of(model: &Model, lanes: usize, make: impl FnOnce(&Code, &Layout, Precision) -> E) -> Option<Self> {
        let passes = Passes::of(model, Lanes::Samples(lanes), make)?;
        Some(Self::new(passes, model.rows().to_vec(), model.inputs().len()))
    }

    /// Sets the parameters, one after the other, each row by row.
    pub fn load_parameters(&mut self, weights: &[f64]) {
        self.passes.load_parameters(0, weights);
    }

    /// `sum` plus the losses of the samples.
    ///
    /// # Errors
    /// When a number that should choose a row or a class is out of range.
    pub fn losses(&mut self, samples: &[u32], sum: f64) -> Result<f64, OutOfRange> {
        samples.chunks(self.passes.lanes()).try_fold(sum, |sum, group| self.forward(group, sum))
    }

    /// The same, and adds the gradients, which start with `seed`, to those of the parameters.
    ///
    /// # Errors
    /// Those of [`Batches::losses`].
    pub fn pass(&mut self, samples: &[u32], seed: f64, sum: f64, gradients: &mut [f64]) -> Result<f64, OutOfRange> {
        self.passes.start_from(seed);
        samples.chunks(self.passes.lanes()).try_fold(sum, |sum, group| {
            let sum = self.forward(group, sum)?;
            self.passes.backward()?;
            self.passes.add_gradients(group.len(), gradients);
            Ok(sum)
        })
    }

    /// The numbers of a view for each of the samples.
    ///
    /// # Errors
    /// Those of [`Batches::losses`].
    pub fn read(&mut self, view: &View, samples: &[u32]) -> Result<Vec<f64>, OutOfRange> {
        let mut numbers = Vec::new();
        for group in samples.chunks(self.passes.lanes()) {
            self.forward(group, 0.0)?;
            (0..group.len()).for_each(|lane| numbers.extend(self.passes.elements(view.tensor, view, lane)));
        }
        Ok(numbers)
    }

    /// The numbers of a sample.
    pub(super) fn row_mut(&mut self, sample: u32) -> &mut [f64] {
        &mut self.rows[sample as usize * self.width..][..self.width]
    }

    /// Lanes without a sample keep their old numbers, which are not used.
    fn forward(&mut self, group: &[u32], sum: f64) -> Result<f64, OutOfRange> {
        for (lane, &sample) in group.iter().enumerate() {
            let row = &self.rows[sample as usize * self.width..][..self.width];
            self.passes.load_sample(lane, row);
        }
        self.passes.forward()?;
        Ok(self.passes.add_losses(group.len(), sum))
    }
}
