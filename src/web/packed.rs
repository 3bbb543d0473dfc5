//! Many texts in one string: crossing to JavaScript once is cheaper than a thousand times.

use js_sys::{Object, Uint32Array};

use super::object::set;

/// Texts one after the other, with their ends in UTF-16 units.
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

    /// The texts with numbers that say what they are.
    pub(super) fn with(&self, numbers: &[u32]) -> Object {
        let object = Object::new();
        set(&object, "text", &self.joined.as_str().into());
        set(&object, "ends", &Uint32Array::from(self.ends.as_slice()));
        set(&object, "numbers", &Uint32Array::from(numbers));
        object
    }
}
