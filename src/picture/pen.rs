//! Drawing in CSS pixels on a backend that counts device pixels.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, PathElement, Rectangle, Text};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::Theme;

/// A place in CSS pixels, from the upper left corner.
pub(super) type Point = (f64, f64);

/// What drawing returns.
pub(super) type Drawn<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// The size of all labels, in CSS pixels.
pub(super) const FONT_SIZE: f64 = 12.0;

/// The width of a character of a label, about: figures of most fonts are a little narrower.
pub(super) const CHARACTER: f64 = 6.8;

/// No picture is larger; a coordinate beyond it is drawn here.
const LIMIT: f64 = 1e6;

pub(super) struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, Shift>,
    theme: &'a Theme,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    pub(super) fn new(area: &'a DrawingArea<DB, Shift>, theme: &'a Theme) -> Self {
        Self { area, theme }
    }

    /// The width and height of the picture in CSS pixels.
    pub(super) fn size(&self) -> Point {
        let (width, height) = self.area.dim_in_pixel();
        (f64::from(width) / self.theme.scale, f64::from(height) / self.theme.scale)
    }

    pub(super) fn path(&self, points: &[Point], colour: RGBColor, width: f64) -> Drawn<DB> {
        let points: Vec<_> = points.iter().map(|&point| self.pixel(point)).collect();
        self.area.draw(&PathElement::new(points, self.stroke(colour, width)))
    }

    /// A vertical line of dashes.
    pub(super) fn dashes(&self, x: f64, (top, bottom): (f64, f64), colour: RGBColor) -> Drawn<DB> {
        let mut y = top;
        while y < bottom {
            self.path(&[(x, y), (x, (y + 4.0).min(bottom))], colour, 1.0)?;
            y += 8.0;
        }
        Ok(())
    }

    pub(super) fn dot(&self, center: Point, radius: f64, colour: RGBColor) -> Drawn<DB> {
        self.area.draw(&Circle::new(self.pixel(center), self.length(radius), ShapeStyle::from(&colour).filled()))
    }

    pub(super) fn circle(&self, center: Point, radius: f64, colour: RGBColor) -> Drawn<DB> {
        self.dot(center, radius, self.theme.background)?;
        self.area.draw(&Circle::new(self.pixel(center), self.length(radius), self.stroke(colour, 1.5)))
    }

    pub(super) fn square(&self, (x, y): Point, radius: f64, colour: RGBColor) -> Drawn<DB> {
        let corners = [self.pixel((x - radius, y - radius)), self.pixel((x + radius, y + radius))];
        self.area.draw(&Rectangle::new(corners, ShapeStyle::from(&self.theme.background).filled()))?;
        self.area.draw(&Rectangle::new(corners, self.stroke(colour, 1.0)))
    }

    /// A text whose anchor, such as its middle or its upper left corner, is at `at`.
    pub(super) fn text(&self, text: &str, at: Point, anchor: (HPos, VPos), colour: RGBColor) -> Drawn<DB> {
        let font = (self.theme.font.as_str(), FONT_SIZE * self.theme.scale).into_font();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor.0, anchor.1));
        self.area.draw(&Text::new(text, self.pixel(at), style))
    }

    fn stroke(&self, colour: RGBColor, width: f64) -> ShapeStyle {
        ShapeStyle::from(&colour).stroke_width((width * self.theme.scale).round().max(1.0) as u32)
    }

    fn length(&self, length: f64) -> u32 {
        (length * self.theme.scale).round() as u32
    }

    fn pixel(&self, (x, y): Point) -> (i32, i32) {
        let round = |length: f64| (length * self.theme.scale).round().clamp(-LIMIT, LIMIT) as i32;
        (round(x), round(y))
    }
}
