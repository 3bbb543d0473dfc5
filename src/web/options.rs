//! The settings of a run as JavaScript gives them.

use crate::learn::{Error, Limits, Model, Optimizer, SCHEDULES, Schedule, Settings};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** The settings of a run. In the lists, each name belongs to the value at the same place; the name of a pair is given twice. */
export interface RunOptions {
  lr: number;
  epochs: number;
  initNames: string[];
  initValues: number[];
  batch: number;
  optimizer: string;
  optionNames: string[];
  optionValues: number[];
  schedule: string;
  shuffle: boolean;
  seed: number;
  /** The maximum number of steps of the run; by default the page's limit. */
  maxSteps?: number;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// How a run is set up.
    #[wasm_bindgen(typescript_type = "RunOptions")]
    pub type RunOptions;

    #[wasm_bindgen(method, getter)]
    fn lr(this: &RunOptions) -> f64;
    #[wasm_bindgen(method, getter)]
    fn epochs(this: &RunOptions) -> f64;
    #[wasm_bindgen(method, getter, js_name = initNames)]
    fn init_names(this: &RunOptions) -> Vec<String>;
    #[wasm_bindgen(method, getter, js_name = initValues)]
    fn init_values(this: &RunOptions) -> Vec<f64>;
    #[wasm_bindgen(method, getter)]
    fn batch(this: &RunOptions) -> f64;
    #[wasm_bindgen(method, getter)]
    fn optimizer(this: &RunOptions) -> String;
    #[wasm_bindgen(method, getter, js_name = optionNames)]
    fn option_names(this: &RunOptions) -> Vec<String>;
    #[wasm_bindgen(method, getter, js_name = optionValues)]
    fn option_values(this: &RunOptions) -> Vec<f64>;
    #[wasm_bindgen(method, getter)]
    fn schedule(this: &RunOptions) -> String;
    #[wasm_bindgen(method, getter)]
    fn shuffle(this: &RunOptions) -> bool;
    #[wasm_bindgen(method, getter)]
    fn seed(this: &RunOptions) -> f64;
    #[wasm_bindgen(method, getter, js_name = maxSteps)]
    fn max_steps(this: &RunOptions) -> Option<f64>;
}

impl RunOptions {
    /// The settings, checked.
    pub(super) fn settings(&self, model: &Model) -> Result<Settings, Error> {
        let (names, values) = (self.init_names(), self.init_values());
        let (option_names, option_values) = (self.option_names(), self.option_values());
        let of_schedule = |name: &str| SCHEDULES.iter().any(|schedule| schedule.has(name));
        let options = pairs(&option_names, &option_values).into_iter();
        let (of_schedule, of_optimizer): (Vec<_>, Vec<_>) = options.partition(|(name, _)| of_schedule(name));
        let optimizer = Optimizer::named(&self.optimizer(), &of_optimizer)?;
        let limits = self.max_steps().map_or(Limits::PAGE, |most| Limits::of_steps(most as usize));
        let settings = Settings::within(model, self.lr(), self.epochs(), &pairs(&names, &values), limits)?
            .with_batch(model, self.batch())?
            .with_record_within(model, limits)?
            .with_optimizer(optimizer)
            .with_schedule(Schedule::named(&self.schedule(), &of_schedule)?);
        match self.shuffle() {
            false => Ok(settings),
            true => Ok(settings.with_shuffle(seed_of(self.seed())?)),
        }
    }
}

/// A whole number of 32 bits.
pub(super) fn seed_of(seed: f64) -> Result<u32, Error> {
    let is_seed = seed.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&seed);
    if is_seed { Ok(seed as u32) } else { Err(Error::Seed(seed)) }
}

pub(super) fn pairs<'n>(names: &'n [String], values: &[f64]) -> Vec<(&'n str, f64)> {
    names.iter().map(String::as_str).zip(values.iter().copied()).collect()
}
