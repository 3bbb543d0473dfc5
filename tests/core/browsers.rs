//! The random programs that every browser computes, with what the interpreter has for them here.
//! `DOWNHILL_BLESS=1` writes them anew.

use downhill::autodiff::engine::compile::full_lanes;
use downhill::autodiff::engine::{Interpreter, Precision};
use downhill::autodiff::tensor::TensorGraph;
use downhill::learn::{Column, Data, Initial, Network, Optimizer, Parameter, Plan};

use crate::programs::{EXACT, all_templates, seeded_programs};
use crate::support::{close, program};

const SAMPLES: [f64; 5] = [1.0, -0.5, 0.25, 2.0, -1.5];

/// A program whose leaves are parameters, but for the first, which differs from sample to sample.
struct Case {
    precision: Precision,
    model: String,
    /// The parameters' names, their formulas and their numbers.
    init: Vec<(String, String, Initial)>,
}

impl Case {
    fn of(source: &str, precision: Precision) -> Self {
        let graph = TensorGraph::new(&program(source), &[]).unwrap();
        let (mut lines, mut init) = (vec!["t0 = p0*s".to_owned()], Vec::new());
        for (place, line) in source.split("; ").enumerate() {
            let (name, formula) = line.split_once(" = ").unwrap();
            let node = &graph.nodes()[place];
            if !node.leaf {
                lines.push(line.to_owned());
                continue;
            }
            let name = if place == 0 { "p0" } else { name };
            let parameter = Parameter { name: name.to_owned(), shape: node.tensor.shape.clone() };
            init.push((name.to_owned(), formula.to_owned(), Initial { parameter, values: graph.value(place) }));
        }
        let model = lines.join("; ");
        init.retain(|(name, ..)| program(&model).free_names().contains(&name.as_str()));
        Self { precision, model, init }
    }

    fn network(&self) -> Network<Interpreter> {
        let data = Data::new(vec![Column::numbers("s", SAMPLES.to_vec())]).unwrap();
        let initial: Vec<Initial> = self.init.iter().map(|(_, _, initial)| initial.clone()).collect();
        let plan = Plan {
            samples: SAMPLES.len(),
            batch: SAMPLES.len(),
            optimizer: Optimizer::default(),
            shuffle: None,
            precision: self.precision,
            lanes: full_lanes(self.precision),
        };
        Network::new(program(&self.model), &data, &initial, plan, Interpreter::new).unwrap()
    }

    /// The first loss, and all numbers of three steps and of a sample after them.
    fn numbers(&self) -> (f64, Vec<f64>) {
        let mut network = self.network();
        let mut numbers: Vec<f64> = (0..3).map(|_| network.step(0.01).unwrap()).collect();
        numbers.extend(network.weights());
        numbers.extend(network.gradients());
        for line in self.model.split("; ") {
            let inspected = network.inspect(line.split(' ').next().unwrap(), 3).unwrap().unwrap();
            numbers.extend(inspected.values);
            numbers.extend(inspected.gradients.unwrap_or_default());
        }
        (numbers[0], numbers)
    }

    /// A row of the file: the precision, the model, the parameters, and what is expected.
    fn row(&self, is_exact: bool) -> String {
        let (loss, numbers) = self.numbers();
        let value = |formula: &str| if formula.contains('(') { format!("{formula:?}") } else { formula.to_owned() };
        let init = self.init.iter().map(|(name, formula, _)| format!("{name:?}: {}", value(formula)));
        let init = init.collect::<Vec<_>>().join(", ");
        let precision = if self.precision == Precision::Double { "float64" } else { "float32" };
        let expected = if is_exact { format!("{:016x}", digest(&numbers)) } else { loss.to_string() };
        format!("{precision}\t{}\t{{{init}}}\t{expected}\n", self.model)
    }
}

/// A digest of the bits, with one NaN for all.
fn digest(numbers: &[f64]) -> u64 {
    let bits = |number: &f64| if number.is_nan() { 0x7ff8_0000_0000_0000 } else { number.to_bits() };
    numbers
        .iter()
        .map(bits)
        .fold(14_695_981_039_346_656_037, |digest, word| (digest ^ word).wrapping_mul(1_099_511_628_211))
}

/// The losses of programs whose functions are rounded differently elsewhere need only be close.
#[track_caller]
fn check(row: &str, approved: &str) {
    let [(row, found), (approved, expected)] = [row, approved].map(|row| row.rsplit_once('\t').unwrap());
    assert_eq!(row, approved, "DOWNHILL_BLESS=1 writes it anew");
    let numbers = [found, expected].map(|text: &str| text.parse::<f64>().ok());
    let is_close = matches!(numbers, [Some(a), Some(b)] if close(a, b, 1e-6));
    assert!(
        found == expected || is_close,
        "{row}: {found} is not {expected}; if it is right, DOWNHILL_BLESS=1 writes it"
    );
}

/// Of three programs in five every machine has all bits; in the others machines may round functions
/// in their own ways.
#[test]
fn the_browsers_programs_have_their_values() {
    let precision = |place: usize| if place.is_multiple_of(2) { Precision::Double } else { Precision::Single };
    let rows = |sources: Vec<String>, is_exact: bool| {
        let sources = sources.into_iter().enumerate();
        sources.map(|(place, source)| Case::of(&source, precision(place)).row(is_exact)).collect::<String>()
    };
    let text = rows(seeded_programs(300, &EXACT), true) + &rows(seeded_programs(200, &all_templates()), false);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/snapshots/programs.tsv");
    if std::env::var_os("DOWNHILL_BLESS").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    let approved = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(text.lines().count(), approved.lines().count(), "DOWNHILL_BLESS=1 writes {path} anew");
    text.lines().zip(approved.lines()).for_each(|(row, approved)| check(row, approved));
}
