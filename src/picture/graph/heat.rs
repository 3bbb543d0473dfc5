//! A tensor as a heat map: the size of its picture, and the colours of its cells.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;

use super::super::geometry::Bounds;
use super::super::pen::Pen;
use super::super::plane::mixed;
use super::super::{Drawn, Theme};

/// The largest width and height of a heat map, and the largest cell.
const WIDEST: f64 = 104.0;
const HIGHEST: f64 = 64.0;
const CELL: f64 = 8.0;
/// The gap between two channels, and how many of them are drawn at most, and side by side.
const GAP: f64 = 2.0;
/// How many channels of a tensor are drawn at most.
pub const MOST_CHANNELS: usize = 8;
const ACROSS: usize = 4;

/// How a tensor is laid out: its last two axes are a channel, and all others count channels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tiles {
    /// The numbers of rows and columns of a channel.
    size: (usize, usize),
    /// How many of them are drawn; every so many are left out of a large tensor.
    drawn: (usize, usize),
    /// The channels that are drawn, and how many stand side by side.
    channels: usize,
    across: usize,
    cell: (f64, f64),
}

impl Tiles {
    /// The tiles of a shape; nothing for a single number.
    pub fn of(shape: &[usize]) -> Option<Self> {
        if shape.iter().product::<usize>() <= 1 {
            return None;
        }
        let (rest, size) = match *shape {
            [ref rest @ .., rows, columns] => (rest, (rows, columns)),
            [columns] => (&[][..], (1, columns)),
            [] => return None,
        };
        let channels = rest.iter().product::<usize>().min(MOST_CHANNELS);
        let across = channels.min(ACROSS);
        let down = channels.div_ceil(across);
        let room = (HIGHEST / down as f64, WIDEST / across as f64);
        let drawn = (size.0.min(room.0 as usize), size.1.min(room.1 as usize));
        let side = CELL.min(room.0 / drawn.0 as f64).min(room.1 / drawn.1 as f64);
        // A single row would be hard to see where its cells are narrow.
        let high = if size.0 == 1 { CELL } else { side };
        Some(Self { size, drawn, channels, across, cell: (side, high) })
    }

    /// Width and height.
    pub fn extent(&self) -> (f64, f64) {
        let down = self.channels.div_ceil(self.across);
        let length = |count: usize, cells: usize, cell: f64| {
            (count * cells) as f64 * cell + count.saturating_sub(1) as f64 * GAP
        };
        (length(self.across, self.drawn.1, self.cell.0), length(down, self.drawn.0, self.cell.1))
    }

    /// The box of a row of a channel, and which numbers stand in it from left to right.
    fn rows(&self) -> impl Iterator<Item = (f64, f64, usize)> {
        let tiles = *self;
        let (wide, high) = (tiles.drawn.1 as f64 * tiles.cell.0 + GAP, tiles.drawn.0 as f64 * tiles.cell.1 + GAP);
        (0..tiles.channels).flat_map(move |channel| {
            let (left, top) = ((channel % tiles.across) as f64 * wide, (channel / tiles.across) as f64 * high);
            (0..tiles.drawn.0).map(move |row| {
                let first = (channel * tiles.size.0 + row * tiles.size.0 / tiles.drawn.0) * tiles.size.1;
                (left, top + row as f64 * tiles.cell.1, first)
            })
        })
    }

    /// The place of a number in its row.
    fn number(&self, column: usize) -> usize {
        column * self.size.1 / self.drawn.1
    }
}

/// The colours of numbers: the background at 0, `above` for the largest, `below` for the smallest.
/// A number half as far from 0 has more than half of the colour, so that small ones are seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// The largest distance from 0.
    pub most: f64,
    pub above: RGBColor,
    pub below: RGBColor,
    pub zero: RGBColor,
    /// The colour of what is not a number.
    pub strange: RGBColor,
}

/// How many shades there are on each side of 0.
const SHADES: f64 = 24.0;

impl Scale {
    pub fn new(most: f64, above: RGBColor, theme: &Theme) -> Self {
        Self { most, above, below: theme.ink, zero: theme.background, strange: theme.learning_rate }
    }

    pub fn colour(&self, number: f64) -> RGBColor {
        if number.is_nan() {
            return self.strange;
        }
        let part = if self.most > 0.0 { (number.abs() / self.most).min(1.0).sqrt() } else { 0.0 };
        let part = (part * SHADES).round() / SHADES;
        mixed(self.zero, if number < 0.0 { self.below } else { self.above }, part)
    }
}

/// Draws a tensor's numbers at a place. Neighbours of one colour are one box.
pub(super) fn draw<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    tiles: &Tiles,
    (place, zoom): (&Bounds, f64),
    numbers: &[f64],
    scale: &Scale,
) -> Drawn<DB> {
    let (wide, high) = (tiles.cell.0 * zoom, tiles.cell.1 * zoom);
    for (left, top, first) in tiles.rows() {
        let (left, top) = (place.left + left * zoom, place.top + top * zoom);
        let colour =
            |column: usize| scale.colour(numbers.get(first + tiles.number(column)).copied().unwrap_or(f64::NAN));
        let mut start = 0;
        for column in 1..=tiles.drawn.1 {
            if column == tiles.drawn.1 || colour(column) != colour(start) {
                let (from, to) = (left + start as f64 * wide, left + column as f64 * wide);
                pen.cell(&Bounds { left: from, top, right: to, bottom: top + high }, colour(start))?;
                start = column;
            }
        }
    }
    Ok(())
}
