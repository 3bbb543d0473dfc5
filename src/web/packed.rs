//! Many texts in one string, because one call to JavaScript is cheaper than a thousand.

use js_sys::{Object, Uint32Array};

use super::object::set;

/// Concatenated texts, with their ends in UTF-16 units.
#[derive(Default)]
pub(super) struct Texts {
    joined: String,
    ends: Vec<u32>,
    length: u32,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        let units = if text.is_ascii() { text.len() } else { text.encode_utf16().count() };
        self.length += units as u32;
        self.joined.push_str(text);
        self.ends.push(self.length);
    }

    /// The texts, and numbers that describe them.
    pub(super) fn with(&self, numbers: &[u32]) -> Object {
        let object = Object::new();
        set(&object, "text", &self.joined.as_str().into());
        set(&object, "ends", &Uint32Array::from(self.ends.as_slice()));
        set(&object, "numbers", &Uint32Array::from(numbers));
        object
    }
}
