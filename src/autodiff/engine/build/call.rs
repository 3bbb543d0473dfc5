//! The functions of tensors by their names.

use super::arrange::transposed;
use super::{Builder, Made, View};
use crate::autodiff::Operation;
use crate::autodiff::engine::ErrorKind;
use crate::autodiff::engine::shape::checked;
use crate::formula::Arguments;

impl Builder {
    pub(super) fn call(&mut self, name: &'static str, operands: &[View], arguments: &Arguments) -> Made {
        let axes = arguments.option("axis");
        let axis = |default: i64| match axes {
            Some(&[axis]) => Ok(axis as i64),
            Some(_) => Err(ErrorKind::Several("axis")),
            None => Ok(default),
        };
        match (name, operands) {
            ("ones", _) => self.filled(1.0, &arguments.numbers),
            ("zeros", _) => self.filled(0.0, &arguments.numbers),
            ("normal" | "uniform" | "kaiming", _) => self.draw(name, arguments),
            ("sum", [a]) => self.sum(a, axes),
            ("mean", [a]) => self.mean(a, axes),
            ("max", [a]) => self.largest(a, axes),
            ("argmax", [a]) => self.argmax(a, axes),
            ("norm", [a]) => self.norm(a, axes),
            ("softmax", [a]) => self.softmax(a, axis(-1)? as f64),
            ("log_softmax", [a]) => self.log_softmax(a, axis(-1)? as f64),
            ("cross_entropy", [z, label]) => self.cross_entropy(z, label),
            ("embedding", [table, index]) => self.embedding(table, index),
            ("where", [condition, a, b]) => self.choice(condition, a, b),
            ("outer", [a, b]) => self.outer(a, b),
            ("transpose", [a]) => Ok(transposed(a)),
            ("reshape", [a]) => self.reshape(a, &arguments.numbers),
            ("concat", items @ [_, ..]) => self.concat(items, axis(0)?),
            ("pad", [a]) => self.pad(a, &arguments.numbers),
            ("conv", [x, kernels]) => self.convolution(x, kernels, arguments),
            ("maxpool", [x]) => self.max_pool(x, arguments),
            ("avgpool", [x]) => self.average_pool(x, arguments),
            ("upsample", [x]) => self.upsample(x, arguments.numbers[0]),
            _ => Err(ErrorKind::NoValue(name.to_owned())),
        }
    }

    /// One number, seen at every place of a shape.
    fn filled(&mut self, value: f64, sizes: &[i64]) -> Made {
        let shape = checked(sizes)?;
        Ok(self.constant(value)?.broadcast(&shape))
    }

    /// The products of every element of one vector with every element of another.
    fn outer(&mut self, a: &View, b: &View) -> Made {
        match (a.shape.as_slice(), b.shape.as_slice()) {
            (&[rows], &[columns]) => {
                let (a, b) = (a.with_axis(1, columns, 0), b.with_axis(0, rows, 0));
                self.pairs(Operation::Multiply, &a, &b)
            }
            ([_], other) | (other, _) => Err(ErrorKind::Axes("outer", "1 axis", other.to_vec())),
        }
    }
}
