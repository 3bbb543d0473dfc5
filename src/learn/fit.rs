//! Data and predictions: how well a model fits its samples.

use super::Model;

/// The names that a program may give its prediction, in order of preference.
const PREDICTIONS: [&str; 4] = ["y_hat", "ŷ", "y_pred", "prediction"];
/// The number of points of a curve of predictions, and the maximum number of samples that are
/// shown.
const PLACES: usize = 160;
const MOST_SAMPLES: usize = 2_000;

/// A model's prediction: its node, the one column that it depends on, and the column that it is
/// compared with.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// The node of the prediction.
    pub node: usize,
    /// The place of the prediction's only input among the model's inputs; nothing if it has
    /// several.
    pub input: Option<usize>,
    /// The place of the column that is used by the loss but not by the prediction.
    pub target: Option<usize>,
}

/// A line that computes the squared error, for a program that ends in a prediction instead of a
/// loss.
#[must_use]
pub fn missing_loss(model: &Model) -> Option<String> {
    let last = model.program().lines().last()?.name();
    if !PREDICTIONS.contains(&last) {
        return None;
    }
    let unused = model.data().names().into_iter().rfind(|name| !model.inputs().iter().any(|input| input == name))?;
    Some(format!("loss = ({last} - {unused})^2"))
}

impl Fit {
    /// The prediction of a model, if one of its lines has such a name.
    #[must_use]
    pub fn of(model: &Model) -> Option<Self> {
        let graph = model.graph();
        let node = PREDICTIONS.iter().find_map(|name| graph.find(name))?;
        let uses = |column: usize| {
            let sources: Vec<bool> = (0..graph.variables().len()).map(|variable| variable == column).collect();
            graph.depends(&sources)[node]
        };
        let (used, others): (Vec<usize>, Vec<usize>) = (0..model.inputs().len()).partition(|&column| uses(column));
        let only = |columns: &[usize]| (columns.len() == 1).then(|| columns[0]);
        Some(Self { node, input: only(&used), target: only(&others) })
    }

    /// The prediction for each of the inputs, at the given parameters; only for models with a
    /// single input.
    #[must_use]
    pub fn predict(&self, model: &Model, inputs: &[f64], parameters: &[f64]) -> Option<Vec<f64>> {
        let column = self.input?;
        let mut sweep = model.sweep();
        model.load_parameters(&mut sweep, parameters);
        let predictions = inputs.iter().map(|&input| {
            sweep.values[column] = input;
            sweep.forward(model.graph());
            sweep.values[self.node]
        });
        Some(predictions.collect())
    }

    /// The samples as points: input and target, or target and prediction if there are several
    /// inputs. If there are many samples, only some are taken.
    #[must_use]
    pub fn points(&self, model: &Model, parameters: &[f64]) -> Vec<(f64, f64)> {
        let Some(target) = self.target else { return Vec::new() };
        let stride = model.samples().div_ceil(MOST_SAMPLES);
        let samples = (0..model.samples()).step_by(stride);
        match self.input {
            Some(input) => samples.map(|sample| (model.row(sample)[input], model.row(sample)[target])).collect(),
            None => {
                let prediction = |sample| model.at(sample, parameters).values[self.node];
                samples.map(|sample| (model.row(sample)[target], prediction(sample))).collect()
            }
        }
    }

    /// The curve of predictions between two inputs.
    #[must_use]
    pub fn curve(&self, model: &Model, (low, high): (f64, f64), parameters: &[f64]) -> Vec<(f64, f64)> {
        let at = |place: usize| low + (high - low) * place as f64 / (PLACES - 1) as f64;
        let inputs: Vec<f64> = (0..PLACES).map(at).collect();
        let predictions = self.predict(model, &inputs, parameters).unwrap_or_default();
        inputs.into_iter().zip(predictions).collect()
    }
}
