//! Colours, scale and font of a picture.

use plotters::style::RGBColor;

/// How a picture looks: one colour per quantity, the scale and the font.
///
/// The two default palettes are the colours of Okabe and Ito, darkened or lightened until each of
/// them passes 4.5:1 against its background, so that they can be used for text too.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// The background.
    pub background: RGBColor,
    /// The inside of the graph's nodes.
    pub surface: RGBColor,
    /// Text and the symbols of operations.
    pub ink: RGBColor,
    /// Axis labels, names and edges, which should be less prominent.
    pub muted: RGBColor,
    /// Grid lines; they are decoration and need no minimum contrast.
    pub grid: RGBColor,
    /// Forward values and the loss.
    pub value: RGBColor,
    /// Gradients, and divergence.
    pub gradient: RGBColor,
    /// Parameters.
    pub parameter: RGBColor,
    /// The learning rate.
    pub learning_rate: RGBColor,
    /// Drawing units per CSS pixel; every length and font size is multiplied by it.
    pub scale: f64,
    /// Drawing units per device pixel. Straight rules lie on whole multiples of it, so that they
    /// stay sharp if drawing units are finer than pixels; 1 if they are the same.
    pub grain: u32,
    /// The CSS font family of all text.
    pub family: String,
}

impl Theme {
    /// Dark text on white.
    pub fn light() -> Self {
        Self {
            background: RGBColor(255, 255, 255),
            surface: RGBColor(244, 246, 248),
            ink: RGBColor(27, 31, 36),
            muted: RGBColor(91, 100, 112),
            grid: RGBColor(222, 226, 231),
            value: RGBColor(0, 98, 168),
            gradient: RGBColor(184, 74, 0),
            parameter: RGBColor(0, 122, 88),
            learning_rate: RGBColor(160, 66, 124),
            scale: 1.0,
            grain: 1,
            family: "system-ui, sans-serif".to_owned(),
        }
    }

    /// Light text on near black.
    pub fn dark() -> Self {
        Self {
            background: RGBColor(18, 22, 27),
            surface: RGBColor(32, 38, 46),
            ink: RGBColor(232, 236, 241),
            muted: RGBColor(158, 168, 180),
            grid: RGBColor(50, 58, 68),
            value: RGBColor(98, 184, 240),
            gradient: RGBColor(255, 145, 77),
            parameter: RGBColor(54, 201, 157),
            learning_rate: RGBColor(228, 156, 200),
            ..Self::light()
        }
    }

    /// The same theme with `scale` drawing units per CSS pixel.
    pub fn scaled(self, scale: f64) -> Self {
        Self { scale, ..self }
    }
}
