//! The verdict of a lesson's learning rate.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use super::object::set;
use crate::learn::{Curvature, Fate, Interval, Verdict};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** What a learning rate does to a run, and what others would do. */
export interface RateVerdict {
  fate: "converges" | "oscillates" | "crawls" | "diverges" | "stays";
  /** By how much an epoch changes the distance to the minimum. */
  factor: number;
  /** The learning rates between which a run converges. */
  stable: [number, number][];
  best: { lr: number; factor: number };
  /** Whether it holds everywhere, and not only near where the run ended. */
  exact: boolean;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// What a learning rate does.
    #[wasm_bindgen(typescript_type = "RateVerdict | undefined")]
    pub type RateVerdict;
}

#[wasm_bindgen]
impl Lesson {
    /// The verdict on the run's learning rate; nothing where none can be computed.
    pub fn verdict(&self, learning_rate: f64) -> RateVerdict {
        let curvature = self.run.as_ref().and_then(|run| Curvature::of(&self.model, run, self.affine));
        let verdict = curvature.map(|curvature| Verdict::of(&curvature, learning_rate));
        verdict.map_or(JsValue::UNDEFINED, |verdict| plain(&verdict).into()).unchecked_into()
    }
}

fn plain(verdict: &Verdict) -> Object {
    let (object, best) = (Object::new(), Object::new());
    let ends = |interval: &Interval| [interval.low, interval.high].map(JsValue::from).iter().collect::<Array>();
    set(&best, "lr", &verdict.best.0.into());
    set(&best, "factor", &verdict.best.1.into());
    set(&object, "fate", &word(verdict.fate).into());
    set(&object, "factor", &verdict.factor.into());
    set(&object, "stable", &verdict.stable.iter().map(ends).collect::<Array>());
    set(&object, "best", &best);
    set(&object, "exact", &verdict.exact.into());
    object
}

fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Converges => "converges",
        Fate::Oscillates => "oscillates",
        Fate::Crawls => "crawls",
        Fate::Diverges => "diverges",
        Fate::Stays => "stays",
    }
}
