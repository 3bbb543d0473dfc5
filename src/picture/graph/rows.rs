//! The height of every vertex of a layered graph: edges are as horizontal as possible, and vertices
//! of a column do not overlap.

/// How often heights are improved from left to right and back.
const SWEEPS: usize = 4;

/// A vertex that has no neighbour on one side keeps its height with this weight.
const REST: f64 = 0.01;

/// An item of a column: it extends `up` above and `down` below its height.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    /// How far it extends above its height.
    pub up: f64,
    /// How far it extends below its height.
    pub down: f64,
}

/// An edge between vertices of neighbouring columns; the larger its weight, the more horizontal it
/// is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// The vertex on the left.
    pub left: usize,
    /// The vertex on the right.
    pub right: usize,
    /// The weight.
    pub weight: f64,
}

/// The heights of all vertices, given the columns from left to right, each from top to bottom.
pub(super) fn heights(columns: &[Vec<usize>], vertices: &[Vertex], links: &[Link]) -> Vec<f64> {
    let mut heights = vec![0.0; vertices.len()];
    let (mut before, mut after) = (vec![Vec::new(); vertices.len()], vec![Vec::new(); vertices.len()]);
    for link in links {
        before[link.right].push((link.left, link.weight));
        after[link.left].push((link.right, link.weight));
    }
    for _ in 0..SWEEPS {
        columns.iter().for_each(|column| settle(column, vertices, &before, &mut heights));
        columns.iter().rev().for_each(|column| settle(column, vertices, &after, &mut heights));
    }
    heights
}

/// Moves the vertices of a column as near to the weighted mean of their neighbours as their
/// sizes allow.
fn settle(column: &[usize], vertices: &[Vertex], neighbours: &[Vec<(usize, f64)>], heights: &mut [f64]) {
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(column.len());
    let mut blocks: Vec<Block> = Vec::with_capacity(column.len());
    for (k, &vertex) in column.iter().enumerate() {
        if k > 0 {
            offset += vertices[column[k - 1]].down + vertices[vertex].up;
        }
        offsets.push(offset);
        let (height, weight) = pull(heights[vertex], &neighbours[vertex], heights);
        push(&mut blocks, Block { height: height - offset, weight, count: 1 });
    }
    let settled = blocks.iter().flat_map(|block| std::iter::repeat_n(block.height, block.count));
    for ((&vertex, offset), height) in column.iter().zip(offsets).zip(settled) {
        heights[vertex] = height + offset;
    }
}

/// The weighted mean height of the neighbours, and their weight.
fn pull(own: f64, neighbours: &[(usize, f64)], heights: &[f64]) -> (f64, f64) {
    let weight: f64 = neighbours.iter().map(|&(_, weight)| weight).sum();
    let sum: f64 = neighbours.iter().map(|&(k, weight)| weight * heights[k]).sum();
    if weight > 0.0 { (sum / weight, weight) } else { (own, REST) }
}

/// Vertices that touch and share one height, apart from their offsets.
struct Block {
    height: f64,
    weight: f64,
    count: usize,
}

/// Adds a block below the others, joining it with those it would overlap: the pool-adjacent-
/// violators algorithm, exact for weighted least squares.
fn push(blocks: &mut Vec<Block>, mut block: Block) {
    while let Some(above) = blocks.pop_if(|above| above.height > block.height) {
        let weight = above.weight + block.weight;
        block = Block {
            height: (above.height * above.weight + block.height * block.weight) / weight,
            weight,
            count: above.count + block.count,
        };
    }
    blocks.push(block);
}
