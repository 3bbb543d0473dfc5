//! A statement as nested loops of instructions.

use wasm_encoder::{BlockType, ValType};

use super::body::Body;
use super::loops::{Loops, cells, least};
use super::numbers::Numbers;
use super::operation::{Operands, emit_derivative, emit_value, get};
use super::strip::Strip;
use crate::autodiff::engine::statement::Reached;
use crate::autodiff::engine::{Fold, Layout, Start, Statement, Work};

/// How an access is reached from an address: everything in bytes.
struct Reach {
    /// From the first number of the layout to the first element, at the least place of the
    /// passages that are written out.
    start: isize,
    /// What each of the loops adds, and each of those that are written out.
    loops: Vec<isize>,
    unrolled: Vec<isize>,
    /// Whether all lanes have one number.
    is_shared: bool,
    /// The place of the number that is looked up among the accesses, what it is multiplied with,
    /// and how many places there are.
    lookup: Option<(usize, isize, usize)>,
    /// The local with the address, and the bytes to add to it.
    pointer: u32,
    offset: isize,
}

/// The loops of a statement.
pub(super) struct Nest<'s> {
    statement: &'s Statement,
    numbers: Numbers,
    /// The sizes of the loops, and how many of them choose the element that is written.
    loops: Vec<usize>,
    outer: usize,
    /// The sizes of the loops that are written out, and how many of them choose the element.
    unrolled: Vec<usize>,
    unrolled_outer: usize,
    /// The element that is written, those that are read, and those that are looked up.
    reaches: Vec<Reach>,
    is_empty: bool,
}

/// What a fold has come to: a local for each vector.
struct Found {
    values: Vec<u32>,
    /// The largest so far, where a place is looked for.
    largest: Vec<u32>,
    /// The number of the passage.
    passage: u32,
}

impl<'s> Nest<'s> {
    pub(super) fn new(strip: &'s Strip, layout: &Layout) -> Self {
        let Strip { statement, numbers, axis } = strip;
        let numbers = *numbers;
        let accesses = statement.reached();
        let all = Loops::of(statement, &accesses);
        let (loops, unrolled) = all.sizes.split_at(all.sizes.len() - all.written_out());
        let reach = |(access, strides): (&Reached<'_>, &Vec<isize>)| {
            let place = layout.place(access.access.tensor);
            let bytes = (place.width * numbers.size()) as isize;
            let (looped, written) = strides.split_at(loops.len());
            let least = least(written, unrolled);
            let index = access.access.index.as_deref();
            Reach {
                start: place.start as isize * numbers.size() as isize + (access.access.offset + least) * bytes,
                loops: looped.iter().map(|stride| stride * bytes).collect(),
                unrolled: written.iter().map(|stride| stride * bytes).collect(),
                is_shared: match axis {
                    Some(axis) => access.access.by(*axis) == 0,
                    None => place.width == 1,
                },
                lookup: access.lookup.zip(index).map(|(lookup, index)| (lookup, index.stride * bytes, index.size)),
                pointer: 0,
                offset: 0,
            }
        };
        let reaches = accesses.iter().zip(&all.strides).map(reach).collect();
        Self {
            statement,
            numbers,
            outer: all.outer.min(loops.len()),
            unrolled_outer: all.outer.saturating_sub(loops.len()),
            loops: loops.to_vec(),
            unrolled: unrolled.to_vec(),
            reaches,
            is_empty: statement.domain[..statement.outer].contains(&0),
        }
    }

    pub(super) fn emit(mut self, body: &mut Body) {
        if self.is_empty || (self.is_sum_of_nothing() && self.statement.fold == Fold::Sum(Start::Stored)) {
            return;
        }
        self.set_pointers(body);
        self.emit_outer(body, 0);
    }

    fn is_sum_of_nothing(&self) -> bool {
        self.statement.domain[self.statement.outer..].contains(&0)
    }

    /// Pointers for what moves with the loops; other places are fixed distances from the start.
    fn set_pointers(&mut self, body: &mut Body) {
        for reach in &mut self.reaches {
            // The start is at the least place, the first passage that is written out may be above it.
            let first = -least(&reach.unrolled, &self.unrolled);
            if reach.start >= 0 && reach.loops.iter().all(|&by| by == 0) {
                (reach.pointer, reach.offset) = (0, reach.start + first);
                continue;
            }
            reach.pointer = body.local(ValType::I32);
            reach.offset = first;
            body.then().local_get(0).i32_const(reach.start as i32).i32_add().local_set(reach.pointer);
        }
    }

    fn emit_outer(&self, body: &mut Body, level: usize) {
        if level < self.outer {
            let left = self.begin_loop(body, level);
            self.emit_outer(body, level + 1);
            return self.end_loop(body, level, left);
        }
        for cell in cells(&self.unrolled[..self.unrolled_outer]) {
            let found = self.begin(body, &cell);
            if !self.is_sum_of_nothing() {
                self.emit_inner(body, self.outer, &cell, &found);
            }
            self.end(body, &cell, &found);
        }
    }

    fn emit_inner(&self, body: &mut Body, level: usize, cell: &[usize], found: &Found) {
        if level < self.loops.len() {
            let left = self.begin_loop(body, level);
            self.emit_inner(body, level + 1, cell, found);
            return self.end_loop(body, level, left);
        }
        for inside in cells(&self.unrolled[self.unrolled_outer..]) {
            let at: Vec<usize> = cell.iter().copied().chain(inside).collect();
            self.emit_passage(body, &at, found);
        }
    }

    /// Begins a loop, and returns the local that counts the passages that are left.
    fn begin_loop(&self, body: &mut Body, level: usize) -> u32 {
        let left = body.local(ValType::I32);
        body.then().i32_const(self.loops[level] as i32).local_set(left).loop_(BlockType::Empty);
        left
    }

    /// Ends a loop, which moves the pointers along, and back after the last passage.
    fn end_loop(&self, body: &mut Body, level: usize, left: u32) {
        self.move_pointers(body, level, 1);
        body.then().local_get(left).i32_const(1).i32_sub().local_tee(left).br_if(0).end();
        self.move_pointers(body, level, -(self.loops[level] as isize));
    }

    fn move_pointers(&self, body: &mut Body, level: usize, times: isize) {
        for reach in self.reaches.iter().filter(|reach| reach.loops[level] != 0) {
            let by = (reach.loops[level] * times) as i32;
            body.then().local_get(reach.pointer).i32_const(by).i32_add().local_set(reach.pointer);
        }
    }

    fn begin(&self, body: &mut Body, cell: &[usize]) -> Found {
        let kind = self.numbers.kind();
        let mut locals = || (0..self.numbers.vectors).map(|_| body.local(kind)).collect::<Vec<u32>>();
        let values = locals();
        let seeks_place = matches!(self.statement.fold, Fold::Argmax | Fold::Winner);
        let largest = if seeks_place { locals() } else { Vec::new() };
        let found = Found { passage: if seeks_place { body.local(ValType::I32) } else { 0 }, values, largest };
        match self.statement.fold {
            Fold::Set => {}
            Fold::Sum(Start::Number(start)) => self.set_all(body, &found.values, start),
            Fold::Sum(Start::Stored) => self.load_stored(body, cell, &found),
            Fold::Max => self.set_all(body, &found.values, f64::NEG_INFINITY),
            Fold::Argmax | Fold::Winner => {
                self.set_all(body, &found.largest, f64::NEG_INFINITY);
                body.then().i32_const(0).local_set(found.passage);
            }
        }
        found
    }

    fn set_all(&self, body: &mut Body, locals: &[u32], value: f64) {
        for &local in locals {
            self.numbers.constant(body, value);
            body.then().local_set(local);
        }
    }

    fn load_stored(&self, body: &mut Body, cell: &[usize], found: &Found) {
        let at = self.full(cell);
        for (vector, &local) in found.values.iter().enumerate() {
            self.emit_load(body, 0, &at, vector);
            body.then().local_set(local);
        }
    }

    fn end(&self, body: &mut Body, cell: &[usize], found: &Found) {
        let at = self.full(cell);
        for (vector, &local) in found.values.iter().enumerate() {
            self.emit_store(body, &at, vector, local);
        }
    }

    /// The first passage of a cell: the inner loops that are written out are at their beginnings.
    fn full(&self, cell: &[usize]) -> Vec<usize> {
        let mut at = cell.to_vec();
        at.resize(self.unrolled.len(), 0);
        at
    }

    fn emit_passage(&self, body: &mut Body, at: &[usize], found: &Found) {
        let operands = self.load_shared(body, at);
        for vector in 0..self.numbers.vectors {
            self.emit_work(body, at, vector, &operands);
            self.emit_fold(body, at, vector, found);
        }
        if !found.largest.is_empty() {
            body.then().local_get(found.passage).i32_const(1).i32_add().local_set(found.passage);
        }
    }

    /// Numbers that all lanes share, once for all vectors.
    fn load_shared(&self, body: &mut Body, at: &[usize]) -> Vec<Option<u32>> {
        let input = |(place, reach): (usize, &Reach)| {
            let is_simple = reach.is_shared && reach.lookup.is_none() && self.numbers.vectors > 1;
            is_simple.then(|| {
                self.emit_load(body, place, at, 0);
                body.keep(self.numbers.kind())
            })
        };
        let read = self.statement.inputs.len();
        self.reaches.iter().enumerate().skip(1).take(read).map(input).collect()
    }

    /// Leaves what is computed for a vector on the stack.
    fn emit_work(&self, body: &mut Body, at: &[usize], vector: usize, shared: &[Option<u32>]) {
        let mut operand = |input: usize| match shared[input] {
            Some(local) => local,
            None => {
                self.emit_load(body, input + 1, at, vector);
                body.keep(self.numbers.kind())
            }
        };
        match self.statement.work {
            Work::Operation(operation) => {
                let a = operand(0);
                let b = if operation.arity() == 2 { operand(1) } else { a };
                emit_value(body, self.numbers, operation, Operands { a, b, y: a });
            }
            Work::Derivative(operation, by) => {
                let (upstream, a) = (operand(0), operand(1));
                let b = if operation.arity() == 2 { operand(2) } else { a };
                let y = operand(operation.arity() + 1);
                get(body, &[upstream]);
                emit_derivative(body, self.numbers, operation, by, Operands { a, b, y });
                self.numbers.multiply(body);
            }
        }
    }

    fn emit_fold(&self, body: &mut Body, at: &[usize], vector: usize, found: &Found) {
        let (numbers, value) = (self.numbers, found.values[vector]);
        let next = body.keep(numbers.kind());
        match self.statement.fold {
            Fold::Set => get(body, &[next]),
            Fold::Sum(_) => {
                get(body, &[value, next]);
                numbers.add(body);
            }
            Fold::Max => {
                get(body, &[next, value]);
                self.emit_is_larger(body, next, value);
                numbers.choose(body);
            }
            Fold::Argmax | Fold::Winner => {
                let largest = found.largest[vector];
                let is_first = self.is_first(at);
                self.emit_place(body, at, found);
                get(body, &[value]);
                if is_first {
                    // The first is the largest so far, even if it is minus infinity.
                    self.emit_begun(body, found, next, largest);
                } else {
                    self.emit_is_larger(body, next, largest);
                }
                numbers.choose(body);
                body.then().local_set(value);
                get(body, &[next, largest]);
                self.emit_is_larger(body, next, largest);
                numbers.choose(body);
                body.then().local_set(largest);
                return;
            }
        }
        body.then().local_set(value);
    }

    fn is_first(&self, at: &[usize]) -> bool {
        at[self.unrolled_outer..].iter().all(|&place| place == 0)
    }

    /// Whether this is the first passage, or the number is larger than the largest.
    fn emit_begun(&self, body: &mut Body, found: &Found, next: u32, largest: u32) {
        if self.numbers.is_vector() {
            // All bits of all lanes, or none.
            body.then().i32_const(0).local_get(found.passage).i32_eqz().i32_sub().i32x4_splat();
        } else {
            body.then().local_get(found.passage).i32_eqz();
        }
        self.emit_is_larger(body, next, largest);
        self.numbers.or(body);
    }

    /// Whether a number is larger than the largest before it; a NaN is larger than every number.
    fn emit_is_larger(&self, body: &mut Body, next: u32, largest: u32) {
        get(body, &[largest, next]);
        self.numbers.at_least(body);
        get(body, &[largest, largest]);
        self.numbers.unequal(body);
        self.numbers.or(body);
        self.numbers.not(body);
    }

    /// The number of the passage, or the place of the element of the first input.
    fn emit_place(&self, body: &mut Body, at: &[usize], found: &Found) {
        if self.statement.fold == Fold::Argmax {
            get(body, &[found.passage]);
        } else {
            let reach = &self.reaches[1];
            let bytes =
                self.numbers.size() * if reach.is_shared { 1 } else { self.numbers.vectors * self.numbers.per_vector };
            let start =
                reach.start - self.statement.inputs[0].offset * bytes as isize - least(&reach.unrolled, &self.unrolled);
            let offset = reach.offset + self.distance(reach, at) - start;
            get(body, &[reach.pointer, 0]);
            body.then().i32_sub().i32_const(offset as i32).i32_add().i32_const(bytes as i32).i32_div_u();
        }
        self.numbers.whole(body);
    }

    /// From the first passage that is written out to another one, in bytes.
    fn distance(&self, reach: &Reach, at: &[usize]) -> isize {
        reach.unrolled.iter().zip(at).map(|(by, &at)| by * at as isize).sum()
    }

    /// Leaves a vector of an access on the stack.
    fn emit_load(&self, body: &mut Body, place: usize, at: &[usize], vector: usize) {
        let reach = &self.reaches[place];
        if reach.lookup.is_some() {
            return self.emit_chosen(body, place, at, vector);
        }
        let offset = (reach.offset + self.distance(reach, at)) as usize;
        body.then().local_get(reach.pointer);
        if reach.is_shared {
            self.numbers.load_shared(body, offset);
        } else {
            self.numbers.load(body, offset + self.vector_offset(vector));
        }
    }

    fn vector_offset(&self, vector: usize) -> usize {
        vector * self.numbers.per_vector * self.numbers.size()
    }

    /// A vector whose numbers each lane chooses.
    fn emit_chosen(&self, body: &mut Body, place: usize, at: &[usize], vector: usize) {
        let scalar = self.numbers.scalar();
        if !self.numbers.is_vector() {
            self.emit_address(body, place, at, 0);
            return scalar.load(body, 0);
        }
        let result = body.local(self.numbers.kind());
        for lane in 0..self.numbers.per_vector {
            get(body, &[result]);
            self.emit_address(body, place, at, vector * self.numbers.per_vector + lane);
            scalar.load(body, 0);
            self.numbers.replace(body, lane);
            body.then().local_set(result);
        }
        get(body, &[result]);
    }

    /// The address of what a lane chooses. A number that chooses nothing is a trap.
    fn emit_address(&self, body: &mut Body, place: usize, at: &[usize], lane: usize) {
        let reach = &self.reaches[place];
        let Some((lookup, bytes, size)) = reach.lookup else { return };
        let index = &self.reaches[lookup];
        let scalar = self.numbers.scalar();
        let (number, chosen) = (body.local(scalar.kind()), body.local(ValType::I32));
        let of_lane = |reach: &Reach| if reach.is_shared { 0 } else { lane * self.numbers.size() };
        get(body, &[index.pointer]);
        scalar.load(body, (index.offset + self.distance(index, at)) as usize + of_lane(index));
        body.then().local_tee(number);
        scalar.to_whole(body);
        body.then().local_tee(chosen);
        if let Ok(size) = i32::try_from(size) {
            body.then().i32_const(size).i32_ge_u();
            is_no_whole(body, scalar, number, chosen);
            body.then().i32_or().if_(BlockType::Empty).unreachable().end().local_get(chosen);
        }
        let offset = reach.offset + self.distance(reach, at) + of_lane(reach) as isize;
        body.then().i32_const(bytes as i32).i32_mul();
        body.then().local_get(reach.pointer).i32_add().i32_const(offset as i32).i32_add();
    }

    fn emit_store(&self, body: &mut Body, at: &[usize], vector: usize, value: u32) {
        let reach = &self.reaches[0];
        if reach.lookup.is_none() {
            let offset = (reach.offset + self.distance(reach, at)) as usize + self.vector_offset(vector);
            get(body, &[reach.pointer, value]);
            return self.numbers.store(body, offset);
        }
        for lane in 0..self.numbers.per_vector {
            self.emit_address(body, 0, at, vector * self.numbers.per_vector + lane);
            get(body, &[value]);
            self.numbers.extract(body, lane);
            self.numbers.scalar().store(body, 0);
        }
    }
}

/// Whether the whole number that was made of a number is another one, because it has a fraction or
/// a sign, or is no number.
fn is_no_whole(body: &mut Body, scalar: Numbers, number: u32, whole: u32) {
    get(body, &[whole]);
    scalar.number_of_whole(body);
    get(body, &[number]);
    scalar.unequal(body);
}
