//! The loss curve.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

use super::Theme;
use super::axis::{Axis, step_ticks};
use super::pen::{CHARACTER, Drawn, Pen, Point};
use super::series::{Sample, decimate, finite};
use crate::number::short;

/// The room around the curve, in CSS pixels; the labels of the losses take more on the left.
const TOP: f64 = 12.0;
const RIGHT: f64 = 16.0;
const BOTTOM: f64 = 26.0;

/// Up to this many steps, each has a dot.
const MOST_DOTS: usize = 60;

/// How the losses are spread over the height.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal ratios; what is not positive lies on the lowest line.
    Log,
}

/// Losses to draw.
#[derive(Clone, Copy, Debug)]
pub struct Curve<'a> {
    /// The loss before the first step, then after each; one that is not finite is left out.
    pub losses: &'a [f64],
    /// The axis.
    pub scale: Scale,
    /// The step to mark.
    pub moment: Option<usize>,
    /// The first step, counted from 1, after which a number was not finite. Nothing from there on
    /// is drawn but a sign that says so.
    pub diverged: Option<usize>,
}

/// Draws a loss curve over the whole area.
///
/// # Errors
/// When the backend can't draw.
pub fn draw_curve<DB: DrawingBackend>(area: &DrawingArea<DB, Shift>, curve: &Curve<'_>, theme: &Theme) -> Drawn<DB> {
    let pen = Pen::new(area, theme);
    let samples = finite(curve.losses, curve.diverged);
    let losses = samples.iter().map(|&(_, loss)| loss);
    let axis = match curve.scale {
        Scale::Linear => Some(Axis::linear(losses)),
        Scale::Log => Axis::log(losses),
    };
    let Some(axis) = axis.filter(|_| !samples.is_empty()) else {
        return draw_empty(&pen, curve, theme);
    };
    let ticks = axis.ticks((pen.size().1 / 48.0) as usize);
    let plot = Plot::new(&pen, axis, &ticks, curve);
    draw_axes(&pen, &plot, &ticks, theme)?;
    draw_line(&pen, &plot, &samples, theme)?;
    draw_marks(&pen, &plot, curve, &samples, theme)
}

/// Where steps and losses lie in the picture.
struct Plot {
    axis: Axis,
    last: usize,
    left: f64,
    right: f64,
    bottom: f64,
}

impl Plot {
    fn new<DB: DrawingBackend>(pen: &Pen<'_, DB>, axis: Axis, ticks: &[(f64, String)], curve: &Curve<'_>) -> Self {
        let (width, height) = pen.size();
        let longest = ticks.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(0);
        // Room for five characters at least, so that the curve stands still while numbers change.
        let left = longest.max(5) as f64 * CHARACTER + 12.0;
        let last = curve.losses.len().saturating_sub(1).max(1);
        Self { axis, last, left, right: (width - RIGHT).max(left + 1.0), bottom: (height - BOTTOM).max(TOP + 1.0) }
    }

    fn x(&self, step: usize) -> f64 {
        self.left + (self.right - self.left) * (step.min(self.last) as f64 / self.last as f64)
    }

    fn y(&self, place: f64) -> f64 {
        self.bottom - (self.bottom - TOP) * place
    }

    fn point(&self, (step, loss): Sample) -> Point {
        (self.x(step), self.y(self.axis.place(loss)))
    }
}

fn draw_axes<DB: DrawingBackend>(pen: &Pen<'_, DB>, plot: &Plot, ticks: &[(f64, String)], theme: &Theme) -> Drawn<DB> {
    for (place, label) in ticks {
        let y = plot.y(*place);
        pen.path(&[(plot.left, y), (plot.right, y)], theme.grid, 1.0)?;
        pen.text(label, (plot.left - 8.0, y), (HPos::Right, VPos::Center), theme.muted)?;
    }
    let count = ((plot.right - plot.left) / 90.0) as usize;
    for step in step_ticks(plot.last, count) {
        let label = if step == 0 { "step 0".to_owned() } else { short(step as f64) };
        pen.text(&label, (plot.x(step), plot.bottom + 8.0), (HPos::Center, VPos::Top), theme.muted)?;
    }
    Ok(())
}

fn draw_line<DB: DrawingBackend>(pen: &Pen<'_, DB>, plot: &Plot, samples: &[Sample], theme: &Theme) -> Drawn<DB> {
    let shown = decimate(samples, (plot.right - plot.left) as usize);
    let points: Vec<Point> = shown.iter().map(|&sample| plot.point(sample)).collect();
    pen.path(&points, theme.value, 2.0)?;
    if plot.last <= MOST_DOTS {
        points.iter().try_for_each(|&point| pen.dot(point, 2.5, theme.value))?;
    }
    Ok(())
}

fn draw_marks<DB: DrawingBackend>(
    pen: &Pen<'_, DB>,
    plot: &Plot,
    curve: &Curve<'_>,
    samples: &[Sample],
    theme: &Theme,
) -> Drawn<DB> {
    if let Some(step) = curve.moment {
        let x = plot.x(step);
        pen.path(&[(x, TOP), (x, plot.bottom)], theme.muted, 1.0)?;
        if let Ok(index) = samples.binary_search_by_key(&step, |&(step, _)| step) {
            pen.dot(plot.point(samples[index]), 5.0, theme.value)?;
        }
    }
    let Some(step) = curve.diverged else { return Ok(()) };
    let x = plot.x(step);
    pen.dashes(x, (TOP, plot.bottom), theme.gradient)?;
    let middle = f64::midpoint(plot.left, plot.right);
    let (side, offset) = if x > middle { (HPos::Right, -8.0) } else { (HPos::Left, 8.0) };
    let text = format!("diverged at step {step}");
    pen.text(&text, (x + offset, TOP + 4.0), (side, VPos::Top), theme.gradient)
}

/// A picture without a curve says why in its middle.
fn draw_empty<DB: DrawingBackend>(pen: &Pen<'_, DB>, curve: &Curve<'_>, theme: &Theme) -> Drawn<DB> {
    let text = match (curve.diverged, curve.scale) {
        (Some(step), _) => format!("diverged at step {step}"),
        (None, Scale::Log) if !curve.losses.is_empty() => "no loss above 0 for a logarithmic axis".to_owned(),
        _ => "no losses yet".to_owned(),
    };
    let (width, height) = pen.size();
    pen.text(&text, (width / 2.0, height / 2.0), (HPos::Center, VPos::Center), theme.muted)
}
