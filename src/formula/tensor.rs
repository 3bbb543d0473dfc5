//! What the formula language says of whole tensors.

/// An operation on tensors; its operands are in the term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TensorOperation {
    /// `[a, b]`: tensors of one shape, one after the other along a new first axis.
    List,
    /// `ones(2, 3)`
    Ones(Vec<i64>),
    /// `zeros(2, 3)`
    Zeros(Vec<i64>),
    /// `a @ b`, the matrix product.
    MatrixProduct,
    /// `sum(a)` or `sum(a, axis=0)`
    Reduce(Reduction, Option<i64>),
    /// `transpose(a)`: the last two axes change their places.
    Transpose,
    /// `reshape(a, 2, -1)`
    Reshape(Vec<i64>),
    /// `a[0, 1]`
    Element(Vec<i64>),
}

/// A function that makes one number of many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reduction {
    /// The sum.
    Sum,
    /// The sum over the number of elements.
    Mean,
    /// The largest.
    Max,
}

impl Reduction {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Max => "max",
        }
    }
}

/// The functions of tensors, besides those that work on each element.
pub const TENSOR_FUNCTIONS: [&str; 7] = ["ones", "zeros", "sum", "mean", "max", "transpose", "reshape"];

impl TensorOperation {
    /// The operation in the formula language, with its operands as they are written.
    pub(super) fn written(&self, operands: &[String]) -> String {
        let first = operands.first().map_or("", String::as_str);
        match self {
            Self::List => format!("[{}]", operands.join(", ")),
            Self::Ones(shape) => format!("ones({})", joined(shape)),
            Self::Zeros(shape) => format!("zeros({})", joined(shape)),
            Self::MatrixProduct => operands.join(" @ "),
            Self::Reduce(reduction, None) => format!("{}({first})", reduction.name()),
            Self::Reduce(reduction, Some(axis)) => format!("{}({first}, axis={axis})", reduction.name()),
            Self::Transpose => format!("transpose({first})"),
            Self::Reshape(shape) => format!("reshape({first}, {})", joined(shape)),
            Self::Element(place) => format!("{first}[{}]", joined(place)),
        }
    }
}

fn joined(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    numbers.join(", ")
}
