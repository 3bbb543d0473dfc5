//! The map of fates: colours of its cells, and its frame on a canvas.

use wasm_bindgen::prelude::*;

use super::lesson::Lesson;
use super::paper::Paper;
use super::runs::RunsCode;
use super::theme::Theme;
use crate::learn::{Atlas, CellFate, Run, fates, mean_losses};
use crate::number::short;
use crate::picture::{atlas_plane, draw_plane, draw_shapes, fate_colour, frame_of, value_at};

/// How close to the smallest known loss a run must come.
const NEAR: f64 = 1e-3;
/// The cells of the map in which the smallest loss is searched for, and the maximum number of
/// evaluations for the run itself.
const LOOK: (usize, usize) = (32, 20);
const BUDGET: usize = 20_000;

/// A map of fates: learning rates on the horizontal axis, initial values of a parameter on the
/// vertical axis.
#[wasm_bindgen]
pub struct FateMap {
    atlas: Atlas,
    goal: f64,
    /// What takes the steps of many runs at once.
    code: Option<RunsCode>,
}

#[wasm_bindgen]
impl FateMap {
    /// A map of a lesson between two learning rates and two initial values of the parameter at the
    /// place `axis`. The goal is the smallest loss that is found, plus 0.001.
    #[wasm_bindgen(constructor)]
    pub fn new(lesson: &Lesson, rates: &[f64], starts: &[f64], axis: usize) -> Self {
        let settings = lesson.run.as_ref().map(Run::settings);
        let mut code = settings.and_then(|settings| RunsCode::new(&lesson.model, settings));
        let pair = |ends: &[f64]| (ends[0], ends[1]);
        let mut atlas = Atlas { rates: pair(rates), starts: pair(starts), axis, size: LOOK };
        let goal = lesson.run.as_ref().zip(code.as_mut()).map_or(f64::NAN, |(run, code)| {
            let cells = fates(&lesson.model, run, &atlas, f64::NEG_INFINITY, 0..LOOK.0 * LOOK.1, code);
            let last = cells.iter().filter_map(|fate| match fate {
                CellFate::OnItsWay(loss) => Some(*loss),
                _ => None,
            });
            let own = mean_losses(&lesson.model, run, BUDGET);
            last.chain(own).filter(|loss| loss.is_finite()).fold(f64::INFINITY, f64::min) + NEAR
        });
        atlas.size = (1, 1);
        Self { atlas, goal, code }
    }

    /// The mean loss that a run must reach.
    #[wasm_bindgen(getter)]
    pub fn goal(&self) -> f64 {
        self.goal
    }

    /// The colours of some rows of `columns` cells, counted from the bottom, in the format of an
    /// image: four bytes for each cell, the top row first.
    pub fn colours(
        &mut self,
        lesson: &Lesson,
        theme: &Theme,
        columns: usize,
        rows: usize,
        first: usize,
        end: usize,
    ) -> Vec<u8> {
        let (Some(run), Some(code)) = (&lesson.run, &mut self.code) else { return Vec::new() };
        let atlas = Atlas { size: (columns, rows), ..self.atlas.clone() };
        let fates = fates(&lesson.model, run, &atlas, self.goal, first * columns..end * columns, code);
        let mut bytes = Vec::with_capacity(4 * fates.len());
        for fate in fates.chunks(columns).rev().flatten() {
            let colour = fate_colour(*fate, run.settings().epochs(), &theme.0);
            bytes.extend_from_slice(&[colour.0, colour.1, colour.2, 255]);
        }
        bytes
    }

    /// The fate of the run's own settings, in words.
    pub fn fate(&mut self, lesson: &Lesson) -> String {
        let (Some(run), Some(code)) = (&lesson.run, &mut self.code) else { return String::new() };
        let (rate, start) = (run.settings().learning_rate(), run.settings().init()[self.atlas.axis]);
        let atlas = Atlas { rates: (rate, rate), starts: (start, start), size: (1, 1), ..self.atlas.clone() };
        match fates(&lesson.model, run, &atlas, self.goal, 0..1, code)[..] {
            [CellFate::Reached(epoch)] => format!("reaches a loss of {} in epoch {epoch}", short(self.goal, 4)),
            [CellFate::Diverged(epoch)] => format!("diverges in epoch {epoch}"),
            _ => format!("has not reached a loss of {} after {} epochs", short(self.goal, 4), run.settings().epochs()),
        }
    }

    /// The rectangle of the cells in a picture of this size: left, top, width and height in CSS
    /// pixels; nothing if there is no room.
    #[wasm_bindgen(js_name = frameOf)]
    pub fn frame_of(&self, lesson: &Lesson, width: f64, height: f64) -> Vec<f64> {
        let (name, here) = self.here(lesson);
        let bounds = frame_of(&atlas_plane(&self.atlas, &name, here), (width, height));
        bounds.map_or(Vec::new(), |bounds| vec![bounds.left, bounds.top, bounds.width(), bounds.height()])
    }

    /// Draws the frame.
    #[wasm_bindgen(js_name = drawFrame)]
    pub fn draw_frame(&self, lesson: &Lesson, paper: Paper, theme: &Theme) -> Result<String, JsError> {
        let (name, here) = self.here(lesson);
        let mut plane = atlas_plane(&self.atlas, &name, here);
        plane.shapes.clear();
        paper.draw(theme, |area| draw_plane(area, &plane, &theme.0))
    }

    /// Draws the mark of the run over the cells.
    #[wasm_bindgen(js_name = drawMark)]
    pub fn draw_mark(&self, lesson: &Lesson, paper: Paper, theme: &Theme) -> Result<String, JsError> {
        let (name, here) = self.here(lesson);
        let plane = atlas_plane(&self.atlas, &name, here);
        paper.draw(theme, |area| draw_shapes(area, &plane, &theme.0))
    }

    /// The learning rate and the initial value at a place of the picture, in CSS pixels.
    #[wasm_bindgen(js_name = placeAt)]
    pub fn place_at(&self, x: f64, y: f64, width: f64, height: f64) -> Vec<f64> {
        let plane = atlas_plane(&self.atlas, "w", (1.0, 0.0));
        let place = value_at(&plane, (width, height), (x, y));
        place.map_or(Vec::new(), |(exponent, start)| vec![10_f64.powf(exponent), start])
    }
}

impl FateMap {
    fn here(&self, lesson: &Lesson) -> (String, (f64, f64)) {
        let name = lesson.model.parameters()[self.atlas.axis].clone();
        let here = lesson
            .run
            .as_ref()
            .map_or((1.0, 0.0), |run| (run.settings().learning_rate(), run.settings().init()[self.atlas.axis]));
        (name, here)
    }
}
