//! The positions of a graph's columns, from their smallest to their natural width.

use super::super::label::text_width;
use super::diagram::Diagram;
use super::skeleton::{Role, Skeleton, TEXT, name_of, tiles_of};

/// The width for a number at an edge: at least three digits with sign and point, and naturally four
/// digits with an exponent.
const NUMBER: Span = Span { least: 45.0, natural: 78.0 };
/// The distance from a node to the label of an edge that leaves it horizontally.
const LEAVE: Span = Span { least: 3.0, natural: 8.0 };
/// The distance from a label to the node where its edge ends, with an arrowhead.
const ARRIVE: Span = Span { least: 9.0, natural: 16.0 };
/// The additional width for edges that change their height by [`RISE`].
const BEND: Span = Span { least: 10.0, natural: 20.0 };
/// The change of height for which a bend has its usual length.
const RISE: f64 = 50.0;
/// How much wider than natural a graph may be spread.
const LOOSEST: f64 = 1.6;

/// The width of a number or a gap between least and natural.
#[derive(Clone, Copy)]
struct Span {
    least: f64,
    natural: f64,
}

impl Span {
    /// Interpolates from the least width at 0 to the natural width at 1.
    fn at(self, ease: f64) -> f64 {
        self.least + (self.natural - self.least) * ease
    }
}

/// The positions of the columns.
pub(super) struct Columns {
    /// The left and right border of each.
    pub borders: Vec<(f64, f64)>,
    /// The right end of the whole graph.
    pub width: f64,
}

impl Columns {
    /// Columns between least (0) and natural (1).
    pub fn of(diagram: &Diagram, skeleton: &Skeleton, ease: f64) -> Self {
        Self::spread(diagram, skeleton, ease, 0.0)
    }

    /// Columns that fill a width, but are neither narrower than the least width nor too far apart.
    pub fn within(diagram: &Diagram, skeleton: &Skeleton, width: f64) -> Self {
        let least = Self::of(diagram, skeleton, 0.0).width;
        let natural = Self::of(diagram, skeleton, 1.0).width;
        let ease = ((width - least) / (natural - least).max(1.0)).clamp(0.0, 1.0);
        let surplus = (width.min(natural * LOOSEST) - natural).max(0.0);
        Self::spread(diagram, skeleton, ease, surplus / skeleton.columns.len().max(1) as f64)
    }

    /// Columns with `extra` in each gap between two of them.
    fn spread(diagram: &Diagram, skeleton: &Skeleton, ease: f64, extra: f64) -> Self {
        let bends = bends(skeleton);
        let mut borders = Vec::with_capacity(skeleton.columns.len());
        let mut x = 0.0;
        for (column, vertices) in skeleton.columns.iter().enumerate() {
            if column > 0 {
                let gap = if column % 2 == 1 { LEAVE } else { ARRIVE };
                x += gap.at(ease) + bends[column - 1] * BEND.at(ease) + extra;
            }
            let left = x;
            x += vertices.iter().map(|&v| width_of(diagram, skeleton, v, ease)).fold(0.0, f64::max);
            borders.push((left, x));
        }
        let stub = if borders.is_empty() { 0.0 } else { ARRIVE.at(ease) + extra };
        Self { borders, width: x + stub }
    }
}

/// The length of the bends after each column, as a multiple of the usual length: 0 if all edges are
/// horizontal, longer if one of them is steep.
fn bends(skeleton: &Skeleton) -> Vec<f64> {
    let mut column_of = vec![0; skeleton.roles.len()];
    for (column, vertices) in skeleton.columns.iter().enumerate() {
        vertices.iter().for_each(|&vertex| column_of[vertex] = column);
    }
    let mut rises = vec![0.0f64; skeleton.columns.len()];
    for &(left, right) in &skeleton.links {
        let rise = skeleton.heights[right] - skeleton.heights[left];
        rises[column_of[left]] = rises[column_of[left]].max(rise.abs());
    }
    let length = |rise: f64| {
        if rise < 1.0 { 0.0 } else { (rise / RISE).clamp(0.6, 2.5) }
    };
    rises.into_iter().map(length).collect()
}

fn width_of(diagram: &Diagram, skeleton: &Skeleton, vertex: usize, ease: f64) -> f64 {
    match skeleton.roles[vertex] {
        Role::Node(node) => skeleton.widths[node],
        Role::Label(edge) => {
            let name = name_of(diagram, &skeleton.edges[edge]).unwrap_or_default();
            let heat = tiles_of(diagram, &skeleton.edges[edge]).map_or(0.0, |tiles| tiles.extent().0);
            if heat > 0.0 { heat.max(text_width(&name, TEXT)) } else { NUMBER.at(ease).max(text_width(&name, TEXT)) }
        }
        Role::Pass => 0.0,
    }
}
