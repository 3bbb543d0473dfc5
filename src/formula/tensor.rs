//! What the formula language says of whole tensors.

/// An operation on tensors; its operands are in the term.
#[derive(Clone, Debug, PartialEq)]
pub enum TensorOperation {
    /// `[a, b]`: tensors of one shape, one after the other along a new first axis.
    List,
    /// `a @ b`, the matrix product.
    MatrixProduct,
    /// `a[0, 1:3]`
    Slice(Vec<Slice>),
    /// A call, such as `sum(a, axis=0)`.
    Call(&'static TensorFunction, Arguments),
}

/// What is taken along one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slice {
    /// One place; the axis disappears. Negative places count from the end.
    At(i64),
    /// The places from the first up to the second, as in Python.
    Range(Option<i64>, Option<i64>),
}

/// What a call has besides its operands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Arguments {
    /// Whole numbers that stand between the operands and the options: `2, 3` in `ones(2, 3)`.
    pub numbers: Vec<i64>,
    /// The options that are given, in the order of the table.
    pub options: Vec<(&'static str, Vec<f64>)>,
}

impl Arguments {
    /// Each number and each option as text.
    pub(super) fn written(&self) -> impl Iterator<Item = String> {
        let numbers = self.numbers.iter().map(i64::to_string);
        numbers.chain(self.options.iter().map(|(name, values)| format!("{name}={}", listed(values))))
    }

    /// The numbers of an option; nothing where it is not given.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&[f64]> {
        self.options.iter().find(|(option, _)| *option == name).map(|(_, values)| values.as_slice())
    }
}

/// A function of whole tensors. Functions of each element are in [`function`](crate::function).
#[derive(Debug)]
pub struct TensorFunction {
    /// How a formula calls it, which is PyTorch's name.
    pub name: &'static str,
    /// The least and the most operands.
    pub operands: (usize, usize),
    /// The least and the most whole numbers after them.
    pub numbers: (usize, usize),
    /// The names of its options.
    pub options: &'static [&'static str],
    /// A call with everything that it takes.
    pub example: &'static str,
}

/// Two functions are the same when their names are: the table has each name once.
impl PartialEq for TensorFunction {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// As many as are given.
const ANY: usize = usize::MAX;

/// The table of the functions of tensors.
#[rustfmt::skip]
pub static TENSOR_FUNCTIONS: [TensorFunction; 24] = [
    tensor("ones", (0, 0), (0, ANY), &[], "ones(2, 3)"),
    tensor("zeros", (0, 0), (0, ANY), &[], "zeros(2, 3)"),
    tensor("normal", (0, 0), (0, ANY), &["seed"], "normal(2, 3, seed=1)"),
    tensor("uniform", (0, 0), (0, ANY), &["low", "high", "seed"], "uniform(2, 3, low=-1, high=1, seed=1)"),
    tensor("kaiming", (0, 0), (1, ANY), &["seed"], "kaiming(8, 1, 3, 3, seed=1)"),
    tensor("sum", (1, 1), (0, 0), &["axis"], "sum(x, axis=0)"),
    tensor("mean", (1, 1), (0, 0), &["axis"], "mean(x, axis=(0, 1))"),
    tensor("max", (1, 1), (0, 0), &["axis"], "max(x, axis=0)"),
    tensor("argmax", (1, 1), (0, 0), &["axis"], "argmax(x, axis=0)"),
    tensor("norm", (1, 1), (0, 0), &["axis"], "norm(x, axis=0)"),
    tensor("softmax", (1, 1), (0, 0), &["axis"], "softmax(x, axis=-1)"),
    tensor("log_softmax", (1, 1), (0, 0), &["axis"], "log_softmax(x, axis=-1)"),
    tensor("cross_entropy", (2, 2), (0, 0), &[], "cross_entropy(z, label)"),
    tensor("embedding", (2, 2), (0, 0), &[], "embedding(table, index)"),
    tensor("where", (3, 3), (0, 0), &[], "where(a > b, a, b)"),
    tensor("outer", (2, 2), (0, 0), &[], "outer(a, b)"),
    tensor("transpose", (1, 1), (0, 0), &[], "transpose(x)"),
    tensor("reshape", (1, 1), (1, ANY), &[], "reshape(x, 2, 3)"),
    tensor("concat", (1, ANY), (0, 0), &["axis"], "concat(a, b, axis=0)"),
    tensor("pad", (1, 1), (2, 4), &[], "pad(x, 1, 1)"),
    tensor("conv", (2, 2), (0, 0), &["stride", "padding"], "conv(x, k, stride=1, padding=0)"),
    tensor("maxpool", (1, 1), (1, 1), &["stride", "padding"], "maxpool(x, 2, stride=2, padding=0)"),
    tensor("avgpool", (1, 1), (1, 1), &["stride", "padding"], "avgpool(x, 2, stride=2, padding=0)"),
    tensor("upsample", (1, 1), (1, 1), &[], "upsample(x, 2)"),
];

const fn tensor(
    name: &'static str,
    operands: (usize, usize),
    numbers: (usize, usize),
    options: &'static [&'static str],
    example: &'static str,
) -> TensorFunction {
    TensorFunction { name, operands, numbers, options, example }
}

/// The function of tensors with this name.
#[must_use]
pub fn find_tensor_function(name: &str) -> Option<&'static TensorFunction> {
    TENSOR_FUNCTIONS.iter().find(|function| function.name == name)
}

/// Whether an option may be any number; others are whole.
pub(super) fn takes_any_number(option: &str) -> bool {
    matches!(option, "low" | "high")
}

impl TensorOperation {
    /// Its sign in a graph.
    pub(crate) fn sign(&self) -> String {
        match self {
            Self::List => "[ ]".to_owned(),
            Self::MatrixProduct => "@".to_owned(),
            Self::Slice(_) => self.written(&[]),
            Self::Call(function, _) => function.name.to_owned(),
        }
    }

    /// The operation in the formula language, with its operands as they are written.
    pub(super) fn written(&self, operands: &[String]) -> String {
        match self {
            Self::List => operands.join(", "),
            Self::MatrixProduct => operands.join(" @ "),
            Self::Slice(slices) => {
                let slices: Vec<String> = slices.iter().map(|slice| slice.written()).collect();
                format!("{}[{}]", operands.concat(), slices.join(", "))
            }
            Self::Call(function, arguments) => {
                let all: Vec<String> = operands.iter().cloned().chain(arguments.written()).collect();
                format!("{}({})", function.name, all.join(", "))
            }
        }
    }
}

impl Slice {
    fn written(self) -> String {
        let end = |end: Option<i64>| end.map_or(String::new(), |end| end.to_string());
        match self {
            Self::At(place) => place.to_string(),
            Self::Range(start, stop) => format!("{}:{}", end(start), end(stop)),
        }
    }
}

/// One number, or several in parentheses.
fn listed(values: &[f64]) -> String {
    let texts: Vec<String> = values.iter().map(f64::to_string).collect();
    match texts.as_slice() {
        [single] => single.clone(),
        _ => format!("({})", texts.join(", ")),
    }
}
