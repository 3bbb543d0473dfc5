//! The labels on a canvas. Setting a font costs more than drawing a label, so it is set only when
//! it changes.

use std::io;

use plotters_backend::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendCoord, BackendTextStyle};
use wasm_bindgen::JsValue;
use web_sys::CanvasRenderingContext2d;

/// A canvas's context, and how it writes at the moment. Labels are horizontal.
pub(super) struct Letters {
    context: CanvasRenderingContext2d,
    font: String,
    anchor: (&'static str, &'static str),
}

impl Letters {
    pub(super) fn new(context: CanvasRenderingContext2d) -> Self {
        Self { context, font: String::new(), anchor: ("", "") }
    }

    pub(super) fn draw<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> io::Result<()> {
        let color = style.color();
        let (red, green, blue) = color.rgb;
        self.set_font(format!("{} {}px {}", style.style().as_str(), style.size(), style.family().as_str()));
        self.set_anchor(style.anchor());
        self.context.set_fill_style_str(&format!("rgba({red},{green},{blue},{})", color.alpha));
        self.context.fill_text(text, f64::from(at.0), f64::from(at.1)).map_err(refused)
    }

    fn set_font(&mut self, font: String) {
        if self.font != font {
            self.context.set_font(&font);
            self.font = font;
        }
    }

    fn set_anchor(&mut self, Pos { h_pos, v_pos }: Pos) {
        let align = match h_pos {
            HPos::Left => "start",
            HPos::Right => "end",
            HPos::Center => "center",
        };
        let baseline = match v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        };
        if self.anchor != (align, baseline) {
            self.context.set_text_align(align);
            self.context.set_text_baseline(baseline);
            self.anchor = (align, baseline);
        }
    }
}

fn refused(_: JsValue) -> io::Error {
    io::Error::other("the canvas refuses a label")
}
