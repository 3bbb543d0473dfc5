//! A computational graph as plain data.

use std::fmt;

use super::legend::{self, Span};

/// The maximum number of nodes of a diagram; more would not be legible on a screen.
pub const MAX_NODES: usize = 400;

/// The maximum number of inputs of all nodes together.
pub const MAX_EDGES: usize = 800;

/// The kind of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A leaf with a value from the data, such as `x`.
    Data,
    /// A leaf that is changed by training, such as `w`.
    Parameter,
    /// A leaf that is a number in the formula.
    Constant,
    /// An operation, computed from its inputs.
    Operation,
}

/// An input of a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The index of the node that it comes from, smaller than that of the node that it goes to.
    pub from: usize,
    /// The gradient that flows back along this edge: the derivative of the output with respect to
    /// the value, through this input alone. `None` before the backward pass.
    pub gradient: Option<f64>,
    /// The upstream gradient and the local derivative, whose product is the gradient, while the
    /// node is passing it on.
    pub factors: Option<[f64; 2]>,
    /// The same gradient where the input is a tensor, row by row; empty before the backward pass.
    pub numbers: Vec<f64>,
}

/// The pass in which an operation is active.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pass {
    /// Its value is being computed.
    Forward,
    /// It is passing its gradient on.
    Backward,
}

/// A leaf or an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The label of the node: a name, a number or the sign of an operation.
    pub label: String,
    /// The name of an operation's result, if the program gives it one.
    pub name: Option<String>,
    /// Its kind.
    pub kind: Kind,
    /// Its forward value; `None` before it is computed.
    pub value: Option<f64>,
    /// The derivative of the output with respect to it; `None` before the backward pass.
    pub gradient: Option<f64>,
    /// Its inputs, in the order of the operation's arguments.
    pub inputs: Vec<Input>,
    /// The pass in which it is active, if it is.
    pub work: Option<Pass>,
    /// The sizes of a tensor's axes; none for a single number.
    pub shape: Vec<usize>,
    /// The forward values of a tensor, row by row; empty before they are computed.
    pub numbers: Vec<f64>,
    /// Whether a tensor's gradient is complete: everything that uses it has passed its own on.
    pub gradient_is_known: bool,
}

/// Nodes in the order of their creation, so that every input comes before its use. The last one
/// is the output.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagram {
    pub(super) nodes: Vec<Node>,
    /// The ranges of the values and of the gradients in heat maps.
    pub(super) ranges: [Option<Span>; 2],
}

impl Diagram {
    /// Makes a diagram from the nodes of a program.
    ///
    /// # Errors
    /// More nodes or edges than a picture can show; an input that does not come before its use.
    pub fn new(nodes: Vec<Node>) -> Result<Self, DiagramError> {
        let edges = nodes.iter().map(|node| node.inputs.len()).sum();
        if nodes.len() > MAX_NODES {
            return Err(DiagramError::TooManyNodes(nodes.len()));
        }
        if edges > MAX_EDGES {
            return Err(DiagramError::TooManyEdges(edges));
        }
        for (node, Node { inputs, .. }) in nodes.iter().enumerate() {
            if let Some(input) = inputs.iter().find(|input| input.from >= node) {
                return Err(DiagramError::Backwards { node, from: input.from });
            }
        }
        let ranges = [legend::values(&nodes), legend::gradients(&nodes)];
        Ok(Self { nodes, ranges })
    }

    /// The nodes in order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }
}

/// Why nodes do not form a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DiagramError {
    /// More than [`MAX_NODES`] nodes.
    TooManyNodes(usize),
    /// More than [`MAX_EDGES`] edges.
    TooManyEdges(usize),
    /// An input comes after the node that uses it.
    Backwards {
        /// The index of the node.
        node: usize,
        /// The index of its input.
        from: usize,
    },
}

impl fmt::Display for DiagramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyNodes(count) => write!(
                f,
                "The graph has {count} nodes, and a picture shows at most {MAX_NODES}. \
                 Shorten the formula to see its graph."
            ),
            Self::TooManyEdges(count) => write!(
                f,
                "The graph has {count} edges, and a picture shows at most {MAX_EDGES}. \
                 Shorten the formula to see its graph."
            ),
            Self::Backwards { node, from } => write!(
                f,
                "Node {node} takes its input from node {from}, which does not come before it. \
                 List the nodes in the order in which they are computed."
            ),
        }
    }
}

impl std::error::Error for DiagramError {}
