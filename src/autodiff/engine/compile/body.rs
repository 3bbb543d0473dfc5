//! The body of a function in the making.

use wasm_encoder::{Function, InstructionSink, MemArg, ValType};

/// Instructions and the locals that they use. The parameters are the first locals.
pub(super) struct Body {
    bytes: Vec<u8>,
    parameters: u32,
    locals: Vec<ValType>,
    free: Vec<u32>,
    taken: Vec<u32>,
}

impl Body {
    pub(super) fn new(parameters: u32) -> Self {
        Self { bytes: Vec::new(), parameters, locals: Vec::new(), free: Vec::new(), taken: Vec::new() }
    }

    /// The body of a function whose only parameter is the address of whole numbers of 32 bits, which
    /// become the locals from 1 on: a call from the page costs as much as its parameters.
    pub(super) fn with_arguments(count: u32) -> Self {
        let mut body = Self::new(1);
        for place in 0..count {
            let local = body.local(ValType::I32);
            let at = MemArg { offset: 4 * u64::from(place), align: 2, memory_index: 0 };
            body.then().local_get(0).i32_load(at).local_set(local);
        }
        body
    }

    /// Where the next instructions go.
    pub(super) fn then(&mut self) -> InstructionSink<'_> {
        InstructionSink::new(&mut self.bytes)
    }

    /// A local of this type that nothing else uses until [`Body::release`].
    pub(super) fn local(&mut self, kind: ValType) -> u32 {
        let of_kind = |local: &&u32| self.locals[(**local - self.parameters) as usize] == kind;
        let local = match self.free.iter().find(of_kind).copied() {
            Some(free) => {
                self.free.retain(|local| *local != free);
                free
            }
            None => {
                self.locals.push(kind);
                self.parameters + self.locals.len() as u32 - 1
            }
        };
        self.taken.push(local);
        local
    }

    /// Puts what is on the stack into a local. It is called from many places and not inlined, which
    /// keeps the page's first part small.
    #[inline(never)]
    pub(super) fn keep(&mut self, kind: ValType) -> u32 {
        let local = self.local(kind);
        self.then().local_set(local);
        local
    }

    /// Gives all locals back.
    pub(super) fn release(&mut self) {
        self.free.append(&mut self.taken);
        self.free.sort_unstable();
    }

    pub(super) fn finish(mut self) -> Function {
        self.then().end();
        let mut function = Function::new_with_locals_types(self.locals);
        function.raw(self.bytes);
        function
    }
}
