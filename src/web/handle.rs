//! Objects of the module's second part, which the first part calls as any object of the page.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An object that can be freed.
    #[derive(Clone, Debug)]
    pub type Handle;

    #[wasm_bindgen(method, structural)]
    fn free(this: &Handle);
}

/// An object that is freed when it is dropped.
#[derive(Debug)]
pub(super) struct Owned<T: AsRef<Handle>>(pub(super) T);

impl<T: AsRef<Handle>> Drop for Owned<T> {
    fn drop(&mut self) {
        self.0.as_ref().free();
    }
}
