//! The layout of a loss curve, in CSS pixels.

use super::super::axis::{Axis, Tick};
use super::super::geometry::Point;
use super::super::label::{loss_axis, shortened, text_width};
use super::{Curve, Ghost};

/// Smaller pictures have no room for axes.
const SMALLEST: Point = (140.0, 120.0);

/// From this width on the text is a size larger.
const WIDE: f64 = 480.0;

/// The height of the row above the plot, which contains the vertical axis' name and the notes.
const ABOVE: f64 = 30.0;

/// The height of the row below the plot, which contains the horizontal axis' labels.
const BELOW: f64 = 26.0;

/// The minimum distance between ticks, horizontal and vertical.
const CLOSEST: Point = (60.0, 34.0);

/// The distance from the axis to the first step, so that its point does not touch the labels.
const INSET: f64 = 8.0;

/// The plot's borders, its axes and their ticks in place.
pub(super) struct Frame {
    /// The plot's left border, where grid lines begin.
    pub left: f64,
    /// The plot's right border and the place of the last step.
    pub right: f64,
    /// The place of the largest loss.
    pub top: f64,
    /// The place of the axis' low end.
    pub bottom: f64,
    /// Font size of all text.
    pub font: f64,
    /// Height and text of the grid lines.
    pub levels: Vec<(f64, String)>,
    /// Place and text of the marked steps.
    pub steps: Vec<(f64, String)>,
    /// The text of the horizontal axis' name.
    pub horizontal: String,
    /// The text of the vertical axis' name.
    pub vertical: String,
    stride: f64,
    steps_axis: Axis,
    losses_axis: Axis,
}

/// How far above the plot a loss may lie, in heights of the plot.
const FAR: f64 = 1e4;

impl Frame {
    /// The frame of a curve in a picture of this size, or none if the picture is too small.
    pub fn of(size: Point, curve: &Curve, span: Option<(f64, f64)>) -> Option<Self> {
        if size.0 < SMALLEST.0 || size.1 < SMALLEST.1 {
            return None;
        }
        let own = curve.losses.len().saturating_sub(1).max(curve.diverged.unwrap_or(0)).max(1);
        let last = curve.ghosts.iter().map(Ghost::last).fold(own as f64, f64::max);
        let mut frame = Self {
            left: 0.0,
            right: size.0,
            top: ABOVE,
            bottom: size.1 - BELOW,
            font: if size.0 < WIDE { 12.0 } else { 13.0 },
            levels: Vec::new(),
            steps: Vec::new(),
            horizontal: shortened(curve.horizontal),
            vertical: loss_axis(curve.vertical),
            stride: curve.stride,
            steps_axis: Axis::Linear(0.0, last * curve.stride),
            losses_axis: Axis::of(curve.scale, span),
        };
        frame.place_levels();
        frame.place_steps();
        if curve.losses.is_empty() {
            frame.levels.clear();
            frame.steps.clear();
        }
        Some(frame)
    }

    /// The ticks of the losses decide the left margin.
    fn place_levels(&mut self) {
        let count = ((self.bottom - self.top) / CLOSEST.1).clamp(2.0, 6.0) as usize;
        let ticks = self.losses_axis.ticks(count, 0.0);
        let widest = self.widest(&ticks).max(text_width(&self.horizontal, self.font));
        self.left = (widest + 12.0).min(self.right / 2.0);
        let height = |tick: &Tick| self.bottom - tick.at * (self.bottom - self.top);
        self.levels = ticks.iter().map(|tick| (height(tick), tick.label.clone())).collect();
    }

    /// The ticks of the steps decide the right margin.
    fn place_steps(&mut self) {
        let count = ((self.right - self.left) / CLOSEST.0).clamp(2.0, 10.0) as usize;
        let ticks = self.steps_axis.ticks(count, 1.0);
        self.right -= (self.widest(&ticks) / 2.0 + 3.0).max(14.0);
        let across = |tick: &Tick| self.left + INSET + tick.at * self.width();
        self.steps = ticks.iter().map(|tick| (across(tick), tick.label.clone())).collect();
        // Long numbers in a narrow picture: one that would touch the one before is left out.
        let (mut free, font) = (f64::MIN, self.font);
        self.steps.retain(|(x, label)| {
            let half = text_width(label, font) / 2.0;
            let fits = x - half >= free;
            free = if fits { x + half + 4.0 } else { free };
            fits
        });
    }

    fn widest(&self, ticks: &[Tick]) -> f64 {
        ticks.iter().map(|tick| text_width(&tick.label, self.font)).fold(0.0, f64::max)
    }

    /// From the first step to the last one.
    pub fn width(&self) -> f64 {
        self.right - self.left - INSET
    }

    /// The position of a loss by its index.
    pub fn x(&self, step: f64) -> f64 {
        self.left + INSET + self.steps_axis.at(step * self.stride) * self.width()
    }

    /// Where a loss at a step lies.
    pub fn place(&self, (step, loss): Point) -> Point {
        let height = self.losses_axis.at(loss) * (self.bottom - self.top);
        (self.x(step), self.bottom - height)
    }

    /// The position of a loss at a step, or its position above the plot, limited to the coordinates
    /// of a screen.
    pub fn beyond(&self, (step, loss): Point) -> Point {
        let part = self.losses_axis.part(loss).clamp(0.0, FAR);
        (self.x(step), self.bottom - part * (self.bottom - self.top))
    }

    /// The positions of these steps, without those too close to the previous one.
    pub fn thinned(&self, steps: &[usize]) -> Vec<f64> {
        let mut places: Vec<f64> = steps.iter().map(|&step| self.x(step as f64)).collect();
        places.dedup_by(|next, kept| *next - *kept < 12.0);
        places
    }
}
