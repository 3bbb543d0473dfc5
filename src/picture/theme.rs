//! The colours of the quantities, the same in every picture.

use plotters::style::RGBColor;

/// Colours, font and pixel density of pictures.
#[derive(Clone, Debug)]
pub struct Theme {
    /// What the picture lies on.
    pub background: RGBColor,
    /// Names and symbols.
    pub ink: RGBColor,
    /// Labels of axes, and edges.
    pub muted: RGBColor,
    /// Lines that guide the eye.
    pub grid: RGBColor,
    /// Forward values, and the loss.
    pub value: RGBColor,
    /// Backward values.
    pub gradient: RGBColor,
    /// Parameters.
    pub parameter: RGBColor,
    /// The font family of all text.
    pub font: String,
    /// Device pixels for each CSS pixel.
    pub scale: f64,
}

impl Theme {
    /// Okabe and Ito's colours, darkened until text in them is legible on white.
    #[must_use]
    pub fn light() -> Self {
        Self {
            background: RGBColor(255, 255, 255),
            ink: RGBColor(27, 31, 36),
            muted: RGBColor(91, 98, 108),
            grid: RGBColor(226, 229, 233),
            value: RGBColor(0, 101, 163),
            gradient: RGBColor(184, 74, 0),
            parameter: RGBColor(0, 117, 86),
            font: "sans-serif".to_owned(),
            scale: 1.0,
        }
    }

    /// The same hues, lightened for a dark ground.
    #[must_use]
    pub fn dark() -> Self {
        Self {
            background: RGBColor(21, 24, 29),
            ink: RGBColor(233, 236, 240),
            muted: RGBColor(160, 168, 178),
            grid: RGBColor(52, 58, 66),
            value: RGBColor(92, 178, 238),
            gradient: RGBColor(255, 145, 77),
            parameter: RGBColor(64, 200, 160),
            ..Self::light()
        }
    }
}
