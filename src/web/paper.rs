//! The surface of a picture: a canvas of the page, or a sheet that becomes SVG text.

use plotters::drawing::IntoDrawingArea;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::surface::Surface;
use super::theme::Theme;
use crate::picture::{Area, Drawn, headed, sheet};

/// A canvas, or a sheet with a size. Drawing consumes it.
#[wasm_bindgen]
pub struct Paper(Kind);

enum Kind {
    Canvas(HtmlCanvasElement),
    Sheet(f64, f64),
}

#[wasm_bindgen]
impl Paper {
    /// A canvas whose number of pixels fits the theme's ratio.
    #[wasm_bindgen(constructor)]
    pub fn new(canvas: HtmlCanvasElement) -> Self {
        Self(Kind::Canvas(canvas))
    }

    /// A sheet with a size in CSS pixels.
    pub fn sheet(width: f64, height: f64) -> Self {
        Self(Kind::Sheet(width, height))
    }
}

impl Paper {
    /// Draws a picture; returns the text of a sheet, or an empty text for a canvas.
    pub(super) fn draw<F>(self, theme: &Theme, picture: F) -> Result<String, JsError>
    where
        F: FnOnce(&Area<Surface<'_>>) -> Drawn<Surface<'static>>,
    {
        match self.0 {
            Kind::Canvas(canvas) => present(Surface::canvas(canvas)?, picture).map(|()| String::new()),
            Kind::Sheet(width, height) => {
                let units = |length: f64| (length * theme.0.scale).round() as u32;
                let (size, mut text) = ((units(width), units(height)), String::new());
                present(Surface::Sheet(sheet(&mut text, size)), picture)?;
                Ok(headed(&text, (width, height), size))
            }
        }
    }
}

fn present<'a, F>(surface: Surface<'a>, picture: F) -> Result<(), JsError>
where
    F: FnOnce(&Area<Surface<'a>>) -> Drawn<Surface<'static>>,
{
    let area = surface.into_drawing_area();
    picture(&area).and_then(|()| area.present()).map_err(|error| JsError::new(&error.to_string()))
}
