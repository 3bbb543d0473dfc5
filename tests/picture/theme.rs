//! Contrast by the formula of WCAG 2.2, and scale.

use downhill::picture::{Curve, RGBColor, Theme, draw_curve, svg};

use crate::deck;

/// Relative luminance: <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
fn luminance(RGBColor(red, green, blue): RGBColor) -> f64 {
    let linear = |channel: u8| {
        let part = f64::from(channel) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// Contrast ratio: <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>.
fn contrast(one: RGBColor, other: RGBColor) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn the_formula_is_exact_at_its_ends() {
    assert_eq!(contrast(RGBColor(0, 0, 0), RGBColor(255, 255, 255)), 21.0);
    assert_eq!(contrast(RGBColor(9, 8, 7), RGBColor(9, 8, 7)), 1.0);
}

#[test]
fn every_colour_that_is_read_stands_out() {
    for theme in [Theme::light(), Theme::dark()] {
        let quantities = [theme.value, theme.gradient, theme.parameter, theme.learning_rate];
        for color in quantities.into_iter().chain([theme.ink, theme.muted]) {
            for ground in [theme.background, theme.surface] {
                let ratio = contrast(color, ground);
                assert!(ratio >= 4.5, "{color:?} on {ground:?} has {ratio:.2}:1");
            }
        }
    }
}

/// The numbers in an attribute, over the whole picture.
fn numbers(text: &str, attribute: &str) -> Vec<f64> {
    let start = format!(" {attribute}=\"");
    text.split(&start).skip(1).map(|part| part.split('"').next().unwrap().parse().unwrap()).collect()
}

#[test]
fn everything_grows_with_the_scale() {
    let losses = deck::losses(0.01, 10);
    let drawn = |scale: f64| {
        let theme = Theme::light().scaled(scale);
        svg(900, 420, &theme, |area| draw_curve(area, &Curve::of(&losses), &theme)).unwrap()
    };
    let (one, three) = (drawn(1.0), drawn(3.0));
    for attribute in ["font-size", "stroke-width", "r", "cx", "cy", "x", "y"] {
        let (one, three) = (numbers(&one, attribute), numbers(&three, attribute));
        assert_eq!(one.len(), three.len(), "{attribute}");
        for (one, three) in one.iter().zip(&three) {
            assert!((one - three / 3.0).abs() <= 1.5, "{attribute}: {one} and {three}");
        }
    }
}

#[test]
fn straight_rules_lie_on_pixels_of_the_device() {
    let losses = deck::losses(0.01, 10);
    let theme = Theme { grain: 4, ..Theme::light().scaled(6.0) };
    let text = svg(300, 180, &theme, |area| draw_curve(area, &Curve::of(&losses), &theme)).unwrap();
    let RGBColor(red, green, blue) = theme.grid;
    let color = format!("fill=\"#{red:02X}{green:02X}{blue:02X}\"");
    let rules: Vec<_> = text.lines().filter(|line| line.contains(&color)).collect();
    assert!(rules.len() > 2, "{text}");
    for attribute in ["y", "height"] {
        let all = rules.iter().flat_map(|rule| numbers(rule, attribute));
        assert!(all.into_iter().all(|length| length % 4.0 == 0.0), "{rules:?}");
    }
}
