//! The names of a formula as valid Python names.

use rustc_hash::FxHashSet;

use crate::autodiff::Graph;

/// Python's keywords, and the names that the programs use themselves.
const TAKEN: [&str; 65] = [
    "False",
    "None",
    "True",
    "and",
    "as",
    "assert",
    "async",
    "await",
    "break",
    "class",
    "continue",
    "def",
    "del",
    "elif",
    "else",
    "except",
    "finally",
    "for",
    "from",
    "global",
    "if",
    "import",
    "in",
    "is",
    "lambda",
    "nonlocal",
    "not",
    "or",
    "pass",
    "raise",
    "return",
    "try",
    "while",
    "with",
    "yield",
    "abs",
    "float",
    "format",
    "len",
    "max",
    "min",
    "print",
    "range",
    "repr",
    "round",
    "zip",
    "math",
    "random",
    "torch",
    "data",
    "batch",
    "start",
    "epoch",
    "order",
    "total",
    "learning_rate",
    "power1",
    "power2",
    "forward",
    "gradient",
    "predict",
    "optimizer",
    "scheduler",
    "parameters",
    "mean",
];

/// More names that the functions of tensors use; formulas can't give the names of functions away.
const OF_TENSORS: [&str; 4] = ["functional", "stack", "isinstance", "int"];

/// What programs of tensors call by a name of the whole program, and a name of Python that a column
/// has; a line of a function may have the same name.
const GLOBAL: [&str; 38] = [
    "base64",
    "batches",
    "bytearray",
    "bytes_of",
    "correct",
    "following",
    "group",
    "LABELS",
    "labels",
    "list",
    "loss",
    "losses",
    "loss_of",
    "next",
    "NUMBERS",
    "numbers_of",
    "PATTERN",
    "PICTURES",
    "pictures",
    "rates",
    "re",
    "sample",
    "samples",
    "scores",
    "step",
    "TEST",
    "test_following",
    "test_windows",
    "TEXT",
    "TOKENS",
    "training",
    "WEIGHTS",
    "weights",
    "vmap",
    "WINDOW",
    "windows",
    "windows_of",
    "write",
];

/// The name of each node of a graph, and of its gradient.
pub(super) struct Names {
    taken: FxHashSet<String>,
    pub(super) values: Vec<String>,
    pub(super) gradients: Vec<String>,
    /// For each variable: the optimizer's averages of gradients and of their squares, and the
    /// gradient of one sample.
    pub(super) memories: Vec<[String; 3]>,
}

impl Names {
    /// Valid names for columns and parameters, then for lines, each different.
    pub(super) fn of_names(columns_and_parameters: &[&str], lines: &[&str]) -> Vec<String> {
        let taken = TAKEN.iter().chain(&OF_TENSORS).chain(&GLOBAL).map(|&name| name.to_owned()).collect();
        let mut names = Self { taken, values: Vec::new(), gradients: Vec::new(), memories: Vec::new() };
        let mut given: Vec<String> = columns_and_parameters.iter().map(|name| names.free(&written(name))).collect();
        names.taken.retain(|name| !GLOBAL.contains(&name.as_str()));
        given.extend(lines.iter().map(|name| names.free(&written(name))));
        given
    }

    /// Nodes without a name are called `t1`, `t2` and so on; a constant is its number.
    pub(super) fn of(graph: &Graph, number: impl Fn(f64) -> String) -> Self {
        let taken = TAKEN.iter().map(|&name| name.to_owned()).collect();
        let mut names =
            Self { taken, values: vec![String::new(); graph.len()], gradients: Vec::new(), memories: Vec::new() };
        for node in 0..graph.len() {
            if let Some(name) = graph.name(node) {
                names.values[node] = names.free(&written(name));
            }
        }
        let (first, mut count) = (graph.variables().len(), 0);
        for node in 0..graph.len() {
            let constant = node.checked_sub(first).and_then(|place| graph.constants().get(place));
            if let Some(&value) = constant {
                names.values[node] = number(value);
            } else if graph.name(node).is_none() {
                count += 1;
                names.values[node] = names.free(&format!("t{count}"));
            }
        }
        let values = names.values.clone();
        names.gradients = values.iter().map(|name| names.free(&format!("d_{name}"))).collect();
        let kinds = |name: &String| [format!("v_{name}"), format!("s_{name}"), format!("d_{name}_i")];
        names.memories = values[..first].iter().map(|name| kinds(name).map(|name| names.free(&name))).collect();
        names
    }

    /// The name, with enough underscores to make it unique.
    pub(super) fn free(&mut self, name: &str) -> String {
        let mut name = name.to_owned();
        while !self.taken.insert(name.clone()) {
            name.push('_');
        }
        name
    }
}

/// Python names can't contain subscript digits.
fn written(name: &str) -> String {
    let plain = |c| match c {
        '₀'..='₉' => char::from_digit(c as u32 - '₀' as u32, 10).unwrap_or(c),
        other => other,
    };
    name.chars().map(plain).collect()
}
