//! The loss curve of a network, whose losses the page keeps.

use js_sys::Float64Array;
use wasm_bindgen::prelude::*;

use super::curve::Axis;
use super::paper::Paper;
use super::theme::Theme;
use crate::picture::{Curve, Ghost, Scale, draw_curve};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A line of a loss curve: pairs of a step and a loss. */
export interface LossLine { points: Float64Array; name?: string; chosen?: boolean }

/** What a network's loss curve shows. */
export interface LossView {
  /** How many steps lie between two losses. */
  stride: number;
  axis: Axis;
  /** The steps at which the learning rate was changed. */
  changes: Float64Array;
  /** Other lines: those without a name are numbered. */
  lines: LossLine[];
  /** What the vertical axis shows. */
  vertical: string;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// A line of a loss curve.
    #[wasm_bindgen(typescript_type = "LossLine")]
    pub type LossLine;

    #[wasm_bindgen(method, getter)]
    fn points(this: &LossLine) -> Float64Array;
    #[wasm_bindgen(method, getter)]
    fn name(this: &LossLine) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn chosen(this: &LossLine) -> Option<bool>;

    /// What a network's loss curve shows.
    #[wasm_bindgen(typescript_type = "LossView")]
    pub type LossView;

    #[wasm_bindgen(method, getter)]
    fn stride(this: &LossView) -> f64;
    #[wasm_bindgen(method, getter)]
    fn axis(this: &LossView) -> Axis;
    #[wasm_bindgen(method, getter)]
    fn changes(this: &LossView) -> Float64Array;
    #[wasm_bindgen(method, getter)]
    fn lines(this: &LossView) -> Vec<LossLine>;
    #[wasm_bindgen(method, getter)]
    fn vertical(this: &LossView) -> String;
}

/// Draws a network's losses, which are `stride` steps apart, with other lines behind them.
#[wasm_bindgen(js_name = drawLosses)]
pub fn draw_losses(paper: Paper, theme: &Theme, losses: &[f64], view: &LossView) -> Result<String, JsError> {
    let (stride, vertical) = (view.stride().max(1.0), view.vertical());
    let changes: Vec<f64> = view.changes().to_vec().iter().map(|step| step / stride).collect();
    let ghosts: Vec<Ghost> = view.lines().iter().map(|line| ghost(line, stride)).collect();
    let scale = match view.axis() {
        Axis::Linear => Scale::Linear,
        Axis::Log => Scale::Log,
    };
    let own = Curve { scale, stride, changes: &changes, ghosts: &ghosts, vertical: &vertical, ..Curve::of(losses) };
    paper.draw(theme, |area| draw_curve(area, &own, &theme.0))
}

fn ghost(line: &LossLine, stride: f64) -> Ghost {
    let points = line.points().to_vec().chunks_exact(2).map(|pair| (pair[0] / stride, pair[1])).collect();
    Ghost { points, chosen: line.chosen() == Some(true), name: line.name() }
}
