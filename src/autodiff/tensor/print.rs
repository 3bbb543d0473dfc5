//! Tensors as PyTorch prints them (`torch/_tensor_str.py`, with its default options).

use crate::autodiff::engine::{count, written};
use crate::number::{exponential, fixed};

const PRECISION: usize = 4;
const LINE_WIDTH: usize = 80;
/// Larger tensors are printed with an ellipsis between the first and the last elements of each axis.
const THRESHOLD: usize = 1_000;
const EDGE: usize = 3;

/// `tensor([[4.5000, 4.5000],\n        [4.5000, 4.5000]])`: what `print` shows for a tensor of
/// PyTorch's default type with these numbers, row by row.
///
/// # Panics
/// When there are not as many numbers as the shape has elements.
#[must_use]
pub fn printed(shape: &[usize], values: &[f64]) -> String {
    assert_eq!(count(shape), values.len());
    const START: &str = "tensor(";
    if values.is_empty() {
        let size = if shape.len() == 1 { String::new() } else { format!(", size={}", written(shape)) };
        return format!("{START}[]{size})");
    }
    let summarised = values.len() > THRESHOLD;
    let shown: Vec<f64> = match summarised {
        true => shown_places(shape).into_iter().map(|place| values[place]).collect(),
        false => values.to_vec(),
    };
    let printer = Printer { format: Format::of(&shown), summarised };
    format!("{START}{})", printer.tensor(shape, values, START.len()))
}

/// The places of a summarised tensor's elements that are printed.
fn shown_places(shape: &[usize]) -> Vec<usize> {
    let Some((&size, inner)) = shape.split_first() else { return vec![0] };
    let (length, inside) = (count(inner), shown_places(inner));
    let rows = (0..size).filter(|&row| size <= 2 * EDGE || row < EDGE || row >= size - EDGE);
    rows.flat_map(|row| inside.iter().map(move |place| row * length + place)).collect()
}

struct Printer {
    format: Format,
    summarised: bool,
}

impl Printer {
    fn tensor(&self, shape: &[usize], values: &[f64], indent: usize) -> String {
        let Some((&size, inner)) = shape.split_first() else { return self.format.number(values[0]) };
        let length = count(inner);
        let part = |row: usize| match inner {
            [] => self.format.number(values[row]),
            _ => self.tensor(inner, &values[row * length..(row + 1) * length], indent + 1),
        };
        let parts = self.parts(size, part, if inner.is_empty() { " ..." } else { "..." });
        match inner.len() {
            0 => self.vector(&parts, indent),
            depth => format!("[{}]", parts.join(&format!(",{}{}", "\n".repeat(depth), " ".repeat(indent + 1)))),
        }
    }

    fn parts(&self, size: usize, part: impl Fn(usize) -> String, ellipsis: &str) -> Vec<String> {
        if !self.summarised || size <= 2 * EDGE {
            return (0..size).map(part).collect();
        }
        let first = (0..EDGE).map(&part);
        first.chain([ellipsis.to_owned()]).chain((size - EDGE..size).map(&part)).collect()
    }

    /// As many numbers in a line as fit.
    fn vector(&self, parts: &[String], indent: usize) -> String {
        let per_line = ((LINE_WIDTH - indent) / (self.format.width + 2)).max(1);
        let lines: Vec<String> = parts.chunks(per_line).map(|line| line.join(", ")).collect();
        format!("[{}]", lines.join(&format!(",\n{}", " ".repeat(indent + 1))))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Whole,
    Fixed,
    Scientific,
}

/// One format for all numbers of a tensor, which depends on all of them.
struct Format {
    style: Style,
    width: usize,
}

impl Format {
    fn of(values: &[f64]) -> Self {
        let numbers: Vec<f64> = values.iter().copied().filter(|value| value.is_finite() && *value != 0.0).collect();
        let (low, high) = numbers
            .iter()
            .fold((f64::INFINITY, 0.0_f64), |(low, high), value| (low.min(value.abs()), high.max(value.abs())));
        let whole = numbers.iter().all(|value| value.fract() == 0.0);
        let scientific = !numbers.is_empty() && (high / low > 1_000.0 || high > 1e8 || low < 1e-4);
        let style = match (scientific, whole) {
            (true, _) => Style::Scientific,
            (false, true) => Style::Whole,
            (false, false) => Style::Fixed,
        };
        let format = Self { style, width: 1 };
        let width = numbers.iter().map(|&value| format.plain(value).len()).max().unwrap_or(1);
        Self { width, ..format }
    }

    fn number(&self, value: f64) -> String {
        let text = self.plain(value);
        " ".repeat(self.width.saturating_sub(text.len())) + &text
    }

    fn plain(&self, value: f64) -> String {
        match self.style {
            Style::Whole if value.is_finite() => fixed(value, 0) + ".",
            Style::Whole => fixed(value, 0),
            Style::Fixed => fixed(value, PRECISION),
            Style::Scientific => exponential(value, PRECISION),
        }
    }
}
