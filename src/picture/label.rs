//! Short texts: numbers with few digits, and the width of a text.

use crate::number::{decimal, short};

/// The maximum number of characters of a name in a picture.
const LONGEST_NAME: usize = 14;

/// Four significant digits, or fewer where four do not fit into `width` CSS pixels.
///
/// Of the two layouts, `−0.0051` and `−5.1e−3`, the usual one comes first. At least one digit is
/// written, whether it fits or not.
pub(super) fn number_within(x: f64, size: f64, width: f64) -> String {
    let layouts = |digits| [short(x, digits), decimal(x, digits)];
    let mut texts = (1..=4).rev().flat_map(layouts);
    texts.find(|text| text_width(text, size) <= width).unwrap_or_else(|| short(x, 1))
}

/// The name, shortened with an ellipsis if it is too long for a picture.
pub(super) fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    name.chars().take(LONGEST_NAME - 1).chain(['…']).collect()
}

/// What the axis of a loss says: the name, and what it means.
pub(super) fn loss_axis(name: &str) -> String {
    shortened(name) + ": how wrong"
}

/// A text's width in CSS pixels at a font size: an upper bound for the usual system fonts.
///
/// The width comes from a table and is not measured, so that a picture has the same geometry
/// everywhere.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// Widths in em of `DejaVu Sans`, the widest of the usual fallback fonts.
fn advance(c: char) -> f64 {
    match c {
        '\u{300}'..='\u{36f}' => 0.0,
        'i' | 'j' | 'l' | '\'' => 0.28,
        ' ' | '.' | ',' | '|' => 0.32,
        'f' | 't' | '(' | ')' | '-' | 'r' => 0.42,
        '⁰'..='⁾' | '²' | '³' | '¹' => 0.45,
        '0'..='9' | 'a'..='h' | 'k' | 'n'..='q' | 's' | 'u'..='v' | 'x'..='z' | '_' => 0.64,
        'm' | 'w' | 'M' | 'W' | '…' | '%' => 1.0,
        '\u{2e80}'..='\u{ffff}' | '\u{1f000}'..='\u{1faff}' => 1.1,
        _ => 0.84,
    }
}
