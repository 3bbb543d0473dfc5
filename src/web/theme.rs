//! The page's colours and font, read from its style sheet and passed to the engine once.

use plotters::style::RGBColor;
use wasm_bindgen::prelude::*;

use super::surface::GRAIN;
use crate::picture;

/// The colours, font and pixel density of pictures.
#[wasm_bindgen]
pub struct Theme(pub(super) picture::Theme);

#[wasm_bindgen]
impl Theme {
    /// A theme from colours as 0xRRGGBB, in the order background, surface, ink, muted, grid, value,
    /// gradient, parameter, learning rate; missing ones are those of the light theme. `ratio` is
    /// the number of device pixels for each CSS pixel.
    #[wasm_bindgen(constructor)]
    pub fn new(colours: &[u32], family: String, ratio: f64) -> Self {
        let mut theme =
            picture::Theme { family, grain: GRAIN, ..picture::Theme::light() }.scaled(ratio * f64::from(GRAIN));
        let slots = [
            &mut theme.background,
            &mut theme.surface,
            &mut theme.ink,
            &mut theme.muted,
            &mut theme.grid,
            &mut theme.value,
            &mut theme.gradient,
            &mut theme.parameter,
            &mut theme.learning_rate,
        ];
        for (slot, &colour) in slots.into_iter().zip(colours) {
            let [_, red, green, blue] = colour.to_be_bytes();
            *slot = RGBColor(red, green, blue);
        }
        Self(theme)
    }
}
