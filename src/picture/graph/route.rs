//! The lines of edges: horizontal in the columns, bent between them.

use super::super::geometry::{Bounds, Point};
use super::columns::Columns;
use super::skeleton::{Role, Skeleton};

/// The number of straight pieces of a bend.
const PIECES: usize = 14;

/// A smaller rise is drawn straight.
const LEVEL: f64 = 0.5;

/// An edge that comes from at least this far above or below arrives at the steepest angle.
const FAR: f64 = 48.0;

/// The steepest angle at which an edge arrives, in radians from the horizontal.
const OBLIQUE: f64 = 0.9;

/// Finds the lines of a graph's edges one after the other.
pub(super) struct Routes<'a> {
    skeleton: &'a Skeleton,
    nodes: &'a [Bounds],
    /// The borders of each vertex' column.
    borders: Vec<(f64, f64)>,
    /// The left border of each node's column.
    entries: Vec<f64>,
    /// The vertex to the left of each one that is not a node.
    sources: Vec<Option<usize>>,
    /// Whether a line has reached the vertex already.
    drawn: Vec<bool>,
    /// The right end of the whole graph.
    end: f64,
}

impl<'a> Routes<'a> {
    /// Routes between nodes in their columns.
    pub fn new(skeleton: &'a Skeleton, columns: &Columns, nodes: &'a [Bounds]) -> Self {
        let mut routes = Self {
            skeleton,
            nodes,
            borders: vec![(0.0, 0.0); skeleton.roles.len()],
            entries: vec![0.0; nodes.len()],
            sources: vec![None; skeleton.roles.len()],
            drawn: vec![false; skeleton.roles.len()],
            end: columns.width,
        };
        for (vertices, &border) in skeleton.columns.iter().zip(&columns.borders) {
            vertices.iter().for_each(|&vertex| routes.set_border(vertex, border));
        }
        for &(left, right) in &skeleton.links {
            if !matches!(skeleton.roles[right], Role::Node(_)) {
                routes.sources[right] = Some(left);
            }
        }
        routes
    }

    fn set_border(&mut self, vertex: usize, border: (f64, f64)) {
        self.borders[vertex] = border;
        if let Role::Node(node) = self.skeleton.roles[vertex] {
            self.entries[node] = border.0;
        }
    }

    /// The line of an edge, from its node or from the point at which it leaves an edge that was
    /// routed earlier.
    pub fn next(&mut self, edge: usize) -> Vec<Point> {
        let edge = self.skeleton.edges[edge];
        let chain = self.chain(edge.label);
        let mut path = vec![self.exit(chain[0])];
        for pair in chain.windows(2) {
            let (left, right) = self.borders[pair[1]];
            let height = self.skeleton.heights[pair[1]];
            advance(&mut path, (self.borders[pair[0]].1, self.skeleton.heights[pair[0]]));
            bend(&mut path, (left, height));
            advance(&mut path, (right, height));
        }
        match edge.to {
            Some((node, _)) => self.arrive(&mut path, node),
            None => advance(&mut path, (self.end, self.skeleton.heights[edge.label])),
        }
        path
    }

    /// The vertices from the last one that is already drawn to the label.
    fn chain(&mut self, label: usize) -> Vec<usize> {
        let mut chain = vec![label];
        let mut vertex = label;
        while let Some(source) = self.sources[vertex].filter(|_| !self.drawn[vertex]) {
            self.drawn[vertex] = true;
            chain.push(source);
            vertex = source;
        }
        chain.reverse();
        chain
    }

    /// The point at which edges leave a vertex.
    fn exit(&self, vertex: usize) -> Point {
        let right = match self.skeleton.roles[vertex] {
            Role::Node(node) => self.nodes[node].right,
            _ => self.borders[vertex].1,
        };
        (right, self.skeleton.heights[vertex])
    }

    /// Ends at the round left side of a node; an edge that comes from lower ends lower.
    fn arrive(&self, path: &mut Vec<Point>, node: usize) {
        let bounds = &self.nodes[node];
        let (center, radius) = (bounds.center().1, bounds.height() / 2.0);
        let rise = path.last().map_or(0.0, |last| last.1 - center);
        let angle = (rise / FAR).clamp(-1.0, 1.0) * OBLIQUE;
        let port = (bounds.left + radius * (1.0 - angle.cos()), center + radius * angle.sin());
        bend(path, (self.entries[node], port.1));
        advance(path, port);
    }
}

/// Continues a path to a point: straight if it is horizontal, otherwise with a bend that is
/// horizontal at both ends.
fn bend(path: &mut Vec<Point>, (x, y): Point) {
    let Some(&(left, top)) = path.last() else {
        return;
    };
    if (y - top).abs() >= LEVEL {
        path.extend((1..PIECES).map(|k| {
            let part = k as f64 / PIECES as f64;
            let ease = part * part * (3.0 - 2.0 * part);
            (left + (x - left) * part, top + (y - top) * ease)
        }));
    }
    advance(path, (x, y));
}

/// Continues a path straight to a point, unless it is there already.
fn advance(path: &mut Vec<Point>, point: Point) {
    if path.last() != Some(&point) {
        path.push(point);
    }
}
