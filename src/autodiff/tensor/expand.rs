//! Statements become scalar nodes: an element of a tensor is a node of the one graph, so that
//! broadcasting backwards is nothing but a value that is used several times.

use rustc_hash::FxHashMap;

use super::{Error, ErrorKind, TensorNode};
use crate::autodiff::engine::{Access, Code, Fold, Machine, Role, Statement, View, Work, count};
use crate::autodiff::graph::Step;
use crate::autodiff::{Graph, NodeId, Operation};
use crate::function::{self, DROP, EXACTLY, FIRST_MAX, IS_LARGER, KEEP};

/// The most scalar nodes that a program may become.
pub const MAX_NODES: usize = 100_000;

#[derive(Clone, Copy)]
enum Kind {
    Variable,
    Constant(f64),
    Operation(Operation, [NodeId; 2], u8),
}

/// Nodes of which leaves may come at any place; the graph has them first.
pub(super) struct Expansion<'c> {
    nodes: Vec<Kind>,
    constants: FxHashMap<u64, NodeId>,
    /// The node of each element of the tensors that have any.
    elements: Vec<Vec<NodeId>>,
    code: &'c Code,
    /// The numbers of the forward pass, by which a program may choose elements. Without them every
    /// element that may be chosen has a part in the choice.
    machine: Option<&'c Machine>,
}

impl<'c> Expansion<'c> {
    /// Without statements yet; leaves are variables.
    pub(super) fn new(code: &'c Code, machine: Option<&'c Machine>) -> Self {
        let elements = vec![Vec::new(); code.tensors.len()];
        let mut expansion = Self { nodes: Vec::new(), constants: FxHashMap::default(), elements, code, machine };
        for (tensor, info) in code.tensors.iter().enumerate() {
            expansion.elements[tensor] = match &info.role {
                Role::Leaf => (0..count(&info.shape)).map(|_| expansion.push(Kind::Variable)).collect(),
                Role::Constant(values) => values.iter().map(|&value| expansion.constant(value)).collect(),
                Role::Computed => vec![NodeId::MAX; count(&info.shape)],
            };
        }
        expansion
    }

    /// Appends the nodes of a line's statements, and returns them.
    pub(super) fn statements(&mut self, statements: &[Statement]) -> Result<Vec<NodeId>, Error> {
        let before = self.nodes.len();
        for statement in statements {
            if self.nodes.len() + statement.passages() > MAX_NODES {
                return Err(Error { kind: ErrorKind::TooManyNodes, span: statement.span });
            }
            self.statement(statement);
        }
        Ok((before..self.nodes.len()).map(|node| node as NodeId).collect())
    }

    /// The nodes of a view's elements, row by row.
    pub(super) fn elements(&self, view: &View) -> Vec<NodeId> {
        let access = Access { tensor: view.tensor, offset: view.offset, strides: view.strides.clone(), index: None };
        places(&access, &view.shape).map(|place| self.elements[view.tensor][place as usize]).collect()
    }

    fn statement(&mut self, statement: &Statement) {
        let inner: usize = statement.domain[statement.outer..].iter().product();
        let inputs: Vec<Vec<NodeId>> = self.inputs(statement);
        let outer = places(&statement.out, &statement.domain[..statement.outer]);
        for (number, place) in outer.enumerate() {
            let passages = number * inner..(number + 1) * inner;
            let terms: Vec<NodeId> = passages.map(|passage| self.work(statement, &inputs, passage)).collect();
            let node = self.folded(statement, &terms);
            self.elements[statement.out.tensor][place as usize] = node;
        }
    }

    /// The nodes that are read, for each passage. The largest is looked for in its first input alone.
    fn inputs(&mut self, statement: &Statement) -> Vec<Vec<NodeId>> {
        let read = match statement.work {
            Work::Operation(operation) => operation.arity(),
            Work::Derivative(..) => 0,
        };
        let inputs = statement.inputs.iter().take(read);
        inputs.map(|access| self.nodes_of(access, &statement.domain)).collect()
    }

    fn nodes_of(&mut self, access: &Access, domain: &[usize]) -> Vec<NodeId> {
        let node = |expansion: &Self, place: isize| expansion.elements[access.tensor][place as usize];
        let Some(index) = access.index.as_deref() else {
            return places(access, domain).map(|place| node(self, place)).collect();
        };
        let all: Vec<isize> = places(access, domain).collect();
        if let Some(numbers) = self.numbers(&index.access, domain) {
            return all.iter().zip(numbers).map(|(place, at)| node(self, place + at as isize * index.stride)).collect();
        }
        let chosen: Vec<NodeId> = self.nodes_of(&index.access, domain);
        let choice = |(&place, at): (&isize, NodeId)| {
            let places = (0..index.size as isize).map(|row| node(self, place + row * index.stride)).collect();
            self.chosen(places, at)
        };
        all.iter().zip(chosen).map(choice).collect()
    }

    /// The sum of all elements, each kept only if its number is the one of the node `at`.
    fn chosen(&mut self, elements: Vec<NodeId>, at: NodeId) -> NodeId {
        let equal = function::find("eq").map_or(Operation::Identity, Operation::Call);
        let mut kept = Vec::with_capacity(elements.len());
        for (number, element) in elements.into_iter().enumerate() {
            let number = self.constant(number as f64);
            let is_chosen = self.operation(equal, [at, number]);
            kept.push(self.operation(Operation::Call(&KEEP), [element, is_chosen]));
        }
        self.chain(Operation::Add, kept[0], &kept[1..])
    }

    /// The numbers that choose, if they are known.
    fn numbers(&self, access: &Access, domain: &[usize]) -> Option<Vec<f64>> {
        let values: Vec<f64> = match (&self.code.tensors[access.tensor].role, self.machine) {
            (Role::Constant(values), _) => values.clone(),
            (_, Some(machine)) => machine.values(access.tensor, 0).collect(),
            (_, None) => return None,
        };
        Some(places(access, domain).map(|place| values[place as usize]).collect())
    }

    fn work(&mut self, statement: &Statement, inputs: &[Vec<NodeId>], passage: usize) -> NodeId {
        let Work::Operation(operation) = statement.work else { return NodeId::MAX };
        let [first, last] = [inputs[0][passage], inputs[inputs.len() - 1][passage]];
        match (operation, statement.fold) {
            (Operation::Identity, Fold::Set) => self.operation(operation, [first; 2]),
            // What is folded needs no node of its own.
            (Operation::Identity, _) => first,
            _ => self.operation(operation, [first, last]),
        }
    }

    fn folded(&mut self, statement: &Statement, terms: &[NodeId]) -> NodeId {
        let before = self.nodes.len();
        let node = match (statement.fold, terms) {
            (Fold::Set, _) => terms[0],
            (Fold::Sum(_), []) => {
                let nothing = self.constant(0.0);
                self.operation(Operation::Identity, [nothing; 2])
            }
            // Nothing to fold: an element of its own all the same.
            (Fold::Sum(_) | Fold::Max, [single]) if statement.work == Work::Operation(Operation::Identity) => {
                self.operation(Operation::Identity, [*single; 2])
            }
            (Fold::Sum(_), [first, rest @ ..]) => self.chain(Operation::Add, *first, rest),
            (Fold::Max, terms) if statement.inputs.len() == 3 => self.shared_largest(terms),
            (Fold::Max, [first, rest @ ..]) => self.chain(Operation::Call(&FIRST_MAX), *first, rest),
            (Fold::Argmax, [first, rest @ ..]) => self.place_of_largest(*first, rest),
            // A place in memory has no meaning here, and nothing reads it.
            _ => self.constant(f64::NAN),
        };
        if statement.detached {
            self.nodes[before..].iter_mut().for_each(Kind::detach);
        }
        node
    }

    fn chain(&mut self, operation: Operation, first: NodeId, rest: &[NodeId]) -> NodeId {
        rest.iter().fold(first, |left, &right| self.operation(operation, [left, right]))
    }

    /// The largest, with the gradient of the mean of all that are equal to it, so that they share it.
    fn shared_largest(&mut self, terms: &[NodeId]) -> NodeId {
        let before = self.nodes.len();
        let largest = self.chain(Operation::Call(&FIRST_MAX), terms[0], &terms[1..]);
        self.nodes[before..].iter_mut().for_each(Kind::detach);
        let equal = function::find("eq").map_or(Operation::Identity, Operation::Call);
        let marks: Vec<NodeId> = terms.iter().map(|&term| self.operation(equal, [term, largest])).collect();
        let keep = Operation::Call(&KEEP);
        let kept: Vec<NodeId> =
            terms.iter().zip(&marks).map(|(&term, &mark)| self.operation(keep, [term, mark])).collect();
        let [total, ties] = [kept, marks].map(|nodes| self.chain(Operation::Add, nodes[0], &nodes[1..]));
        let mean = self.operation(Operation::Divide, [total, ties]);
        self.operation(Operation::Call(&EXACTLY), [mean, largest])
    }

    /// Keeps the number of the largest so far: the new one where it is larger, else the old one.
    fn place_of_largest(&mut self, first: NodeId, rest: &[NodeId]) -> NodeId {
        let (mut largest, mut place) = (first, self.constant(0.0));
        for (number, &next) in rest.iter().enumerate() {
            let is_larger = self.operation(Operation::Call(&IS_LARGER), [largest, next]);
            let number = self.constant(number as f64 + 1.0);
            let new = self.operation(Operation::Call(&KEEP), [number, is_larger]);
            let old = self.operation(Operation::Call(&DROP), [place, is_larger]);
            place = self.operation(Operation::Add, [new, old]);
            largest = self.operation(Operation::Call(&FIRST_MAX), [largest, next]);
        }
        place
    }

    fn constant(&mut self, value: f64) -> NodeId {
        if let Some(&known) = self.constants.get(&value.to_bits()) {
            return known;
        }
        let node = self.push(Kind::Constant(value));
        self.constants.insert(value.to_bits(), node);
        node
    }

    fn operation(&mut self, operation: Operation, inputs: [NodeId; 2]) -> NodeId {
        self.push(Kind::Operation(operation, inputs, operation.edges() as u8))
    }

    fn push(&mut self, kind: Kind) -> NodeId {
        self.nodes.push(kind);
        self.nodes.len() as NodeId - 1
    }

    /// The graph with these tensors, whose nodes move to their places in it. Its output is the
    /// first element of the last one, after which nothing comes.
    pub(super) fn finish(mut self, mut nodes: Vec<TensorNode>) -> (Graph, Vec<TensorNode>) {
        let output = nodes.last().and_then(|node| node.tensor.elements.first().copied());
        let output = output.unwrap_or_else(|| self.constant(f64::NAN));
        let (graph, places) = self.graph(output, true);
        let moved = |nodes: &mut Vec<NodeId>| nodes.iter_mut().for_each(|node| *node = places[*node as usize]);
        for node in &mut nodes {
            moved(&mut node.tensor.elements);
            moved(&mut node.made);
        }
        (graph, nodes)
    }

    /// The graph of a whole program, with a name for each node that has one.
    pub(super) fn named(self, output: NodeId, names: Vec<(NodeId, String)>) -> Graph {
        let is_last = output as usize + 1 == self.nodes.len();
        let (mut graph, places) = self.graph(output, !is_last);
        for (node, name) in names {
            let known = &mut graph.names[places[node as usize] as usize];
            if known.is_none() {
                *known = Some(name);
            }
        }
        let variables = graph.variables.len();
        graph.variables = graph.names[..variables].iter().map(|name| name.clone().unwrap_or_default()).collect();
        graph
    }

    fn graph(&self, output: NodeId, with_output: bool) -> (Graph, Vec<NodeId>) {
        let mut graph = Graph { variables: Vec::new(), constants: Vec::new(), steps: Vec::new(), names: Vec::new() };
        let places = self.places();
        for node in &self.nodes {
            match *node {
                Kind::Variable => graph.variables.push(String::new()),
                Kind::Constant(value) => graph.constants.push(value),
                Kind::Operation(operation, inputs, edges) => {
                    let inputs = inputs.map(|input| places[input as usize]);
                    graph.steps.push(Step { operation, inputs, edges });
                }
            }
        }
        // What the output is made of is the last node, so that a sweep begins there.
        if with_output {
            let inputs = [places[output as usize]; 2];
            graph.steps.push(Step { operation: Operation::Identity, inputs, edges: 1 });
        }
        graph.names = vec![None; graph.len()];
        graph.cut_off_unused();
        (graph, places)
    }

    /// Where each node is in the graph: variables first, then constants, then operations.
    fn places(&self) -> Vec<NodeId> {
        let mut places = vec![0; self.nodes.len()];
        let mut next = 0;
        for order in 0..3 {
            for (place, _) in places.iter_mut().zip(&self.nodes).filter(|(_, node)| node.order() == order) {
                *place = next;
                next += 1;
            }
        }
        places
    }
}

impl Kind {
    fn order(self) -> u8 {
        match self {
            Self::Variable => 0,
            Self::Constant(_) => 1,
            Self::Operation(..) => 2,
        }
    }

    fn detach(&mut self) {
        if let Self::Operation(_, _, edges) = self {
            *edges = 0;
        }
    }
}

/// The places of an access in the order of the passages, without what is looked up.
fn places<'a>(access: &'a Access, domain: &'a [usize]) -> impl Iterator<Item = isize> + 'a {
    let total: usize = domain.iter().product();
    (0..total).map(move |mut passage| {
        let mut place = access.offset;
        for (&size, stride) in domain.iter().zip(&access.strides).rev() {
            place += (passage % size) as isize * stride;
            passage /= size;
        }
        place
    })
}
