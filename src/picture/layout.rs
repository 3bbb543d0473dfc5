//! Where the nodes and edges of a graph lie.
//!
//! Nodes stand in layers from left to right; leaves stand just before their first use, and an edge
//! that crosses a layer has a place of its own there. Behind each node runs a straight piece for
//! every edge that leaves it, with room for a number above and one below, so that no two labels can
//! meet.

use super::Diagram;
use super::pen::Point;

/// The radius of a node, in CSS pixels.
pub(super) const RADIUS: f64 = 13.0;

/// The straight piece behind a node: room for a number of eight characters.
const RUN: f64 = 48.0;

/// The least way that an edge has to change its height.
const SLANT: f64 = 6.0;

/// The height of one edge with its two numbers, and of a node with its name.
const ROW: f64 = 56.0;

/// The room around the graph.
const MARGIN: f64 = 6.0;

/// Layers are spread to the width at hand, but no further apart than this.
const MOST_PITCH: f64 = 190.0;

/// How often the order within the layers is improved.
const SWEEPS: usize = 8;

/// The places of a diagram's nodes and edges, in CSS pixels.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The middle of each node.
    pub nodes: Vec<Point>,
    /// The edges.
    pub edges: Vec<Route>,
}

/// The way of an edge.
#[derive(Clone, Debug)]
pub struct Route {
    /// The node where it begins.
    pub from: usize,
    /// The node where it ends, and which of that node's inputs it is; nothing for an edge that
    /// leads out of the graph.
    pub to: Option<(usize, usize)>,
    /// The corners of its line.
    pub points: Vec<Point>,
    /// The middle of the straight piece, above and below which the numbers stand.
    pub label: Point,
}

/// The width and height in CSS pixels that a diagram needs.
#[must_use]
pub fn natural_size(diagram: &Diagram) -> Point {
    let order = Order::new(diagram);
    let width = order.layers.len() as f64 * least_pitch() + 2.0 * MARGIN;
    (width, order.height() + 2.0 * MARGIN)
}

fn least_pitch() -> f64 {
    2.0 * RADIUS + RUN + SLANT
}

impl Layout {
    /// Lays a diagram out in the middle of a picture of this size, or from the upper left corner
    /// of one that is too small.
    #[must_use]
    pub fn new(diagram: &Diagram, (width, height): Point) -> Self {
        let order = Order::new(diagram);
        let layers = order.layers.len().max(1) as f64;
        let pitch = ((width - 2.0 * MARGIN) / layers).clamp(least_pitch(), MOST_PITCH);
        let left = ((width - layers * pitch) / 2.0).max(MARGIN);
        let middle = (height / 2.0).max(order.height() / 2.0 + MARGIN);
        let places = Places { pitch, left: left + RADIUS, tops: order.tops(middle) };
        places.layout(diagram, &order)
    }
}

/// Something that has a place in a layer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Item {
    Node(usize),
    /// An edge on its way through.
    Edge(usize),
}

/// An edge between two nodes, or out of the last.
#[derive(Clone, Copy, Debug)]
struct Link {
    from: usize,
    to: Option<(usize, usize)>,
}

/// Which item stands in which layer, from top to bottom.
struct Order {
    links: Vec<Link>,
    layer_of: Vec<usize>,
    layers: Vec<Vec<Item>>,
}

impl Order {
    fn new(diagram: &Diagram) -> Self {
        let layer_of = layers_of(diagram);
        let count = layer_of.iter().max().map_or(0, |last| last + 1);
        let mut order = Self { links: links(diagram), layer_of, layers: vec![Vec::new(); count] };
        for node in reading_order(diagram) {
            order.layers[order.layer_of[node]].push(Item::Node(node));
        }
        for link in 0..order.links.len() {
            for layer in order.crossed(link) {
                order.layers[layer].push(Item::Edge(link));
            }
        }
        for sweep in 0..SWEEPS {
            order.improve(sweep % 2 == 0);
        }
        order
    }

    /// The layers that an edge passes without stopping.
    fn crossed(&self, link: usize) -> std::ops::Range<usize> {
        let Link { from, to } = self.links[link];
        let first = self.layer_of[from] + 1;
        first..to.map_or(first, |(to, _)| self.layer_of[to])
    }

    /// Sorts each layer by the mean height of what its items are joined to in the layer before, or
    /// behind: crossings become fewer.
    fn improve(&mut self, forward: bool) {
        for index in 0..self.layers.len() {
            let layer = if forward { index } else { self.layers.len() - 1 - index };
            let Some(beside) = (if forward { layer.checked_sub(1) } else { Some(layer + 1) }) else { continue };
            let Some(heights) = self.layers.get(beside).map(|items| heights(items)) else { continue };
            let mut keyed: Vec<(f64, Item)> = self.layers[layer]
                .iter()
                .enumerate()
                .map(|(place, &item)| (self.mean_height(item, beside, &heights).unwrap_or(place as f64), item))
                .collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            self.layers[layer] = keyed.into_iter().map(|(_, item)| item).collect();
        }
    }

    fn mean_height(&self, item: Item, beside: usize, heights: &[(Item, f64)]) -> Option<f64> {
        let joined = self.links.iter().enumerate().filter_map(|(index, link)| {
            let ends = [Some(Item::Node(link.from)), Some(Item::Edge(index)), link.to.map(|(to, _)| Item::Node(to))];
            let touches = ends.contains(&Some(item));
            let other = heights.iter().find(|(other, _)| *other != item && ends.contains(&Some(*other)));
            let near = self.crossed(index).contains(&beside) == matches!(other, Some((Item::Edge(_), _)));
            other.filter(|_| touches && near).map(|(_, height)| *height)
        });
        let (sum, count) = joined.fold((0.0, 0.0), |(sum, count), height| (sum + height, count + 1.0));
        (count > 0.0).then(|| sum / count)
    }

    /// How many edges leave a node.
    fn fan_out(&self, node: usize) -> usize {
        self.links.iter().filter(|link| link.from == node).count()
    }

    fn rows(&self, item: Item) -> f64 {
        match item {
            Item::Node(node) => self.fan_out(node).max(1) as f64,
            Item::Edge(_) => 1.0,
        }
    }

    fn layer_height(&self, layer: &[Item]) -> f64 {
        layer.iter().map(|&item| self.rows(item) * ROW).sum()
    }

    fn height(&self) -> f64 {
        self.layers.iter().map(|layer| self.layer_height(layer)).fold(ROW, f64::max)
    }

    /// The middle of each item of each layer, when the layers are centred at `middle`.
    fn tops(&self, middle: f64) -> Vec<Vec<(Item, f64)>> {
        let centred = |layer: &Vec<Item>| {
            let mut top = middle - self.layer_height(layer) / 2.0;
            let mut centre = |item: Item| {
                let height = self.rows(item) * ROW;
                top += height;
                (item, top - height / 2.0)
            };
            layer.iter().map(|&item| centre(item)).collect()
        };
        self.layers.iter().map(centred).collect()
    }
}

/// The places of items as if all were equally high.
fn heights(items: &[Item]) -> Vec<(Item, f64)> {
    items.iter().enumerate().map(|(index, &item)| (item, index as f64)).collect()
}

fn layers_of(diagram: &Diagram) -> Vec<usize> {
    let mut layers = vec![0; diagram.nodes.len()];
    for (index, node) in diagram.nodes.iter().enumerate().filter(|(_, node)| !node.inputs.is_empty()) {
        let inputs = node.inputs.iter().map(|edge| layers[edge.from]);
        layers[index] = inputs.max().unwrap_or(0) + 1;
    }
    for leaf in (0..diagram.nodes.len()).filter(|&index| diagram.nodes[index].inputs.is_empty()) {
        let users =
            diagram.nodes.iter().zip(&layers).filter(|(node, _)| node.inputs.iter().any(|edge| edge.from == leaf));
        layers[leaf] = users.map(|(_, layer)| layer - 1).min().unwrap_or(0);
    }
    layers
}

/// The nodes as the formula is read: a node's inputs from left to right, then the node.
fn reading_order(diagram: &Diagram) -> Vec<usize> {
    let mut seen = vec![false; diagram.nodes.len()];
    let mut reversed = Vec::new();
    for last in (0..seen.len()).rev() {
        let mut open = vec![last];
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut seen[node], true) {
                reversed.push(node);
                open.extend(diagram.nodes[node].inputs.iter().map(|edge| edge.from));
            }
        }
    }
    reversed.reverse();
    reversed
}

fn links(diagram: &Diagram) -> Vec<Link> {
    let mut links = Vec::new();
    let mut used = vec![false; diagram.nodes.len()];
    for (to, node) in diagram.nodes.iter().enumerate() {
        for (input, edge) in node.inputs.iter().enumerate() {
            used[edge.from] = true;
            links.push(Link { from: edge.from, to: Some((to, input)) });
        }
    }
    let ends = (0..used.len()).filter(|&node| !used[node]);
    links.extend(ends.map(|from| Link { from, to: None }));
    links
}

/// The places of layers and items.
struct Places {
    pitch: f64,
    left: f64,
    tops: Vec<Vec<(Item, f64)>>,
}

impl Places {
    fn layout(&self, diagram: &Diagram, order: &Order) -> Layout {
        let nodes: Vec<Point> = (0..diagram.nodes.len())
            .map(|node| (self.x(order.layer_of[node]), self.y(order.layer_of[node], Item::Node(node))))
            .collect();
        let edges = (0..order.links.len()).map(|link| self.route(order, link, &nodes)).collect();
        Layout { nodes, edges }
    }

    fn x(&self, layer: usize) -> f64 {
        self.left + layer as f64 * self.pitch
    }

    fn y(&self, layer: usize, item: Item) -> f64 {
        self.tops[layer].iter().find(|(other, _)| *other == item).map_or(0.0, |&(_, y)| y)
    }

    fn route(&self, order: &Order, link: usize, nodes: &[Point]) -> Route {
        let Link { from, to } = order.links[link];
        let (x, y) = nodes[from];
        let port = y + self.port(order, link, nodes);
        let run = self.pitch - 2.0 * RADIUS - SLANT;
        let (begin, end) = (x + RADIUS + SLANT / 2.0, x + RADIUS + run);
        let mut points = vec![(x, y), (begin, port), (end, port)];
        for layer in order.crossed(link) {
            let height = self.y(layer, Item::Edge(link));
            points.extend([(self.x(layer) - RADIUS, height), (self.x(layer) + RADIUS + run, height)]);
        }
        if let Some((to, _)) = to {
            points.push(nodes[to]);
        }
        Route { from, to, points, label: (f64::midpoint(begin, end), port) }
    }

    /// How far below its node's middle an edge leaves it: the edges of one node are spread in the
    /// order of their targets.
    fn port(&self, order: &Order, link: usize, nodes: &[Point]) -> f64 {
        let from = order.links[link].from;
        let target = |index: usize| {
            let next = order.crossed(index).next().map(|layer| self.y(layer, Item::Edge(index)));
            next.or(order.links[index].to.map(|(to, _)| nodes[to].1)).unwrap_or(f64::MAX)
        };
        let mut siblings: Vec<usize> =
            (0..order.links.len()).filter(|&other| order.links[other].from == from).collect();
        siblings.sort_by(|&a, &b| target(a).total_cmp(&target(b)));
        let place = siblings.iter().position(|&sibling| sibling == link).unwrap_or(0);
        (place as f64 - (siblings.len() - 1) as f64 / 2.0) * ROW
    }
}
