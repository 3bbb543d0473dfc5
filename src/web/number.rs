//! Numbers as the pictures write them, for the words beside the pictures.

use wasm_bindgen::prelude::*;

use crate::number::short;

/// A number with at most four significant digits.
#[wasm_bindgen(js_name = shortNumber)]
pub fn short_number(x: f64) -> String {
    short(x, 4)
}
