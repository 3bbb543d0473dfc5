//! Drawing in a plane's frame.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::HPos;

use super::frame::Frame;
use super::{Bands, Ink, Plane, Shape, mixed};
use crate::picture::geometry::{Bounds, Point};
use crate::picture::pen::{Lettering, Pen};
use crate::picture::{Drawn, Theme};

/// The length of an arrow's head, in CSS pixels.
const HEAD: f64 = 9.0;

pub(super) struct Plot<'a, DB: DrawingBackend> {
    pub(super) pen: Pen<'a, DB>,
    pub(super) theme: &'a Theme,
    pub(super) frame: Frame,
}

impl<DB: DrawingBackend> Plot<'_, DB> {
    pub(super) fn draw_axes(&self, plane: &Plane) -> Drawn<DB> {
        let (frame, Bounds { left, top, right, bottom }) = (&self.frame, self.frame.bounds);
        for (y, label) in &frame.levels {
            if plane.bands.is_none() {
                self.pen.level((left, right), *y, self.theme.grid)?;
            }
            self.pen.text(label, (left - 8.0, *y), self.lettering(HPos::Right))?;
        }
        self.pen.level((left, right), bottom, self.theme.muted)?;
        self.pen.upright(left, (top, bottom), self.theme.muted)?;
        for (x, label) in &frame.columns {
            self.pen.upright(*x, (bottom, bottom + 4.0), self.theme.muted)?;
            self.pen.text(label, (*x, bottom + 15.0), self.lettering(HPos::Center))?;
        }
        self.pen.text(&plane.vertical, (4.0, 11.0), self.lettering(HPos::Left))?;
        self.pen.text(&plane.horizontal, (right, bottom + 33.0), self.lettering(HPos::Right))
    }

    /// Neighbouring cells of the same band are drawn as one box, so that there are few boxes.
    pub(super) fn draw_bands(&self, bands: &Bands) -> Drawn<DB> {
        let levels = bands.levels();
        for (row, levels) in levels.chunks(bands.columns).enumerate() {
            let mut start = 0;
            while start < levels.len() {
                let length = levels[start..].iter().take_while(|&&level| level == levels[start]).count();
                self.draw_band(bands, row, (start, start + length), levels[start])?;
                start += length;
            }
        }
        Ok(())
    }

    fn draw_band(&self, bands: &Bands, row: usize, (start, end): (usize, usize), level: f64) -> Drawn<DB> {
        let Bounds { left, bottom, .. } = self.frame.bounds;
        let rows = bands.values.len() / bands.columns;
        let across = |column: usize| left + self.frame.bounds.width() * column as f64 / bands.columns as f64;
        let up = |row: usize| bottom - self.frame.bounds.height() * row as f64 / rows as f64;
        let cell = Bounds { left: across(start), right: across(end), top: up(row + 1), bottom: up(row) };
        self.pen.cell(&cell, mixed(self.theme.background, self.theme.value, 0.04 + 0.5 * level))
    }

    pub(super) fn draw_shape(&self, shape: &Shape) -> Drawn<DB> {
        match shape {
            Shape::Line(points, ink, width) => self.draw_line(points, self.color(*ink), *width),
            Shape::Dots(points, ink, radius) => points
                .iter()
                .filter(|&&point| self.frame.contains(point))
                .try_for_each(|&point| self.pen.dot(self.frame.place(point), *radius, self.color(*ink))),
            Shape::Mark(point, ink) if self.frame.contains(*point) => {
                self.pen.moment(self.frame.place(*point), self.color(*ink))
            }
            Shape::Ring(point, ink) if self.frame.contains(*point) => {
                let place = self.frame.place(*point);
                self.pen.dot(place, 5.0, self.theme.background)?;
                self.pen.ring(place, 4.0, self.color(*ink), 2.0)
            }
            Shape::Mark(..) | Shape::Ring(..) => Ok(()),
            Shape::Arrow(from, to, ink) => {
                self.draw_between(*from, *to, |from, to| self.draw_arrow(from, to, self.color(*ink)))
            }
            Shape::Dashes(from, to, ink) => self.draw_between(*from, *to, |(x, from), (_, to)| {
                self.pen.dashes(x, (from.min(to), from.max(to)), self.color(*ink))
            }),
        }
    }

    /// Draws the part of a segment that lies in the frame.
    fn draw_between(&self, from: Point, to: Point, draw: impl Fn(Point, Point) -> Drawn<DB>) -> Drawn<DB> {
        match self.frame.clipped(from, to) {
            Some((from, to)) => draw(self.frame.place(from), self.frame.place(to)),
            None => Ok(()),
        }
    }

    /// An arrow that is too short for its head is not drawn.
    fn draw_arrow(&self, from: Point, to: Point, color: RGBColor) -> Drawn<DB> {
        let (across, down) = (to.0 - from.0, to.1 - from.1);
        let length = across.hypot(down);
        if length < 2.0 * HEAD {
            return Ok(());
        }
        let (x, y) = (across / length * HEAD, down / length * HEAD);
        let neck = (to.0 - x, to.1 - y);
        let corners = [to, (neck.0 - y / 2.0, neck.1 + x / 2.0), (neck.0 + y / 2.0, neck.1 - x / 2.0)];
        self.pen.line(&[from, neck], color, 2.5)?;
        self.pen.shape(&corners, color)
    }

    /// Connected segments are drawn as one line.
    fn draw_line(&self, points: &[Point], color: RGBColor, width: f64) -> Drawn<DB> {
        let finite = |point: &Point| point.0.is_finite() && point.1.is_finite();
        let mut run: Vec<Point> = Vec::new();
        for pair in points.windows(2).filter(|pair| pair.iter().all(finite)) {
            let Some((from, to)) = self.frame.clipped(pair[0], pair[1]) else { continue };
            let (from, to) = (self.frame.place(from), self.frame.place(to));
            if run.last().is_some_and(|&last| last != from) {
                self.pen.line(&run, color, width)?;
                run.clear();
            }
            if run.is_empty() {
                run.push(from);
            }
            run.push(to);
        }
        if run.len() > 1 { self.pen.line(&run, color, width) } else { Ok(()) }
    }

    fn color(&self, ink: Ink) -> RGBColor {
        match ink {
            Ink::Value => self.theme.value,
            Ink::Gradient => self.theme.gradient,
            Ink::Parameter => self.theme.parameter,
            Ink::LearningRate => self.theme.learning_rate,
            Ink::Data => self.theme.ink,
        }
    }

    fn lettering(&self, anchor: HPos) -> Lettering {
        Lettering { size: self.frame.font, color: self.theme.muted, anchor, italic: false }
    }
}
