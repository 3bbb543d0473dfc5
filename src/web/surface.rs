//! A common type for the page's two drawing backends, so that a picture is compiled only once.
//!
//! plotters-canvas draws on canvases; this wrapper gives it finer units, writes the labels, and
//! prevents it from measuring text.

use std::fmt::Display;
use std::io;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsError};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::letters::Letters;
use crate::picture::Sheet;

/// Drawing units per device pixel. plotters rounds coordinates to whole units; with finer units a
/// curve stays smooth.
pub(super) const GRAIN: u32 = 4;

/// A canvas that is drawn on in quarters of device pixels, or a sheet that becomes SVG text.
pub(super) enum Surface<'a> {
    Canvas(CanvasBackend, Letters),
    Sheet(Sheet<'a>),
}

type Drawn = Result<(), DrawingErrorKind<io::Error>>;

impl Surface<'_> {
    pub(super) fn canvas(canvas: HtmlCanvasElement) -> Result<Self, JsError> {
        let refused = || JsError::new("this canvas can't be drawn on");
        let context = canvas.get_context("2d").ok().flatten().ok_or_else(refused)?;
        let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| refused())?;
        let unit = 1.0 / f64::from(GRAIN);
        context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0).map_err(|_| refused())?;
        context.set_line_join("round");
        let backend = CanvasBackend::with_canvas_object(canvas).ok_or_else(refused)?;
        Ok(Self::Canvas(backend, Letters::new(context)))
    }
}

/// The result of either backend, converted to a common type.
fn told<E: Display + std::error::Error + Send + Sync>(outcome: Result<(), DrawingErrorKind<E>>) -> Drawn {
    outcome.map_err(|error| DrawingErrorKind::DrawingError(io::Error::other(error.to_string())))
}

/// Calls a method of the backend in use.
macro_rules! forward {
    ($surface:expr, $method:ident($($argument:expr),*)) => {
        match $surface {
            Surface::Canvas(canvas, _) => told(canvas.$method($($argument),*)),
            Surface::Sheet(sheet) => told(sheet.$method($($argument),*)),
        }
    };
}

impl DrawingBackend for Surface<'_> {
    type ErrorType = io::Error;

    fn get_size(&self) -> (u32, u32) {
        match self {
            Self::Canvas(canvas, _) => {
                let (width, height) = canvas.get_size();
                (width * GRAIN, height * GRAIN)
            }
            Self::Sheet(sheet) => sheet.get_size(),
        }
    }

    fn ensure_prepared(&mut self) -> Drawn {
        forward!(self, ensure_prepared())
    }

    fn present(&mut self) -> Drawn {
        forward!(self, present())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Drawn {
        forward!(self, draw_pixel(point, color))
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        forward!(self, draw_line(from, to, style))
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Drawn {
        forward!(self, draw_rect(from, to, style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        forward!(self, draw_path(path, style))
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        forward!(self, draw_circle(center, radius, style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        forward!(self, fill_polygon(path, style))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        match self {
            Self::Canvas(_, letters) => letters.draw(text, style, at).map_err(DrawingErrorKind::DrawingError),
            Self::Sheet(sheet) => told(sheet.draw_text(text, style, at)),
        }
    }

    /// An estimate instead of a measurement: pictures place text by its anchors, and to measure it
    /// plotters would insert an element into the page and read its layout.
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        let width = text.chars().count() as f64 * style.size() * 0.6;
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
