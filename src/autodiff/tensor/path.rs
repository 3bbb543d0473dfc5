//! The chain rule for one element: every way from the output to it, line by line.

use rustc_hash::FxHashMap;

use super::TensorGraph;
use crate::autodiff::{NodeId, Sweep};

/// The most ways that are followed.
pub const MAX_PATHS: usize = 8;

/// An element of a tensor: the tensor, and the element's place in it.
type Element = (usize, usize);

/// One factor: the derivative of an element by an element that its line uses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The element that is differentiated.
    pub of: (usize, usize),
    /// The element by which it is differentiated.
    pub by: (usize, usize),
    /// The derivative.
    pub value: f64,
}

/// The ways from the output to an element; the sum of their products is its gradient.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paths {
    /// The ways, each from the output on.
    pub paths: Vec<Vec<Link>>,
    /// Whether there are more than [`MAX_PATHS`].
    pub cut: bool,
}

impl TensorGraph {
    /// Follows the chain rule from the output to one element of a tensor.
    ///
    /// # Panics
    /// When there is no such tensor.
    #[must_use]
    pub fn paths(&self, sweep: &Sweep, tensor: usize, element: usize) -> Paths {
        let mut walk = Walk {
            graph: self,
            sweep,
            target: (tensor, element),
            links: FxHashMap::default(),
            found: Paths::default(),
        };
        if self.ends_in_a_number() {
            let last = self.nodes().len() - 1;
            walk.follow((last, 0), &mut Vec::new());
        }
        walk.found
    }
}

struct Walk<'g> {
    graph: &'g TensorGraph,
    sweep: &'g Sweep,
    target: Element,
    links: FxHashMap<Element, Vec<Link>>,
    found: Paths,
}

impl Walk<'_> {
    fn follow(&mut self, here: Element, way: &mut Vec<Link>) {
        if here == self.target {
            self.found.cut |= self.found.paths.len() == MAX_PATHS;
            if !self.found.cut {
                self.found.paths.push(way.clone());
            }
            return;
        }
        if here.0 <= self.target.0 || self.found.cut {
            return;
        }
        for link in self.links(here) {
            way.push(link);
            self.follow(link.by, way);
            way.pop();
        }
    }

    fn links(&mut self, of: Element) -> Vec<Link> {
        if let Some(known) = self.links.get(&of) {
            return known.clone();
        }
        let links = self.local_derivatives(of);
        self.links.insert(of, links.clone());
        links
    }

    /// A backward pass through the nodes of one line only.
    fn local_derivatives(&self, of: Element) -> Vec<Link> {
        let node = &self.graph.nodes()[of.0];
        let mut gradients: FxHashMap<NodeId, f64> = FxHashMap::default();
        gradients.insert(node.tensor.elements[of.1], 1.0);
        for &made in node.made.iter().rev() {
            let Some(gradient) = gradients.remove(&made) else { continue };
            let graph = self.graph.graph();
            let local = graph.local_derivatives(made as usize, &self.sweep.values);
            for (&input, derivative) in graph.passing(made as usize).iter().zip(local) {
                *gradients.entry(input).or_insert(0.0) += gradient * derivative;
            }
        }
        self.inputs_of(of, &gradients)
    }

    /// The elements of the line's inputs that a gradient has come to.
    fn inputs_of(&self, of: Element, gradients: &FxHashMap<NodeId, f64>) -> Vec<Link> {
        let inputs = &self.graph.nodes()[of.0].inputs;
        let elements = inputs.iter().flat_map(|&input| {
            self.graph.nodes()[input]
                .tensor
                .elements
                .iter()
                .enumerate()
                .map(move |(place, node)| ((input, place), node))
        });
        elements.filter_map(|(by, node)| Some(Link { of, by, value: *gradients.get(node)? })).collect()
    }
}
