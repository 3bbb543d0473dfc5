//! Statements of a single lane in strips: vectors along an axis, where there are no lanes for them.
//!
//! A vector holds neighbours of the element that is written, never parts of one sum, and each
//! element gets what is added to it in the old order. So every number keeps its bits.

use super::loops::Loops;
use super::numbers::Numbers;
use crate::autodiff::engine::{Access, Fold, Start, Statement};

/// A part of a statement, and the numbers that it is computed with.
pub(super) struct Strip {
    pub(super) statement: Statement,
    pub(super) numbers: Numbers,
    /// The loop that moves from vector to vector; nothing if there is a lane for each number.
    pub(super) axis: Option<usize>,
}

/// The parts of a statement, one after the other.
pub(super) fn strips(statement: &Statement, numbers: Numbers) -> Vec<Strip> {
    let whole = |statement| vec![Strip { statement, numbers, axis: None }];
    if numbers.is_vector() || !is_plain(statement) {
        return whole(statement.clone());
    }
    let statement = without_neighbours(statement);
    let Some(axis) = axis_of(&statement) else { return whole(statement) };
    if is_separate(&statement) {
        return in_turn(&statement, numbers, axis);
    }
    let size = statement.size(axis);
    let width = numbers.strips().into_iter().find(|width| size.is_multiple_of(*width));
    match width.zip(in_order(&statement, axis)) {
        Some((width, statement)) => vec![strip(&statement, numbers, axis, 0..size, width)],
        None => whole(statement),
    }
}

/// Whether nothing is looked up, and no place is sought.
fn is_plain(statement: &Statement) -> bool {
    matches!(statement.fold, Fold::Set | Fold::Sum(_) | Fold::Max) && statement.is_direct()
}

/// The same statement with neighbouring loops made one.
fn without_neighbours(statement: &Statement) -> Statement {
    let Loops { sizes: domain, strides, outer } = Loops::of(statement, &statement.reached());
    let mut strides = strides.into_iter();
    let mut moved = |access: &Access| Access { strides: strides.next().unwrap_or_default(), ..access.clone() };
    let out = moved(&statement.out);
    Statement { out, inputs: statement.inputs.iter().map(moved).collect(), domain, outer, ..statement.clone() }
}

/// The longest loop that goes from neighbour to neighbour in what is written, and in each input the
/// same way or not at all.
fn axis_of(statement: &Statement) -> Option<usize> {
    let out = &statement.out;
    let is_even = |axis: &usize| {
        let by = out.by(*axis);
        let same = |input: &Access| input.tensor != out.tensor && [0, by].contains(&input.by(*axis));
        by.abs() == 1 && statement.inputs.iter().all(same)
    };
    (0..statement.outer).filter(is_even).max_by_key(|&axis| statement.size(axis))
}

/// Whether each element is written in one passage of the outer loops.
fn is_separate(statement: &Statement) -> bool {
    let (outer, _) = statement.sides();
    let out = statement.out.of_outer(statement.outer);
    out.strides.iter().zip(outer).all(|(&by, &size)| by != 0 || size == 1) && out.is_injective(outer)
}

/// The widest strips first, then narrower ones, then what is left one by one.
fn in_turn(statement: &Statement, numbers: Numbers, axis: usize) -> Vec<Strip> {
    let size = statement.size(axis);
    let mut begin = 0;
    let mut parts = Vec::new();
    for width in numbers.strips() {
        let end = size - (size - begin) % width;
        if end > begin {
            parts.push(strip(statement, numbers, axis, begin..end, width));
            begin = end;
        }
    }
    if begin < size {
        parts.push(Strip { statement: part(statement, axis, begin..size, 1), numbers, axis: None });
    }
    parts
}

/// The statement with another loop turned round where that keeps the order in which an element gets
/// what is added to it; nothing if the order would change.
///
/// Two passages of a strip may write one element only if a single other loop, further in, makes up
/// for the distance between them. The passage that comes first must then be the first one there too.
fn in_order(statement: &Statement, axis: usize) -> Option<Statement> {
    let Statement { domain, out, .. } = statement;
    if statement.fold != Fold::Sum(Start::Stored) || statement.outer < domain.len() {
        return None;
    }
    let (near, far): (Vec<usize>, Vec<usize>) = (axis + 1..domain.len())
        .filter(|&other| out.by(other) != 0 && statement.size(other) > 1)
        .partition(|&other| out.by(other).abs() == 1);
    let reach = statement.size(axis) + near.iter().map(|&other| statement.size(other) - 1).sum::<usize>();
    let strides = [1].into_iter().chain(far.iter().map(|&other| out.by(other))).collect();
    let sizes: Vec<usize> = [reach].into_iter().chain(far.iter().map(|&other| statement.size(other))).collect();
    let apart = Access { tensor: out.tensor, offset: 0, strides, index: None };
    if near.len() > 1 || !apart.is_injective(&sizes) {
        return None;
    }
    let turned = near.into_iter().find(|&other| out.by(other) == out.by(axis));
    Some(turned.map_or_else(|| statement.clone(), |other| statement.turned_round(other)))
}

fn strip(statement: &Statement, numbers: Numbers, axis: usize, range: std::ops::Range<usize>, width: usize) -> Strip {
    Strip { statement: part(statement, axis, range, width), numbers: numbers.in_strips(width), axis: Some(axis) }
}

/// The passages of a range of a loop, `width` at a time; an access is at the least place of each group.
fn part(statement: &Statement, axis: usize, range: std::ops::Range<usize>, width: usize) -> Statement {
    let mut part = statement.with_accesses(|access| {
        if let Some(by) = access.strides.get_mut(axis) {
            access.offset += *by * range.start as isize + (*by).min(0) * (width as isize - 1);
            *by *= width as isize;
        }
    });
    part.domain.iter_mut().skip(axis).take(1).for_each(|size| *size = range.len() / width);
    part
}
