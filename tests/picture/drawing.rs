//! Reads what an SVG text shows.

use downhill::picture::{Bounds, Curve, Diagram, Theme, draw_curve, draw_graph, extent, svg};

/// The SVG of a curve, four units to the pixel.
pub fn of_curve(curve: &Curve, width: u32, height: u32) -> Drawing {
    let theme = Theme::light().scaled(4.0);
    let text = svg(width, height, &theme, |area| draw_curve(area, curve, &theme)).unwrap();
    Drawing { text, scale: 4.0, width: f64::from(width), height: f64::from(height) }
}

/// The SVG of a graph at a width and the height that suits it, four units to the pixel.
pub fn of_graph(diagram: &Diagram, width: u32) -> Drawing {
    let theme = Theme::light().scaled(4.0);
    let height = extent(diagram).height_at(f64::from(width)).ceil() as u32;
    let text = svg(width, height, &theme, |area| draw_graph(area, diagram, &theme)).unwrap();
    Drawing { text, scale: 4.0, width: f64::from(width), height: f64::from(height) }
}

/// An SVG text; all answers are in CSS pixels.
pub struct Drawing {
    pub text: String,
    pub scale: f64,
    pub width: f64,
    pub height: f64,
}

/// A written text and the box it fills in the widest of the usual fonts.
#[derive(Debug, Clone)]
pub struct Written {
    pub text: String,
    pub bounds: Bounds,
    pub color: String,
}

impl Drawing {
    /// All texts in the order of drawing.
    pub fn texts(&self) -> Vec<Written> {
        let lines: Vec<_> = self.text.lines().collect();
        let texts = lines.windows(2).filter(|pair| pair[0].starts_with("<text"));
        texts.map(|pair| self.written(pair[0], pair[1])).collect()
    }

    /// All texts without their boxes.
    pub fn words(&self) -> Vec<String> {
        self.texts().into_iter().map(|written| written.text).collect()
    }

    fn written(&self, tag: &str, text: &str) -> Written {
        let size = self.number(tag, "font-size");
        let (x, y, width) = (self.number(tag, "x"), self.number(tag, "y"), width(text) * size);
        let left = match attribute(tag, "text-anchor").unwrap() {
            "start" => x,
            "middle" => x - width / 2.0,
            _ => x - width,
        };
        let (top, bottom) = (y - 0.5 * size, y + 0.5 * size);
        let bounds = Bounds { left, top, right: left + width, bottom };
        let color = attribute(tag, "fill").unwrap().to_owned();
        Written { text: text.to_owned(), bounds, color }
    }

    /// The points of every line of at least two CSS pixels, in the order of drawing.
    pub fn lines(&self) -> Vec<Vec<(f64, f64)>> {
        let thick = |tag: &&str| self.number(tag, "stroke-width") >= 2.0;
        self.tags("<polyline").filter(thick).map(|tag| self.points(tag)).collect()
    }

    /// The centres of all circles.
    pub fn dots(&self) -> Vec<(f64, f64)> {
        let center = |tag: &str| (self.number(tag, "cx"), self.number(tag, "cy"));
        self.tags("<circle").map(center).collect()
    }

    /// The corners of every filled polygon.
    pub fn shapes(&self) -> Vec<Vec<(f64, f64)>> {
        self.tags("<polygon").map(|tag| self.points(tag)).collect()
    }

    /// Left, top, right and bottom of every rectangle in a colour such as `#FFFFFF`.
    pub fn rectangles(&self, color: &str) -> Vec<Bounds> {
        let filled = |tag: &&str| attribute(tag, "fill") == Some(color);
        self.tags("<rect").filter(filled).map(|tag| self.rectangle(tag)).collect()
    }

    fn rectangle(&self, tag: &str) -> Bounds {
        let [x, y] = ["x", "y"].map(|name| self.number(tag, name));
        let [width, height] = ["width", "height"].map(|name| self.number(tag, name));
        Bounds { left: x, top: y, right: x + width, bottom: y + height }
    }

    fn tags(&self, start: &'static str) -> impl Iterator<Item = &str> {
        self.text.lines().filter(move |line| line.starts_with(start))
    }

    fn points(&self, tag: &str) -> Vec<(f64, f64)> {
        let unit = |text: &str| text.parse::<f64>().unwrap() / self.scale;
        let point = |pair: &str| pair.split_once(',').map(|(x, y)| (unit(x), unit(y))).unwrap();
        attribute(tag, "points").unwrap().split_whitespace().map(point).collect()
    }

    fn number(&self, tag: &str, name: &str) -> f64 {
        attribute(tag, name).unwrap().parse::<f64>().unwrap() / self.scale
    }

    /// Fails unless every number is finite, everything lies inside and no text on another.
    #[track_caller]
    pub fn check(&self) {
        assert!(!self.text.contains("NaN") && !self.text.contains("inf"), "{}", self.text);
        let corners = |b: Bounds| [(b.left, b.top), (b.right, b.bottom)];
        let rectangles = self.tags("<rect").flat_map(|tag| corners(self.rectangle(tag)));
        let lines = self.tags("<polyline").chain(self.tags("<polygon"));
        let points = lines.flat_map(|tag| self.points(tag));
        points.chain(rectangles).chain(self.dots()).for_each(|point| self.check_inside(point));
        let texts = self.texts();
        texts.iter().for_each(|t| {
            corners(t.bounds).into_iter().for_each(|p| self.check_inside(p));
        });
        for (k, one) in texts.iter().enumerate() {
            let other = texts[..k].iter().find(|other| other.bounds.overlaps(&one.bounds));
            assert!(other.is_none(), "{one:?} lies on {other:?}");
        }
    }

    #[track_caller]
    fn check_inside(&self, (x, y): (f64, f64)) {
        let inside = (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y);
        assert!(inside, "({x}, {y}) is outside of {} by {}", self.width, self.height);
    }
}

/// What stands in an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// The width of a text in em, in DejaVu Sans.
fn width(text: &str) -> f64 {
    let advance = |c: char| match c {
        '0'..='9' => 0.636,
        '.' | ' ' => 0.32,
        '−' | '×' => 0.838,
        'a'..='z' => 0.6,
        '⁰'..='⁾' | '¹' | '²' | '³' => 0.401,
        _ => 0.64,
    };
    text.chars().map(advance).sum()
}
