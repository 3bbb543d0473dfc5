//! Networks of tensors, trained as PyTorch trains them.

use downhill::autodiff::engine::{Interpreter, Precision};
use downhill::autodiff::tensor::element_name;
use downhill::formula::Program;
use downhill::learn::{Column, Data, Initial, Model, Network, Optimizer, Parameter, Plan, Run, Settings, train};
use serde_json::{Map, Value};

use crate::support::{close, golden};

/// A golden run: its program, data, initial values, settings, and what PyTorch has come to.
struct Golden {
    program: String,
    data: Map<String, Value>,
    init: Map<String, Value>,
    settings: Map<String, Value>,
    losses: Vec<f64>,
    weights: Map<String, Value>,
}

impl Golden {
    fn read(block: &str) -> Self {
        let fields: Vec<&str> = block.lines().map(|line| line.split_once('\t').unwrap().1).collect();
        let object = |text: &str| serde_json::from_str::<Map<String, Value>>(text).unwrap();
        Self {
            program: fields[0].to_owned(),
            data: object(fields[1]),
            init: object(fields[2]),
            settings: object(fields[3]),
            losses: fields[4].split(',').map(|loss| loss.parse().unwrap()).collect(),
            weights: object(fields[5]),
        }
    }

    fn model(&self) -> Model {
        let columns = self.data.iter().map(|(name, samples)| {
            let shape = shape(&samples[0]);
            Column { name: name.clone(), values: numbers(samples), shape }
        });
        let shapes: Vec<(&str, Vec<usize>)> =
            self.init.iter().map(|(name, value)| (name.as_str(), shape(value))).collect();
        let program = Program::parse(&self.program).unwrap_or_else(|error| panic!("{}", error.pointed(&self.program)));
        Model::with_shapes(program, Data::new(columns.collect()).unwrap(), &shapes).unwrap()
    }

    fn number(&self, name: &str, default: f64) -> f64 {
        self.settings.get(name).map_or(default, |value| value.as_f64().unwrap_or_else(|| f64::from(value == true)))
    }

    fn settings(&self, model: &Model) -> Settings {
        let batch = self.number("batch", 1.0);
        let epochs = self.losses.len().div_ceil(model.samples().div_ceil(batch as usize));
        let options =
            ["momentum", "nesterov", "weightDecay"].into_iter().filter(|name| self.settings.contains_key(*name));
        let mut options: Vec<(&str, f64)> = options.map(|name| (name, self.number(name, 0.0))).collect();
        let betas = self.settings.get("betas").map_or(Vec::new(), numbers);
        options.extend(betas.into_iter().map(|beta| ("betas", beta)));
        let optimizer = Optimizer::named(self.settings["optimizer"].as_str().unwrap(), &options).unwrap();
        let elements = self.init.iter().flat_map(|(name, value)| named(name, value));
        let init: Vec<(String, f64)> = elements.collect();
        let init: Vec<(&str, f64)> = init.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        Settings::new(model, self.number("learningRate", 0.01), epochs as f64, &init)
            .and_then(|settings| settings.with_batch(model, batch))
            .unwrap()
            .with_optimizer(optimizer)
    }

    fn network(&self, precision: Precision, lanes: usize) -> Network<Interpreter> {
        let columns = self.data.iter().map(|(name, samples)| Column {
            name: name.clone(),
            values: numbers(samples),
            shape: shape(&samples[0]),
        });
        let initial: Vec<Initial> = self
            .init
            .iter()
            .map(|(name, value)| Initial {
                parameter: Parameter { name: name.clone(), shape: shape(value) },
                values: numbers(value),
            })
            .collect();
        let settings = self.settings(&self.model());
        let (batch, optimizer) = (settings.batch(), settings.optimizer());
        let program = Program::parse(&self.program).unwrap();
        let data = Data::new(columns.collect()).unwrap();
        let plan = Plan { samples: data.samples(), batch, optimizer, shuffle: None, precision, lanes };
        Network::new(program, &data, &initial, plan, |code, layout, precision| {
            Interpreter::new(code, layout, precision)
        })
        .unwrap()
    }

    /// A network in the loops, with the losses before each step and the weights after the last.
    #[track_caller]
    fn check_network(&self, precision: Precision, lanes: usize, tolerance: f64) {
        let mut network = self.network(precision, lanes);
        for (step, &expected) in self.losses.iter().enumerate() {
            let loss = network.step(self.number("learningRate", 0.01)).unwrap();
            assert!(
                close(loss, expected, tolerance),
                "{}: loss {loss} before step {step}, torch {expected}",
                self.program
            );
        }
        let expected: Vec<f64> =
            network.parameters().iter().flat_map(|parameter| numbers(&self.weights[&parameter.name])).collect();
        for (ours, expected) in network.weights().iter().zip(expected) {
            assert!(close(*ours, expected, tolerance), "{}: {ours}, torch {expected}", self.program);
        }
    }

    #[track_caller]
    fn check(&self, model: &Model, run: &Run) {
        for (step, &expected) in self.losses.iter().enumerate() {
            let samples = run.samples_of(step);
            let loss =
                |&sample: &u32| model.at(sample as usize, run.parameters_before(step)).values[model.graph().output()];
            let mean = samples.iter().map(loss).sum::<f64>() / samples.len() as f64;
            assert!(close(mean, expected, 1e-10), "{}: loss {mean} before step {step}, torch {expected}", self.program);
        }
        let weights = run.parameters_before(self.losses.len());
        for (name, values) in &self.weights {
            for (place, expected) in numbers(values).into_iter().enumerate() {
                let shape = shape(&self.init[name]);
                let element = element_name(name, &shape, place);
                let ours = weights[model.parameters().iter().position(|parameter| *parameter == element).unwrap()];
                assert!(close(ours, expected, 1e-10), "{}: {element} is {ours}, torch {expected}", self.program);
            }
        }
    }
}

fn shape(value: &Value) -> Vec<usize> {
    match value.as_array() {
        Some(items) => [vec![items.len()], items.first().map_or(Vec::new(), shape)].concat(),
        None => Vec::new(),
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    match value.as_array() {
        Some(items) => items.iter().flat_map(numbers).collect(),
        None => vec![value.as_f64().unwrap()],
    }
}

fn named(name: &str, value: &Value) -> Vec<(String, f64)> {
    let shape = shape(value);
    numbers(value).into_iter().enumerate().map(|(place, number)| (element_name(name, &shape, place), number)).collect()
}

fn goldens() -> Vec<Golden> {
    let text = golden("training.txt");
    text.split("\n\n").filter(|block| !block.trim().is_empty()).map(Golden::read).collect()
}

#[test]
fn networks_are_trained_as_torch_trains_them() {
    let goldens = goldens();
    assert_eq!(goldens.len(), 60);
    for golden in goldens {
        let model = golden.model();
        let run = train(&model, &golden.settings(&model));
        golden.check(&model, &run);
    }
}

#[test]
fn networks_in_loops_are_trained_as_torch_trains_them() {
    for golden in goldens() {
        golden.check_network(Precision::Double, 1, 1e-10);
        golden.check_network(Precision::Double, 8, 1e-10);
        golden.check_network(Precision::Single, 16, 2e-4);
    }
}
