//! A program operation by operation, as it is written: what a picture of its graph shows.

use rustc_hash::FxHashMap;

use super::{Builder, View};
use crate::autodiff::Operation;
use crate::autodiff::engine::{Error, ErrorKind, Lowered};
use crate::formula::{BinaryOperator, Expression, Line, Program, Span, Term, TermId};
use crate::number::short;

/// Where a node's tensor comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// It is given: the place among the leaves.
    Leaf(usize),
    /// It is written in the program.
    Constant,
    /// An operation computes it.
    Operation,
}

/// A leaf, a constant or an operation of a program.
#[derive(Clone, Debug)]
pub struct OperationNode {
    /// A name, a number or the sign of an operation.
    pub label: String,
    /// The name of the line that it is the result of.
    pub name: Option<String>,
    /// What it computes, with the names of its inputs.
    pub expression: Expression,
    /// Where its tensor comes from.
    pub source: Source,
    /// Its elements.
    pub view: View,
    /// Its inputs, in the order of the operation's arguments.
    pub inputs: Vec<OperationInput>,
}

/// A tensor on its way to an operation.
#[derive(Clone, Debug)]
pub struct OperationInput {
    /// The place of the node that it comes from.
    pub from: usize,
    /// A copy of that node's elements for this input alone, so that its gradient is the part which
    /// comes back through this input.
    pub view: View,
}

/// A program's operations and their statements.
#[derive(Clone, Debug)]
pub struct Operations {
    /// The leaves, then the constants, then the operations; inputs before what uses them.
    pub nodes: Vec<OperationNode>,
    /// The statements; lines have no views of their own.
    pub lowered: Lowered,
}

/// Lowers a program whose free names are leaves of these shapes, operation by operation.
///
/// # Errors
/// When shapes do not fit, a name has no value, or there are too many elements.
pub fn operations(program: &Program, leaves: &[(&str, Vec<usize>)]) -> Result<Operations, Error> {
    let mut writer = Writer::default();
    let mut tensors = Vec::with_capacity(leaves.len());
    for (place, (name, shape)) in leaves.iter().enumerate() {
        let leaf = writer.leaf(place, name, shape.clone());
        tensors.push(leaf.map_err(|kind| Error { kind, span: Span::default() })?);
    }
    let mut last = 0;
    for line in program.lines() {
        last = writer.line(line)?;
    }
    let span = program.lines().last().map_or_else(Default::default, |line| line.span);
    let output = writer.builder.copied(&writer.nodes[last].view).map_err(|kind| Error { kind, span })?;
    let (code, nodes) = (writer.builder.finish(), sorted(writer.nodes));
    Ok(Operations {
        nodes,
        lowered: Lowered { code, leaves: tensors, lines: Vec::new(), output: output.tensor, shape: output.shape },
    })
}

#[derive(Default)]
struct Writer {
    builder: Builder,
    nodes: Vec<OperationNode>,
    names: FxHashMap<String, usize>,
}

impl Writer {
    fn leaf(&mut self, place: usize, name: &str, shape: Vec<usize>) -> Result<usize, ErrorKind> {
        let tensor = self.builder.leaf(name, shape.clone())?;
        self.names.insert(name.to_owned(), self.nodes.len());
        self.nodes.push(OperationNode {
            label: name.to_owned(),
            name: None,
            expression: single(Term::Name(name.to_owned())),
            source: Source::Leaf(place),
            view: View::whole(tensor, shape),
            inputs: Vec::new(),
        });
        Ok(tensor)
    }

    /// Appends the operations of a line, and returns the place of its last node.
    fn line(&mut self, line: &Line) -> Result<usize, Error> {
        let expression = &line.expression;
        let (mut places, mut views) = (Vec::new(), Vec::new());
        for (id, term) in expression.terms().iter().enumerate() {
            self.builder.span = expression.span(id);
            let place = self.term(expression, term, &places, &mut views);
            let place = place.map_err(|kind| Error { kind, span: expression.span(id) })?;
            views.push(self.nodes[place].view.clone());
            places.push(place);
        }
        let last = places[places.len() - 1];
        self.builder.name(line.name(), self.nodes[last].view.clone());
        self.names.insert(line.name().to_owned(), last);
        if self.nodes[last].source == Source::Operation && self.nodes[last].name.is_none() {
            self.nodes[last].name = Some(line.name().to_owned());
        }
        Ok(last)
    }

    /// The place of a term's node, which is a new one unless the term is a name.
    fn term(
        &mut self,
        expression: &Expression,
        term: &Term,
        places: &[usize],
        views: &mut [View],
    ) -> Result<usize, ErrorKind> {
        if let Term::Name(name) = term {
            return self.names.get(name).copied().ok_or_else(|| ErrorKind::NoValue(name.clone()));
        }
        let operands = operands_of(expression, term);
        let is_known = operands.iter().all(|&id| self.nodes[places[id]].source == Source::Constant);
        let inputs = if is_known { Vec::new() } else { self.copies(operands, places, views)? };
        let node = OperationNode {
            label: label(expression, term),
            name: None,
            expression: self.written(expression, term, places),
            source: if is_known { Source::Constant } else { Source::Operation },
            view: self.builder.term(expression, term, views)?,
            inputs,
        };
        // The copies were for this term alone.
        term.operands().iter().for_each(|&id| views[id] = self.nodes[places[id]].view.clone());
        self.nodes.push(node);
        Ok(self.nodes.len() - 1)
    }

    /// Puts copies in the places of the operands.
    fn copies(
        &mut self,
        operands: &[TermId],
        places: &[usize],
        views: &mut [View],
    ) -> Result<Vec<OperationInput>, ErrorKind> {
        let mut inputs = Vec::with_capacity(operands.len());
        for &id in operands {
            let view = self.builder.copied(&self.nodes[places[id]].view)?;
            views[id] = view.clone();
            inputs.push(OperationInput { from: places[id], view });
        }
        Ok(inputs)
    }

    /// A term with the names of its operands.
    fn written(&self, expression: &Expression, term: &Term, places: &[usize]) -> Expression {
        let mut written = Expression::default();
        let mut operand = |&id: &TermId| {
            let node = &self.nodes[places[id]];
            let short = match (&node.name, node.source, &expression.terms()[id]) {
                (Some(name), ..) => Term::Name(name.clone()),
                (None, Source::Leaf(_), _) => Term::Name(node.label.clone()),
                (None, _, number @ (Term::Number(_) | Term::Constant(_))) => number.clone(),
                _ => Term::Name("…".to_owned()),
            };
            written.push(short, expression.span(id))
        };
        let ids: Vec<TermId> = term.operands().iter().map(&mut operand).collect();
        let own = match term {
            Term::Negate(_) => Term::Negate(ids[0]),
            Term::Binary(operator, _) => Term::Binary(*operator, [ids[0], ids[1]]),
            Term::Call(function, _) => Term::Call(function, ids),
            Term::Tensor(operation, _) => Term::Tensor(operation.clone(), ids),
            other => other.clone(),
        };
        written.push(own, Span::default());
        written
    }
}

/// The operands that are tensors of their own: the number that is an exponent belongs to its sign.
fn operands_of<'t>(expression: &Expression, term: &'t Term) -> &'t [TermId] {
    match term {
        Term::Binary(BinaryOperator::Power, operands) if is_number(expression, operands[1]) => &operands[..1],
        _ => term.operands(),
    }
}

fn is_number(expression: &Expression, id: TermId) -> bool {
    matches!(expression.terms()[id], Term::Number(_))
}

fn label(expression: &Expression, term: &Term) -> String {
    match term {
        Term::Number(value) => short(*value, 4),
        Term::Name(name) => name.clone(),
        Term::Constant(constant) => constant.name.to_owned(),
        Term::Negate(_) | Term::Derivative(..) => Operation::Negate.symbol(),
        Term::Binary(operator, [_, right]) => match (operator, &expression.terms()[*right]) {
            (BinaryOperator::Power, Term::Number(exponent)) => Operation::PowerOf(*exponent).symbol(),
            _ => Operation::from(*operator).symbol(),
        },
        Term::Call(function, _) => function.name.to_owned(),
        Term::Tensor(operation, _) => operation.sign(),
    }
}

fn single(term: Term) -> Expression {
    let mut expression = Expression::default();
    expression.push(term, Span::default());
    expression
}

/// Leaves first, then the constants that something uses, then the operations.
fn sorted(nodes: Vec<OperationNode>) -> Vec<OperationNode> {
    let mut used = vec![false; nodes.len()];
    nodes.iter().flat_map(|node| &node.inputs).for_each(|input| used[input.from] = true);
    let rank = |(place, node): (usize, &OperationNode)| match node.source {
        Source::Leaf(_) => Some((0, place)),
        Source::Constant => used[place].then_some((1, place)),
        Source::Operation => Some((2, place)),
    };
    let mut order: Vec<(u8, usize)> = nodes.iter().enumerate().filter_map(rank).collect();
    order.sort_unstable();
    let mut places = vec![0; nodes.len()];
    order.iter().enumerate().for_each(|(new, &(_, old))| places[old] = new);
    let mut nodes: Vec<Option<OperationNode>> = nodes.into_iter().map(Some).collect();
    let mut sorted: Vec<OperationNode> = order.iter().filter_map(|&(_, old)| nodes[old].take()).collect();
    sorted.iter_mut().flat_map(|node| &mut node.inputs).for_each(|input| input.from = places[input.from]);
    sorted
}
