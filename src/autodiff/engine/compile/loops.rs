//! The loops of a statement as they are compiled.

use crate::autodiff::engine::Statement;
use crate::autodiff::engine::statement::Reached;

/// Loops are written out as long as there are at most so many passages.
const UNROLLED: usize = 16;

/// The loops without those of one passage, with neighbours made one where every access moves evenly
/// through both.
pub(super) struct Loops {
    pub(super) sizes: Vec<usize>,
    /// By how many elements each access moves with each loop.
    pub(super) strides: Vec<Vec<isize>>,
    /// How many of the loops choose the element that is written.
    pub(super) outer: usize,
}

impl Loops {
    pub(super) fn of(statement: &Statement, accesses: &[Reached<'_>]) -> Self {
        let mut loops = Self { sizes: Vec::new(), strides: vec![Vec::new(); accesses.len()], outer: 0 };
        for (axis, &size) in statement.domain.iter().enumerate().filter(|(_, size)| **size != 1) {
            let by: Vec<isize> = accesses.iter().map(|reached| reached.access.strides[axis]).collect();
            loops.push(size, &by, axis < statement.outer);
        }
        loops
    }

    fn push(&mut self, size: usize, by: &[isize], is_outer: bool) {
        let is_even = |(strides, by): (&Vec<isize>, &isize)| strides.last() == Some(&(by * size as isize));
        let same_side = is_outer || self.sizes.len() > self.outer;
        let continues = same_side && !self.sizes.is_empty() && self.strides.iter().zip(by).all(is_even);
        let before = if continues { self.pop() } else { 1 };
        self.sizes.push(before * size);
        self.strides.iter_mut().zip(by).for_each(|(strides, &by)| strides.push(by));
        self.outer += usize::from(is_outer && !continues);
    }

    /// Takes the innermost loop away, and returns its size.
    fn pop(&mut self) -> usize {
        self.strides.iter_mut().for_each(|strides| strides.truncate(self.sizes.len() - 1));
        self.sizes.pop().unwrap_or(1)
    }

    /// How many of the innermost loops are written out.
    pub(super) fn written_out(&self) -> usize {
        let passages = self.sizes.iter().rev().scan(1, |passages, &size| {
            *passages *= size;
            Some(*passages)
        });
        passages.take_while(|&passages| passages <= UNROLLED).count()
    }
}

/// All places of some loops, in order.
pub(super) fn cells(sizes: &[usize]) -> Vec<Vec<usize>> {
    sizes.iter().fold(vec![Vec::new()], |cells, &size| {
        let longer = |cell: &Vec<usize>| {
            (0..size).map(|at| cell.iter().copied().chain([at]).collect::<Vec<usize>>()).collect::<Vec<_>>()
        };
        cells.iter().flat_map(longer).collect()
    })
}

/// The least place that some loops come to, from where they begin.
pub(super) fn least(strides: &[isize], sizes: &[usize]) -> isize {
    strides.iter().zip(sizes).map(|(&by, &size)| (size as isize - 1) * by.min(0)).sum()
}
