//! A picture as SVG text, for export and tests.

use std::io;

use plotters::drawing::{DrawingAreaErrorKind, IntoDrawingArea};
use plotters::prelude::{DrawingBackend, SVGBackend};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontFamily, FontStyle, FontTransform,
    text_anchor,
};

use super::{Area, Theme};

/// plotters' SVG backend divides the size of text by this number.
const SHRINKAGE: f64 = 1.24;

/// How far, in em, text is moved down so that digits are centred on their anchor; plotters' SVG
/// backend centres lower-case letters.
const SINK: f64 = 0.09;

/// The error of drawing to a text.
type Failure = DrawingAreaErrorKind<io::Error>;

/// The SVG text of the picture that `draw` draws, `width` by `height` CSS pixels.
///
/// The area has `theme.scale` units per pixel: a scale above 1 gives finer coordinates, not a
/// larger picture.
///
/// # Errors
/// Those of `draw`; writing to the text itself cannot fail.
pub fn svg<F>(width: u32, height: u32, theme: &Theme, draw: F) -> Result<String, Failure>
where
    F: FnOnce(&Area<Sheet<'_>>) -> Result<(), Failure>,
{
    let units = |length: u32| (f64::from(length) * theme.scale).round() as u32;
    let size = (units(width), units(height));
    let mut text = String::new();
    let area = sheet(&mut text, size).into_drawing_area();
    draw(&area)?;
    area.present()?;
    drop(area);
    Ok(headed(&text, (width.into(), height.into()), size))
}

/// A sheet with a size in drawing units, which writes to `text`; [`headed`] completes the text.
pub fn sheet(text: &mut String, size: (u32, u32)) -> Sheet<'_> {
    Sheet(SVGBackend::with_string(text, size))
}

/// The text with a header that gives the size in CSS pixels and rounds the corners of lines.
#[must_use]
pub fn headed(text: &str, (width, height): (f64, f64), (across, down): (u32, u32)) -> String {
    let body = text.split_once('\n').map_or("", |(_, body)| body);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {across} {down}\" stroke-linejoin=\"round\">\n{body}"
    )
}

/// plotters' SVG backend with text in its full size and with a known width, as on a canvas.
pub struct Sheet<'a>(SVGBackend<'a>);

type Outcome = Result<(), DrawingErrorKind<io::Error>>;

impl DrawingBackend for Sheet<'_> {
    type ErrorType = io::Error;

    fn get_size(&self) -> (u32, u32) {
        self.0.get_size()
    }

    fn ensure_prepared(&mut self) -> Outcome {
        self.0.ensure_prepared()
    }

    fn present(&mut self) -> Outcome {
        self.0.present()
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Outcome {
        self.0.draw_pixel(at, color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome {
        self.0.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Outcome {
        self.0.draw_rect(from, to, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Outcome {
        self.0.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Outcome {
        self.0.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Outcome {
        self.0.fill_polygon(path, style)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Outcome {
        let sunk = y + (style.size() * SINK).round() as i32;
        self.0.draw_text(text, &Unshrunk(style), (x, sunk))
    }
}

/// A text style, enlarged to compensate for the scaling in plotters' SVG backend.
struct Unshrunk<'a, S>(&'a S);

impl<S: BackendTextStyle> BackendTextStyle for Unshrunk<'_, S> {
    type FontError = S::FontError;

    fn color(&self) -> BackendColor {
        self.0.color()
    }

    fn size(&self) -> f64 {
        self.0.size() * SHRINKAGE
    }

    fn transform(&self) -> FontTransform {
        self.0.transform()
    }

    fn style(&self) -> FontStyle {
        self.0.style()
    }

    fn anchor(&self) -> text_anchor::Pos {
        self.0.anchor()
    }

    fn family(&self) -> FontFamily<'_> {
        self.0.family()
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        self.0.layout_box(text)
    }

    fn draw<E, DrawFunc: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        at: BackendCoord,
        draw: DrawFunc,
    ) -> Result<Result<(), E>, Self::FontError> {
        self.0.draw(text, at, draw)
    }
}
