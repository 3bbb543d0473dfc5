//! Points and boxes, in CSS pixels from the upper left corner.

/// A place: x to the right, y downwards.
pub type Point = (f64, f64);

/// A rectangle that contains something drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The smallest x.
    pub left: f64,
    /// The smallest y.
    pub top: f64,
    /// The largest x.
    pub right: f64,
    /// The largest y.
    pub bottom: f64,
}

impl Bounds {
    /// The box of this size around a centre.
    pub fn around((x, y): Point, width: f64, height: f64) -> Self {
        Self { left: x - width / 2.0, top: y - height / 2.0, right: x + width / 2.0, bottom: y + height / 2.0 }
    }

    /// The centre.
    pub fn center(&self) -> Point {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    /// The width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// The height.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether the point lies inside or on the border.
    pub fn contains(&self, (x, y): Point) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Whether the two boxes overlap by more than a border.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// The box after scaling everything by `zoom` and then moving it.
    pub(super) fn placed(&self, zoom: f64, (x, y): Point) -> Self {
        Self {
            left: self.left * zoom + x,
            top: self.top * zoom + y,
            right: self.right * zoom + x,
            bottom: self.bottom * zoom + y,
        }
    }
}
