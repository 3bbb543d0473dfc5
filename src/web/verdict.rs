//! The verdict of a lesson's learning rate.

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use super::object::set;
use crate::learn::{Curvature, Fate, Interval, Stability, Verdict};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The verdict on a run's learning rate, and on other learning rates. */
export interface RateVerdict {
  fate: "converges" | "oscillates" | "crawls" | "diverges" | "stays";
  /** The factor by which an epoch changes the distance to the minimum. */
  factor: number;
  /** The intervals of learning rates for which a run converges. */
  stable: [number, number][];
  best: { lr: number; factor: number };
  /** Whether it holds everywhere, and not only near the end of the run. */
  exact: boolean;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// The verdict on a learning rate.
    #[wasm_bindgen(typescript_type = "RateVerdict | undefined")]
    pub type RateVerdict;
}

#[wasm_bindgen]
impl Lesson {
    /// The verdict on the run's learning rate; nothing if none can be computed.
    pub fn verdict(&mut self) -> RateVerdict {
        self.judged().map_or(JsValue::UNDEFINED, |verdict| plain(&verdict).into()).unchecked_into()
    }
}

impl Lesson {
    fn judged(&mut self) -> Option<Verdict> {
        let run = self.run.as_ref()?;
        let settings = run.settings();
        let curvature = Curvature::of(&self.model, run, self.affine)?;
        let key = (settings.batch(), settings.optimizer());
        let known = self.stability.take().filter(|(batch, optimizer, _)| self.affine && key == (*batch, *optimizer));
        let stability = known.map_or_else(|| Stability::of(&curvature), |(.., stability)| stability);
        let verdict = Verdict::of(&curvature, &stability, settings.learning_rate());
        self.stability = Some((key.0, key.1, stability));
        Some(verdict)
    }
}

fn plain(verdict: &Verdict) -> Object {
    let (object, best) = (Object::new(), Object::new());
    let ends = |interval: &Interval| [interval.low, interval.high].map(JsValue::from).iter().collect::<Array>();
    set(&best, "lr", &verdict.stability.best.0.into());
    set(&best, "factor", &verdict.stability.best.1.into());
    set(&object, "fate", &word(verdict.fate).into());
    set(&object, "factor", &verdict.factor.into());
    set(&object, "stable", &verdict.stability.intervals.iter().map(ends).collect::<Array>());
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
