//! The scales of the heat maps: what the colours of values and of gradients mean in numbers.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use super::super::geometry::Bounds;
use super::super::label::text_width;
use super::super::pen::{Lettering, Pen};
use super::super::{Drawn, Theme};
use super::diagram::{Diagram, Node};
use super::heat::{MOST_CHANNELS, Scale};
use super::skeleton::TEXT;
use crate::number::short;

/// The height that the legend takes below the graph.
pub(super) const LEGEND: f64 = 24.0;
/// The width and the height of the bar with the colours, and the steps in it.
const BAR: (f64, f64) = (56.0, 8.0);
const STEPS: usize = 28;
const SPACE: f64 = 6.0;

/// The numbers of all tensors of one kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The smallest number.
    pub least: f64,
    /// The largest.
    pub most: f64,
}

impl Span {
    fn of(numbers: impl Iterator<Item = f64>) -> Option<Self> {
        let finite = numbers.filter(|number| number.is_finite());
        let wider = |span: Option<Self>, number: f64| {
            let span = span.unwrap_or(Self { least: number, most: number });
            Some(Self { least: span.least.min(number), most: span.most.max(number) })
        };
        finite.fold(None, wider)
    }

    fn far(self) -> f64 {
        self.least.abs().max(self.most.abs())
    }
}

/// The range of the values in heat maps, where there are some.
pub(super) fn values(nodes: &[Node]) -> Option<Span> {
    let tensors = nodes.iter().filter(|node| node.numbers.len() > 1);
    Span::of(tensors.flat_map(|node| node.numbers.iter().copied()))
}

/// The range of the gradients in heat maps.
pub(super) fn gradients(nodes: &[Node]) -> Option<Span> {
    let inputs = nodes.iter().flat_map(|node| &node.inputs).filter(|input| input.numbers.len() > 1);
    Span::of(inputs.flat_map(|input| input.numbers.iter().copied()))
}

impl Diagram {
    /// The ranges of the values and of the gradients in heat maps, where there are some.
    #[must_use]
    pub fn ranges(&self) -> [Option<Span>; 2] {
        self.ranges
    }

    /// Whether a node is a tensor with more than one number.
    pub(super) fn has_tensors(&self) -> bool {
        self.nodes().iter().any(|node| node.shape.iter().product::<usize>() > 1)
    }

    /// Whether a tensor has more channels than are drawn.
    fn is_cut(&self) -> bool {
        let channels = |shape: &[usize]| shape.iter().rev().skip(2).product::<usize>();
        self.nodes().iter().any(|node| channels(&node.shape) > MOST_CHANNELS)
    }
}

/// The two scales of a picture.
pub(super) struct Scales {
    pub values: Scale,
    pub gradients: Scale,
    ranges: [Option<Span>; 2],
    is_cut: bool,
}

impl Scales {
    pub fn of(diagram: &Diagram, theme: &Theme) -> Self {
        let ranges = diagram.ranges();
        let [values, gradients] = ranges.map(|range| range.map_or(0.0, Span::far));
        Self {
            values: Scale::new(values, theme.value, theme),
            gradients: Scale::new(gradients, theme.gradient, theme),
            ranges,
            is_cut: diagram.is_cut(),
        }
    }

    /// Draws both bars at the lower border, from the left.
    pub fn draw<DB: DrawingBackend>(&self, pen: &Pen<'_, DB>, theme: &Theme) -> Drawn<DB> {
        let y = pen.size().1 - LEGEND / 2.0;
        let mut x = SPACE;
        let bars = [("values", &self.values, theme.value), ("gradients", &self.gradients, theme.gradient)];
        for ((word, scale, colour), range) in bars.into_iter().zip(self.ranges) {
            if let Some(range) = range {
                x = write(pen, word, (x, y), colour)? + SPACE;
                x = write(pen, &short(range.least, 3), (x, y), theme.ink)? + SPACE;
                bar(pen, scale, range, (x, y))?;
                x = write(pen, &short(range.most, 3), (x + BAR.0 + SPACE, y), theme.ink)? + 4.0 * SPACE;
            }
        }
        let cut = format!("first {MOST_CHANNELS} channels");
        let fits = x + text_width(&cut, TEXT) < pen.size().0;
        if self.is_cut && fits { write(pen, &cut, (x, y), theme.muted).map(|_| ()) } else { Ok(()) }
    }
}

/// Writes a text from a place on, and returns where it ends.
fn write<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    text: &str,
    (x, y): (f64, f64),
    color: RGBColor,
) -> Result<f64, plotters::prelude::DrawingAreaErrorKind<DB::ErrorType>> {
    pen.text(text, (x, y), Lettering { size: TEXT, color, anchor: HPos::Left, italic: false })?;
    Ok(x + text_width(text, TEXT))
}

fn bar<DB: DrawingBackend>(pen: &Pen<'_, DB>, scale: &Scale, range: Span, (x, y): (f64, f64)) -> Drawn<DB> {
    let step = BAR.0 / STEPS as f64;
    for place in 0..STEPS {
        let part = (place as f64 + 0.5) / STEPS as f64;
        let left = x + place as f64 * step;
        let bounds = Bounds { left, right: left + step, top: y - BAR.1 / 2.0, bottom: y + BAR.1 / 2.0 };
        pen.cell(&bounds, scale.colour(range.least * (1.0 - part) + range.most * part))?;
    }
    Ok(())
}
