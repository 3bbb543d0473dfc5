//! Numbers in the format of the pictures, for the texts beside them.

use wasm_bindgen::prelude::*;

use crate::number::short;

/// A number with at most four significant digits.
#[wasm_bindgen(js_name = shortNumber)]
pub fn short_number(x: f64) -> String {
    short(x, 4)
}
