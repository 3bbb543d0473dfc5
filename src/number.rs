//! How numbers are written: with all digits, as Python writes them, or with few digits in a
//! picture.

/// The shortest text that reads back as the same float, laid out as Python's `repr` does.
///
/// ```
/// use downhill::number::repr;
/// assert_eq!(repr(1.0), "1.0");
/// assert_eq!(repr(0.1 + 0.2), "0.30000000000000004");
/// assert_eq!(repr(1e16), "1e+16");
/// assert_eq!(repr(-0.00001), "-1e-05");
/// ```
#[must_use]
pub fn repr(x: f64) -> String {
    if !x.is_finite() {
        return if x.is_nan() { "nan".to_owned() } else { signed(x, "inf") };
    }
    let (digits, exponent) = shortest(x.abs());
    let text = match exponent {
        -4..=15 => positional(&digits, exponent),
        _ => scientific(&digits, exponent),
    };
    signed(x, &text)
}

/// The float nearest to a decimal number such as `-2.5e-3`, as Python's `float` reads it, which may
/// be infinity; `None` where the text is no such number.
///
/// ```
/// use downhill::number::read;
/// assert_eq!(read("2.5e-3"), Some(0.0025));
/// assert_eq!(read("2.5.3"), None);
/// ```
#[must_use]
pub fn read(text: &str) -> Option<f64> {
    let is_of_a_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-');
    let value = if text.chars().all(is_of_a_number) && !text.is_empty() { nearest(text) } else { f64::NAN };
    (!value.is_nan()).then_some(value)
}

/// A browser has these tables of powers already, which would be a twentieth of the first page.
#[cfg(target_arch = "wasm32")]
fn nearest(text: &str) -> f64 {
    wasm_bindgen::JsValue::from_str(text).unchecked_into_f64()
}

#[cfg(not(target_arch = "wasm32"))]
fn nearest(text: &str) -> f64 {
    text.parse().unwrap_or(f64::NAN)
}

/// Rounds to `places` decimals as Python's `round` does: the exact value of the double decides, and
/// a tie goes to the even digit. NaN and infinities are returned unchanged.
///
/// ```
/// use downhill::number::round;
/// assert_eq!(round(2.675, 2), 2.67);
/// assert_eq!(round(0.125, 2), 0.12);
/// ```
#[must_use]
pub fn round(x: f64, places: usize) -> f64 {
    read(&fixed(x, places)).unwrap_or(x)
}

/// Writes `places` decimals, as Python's `format(x, ".2f")` does.
#[must_use]
pub fn fixed(x: f64, places: usize) -> String {
    if x.is_finite() { format!("{x:.places$}") } else { repr(x) }
}

/// Writes `places` decimals and a power of ten, as Python's `format(x, ".4e")` does.
///
/// ```
/// assert_eq!(downhill::number::exponential(-1234.5, 4), "-1.2345e+03");
/// ```
#[must_use]
pub fn exponential(x: f64, places: usize) -> String {
    if !x.is_finite() {
        return repr(x);
    }
    let text = format!("{x:.places$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let sign = if exponent.starts_with('-') { '-' } else { '+' };
    format!("{digits}e{sign}{:0>2}", exponent.trim_start_matches('-'))
}

/// At most `digits` significant digits, for a picture: `4.919`, `−16.23`, `1.5e−7`. Trailing zeros
/// are left out, an integer keeps all its digits if it has at most two more than `digits`, and
/// infinity is `∞`.
///
/// ```
/// use downhill::number::short;
/// assert_eq!(short(2.0 / 3.0, 4), "0.6667");
/// assert_eq!(short(-123_456.7, 4), "−123457");
/// ```
#[must_use]
pub fn short(x: f64, digits: usize) -> String {
    if !x.is_finite() {
        return if x.is_nan() { "NaN".to_owned() } else { typographic(&signed(x, "∞")) };
    }
    if x == 0.0 {
        return "0".to_owned();
    }
    // The digits are taken from the text, because 1.798e308 would be read back as infinity.
    let (significant, exponent) = digits_of(&format!("{:.*e}", digits - 1, x.abs()));
    let places = digits as i32;
    let text = match exponent {
        _ if (-places..places).contains(&exponent) => positional(&significant, exponent),
        _ if (places..places + 2).contains(&exponent) => fixed(x.abs(), 0),
        _ => compact(&significant, exponent),
    };
    typographic(&signed(x, text.trim_end_matches(".0")))
}

/// At most `digits` significant digits without a power of ten: `−0.0051`. A number that is not
/// finite, or whose first digit is more than six places from the decimal point, is written as by
/// [`short`].
///
/// ```
/// use downhill::number::decimal;
/// assert_eq!(decimal(-0.005083, 2), "−0.0051");
/// assert_eq!(decimal(1e-9, 2), "1e−9");
/// ```
#[must_use]
pub fn decimal(x: f64, digits: usize) -> String {
    let (significant, exponent) = digits_of(&format!("{:.*e}", digits - 1, x.abs()));
    if !x.is_finite() || x == 0.0 || !(-6..=-1).contains(&exponent) {
        return short(x, digits);
    }
    typographic(&signed(x, &positional(&significant, exponent)))
}

/// `1 sample`, `3 samples`: a count with a noun that takes an s.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The same text with minus signs instead of hyphens, which are hard to see from the back of a
/// classroom.
#[must_use]
pub fn typographic(text: &str) -> String {
    text.replace('-', "−")
}

/// A number as an exponent: `⁻³`.
#[must_use]
pub fn superscript(number: &str) -> String {
    let raised = |c| match c {
        '-' | '−' => '⁻',
        '.' => '·',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
        other => other,
    };
    number.chars().map(raised).collect()
}

/// The shortest digits of a finite nonnegative number, and the power of ten of the first digit:
/// 0.0625 is `625` and -2.
fn shortest(x: f64) -> (String, i32) {
    if x == 0.0 {
        return ("0".to_owned(), 0);
    }
    digits_of(zmij::Buffer::new().format_finite(x))
}

/// The digits of a number given as text, and the power of ten of the first digit.
fn digits_of(text: &str) -> (String, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let digits = all.trim_start_matches('0');
    let leading_zeros = (all.len() - digits.len()) as i32;
    let exponent = exponent.parse::<i32>().unwrap_or(0) + whole.len() as i32 - 1 - leading_zeros;
    (digits.trim_end_matches('0').to_owned(), exponent)
}

/// `0.00625`, `62.5`, `6250.0`
fn positional(digits: &str, exponent: i32) -> String {
    if exponent < 0 {
        return format!("0.{}{digits}", "0".repeat((-1 - exponent) as usize));
    }
    let point = exponent as usize + 1;
    match digits.split_at_checked(point) {
        Some((whole, fraction)) if !fraction.is_empty() => format!("{whole}.{fraction}"),
        _ => format!("{digits:0<point$}.0"),
    }
}

/// `6.25e-05`, with at least two digits in the exponent.
fn scientific(digits: &str, exponent: i32) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{}e{sign}{:02}", mantissa(digits), exponent.abs())
}

/// `6.25e-5`, with no more digits in the exponent than needed.
fn compact(digits: &str, exponent: i32) -> String {
    format!("{}e{exponent}", mantissa(digits))
}

fn mantissa(digits: &str) -> String {
    match digits.split_at(1) {
        (first, "") => first.to_owned(),
        (first, rest) => format!("{first}.{rest}"),
    }
}

fn signed(x: f64, magnitude: &str) -> String {
    if x.is_sign_negative() { format!("-{magnitude}") } else { magnitude.to_owned() }
}
