//! The landscape and the fit of a lesson, on canvases.

use wasm_bindgen::prelude::*;

use super::curve::Loss;
use super::lesson::Lesson;
use super::paper::Paper;
use super::theme::Theme;
use crate::learn::{Fit, GraphPoints, Landscape, Viewpoint, missing_loss};
use crate::picture::{draw_plane, fit_plane, landscape_plane, value_at};

#[wasm_bindgen]
impl Lesson {
    /// Draws the loss over one or two parameters, given by their places. During a drag in the
    /// picture, `keep` keeps the ranges of its axes.
    #[wasm_bindgen(js_name = drawLandscape)]
    pub fn draw_landscape(
        &mut self,
        paper: Paper,
        theme: &Theme,
        step: usize,
        axes: &[usize],
        loss: Loss,
        keep: bool,
    ) -> Result<String, JsError> {
        let Some(run) = &self.run else { return Ok(String::new()) };
        let known = self.landscape.take().filter(|landscape| keep && landscape.axes == axes);
        let ranges = known.map(|landscape| landscape.ranges);
        let all: Vec<u32>;
        let samples = match loss {
            Loss::Sample => run.samples_of(step),
            Loss::Mean => {
                all = (0..self.model.samples() as u32).collect();
                &all
            }
        };
        let from = Viewpoint { step, axes, samples, ranges };
        let landscape = match &mut self.points {
            Some(points) => Landscape::of(&self.model, run, from, points),
            None => Landscape::of(&self.model, run, from, &mut GraphPoints::of(&self.model)),
        };
        let last = self.last();
        let plane = landscape_plane(&landscape, self.model.parameters(), &last);
        let drawn = paper.draw(theme, |area| draw_plane(area, &plane, &theme.0));
        self.landscape = Some(landscape);
        drawn
    }

    /// The parameters at a place of the landscape that was drawn last, in CSS pixels: one for each
    /// axis.
    #[wasm_bindgen(js_name = landscapeAt)]
    pub fn landscape_at(&self, x: f64, y: f64, width: f64, height: f64) -> Vec<f64> {
        let Some(landscape) = &self.landscape else { return Vec::new() };
        let plane = landscape_plane(landscape, self.model.parameters(), "loss");
        let place = value_at(&plane, (width, height), (x, y));
        place.map_or(Vec::new(), |(across, up)| [across, up][..landscape.axes.len()].to_vec())
    }

    /// The slopes of the landscape that was drawn last, along its axes.
    #[wasm_bindgen(getter, js_name = landscapeSlopes)]
    pub fn landscape_slopes(&self) -> Vec<f64> {
        self.landscape.as_ref().map_or(Vec::new(), |landscape| landscape.slopes.clone())
    }

    /// The number of samples over which the landscape that was drawn last is averaged.
    #[wasm_bindgen(getter, js_name = landscapeSamples)]
    pub fn landscape_samples(&self) -> usize {
        self.landscape.as_ref().map_or(0, |landscape| landscape.samples)
    }

    /// The loss line that is missing if a program ends in its prediction.
    #[wasm_bindgen(getter, js_name = missingLoss)]
    pub fn missing_loss(&self) -> Option<String> {
        missing_loss(&self.model)
    }

    /// Whether a line of the program is named as a prediction and can be compared with the data.
    #[wasm_bindgen(getter, js_name = hasFit)]
    pub fn has_fit(&self) -> bool {
        Fit::of(&self.model).is_some_and(|fit| fit.target.is_some())
    }

    /// Draws the data and the predictions with the parameters before a step, and those before the
    /// first step.
    #[wasm_bindgen(js_name = drawFit)]
    pub fn draw_fit(&self, paper: Paper, theme: &Theme, step: usize) -> Result<String, JsError> {
        let (Some(run), Some(fit)) = (&self.run, Fit::of(&self.model)) else { return Ok(String::new()) };
        let now = if step < run.steps() { run.samples_of(step) } else { &[] };
        let plane = fit_plane(&fit, &self.model, run.parameters_before(step), run.parameters_before(0), now);
        paper.draw(theme, |area| draw_plane(area, &plane, &theme.0))
    }

    /// The prediction for one number of the only input, with the parameters before a step.
    pub fn predict(&self, input: f64, step: usize) -> Option<f64> {
        self.model.predict(input, self.run.as_ref()?.parameters_before(step))
    }

    /// The name of the only input of the prediction.
    #[wasm_bindgen(getter, js_name = predictionInput)]
    pub fn prediction_input(&self) -> Option<String> {
        Some(self.model.inputs()[Fit::of(&self.model)?.input?].clone())
    }
}
