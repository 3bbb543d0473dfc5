//! Drawing in CSS pixels on any backend.

use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle, TextStyle};

use super::geometry::{Bounds, Point};
use super::{Area, Drawn, Theme};

/// The number of straight pieces of a quarter circle.
const PIECES: usize = 10;

/// Draws on an area with a theme. Only here are CSS pixels converted to drawing units.
pub(super) struct Pen<'a, DB: DrawingBackend> {
    area: &'a Area<DB>,
    theme: &'a Theme,
}

/// The style of a text and its position relative to its place.
#[derive(Clone, Copy)]
pub(super) struct Lettering {
    /// Font size in CSS pixels.
    pub size: f64,
    /// Its colour.
    pub color: RGBColor,
    /// Which part of the text is at the place; vertically it is always the middle.
    pub anchor: HPos,
    /// Whether it is italic, like names in formulas.
    pub italic: bool,
}

impl Lettering {
    /// Text that is not italic, centred at its place.
    pub fn centered(size: f64, color: RGBColor) -> Self {
        Self { size, color, anchor: HPos::Center, italic: false }
    }
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// A pen for the area.
    pub fn new(area: &'a Area<DB>, theme: &'a Theme) -> Self {
        Self { area, theme }
    }

    /// Width and height of the area.
    pub fn size(&self) -> Point {
        let (width, height) = self.area.dim_in_pixel();
        (f64::from(width) / self.theme.scale, f64::from(height) / self.theme.scale)
    }

    /// A length in device pixels.
    pub fn pixels(&self, length: f64) -> usize {
        (length * self.theme.scale / f64::from(self.theme.grain)) as usize
    }

    /// Fills the area with a colour.
    pub fn clear(&self, color: RGBColor) -> Drawn<DB> {
        self.area.fill(&color)
    }

    /// A line through the points.
    pub fn line(&self, points: &[Point], color: RGBColor, width: f64) -> Drawn<DB> {
        self.area.draw(&PathElement::new(self.units(points), self.stroke(color, width)))
    }

    /// A sharp horizontal line, one CSS pixel thick.
    pub fn level(&self, (left, right): (f64, f64), y: f64, color: RGBColor) -> Drawn<DB> {
        let (top, thickness) = (self.on_grain(y - 0.5), self.on_grain(1.0).max(1));
        self.rectangle((self.unit(left), top), (self.unit(right), top + thickness), color)
    }

    /// A sharp vertical line, one CSS pixel thick.
    pub fn upright(&self, x: f64, (top, bottom): (f64, f64), color: RGBColor) -> Drawn<DB> {
        let (left, thickness) = (self.on_grain(x - 0.5), self.on_grain(1.0).max(1));
        self.rectangle((left, self.unit(top)), (left + thickness, self.unit(bottom)), color)
    }

    /// A dashed vertical line.
    pub fn dashes(&self, x: f64, (top, bottom): (f64, f64), color: RGBColor) -> Drawn<DB> {
        let (dash, gap) = (5.0, 4.0);
        (0..((bottom - top) / (dash + gap)).ceil().max(0.0) as usize)
            .map(|k| top + k as f64 * (dash + gap))
            .try_for_each(|y| self.upright(x, (y, (y + dash).min(bottom)), color))
    }

    /// A filled circle.
    pub fn dot(&self, center: Point, radius: f64, color: RGBColor) -> Drawn<DB> {
        let style = ShapeStyle::from(&color).filled();
        self.area.draw(&Circle::new(self.place(center), self.unit(radius).max(1), style))
    }

    /// The moment, which looks the same in every picture: a dot with a ring around it.
    pub fn moment(&self, center: Point, color: RGBColor) -> Drawn<DB> {
        self.dot(center, 8.5, self.theme.background)?;
        self.ring(center, 7.0, self.theme.ink, 1.5)?;
        self.dot(center, 4.5, color)
    }

    /// The outline of a circle.
    pub fn ring(&self, center: Point, radius: f64, color: RGBColor, width: f64) -> Drawn<DB> {
        let style = self.stroke(color, width);
        self.area.draw(&Circle::new(self.place(center), self.unit(radius).max(1), style))
    }

    /// A filled polygon.
    pub fn shape(&self, corners: &[Point], color: RGBColor) -> Drawn<DB> {
        self.area.draw(&Polygon::new(self.units(corners), ShapeStyle::from(&color).filled()))
    }

    /// A filled box whose borders lie between device pixels, so that no pixel is partly covered.
    pub fn cell(&self, bounds: &Bounds, color: RGBColor) -> Drawn<DB> {
        let [left, top, right, bottom] =
            [bounds.left, bounds.top, bounds.right, bounds.bottom].map(|l| self.on_grain(l));
        self.rectangle((left, top), (right, bottom), color)
    }

    /// A thin frame around a box.
    pub fn frame(&self, bounds: &Bounds, color: RGBColor) -> Drawn<DB> {
        let around = Bounds {
            left: bounds.left - 1.0,
            top: bounds.top - 1.0,
            right: bounds.right + 1.0,
            bottom: bounds.bottom + 1.0,
        };
        self.cell(&around, color)
    }

    /// A box with round corners, filled and outlined.
    pub fn rounded(&self, bounds: &Bounds, radius: f64, inside: RGBColor, outline: RGBColor) -> Drawn<DB> {
        let mut corners = outline_of(bounds, radius);
        self.shape(&corners, inside)?;
        corners.extend_from_within(..1);
        self.line(&corners, outline, 1.5)
    }

    /// A text in one line.
    pub fn text(&self, text: &str, at: Point, lettering: Lettering) -> Drawn<DB> {
        let slant = if lettering.italic { FontStyle::Italic } else { FontStyle::Normal };
        let family = FontFamily::Name(&self.theme.family);
        let style = TextStyle {
            font: FontDesc::new(family, lettering.size * self.theme.scale, slant),
            color: lettering.color.to_backend_color(),
            pos: Pos::new(lettering.anchor, VPos::Center),
        };
        self.area.draw_text(text, &style, self.place(at))
    }

    fn rectangle(&self, from: (i32, i32), to: (i32, i32), color: RGBColor) -> Drawn<DB> {
        self.area.draw(&Rectangle::new([from, to], ShapeStyle::from(&color).filled()))
    }

    fn stroke(&self, color: RGBColor, width: f64) -> ShapeStyle {
        ShapeStyle::from(&color).stroke_width(self.unit(width).max(1) as u32)
    }

    /// A length in drawing units.
    fn unit(&self, length: f64) -> i32 {
        (length * self.theme.scale).round() as i32
    }

    /// A length in drawing units, rounded to whole device pixels.
    fn on_grain(&self, length: f64) -> i32 {
        let grain = f64::from(self.theme.grain.max(1));
        ((length * self.theme.scale / grain).round() * grain) as i32
    }

    fn place(&self, (x, y): Point) -> (i32, i32) {
        (self.unit(x), self.unit(y))
    }

    fn units(&self, points: &[Point]) -> Vec<(i32, i32)> {
        points.iter().map(|&point| self.place(point)).collect()
    }
}

/// The corners of a polygon that looks like a box with round corners.
fn outline_of(bounds: &Bounds, radius: f64) -> Vec<Point> {
    let (left, right) = (bounds.left + radius, bounds.right - radius);
    let (top, bottom) = (bounds.top + radius, bounds.bottom - radius);
    let centers = [(right, bottom), (left, bottom), (left, top), (right, top)];
    (0..4 * (PIECES + 1))
        .map(|k| {
            let (quarter, piece) = (k / (PIECES + 1), k % (PIECES + 1));
            let turn = (quarter as f64 + piece as f64 / PIECES as f64) * std::f64::consts::FRAC_PI_2;
            let (x, y) = centers[quarter];
            (x + radius * turn.cos(), y + radius * turn.sin())
        })
        .collect()
}
