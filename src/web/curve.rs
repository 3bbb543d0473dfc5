//! The loss curve of a lesson, with the curves of other runs.

use js_sys::Float64Array;
use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use super::paper::Paper;
use super::theme::Theme;
use crate::learn::{Model, Run, epochs_to, settled_ratio};
use crate::picture::{Curve, Ghost, Point, Scale, draw_curve, thinned};

/// The axis of the losses.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Axis {
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal ratios.
    Log,
}

/// Which loss the curve shows.
#[wasm_bindgen]
#[derive(Clone, Copy)]
pub enum Loss {
    /// The mean over the data.
    Mean,
    /// The loss of the sample that was just used.
    Sample,
}

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** How the loss curve is looked at. */
export interface CurveView {
  step: number;
  axis: Axis;
  loss: Loss;
  /** The curves of other runs, as `curvePoints` gives them. */
  ghosts: Float64Array[];
  /** The place of the one under the pointer. */
  chosen?: number;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// How the loss curve is shown.
    #[wasm_bindgen(typescript_type = "CurveView")]
    pub type CurveView;

    #[wasm_bindgen(method, getter)]
    fn step(this: &CurveView) -> usize;
    #[wasm_bindgen(method, getter)]
    fn axis(this: &CurveView) -> Axis;
    #[wasm_bindgen(method, getter)]
    fn loss(this: &CurveView) -> Loss;
    #[wasm_bindgen(method, getter)]
    fn ghosts(this: &CurveView) -> Vec<Float64Array>;
    #[wasm_bindgen(method, getter)]
    fn chosen(this: &CurveView) -> Option<usize>;
}

#[wasm_bindgen]
impl Lesson {
    /// The mean losses over the epochs, as pairs of an epoch and a loss: if there are more than
    /// `columns` of them, the smallest and the largest in each of `columns` columns.
    #[wasm_bindgen(js_name = curvePoints)]
    pub fn curve_points(&mut self, columns: usize) -> Vec<f64> {
        self.compute_means();
        let steps = self.batches() as f64;
        thinned(&self.means, columns).into_iter().flat_map(|(step, loss)| [step / steps, loss]).collect()
    }

    /// The mean loss before a step; that before step `steps` is the final one.
    #[wasm_bindgen(js_name = meanLossBefore)]
    pub fn mean_loss_before(&mut self, step: usize) -> f64 {
        self.compute_means();
        self.means.get(step).copied().unwrap_or(f64::NAN)
    }

    /// After how many epochs the mean loss was first at most `goal`; nothing if it never was.
    #[wasm_bindgen(js_name = epochsTo)]
    pub fn epochs_to(&mut self, goal: f64) -> Option<usize> {
        self.compute_means();
        epochs_to(&self.means, self.batches(), goal)
    }

    /// The factor by which an epoch multiplied the mean loss, over the last half of the run.
    #[wasm_bindgen(getter, js_name = settledRatio)]
    pub fn settled_ratio(&mut self) -> Option<f64> {
        self.compute_means();
        settled_ratio(&self.means, self.batches())
    }

    /// Draws the loss curve with a mark at a step.
    #[wasm_bindgen(js_name = drawCurve)]
    pub fn draw_curve(&mut self, paper: Paper, theme: &Theme, view: &CurveView) -> Result<String, JsError> {
        self.compute_means();
        let Some(run) = &self.run else { return Ok(String::new()) };
        let of_samples;
        let (losses, ghosts) = match view.loss() {
            Loss::Mean => (&self.means, ghosts(view, run.batches() as f64)),
            Loss::Sample => {
                of_samples = sample_losses(&self.model, run);
                (&of_samples, Vec::new())
            }
        };
        let scale = match view.axis() {
            Axis::Linear => Scale::Linear,
            Axis::Log => Scale::Log,
        };
        let (moment, diverged) = (Some(view.step()), run.diverged());
        let curve = Curve { scale, moment, diverged, ghosts: &ghosts, ..Curve::of(losses) };
        paper.draw(theme, |area| draw_curve(area, &curve, &theme.0))
    }
}

/// The other runs' curves on the axis of this one, which has `batches` steps in an epoch.
fn ghosts(view: &CurveView, steps: f64) -> Vec<Ghost> {
    let points = |flat: &Float64Array| -> Vec<Point> {
        flat.to_vec().chunks_exact(2).map(|pair| (pair[0] * steps, pair[1])).collect()
    };
    let chosen = |place: usize| view.chosen() == Some(place);
    view.ghosts()
        .iter()
        .enumerate()
        .map(|(place, flat)| Ghost { points: points(flat), chosen: chosen(place), name: None })
        .collect()
}

/// The loss of the first sample before the first step, and each step's own loss after it.
fn sample_losses(model: &Model, run: &Run) -> Vec<f64> {
    let first = run.samples_of(0)[0] as usize;
    let before = model.at(first, run.parameters_before(0)).values[model.graph().output()];
    std::iter::once(before).chain(run.losses().iter().copied()).collect()
}
