//! What slides over pictures (channels, height, width) and sequences (channels, length).

use super::{Builder, Made, View};
use crate::autodiff::engine::ErrorKind;
use crate::formula::Arguments;

/// How a window slides.
struct Sliding {
    stride: usize,
    padding: usize,
}

impl Sliding {
    fn of(arguments: &Arguments, stride: usize) -> Result<Self, ErrorKind> {
        let option = |name: &'static str, default: usize, least: i64| match arguments.option(name) {
            Some(&[number]) => at_least(least, name, number as i64),
            Some(_) => Err(ErrorKind::Several(name)),
            None => Ok(default),
        };
        Ok(Self { stride: option("stride", stride, 1)?, padding: option("padding", 0, 0)? })
    }
}

impl Builder {
    /// The sums of products of kernels `(out, in, ...)` and the windows of `(in, ...)`.
    pub(super) fn convolution(&mut self, x: &View, kernels: &View, arguments: &Arguments) -> Made {
        let axes = x.shape.len().wrapping_sub(1);
        if !(1..=2).contains(&axes) || kernels.shape.len() != axes + 2 || kernels.shape[1] != x.shape[0] {
            return Err(ErrorKind::Convolution(x.shape.clone(), kernels.shape.clone()));
        }
        let sliding = Sliding::of(arguments, 1)?;
        let windows = self.windows(x, &kernels.shape[2..], &sliding, 0.0)?;
        // Kernel first, then the places, then channel and window, over which the sum goes.
        let places = &windows.shape[1..=axes];
        let order: Vec<usize> = (1..=axes).chain([0]).chain(axes + 1..=2 * axes).collect();
        let left = windows.permuted(&order).with_axis(0, kernels.shape[0], 0);
        let right =
            places.iter().enumerate().fold(kernels.clone(), |view, (axis, &size)| view.with_axis(1 + axis, size, 0));
        self.contracted([left, right], axes + 1)
    }

    /// The largest number of each window.
    pub(super) fn max_pool(&mut self, x: &View, arguments: &Arguments) -> Made {
        let (windows, axes) = self.pool(x, "maxpool", arguments, f64::NEG_INFINITY)?;
        self.first_largest(&windows, axes)
    }

    /// The mean of each window, in which padding counts as 0.
    pub(super) fn average_pool(&mut self, x: &View, arguments: &Arguments) -> Made {
        let (windows, axes) = self.pool(x, "avgpool", arguments, 0.0)?;
        let inner: Vec<f64> = (windows.shape.len() - axes..windows.shape.len()).map(|axis| axis as f64).collect();
        self.mean(&windows, Some(&inner))
    }

    fn pool(
        &mut self,
        x: &View,
        name: &'static str,
        arguments: &Arguments,
        outside: f64,
    ) -> Result<(View, usize), ErrorKind> {
        let axes = x.shape.len().wrapping_sub(1);
        if !(1..=2).contains(&axes) {
            return Err(ErrorKind::Axes(name, "2 or 3 axes", x.shape.clone()));
        }
        let size = at_least(1, "window", arguments.numbers[0])?;
        let sliding = Sliding::of(arguments, size)?;
        if sliding.padding * 2 > size {
            return Err(ErrorKind::Padding(sliding.padding, size));
        }
        Ok((self.windows(x, &vec![size; axes], &sliding, outside)?, axes))
    }

    /// The windows over all axes but the first, with the places inside them as last axes.
    fn windows(&mut self, x: &View, sizes: &[usize], sliding: &Sliding, outside: f64) -> Made {
        let padded = self.padded(x, &vec![[sliding.padding; 2]; sizes.len()], outside)?;
        let mut windows = padded.clone();
        for (axis, &size) in sizes.iter().enumerate() {
            let slid = windows.windows(axis + 1, size, sliding.stride);
            windows = slid.ok_or_else(|| ErrorKind::Window(sizes.to_vec(), padded.shape[1..].to_vec()))?;
        }
        Ok(windows)
    }

    /// Every element `factor` times along each axis but the first.
    pub(super) fn upsample(&mut self, x: &View, factor: i64) -> Made {
        let factor = at_least(1, "factor", factor)?;
        let axes = x.shape.len().wrapping_sub(1);
        if !(1..=2).contains(&axes) {
            return Err(ErrorKind::Axes("upsample", "2 or 3 axes", x.shape.clone()));
        }
        let mut shape = x.shape.clone();
        shape[1..].iter_mut().for_each(|size| *size = size.saturating_mul(factor));
        let repeated = (1..=axes).fold(x.clone(), |view, axis| view.with_axis(2 * axis, factor, 0));
        self.with_shape(&repeated, shape)
    }
}

fn at_least(least: i64, what: &'static str, number: i64) -> Result<usize, ErrorKind> {
    if number < least { Err(ErrorKind::TooSmall(what, least)) } else { Ok(number as usize) }
}
