//! The layer of every node of a diagram, and the order within each layer.
//!
//! Layers run from left to right. An edge that spans several layers passes through a separate cell
//! in each layer between, so that no edge crosses a node. All edges from one node share these cells
//! and separate as late as possible.

use super::diagram::Diagram;

/// How often the order is improved from left to right and back.
const SWEEPS: usize = 6;

/// A cell of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// A node.
    Node(usize),
    /// The value of this node on its way to a later layer.
    Pass(usize),
}

impl Cell {
    /// The node whose value leaves the cell to the right.
    pub fn source(self) -> usize {
        match self {
            Self::Node(node) | Self::Pass(node) => node,
        }
    }
}

/// The cells of every layer from top to bottom.
pub(super) type Layers = Vec<Vec<Cell>>;

/// The layers of a diagram, ordered so that few edges cross.
pub(super) fn layers(diagram: &Diagram) -> Layers {
    let depth = depths(diagram);
    let mut order = Builder::new(diagram, &depth).build();
    let mut best = (crossings(diagram, &order), order.clone());
    for sweep in 0..2 * SWEEPS {
        if best.0 == 0 {
            break;
        }
        reorder(diagram, &mut order, sweep % 2 == 0);
        let count = crossings(diagram, &order);
        if count < best.0 {
            best = (count, order.clone());
        }
    }
    best.1
}

/// The layer of every node: operations one layer after their last operand, leaves and operations on
/// leaves only just before their first use, the output last.
fn depths(diagram: &Diagram) -> Vec<usize> {
    let nodes = diagram.nodes();
    let mut depth = vec![0; nodes.len()];
    for (k, node) in nodes.iter().enumerate() {
        depth[k] = node.inputs.iter().map(|input| depth[input.from] + 1).max().unwrap_or(0);
    }
    if let Some(last) = nodes.len().checked_sub(1) {
        depth[last] = depth.iter().copied().max().unwrap_or(0);
    }
    let mut first_use = vec![usize::MAX; nodes.len()];
    for (k, node) in nodes.iter().enumerate().rev() {
        let movable = node.inputs.iter().all(|input| nodes[input.from].inputs.is_empty());
        if movable && first_use[k] != usize::MAX {
            depth[k] = first_use[k] - 1;
        }
        for input in &node.inputs {
            first_use[input.from] = first_use[input.from].min(depth[k]);
        }
    }
    depth
}

/// Fills the layers by walking from the output back to the leaves, first operands first; this order
/// has no crossings if every value is used once.
struct Builder<'a> {
    diagram: &'a Diagram,
    depth: &'a [usize],
    layers: Layers,
    seen: Vec<bool>,
}

impl<'a> Builder<'a> {
    fn new(diagram: &'a Diagram, depth: &'a [usize]) -> Self {
        let count = depth.iter().max().map_or(0, |last| last + 1);
        let layers = vec![Vec::new(); count];
        Self { diagram, depth, layers, seen: vec![false; depth.len()] }
    }

    fn build(mut self) -> Layers {
        for node in (0..self.depth.len()).rev() {
            self.visit(node);
        }
        self.layers
    }

    /// Depth first, with a list instead of recursion, because formulas may be long.
    fn visit(&mut self, start: usize) {
        let mut waiting = vec![start];
        while let Some(node) = waiting.pop() {
            if !std::mem::replace(&mut self.seen[node], true) {
                self.layers[self.depth[node]].push(Cell::Node(node));
                let inputs = &self.diagram.nodes()[node].inputs;
                inputs.iter().for_each(|input| self.pass(input.from, self.depth[node]));
                waiting.extend(inputs.iter().rev().map(|input| input.from));
            }
        }
    }

    /// Passes the value of a node through all layers before the one in which it is used.
    fn pass(&mut self, from: usize, until: usize) {
        for layer in self.depth[from] + 1..until {
            if !self.layers[layer].contains(&Cell::Pass(from)) {
                self.layers[layer].push(Cell::Pass(from));
            }
        }
    }
}

/// The connections from one layer to the next: (place in the left one, place in the right one).
/// Operands arrive at fractional places, the first above the second.
fn connections(diagram: &Diagram, left: &[Cell], right: &[Cell]) -> Vec<(f64, f64)> {
    let mut index = vec![None; diagram.nodes().len()];
    for (k, cell) in left.iter().enumerate() {
        index[cell.source()] = Some(k);
    }
    let mut found = Vec::new();
    for (place, cell) in right.iter().enumerate() {
        let sources = match *cell {
            Cell::Pass(source) => vec![source],
            Cell::Node(node) => diagram.nodes()[node].inputs.iter().map(|i| i.from).collect(),
        };
        for (k, source) in sources.iter().enumerate() {
            let part = (k + 1) as f64 / (sources.len() + 1) as f64;
            found.extend(index[*source].map(|from| (from as f64, place as f64 + part)));
        }
    }
    found
}

/// The number of crossings between all layers.
fn crossings(diagram: &Diagram, layers: &Layers) -> usize {
    layers.windows(2).map(|pair| inversions(connections(diagram, &pair[0], &pair[1]))).sum()
}

fn inversions(mut links: Vec<(f64, f64)>) -> usize {
    sort(&mut links);
    let mut passed: Vec<f64> = Vec::with_capacity(links.len());
    let mut count = 0;
    for (_, place) in links {
        let at = passed.partition_point(|&other| other <= place);
        count += passed.len() - at;
        passed.insert(at, place);
    }
    count
}

/// Moves every cell to the mean place of the cells that it is connected to, layer by layer.
fn reorder(diagram: &Diagram, layers: &mut Layers, rightwards: bool) {
    let last = layers.len().saturating_sub(1);
    for step in 0..last {
        if rightwards {
            let links = connections(diagram, &layers[step], &layers[step + 1]);
            let pulls = links.into_iter().map(|(from, to)| (to, from));
            sort_by_means(&mut layers[step + 1], pulls);
        } else {
            let left = last - step - 1;
            let links = connections(diagram, &layers[left], &layers[left + 1]);
            sort_by_means(&mut layers[left], links.into_iter());
        }
    }
}

/// Sorts cells by the mean place of their neighbours; a cell without neighbours keeps its place.
fn sort_by_means(cells: &mut [Cell], pulls: impl Iterator<Item = (f64, f64)>) {
    let mut sums = vec![(0.0, 0.0); cells.len()];
    for (cell, place) in pulls {
        let index = cell as usize;
        sums[index] = (sums[index].0 + place, sums[index].1 + 1.0);
    }
    let mean = |k: usize| {
        if sums[k].1 > 0.0 { sums[k].0 / sums[k].1 } else { k as f64 }
    };
    let mut order: Vec<(f64, f64)> = (0..cells.len()).map(|k| (mean(k), k as f64)).collect();
    sort(&mut order);
    let sorted: Vec<Cell> = order.into_iter().map(|(_, k)| cells[k as usize]).collect();
    cells.copy_from_slice(&sorted);
}

/// Sorts by the first number, then by the second. One shared function keeps the compiled code
/// small.
fn sort(pairs: &mut [(f64, f64)]) {
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
}
