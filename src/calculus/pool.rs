//! Expressions that share their parts: each distinct expression is stored once, after its operands.

use rustc_hash::FxHashMap;

use crate::formula::BinaryOperator;
use crate::function::{FUNCTIONS, Function};

use super::table::Table;

/// The place of an expression in its pool. Two expressions are equal exactly when their places are
/// equal.
pub type Id = u32;

/// One expression; operands are earlier in the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A number, stored as its bits.
    Number(u64),
    /// A constant, by its place in the table.
    Constant(u8),
    /// A name, by its place in the pool's list.
    Name(u32),
    /// `-a`
    Negate(Id),
    /// `a + b` and the other binary operations.
    Binary(BinaryOperator, Id, Id),
    /// A call, by the function's place in the table; a single argument is stored twice.
    Call(u8, Id, Id),
    /// A derivative that is still to be calculated.
    Pending(Id),
}

/// A pool of expressions.
#[derive(Clone, Debug, Default)]
pub struct Pool {
    nodes: Vec<Node>,
    places: FxHashMap<Node, Id>,
    names: Vec<String>,
    by_name: FxHashMap<String, Id>,
    /// How many terms each expression has when it is written out, at most [`u32::MAX`].
    sizes: Vec<u32>,
}

impl Pool {
    /// The place of a node, which is added if it is new.
    pub fn add(&mut self, node: Node) -> Id {
        let next = self.nodes.len() as Id;
        let id = *self.places.entry(node).or_insert(next);
        if id == next {
            let size = self.operands(node).iter().fold(1, |size: u32, &id| size.saturating_add(self.size(id)));
            self.nodes.push(node);
            self.sizes.push(size);
        }
        id
    }

    /// How many expressions there are.
    #[must_use]
    #[allow(clippy::len_without_is_empty)]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node at a place.
    #[must_use]
    pub fn node(&self, id: Id) -> Node {
        self.nodes[id as usize]
    }

    /// How many terms an expression has when it is written out.
    #[must_use]
    pub fn size(&self, id: Id) -> u32 {
        self.sizes[id as usize]
    }

    /// A node's operands; a call with a single argument has one.
    #[must_use]
    pub fn operands(&self, node: Node) -> Operands {
        let (operands, count) = match node {
            Node::Number(_) | Node::Constant(_) | Node::Name(_) => ([0, 0], 0),
            Node::Negate(a) | Node::Pending(a) => ([a, a], 1),
            Node::Binary(_, a, b) => ([a, b], 2),
            Node::Call(function, a, b) => ([a, b], FUNCTIONS[function as usize].arity()),
        };
        Operands { operands, count }
    }

    /// A number.
    pub fn number(&mut self, value: f64) -> Id {
        self.add(Node::Number(value.to_bits()))
    }

    /// The value of a node that is a number.
    #[must_use]
    pub fn as_number(&self, id: Id) -> Option<f64> {
        match self.node(id) {
            Node::Number(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    /// A name.
    pub fn name(&mut self, name: &str) -> Id {
        if let Some(&known) = self.by_name.get(name) {
            return known;
        }
        let id = self.add(Node::Name(self.names.len() as u32));
        self.names.push(name.to_owned());
        self.by_name.insert(name.to_owned(), id);
        id
    }

    /// The name of a node that is one.
    #[must_use]
    pub fn as_name(&self, id: Id) -> Option<&str> {
        match self.node(id) {
            Node::Name(index) => Some(&self.names[index as usize]),
            _ => None,
        }
    }

    /// `-a`
    pub fn negate(&mut self, a: Id) -> Id {
        self.add(Node::Negate(a))
    }

    /// `a + b` and the other binary operations.
    pub fn binary(&mut self, operator: BinaryOperator, a: Id, b: Id) -> Id {
        self.add(Node::Binary(operator, a, b))
    }

    /// `a + b`
    pub fn plus(&mut self, a: Id, b: Id) -> Id {
        self.binary(BinaryOperator::Add, a, b)
    }

    /// `a - b`
    pub fn subtract(&mut self, a: Id, b: Id) -> Id {
        self.binary(BinaryOperator::Subtract, a, b)
    }

    /// `a * b`
    pub fn times(&mut self, a: Id, b: Id) -> Id {
        self.binary(BinaryOperator::Multiply, a, b)
    }

    /// `a / b`
    pub fn divide(&mut self, a: Id, b: Id) -> Id {
        self.binary(BinaryOperator::Divide, a, b)
    }

    /// `a ^ b`
    pub fn power(&mut self, a: Id, b: Id) -> Id {
        self.binary(BinaryOperator::Power, a, b)
    }

    /// `a ^ 2`
    pub fn square(&mut self, a: Id) -> Id {
        let two = self.number(2.0);
        self.power(a, two)
    }

    /// A call of the function with this name, which must be in the table and take one argument.
    pub fn call_named(&mut self, name: &str, a: Id) -> Id {
        let place = FUNCTIONS.iter().position(|known| known.name == name).unwrap_or_default();
        self.add(Node::Call(place as u8, a, a))
    }

    /// A call of a function of the table.
    pub fn call(&mut self, function: &Function, arguments: &[Id]) -> Id {
        let place = FUNCTIONS.iter().position(|known| known == function).unwrap_or_default();
        self.add(Node::Call(place as u8, arguments[0], arguments[arguments.len() - 1]))
    }

    /// The places of an expression and of all its parts, in order.
    #[must_use]
    pub fn below(&self, root: Id) -> Vec<Id> {
        let mut wanted = vec![false; root as usize + 1];
        wanted[root as usize] = true;
        for id in (0..=root).rev() {
            if wanted[id as usize] {
                self.operands(self.node(id)).iter().for_each(|&operand| wanted[operand as usize] = true);
            }
        }
        (0..=root).filter(|&id| wanted[id as usize]).collect()
    }

    /// The names in an expression.
    #[must_use]
    pub fn names_in(&self, id: Id) -> Vec<String> {
        self.below(id).into_iter().filter_map(|id| self.as_name(id)).map(str::to_owned).collect()
    }

    /// An expression in which another is substituted for a name.
    pub fn substituted(&mut self, root: Id, name: Id, replacement: Id) -> Id {
        let mut became: Table<Id> = Table::default();
        for id in self.below(root) {
            let new = |id: Id| became.get(id).copied().unwrap_or(id);
            let node = match self.node(id) {
                Node::Negate(a) => Node::Negate(new(a)),
                Node::Pending(a) => Node::Pending(new(a)),
                Node::Binary(operator, a, b) => Node::Binary(operator, new(a), new(b)),
                Node::Call(place, a, b) => Node::Call(place, new(a), new(b)),
                leaf => leaf,
            };
            let place = if id == name { replacement } else { self.add(node) };
            became.insert(id, place);
        }
        became.get(root).copied().unwrap_or(root)
    }

    /// For each expression up to `root`, whether a name occurs in it.
    pub(super) fn depends(&self, root: Id, name: Id) -> Vec<bool> {
        let mut depends: Vec<bool> = Vec::with_capacity(root as usize + 1);
        for id in 0..=root {
            let inside = self.operands(self.node(id)).iter().any(|&operand| depends[operand as usize]);
            depends.push(id == name || inside);
        }
        depends
    }
}

/// Up to two operands.
#[derive(Clone, Copy, Debug)]
pub struct Operands {
    operands: [Id; 2],
    count: usize,
}

impl std::ops::Deref for Operands {
    type Target = [Id];

    fn deref(&self) -> &[Id] {
        &self.operands[..self.count]
    }
}
