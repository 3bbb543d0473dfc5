//! The loss over the steps of a run.

mod frame;
mod ghost;
mod series;

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use self::frame::Frame;
pub use self::ghost::Ghost;
use self::ghost::{CLEAR, below, joined, number_places};
pub use self::series::thinned;
use self::series::{Series, is_drawable};
use super::axis::Scale;
use super::geometry::{Bounds, Point};
use super::label::text_width;
use super::pen::{Lettering, Pen};
use super::{Area, Drawn, Theme};

/// Up to this number of losses, each is also drawn as a point.
const MOST_POINTS: usize = 60;

/// What the picture of a loss curve shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Curve<'a> {
    /// The loss before the first step, then after each step. Any numbers are allowed; those that
    /// are not finite are left out of the line.
    pub losses: &'a [f64],
    /// How the losses are laid out.
    pub scale: Scale,
    /// The step that is marked by a rule and a dot, an index into the losses.
    pub moment: Option<usize>,
    /// The step at which the run is known to diverge, an index into the losses; later losses are
    /// not drawn. If there is none, the first loss that is not finite counts as divergence.
    pub diverged: Option<usize>,
    /// How many steps lie between two losses.
    pub stride: f64,
    /// Where the learning rate was changed, as indices into the losses, with parts of one.
    pub changes: &'a [f64],
    /// Other runs, numbered from 1 in the picture, and named lines.
    pub ghosts: &'a [Ghost],
    /// The name of the horizontal axis, in the singular: "step" or "epoch".
    pub horizontal: &'a str,
    /// The name of the loss.
    pub vertical: &'a str,
}

impl<'a> Curve<'a> {
    /// A linear curve of losses over steps with nothing marked.
    pub fn of(losses: &'a [f64]) -> Self {
        Self {
            losses,
            scale: Scale::Linear,
            moment: None,
            diverged: None,
            stride: 1.0,
            changes: &[],
            ghosts: &[],
            horizontal: "step",
            vertical: "loss",
        }
    }

    /// The losses up to and including the step of divergence.
    fn shown(&self) -> &'a [f64] {
        match self.diverged {
            Some(step) if step < self.losses.len() => &self.losses[..=step],
            _ => self.losses,
        }
    }
}

/// Draws a loss curve over the whole area. An area too small for axes is only cleared.
///
/// # Errors
/// Those of the backend.
pub fn draw_curve<DB: DrawingBackend>(area: &Area<DB>, curve: &Curve, theme: &Theme) -> Drawn<DB> {
    let pen = Pen::new(area, theme);
    pen.clear(theme.background)?;
    let (width, _) = pen.size();
    let series = Series::of(curve.shown(), curve.scale, pen.pixels(width));
    let span = curve.ghosts.iter().map(|ghost| ghost.span(curve.scale)).fold(series.span, joined);
    match Frame::of(pen.size(), curve, span) {
        Some(frame) => Plot { pen, theme, curve, series, frame }.draw(),
        None => Ok(()),
    }
}

/// Everything that is needed to draw a curve.
struct Plot<'a, DB: DrawingBackend> {
    pen: Pen<'a, DB>,
    theme: &'a Theme,
    curve: &'a Curve<'a>,
    series: Series,
    frame: Frame,
}

impl<DB: DrawingBackend> Plot<'_, DB> {
    fn draw(&self) -> Drawn<DB> {
        self.draw_axes()?;
        if self.curve.losses.is_empty() {
            return self.draw_emptiness();
        }
        self.draw_moment_rule()?;
        self.draw_divergence_rule()?;
        self.draw_changes()?;
        self.draw_ghosts()?;
        self.draw_line()?;
        self.draw_points()?;
        self.draw_grounded()?;
        self.draw_moment_dot()?;
        self.draw_notes()
    }

    fn draw_axes(&self) -> Drawn<DB> {
        let frame = &self.frame;
        for (y, label) in &frame.levels {
            self.pen.level((frame.left, frame.right), *y, self.theme.grid)?;
            self.pen.text(label, (frame.left - 8.0, *y), self.lettering(HPos::Right))?;
        }
        self.pen.level((frame.left, frame.right), frame.bottom, self.theme.grid)?;
        for (x, label) in &frame.steps {
            self.pen.upright(*x, (frame.bottom, frame.bottom + 4.0), self.theme.muted)?;
            self.pen.text(label, (*x, frame.bottom + 15.0), self.lettering(HPos::Center))?;
        }
        self.draw_names()
    }

    fn draw_names(&self) -> Drawn<DB> {
        let (frame, name) = (&self.frame, self.lettering(HPos::Left));
        self.pen.text(&frame.vertical, (4.0, 12.0), name)?;
        self.pen.text(&frame.horizontal, (4.0, frame.bottom + 15.0), name)
    }

    fn draw_emptiness(&self) -> Drawn<DB> {
        let frame = &self.frame;
        let middle = ((frame.left + frame.right) / 2.0, (frame.top + frame.bottom) / 2.0);
        let text = format!("no {} yet", frame.horizontal);
        self.pen.text(&text, middle, self.lettering(HPos::Center))
    }

    fn draw_moment_rule(&self) -> Drawn<DB> {
        match self.moment() {
            Some((step, _)) => {
                self.pen.upright(self.frame.x(step as f64), (self.frame.top, self.frame.bottom), self.theme.muted)
            }
            None => Ok(()),
        }
    }

    fn draw_moment_dot(&self) -> Drawn<DB> {
        let Some((step, loss)) = self.moment() else {
            return Ok(());
        };
        if !is_drawable(loss, self.curve.scale) {
            return Ok(());
        }
        self.pen.moment(self.frame.place((step as f64, loss)), self.theme.value)
    }

    fn draw_divergence_rule(&self) -> Drawn<DB> {
        match self.divergence() {
            Some(step) => {
                self.pen.dashes(self.frame.x(step as f64), (self.frame.top, self.frame.bottom), self.theme.gradient)
            }
            None => Ok(()),
        }
    }

    /// A rule with a small flag where the learning rate was changed.
    fn draw_changes(&self) -> Drawn<DB> {
        self.curve.changes.iter().filter(|step| step.is_finite()).try_for_each(|&step| {
            let (x, top) = (self.frame.x(step), self.frame.top);
            self.pen.dashes(x, (top, self.frame.bottom), self.theme.learning_rate)?;
            self.pen.shape(&[(x, top), (x + 8.0, top + 4.0), (x, top + 8.0)], self.theme.learning_rate)
        })
    }

    /// The lines are drawn first, so that no line crosses a number.
    fn draw_ghosts(&self) -> Drawn<DB> {
        let lines: Vec<_> = self.curve.ghosts.iter().map(|ghost| self.ghost_lines(ghost)).collect();
        for (ghost, parts) in self.curve.ghosts.iter().zip(&lines) {
            let (color, width) = if ghost.chosen {
                (self.theme.ink, 2.5)
            } else if ghost.stands_out() {
                (self.theme.ink, 1.5)
            } else {
                (self.theme.muted, 1.5)
            };
            parts.iter().filter(|part| part.len() > 1).try_for_each(|part| self.pen.line(part, color, width))?;
        }
        let own: Vec<Point> = self.series.runs.iter().flatten().map(|&point| self.frame.place(point)).collect();
        let ghosts: Vec<Vec<Point>> = lines.into_iter().map(|parts| parts.concat()).collect();
        let room = self.room_of_names();
        let within = (room / 2.0, self.pen.size().0 - room / 2.0);
        let places = number_places(&ghosts, &own, room, within);
        let mut number = 0;
        self.curve.ghosts.iter().zip(places).try_for_each(|(ghost, at)| {
            number += usize::from(ghost.name.is_none());
            self.draw_name_of(ghost, number, at)
        })
    }

    /// The distance that the widest name needs from the others.
    fn room_of_names(&self) -> f64 {
        let names = self.curve.ghosts.iter().filter_map(|ghost| ghost.name.as_deref());
        names.map(|name| 1.25 * text_width(name, self.frame.font) + 8.0).fold(CLEAR, f64::max)
    }

    fn ghost_lines(&self, ghost: &Ghost) -> Vec<Vec<Point>> {
        let on_screen = |stretch: &[Point]| stretch.iter().map(|&point| self.frame.beyond(point)).collect::<Vec<_>>();
        ghost.stretches(self.curve.scale).flat_map(|stretch| below(&on_screen(stretch), self.frame.top)).collect()
    }

    fn draw_name_of(&self, ghost: &Ghost, number: usize, at: Option<Point>) -> Drawn<DB> {
        let Some(at) = at else { return Ok(()) };
        let color = if ghost.stands_out() { self.theme.ink } else { self.theme.muted };
        let text = ghost.name.clone().unwrap_or_else(|| number.to_string());
        match ghost.name {
            None => self.pen.dot(at, 8.0, self.theme.background)?,
            Some(_) => self.clear_behind(at, text_width(&text, self.frame.font))?,
        }
        self.pen.text(&text, at, Lettering::centered(self.frame.font, color))
    }

    fn clear_behind(&self, (x, y): Point, width: f64) -> Drawn<DB> {
        let half = width / 2.0 + 2.0;
        let around = Bounds { left: x - half, top: y - 8.0, right: x + half, bottom: y + 8.0 };
        self.pen.cell(&around, self.theme.background)
    }

    fn draw_line(&self) -> Drawn<DB> {
        self.series.runs.iter().filter(|run| run.len() > 1).try_for_each(|run| {
            let points: Vec<_> = run.iter().map(|&point| self.frame.place(point)).collect();
            self.pen.line(&points, self.theme.value, 2.0)
        })
    }

    /// The points: every loss of a short run, but only isolated losses of a long one.
    fn draw_points(&self) -> Drawn<DB> {
        let all = self.curve.losses.len() <= MOST_POINTS;
        let roomy = self.frame.width() >= 10.0 * self.curve.losses.len() as f64;
        let radius = if roomy { 3.0 } else { 2.0 };
        self.series
            .runs
            .iter()
            .filter(|run| all || run.len() == 1)
            .flatten()
            .try_for_each(|&point| self.pen.dot(self.frame.place(point), radius, self.theme.value))
    }

    /// Triangles at the bottom of the plot, where losses of 0 or less can't be shown on a
    /// logarithmic axis.
    fn draw_grounded(&self) -> Drawn<DB> {
        let floor = self.frame.bottom;
        self.frame.thinned(&self.series.grounded).into_iter().try_for_each(|x| {
            let corners = [(x - 5.0, floor - 9.0), (x + 5.0, floor - 9.0), (x, floor - 1.0)];
            self.pen.shape(&corners, self.theme.value)
        })
    }

    /// The notes, each at its step, above the plot where no line can cross them.
    fn draw_notes(&self) -> Drawn<DB> {
        let mut free = 4.0 + text_width(&self.frame.vertical, self.frame.font) + 12.0;
        for (step, text, color) in self.notes() {
            let width = text_width(&text, self.frame.font);
            let last = self.frame.right - width;
            if free > last {
                break;
            }
            let left = (self.frame.x(step as f64) - width / 2.0).clamp(free, last);
            let lettering = Lettering { color, ..self.lettering(HPos::Left) };
            self.pen.text(&text, (left, 12.0), lettering)?;
            free = left + width + 12.0;
        }
        Ok(())
    }

    fn notes(&self) -> Vec<(usize, String, RGBColor)> {
        let name = &self.frame.horizontal;
        let grounded = self.series.grounded.first().map(|&step| {
            let what = if self.curve.losses[step] == 0.0 { "exactly 0" } else { "below 0" };
            (step, format!("{what} at {name} {}", self.step_of(step)), self.theme.value)
        });
        let diverged = self
            .divergence()
            .map(|step| (step, format!("diverged at {name} {}", self.step_of(step)), self.theme.gradient));
        match (grounded, diverged) {
            (Some(later), Some(earlier)) if earlier.0 < later.0 => vec![earlier, later],
            (grounded, diverged) => grounded.into_iter().chain(diverged).collect(),
        }
    }

    /// The step of a loss.
    fn step_of(&self, index: usize) -> f64 {
        index as f64 * self.curve.stride
    }

    fn moment(&self) -> Option<(usize, f64)> {
        let step = self.curve.moment?;
        Some((step, *self.curve.losses.get(step)?))
    }

    fn divergence(&self) -> Option<usize> {
        self.curve.diverged.or(self.series.broken)
    }

    fn lettering(&self, anchor: HPos) -> Lettering {
        let color = self.theme.muted;
        Lettering { size: self.frame.font, color, anchor, italic: false }
    }
}
