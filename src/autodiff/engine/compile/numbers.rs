//! The instructions for numbers: single or double, one at a time or a vector of lanes.

use wasm_encoder::{Ieee32, Ieee64, MemArg, ValType};

use super::body::Body;
use crate::autodiff::engine::Precision;

/// A kind of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numbers {
    pub(super) precision: Precision,
    /// How many vectors hold all lanes; one "vector" of a single number where there is one lane.
    pub(super) vectors: usize,
    /// How many numbers a vector has, or 1.
    pub(super) per_vector: usize,
}

/// Instructions that differ only in the kind of numbers.
macro_rules! instructions {
    ($($name:ident: $f64:ident $f32:ident $f64x2:ident $f32x4:ident),* $(,)?) => {
        $(pub(super) fn $name(self, body: &mut Body) {
            match (self.precision, self.is_vector()) {
                (Precision::Double, false) => body.then().$f64(),
                (Precision::Single, false) => body.then().$f32(),
                (Precision::Double, true) => body.then().$f64x2(),
                (Precision::Single, true) => body.then().$f32x4(),
            };
        })*
    };
}

impl Numbers {
    pub(super) fn new(precision: Precision, lanes: usize) -> Self {
        let per_vector = if lanes == 1 { 1 } else { 16 / size_of(precision) };
        Self { precision, vectors: lanes / per_vector, per_vector }
    }

    /// The numbers of one lane.
    pub(super) fn scalar(self) -> Self {
        Self { vectors: 1, per_vector: 1, ..self }
    }

    /// How many numbers strips have: as many as fill four vectors, two, or one.
    pub(super) fn strips(self) -> [usize; 3] {
        [4, 2, 1].map(|vectors| vectors * 16 / self.size())
    }

    /// Numbers side by side along an axis.
    pub(super) fn in_strips(self, width: usize) -> Self {
        let per_vector = 16 / self.size();
        Self { vectors: width / per_vector, per_vector, ..self }
    }

    /// Vectors of doubles.
    pub(super) fn doubles() -> Self {
        Self { precision: Precision::Double, vectors: 1, per_vector: 2 }
    }

    pub(super) fn is_vector(self) -> bool {
        self.per_vector > 1
    }

    /// The bytes of a number.
    pub(super) fn size(self) -> usize {
        size_of(self.precision)
    }

    pub(super) fn kind(self) -> ValType {
        match (self.precision, self.is_vector()) {
            (_, true) => ValType::V128,
            (Precision::Double, false) => ValType::F64,
            (Precision::Single, false) => ValType::F32,
        }
    }

    instructions! {
        add: f64_add f32_add f64x2_add f32x4_add,
        subtract: f64_sub f32_sub f64x2_sub f32x4_sub,
        multiply: f64_mul f32_mul f64x2_mul f32x4_mul,
        divide: f64_div f32_div f64x2_div f32x4_div,
        negate: f64_neg f32_neg f64x2_neg f32x4_neg,
        absolute: f64_abs f32_abs f64x2_abs f32x4_abs,
        nearest: f64_nearest f32_nearest f64x2_nearest f32x4_nearest,
        root: f64_sqrt f32_sqrt f64x2_sqrt f32x4_sqrt,
        equal: f64_eq f32_eq f64x2_eq f32x4_eq,
        unequal: f64_ne f32_ne f64x2_ne f32x4_ne,
        less: f64_lt f32_lt f64x2_lt f32x4_lt,
        at_most: f64_le f32_le f64x2_le f32x4_le,
        greater: f64_gt f32_gt f64x2_gt f32x4_gt,
        at_least: f64_ge f32_ge f64x2_ge f32x4_ge,
        or: i32_or i32_or v128_or v128_or,
        choose: select select v128_bitselect v128_bitselect,
    }

    pub(super) fn constant(self, body: &mut Body, value: f64) {
        match self.precision {
            Precision::Double => body.then().f64_const(Ieee64::from(value)),
            Precision::Single => body.then().f32_const(Ieee32::from(value as f32)),
        };
        self.splat(body);
    }

    /// One number in all places of a vector.
    pub(super) fn splat(self, body: &mut Body) {
        match (self.precision, self.is_vector()) {
            (_, false) => {}
            (Precision::Double, true) => {
                body.then().f64x2_splat();
            }
            (Precision::Single, true) => {
                body.then().f32x4_splat();
            }
        }
    }

    /// From a whole number.
    pub(super) fn whole(self, body: &mut Body) {
        match self.precision {
            Precision::Double => body.then().f64_convert_i32_u(),
            Precision::Single => body.then().f32_convert_i32_u(),
        };
        self.splat(body);
    }

    /// A vector, or one number, from an address.
    pub(super) fn load(self, body: &mut Body, offset: usize) {
        let at = self.at(offset);
        match (self.precision, self.is_vector()) {
            (Precision::Double, false) => body.then().f64_load(at),
            (Precision::Single, false) => body.then().f32_load(at),
            (_, true) => body.then().v128_load(at),
        };
    }

    /// One number from an address, for all lanes.
    pub(super) fn load_shared(self, body: &mut Body, offset: usize) {
        let at = self.at(offset);
        match (self.precision, self.is_vector()) {
            (_, false) => self.load(body, offset),
            (Precision::Double, true) => {
                body.then().v128_load64_splat(at);
            }
            (Precision::Single, true) => {
                body.then().v128_load32_splat(at);
            }
        }
    }

    pub(super) fn store(self, body: &mut Body, offset: usize) {
        let at = self.at(offset);
        match (self.precision, self.is_vector()) {
            (Precision::Double, false) => body.then().f64_store(at),
            (Precision::Single, false) => body.then().f32_store(at),
            (_, true) => body.then().v128_store(at),
        };
    }

    /// The number of a lane.
    pub(super) fn extract(self, body: &mut Body, lane: usize) {
        match (self.precision, self.is_vector()) {
            (_, false) => {}
            (Precision::Double, true) => {
                body.then().f64x2_extract_lane(lane as u8);
            }
            (Precision::Single, true) => {
                body.then().f32x4_extract_lane(lane as u8);
            }
        }
    }

    /// The vector below a number, with the number in a lane.
    pub(super) fn replace(self, body: &mut Body, lane: usize) {
        match self.precision {
            Precision::Double => body.then().f64x2_replace_lane(lane as u8),
            Precision::Single => body.then().f32x4_replace_lane(lane as u8),
        };
    }

    /// The number of one lane as a double.
    pub(super) fn widen(self, body: &mut Body) {
        if self.precision == Precision::Single {
            body.then().f64_promote_f32();
        }
    }

    /// A double as the number of one lane.
    pub(super) fn narrow(self, body: &mut Body) {
        if self.precision == Precision::Single {
            body.then().f32_demote_f64();
        }
    }

    /// 1 where the condition holds, else 0.
    pub(super) fn condition(self, body: &mut Body) {
        if self.is_vector() {
            self.constant(body, 1.0);
            body.then().v128_and();
        } else {
            body.then().f64_convert_i32_u();
            self.narrow(body);
        }
    }

    /// 2 to the power of a whole number, which is in the last bits of a double.
    pub(super) fn power_of_two(self, body: &mut Body) {
        let mut sink = body.then();
        if self.is_vector() {
            sink.i64_const(1023).i64x2_splat().i64x2_add().i32_const(52).i64x2_shl();
        } else {
            sink.i64_reinterpret_f64().i64_const(1023).i64_add().i64_const(52).i64_shl().f64_reinterpret_i64();
        }
    }

    /// Where a condition does not hold.
    pub(super) fn not(self, body: &mut Body) {
        if self.is_vector() {
            body.then().v128_not();
        } else {
            body.then().i32_eqz();
        }
    }

    /// The whole number in the number of one lane.
    pub(super) fn to_whole(self, body: &mut Body) {
        match self.precision {
            Precision::Double => body.then().i32_trunc_sat_f64_u(),
            Precision::Single => body.then().i32_trunc_sat_f32_u(),
        };
    }

    /// The number of a whole number.
    pub(super) fn number_of_whole(self, body: &mut Body) {
        match self.precision {
            Precision::Double => body.then().f64_convert_i32_u(),
            Precision::Single => body.then().f32_convert_i32_u(),
        };
    }

    fn at(self, offset: usize) -> MemArg {
        MemArg { offset: offset as u64, align: self.size().trailing_zeros(), memory_index: 0 }
    }
}

fn size_of(precision: Precision) -> usize {
    match precision {
        Precision::Double => 8,
        Precision::Single => 4,
    }
}
