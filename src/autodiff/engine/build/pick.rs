//! What numbers of one tensor choose in another: rows of a table, the class of a label.

use super::{Builder, Made, View};
use crate::autodiff::Operation;
use crate::autodiff::engine::{Access, ErrorKind, Index};
use crate::function::{DROP, KEEP};

impl Builder {
    /// The rows of a table at the places that `index` gives.
    pub(super) fn embedding(&mut self, table: &View, index: &View) -> Made {
        let Some((&rows, row)) = table.shape.split_first().filter(|(rows, _)| **rows > 0) else {
            return Err(ErrorKind::Axes("embedding", "a table of rows", table.shape.clone()));
        };
        let shape: Vec<usize> = index.shape.iter().chain(row).copied().collect();
        let mut lookup = index.access();
        lookup.strides.resize(shape.len(), 0);
        let mut strides = vec![0; index.shape.len()];
        strides.extend(&table.strides[1..]);
        let index = Index { access: lookup, stride: table.strides[0], size: rows };
        self.chosen(shape, Access { strides, index: Some(Box::new(index)), ..table.access() })
    }

    /// The mean over all labels of `-log_softmax(z)` at the label. `z` has the classes along its
    /// only axis, along the second one beside rows, and along the first one of pictures.
    pub(super) fn cross_entropy(&mut self, z: &View, label: &View) -> Made {
        let axis = usize::from(z.shape.len() == 2);
        let refused = || ErrorKind::Labels(z.shape.clone(), label.shape.clone());
        let mut expected = z.shape.clone();
        if expected.is_empty() || expected[axis] == 0 {
            return Err(refused());
        }
        let classes = expected.remove(axis);
        if expected != label.shape {
            return Err(refused());
        }
        let scores = self.log_softmax(z, axis as f64)?;
        let base = scores.at(axis, 0);
        let index = Index { access: label.access(), stride: scores.strides[axis], size: classes };
        let picked = self.chosen(expected, Access { index: Some(Box::new(index)), ..base.access() })?;
        let loss = self.each(Operation::Negate, &picked)?;
        if loss.shape.is_empty() { Ok(loss) } else { self.mean(&loss, None) }
    }

    /// `a` where the condition is not 0, else `b`.
    pub(super) fn choice(&mut self, condition: &View, a: &View, b: &View) -> Made {
        let kept = self.pairs(Operation::Call(&KEEP), a, condition)?;
        let dropped = self.pairs(Operation::Call(&DROP), b, condition)?;
        self.pairs(Operation::Add, &kept, &dropped)
    }
}
