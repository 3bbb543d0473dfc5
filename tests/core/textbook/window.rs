//! Sums of products: of rows and columns, and of windows that slide.

use downhill::autodiff::engine::{count, index};
use downhill::formula::Arguments;
use downhill::formula::BinaryOperator::Multiply;

use super::tensor::{Tensor, broadcast, sum, two};
use crate::dual::Dual;

/// A vector is a row on the left and a column on the right; other axes are broadcast.
pub fn product(a: &Tensor, b: &Tensor) -> Tensor {
    let left = if a.shape.len() == 1 { [&[1], a.shape.as_slice()].concat() } else { a.shape.clone() };
    let right = if b.shape.len() == 1 { [b.shape.as_slice(), &[1]].concat() } else { b.shape.clone() };
    let [left, right] = [(a, left), (b, right)].map(|(a, shape)| Tensor { shape, numbers: a.numbers.clone() });
    let (rows, columns) = (left.shape.len() - 2, right.shape.len() - 2);
    let inner = left.shape[rows + 1];
    let outer = broadcast(&left.shape[..rows], &right.shape[..columns]);
    let whole = [outer.as_slice(), &[left.shape[rows], right.shape[columns + 1]]].concat();
    let mut made = Tensor::made(&whole, |index| {
        let (outer, last) = index.split_at(index.len() - 2);
        let term = |k: usize| {
            two(
                Multiply,
                left.broadcast(&[outer, &[last[0], k]].concat()),
                right.broadcast(&[outer, &[k, last[1]]].concat()),
            )
        };
        sum((0..inner).map(term))
    });
    if b.shape.len() == 1 {
        made.shape.pop();
    }
    if a.shape.len() == 1 {
        made.shape.remove(outer.len());
    }
    made
}

/// What slides over all axes but the first.
pub struct Window {
    sizes: Vec<usize>,
    stride: usize,
    padding: usize,
}

impl Window {
    pub fn of(sizes: &[usize], stride: usize, arguments: &Arguments) -> Self {
        let option = |name: &str, default: usize| arguments.option(name).map_or(default, |numbers| numbers[0] as usize);
        Self { sizes: sizes.to_vec(), stride: option("stride", stride), padding: option("padding", 0) }
    }

    /// How many windows fit along each axis.
    fn windows(&self, sizes: &[usize]) -> Vec<usize> {
        let fit = |(size, window): (&usize, &usize)| (size + 2 * self.padding - window) / self.stride + 1;
        sizes.iter().zip(&self.sizes).map(fit).collect()
    }

    /// Where a place of a window is.
    fn place(&self, window: &[usize], place: &[usize]) -> Vec<isize> {
        let at = |(window, place): (&usize, &usize)| (window * self.stride + place) as isize - self.padding as isize;
        window.iter().zip(place).map(at).collect()
    }
}

pub fn pool(x: &Tensor, size: usize, arguments: &Arguments) -> Window {
    Window::of(&vec![size; x.shape.len() - 1], size, arguments)
}

pub fn convolved(x: &Tensor, kernels: &Tensor, window: &Window) -> Tensor {
    let shape = [&kernels.shape[..1], &window.windows(&x.shape[1..])].concat();
    Tensor::made(&shape, |index| {
        let term = |place: usize| {
            let place = self::index(place, &kernels.shape[1..]);
            let at = [&[place[0] as isize], window.place(&index[1..], &place[1..]).as_slice()].concat();
            let number = x.inside(&at).unwrap_or(Dual::constant(0.0));
            two(Multiply, number, kernels.at(&[&index[..1], &place].concat()))
        };
        sum((0..count(&kernels.shape[1..])).map(term))
    })
}

/// What each window is made into; nothing stands for padding.
pub fn pooled(x: &Tensor, window: &Window, mut of: impl FnMut(&[Option<Dual>]) -> Dual) -> Tensor {
    let shape = [&x.shape[..1], &window.windows(&x.shape[1..])].concat();
    Tensor::made(&shape, |index| {
        let inside = |place: usize| {
            let places = window.place(&index[1..], &self::index(place, &window.sizes));
            x.inside(&[&[index[0] as isize], places.as_slice()].concat())
        };
        of(&(0..count(&window.sizes)).map(inside).collect::<Vec<_>>())
    })
}
