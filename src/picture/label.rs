//! Short texts: numbers with few digits, and how wide a text is.

/// The minus sign, as wide as a plus sign; a hyphen is too short to be seen from the last row.
const MINUS: &str = "\u{2212}";

/// The most characters that a name has in a picture.
const LONGEST_NAME: usize = 14;

/// Four significant digits, or fewer where four do not fit into `width` CSS pixels.
///
/// One digit is the least, whether it fits or not.
pub(super) fn number_within(x: f64, size: f64, width: f64) -> String {
    (2..=4)
        .rev()
        .map(|digits| number(x, digits))
        .find(|text| text_width(text, size) <= width)
        .unwrap_or_else(|| number(x, 1))
}

/// A number with this many significant digits and no trailing zeros; large integers keep all.
pub(super) fn number(x: f64, digits: usize) -> String {
    if x.is_nan() {
        return "NaN".to_owned();
    }
    if x.is_infinite() {
        return typographic(if x > 0.0 { "∞" } else { "-∞" });
    }
    let scientific = format!("{:.*e}", digits - 1, x + 0.0);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let (exponent, places) = (exponent.parse::<i32>().unwrap_or(0), digits as i32);
    typographic(&if (-places..=places + 1).contains(&exponent) {
        let decimals = usize::try_from(places - 1 - exponent).unwrap_or(0);
        trimmed(&format!("{:.decimals$}", x + 0.0))
    } else {
        format!("{}e{exponent}", trimmed(mantissa))
    })
}

/// Without the zeros that end a decimal fraction.
fn trimmed(text: &str) -> String {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text.to_owned() }
}

/// With minus signs for hyphens.
pub(super) fn typographic(text: &str) -> String {
    text.replace('-', MINUS)
}

/// An integer as an exponent, such as ⁻³.
pub(super) fn superscript(n: i32) -> String {
    n.to_string()
        .chars()
        .map(|c| match c {
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '0' | '4'..='9' => char::from_u32('⁰' as u32 + c as u32 - '0' as u32).unwrap_or(c),
            _ => '⁻',
        })
        .collect()
}

/// The name, cut with an ellipsis when it is longer than a picture can bear.
pub(super) fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST_NAME {
        return name.to_owned();
    }
    name.chars().take(LONGEST_NAME - 1).chain(['…']).collect()
}

/// A text's width in CSS pixels at a font size: an upper bound for the usual system fonts.
///
/// A table and not a measurement, so that the geometry of a picture is the same everywhere.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

/// Widths in em, those of `DejaVu Sans`, the widest of the fonts that pages fall back to.
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
