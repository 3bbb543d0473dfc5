//! Where everything of a computational graph lies, in CSS pixels.

use super::super::geometry::{Bounds, Point};
use super::columns::Columns;
use super::diagram::Diagram;
use super::route::Routes;
use super::skeleton::{CLEAR, LINE, NODE_HEIGHT, Role, Skeleton, name_of};

/// The largest enlargement in a picture that has more room than the graph needs.
const LARGEST_ZOOM: f64 = 1.5;
/// Around the whole graph.
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
}

impl Extent {
    /// The height that the graph fills at a width.
    pub fn height_at(&self, width: f64) -> f64 {
        self.height * self.zoom_at(width)
    }

    /// Text grows where there is more room than natural and shrinks below the least.
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
    Extent { least_width: width(0.0), natural_width: width(1.0), height: skeleton.height + 2.0 * MARGIN }
}

/// Where an edge and its texts lie.
#[derive(Debug, Clone, PartialEq)]
pub struct EdgeBox {
    /// The node whose value the edge carries.
    pub from: usize,
    /// The node and the number of its input where the edge arrives; `None` for the edge that
    /// leaves the output.
    pub to: Option<(usize, usize)>,
    /// The line to be drawn. Where several edges share a part, one of them has it.
    pub path: Vec<Point>,
    /// The place of the name of the value, for an operation that has one.
    pub name: Option<Bounds>,
    /// The place of the forward value, above the edge.
    pub value: Bounds,
    /// The place of the gradient, below the edge.
    pub gradient: Bounds,
}

/// Where everything lies. It does not depend on the numbers, so that nothing moves as they change.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// By how much text and lines are larger than usual.
    pub zoom: f64,
    /// The box of every node, in the order of the diagram.
    pub nodes: Vec<Bounds>,
    /// Every edge, node by node and input by input, and last the one that leaves the output.
    pub edges: Vec<EdgeBox>,
}

/// Lays a diagram out in a picture of this size, in CSS pixels.
///
/// The graph is centred, spread where there is room and shrunk as a whole where there is not, so
/// that texts never lie on each other or on nodes. Takes microseconds for a lesson's graph and
/// grows with the nodes times the layers.
pub fn layout(diagram: &Diagram, width: f64, height: f64) -> Layout {
    let skeleton = Skeleton::of(diagram);
    let extent = extent_of(diagram, &skeleton);
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
        let line = |top: f64| {
            let bounds = Bounds { top: label.top + top, bottom: label.top + top + LINE, ..*label };
            bounds.placed(self.zoom, self.corner)
        };
        let place = |&(x, y): &Point| (x * self.zoom + self.corner.0, y * self.zoom + self.corner.1);
        EdgeBox {
            from: edge.from,
            to: edge.to,
            path: path.iter().map(place).collect(),
            name: name_of(self.diagram, &edge).map(|_| line(-CLEAR - 2.0 * LINE)),
            value: line(-CLEAR - LINE),
            gradient: line(CLEAR),
        }
    }
}
