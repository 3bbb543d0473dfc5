//! What is wrong with the shapes of a program, and where.

use std::fmt;

use super::shape::{MAX_ELEMENTS, MAX_LARGE, MAX_PASSAGES, MAX_RANK, written};
use crate::autodiff::tensor::MAX_NODES;
use crate::formula::Span;
use crate::number::repr;

/// A program whose tensors do not fit together.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// What is wrong.
    pub kind: ErrorKind,
    /// The place in the source.
    pub span: Span,
}

/// What can be wrong. Its `Display` is a sentence for the person who typed it.
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorKind {
    /// Two shapes that can't be broadcast.
    Broadcast(Vec<usize>, Vec<usize>),
    /// Two shapes that have no matrix product.
    MatrixProduct(Vec<usize>, Vec<usize>),
    /// Lists of different shapes beside each other.
    Ragged(Vec<usize>, Vec<usize>),
    /// A rank above the limit.
    Rank(usize),
    /// More elements than the limit; nothing where it is not known how many.
    TooManyElements(Option<usize>),
    /// More elements than even a network may have that computes one sample at a time.
    TooManyLarge,
    /// More scalar nodes than can be explained.
    TooManyNodes,
    /// A shape with a negative size.
    NegativeSize(Vec<i64>),
    /// An axis that the shape has not.
    Axis(i64, Vec<usize>),
    /// A shape that can't become the other.
    Reshape(Vec<usize>, Vec<i64>),
    /// A place that is not in the shape.
    Place(Vec<i64>, Vec<usize>),
    /// An axis that is named twice.
    AxisTwice(i64),
    /// Two shapes that differ in more than the axis along which they are joined.
    Concat(Vec<usize>, Vec<usize>, usize),
    /// A function of tensors with other axes: its name, what it takes, and the shape.
    Axes(&'static str, &'static str, Vec<usize>),
    /// A picture or sequence and kernels that do not fit it.
    Convolution(Vec<usize>, Vec<usize>),
    /// A window that is larger than what it slides over.
    Window(Vec<usize>, Vec<usize>),
    /// A part of a call that is smaller than it can be: what it is, and the least that it can be.
    TooSmall(&'static str, i64),
    /// Several numbers for a part of a call that has one: what it is.
    Several(&'static str),
    /// More passages of a loop than anybody waits for.
    TooMuchWork,
    /// Padding of more than half of a window.
    Padding(usize, usize),
    /// Scores and labels that do not fit each other.
    Labels(Vec<usize>, Vec<usize>),
    /// A number that is no place: the number, and how many places there are.
    Index(f64, usize),
    /// A loss that is not a single number: its name and shape.
    LossShape(String, Vec<usize>),
    /// The largest of no elements.
    MaxOfNothing,
    /// A name without a value.
    NoValue(String),
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broadcast(left, right) => {
                let [left, right] = [left, right].map(|shape| written(shape));
                write!(
                    f,
                    "the shapes {left} and {right} do not fit: from the right, two sizes must be equal, or one of them 1"
                )
            }
            Self::MatrixProduct(left, right) => {
                let [left, right] = [left, right].map(|shape| written(shape));
                write!(
                    f,
                    "`@` can't multiply the shapes {left} and {right}: the rows of the first must be as long as the columns of the second"
                )
            }
            Self::Ragged(first, other) => {
                let [first, other] = [first, other].map(|shape| written(shape));
                write!(f, "the items of a list must have one shape, but here are {first} and {other}")
            }
            Self::Rank(rank) => write!(f, "a tensor has at most {MAX_RANK} axes, and this one would have {rank}"),
            Self::TooManyElements(Some(elements)) => {
                write!(f, "this needs {elements} numbers; at most {MAX_ELEMENTS} are calculated with")
            }
            Self::TooManyElements(None) => more_than(f, MAX_ELEMENTS),
            Self::TooManyLarge => more_than(f, MAX_LARGE),
            Self::TooManyNodes => more_than(f, MAX_NODES),
            Self::NegativeSize(sizes) => write!(f, "the shape {} has a negative size", list(sizes)),
            Self::Axis(axis, shape) => write!(f, "there is no axis {axis} in the shape {}", written(shape)),
            Self::Reshape(from, to) => {
                write!(
                    f,
                    "the shape {} can't become {}: they have different numbers of elements",
                    written(from),
                    list(to)
                )
            }
            Self::Place(place, shape) => {
                let place = list(place);
                write!(f, "there is no element [{}] in the shape {}", &place[1..place.len() - 1], written(shape))
            }
            Self::AxisTwice(axis) => write!(f, "the axis {axis} is named twice"),
            Self::Concat(first, other, axis) => {
                write!(
                    f,
                    "the shapes {} and {} can't be joined along the axis {axis}: all their other sizes must be equal",
                    written(first),
                    written(other)
                )
            }
            Self::Axes(name, expected, shape) => {
                write!(f, "`{name}` needs {expected}, but the shape is {}", written(shape))
            }
            Self::Convolution(x, kernels) => {
                write!(
                    f,
                    "`conv` takes (channels, length) with kernels (out, channels, size), or (channels, height, width) with kernels (out, channels, height, width), but the shapes are {} and {}",
                    written(x),
                    written(kernels)
                )
            }
            Self::Window(window, whole) => {
                write!(f, "a window of the shape {} is larger than {}", written(window), written(whole))
            }
            Self::TooSmall(what, least) => write!(f, "a {what} must be at least {least}"),
            Self::Several(what) => write!(f, "the {what} must be a single number here"),
            Self::TooMuchWork => {
                write!(f, "this needs more than {MAX_PASSAGES} steps, which is the most that is calculated with")
            }
            Self::Padding(padding, size) => {
                write!(f, "a padding of {padding} is more than half of the window, which has the size {size}")
            }
            Self::Labels(z, label) => {
                write!(
                    f,
                    "`cross_entropy` needs one label for each list of scores, but the shapes are {} and {}",
                    written(z),
                    written(label)
                )
            }
            Self::Index(number, size) => {
                let number = repr(*number);
                let number = number.strip_suffix(".0").unwrap_or(&number);
                write!(f, "{number} is no place here: places are whole numbers from 0 to {}", size.saturating_sub(1))
            }
            Self::LossShape(name, shape) => {
                let shape = written(shape);
                write!(
                    f,
                    "`{name}` has the shape {shape}, but a loss is one number; end with a mean, such as `mean({name})`"
                )
            }
            Self::MaxOfNothing => f.write_str("a tensor without elements has no largest one"),
            Self::NoValue(name) => write!(f, "`{name}` has no value; write a line such as `{name} = [1, 2]` before it"),
        }
    }
}

fn list(numbers: &[i64]) -> String {
    format!("({})", numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(", "))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for Error {}

fn more_than(f: &mut fmt::Formatter<'_>, most: usize) -> fmt::Result {
    write!(f, "this needs more than {most} numbers, which is the most that is calculated with")
}
