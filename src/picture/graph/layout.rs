//! The layout of a computational graph, in CSS pixels.

use super::super::geometry::{Bounds, Point};
use super::columns::Columns;
use super::diagram::Diagram;
use super::legend::LEGEND;
use super::route::Routes;
use super::skeleton::{CLEAR, LINE, NODE_HEIGHT, Role, Skeleton, name_of, text_height, tiles_of};

/// The largest zoom in a picture that has more room than the graph needs.
const LARGEST_ZOOM: f64 = 1.5;
/// The margin around the whole graph.
const MARGIN: f64 = 4.0;

/// How large a graph is, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// The least width at which text keeps its full size; below it the graph is drawn smaller.
    pub least_width: f64,
    /// The width at which every number has room for four digits.
    pub natural_width: f64,
    /// The height at both widths.
    pub height: f64,
    /// The height of the legend below the graph, which is not enlarged with it.
    pub legend: f64,
}

impl Extent {
    /// The height that the graph fills at a width.
    pub fn height_at(&self, width: f64) -> f64 {
        self.height * self.zoom_at(width) + self.legend
    }

    /// The zoom: text is larger if there is more than the natural width, and smaller if there is
    /// less than the least width.
    fn zoom_at(&self, width: f64) -> f64 {
        if width < self.least_width {
            width / self.least_width
        } else {
            (width / self.natural_width).clamp(1.0, LARGEST_ZOOM)
        }
    }
}

/// The size of a diagram's picture.
pub fn extent(diagram: &Diagram) -> Extent {
    extent_of(diagram, &Skeleton::of(diagram))
}

fn extent_of(diagram: &Diagram, skeleton: &Skeleton) -> Extent {
    let width = |ease| Columns::of(diagram, skeleton, ease).width + 2.0 * MARGIN;
    Extent {
        least_width: width(0.0),
        natural_width: width(1.0),
        height: skeleton.height + 2.0 * MARGIN,
        legend: if diagram.has_tensors() { LEGEND } else { 0.0 },
    }
}

/// The places of an edge and its texts.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeBox {
    /// The node whose value the edge carries.
    pub from: usize,
    /// The node at which the edge ends, and the number of its input; `None` for the edge that
    /// leaves the output.
    pub to: Option<(usize, usize)>,
    /// The line to draw. A part that several edges share belongs to one of them only.
    pub path: Vec<Point>,
    /// The place of the name of the value, for an operation that has one.
    pub name: Option<Bounds>,
    /// The place of the forward value, above the edge.
    pub value: Bounds,
    /// The place of the gradient, below the edge.
    pub gradient: Bounds,
}

/// The places of all parts. They do not depend on the numbers, so nothing moves when the numbers
/// change.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The factor by which text and lines are enlarged.
    pub zoom: f64,
    /// The box of every node, in the order of the diagram.
    pub nodes: Vec<Bounds>,
    /// Every edge, node by node and input by input, and last the one that leaves the output.
    pub edges: Vec<EdgeBox>,
}

/// Lays a diagram out in a picture of this size, in CSS pixels.
///
/// The graph is centred, spread if there is room and shrunk as a whole if there is not, so that
/// texts never overlap each other or nodes. The time is microseconds for a lesson's graph and grows
/// with the number of nodes times the number of layers.
pub fn layout(diagram: &Diagram, width: f64, height: f64) -> Layout {
    let skeleton = Skeleton::of(diagram);
    let extent = extent_of(diagram, &skeleton);
    let height = height - extent.legend;
    let zoom = extent.zoom_at(width).min(height / extent.height);
    let columns = Columns::within(diagram, &skeleton, width / zoom - 2.0 * MARGIN);
    let corner = ((width - columns.width * zoom) / 2.0, (height - skeleton.height * zoom) / 2.0);
    Placing { diagram, skeleton: &skeleton, columns: &columns, zoom, corner }.layout()
}

/// Puts a skeleton into its place.
struct Placing<'a> {
    diagram: &'a Diagram,
    skeleton: &'a Skeleton,
    columns: &'a Columns,
    zoom: f64,
    corner: Point,
}

impl Placing<'_> {
    fn layout(&self) -> Layout {
        let (nodes, labels) = self.boxes();
        let mut routes = Routes::new(self.skeleton, self.columns, &nodes);
        let mut edges: Vec<_> =
            (0..labels.len()).map(|edge| self.edge(edge, &labels[edge], &routes.next(edge))).collect();
        edges.sort_unstable_by_key(|edge| edge.to.unwrap_or((usize::MAX, 0)));
        let nodes = nodes.iter().map(|bounds| bounds.placed(self.zoom, self.corner)).collect();
        Layout { zoom: self.zoom, nodes, edges }
    }

    /// The boxes of all nodes, and of the line between the texts of all labels.
    fn boxes(&self) -> (Vec<Bounds>, Vec<Bounds>) {
        let nothing = Bounds::around((0.0, 0.0), 0.0, 0.0);
        let mut nodes = vec![nothing; self.diagram.nodes().len()];
        let mut labels = vec![nothing; self.skeleton.edges.len()];
        for (vertices, &(left, right)) in self.skeleton.columns.iter().zip(&self.columns.borders) {
            for &vertex in vertices {
                let center = ((left + right) / 2.0, self.skeleton.heights[vertex]);
                match self.skeleton.roles[vertex] {
                    Role::Node(node) => {
                        let width = self.skeleton.widths[node];
                        nodes[node] = Bounds::around(center, width, NODE_HEIGHT);
                    }
                    Role::Label(edge) => labels[edge] = Bounds::around(center, right - left, 0.0),
                    Role::Pass => {}
                }
            }
        }
        (nodes, labels)
    }

    /// An edge in its place, with its texts one line above, two above and one below.
    fn edge(&self, index: usize, label: &Bounds, path: &[Point]) -> EdgeBox {
        let edge = self.skeleton.edges[index];
        let text = text_height(self.diagram, &edge);
        let wide = tiles_of(self.diagram, &edge).map_or(label.width(), |tiles| tiles.extent().0);
        let line = |top: f64, height: f64| {
            let center = (label.center().0, label.top + top + height / 2.0);
            Bounds::around(center, wide, height).placed(self.zoom, self.corner)
        };
        let place = |&(x, y): &Point| (x * self.zoom + self.corner.0, y * self.zoom + self.corner.1);
        EdgeBox {
            from: edge.from,
            to: edge.to,
            path: path.iter().map(place).collect(),
            name: name_of(self.diagram, &edge).map(|_| line(-CLEAR - text - LINE, LINE)),
            value: line(-CLEAR - text, text),
            gradient: line(CLEAR, text),
        }
    }
}
